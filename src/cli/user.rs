//! `linka user add NAME`: people who may sign in to the console.

use super::{Global, answer, block_on, setup};
use crate::app::Clock;
use crate::console::password;
use anyhow::{Context, bail};
use clap::Subcommand;

/// What can be done with users.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a user, or give one a new password; it is generated and printed once
    Add {
        /// The name to sign in with
        name: String,
        /// Read the password from standard input instead
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Shortest password a person may choose.
const PASSWORD_CHARACTERS_MIN: usize = 12;

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let Command::Add { name, password_stdin } = command;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        bail!("a user's name has 1 to 60 characters");
    }
    let chosen = if *password_stdin { Some(read_password()?) } else { None };
    let password = match &chosen {
        Some(chosen) => chosen.clone(),
        None => password::generate()?,
    };
    let hash = password::hash(&password)?;
    let setup = setup::Setup::new(global)?;
    block_on(async {
        let store = setup.store().await?;
        store.add_user(name, &hash, "coordinator", Clock::System.now()).await?;
        answer(&match chosen {
            Some(_) => format!("{name} can sign in at /console"),
            None => format!("{name} can sign in at /console with the password {password}\nIt is shown only now; keep it safe."),
        });
        Ok(())
    })
}

fn read_password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("cannot read the password from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.chars().count() < PASSWORD_CHARACTERS_MIN {
        bail!("a password has at least {PASSWORD_CHARACTERS_MIN} characters");
    }
    Ok(password)
}
