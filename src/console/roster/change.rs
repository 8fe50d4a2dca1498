//! Overrides on the page of a roster: somebody serves instead of another, besides, or not at all.

use super::desk::Desk;
use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields, span_hint};
use crate::console::label::{Badge, Tone};
use crate::console::section::{Item, Words};
use crate::domain::{Lang, OperatorId, RuleId};
use crate::routing::{Change, Day, Line, Override, Span, days};
use chrono::TimeDelta;

/// Days of a stretch that are laid out to see whether it changes anything.
const LOOKED_AT_MAX: i64 = 62;

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "change",
        title: lang.pick("Záskoky a změny", "Overrides"),
        lead: lang.pick("Co je na pár hodin nebo dní jinak než v rozpisu.", "What differs from the plan for some hours or days."),
        add: lang.pick("+ Přidat záskok", "+ Add an override"),
        hint: span_hint(lang),
        added: lang.pick("Záskok je zapsaný.", "The override is saved."),
        removed: lang.pick("Záskok je zrušený, platí zase rozpis.", "The override is removed, the plan holds again."),
    }
}

pub(super) fn items(desk: &Desk<'_>, line: &Line) -> Vec<Item> {
    let item = |(at, one): (usize, &Override)| {
        let past = one.to <= desk.now;
        let before = Line { overrides: line.overrides.get(..at).unwrap_or_default().to_vec(), ..line.clone() };
        let idle = !past && acts_on(&before, one).is_none();
        Item {
            key: at.to_string(),
            what: said(desk, &one.change),
            detail: desk.stretch(one.span(), line.zone),
            badge: idle.then(|| Badge { tone: Tone::Warn, text: desk.lang.pick("nic nemění", "changes nothing") }),
            past,
        }
    };
    let mut items: Vec<(_, Item)> = line.overrides.iter().map(|one| one.from).zip(line.overrides.iter().enumerate().map(item)).collect();
    items.sort_by_key(|(from, _)| *from);
    items.into_iter().map(|(_, item)| item).collect()
}

/// Says what an override does, names in their first case.
pub(super) fn said(desk: &Desk<'_>, change: &Change) -> String {
    let name = |id| desk.name(id);
    match (change, desk.lang) {
        (Change::Add { operator, .. }, Lang::Cs) => format!("Navíc slouží {}", name(operator)),
        (Change::Add { operator, .. }, Lang::En) => format!("{} serves besides", name(operator)),
        (Change::Remove { operator }, Lang::Cs) => format!("Neslouží {}", name(operator)),
        (Change::Remove { operator }, Lang::En) => format!("{} does not serve", name(operator)),
        (Change::Replace { operator, by }, Lang::Cs) => format!("Slouží {}, ne {}", name(by), name(operator)),
        (Change::Replace { operator, by }, Lang::En) => format!("{} serves, not {}", name(by), name(operator)),
    }
}

pub(super) fn fields(desk: &Desk<'_>, fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    let people = desk.people();
    let mut all = vec![
        fields.choice("off", t("Kdo nebude sloužit", "Who will not serve"), t("nikdo – jen přidat", "nobody, only add"), &people),
        fields.choice("on", t("Kdo bude sloužit", "Who will serve"), t("nikdo – jen odvolat", "nobody, only take off"), &people),
    ];
    all.extend(fields.span());
    all.push(fields.order());
    all
}

pub(super) fn add(desk: &Desk<'_>, line: &Line, typed: &Typed, id: RuleId) -> Result<Line, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let [off, on] = ["off", "on"].map(|name| typed.given(name).map(OperatorId::new));
    let (span, order) = (reading.span(line.zone), reading.order());
    let change = match (off, on) {
        (Some(operator), Some(by)) => Some(Change::Replace { operator, by }),
        (Some(operator), None) => Some(Change::Remove { operator }),
        (None, Some(operator)) => Some(Change::Add { operator, order }),
        (None, None) => None,
    };
    if change.is_none() {
        reading.problem("Vyberte prosím, kdo nebude sloužit, kdo bude, nebo obojí.", "Please choose who will not serve, who will, or both.");
    }
    let (span, change) = reading.done(span.zip(change))?;
    let new = Override { id, from: span.from, to: span.to, change };
    let changed = line.with_override(&desk.book.operators, new.clone()).map_err(|refused| Trouble::refused(&refused, desk.lang))?;
    let doubts = doubts(desk, line, &new);
    if doubts.is_empty() || typed.given("anyway").is_some() { Ok(changed) } else { Err(Trouble { problems: doubts, passable: true }) }
}

/// Lists what looks wrong about an override that nothing forbids.
fn doubts(desk: &Desk<'_>, line: &Line, new: &Override) -> Vec<String> {
    let mut found = Vec::new();
    let when = desk.stretch(new.span(), line.zone);
    if new.to <= desk.now {
        found.push(match desk.lang {
            Lang::Cs => format!("Ten čas ({when}) už uplynul, záskok by nic nezměnil."),
            Lang::En => format!("That time ({when}) is over, the override would change nothing."),
        });
    }
    if acts_on(line, new).is_none() {
        found.push(match (new.change.taken_off(), desk.lang) {
            (Some(off), Lang::Cs) => format!("{} v té době ({when}) podle rozpisu neslouží, záskok by nic nezměnil.", desk.name(off)),
            (Some(off), Lang::En) => format!("{} is not on duty then ({when}), the override would change nothing.", desk.name(off)),
            (None, Lang::Cs) => format!("V té době ({when}) je linka zavřená, záskok by nic nezměnil."),
            (None, Lang::En) => format!("The line is closed then ({when}), the override would change nothing."),
        });
    }
    let Some(on) = new.change.put_on() else { return found };
    if served(line, new.span(), on) {
        found.push(match desk.lang {
            Lang::Cs => format!("{} v té době ({when}) už podle rozpisu slouží.", desk.name(on)),
            Lang::En => format!("{} is on duty then already ({when}).", desk.name(on)),
        });
    }
    let away = desk.book.absences.iter().find(|absence| absence.operator == *on && absence.span().common(&new.span()).is_some());
    if let Some(away) = away {
        let away = desk.stretch(away.span(), line.zone);
        found.push(match desk.lang {
            Lang::Cs => format!("{} má nepřítomnost {away}.", desk.name(on)),
            Lang::En => format!("{} is away {away}.", desk.name(on)),
        });
    }
    found
}

/// Returns an open stretch that the override changes; absences act later and do not count.
fn acts_on(line: &Line, new: &Override) -> Option<Span> {
    match new.change.taken_off() {
        Some(off) => laid_out(line, new.span()).into_iter().flat_map(|day| day.served).filter(|served| served.operator == *off).find_map(|served| served.span.common(&new.span())),
        None => laid_out(line, new.span()).into_iter().flat_map(|day| day.open).find_map(|open| open.common(&new.span())),
    }
}

fn served(line: &Line, span: Span, who: &OperatorId) -> bool {
    laid_out(line, span).iter().flat_map(|day| &day.served).any(|served| served.operator == *who && served.span.common(&span).is_some())
}

fn laid_out(line: &Line, span: Span) -> Vec<Day> {
    let planned = Line { absences: Vec::new(), ..line.clone() };
    let first = span.from.checked_sub_signed(TimeDelta::days(1)).unwrap_or(span.from);
    let count = span.to.signed_duration_since(span.from).num_days().clamp(0, LOOKED_AT_MAX) + 3;
    days(&planned, first, usize::try_from(count).unwrap_or(3))
}
