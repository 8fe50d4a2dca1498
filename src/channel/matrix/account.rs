//! The account the line has on a homeserver: signed in once, with its keys in a folder beside the data,
//! restored at every start as the same device.

use super::talk::settings;
use super::waiting::Waiting;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::encryption::recovery::RecoveryState;
use matrix_sdk::encryption::{BackupDownloadStrategy, EncryptionSettings};
use matrix_sdk::store::{RoomLoadSettings, StateStoreDataKey};
use matrix_sdk::{Client, ClientBuildError};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;

/// What other people see of the line's device.
const DEVICE: &str = "Linka";
const SESSION: &str = "session.json";
const STORE: &str = "store";
const PASSPHRASE: &str = "key";
/// No request may hold the line up longer, except waiting for news.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// The account's folder.
#[derive(Debug, Clone)]
pub struct Account {
    folder: PathBuf,
}

/// What came of signing in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account.
    pub user: String,
    /// The device the line is now.
    pub device: String,
    /// What brings the account's identity and old messages back on another device; shown once, kept
    /// nowhere. `None` where the account has one already.
    pub recovery: Option<String>,
    /// Whether the device counts as the account's own for everybody else.
    pub verified: bool,
}

/// The account cannot be used.
#[derive(Debug, Error)]
pub enum AccountError {
    /// Nobody has signed in.
    #[error("nobody is signed in; run `linka matrix login` first")]
    NotSignedIn,
    /// Somebody has.
    #[error("{0} is signed in already; `linka matrix logout` signs it out")]
    SignedIn(String),
    /// The homeserver's address is none.
    #[error("`{0}` is no address of a homeserver; write it like https://matrix.example.org")]
    Address(String),
    /// Files of the folder cannot be read or written.
    #[error("cannot use {path}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The homeserver, or the store of keys, cannot be used.
    #[error("the homeserver cannot be used")]
    Build(#[from] Box<ClientBuildError>),
    /// The homeserver refused.
    #[error("the homeserver refuses")]
    Matrix(#[from] Box<matrix_sdk::Error>),
    /// The recovery key is wrong, or the account has none.
    #[error("the recovery key does not fit: {0}")]
    Recovery(String),
}

impl From<matrix_sdk::Error> for AccountError {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::Matrix(Box::new(error))
    }
}

/// A session as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    homeserver: String,
    session: MatrixSession,
}

impl Account {
    /// The account whose keys lie in this folder.
    #[must_use]
    pub const fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Tells whether somebody is signed in.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.folder.join(SESSION).exists()
    }

    /// Signs in as a new device, makes the account's signing keys where it has none, and its recovery key.
    ///
    /// # Errors
    /// When somebody is signed in already, or the homeserver does not let the account in.
    pub async fn login(&self, homeserver: &str, user: &str, password: &str) -> Result<SignedIn, AccountError> {
        if self.is_signed_in() {
            return Err(AccountError::SignedIn(self.kept()?.session.meta.user_id.to_string()));
        }
        self.forget()?;
        std::fs::create_dir_all(&self.folder).map_err(|source| unusable(&self.folder, source))?;
        let client = self.client(homeserver).await?;
        client.matrix_auth().login_username(user, password).initial_device_display_name(DEVICE).send().await?;
        let session = client.matrix_auth().session().ok_or(AccountError::NotSignedIn)?;
        client.encryption().wait_for_e2ee_initialization_tasks().await;
        let first = client.sync_once(settings(None, Duration::ZERO)).await?;
        // What was said before the line came is nobody's question.
        let heard = Waiting { since: Some(first.next_batch), ..Waiting::default() };
        heard.write(&self.folder).map_err(|source| unusable(&self.folder, source))?;
        let recovery = self.recovery(&client).await;
        let verified = is_verified(&client).await;
        let (user, device) = (session.meta.user_id.to_string(), session.meta.device_id.to_string());
        let kept = serde_json::to_vec(&Kept { homeserver: homeserver.to_owned(), session }).map_err(io::Error::from);
        kept.and_then(|bytes| write_secret(&self.folder.join(SESSION), &bytes)).map_err(|source| unusable(&self.folder.join(SESSION), source))?;
        Ok(SignedIn { user, device, recovery, verified })
    }

    /// Is the same device again.
    ///
    /// # Errors
    /// When nobody has signed in, or its keys cannot be read.
    pub async fn restore(&self) -> Result<Client, AccountError> {
        let Kept { homeserver, session } = self.kept()?;
        let client = self.client(&homeserver).await?;
        // How far was listened is the line's to know: where it has stopped in between, the server's last
        // answer has to count once more, and a client that remembers it would hide it.
        if let Err(error) = client.state_store().remove_kv_data(StateStoreDataKey::SyncToken).await {
            return Err(matrix_sdk::Error::from(error).into());
        }
        client.matrix_auth().restore_session(session, RoomLoadSettings::default()).await?;
        Ok(client)
    }

    /// Proves with the account's recovery key that the device is its own; tells whether it counts as such now.
    ///
    /// # Errors
    /// When nobody is signed in or the key does not fit.
    pub async fn verify(&self, recovery_key: &str) -> Result<bool, AccountError> {
        let client = self.restore().await?;
        client.sync_once(settings(None, Duration::ZERO)).await?;
        let recovered = client.encryption().recovery().recover(recovery_key.trim()).await;
        recovered.map_err(|error| AccountError::Recovery(error.to_string()))?;
        client.sync_once(settings(None, Duration::ZERO)).await?;
        Ok(is_verified(&client).await)
    }

    /// Signs the device out and forgets its keys; an account that is unreachable is forgotten all the same.
    ///
    /// # Errors
    /// When nobody is signed in or the folder cannot be emptied. `Ok(false)` when the homeserver could not be told.
    pub async fn logout(&self) -> Result<bool, AccountError> {
        let client = self.restore().await?;
        let told = client.matrix_auth().logout().await.is_ok();
        drop(client);
        self.forget()?;
        Ok(told)
    }

    async fn client(&self, homeserver: &str) -> Result<Client, AccountError> {
        let passphrase = self.passphrase()?;
        let encryption = EncryptionSettings {
            auto_enable_cross_signing: true,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
            auto_enable_backups: true,
        };
        let url = reqwest::Url::parse(homeserver).map_err(|_| AccountError::Address(homeserver.to_owned()))?;
        let built = Client::builder()
            .homeserver_url(url)
            .respect_login_well_known(false)
            .sqlite_store(self.folder.join(STORE), Some(&passphrase))
            .request_config(RequestConfig::new().disable_retry().timeout(ANSWER_MAX))
            .with_encryption_settings(encryption)
            .build()
            .await;
        Ok(built.map_err(Box::new)?)
    }

    /// Makes the recovery key of an account that has none.
    async fn recovery(&self, client: &Client) -> Option<String> {
        let recovery = client.encryption().recovery();
        match recovery.state() {
            RecoveryState::Disabled | RecoveryState::Unknown => recovery.enable().await.ok(),
            RecoveryState::Enabled | RecoveryState::Incomplete => None,
        }
    }

    fn kept(&self) -> Result<Kept, AccountError> {
        let path = self.folder.join(SESSION);
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| unusable(&path, error.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(AccountError::NotSignedIn),
            Err(error) => Err(unusable(&path, error)),
        }
    }

    /// What the store of keys is locked with.
    fn passphrase(&self) -> Result<String, AccountError> {
        let path = self.folder.join(PASSPHRASE);
        match std::fs::read_to_string(&path) {
            Ok(passphrase) => Ok(passphrase),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut bytes = [0_u8; 32];
                let made = getrandom::fill(&mut bytes).map_err(io::Error::from);
                let passphrase = STANDARD.encode(bytes);
                made.and_then(|()| write_secret(&path, passphrase.as_bytes())).map_err(|error| unusable(&path, error))?;
                Ok(passphrase)
            }
            Err(error) => Err(unusable(&path, error)),
        }
    }

    fn forget(&self) -> Result<(), AccountError> {
        match std::fs::remove_dir_all(&self.folder) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(unusable(&self.folder, error)),
        }
    }

}

fn unusable(path: &Path, source: io::Error) -> AccountError {
    AccountError::File { path: path.display().to_string(), source }
}

/// Tells whether the account's own key has signed the device.
async fn is_verified(client: &Client) -> bool {
    let device = client.encryption().get_own_device().await.ok().flatten();
    device.is_some_and(|device| device.is_cross_signed_by_owner())
}

/// Writes a file nobody else may read.
fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
