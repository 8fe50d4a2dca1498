//! Weekly shifts on the page of a roster.

use super::desk::Desk;
use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields};
use crate::console::label::{Badge, Tone};
use crate::console::section::{Item, Words};
use crate::domain::{Lang, OperatorId};
use crate::routing::{Line, Shift, say_window};

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "shift",
        title: lang.pick("Týdenní směny", "Weekly shifts"),
        lead: lang.pick("Kdo slouží každý týden a v jakém pořadí se ho linka ptá.", "Who serves every week, and in which order people are asked."),
        add: lang.pick("+ Přidat směnu", "+ Add a shift"),
        hint: lang.pick(
            "Stejné pořadí znamená, že se linka ptá obou současně. Platnost nemusíte vyplnit.",
            "Equal places are asked together. The days of validity may stay empty.",
        ),
        added: lang.pick("Směna je přidaná a platí od teď.", "The shift is added and holds from now on."),
        removed: lang.pick("Směna je odebraná.", "The shift is removed."),
    }
}

pub(super) fn items(desk: &Desk<'_>, line: &Line) -> Vec<Item> {
    let mut shifts: Vec<_> = line.shifts.iter().enumerate().collect();
    shifts.sort_by_key(|(_, shift)| (shift.window.weekday.num_days_from_monday(), shift.window.from, shift.order));
    let item = |(at, shift): (usize, &Shift)| {
        let order = match desk.lang {
            Lang::Cs => format!("{}. v pořadí", shift.order),
            Lang::En => format!("place {}", shift.order),
        };
        let outside = !line.hours.iter().any(|window| window.overlaps(&shift.window));
        Item {
            key: at.to_string(),
            what: format!("{} {}", say_window(shift.window, desk.lang), desk.name(&shift.operator)),
            detail: [order, desk.validity(shift.valid_from, shift.valid_to)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            badge: outside.then(|| Badge { tone: Tone::Warn, text: desk.lang.pick("mimo provozní dobu", "outside the opening hours") }),
            past: shift.valid_to.is_some_and(|last| last < desk.today),
        }
    };
    shifts.into_iter().map(item).collect()
}

pub(super) fn fields(desk: &Desk<'_>, fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    vec![
        fields.choice("operator", t("Kdo", "Who"), t("vyberte", "choose"), &desk.people()).needed(),
        fields.order(),
        fields.days(),
        fields.time("from", t("Od", "From")).needed(),
        fields.time("to", t("Do", "To")).needed(),
        fields.date("valid_from", t("Platí od (nepovinné)", "Valid from (optional)")),
        fields.date("valid_to", t("Platí do (nepovinné)", "Valid to (optional)")),
    ]
}

pub(super) fn add(desk: &Desk<'_>, line: &Line, typed: &Typed) -> Result<Line, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let operator = reading.chosen("operator", "Vyberte prosím, kdo bude sloužit.", "Please choose who serves.").map(OperatorId::new);
    let (windows, order) = (reading.windows("from", "to"), reading.order());
    let (valid_from, valid_to) = (reading.date("valid_from"), reading.date("valid_to"));
    let (operator, windows) = reading.done(operator.zip(windows))?;
    let shift = |window| Shift { id: None, operator: operator.clone(), window, order, valid_from, valid_to };
    let added = windows.into_iter().try_fold(line.clone(), |line, window| line.with_shift(&desk.book.operators, shift(window)));
    added.map_err(|refused| Trouble::refused(&refused, desk.lang))
}
