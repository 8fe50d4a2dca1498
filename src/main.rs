//! The binary: installs the TLS provider every connection uses and hands over to the
//! command line.

use std::process::ExitCode;

/// A line at work allocates thousands of short-lived texts a second on few threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Two providers may be linked in; the first one installed serves the process.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    linka::cli::run()
}
