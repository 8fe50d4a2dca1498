//! Absences on the page of the people.

use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields, span_hint};
use crate::console::label::{Badge, Tone};
use crate::console::roster::desk::Desk;
use crate::console::section::{Item, Words};
use crate::domain::{Lang, OperatorId, RuleId};
use crate::routing::{Absence, Line};
use crate::store::{RosterEdit, RosterKind};

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "away",
        title: lang.pick("Nepřítomnosti", "Absences"),
        lead: lang.pick("Dovolená, nemoc: kdo v té době neslouží na žádné lince a kdo za něj.", "Holidays, illness: who serves on no line then, and who stands in."),
        add: lang.pick("+ Zapsat nepřítomnost", "+ Add an absence"),
        hint: span_hint(lang),
        added: lang.pick("Nepřítomnost je zapsaná.", "The absence is saved."),
        removed: lang.pick("Nepřítomnost je zrušená.", "The absence is removed."),
    }
}

pub(super) fn items(desk: &Desk<'_>) -> Vec<Item> {
    let mut absences: Vec<&Absence> = desk.book.absences.iter().collect();
    absences.sort_by_key(|absence| absence.from);
    let item = |absence: &Absence| Item {
        key: absence.id.to_string(),
        what: format!("{}, {}", desk.name(&absence.operator), desk.stretch(absence.span(), Line::ZONE)),
        detail: match &absence.substitute {
            Some(substitute) => format!("{} {}", desk.lang.pick("zastupuje", "stands in:"), desk.name(substitute)),
            None => desk.lang.pick("nikdo nezastupuje", "nobody stands in").to_owned(),
        },
        badge: absence.span().covers(desk.now).then(|| Badge { tone: Tone::Warn, text: desk.lang.pick("právě teď", "now") }),
        past: absence.to <= desk.now,
    };
    absences.into_iter().map(item).collect()
}

pub(super) fn fields(desk: &Desk<'_>, fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    let people = desk.people();
    let mut all = vec![
        fields.choice("operator", t("Kdo", "Who"), t("vyberte", "choose"), &people).needed(),
        fields.choice("substitute", t("Kdo zastoupí (nepovinné)", "Who stands in (optional)"), t("nikdo", "nobody"), &people),
    ];
    all.extend(fields.span());
    all
}

pub(super) fn add(desk: &Desk<'_>, typed: &Typed, id: RuleId) -> Result<RosterEdit, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let operator = reading.chosen("operator", "Vyberte prosím, kdo bude pryč.", "Please choose who is away.").map(OperatorId::new);
    let span = reading.span(Line::ZONE);
    let (operator, span) = reading.done(operator.zip(span))?;
    let absence = Absence { id, operator, from: span.from, to: span.to, substitute: typed.given("substitute").map(OperatorId::new) };
    desk.book.with_absence(absence.clone()).map_err(|refused| Trouble::refused(&refused, desk.lang))?;
    if let Some(doubt) = doubt(desk, &absence).filter(|_| typed.given("anyway").is_none()) {
        return Err(Trouble { problems: vec![doubt], passable: true });
    }
    saved(&absence)
}

fn saved(absence: &Absence) -> Result<RosterEdit, Trouble> {
    RosterEdit::save(RosterKind::Absence, absence.id.as_str(), absence).map_err(|error| Trouble::one(error.to_string()))
}

/// The one who stands in is away too.
fn doubt(desk: &Desk<'_>, new: &Absence) -> Option<String> {
    let substitute = new.substitute.as_ref()?;
    let other = desk.book.absences.iter().find(|other| other.operator == *substitute && other.span().common(&new.span()).is_some())?;
    let (name, away) = (desk.name(substitute), desk.stretch(other.span(), Line::ZONE));
    Some(match desk.lang {
        Lang::Cs => format!("{name} má v té době taky nepřítomnost ({away})."),
        Lang::En => format!("{name} is away then too ({away})."),
    })
}

pub(super) fn remove(desk: &Desk<'_>, id: &RuleId) -> Result<RosterEdit, Trouble> {
    let gone = || Trouble::one(desk.lang.pick("Tahle nepřítomnost už je zrušená.", "This absence is gone already."));
    desk.book.without_absence(id).map(|_| RosterEdit::remove(RosterKind::Absence, id.as_str())).ok_or_else(gone)
}
