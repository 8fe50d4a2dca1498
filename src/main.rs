//! The binary: installs the TLS provider every connection uses and hands over to the
//! command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Two providers may be linked in; the first one installed serves the process.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    linka::cli::run()
}
