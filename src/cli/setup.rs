//! What commands have in common before they do anything: the data folder, the
//! configuration, the handbook, the store.

use super::Global;
use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, Utc};
use crate::config::{Config, LogFormat};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::{Clock, demo_book, demo_services};
use crate::catalogue::{Catalogue, Service};
use crate::channel::{Channels, sim, web::Web};
use crate::config::log_filter;
use crate::flow::FlowSet;
use crate::handbook::Handbook;
use crate::place::Gazetteer;
use crate::routing::Book;
use crate::store::Store;
use crate::understanding::Lexicon;

/// The imported official list of municipalities, in the data folder.
pub(super) const PLACES: &str = "places.csv";

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
        Ok(Store::open(&self.config.database_url(&self.data)).await?)
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
            Some(folder) => read_flows(folder),
            None => FlowSet::builtin().map_err(|problems| anyhow!(listed(&problems))),
        }
    }

    /// Everything declared, with empty lines and catalogue.
    pub(super) fn handbook(&self) -> anyhow::Result<Handbook> {
        let mut handbook = Handbook::builtin()?;
        handbook.gazetteer = Arc::new(self.gazetteer()?);
        handbook.lexicon = Arc::new(self.lexicon()?);
        handbook.flows = Arc::new(self.flows()?);
        handbook.channels = Channels::new(sim::channels(&Arc::default())).abilities();
        Ok(handbook)
    }

    /// Everything declared, with the lines and services that commands answer from: the stored
    /// ones of this data folder or configuration, else the demo's as of `at`.
    pub(super) async fn answering(&self, at: DateTime<Utc>) -> anyhow::Result<Handbook> {
        let mut handbook = self.handbook()?;
        let stored = self.configured || self.data.join("linka.db").exists();
        let (mut book, mut services) = (Book { lines: Vec::new(), operators: Vec::new(), warnings: Vec::new() }, Vec::<Service>::new());
        if stored {
            let store = self.store().await?;
            book.lines = store.load_lines().await?;
            book.operators = store.load_operators().await?;
            services = store.load_services().await?;
        }
        if book.lines.is_empty() && !self.configured {
            book = demo_book()?;
        }
        if services.is_empty() && !self.configured {
            services = demo_services(&handbook.gazetteer, at);
        }
        handbook.book = Arc::new(book);
        handbook.catalogue = Arc::new(Catalogue::new(services));
        Ok(handbook)
    }

    /// Starts logging to standard error.
    pub(super) fn log(&self) -> anyhow::Result<()> {
        let filter = log_filter().unwrap_or_else(|| self.config.log.filter.clone());
        let filter = tracing_subscriber::EnvFilter::try_new(&filter).with_context(|| format!("“{filter}” is no log filter; try “info”"))?;
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        let started = match self.config.log.format {
            LogFormat::Text => log.try_init(),
            LogFormat::Json => log.json().try_init(),
        };
        started.map_err(|error| anyhow!("logging cannot start: {error}"))
    }
}

/// The channels of a line that serves: the worker's page, and the simulated ones in the demo.
pub(super) fn channels(demo: bool) -> Channels {
    let web: Arc<dyn crate::channel::Channel> = Arc::new(Web);
    let simulated = if demo { sim::channels(&Arc::default()) } else { Vec::new() };
    Channels::new(std::iter::once(web).chain(simulated))
}

/// Reads a text file with a message that says what to do.
pub(super) fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    String::from_utf8(bytes).map_err(|_| anyhow!("{} is not UTF-8; save it as UTF-8 and try again", path.display()))
}

/// Reads the flows of a folder.
pub(super) fn read_flows(folder: &Path) -> anyhow::Result<FlowSet> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "toml") && name != crate::handbook::wording::FILE {
            files.push((name, read(&path)?));
        }
    }
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    FlowSet::read(&files).map_err(|problems| anyhow!(listed(&problems)))
}

/// Lists problems one a line.
pub(super) fn listed(problems: &[crate::flow::Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Reads an instant given on the command line, or the machine's clock.
pub(super) fn instant(at: Option<&str>) -> anyhow::Result<DateTime<Utc>> {
    let Some(text) = at else { return Ok(Clock::System.now()) };
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => Ok(at.with_timezone(&Utc)),
        Err(_) => bail!("“{text}” is no time; write it as 2026-02-04T09:00:00+01:00"),
    }
}

/// Reads the texts of a command: the one given, or one a line from standard input.
pub(super) fn texts(text: Option<&str>, json_lines: bool) -> anyhow::Result<Vec<String>> {
    match (text, json_lines) {
        (Some(text), false) => Ok(vec![text.to_owned()]),
        (None, true) => {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).context("cannot read standard input")?;
            let text = String::from_utf8(bytes).map_err(|_| anyhow!("standard input is not UTF-8"))?;
            Ok(text.lines().map(str::to_owned).collect())
        }
        (Some(_), true) => bail!("give either a text or --json-lines, not both"),
        (None, false) => bail!("give a text, or --json-lines and the texts on standard input"),
    }
}
