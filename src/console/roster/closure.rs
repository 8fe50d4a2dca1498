//! Closures on the page of a roster.

use super::desk::Desk;
use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields, span_hint};
use crate::console::section::{Item, Words};
use crate::domain::Lang;
use crate::routing::{Closure, Line};

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "closure",
        title: lang.pick("Uzavření", "Closures"),
        lead: lang.pick("Linka je mimořádně zavřená a říká proč.", "The line is closed out of turn and says why."),
        add: lang.pick("+ Přidat uzavření", "+ Add a closure"),
        hint: span_hint(lang),
        added: lang.pick("Uzavření je zapsané, volající uslyší váš text.", "The closure is saved, callers will hear your text."),
        removed: lang.pick("Uzavření je zrušené.", "The closure is removed."),
    }
}

pub(super) fn items(desk: &Desk<'_>, line: &Line) -> Vec<Item> {
    let item = |(at, closure): (usize, &Closure)| Item {
        key: at.to_string(),
        what: desk.stretch(closure.span(), line.zone),
        detail: closure.text.get(desk.lang).to_owned(),
        badge: None,
        past: closure.to <= desk.now,
    };
    let mut closures: Vec<_> = line.closures.iter().enumerate().collect();
    closures.sort_by_key(|(_, closure)| closure.from);
    closures.into_iter().map(item).collect()
}

pub(super) fn fields(fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    let mut all: Vec<Field> = fields.span().into();
    all.push(fields.words("cs", t("Co se řekne volajícím", "What callers are told, in Czech")).needed());
    all.push(fields.words("en", t("Totéž anglicky (nepovinné)", "The same in English (optional)")));
    all
}

pub(super) fn add(desk: &Desk<'_>, line: &Line, typed: &Typed) -> Result<Line, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let (span, text) = (reading.span(line.zone), reading.words());
    if text.is_none() {
        reading.problem("Napište prosím, co se má volajícím říct.", "Please write what callers are told.");
    }
    if span.is_some_and(|span| span.to <= desk.now) {
        reading.problem("Ten čas už uplynul, uzavření by nikdo neslyšel. Zkontrolujte prosím den a rok.", "That time is over, nobody would hear of the closure. Please check the day and the year.");
    }
    let (span, text) = reading.done(span.zip(text))?;
    line.with_closure(Closure { id: None, from: span.from, to: span.to, text }).map_err(|refused| Trouble::refused(&refused, desk.lang))
}
