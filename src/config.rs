//! What the operator of the server sets: one TOML file, every key optional, and the few
//! values that come from the environment. The only place that reads either.

mod matrix;
mod phone;
mod telegram;

pub use matrix::Matrix;
pub use phone::{Phone, PhoneLimits, PhoneSecrets};
pub use telegram::{Telegram, TelegramMode, TelegramSecrets};

use serde::Deserialize;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The settings of one line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where everything is stored.
    pub database: Database,
    /// What is logged and how.
    pub log: Log,
    /// A watcher outside that hears from the line while it is well.
    pub heartbeat: Heartbeat,
    /// The gateway to the phone network; left out, there are no calls and no messages.
    pub phone: Option<Phone>,
    /// The bot of a chat application; left out, there is none.
    pub telegram: Option<Telegram>,
    /// The account in a network of encrypted rooms; left out, there is none.
    pub matrix: Option<Matrix>,
    /// Files that are read at the start instead of the built-in ones; relative to this file.
    pub files: Files,
}

/// Where everything is stored.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite:FILE` or `postgres://…`; without it a SQLite file in the data folder.
    pub url: Option<String>,
}

/// A watcher outside.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Heartbeat {
    /// The address to call; left out, nobody is told.
    pub url: Option<String>,
    /// How often, in seconds.
    pub seconds: u32,
}

impl Default for Heartbeat {
    fn default() -> Self {
        Self { url: None, seconds: 60 }
    }
}

/// What is logged and how.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// Levels by module, as `tracing` filters are written: `info,linka=debug`.
    pub filter: String,
    /// `text` or `json`.
    pub format: LogFormat,
}

/// How a log line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".to_owned(), format: LogFormat::Text }
    }
}

/// Files read instead of the built-in ones.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// A folder of flows.
    pub flows: Option<PathBuf>,
    /// The table of words.
    pub lexicon: Option<PathBuf>,
}

/// The settings cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {path}")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file has a mistake; the text names line, column and what was expected.
    #[error("{path} has a mistake")]
    Toml {
        /// The file.
        path: String,
        /// What the reader said.
        source: Box<toml::de::Error>,
    },
    /// A secret is missing or cannot be read.
    #[error("the secret {name} cannot be used: {why}; set {name}, or {name}_FILE to the name of a file")]
    Secret {
        /// The variable.
        name: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

impl Config {
    /// Reads a file; without one everything is as usual.
    ///
    /// # Errors
    /// When the file cannot be read, or has unknown keys or values.
    pub fn read(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = path else { return Ok(Self::default()) };
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read { path: name.clone(), source })?;
        let mut config: Self = toml::from_str(&text).map_err(|source| ConfigError::Toml { path: name, source: Box::new(source) })?;
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        if let Some(audio) = config.phone.as_mut().and_then(|phone| phone.audio.as_mut()) {
            *audio = folder.join(&*audio);
        }
        config.files.flows = config.files.flows.map(|flows| folder.join(flows));
        config.files.lexicon = config.files.lexicon.map(|lexicon| folder.join(lexicon));
        Ok(config)
    }

    /// Returns the database's address, by default a file in the data folder.
    #[must_use]
    pub fn database_url(&self, data: &Path) -> String {
        self.database.url.clone().unwrap_or_else(|| format!("sqlite:{}", data.join("linka.db").display()))
    }

    /// Returns the file of the embedded database; `None` for a server's.
    #[must_use]
    pub fn database_file(&self, data: &Path) -> Option<PathBuf> {
        let url = self.database_url(data);
        let path = url.strip_prefix("sqlite:")?;
        Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path))).filter(|path| path.as_os_str() != ":memory:")
    }
}

/// Returns the log filter of the environment variable `LINKA_LOG`, when it is set.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn log_filter() -> Option<String> {
    std::env::var("LINKA_LOG").ok()
}

/// The variable that holds the key of stored files.
const DATA_KEY: &str = "LINKA_DATA_KEY";

/// Returns the key that stored files are sealed with, as it is written in `LINKA_DATA_KEY` or the file
/// `LINKA_DATA_KEY_FILE` names; `None` leaves it to a file in the data folder.
///
/// # Errors
/// [`ConfigError::Secret`] when the file cannot be read.
pub fn data_key() -> Result<Option<String>, ConfigError> {
    secret(DATA_KEY)
}

/// Says what is wrong with the key of stored files.
#[must_use]
pub fn bad_data_key() -> ConfigError {
    ConfigError::Secret { name: DATA_KEY, why: "it is not 32 bytes as base64 or as hexadecimal digits".to_owned() }
}

/// Reads a secret from the variable of this name, or from the file that `NAME_FILE` names.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn secret(name: &'static str) -> Result<Option<String>, ConfigError> {
    let here = std::env::var(name).ok();
    let file = std::env::var(format!("{name}_FILE")).ok();
    let value = match (here, file) {
        (Some(value), _) => Some(value),
        (None, Some(path)) => Some(std::fs::read_to_string(&path).map_err(|error| ConfigError::Secret { name, why: format!("{path}: {error}") })?),
        (None, None) => None,
    };
    Ok(value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::Config;
    use std::path::{Path, PathBuf};

    #[test]
    fn only_the_embedded_database_is_a_file() {
        let table = [
            (None, Some("data/linka.db")),
            (Some("sqlite:/srv/linka.db"), Some("/srv/linka.db")),
            (Some("sqlite:///srv/linka.db"), Some("/srv/linka.db")),
            (Some("sqlite::memory:"), None),
            (Some("postgres://localhost/linka"), None),
        ];
        for (url, expected) in table {
            let mut config = Config::default();
            config.database.url = url.map(str::to_owned);
            assert_eq!(config.database_file(Path::new("data")), expected.map(PathBuf::from), "{url:?}");
        }
    }
}
