//! Events of every week as windows of the line's wall. What repeats otherwise is refused with the
//! part that is not understood.

use super::moment::{Moment, When};
use crate::routing::wall::Wall;
use crate::routing::{Minute, Refusal, Window};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;

/// Most repetitions that are counted out.
const COUNT_MAX: u32 = 1_000;
/// Weeks looked at to see whether two zones move their clocks together.
const WEEKS_COMPARED: i64 = 105;

/// The windows of a repeated event and the days they may start on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weekly {
    pub(super) windows: Vec<Window>,
    pub(super) first: NaiveDate,
    pub(super) last: Option<NaiveDate>,
}

/// What a rule of repetition says.
#[derive(Default)]
struct Rule {
    days: Vec<Weekday>,
    until: Option<String>,
    count: Option<u32>,
}

impl Weekly {
    /// Reads a rule of repetition together with the time of the first occurrence.
    pub(super) fn read(rule: &str, when: &When, zone: Tz) -> Result<Self, Refusal> {
        let (from, own) = match when {
            When::Wall(from, _, own) | When::Exact(from, own, _) => (*from, *own),
            When::Days(..) => return Err(Refusal::new("celodenní událost neříká, od kdy do kdy se slouží", "an event of whole days does not say when duty begins and ends")),
        };
        let rule = Rule::read(rule)?;
        let days = if rule.days.is_empty() { vec![from.weekday()] } else { rule.days.clone() };
        if !days.contains(&from.weekday()) {
            return Err(Refusal::new("první den události neodpovídá opakování", "the first day of the event is none of the repeated days"));
        }
        let last = rule.last(from, &days, own)?;
        let (begins, ends) = wall_times(when, last, own, zone)?;
        let shift = begins.date().signed_duration_since(from.date()).num_days();
        let windows = days.into_iter().map(|day| window(turned(day, shift), begins, ends)).collect::<Result<Vec<Window>, Refusal>>()?;
        let on_wall = |date: NaiveDate| date.checked_add_signed(TimeDelta::days(shift));
        Ok(Self { windows, first: begins.date(), last: last.and_then(on_wall) })
    }

    /// Returns the window that starts on a date, when one does.
    pub(super) fn on(&self, date: NaiveDate) -> Option<Window> {
        let within = self.first <= date && self.last.is_none_or(|last| date <= last);
        self.windows.iter().find(|window| within && window.weekday == date.weekday()).copied()
    }
}

impl Rule {
    fn read(text: &str) -> Result<Self, Refusal> {
        let mut rule = Self::default();
        let not = |part: &str| {
            let part: String = part.chars().take(40).collect();
            Refusal::new(format!("opakování umíme jen každý týden; „{part}“ nerozumíme"), format!("only weekly repetition is understood, not `{part}`"))
        };
        let mut weekly = false;
        for part in text.trim().split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or_else(|| not(part))?;
            match key.trim().to_ascii_uppercase().as_str() {
                "FREQ" if value.eq_ignore_ascii_case("WEEKLY") => weekly = true,
                "INTERVAL" if value.trim() == "1" => {}
                "WKST" => {}
                "BYDAY" => rule.days = value.split(',').map(|day| weekday(day).ok_or_else(|| not(part))).collect::<Result<_, _>>()?,
                "UNTIL" => rule.until = Some(value.trim().to_owned()),
                "COUNT" => rule.count = Some(value.trim().parse().ok().filter(|count| (1..=COUNT_MAX).contains(count)).ok_or_else(|| not(part))?),
                _ => return Err(not(part)),
            }
        }
        rule.days.sort_by_key(Weekday::num_days_from_monday);
        rule.days.dedup();
        if !weekly || (rule.until.is_some() && rule.count.is_some()) { Err(not(text)) } else { Ok(rule) }
    }

    /// Returns the last day an occurrence may start on, on the event's own wall.
    fn last(&self, from: NaiveDateTime, days: &[Weekday], own: Tz) -> Result<Option<NaiveDate>, Refusal> {
        if let Some(count) = self.count {
            let mut occurrences = from.date().iter_days().filter(|date| days.contains(&date.weekday()));
            return Ok(occurrences.nth(usize::try_from(count).unwrap_or(1) - 1));
        }
        let Some(text) = &self.until else { return Ok(None) };
        let until = Moment::of(text, own).ok_or_else(|| Refusal::new(format!("konci opakování „{text}“ nerozumíme"), format!("the end of repetition `{text}` cannot be read")))?;
        let last = match until {
            Moment::Day(date) => Some(date),
            Moment::Wall(local, zone) => {
                let shown = Wall::exact(own).shows(Wall::exact(zone).end(local));
                if shown.time() < from.time() { shown.date().pred_opt() } else { Some(shown.date()) }
            }
        };
        match last.filter(|last| from.date() <= *last) {
            Some(last) => Ok(Some(last)),
            None => Err(Refusal::new("opakování končí dřív, než začíná", "the repetition ends before it begins")),
        }
    }
}

/// Returns start and end on the line's wall, when every occurrence has the same ones.
fn wall_times(when: &When, last: Option<NaiveDate>, own: Tz, zone: Tz) -> Result<(NaiveDateTime, NaiveDateTime), Refusal> {
    let (from, to) = match when {
        When::Wall(from, to, _) => (*from, *to),
        // The length of the first occurrence, by the clock of its wall.
        When::Exact(from, _, to) => (*from, Wall::exact(own).shows(*to)),
        When::Days(..) => return Err(too_long()),
    };
    if own == zone {
        return Ok((from, to));
    }
    let (there, here) = (Wall::exact(own), Wall::exact(zone));
    let shown = |local: NaiveDateTime, week: i64| {
        let at: DateTime<Utc> = there.start(local.checked_add_signed(TimeDelta::weeks(week))?);
        here.shows(at).checked_sub_signed(TimeDelta::weeks(week))
    };
    let weeks = last.map_or(WEEKS_COMPARED, |last| last.signed_duration_since(from.date()).num_weeks()).clamp(0, WEEKS_COMPARED);
    let first = shown(from, 0).zip(shown(to, 0));
    if !(1..=weeks).all(|week| shown(from, week).zip(shown(to, week)) == first) {
        return Err(Refusal::new(
            format!("opakuje se v jiném časovém pásmu ({}) a při změně času by se posunulo", own.name()),
            format!("it repeats in another time zone ({}) and would move when clocks change", own.name()),
        ));
    }
    first.ok_or_else(too_long)
}

fn window(weekday: Weekday, begins: NaiveDateTime, ends: NaiveDateTime) -> Result<Window, Refusal> {
    let length = ends.signed_duration_since(begins);
    if length <= TimeDelta::zero() || length > TimeDelta::days(1) {
        return Err(too_long());
    }
    let minute = |time: NaiveTime| u16::try_from(time.hour()).ok().zip(u16::try_from(time.minute()).ok()).filter(|_| time.second() == 0).and_then(|(hour, minute)| Minute::new(hour, minute));
    let times = minute(begins.time()).zip(minute(ends.time()));
    let (from, to) = times.ok_or_else(|| Refusal::new("týdenní směna začíná a končí v celou minutu", "a weekly shift begins and ends on a whole minute"))?;
    Ok(Window { weekday, from, to: if to.of_day() == 0 { Minute::END } else { to } })
}

fn too_long() -> Refusal {
    Refusal::new("týdenní směna trvá nejvýš 24 hodin", "a weekly shift lasts 24 hours at most")
}

fn turned(day: Weekday, days: i64) -> Weekday {
    (0..days.rem_euclid(7)).fold(day, |day, _| day.succ())
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.trim().to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}
