//! The fields of the roster's forms as a page shows them, with everything kept that was typed.
//! `section.html` draws them; what they send is read in `form`.

use super::field::Pick;
use super::form::{Typed, WEEK, day_name, read_date};
use super::moment;
use crate::domain::Lang;
use chrono::Weekday;

/// One field of a form.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The name that is sent.
    pub(super) name: &'static str,
    /// The label.
    pub(super) label: &'static str,
    /// What it takes.
    pub(super) shape: Shape,
    /// Whether the browser asks for it to be filled in.
    pub(super) needed: bool,
    /// Whether nothing stands beside it.
    pub(super) alone: bool,
}

/// What a field takes, with what was typed.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    /// One of several; the empty choice has these words.
    Choice(Vec<Pick>, &'static str),
    /// A date.
    Date(String),
    /// A time of day.
    Time(String),
    /// A number.
    Number(String),
    /// Words.
    Words(String),
    /// Several of several.
    Ticks(Vec<Pick>),
    /// Yes or no.
    Tick(bool),
}

impl Field {
    /// Makes a field that may stay empty.
    #[must_use]
    pub(super) const fn new(name: &'static str, label: &'static str, shape: Shape) -> Self {
        Self { name, label, shape, needed: false, alone: false }
    }

    /// Has it filled in.
    #[must_use]
    pub(super) fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// Has nothing beside it.
    #[must_use]
    pub(super) fn alone(self) -> Self {
        Self { alone: true, ..self }
    }
}

/// Makes the fields of one form, each with what was typed.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    /// What was typed.
    pub(super) typed: &'a Typed,
    /// The page's language.
    pub(super) lang: Lang,
}

impl Fields<'_> {
    /// A choice.
    #[must_use]
    pub(super) fn choice(&self, name: &'static str, label: &'static str, empty: &'static str, options: &[(String, String)]) -> Field {
        let sent = self.typed.given(name);
        let picks = options.iter().map(|(value, label)| Pick::new(value.as_str(), label.as_str(), sent)).collect();
        Field::new(name, label, Shape::Choice(picks, empty))
    }

    /// A date.
    #[must_use]
    pub(super) fn date(&self, name: &'static str, label: &'static str) -> Field {
        // A browser shows a date field empty when the value is not in its own form.
        let typed = self.typed.of(name);
        let value = read_date(typed).map_or_else(|| typed.to_owned(), |date| date.to_string());
        Field::new(name, label, Shape::Date(value))
    }

    /// A time.
    #[must_use]
    pub(super) fn time(&self, name: &'static str, label: &'static str) -> Field {
        Field::new(name, label, Shape::Time(self.typed.of(name).to_owned()))
    }

    /// The place in the row.
    #[must_use]
    pub(super) fn order(&self) -> Field {
        let value = self.typed.given("order").unwrap_or("1").to_owned();
        Field::new("order", self.lang.pick("Pořadí (1 = první)", "Place in the row (1 = first)"), Shape::Number(value))
    }

    /// A number.
    #[must_use]
    pub(super) fn number(&self, name: &'static str, label: &'static str) -> Field {
        Field::new(name, label, Shape::Number(self.typed.of(name).to_owned()))
    }

    /// Several of several, each under its own name.
    #[must_use]
    pub(super) fn ticks(&self, name: &'static str, label: &'static str, options: &[(&str, &str)]) -> Field {
        let pick = |(value, label): &(&str, &str)| Pick { value: (*value).to_owned(), label: (*label).to_owned(), chosen: self.typed.given(value).is_some() };
        Field::new(name, label, Shape::Ticks(options.iter().map(pick).collect()))
    }

    /// Words.
    #[must_use]
    pub(super) fn words(&self, name: &'static str, label: &'static str) -> Field {
        Field::new(name, label, Shape::Words(self.typed.of(name).to_owned()))
    }

    /// Yes or no.
    #[must_use]
    pub(super) fn tick(&self, name: &'static str, label: &'static str) -> Field {
        Field::new(name, label, Shape::Tick(self.typed.given(name).is_some()))
    }

    /// The days of the week.
    #[must_use]
    pub(super) fn days(&self) -> Field {
        let ticked = self.typed.days();
        let pick = |day: Weekday| Pick { value: day_name(day).to_owned(), label: moment::weekday_short(day, self.lang).to_owned(), chosen: ticked.contains(&day) };
        Field::new("day", self.lang.pick("Dny", "Days"), Shape::Ticks(WEEK.into_iter().map(pick).collect()))
    }

    /// The four fields of a stretch.
    #[must_use]
    pub(super) fn span(&self) -> [Field; 4] {
        let t = |cs, en| self.lang.pick(cs, en);
        [
            self.date("from_date", t("Od dne", "From day")).needed(),
            self.time("from_time", t("Od (čas)", "From (time)")),
            self.date("to_date", t("Do dne", "To day")),
            self.time("to_time", t("Do (čas)", "To (time)")),
        ]
    }
}

/// Says how a stretch is filled in.
#[must_use]
pub(super) const fn span_hint(lang: Lang) -> &'static str {
    lang.pick(
        "Bez časů platí celé dny; poslední den včetně. Bez posledního dne jen ten jeden.",
        "Without times whole days, the last one included. Without a last day just that one.",
    )
}
