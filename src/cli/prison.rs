//! `linka prison add CODE NAME`: prisons whose staff signs in on the worker's page.

use super::{Global, answer, block_on, setup};
use crate::console::password;
use anyhow::bail;
use clap::Subcommand;

/// What can be done with prisons.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a prison, or give one a new PIN; it is generated and printed once
    Add {
        /// The short code its staff signs in with, such as BEL
        code: String,
        /// The name operators see, such as “Věznice Bělušice”
        name: String,
    },
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let Command::Add { code, name } = command;
    let (code, name) = (code.trim().to_uppercase(), name.trim());
    if code.is_empty() || code.len() > 12 || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        bail!("a prison's code has 1 to 12 letters and digits without diacritics");
    }
    if name.is_empty() || name.chars().count() > 80 {
        bail!("a prison's name has 1 to 80 characters");
    }
    let pin = password::pin()?;
    let hash = password::hash(&pin)?;
    let setup = setup::Setup::new(global)?;
    block_on(async {
        setup.store().await?.save_prison_login(&code, name, &hash).await?;
        answer(&format!("{name}: code {code}, PIN {pin}\nThe PIN is shown only now; keep it safe."));
        Ok(())
    })
}
