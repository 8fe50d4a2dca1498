//! `linka prison add CODE NAME`: prisons whose staff signs in on the worker's page and by phone, and the
//! phones they are known by.

use super::{Global, answer, block_on, setup};
use crate::console::password;
use crate::domain::{Address, keys_of};
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
    /// Manage the phones a prison is known by
    #[command(subcommand)]
    Phone(Phone),
}

/// What can be done with the phones of prisons.
#[derive(Debug, Subcommand)]
pub(super) enum Phone {
    /// Remember a phone: who calls from there is taken for the prison's staff, and hears nothing because of it
    Add {
        /// The prison's code
        code: String,
        /// The number, such as +420719000201
        number: String,
    },
    /// Forget a phone
    Remove {
        /// The number
        number: String,
    },
    /// List the phones by prison
    List,
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Add { code, name } => add(global, &code.trim().to_uppercase(), name.trim()),
        Command::Phone(phone) => phones(global, phone),
    }
}

fn add(global: &Global, code: &str, name: &str) -> anyhow::Result<()> {
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
        let store = setup.store().await?;
        let alike = store.prison_logins().await?.into_iter().find(|login| login.code != code && keys_of(&login.code) == keys_of(code));
        if let Some(other) = alike {
            bail!("on a phone {code} is typed as {}, the same as {} of {}; choose another code", keys_of(code), other.code, other.name);
        }
        store.save_prison_login(code, name, &hash).await?;
        answer(&format!("{name}: code {code} (on a phone {}), PIN {pin}\nThe PIN is shown only now; keep it safe.", keys_of(code)));
        Ok(())
    })
}

fn phones(global: &Global, command: &Phone) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    block_on(async {
        let store = setup.store().await?;
        match command {
            Phone::Add { code, number } => {
                let (code, number) = (code.trim().to_uppercase(), number.trim());
                if !Address::new("voice", number).is_number() {
                    bail!("“{number}” is no number; write it as +420719000201");
                }
                let Some(login) = store.prison_login(&code).await? else {
                    bail!("no prison has the code {code}; add it with `linka prison add`");
                };
                store.add_prison_phone(number, &code).await?;
                answer(&format!("{number} is known as {}", login.name));
            }
            Phone::Remove { number } => {
                if !store.remove_prison_phone(number.trim()).await? {
                    bail!("{} is not known; `linka prison phone list` shows all", number.trim());
                }
                answer(&format!("{} is forgotten", number.trim()));
            }
            Phone::List => {
                let phones = store.prison_phones().await?;
                if phones.is_empty() {
                    answer("no phone of a prison is known");
                }
                for phone in phones {
                    answer(&format!("{}  {}  {}", phone.number, phone.code, phone.name));
                }
            }
        }
        Ok(())
    })
}
