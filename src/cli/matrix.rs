//! `linka matrix …`: the line's account on its homeserver, for the operator of the server.

use super::{Global, answer, block_on, occupied, setup};
use crate::channel::matrix::SignedIn;
use crate::config::Matrix;
use crate::gateway::matrix::House;
use clap::{Args, Subcommand};

/// What can be done about the account.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Sign the line in as a new device and make its keys
    ///
    /// The password comes from `LINKA_MATRIX_PASSWORD`, or from the file `LINKA_MATRIX_PASSWORD_FILE` names, and is
    /// kept nowhere. The recovery key is printed once: write it down and keep it apart from the server.
    Login(LoginArguments),
    /// Prove with the account's recovery key that this device is its own
    ///
    /// The key comes from `LINKA_MATRIX_RECOVERY_KEY`, or from the file `LINKA_MATRIX_RECOVERY_KEY_FILE` names.
    Verify,
    /// Sign the line out and forget its keys
    Logout,
}

/// What `linka matrix login` takes.
#[derive(Debug, Args)]
pub(super) struct LoginArguments {
    /// The homeserver, such as <https://matrix.example.org>
    #[arg(long, value_name = "URL")]
    homeserver: String,
    /// The account's name there, such as linka or @linka:example.org
    #[arg(long, value_name = "NAME")]
    user: String,
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    let account = House::account(&setup.data);
    block_on(async {
        let _occupied = occupied::occupy(&setup, "matrix")?;
        match command {
            Command::Login(LoginArguments { homeserver, user }) => {
                let password = Matrix::secret(Matrix::PASSWORD)?;
                answer(&told(&account.login(homeserver, user, &password).await?));
            }
            Command::Verify => {
                let verified = account.verify(&Matrix::secret(Matrix::RECOVERY_KEY)?).await?;
                answer(if verified { "the device is verified" } else { "the key fits, but the device is not verified yet; try again in a minute" });
            }
            Command::Logout => {
                let told = account.logout().await?;
                answer(if told { "signed out; the keys are forgotten" } else { "the keys are forgotten; the homeserver could not be told, so remove the device “Linka” there in another session" });
            }
        }
        Ok(())
    })
}

fn told(signed_in: &SignedIn) -> String {
    let SignedIn { user, device, recovery, verified } = signed_in;
    let next = match recovery {
        Some(key) => format!("recovery key: {key}\nWrite it down now: it is shown only once, and brings the account's identity and messages back on another machine."),
        None if *verified => "the account has a recovery key already".to_owned(),
        None => "the account has a recovery key already; run `linka matrix verify` with it, or others are warned of this device".to_owned(),
    };
    format!("signed in as {user}, device {device}\n{next}")
}
