//! The clock bar: what time it is for the line, where the line in play stands, and the
//! jumps. It only shows; the jump itself is an act.

use super::play::Play;
use super::scene::Scene;
use crate::domain::Lang;
use crate::page::moment;
use crate::routing::{Duty, Line, called, duty, say_time, say_when};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc, Weekday};

/// The clock bar.
#[derive(Debug, Clone, Template)]
#[template(path = "demo/clock.html")]
pub(super) struct Clock {
    /// The visitor's language.
    pub lang: Lang,
    /// What the stage shows.
    pub scene: Scene,
    /// The day in words.
    pub day: String,
    /// The time of day.
    pub time: String,
    /// The instant in milliseconds since 1970, so that a live page goes on counting.
    pub epoch_ms: i64,
    /// The instant as a date-time field takes it.
    pub field: String,
    /// The line in play.
    pub line: String,
    /// Whether it is open.
    pub open: bool,
    /// Until when it is open and who is on duty, or when it opens.
    pub state: String,
}

impl Clock {
    /// The jumps: what is posted, and what the button says.
    #[must_use]
    pub(super) const fn jumps(&self) -> [(&'static str, &'static str); 7] {
        match self.lang {
            Lang::Cs => [
                ("sunday", "neděle 23:00"),
                ("monday", "pondělí 9:00"),
                ("wednesday", "středa 10:15"),
                ("christmas", "Štědrý den"),
                ("1", "+1 min"),
                ("5", "+5 min"),
                ("60", "+1 h"),
            ],
            Lang::En => [
                ("sunday", "Sunday 23:00"),
                ("monday", "Monday 9:00"),
                ("wednesday", "Wednesday 10:15"),
                ("christmas", "Christmas Eve"),
                ("1", "+1 min"),
                ("5", "+5 min"),
                ("60", "+1 h"),
            ],
        }
    }
}

impl Clock {
    /// Builds the bar from what goes on.
    pub(super) fn of(play: &Play) -> Self {
        let (now, lang) = (play.now, play.lang);
        let line = play.line();
        let duty = line.map(|line| duty(line, now));
        let state = line.zip(duty.as_ref()).map(|(line, duty)| state(play, line, duty));
        Self {
            lang,
            scene: play.scene.clone(),
            day: moment::day(now, lang),
            time: moment::time(now),
            epoch_ms: now.timestamp_millis(),
            field: moment::field(now),
            line: line.map(|line| line.name.get(lang).to_owned()).unwrap_or_default(),
            open: duty.as_ref().is_some_and(|duty| duty.open),
            state: state.unwrap_or_default(),
        }
    }
}

fn state(play: &Play, line: &Line, duty: &Duty) -> String {
    let lang = play.lang;
    match (duty.open, duty.closes_at, duty.next_open) {
        (true, Some(to), _) => format!("{} {} · {}", lang.pick("do", "until"), say_time(to, line.zone), people(play, duty)),
        (true, None, _) => people(play, duty),
        (false, _, Some(next)) => format!("{} {}", lang.pick("otevírá", "opens"), say_when(next, line.zone, play.now, lang)),
        (false, _, None) => lang.pick("další otevření zatím neznáme", "next opening not known yet").to_owned(),
    }
}

fn people(play: &Play, duty: &Duty) -> String {
    let names: Vec<&str> = duty.on_duty.iter().map(|person| called(&play.handbook.book.operators, &person.operator)).collect();
    if names.is_empty() {
        return play.lang.pick("nikdo neslouží, přebírá koordinátorka", "nobody on duty, the coordinator takes over").to_owned();
    }
    format!("{} {}", play.lang.pick("slouží", "on duty:"), names.join(", "))
}

/// How long after a jump's time its scene still holds: a Wednesday morning is one at noon too.
const SCENE: TimeDelta = TimeDelta::hours(2);

/// Returns where a jump leads: nowhere when its scene is on already. The clock only goes forward,
/// what happened has happened.
pub(super) fn landing(jump: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let next = |day, hour, minute| {
        let begun = now.checked_sub_signed(SCENE).and_then(|before| moment::next_weekday(before, day, hour, minute));
        begun.map(|begun| begun.max(now))
    };
    match jump {
        "sunday" => next(Weekday::Sun, 23, 0),
        "monday" => moment::next_weekday(now, Weekday::Mon, 9, 0),
        "wednesday" => next(Weekday::Wed, 10, 15),
        "christmas" => moment::next_date(now, 12, 24, 10, 0),
        minutes => now.checked_add_signed(TimeDelta::minutes(minutes.parse::<u16>().ok()?.into())),
    }
}
