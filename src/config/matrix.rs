//! What is set of Matrix: who may invite the line. The account itself signs in once by
//! `linka matrix login`; its password comes from the environment or a file, never from here.

use super::{ConfigError, secret};
use serde::Deserialize;

/// The account through which workers and operators write.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Matrix {
    /// Servers whose users may invite the line; empty lets users of every server.
    pub allowed_servers: Vec<String>,
    /// Messages of one person within an hour; nobody who means well sends more.
    pub messages_of_person: u32,
}

impl Default for Matrix {
    fn default() -> Self {
        Self { allowed_servers: Vec::new(), messages_of_person: 120 }
    }
}

impl Matrix {
    /// The variable the account's password comes from when it signs in.
    pub const PASSWORD: &'static str = "LINKA_MATRIX_PASSWORD";
    /// The variable the account's recovery key comes from when its device is verified.
    pub const RECOVERY_KEY: &'static str = "LINKA_MATRIX_RECOVERY_KEY";

    /// Reads a secret that is needed only at this moment; the variable may have `_FILE` behind its name and
    /// then names a file.
    ///
    /// # Errors
    /// [`ConfigError::Secret`] when it is not set, or the file cannot be read.
    pub fn secret(name: &'static str) -> Result<String, ConfigError> {
        secret(name)?.ok_or_else(|| ConfigError::Secret { name, why: "it is not set".to_owned() })
    }
}
