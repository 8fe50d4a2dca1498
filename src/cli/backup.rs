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
        let key = if setup::Setup::data_key()?.is_some() { "LINKA_DATA_KEY".to_owned() } else { setup.key_file().display().to_string() };
        answer(&format!("pictures, documents and recordings in it are sealed; their key is not in the copy: keep {key} elsewhere"));
        Ok(())
    })
}
