//! What in the coming 30 days wants the coordinator's eye, as `routing` foresees it: the same thing
//! on several lines is said once.

use super::label::{Badge, Tone};
use super::roster::desk::Desk;
use crate::domain::Lang;
use crate::routing::{Book, Line, Warning, WarningKind, warnings};

/// Days looked ahead.
const DAYS: usize = 30;

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
}

/// Lists what concerns all lines, in order of time.
#[must_use]
pub(super) fn of_book(desk: &Desk<'_>) -> Vec<Group> {
    grouped(desk, &warnings(desk.book, desk.now, DAYS))
}

/// Lists shifts nobody stands in for and lines with nobody behind them.
#[must_use]
pub(super) fn of_people(desk: &Desk<'_>) -> Vec<Group> {
    let mut missing = warnings(desk.book, desk.now, DAYS);
    missing.retain(|warning| matches!(warning.kind, WarningKind::EmptyShift | WarningKind::NoFallback));
    grouped(desk, &missing)
}

/// Lists what concerns one line.
#[must_use]
pub(super) fn of_line(desk: &Desk<'_>, line: &Line) -> Vec<Group> {
    let book = Book { lines: vec![line.clone()], ..desk.book.clone() };
    grouped(desk, &warnings(&book, desk.now, DAYS))
}

fn grouped(desk: &Desk<'_>, warnings: &[Warning]) -> Vec<Group> {
    let mut groups: Vec<(&Warning, Vec<&Line>)> = Vec::new();
    for warning in warnings {
        let Some(line) = desk.book.line(&warning.line) else { continue };
        match groups.iter_mut().find(|(first, _)| first.kind == warning.kind && first.text == warning.text) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((warning, vec![line])),
        }
    }
    let group = |(warning, lines): (&Warning, Vec<&Line>)| Group {
        badge: badge(warning.kind, desk.lang),
        text: warning.text.get(desk.lang).to_owned(),
        all: desk.book.lines.len() > 1 && lines.len() == desk.book.lines.len(),
        lines: lines.iter().map(|line| (super::roster::address(line.id.as_str()), line.name.get(desk.lang).to_owned())).collect(),
    };
    groups.into_iter().map(group).collect()
}

const fn badge(kind: WarningKind, lang: Lang) -> Badge {
    let (tone, text) = match kind {
        WarningKind::Gap => (Tone::Loud, lang.pick("nikdo", "nobody")),
        WarningKind::NoFallback => (Tone::Loud, lang.pick("bez zálohy", "no fallback")),
        WarningKind::EmptyShift => (Tone::Warn, lang.pick("chybí zástup", "no substitute")),
        WarningKind::ClockChange => (Tone::Calm, lang.pick("změna času", "clock change")),
        WarningKind::Holiday => (Tone::Calm, lang.pick("svátek", "holiday")),
    };
    Badge { tone, text }
}
