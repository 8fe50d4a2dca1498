//! Opening hours on the page of a roster.

use super::desk::Desk;
use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields};
use crate::console::section::{Item, Words};
use crate::domain::Lang;
use crate::routing::{Line, say_window};

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "hours",
        title: lang.pick("Provozní doba", "Opening hours"),
        lead: lang.pick("Kdy je linka každý týden otevřená.", "When the line is open every week."),
        add: lang.pick("+ Přidat provozní dobu", "+ Add opening hours"),
        hint: lang.pick(
            "Konec dřív než začátek znamená příští den; konec dne je 24:00. Dvě doby v jednom dni přidejte jednu po druhé.",
            "An end before the start is on the next day; the end of a day is 24:00. Add two windows of a day one after the other.",
        ),
        added: lang.pick("Provozní doba je přidaná a platí od teď.", "The opening hours are added and hold from now on."),
        removed: lang.pick("Provozní doba je odebraná.", "The opening hours are removed."),
    }
}

pub(super) fn items(desk: &Desk<'_>, line: &Line) -> Vec<Item> {
    let mut windows: Vec<_> = line.hours.iter().enumerate().collect();
    windows.sort_by_key(|(_, window)| (window.weekday.num_days_from_monday(), window.from));
    windows.into_iter().map(|(at, window)| Item { key: at.to_string(), what: say_window(*window, desk.lang), ..Item::default() }).collect()
}

pub(super) fn fields(fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    vec![fields.days(), fields.time("from", t("Od", "From")).needed(), fields.time("to", t("Do", "To")).needed()]
}

pub(super) fn add(desk: &Desk<'_>, line: &Line, typed: &Typed) -> Result<Line, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let windows = reading.windows("from", "to");
    let windows = reading.done(windows)?;
    windows.into_iter().try_fold(line.clone(), |line, window| line.with_hours(window)).map_err(|refused| Trouble::refused(&refused, desk.lang))
}
