//! `linka prison add CODE NAME`, `linka prison invite CODE`, `linka prison list`: prisons whose staff signs in on the worker's page and
//! by phone, and the phones they are known by.

use super::{Global, answer, block_on, invitation, setup};
use crate::app::{self, Clock};
use crate::console::password;
use crate::domain::{Address, Guest, keys_of};
use anyhow::bail;
use clap::Subcommand;

/// What can be done with prisons.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a prison; its PIN is generated and printed once
    Add {
        /// The short code its staff signs in with, such as BEL
        code: String,
        /// The name operators see, such as “Věznice Bělušice”
        name: String,
        /// Give a prison that is there already this name and a new PIN; the old PIN is good for nothing then
        #[arg(long)]
        replace: bool,
    },
    /// Make a code by which the staff of a prison joins from their own chats and phones; a sheet to print is in the console
    Invite {
        /// The prison's code
        code: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the prisons: codes, what they are on a phone, names, phones; no PIN is kept anywhere
    List,
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
        Command::Add { code, name, replace } => add(global, &code.trim().to_uppercase(), name.trim(), *replace),
        Command::Invite { code, json } => invite(global, &code.trim().to_uppercase(), *json),
        Command::List => list(global),
        Command::Phone(phone) => phones(global, phone),
    }
}

fn add(global: &Global, code: &str, name: &str, replace: bool) -> anyhow::Result<()> {
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
        let alike = store.prison_logins().await?.into_iter().find(|login| keys_of(&login.code) == keys_of(code));
        match alike {
            Some(other) if other.code != code => {
                bail!("on a phone {code} is typed as {}, the same as {} of {}; choose another code", keys_of(code), other.code, other.name);
            }
            Some(there) if !replace => {
                bail!("{code} is there already, it is {}; with --replace it gets this name and a new PIN, and its old PIN is good for nothing", there.name);
            }
            None if replace => bail!("no prison has the code {code}; `linka prison list` shows all, without --replace it is added"),
            _ => {}
        }
        store.save_prison_login(code, name, &hash).await?;
        answer(&format!("{name}: code {code} (on a phone {}), PIN {pin}\nThe PIN is shown only now; keep it safe.", keys_of(code)));
        Ok(())
    })
}

fn invite(global: &Global, code: &str, json: bool) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    block_on(async {
        let store = setup.store().await?;
        let Some(prison) = store.prison_login(code).await? else {
            bail!("no prison has the code {code}; add it with `linka prison add`");
        };
        let guest = Guest::Prison { code: prison.code, name: prison.name.clone() };
        let made = app::invite(&store, guest, invitation::AUTHOR, Clock::System.now()).await?;
        answer(&invitation::told(&made, &prison.name, json));
        Ok(())
    })
}

fn list(global: &Global) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    block_on(async {
        let store = setup.store().await?;
        let (prisons, phones) = (store.prison_logins().await?, store.prison_phones().await?);
        if prisons.is_empty() {
            answer("no prison is there; add one with `linka prison add`");
        }
        for prison in prisons {
            let phones = phones.iter().filter(|phone| phone.code == prison.code).map(|phone| phone.number.as_str());
            let locked = prison.locked_until.filter(|until| *until > Clock::System.now()).map(|until| format!("locked until {}", until.format("%Y-%m-%d %H:%M UTC")));
            let more: Vec<&str> = phones.chain(locked.as_deref()).collect();
            answer(format!("{}  {}  {}  {}", prison.code, keys_of(&prison.code), prison.name, more.join(", ")).trim_end());
        }
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
