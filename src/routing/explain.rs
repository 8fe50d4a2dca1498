//! Why a line is open or closed and who is on duty: the chain of sentences that is kept
//! on each contact and shown by `linka route`. It puts a [`Duty`] into words and decides
//! nothing itself.

use super::wall::Wall;
use super::{Duty, Line, OnDuty, Operator, Span, called, holiday, hours, say, say_time, say_when};
use crate::domain::{Bilingual, Lang, OPENING_DAYS_MAX};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc, Weekday};

/// Holidays named on the way to the next opening; more would not be read.
const SKIPPED_MAX: usize = 4;

/// Says why `line` is in the state `duty` at `at`, one sentence after another.
#[must_use]
pub fn explain(line: &Line, operators: &[Operator], at: DateTime<Utc>, duty: &Duty) -> Vec<Bilingual> {
    let view = View { line, operators, at, wall: Wall::around(line.zone, at) };
    if duty.open {
        return vec![both(|lang| view.open(duty, lang)), both(|lang| view.people(duty, lang))];
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
        let today = self.wall.date(self.at);
        let dates = [today.pred_opt(), Some(today)].into_iter().flatten();
        let mut running = dates.flat_map(|date| hours::open_on(self.line, &self.wall, date)).filter(|span| span.covers(self.at));
        running.next().map(|span| span.from)
    }

    fn people(&self, duty: &Duty, lang: Lang) -> String {
        let Some((first, others)) = duty.on_duty.split_first() else {
            let coordinator = self.whole_name(&self.line.coordinator);
            return lang.pick("Směnu teď nikdo nemá, kontakt přebírá KDO.", "Nobody has a shift now, the contact goes to KDO.").replacen(
                "KDO",
                coordinator,
                1,
            );
        };
        let mut text = format!("{} {}", lang.pick("Směna:", "On shift:"), self.person(first, lang));
        let mut order = first.order;
        for person in others {
            let joint = if person.order == order {
                lang.pick(" a současně ", " together with ")
            } else {
                lang.pick(", jako další ", ", then ")
            };
            text.push_str(joint);
            text.push_str(&self.person(person, lang));
            order = person.order;
        }
        text + "."
    }

    fn person(&self, person: &OnDuty, lang: Lang) -> String {
        let name = called(self.operators, &person.operator);
        if person.until.signed_duration_since(self.at) > TimeDelta::hours(20) {
            return format!("{name} {} {}", lang.pick("do", "until"), say::stamp(person.until, self.line.zone, lang));
        }
        format!("{name} {} {}", lang.pick("do", "until"), say_time(person.until, self.line.zone))
    }

    fn whole_name<'a>(&'a self, id: &'a super::OperatorId) -> &'a str {
        self.operators.iter().find(|operator| operator.id == *id).map_or(id.as_str(), |operator| &operator.name)
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
        if hours::is_free(self.line, today) && hours::has_window(self.line, today) {
            return free_day(today);
        }
        (!self.line.hours.is_empty()).then(|| both(|lang| format!("{}: {}.", lang.pick("Otevřeno bývá", "Usual hours"), self.week(lang))))
    }

    /// The public holidays that cancel openings between today and the next one.
    fn skipped(&self, duty: &Duty) -> Vec<Bilingual> {
        let today = self.wall.date(self.at);
        let last = duty.next_open.map(|next| self.wall.date(next));
        let days = (1..OPENING_DAYS_MAX.unsigned_abs()).filter_map(|days| today.checked_add_days(Days::new(days)));
        let before = days.take_while(|date| last.is_some_and(|last| *date < last));
        let cancelled = before.filter(|date| hours::is_free(self.line, *date) && hours::has_window(self.line, *date));
        cancelled.filter_map(free_day).take(SKIPPED_MAX).collect()
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
            text = text + " " + &short_stretch(&window.from.spoken(), &window.to.spoken());
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
