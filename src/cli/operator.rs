//! `linka operator pin ID`: the PIN by which an operator proves on the phone who speaks.

use super::{Global, answer, block_on, setup};
use crate::app::stored_book;
use crate::console::password;
use crate::domain::OperatorId;
use anyhow::bail;
use clap::Subcommand;

/// What can be done with operators here; the rest stands in the roster.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Give an operator a new PIN for the phone; it is generated and printed once
    Pin {
        /// The operator's id, as in the roster
        id: String,
        /// Take the PIN away instead
        #[arg(long)]
        remove: bool,
    },
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let Command::Pin { id, remove } = command;
    let setup = setup::Setup::new(global)?;
    block_on(async {
        let store = setup.store().await?;
        let operator = OperatorId(id.trim().to_owned());
        if *remove {
            if !store.remove_operator_pin(&operator).await? {
                bail!("{} has no PIN", operator.as_str());
            }
            answer(&format!("{} has no PIN any more", operator.as_str()));
            return Ok(());
        }
        let book = stored_book(&store, None).await?;
        let Some(known) = book.operators.iter().find(|known| known.id == operator) else {
            bail!("no operator has the id “{}”; `linka export roster` shows all of them", operator.as_str());
        };
        let pin = password::pin()?;
        store.save_operator_pin(&operator, &password::hash(&pin)?).await?;
        answer(&format!("{}: PIN {pin}\nThe PIN is shown only now; keep it safe.", known.name));
        Ok(())
    })
}
