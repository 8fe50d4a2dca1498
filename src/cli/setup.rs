//! What commands have in common before they do anything: the data folder, the
//! configuration, the handbook, the store.

use super::Global;
use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, Datelike, Utc};
use crate::config::{Config, LogFormat};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::{Clock, demo_book, demo_services, stored_book};
use crate::catalogue::{Catalogue, Service};
use crate::channel::matrix::AccountError;
use crate::channel::{Channel, Channels, Files, sim, web::Web};
use crate::config::{Phone, PhoneSecrets, TelegramSecrets, bad_data_key, data_key, log_filter};
use crate::flow::{FlowSet, Problem};
use crate::gateway::Exchange;
use crate::gateway::matrix::House;
use crate::gateway::telegram::Outpost;
use crate::handbook::Handbook;
use crate::place::Gazetteer;
use crate::routing::Book;
use crate::store::{DataKey, Store};
use crate::understanding::Lexicon;

/// Years a time on the command line may lie in: those with a sensible calendar of shifts.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// The imported official list of municipalities, in the data folder.
pub(super) const PLACES: &str = "places.csv";

/// The key of stored files, in the data folder.
const KEY: &str = "key";

/// A command's surroundings.
pub(super) struct Setup {
    pub(super) data: PathBuf,
    pub(super) config: Config,
    /// Whether a configuration was named; without one the demo's data answer.
    pub(super) configured: bool,
}

impl Setup {
    pub(super) fn new(global: &Global) -> anyhow::Result<Self> {
        let config = Config::read(global.config.as_deref())?;
        Ok(Self { data: global.data.clone().unwrap_or_else(|| PathBuf::from("data")), config, configured: global.config.is_some() })
    }

    /// Makes the data folder when it is missing.
    pub(super) fn folder(&self) -> anyhow::Result<&Path> {
        std::fs::create_dir_all(&self.data).with_context(|| format!("cannot make the data folder {}", self.data.display()))?;
        Ok(&self.data)
    }

    pub(super) async fn store(&self) -> anyhow::Result<Store> {
        if self.config.database.url.is_none() {
            self.folder()?;
        }
        let store = Store::open(&self.config.database_url(&self.data)).await?;
        Ok(match Self::data_key()? {
            Some(key) => store.with_key(key),
            None => store.with_key_file(self.key_file()),
        })
    }

    /// Where the key of stored files lies when it was not handed in: beside the data, made with the first file.
    pub(super) fn key_file(&self) -> PathBuf {
        self.data.join(KEY)
    }

    /// The key of stored files, when it was handed in.
    pub(super) fn data_key() -> anyhow::Result<Option<DataKey>> {
        let Some(text) = data_key()? else { return Ok(None) };
        Ok(Some(DataKey::read(&text).ok_or_else(bad_data_key)?))
    }

    /// Reads places: the imported official list, else the built-in settlements.
    pub(super) fn gazetteer(&self) -> anyhow::Result<Gazetteer> {
        let path = self.folder()?.join(PLACES);
        match std::fs::read_to_string(&path) {
            Ok(text) => Gazetteer::with_official(&text).with_context(|| format!("cannot use {}; import it again", path.display())),
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => Ok(Gazetteer::builtin()?),
            Err(error) => Err(anyhow!(error).context(format!("cannot read {}", path.display()))),
        }
    }

    pub(super) fn lexicon(&self) -> anyhow::Result<Lexicon> {
        match &self.config.files.lexicon {
            Some(path) => Lexicon::read(&read(path)?).with_context(|| format!("{} has a mistake", path.display())),
            None => Ok(Lexicon::builtin()?),
        }
    }

    pub(super) fn flows(&self) -> anyhow::Result<FlowSet> {
        match &self.config.files.flows {
            Some(folder) => check_flows(&flow_files(folder)?).map_err(|problems| anyhow!("the flows in {} have mistakes\n{}", folder.display(), listed(&problems))),
            None => FlowSet::builtin().map_err(|problems| anyhow!("the built-in flows have mistakes\n{}", listed(&problems))),
        }
    }

    /// Everything declared, with empty lines and catalogue.
    pub(super) fn handbook(&self) -> anyhow::Result<Handbook> {
        let mut handbook = Handbook::builtin()?;
        handbook.gazetteer = Arc::new(self.gazetteer()?);
        handbook.lexicon = Arc::new(self.lexicon()?);
        handbook.flows = Arc::new(self.flows()?);
        handbook.channels = Channels::new(sim::channels(&Arc::default())).abilities();
        handbook.numbers = self.config.phone.as_ref().map(|phone| phone.numbers.clone()).unwrap_or_default();
        handbook.tariff = self.config.phone.as_ref().map(Phone::tariff);
        Ok(handbook)
    }

    /// The phone network, when one is set.
    pub(super) fn exchange(&self) -> anyhow::Result<Option<Exchange>> {
        let Some(phone) = &self.config.phone else { return Ok(None) };
        Ok(Some(Exchange::new(phone, &PhoneSecrets::read()?)?))
    }

    /// The bot, when one is set.
    pub(super) fn outpost(&self) -> anyhow::Result<Option<Outpost>> {
        let Some(telegram) = &self.config.telegram else { return Ok(None) };
        Ok(Some(Outpost::new(telegram, &TelegramSecrets::read()?)?))
    }

    /// The account in encrypted rooms, when one is set. Where several nodes may share the database it may
    /// be another's; an embedded one has but this.
    pub(super) fn house(&self) -> anyhow::Result<Option<House>> {
        let Some(matrix) = &self.config.matrix else { return Ok(None) };
        let house = House::new(House::account(&self.data), matrix);
        let alone = self.config.database_file(&self.data).is_some();
        if alone && !house.has_account() { Err(AccountError::NotSignedIn.into()) } else { Ok(Some(house)) }
    }

    /// Tells whether there is a database: a server's, or a file that somebody has made.
    pub(super) fn has_database(&self) -> bool {
        self.config.database_file(&self.data).is_none_or(|file| file.exists())
    }

    /// Tells whether the built-in demo answers: nothing is configured and nothing stored.
    pub(super) fn is_demo(&self) -> bool {
        !self.configured && !self.has_database()
    }

    /// Says where lines and services are looked for.
    pub(super) fn place(&self) -> String {
        match self.config.database_file(&self.data) {
            Some(file) => file.parent().map(|folder| folder.display().to_string()).filter(|folder| !folder.is_empty()).unwrap_or_else(|| ".".to_owned()),
            None => "the configured database".to_owned(),
        }
    }

    /// Everything declared, with the stored lines and services and none else; where nothing is
    /// configured or stored, the demo's as of `at`.
    pub(super) async fn stocked(&self, at: DateTime<Utc>) -> anyhow::Result<Handbook> {
        self.stocked_as_of(at, None).await
    }

    /// The same with the lines that were in force at an instant.
    pub(super) async fn stocked_as_of(&self, at: DateTime<Utc>, in_force: Option<DateTime<Utc>>) -> anyhow::Result<Handbook> {
        let mut handbook = self.handbook()?;
        let (mut book, mut services) = (Book::default(), Vec::<Service>::new());
        if self.is_demo() {
            book = demo_book()?;
            services = demo_services(&handbook.gazetteer, at);
        } else if self.has_database() {
            let store = self.store().await?;
            book = stored_book(&store, in_force).await?;
            services = store.load_services().await?;
            store.close().await;
        }
        handbook.book = Arc::new(book);
        handbook.catalogue = Arc::new(Catalogue::new(services));
        Ok(handbook)
    }

    /// The same for a question to the catalogue, which needs one.
    pub(super) async fn answering(&self, at: DateTime<Utc>) -> anyhow::Result<Handbook> {
        let handbook = self.stocked(at).await?;
        if handbook.catalogue.is_empty() {
            bail!("there are no services in {} yet; import them with `linka import services FILE`", self.place());
        }
        Ok(handbook)
    }

    /// Starts logging to standard error.
    pub(super) fn log(&self) -> anyhow::Result<()> {
        let filter = log_filter().unwrap_or_else(|| self.config.log.filter.clone());
        let filter = tracing_subscriber::EnvFilter::try_new(&filter).with_context(|| format!("“{filter}” is no log filter; try “info”"))?;
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
        let started = match self.config.log.format {
            LogFormat::Text => log.try_init(),
            LogFormat::Json => log.json().try_init(),
        };
        started.map_err(|error| anyhow!("logging cannot start: {error}"))
    }
}

/// The channels of the demo: the worker's page and the simulated ones.
pub(super) fn demo_channels() -> Channels {
    with_web(sim::channels(&Arc::default()))
}

/// The channels of a line that serves: the worker's page, and the phone network, the bot and the
/// account in encrypted rooms where they are set.
pub(super) fn channels(exchange: Option<&Exchange>, outpost: Option<&Outpost>, house: Option<&House>, files: &Files) -> Channels {
    let mut channels = exchange.map(|exchange| exchange.channels(&Clock::System)).unwrap_or_default();
    channels.extend(outpost.map(|outpost| outpost.channel(Arc::clone(files), &Clock::System)));
    channels.extend(house.map(|house| house.channel(Arc::clone(files))));
    with_web(channels)
}

fn with_web(others: Vec<Arc<dyn Channel>>) -> Channels {
    let web: Arc<dyn Channel> = Arc::new(Web);
    Channels::new(std::iter::once(web).chain(others))
}

/// Reads a text file with a message that says what to do.
pub(super) fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    String::from_utf8(bytes).map_err(|_| anyhow!("{} is not UTF-8; save it as UTF-8 and try again", path.display()))
}

/// Checks flow files, given as names and texts.
pub(super) fn check_flows(files: &[(String, String)]) -> Result<FlowSet, Vec<Problem>> {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    FlowSet::read(&files)
}

/// Reads the flow files of a folder.
pub(super) fn flow_files(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "toml") && name != crate::handbook::wording::FILE {
            files.push((name, read(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

/// Lists problems one a line.
pub(super) fn listed(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Reads an instant given on the command line, or the machine's clock.
pub(super) fn instant(at: Option<&str>) -> anyhow::Result<DateTime<Utc>> {
    let Some(text) = at else { return Ok(Clock::System.now()) };
    match DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)) {
        Ok(at) if YEARS.contains(&at.year()) => Ok(at),
        Ok(_) => bail!("“{text}” lies too far away; the years {} to {} are understood", YEARS.start(), YEARS.end()),
        Err(_) => bail!("“{text}” is no time; write it as 2026-02-04T09:00:00+01:00"),
    }
}
