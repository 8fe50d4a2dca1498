//! Days with hours of their own on the page of a roster.

use super::desk::Desk;
use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields};
use crate::console::section::{Item, Words};
use crate::domain::Lang;
use crate::routing::{Line, SpecialDay, Times, say_date};

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "special",
        title: lang.pick("Mimořádné dny", "Special days"),
        lead: lang.pick("Den s jinou provozní dobou, třeba zkrácenou. Platí i o svátku.", "A day with other hours, shorter ones say. They hold on a holiday too."),
        add: lang.pick("+ Přidat mimořádný den", "+ Add a special day"),
        hint: lang.pick(
            "Bez časů je linka celý den zavřená. Text se říká volajícím, když je zavřeno; anglický nemusíte vyplnit.",
            "Without times the line is closed all day. The text is told while the line is closed; the English one may stay empty.",
        ),
        added: lang.pick("Mimořádný den je vyhlášený.", "The special day is saved."),
        removed: lang.pick("Mimořádný den je zrušený, platí zase běžná doba.", "The special day is removed, the usual hours hold again."),
    }
}

pub(super) fn items(desk: &Desk<'_>, line: &Line) -> Vec<Item> {
    let item = |(at, special): (usize, &SpecialDay)| Item {
        key: at.to_string(),
        what: format!("{}: {}", say_date(special.date, desk.today, desk.lang), times(special, desk.lang)),
        detail: special.text.as_ref().map(|text| text.get(desk.lang).to_owned()).unwrap_or_default(),
        badge: None,
        past: special.date < desk.today,
    };
    let mut days: Vec<_> = line.special.iter().enumerate().collect();
    days.sort_by_key(|(_, special)| special.date);
    days.into_iter().map(item).collect()
}

/// Says the hours of a special day: `9:00–12:00`, `zavřeno`.
pub(in crate::console) fn times(special: &SpecialDay, lang: Lang) -> String {
    let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    let one = |times: &Times| format!("{}–{}", clock(times.from.of_day()), clock(times.to.of_day()));
    if special.hours.is_empty() { lang.pick("zavřeno", "closed").to_owned() } else { special.hours.iter().map(one).collect::<Vec<_>>().join(", ") }
}

pub(super) fn fields(fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    vec![
        fields.date("date", t("Den", "Day")).needed().alone(),
        fields.time("from", t("Od", "From")),
        fields.time("to", t("Do", "To")),
        fields.time("from2", t("Druhý čas od", "Second time from")),
        fields.time("to2", t("Druhý čas do", "Second time to")),
        fields.words("cs", t("Text česky", "Text in Czech")),
        fields.words("en", t("Text anglicky", "Text in English")),
    ]
}

pub(super) fn add(desk: &Desk<'_>, line: &Line, typed: &Typed) -> Result<Line, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let date = reading.needed_date("date");
    let mut hours = Vec::new();
    for (from, to) in [("from", "to"), ("from2", "to2")] {
        if typed.given(from).is_some() || typed.given(to).is_some() {
            hours.extend(reading.times(from, to).map(|(from, to)| Times { from, to }));
        }
    }
    let text = reading.words();
    let date = reading.done(date)?;
    line.with_special_day(SpecialDay { date, hours, text }).map_err(|refused| Trouble::refused(&refused, desk.lang))
}
