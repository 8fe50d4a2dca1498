//! `linka block add NUMBER --reason …`: numbers nobody answers.

use super::{Global, answer, block_on, setup};
use crate::app::Clock;
use crate::handbook::{Handbook, ShutOut};
use crate::routing::called;
use crate::store::Blocked;
use anyhow::bail;
use clap::Subcommand;

/// Operators named where many would be shut out.
const NAMED_MAX: usize = 3;

/// What can be done with blocked numbers.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Block a number; with `*` at its end every number that begins so
    Add {
        /// The number, such as +420719000201, or a beginning, such as +2357*
        number: String,
        /// Why, for whoever looks at the list later
        #[arg(long)]
        reason: String,
    },
    /// Let a number in again
    Remove {
        /// The number as it stands in the list
        number: String,
    },
    /// List the blocked numbers
    List,
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    block_on(async {
        let handbook = setup.stocked(Clock::System.now()).await?;
        let store = setup.store().await?;
        match command {
            Command::Add { number, reason } => {
                let (number, reason) = (number.trim(), reason.trim());
                if !Blocked::is_number(number) {
                    bail!("“{number}” is no number; write it as +420719000201, or as a beginning such as +2357*");
                }
                if !setup.configured {
                    bail!("the line's own numbers stand in its configuration; name it with --config FILE, so that none of them is blocked by a slip");
                }
                if let Some(whom) = handbook.shuts_out(number) {
                    bail!("{}", refusal(&handbook, number, &whom));
                }
                if reason.is_empty() || reason.chars().count() > Blocked::REASON_CHARACTERS_MAX {
                    bail!("a reason has 1 to {} characters", Blocked::REASON_CHARACTERS_MAX);
                }
                let blocked = Blocked { number: number.to_owned(), reason: reason.to_owned(), author: "command".to_owned(), at: Clock::System.now() };
                store.block(&blocked).await?;
                answer(&format!("{number} is blocked: {reason}"));
            }
            Command::Remove { number } => {
                if !store.unblock(number.trim()).await? {
                    bail!("{} is not blocked; `linka block list` shows what is", number.trim());
                }
                answer(&format!("{} is let in again", number.trim()));
            }
            Command::List => {
                let blocked = store.blocked().await?;
                if blocked.is_empty() {
                    answer("no number is blocked");
                }
                for one in blocked {
                    answer(&format!("{}  since {} by {}: {}", one.number, one.at.format("%Y-%m-%d"), one.author, one.reason));
                }
            }
        }
        Ok(())
    })
}

/// Says who would be shut out and what to do instead.
fn refusal(handbook: &Handbook, number: &str, whom: &ShutOut) -> String {
    let called = |operator| called(&handbook.book.operators, operator).to_owned();
    match whom {
        ShutOut::Line if number.ends_with('*') => format!("“{number}” would shut out the line's own number; write a longer beginning or the whole number"),
        ShutOut::Line => format!("“{number}” is the line's own number and cannot be blocked"),
        ShutOut::Operator(operator) => format!("“{number}” would shut out {}, an operator; take the number out of the lines' file first and import it again", called(operator)),
        ShutOut::Operators(operators) => {
            let names: Vec<String> = operators.iter().take(NAMED_MAX).map(called).collect();
            let more = operators.len() - names.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("“{number}” would shut out operators ({}{more}); write a longer beginning or the whole number", names.join(", "))
        }
    }
}
