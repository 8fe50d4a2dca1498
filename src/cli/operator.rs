//! `linka operator pin ID`, `linka operator invite ID`: the PIN by which an operator proves on the phone who
//! speaks, and the code by which one joins from another chat or phone.

use super::{Global, answer, block_on, invitation, setup};
use crate::app::{self, Book, Clock, stored_book};
use crate::console::password;
use crate::domain::{Guest, OperatorId, fold};
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
    /// Make a code by which an operator joins from one more chat or phone; it is printed once
    Invite {
        /// The operator's id, as in the roster, or the whole name
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Pin { id, remove } => pin(global, id, *remove),
        Command::Invite { name, json } => invite(global, name.trim(), *json),
    }
}

fn pin(global: &Global, id: &str, remove: bool) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    block_on(async {
        let store = setup.store().await?;
        let operator = OperatorId(id.trim().to_owned());
        if remove {
            if !store.remove_operator_pin(&operator).await? {
                bail!("{} has no PIN", operator.as_str());
            }
            answer(&format!("{} has no PIN any more", operator.as_str()));
            return Ok(());
        }
        let book = stored_book(&store, None).await?;
        let Some(known) = book.operators.iter().find(|known| known.id == operator) else {
            bail!("no operator has the id “{}”; {}", operator.as_str(), known(&book));
        };
        let pin = password::pin()?;
        store.save_operator_pin(&operator, &password::hash(&pin)?).await?;
        answer(&format!("{}: PIN {pin}\nThe PIN is shown only now; keep it safe.", known.name));
        Ok(())
    })
}

/// Names everybody who could be meant.
fn known(book: &Book) -> String {
    let known: Vec<&str> = book.operators.iter().map(|known| known.id.as_str()).collect();
    if known.is_empty() { "no line is set up yet".to_owned() } else { format!("there are {}", known.join(", ")) }
}

fn invite(global: &Global, name: &str, json: bool) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    block_on(async {
        let store = setup.store().await?;
        let book = stored_book(&store, None).await?;
        let wanted = fold(name);
        let Some(operator) = book.operators.iter().find(|operator| operator.id.as_str() == name || fold(&operator.name) == wanted) else {
            bail!("no operator has the id or the name “{name}”; {}", known(&book));
        };
        let made = app::invite(&store, Guest::Operator(operator.id.clone()), invitation::AUTHOR, Clock::System.now()).await?;
        answer(&invitation::told(&made, &operator.name, json));
        Ok(())
    })
}
