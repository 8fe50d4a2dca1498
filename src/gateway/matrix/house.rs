//! The line's account becomes its channel and its door.

use super::Listener;
use crate::app::App;
use crate::channel::matrix::{Account, AccountError, MatrixChannel, NAME, Talk};
use crate::channel::{Channel, Files};
use crate::config::Matrix;
use crate::gateway::flood::Flood;
use matrix_sdk::Client;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The account, restored and ready to be used.
#[derive(Clone)]
pub struct House {
    client: Client,
    folder: PathBuf,
    allowed: Vec<String>,
    flood: Arc<Flood>,
}

impl House {
    /// Where an account's keys lie within the line's data.
    #[must_use]
    pub fn account(data: &Path) -> Account {
        Account::in_folder(data.join(NAME))
    }

    /// Restores the account that has signed in.
    ///
    /// # Errors
    /// When nobody has, or its keys cannot be read.
    pub async fn open(account: &Account, matrix: &Matrix) -> Result<Self, AccountError> {
        let client = account.restore().await?;
        let flood = Arc::new(Flood::new(matrix.messages_of_person));
        Ok(Self { client, folder: account.folder().to_owned(), allowed: matrix.allowed_servers.clone(), flood })
    }

    /// Returns the channel.
    #[must_use]
    pub fn channel(&self, files: Files) -> Arc<dyn Channel> {
        Arc::new(MatrixChannel::new(self.client.clone(), files))
    }

    /// Puts the door before a running line.
    #[must_use]
    pub fn listener(&self, app: Arc<App>) -> Arc<Listener> {
        Arc::new(Listener { app, talk: self.talk(), folder: self.folder.clone(), flood: Arc::clone(&self.flood), told: std::sync::Mutex::default() })
    }

    /// Listens until the line is stopped, on one node at a time.
    pub fn listen(&self, app: &Arc<App>) {
        let listener = self.listener(Arc::clone(app));
        app.run_alone(NAME, move || {
            let listener = Arc::clone(&listener);
            async move { listener.run().await }
        });
    }

    pub(super) fn talk(&self) -> Talk {
        Talk::new(self.client.clone(), self.allowed.clone())
    }
}
