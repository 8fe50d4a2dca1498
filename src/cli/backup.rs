//! `linka backup FILE`: a consistent copy while the line runs.

use super::{Global, answer, block_on, setup};
use anyhow::bail;
use clap::Args;
use std::path::PathBuf;

/// What `linka backup` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Where to write the copy; must not exist yet
    file: PathBuf,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    if !setup.has_database() {
        bail!("there is no database in {}, so nothing was copied; is --data right?", setup.place());
    }
    block_on(async {
        let store = setup.store().await?;
        store.backup(&arguments.file).await?;
        answer(&format!("copied to {}", arguments.file.display()));
        Ok(())
    })
}
