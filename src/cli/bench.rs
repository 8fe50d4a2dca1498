//! `linka bench`: measures the line on this machine.

use super::Global;
use clap::Args;

/// What `linka bench` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(_global: &Global, _arguments: &Arguments) -> anyhow::Result<()> {
    Ok(())
}
