//! `linka import roster FILE.ics --line LINE`: what a calendar's file would change in a roster, and
//! with `--write` the change itself. Called by `import`.

use super::setup::{self, Setup};
use super::{Answered, answer, counted};
use crate::app::{Clock, stored_book};
use crate::domain::{Bilingual, Lang, LineId};
use crate::routing::{Book, CalendarImport, Fate, ImportEntry, Line, Unread, import_calendar};
use crate::store::{RosterEdit, RosterKind};
use anyhow::{anyhow, bail};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What `linka import roster` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file (.ics)
    file: PathBuf,
    /// The line whose roster it is, such as ustecky
    #[arg(long)]
    line: String,
    /// Write what was understood; without it nothing is changed
    #[arg(long)]
    write: bool,
    /// The language of the preview
    #[arg(long, value_enum, default_value_t = Language::Cs)]
    lang: Language,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    Cs,
    En,
}

pub(super) async fn run(setup: &Setup, arguments: &Arguments) -> anyhow::Result<()> {
    let (text, now) = (setup::read(&arguments.file)?, Clock::System.now());
    let import = if arguments.write { write(setup, arguments, &text, now).await? } else { read(arguments, &text, &setup.stocked(now).await?.book, now)? };
    let written = arguments.write && import.changes();
    let lang = match arguments.lang {
        Language::Cs => Lang::Cs,
        Language::En => Lang::En,
    };
    if arguments.json {
        answer(&shape(&arguments.line, &import, written).to_string());
    } else {
        answer(&said(&import, written, lang));
    }
    // A file of which nothing was understood is the wrong file.
    if import.entries.is_empty() && !import.unread.is_empty() { Err(Answered.into()) } else { Ok(()) }
}

/// Reads the file for the line as it is in `book`.
fn read(arguments: &Arguments, text: &str, book: &Book, now: DateTime<Utc>) -> anyhow::Result<CalendarImport> {
    let line = line(book, &arguments.line)?;
    import_calendar(text, book, line, now).map_err(|refusal| anyhow!("{} was not read: {}", arguments.file.display(), refusal.text.en))
}

/// Reads and writes in one piece: what somebody else saves in between is never written over.
async fn write(setup: &Setup, arguments: &Arguments, text: &str, now: DateTime<Utc>) -> anyhow::Result<CalendarImport> {
    if !setup.has_database() {
        bail!("no line is set up in {} yet; import lines with `linka import lines FILE`", setup.place());
    }
    let store = setup.store().await?;
    let seen = store.roster_version(None).await?;
    let import = read(arguments, text, &stored_book(&store, None).await?, now)?;
    if import.changes() {
        let edit = RosterEdit::save(RosterKind::Line, &arguments.line, &import.line)?;
        if !store.write_roster_after(seen, &[edit], now, "import").await? {
            bail!("the roster was changed at this moment and nothing was written; try again");
        }
    }
    store.close().await;
    Ok(import)
}

fn line<'a>(book: &'a Book, id: &str) -> anyhow::Result<&'a Line> {
    let known = || book.lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>().join(", ");
    book.line(&LineId::new(id)).ok_or_else(|| anyhow!("there is no line “{id}”; lines are: {}", known()))
}

fn shape(line: &str, import: &CalendarImport, written: bool) -> Value {
    let both = |text: &Bilingual| json!({ "cs": text.cs, "en": text.en });
    let rule = |entry: &ImportEntry| {
        json!({
            "fate": fate(entry.fate), "at": entry.at, "summary": entry.summary, "rule": both(&entry.rule),
            "before": entry.before.as_ref().map(both), "notes": entry.notes.iter().map(both).collect::<Vec<_>>(),
        })
    };
    let unread = |unread: &Unread| json!({ "at": unread.at, "summary": unread.summary, "why": both(&unread.why.text), "hint": unread.why.hint.as_ref().map(both) });
    json!({
        "line": line, "changes": import.changes(), "written": written, "past": import.past,
        "rules": import.entries.iter().map(rule).collect::<Vec<_>>(), "unread": import.unread.iter().map(unread).collect::<Vec<_>>(),
    })
}

const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Changed => "changed",
        Fate::Removed => "removed",
        Fate::Stays => "stays",
    }
}

/// The preview for a person.
fn said(import: &CalendarImport, written: bool, lang: Lang) -> String {
    let t = |cs, en| lang.pick(cs, en);
    let mut text = Vec::new();
    let parts = [(Fate::Added, t("Přibude", "Added")), (Fate::Changed, t("Změní se", "Changed")), (Fate::Removed, t("Ubude", "Removed")), (Fate::Stays, t("Beze změny", "Stays"))];
    for (fate, title) in parts {
        let entries: Vec<&ImportEntry> = import.of(fate).collect();
        if !entries.is_empty() {
            text.push(format!("{title} ({}):", entries.len()));
            text.extend(entries.into_iter().map(|entry| format!("  {}", rule(entry, lang))));
        }
    }
    if !import.unread.is_empty() {
        text.push(format!("{} ({}):", t("Nepřevezmeme", "Not taken"), import.unread.len()));
        text.extend(import.unread.iter().map(|one| {
            let hint = one.why.hint.as_ref().map(|hint| format!(" – {}", hint.get(lang))).unwrap_or_default();
            format!("  {} {}, „{}“: {}{hint}", t("řádek", "line"), one.at, one.summary, one.why.text.get(lang))
        }));
    }
    if import.past > 0 {
        let events = counted(import.past, "event is over and left alone", "events are over and left alone");
        text.push(lang.pick(&format!("Minulých událostí, které necháme být: {}", import.past), &events).to_owned());
    }
    text.push(match (written, import.changes()) {
        (true, _) => t("Zapsáno.", "Written.").to_owned(),
        (false, true) => t("Zatím se nic nezapsalo. Souhlasí-li to, spusťte totéž s --write.", "Nothing is written yet. If this is right, run it again with --write.").to_owned(),
        (false, false) => t("V rozpise se nic nemění.", "Nothing changes in the roster.").to_owned(),
    });
    text.join("\n")
}

fn rule(entry: &ImportEntry, lang: Lang) -> String {
    let before = entry.before.as_ref().map(|before| format!(" ({}: {})", lang.pick("dosud", "so far"), before.get(lang))).unwrap_or_default();
    let notes: Vec<&str> = entry.notes.iter().map(|note| note.get(lang)).collect();
    let notes = if notes.is_empty() { String::new() } else { format!(" – {}!", notes.join(", ")) };
    format!("{}{before}{notes}", entry.rule.get(lang))
}
