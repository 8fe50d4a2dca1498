//! Why a line is open or closed and who is on duty: the chain of sentences that is kept
//! on each contact and shown by `linka route`. It puts a [`Duty`] into words and decides
//! nothing itself.

mod genitive;
mod people;

use super::refusal::whole_name;
use super::wall::Wall;
use super::{Duty, Line, Operator, Span, SpecialDay, holiday, hours, say, say_time, say_when};
use crate::domain::{Bilingual, Lang, OPENING_DAYS_MAX};
use chrono::{DateTime, Days, NaiveDate, Utc, Weekday};

/// Holidays named on the way to the next opening; more would not be read.
const SKIPPED_MAX: usize = 4;

/// Says why `line` is in the state `duty` at `at`, one sentence after another.
#[must_use]
pub fn explain(line: &Line, operators: &[Operator], at: DateTime<Utc>, duty: &Duty) -> Vec<Bilingual> {
    let view = View { line, operators, at, wall: Wall::around(line.zone, at) };
    if duty.open {
        let mut why = vec![both(|lang| view.open(duty, lang))];
        why.extend(view.special_hours());
        why.extend(view.people(duty));
        return why;
    }
    let mut why = vec![both(|lang| view.closed(lang))];
    why.extend(view.reason());
    why.extend(view.skipped(duty));
    why.push(both(|lang| view.opens(duty, lang)));
    why
}

fn both(sentence: impl Fn(Lang) -> String) -> Bilingual {
    Bilingual::new(sentence(Lang::Cs), sentence(Lang::En))
}

struct View<'a> {
    line: &'a Line,
    operators: &'a [Operator],
    at: DateTime<Utc>,
    wall: Wall,
}

impl View<'_> {
    fn head(&self, lang: Lang) -> String {
        format!("{}, {}", say::stamp(self.at, self.line.zone, lang), self.line.name.get(lang))
    }

    fn open(&self, duty: &Duty, lang: Lang) -> String {
        let head = self.head(lang);
        match (self.opened_at(), duty.closes_at) {
            (Some(from), Some(to)) => format!("{head}: {} {}.", lang.pick("otevřeno", "open"), self.stretch(Span { from, to })),
            (_, Some(to)) => format!("{head}: {} {}.", lang.pick("otevřeno do", "open until"), self.when(to, lang)),
            (_, None) => format!("{head}: {}.", lang.pick("otevřeno nepřetržitě", "open around the clock")),
        }
    }

    /// The start of the running opening, when it began today or the evening before.
    fn opened_at(&self) -> Option<DateTime<Utc>> {
        self.opening().map(|(_, span)| span.from)
    }

    /// The running opening and the date it belongs to.
    fn opening(&self) -> Option<(NaiveDate, Span)> {
        let today = self.wall.date(self.at);
        let dates = [today.pred_opt(), Some(today)].into_iter().flatten();
        let mut openings = dates.flat_map(|date| hours::open_on(self.line, &self.wall, date).into_iter().map(move |span| (date, span)));
        openings.rfind(|(_, span)| span.covers(self.at))
    }

    /// Says that the running opening is a special day's.
    fn special_hours(&self) -> Option<Bilingual> {
        let (date, _) = self.opening()?;
        self.line.special_on(date).map(special)
    }

    fn closed(&self, lang: Lang) -> String {
        format!("{}: {}.", self.head(lang), lang.pick("zavřeno", "closed"))
    }

    fn reason(&self) -> Option<Bilingual> {
        if let Some(closure) = hours::closure_at(self.line, self.at) {
            let until = |lang| self.when(closure.to, lang);
            return Some(both(|lang| {
                format!("{} {}: {}", lang.pick("Uzavření končí", "The closure ends"), until(lang), closure.text.get(lang))
            }));
        }
        let today = self.wall.date(self.at);
        if let Some(off) = self.line.special_on(today).map(special).or_else(|| self.holiday_on(today)) {
            return Some(off);
        }
        (!self.line.hours.is_empty()).then(|| both(|lang| format!("{}: {}.", lang.pick("Otevřeno bývá", "Usual hours"), self.week(lang))))
    }

    /// The public holidays and special days that cancel openings between today and the next one.
    fn skipped(&self, duty: &Duty) -> Vec<Bilingual> {
        let today = self.wall.date(self.at);
        let last = duty.next_open.map(|next| self.wall.date(next));
        let days = (1..OPENING_DAYS_MAX.unsigned_abs()).filter_map(|days| today.checked_add_days(Days::new(days)));
        let before = days.take_while(|date| last.is_some_and(|last| *date < last));
        let off = |date| self.line.special_on(date).filter(|special| special.hours.is_empty()).map(special);
        before.filter_map(|date| off(date).or_else(|| self.holiday_on(date))).take(SKIPPED_MAX).collect()
    }

    /// The public holiday that cancels weekly openings of `date`.
    fn holiday_on(&self, date: NaiveDate) -> Option<Bilingual> {
        let cancels = hours::is_free(self.line, date) && hours::has_window(self.line, date) && self.line.special_on(date).is_none();
        if cancels { free_day(date) } else { None }
    }

    fn opens(&self, duty: &Duty, lang: Lang) -> String {
        match duty.next_open {
            Some(next) => format!("{} {}.", lang.pick("Otevírá", "Opens"), self.when(next, lang)),
            None => lang.pick("V příštích N dnech se neotevírá.", "It does not open in the next N days.").replacen(
                'N',
                &OPENING_DAYS_MAX.to_string(),
                1,
            ),
        }
    }

    fn when(&self, at: DateTime<Utc>, lang: Lang) -> String {
        say_when(at, self.line.zone, self.at, lang)
    }

    /// `9–15` on the hour, `9:30–15:00` otherwise.
    fn stretch(&self, span: Span) -> String {
        short_stretch(&say_time(span.from, self.line.zone), &say_time(span.to, self.line.zone))
    }

    fn week(&self, lang: Lang) -> String {
        let mut windows = self.line.hours.clone();
        windows.sort_by_key(|window| (window.weekday.num_days_from_monday(), window.from));
        let mut text = String::new();
        let mut day: Option<Weekday> = None;
        for window in windows {
            if day == Some(window.weekday) {
                text.push_str(lang.pick(" a", " and"));
            } else {
                let comma = if day.is_some() { ", " } else { "" };
                text = text + comma + say::short_weekday(window.weekday, lang);
            }
            text = text + " " + short_stretch(&window.from.spoken(), &window.to.spoken()).as_str();
            day = Some(window.weekday);
        }
        text
    }
}

fn short_stretch(from: &str, to: &str) -> String {
    match (from.strip_suffix(":00"), to.strip_suffix(":00")) {
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(_) | None, _) => format!("{from}–{to}"),
    }
}

fn free_day(date: NaiveDate) -> Option<Bilingual> {
    let (cs, en) = holiday::named(date)?;
    let day = |lang| say::day_and_month(date, lang);
    Some(Bilingual::new(format!("{} je {cs}: zavřeno.", day(Lang::Cs)), format!("{} is {en}: closed.", day(Lang::En))))
}

/// Says a special day's hours: `23. 12. je mimořádně otevřeno 9–12. Pozor, kratší doba.`
fn special(special: &SpecialDay) -> Bilingual {
    both(|lang| {
        let hours: Vec<String> = special.hours.iter().map(|times| short_stretch(&times.from.spoken(), &times.to.spoken())).collect();
        let day = say::day_and_month(special.date, lang);
        let state = if hours.is_empty() {
            format!("{day} {}", lang.pick("je mimořádně zavřeno.", "is closed exceptionally."))
        } else {
            format!("{day} {} {}.", lang.pick("je mimořádně otevřeno", "has special hours:"), hours.join(lang.pick(" a ", " and ")))
        };
        special.text.as_ref().map_or_else(|| state.clone(), |text| format!("{state} {}", text.get(lang)))
    })
}
