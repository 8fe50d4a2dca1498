//! `linka export …`: what an import takes, as it stands now.

use super::{Global, answer, block_on, setup};
use crate::app::Clock;
use crate::catalogue;
use anyhow::Context;
use clap::Subcommand;
use std::path::PathBuf;

/// What can be exported.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The whole catalogue of services (CSV); without a database that of the demo
    Services {
        /// The file to write; left out, it is printed
        file: Option<PathBuf>,
    },
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let Command::Services { file } = command;
    let handbook = block_on(setup::Setup::new(global)?.answering(Clock::System.now()))?;
    let services = handbook.catalogue.services().map(std::convert::AsRef::as_ref);
    let table = catalogue::write(services)?;
    if let Some(file) = file {
        return std::fs::write(file, table).with_context(|| format!("cannot write {}", file.display()));
    }
    answer(table.trim_end());
    Ok(())
}
