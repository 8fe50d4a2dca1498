//! The line's account becomes its channel and its door. Of several nodes one has the account open: it
//! listens and sends, the others leave both to it.

use super::Listener;
use super::typing::Typing;
use crate::app::App;
use crate::channel::matrix::{Account, AccountError, Identities, MatrixChannel, NAME, Seat, Talk};
use crate::channel::{Channel, Files};
use crate::config::Matrix;
use crate::gateway::flood::Flood;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// The account, wherever it is open.
#[derive(Clone)]
pub struct House {
    account: Account,
    seat: Seat,
    allowed: Vec<String>,
    flood: Arc<Flood>,
}

impl House {
    /// Where an account's keys lie within the line's data.
    #[must_use]
    pub fn account(data: &Path) -> Account {
        Account::in_folder(data.join(NAME))
    }

    /// Puts together what is set; opens nothing.
    #[must_use]
    pub fn new(account: Account, matrix: &Matrix) -> Self {
        let flood = Arc::new(Flood::new(matrix.messages_of_person));
        Self { account, seat: Seat::default(), allowed: matrix.allowed_servers.clone(), flood }
    }

    /// Tells whether somebody has signed in on this node.
    #[must_use]
    pub fn has_account(&self) -> bool {
        self.account.is_signed_in()
    }

    /// Returns the channel.
    #[must_use]
    pub fn channel(&self, files: Files) -> Arc<dyn Channel> {
        Arc::new(MatrixChannel::new(self.seat.clone(), files))
    }

    /// Opens the account and puts the door before a running line; letters leave here while the door stands.
    ///
    /// # Errors
    /// When nobody has signed in, or the account's keys cannot be read.
    pub async fn open(&self, app: Arc<App>) -> Result<Arc<Listener>, AccountError> {
        let client = self.account.restore().await?;
        let (talk, identities) = (Talk::new(client.clone(), self.allowed.clone()), Identities::of(&client).await?);
        let (folder, flood) = (self.account.folder().to_owned(), Arc::clone(&self.flood));
        Ok(Arc::new(Listener { app, talk, identities, folder, flood, told: Mutex::default(), typing: Typing::default(), behind: tokio::sync::Mutex::default(), _seated: self.seat.take(client) }))
    }

    /// Listens until the line is stopped, on one node at a time: the account is opened by whoever holds the
    /// lease. A node without the account never asks for it.
    pub fn listen(&self, app: &Arc<App>) {
        if !self.has_account() {
            tracing::warn!(folder = %self.account.folder().display(), "nobody is signed in to Matrix on this node; the one that has the account listens and sends");
            return;
        }
        let (house, line) = (self.clone(), Arc::clone(app));
        app.run_alone(NAME, move || {
            let (house, line) = (house.clone(), Arc::clone(&line));
            async move {
                match house.open(line).await {
                    Ok(listener) => listener.run().await,
                    Err(error) => tracing::error!(error = &error as &(dyn std::error::Error + 'static), "the account on Matrix cannot be opened; trying again"),
                }
            }
        });
    }
}
