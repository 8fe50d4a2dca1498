//! What in the coming 30 days wants the coordinator's eye, as `routing` foresees it: the same thing
//! on several lines is said once.

use super::label::{Badge, Tone};
use super::moment::Moment;
use super::roster::desk::Desk;
use crate::domain::{FORECAST_DAYS, Lang};
use crate::routing::{Alike, Book, Line, Warning, WarningKind, alike, warnings};

/// One thing to look at.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// What it is.
    pub(super) badge: Badge,
    /// A sentence.
    pub(super) text: String,
    /// The lines it is about: address and name.
    pub(super) lines: Vec<(String, String)>,
    /// Whether it is about every line.
    pub(super) all: bool,
    /// When it was sent to the coordinator, the last time.
    pub(super) told: Option<String>,
}

/// Lists what concerns all lines, in order of time.
#[must_use]
pub(super) fn of_book(desk: &Desk<'_>) -> Vec<Group> {
    grouped(desk, &warnings(desk.book, desk.points, desk.now, FORECAST_DAYS))
}

/// Lists shifts nobody stands in for and lines with nobody behind them.
#[must_use]
pub(super) fn of_people(desk: &Desk<'_>) -> Vec<Group> {
    let mut missing = warnings(desk.book, desk.points, desk.now, FORECAST_DAYS);
    missing.retain(|warning| matches!(warning.kind, WarningKind::EmptyShift | WarningKind::NoCoordinator | WarningKind::NoFallback));
    grouped(desk, &missing)
}

/// Lists what concerns one line.
#[must_use]
pub(super) fn of_line(desk: &Desk<'_>, line: &Line) -> Vec<Group> {
    let book = Book { lines: vec![line.clone()], ..desk.book.clone() };
    grouped(desk, &warnings(&book, desk.points, desk.now, FORECAST_DAYS))
}

fn grouped(desk: &Desk<'_>, warnings: &[Warning]) -> Vec<Group> {
    let named = |warning: &&Warning| {
        let line = desk.book.line(&warning.line)?;
        Some((super::roster::address(line.id.as_str()), line.name.get(desk.lang).to_owned()))
    };
    let group = |group: Alike<'_>| Group {
        badge: badge(group.first.kind, desk.lang),
        text: group.first.text.get(desk.lang).to_owned(),
        all: desk.book.lines.len() > 1 && group.all.len() == desk.book.lines.len(),
        lines: group.all.iter().filter_map(named).collect(),
        told: told(desk, &group),
    };
    alike(warnings).into_iter().map(group).collect()
}

fn told(desk: &Desk<'_>, group: &Alike<'_>) -> Option<String> {
    let keys: Vec<String> = group.all.iter().map(|warning| warning.key()).collect();
    let told = desk.warned.iter().filter(|warned| keys.contains(&warned.key));
    let at = Moment::of(told.map(|warned| warned.again_at.unwrap_or(warned.first_at)).max()?, desk.now, desk.lang);
    Some(match desk.lang {
        Lang::Cs => format!("koordinátorce posláno {} {}", at.day, at.time),
        Lang::En => format!("sent to the coordinator {} {}", at.day, at.time),
    })
}

const fn badge(kind: WarningKind, lang: Lang) -> Badge {
    let (tone, text) = match kind {
        WarningKind::Gap => (Tone::Loud, lang.pick("nikdo", "nobody")),
        WarningKind::NoCoordinator | WarningKind::NoFallback => (Tone::Loud, lang.pick("bez zálohy", "no fallback")),
        WarningKind::EmptyShift => (Tone::Warn, lang.pick("chybí zástup", "no substitute")),
        WarningKind::Unreached => (Tone::Loud, lang.pick("nedojde", "unreached")),
        WarningKind::Unproven => (Tone::Calm, lang.pick("neověřeno", "not verified")),
        WarningKind::ClockChange => (Tone::Calm, lang.pick("změna času", "clock change")),
        WarningKind::Holiday => (Tone::Calm, lang.pick("svátek", "holiday")),
    };
    Badge { tone, text }
}
