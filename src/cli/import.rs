//! `linka import places|lines|services FILE`: checked whole before anything is replaced. A roster
//! from a calendar is looked at first; that is in `roster`.

use super::{Global, answer, block_on, counted, roster, setup};
use crate::app::{Book, Clock, save_book, save_services, stored_book};
use crate::catalogue;
use crate::place::Gazetteer;
use crate::routing::read_lines;
use anyhow::{Context, bail};
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// What can be imported.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The official list of municipalities (CSV of the ČSÚ/RÚIAN code lists)
    Places {
        /// The file
        file: PathBuf,
    },
    /// Lines, operators and shifts (TOML, as config/demo/lines.toml)
    Lines {
        /// The file
        file: PathBuf,
    },
    /// The whole catalogue of services (CSV)
    Services {
        /// The file
        file: PathBuf,
    },
    /// Shifts, overrides and closures of a line from a calendar (.ics); shows what it would change
    Roster(roster::Arguments),
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    match command {
        Command::Places { file } => places(&setup, file),
        Command::Roster(arguments) => block_on(roster::run(&setup, arguments)),
        Command::Lines { file } => {
            let book = read_lines(&setup::read(file)?).with_context(|| not_imported(file, "toml"))?;
            block_on(take_over(&setup, file, &book))?;
            for warning in &book.warnings {
                answer(&format!("{}:{warning}", file.display()));
            }
            let (lines, operators) = (book.lines.len(), book.operators.len());
            answer(&format!("{} and {} imported", counted(lines, "line", "lines"), counted(operators, "operator", "operators")));
            Ok(())
        }
        Command::Services { file } => {
            let services = catalogue::read(&table(file)?).with_context(|| not_imported(file, "csv"))?;
            block_on(async { Ok(save_services(&setup.store().await?, &services).await?) })?;
            answer(&format!("{} imported", counted(services.len(), "service", "services")));
            Ok(())
        }
    }
}

/// Writes the book, unless what is stored already contradicts it.
async fn take_over(setup: &setup::Setup, file: &Path, book: &Book) -> anyhow::Result<()> {
    let store = setup.store().await?;
    if let Err(refusals) = stored_book(&store, None).await?.taking(book) {
        let told: Vec<&str> = refusals.iter().map(|refusal| refusal.text.en.as_str()).collect();
        bail!("{} was not imported: {}", file.display(), told.join("; "));
    }
    Ok(save_book(&store, book, Clock::System.now(), "import").await?)
}

/// Names a file that was not imported; one that ends otherwise than what is imported here is probably meant
/// for another command.
fn not_imported(file: &Path, wanted: &str) -> String {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let hint = match ending.as_str() {
        same if same == wanted => "",
        "toml" => "; services and places are tables (CSV, as `linka export services` writes them), TOML is for lines: `linka import lines`",
        "csv" => "; lines are TOML (as config/demo/lines.toml), tables (CSV) are for services and places: `linka import services`",
        "ics" => "; a calendar is imported by `linka import roster`",
        _ => "",
    };
    format!("{} was not imported{hint}", file.display())
}

/// Reads a table. Lines ended as on Windows are ended plainly, for the reader of tables miscounts them.
fn table(file: &Path) -> anyhow::Result<String> {
    Ok(setup::read(file)?.replace("\r\n", "\n"))
}

/// The checked list is kept as it is in the data folder; a failed write leaves the old one.
fn places(setup: &setup::Setup, file: &Path) -> anyhow::Result<()> {
    let text = table(file)?;
    let gazetteer = Gazetteer::with_official(&text).with_context(|| not_imported(file, "csv"))?;
    let (fresh, kept) = (setup.folder()?.join("places.csv.new"), setup.folder()?.join(setup::PLACES));
    std::fs::write(&fresh, text).with_context(|| format!("cannot write {}", fresh.display()))?;
    std::fs::rename(&fresh, &kept).with_context(|| format!("cannot write {}", kept.display()))?;
    answer(&format!("{} municipalities imported", gazetteer.municipality_count()));
    Ok(())
}
