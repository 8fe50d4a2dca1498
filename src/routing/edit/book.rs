//! Checks of what holds for several lines: absences and covers.

use crate::domain::{Lang, LineId, Region};
use crate::routing::refusal::{strangers, whole_name};
use crate::routing::{Absence, Book, Cover, Covered, Line, Refusal, say};

/// Refuses an absence over another of the same person, and one that makes no sense alone.
pub(in crate::routing) fn absence(book: &Book, new: &Absence) -> Vec<Refusal> {
    let mut refusals = strangers(&book.operators, std::iter::once(&new.operator).chain(&new.substitute));
    if new.to <= new.from {
        refusals.push(Refusal::new("nepřítomnost končí dřív, než začíná", "this absence ends before it begins"));
    }
    if new.substitute.as_ref() == Some(&new.operator) {
        refusals.push(Refusal::new("nikdo nemůže zastupovat sám sebe", "nobody can stand in for themselves"));
    }
    if book.absences.iter().any(|other| other.id == new.id) {
        refusals.push(Refusal::new(format!("nepřítomnost „{}“ už existuje", new.id), format!("absence `{}` is declared twice", new.id)));
    }
    let name = whole_name(&book.operators, &new.operator);
    let clash = |other: &&Absence| other.operator == new.operator && other.span().common(&new.span()).is_some();
    let said = |one: &Absence, lang| say::stretch(one.span(), Line::ZONE, lang);
    refusals.extend(book.absences.iter().filter(clash).map(|other| {
        Refusal::new(
            format!("nepřítomnost {} ({name}) se překrývá s nepřítomností {} téže osoby", said(new, Lang::Cs), said(other, Lang::Cs)),
            format!("absence {} of {name} overlaps absence {}", said(new, Lang::En), said(other, Lang::En)),
        )
    }));
    refusals
}

/// Refuses a cover of a region that is covered already, and one that makes no sense alone.
pub(in crate::routing) fn cover(book: &Book, new: &Cover) -> Vec<Refusal> {
    let named = [Some(&new.by), line_of(new)].into_iter().flatten();
    let mut refusals: Vec<Refusal> = named.filter(|id| book.line(id).is_none()).map(|id| Refusal::unknown_line(book, id)).collect();
    if new.to <= new.from {
        refusals.push(Refusal::new("zástup linky končí dřív, než začíná", "this cover ends before it begins"));
    }
    let own = book.line(&new.by).map(|line| line.regions.as_slice()).unwrap_or_default();
    if line_of(new) == Some(&new.by) || matches!(new.of, Covered::Region(region) if own.contains(&region)) {
        refusals.push(Refusal::new("linka nemůže zastupovat sama sebe", "a line cannot cover itself"));
    }
    if book.covers.iter().any(|other| other.id == new.id) {
        refusals.push(Refusal::new(format!("zástup linky „{}“ už existuje", new.id), format!("cover `{}` is declared twice", new.id)));
    }
    let clash = |other: &&Cover| share_regions(book, new, other) && other.span().common(&new.span()).is_some();
    refusals.extend(book.covers.iter().filter(clash).map(|other| {
        Refusal::new(
            format!("zástup {} se překrývá se zástupem {}", said(book, new, Lang::Cs), said(book, other, Lang::Cs)),
            format!("cover {} overlaps cover {}", said(book, new, Lang::En), said(book, other, Lang::En)),
        )
    }));
    refusals
}

const fn line_of(cover: &Cover) -> Option<&LineId> {
    match &cover.of {
        Covered::Line(id) => Some(id),
        Covered::Region(_) => None,
    }
}

fn regions(book: &Book, cover: &Cover) -> Vec<Region> {
    match &cover.of {
        Covered::Region(region) => vec![*region],
        Covered::Line(id) => book.line(id).map(|line| line.regions.clone()).unwrap_or_default(),
    }
}

fn share_regions(book: &Book, a: &Cover, b: &Cover) -> bool {
    let theirs = regions(book, b);
    regions(book, a).iter().any(|region| theirs.contains(region))
}

fn said(book: &Book, cover: &Cover, lang: Lang) -> String {
    let line = |id: &LineId| book.line(id).map_or_else(|| id.to_string(), |line| line.name.get(lang).to_owned());
    let of = match &cover.of {
        Covered::Region(region) => region.name(lang).to_owned(),
        Covered::Line(id) => line(id),
    };
    let zone = book.line(&cover.by).map_or(Line::ZONE, |line| line.zone);
    format!("{of} → {} {}", line(&cover.by), say::stretch(cover.span(), zone, lang))
}
