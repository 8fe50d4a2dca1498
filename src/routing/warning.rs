//! What in the coming days wants the coordinator's eye: gaps, shifts without people, lines without
//! anybody behind them, people who cannot be reached, nights when the clock moves, holidays nobody
//! thought of. Pure; who is warned and when is decided elsewhere.

use super::absence::stand_in;
use super::reached::{Unreached, unreached};
use super::roster::{self, Place};
use super::wall::Wall;
use super::{Absence, Book, Line, OperatorId, Override, Span, called, days, holiday, hours, say, span};
use crate::domain::{Bilingual, Lang, LineId, Point};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Serialize;

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What it is.
    pub kind: WarningKind,
    /// On which line.
    pub line: LineId,
    /// From when to when it matters.
    pub span: Span,
    /// The person it is about, where it is about one.
    pub who: Option<OperatorId>,
    /// A sentence for the coordinator, without the line's name.
    pub text: Bilingual,
}

/// What is wrong, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// The line is open and nobody serves.
    Gap,
    /// Nobody is behind the operators, ever: the coordinator is unknown or cannot be written to.
    NoCoordinator,
    /// Nobody is behind the operators for a while: the coordinator is away.
    NoFallback,
    /// A shift whose person is away, and nobody stands in.
    EmptyShift,
    /// Nothing arrives at a contact point of somebody who serves.
    Unreached,
    /// A contact point of somebody who serves was never proven.
    Unproven,
    /// The clock moves inside an opening or a shift.
    ClockChange,
    /// A public holiday on a day of opening for which nothing is planned.
    Holiday,
}

impl Warning {
    /// Names the matter: the same from day to day until it is solved.
    #[must_use]
    pub fn key(&self) -> String {
        let standing = matches!(self.kind, WarningKind::NoCoordinator | WarningKind::Unreached | WarningKind::Unproven);
        let from = if standing { String::new() } else { self.span.from.timestamp().to_string() };
        let who = self.who.as_ref().map_or("", OperatorId::as_str);
        format!("{:?}:{}:{from}:{who}", self.kind, self.line)
    }
}

/// The same matter on several lines, to be said once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike<'a> {
    /// The first of them.
    pub first: &'a Warning,
    /// All of them, one a line.
    pub all: Vec<&'a Warning>,
}

/// Puts what is said in the same words together, in the order of the first.
#[must_use]
pub fn alike<'a>(warnings: impl IntoIterator<Item = &'a Warning>) -> Vec<Alike<'a>> {
    let mut groups: Vec<Alike<'a>> = Vec::new();
    for warning in warnings {
        match groups.iter_mut().find(|group| group.first.kind == warning.kind && group.first.text == warning.text) {
            Some(group) => group.all.push(warning),
            None => groups.push(Alike { first: warning, all: vec![warning] }),
        }
    }
    groups
}

/// Lists what the coming `n` days from the one `from` falls on hold, in order of time; `points` is
/// what is known of the operators' contact points.
#[must_use]
pub fn warnings(book: &Book, points: &[Point], from: DateTime<Utc>, n: usize) -> Vec<Warning> {
    let mut all: Vec<Warning> = book.lines.iter().flat_map(|line| Watch::new(book, line, from, n).all(points)).collect();
    all.sort_by(|a, b| (a.span, a.kind, &a.line).cmp(&(b.span, b.kind, &b.line)));
    all
}

/// One line under watch.
struct Watch<'a> {
    book: &'a Book,
    line: &'a Line,
    dates: Vec<NaiveDate>,
    /// All of the days watched.
    whole: Span,
    from: DateTime<Utc>,
    days: usize,
}

impl<'a> Watch<'a> {
    fn new(book: &'a Book, line: &'a Line, from: DateTime<Utc>, days: usize) -> Self {
        let wall = Wall::exact(line.zone);
        let first = wall.date(from);
        let dates: Vec<NaiveDate> = first.iter_days().take(days).collect();
        let end = first.checked_add_days(Days::new(u64::try_from(days).unwrap_or(0))).unwrap_or(first);
        Self { book, line, dates, whole: Span { from, to: wall.midnight(end) }, from, days }
    }

    fn all(&self, points: &[Point]) -> Vec<Warning> {
        let mut all = self.gaps();
        all.extend(self.empty_shifts());
        all.extend(self.without_fallback());
        all.extend(self.clock_changes());
        all.extend(self.holidays());
        all.extend(self.contact_points(points));
        all.retain(|warning| warning.span.to > self.from);
        all
    }

    fn warning(&self, kind: WarningKind, span: Span, words: impl Fn(Lang) -> String) -> Warning {
        Warning { kind, line: self.line.id.clone(), span, who: None, text: Bilingual::new(words(Lang::Cs), words(Lang::En)) }
    }

    fn stretch(&self, span: Span, lang: Lang) -> String {
        let weekday = Wall::exact(self.line.zone).date(span.from).weekday();
        format!("{} {}", say::short_weekday(weekday, lang), say::stretch(span, self.line.zone, lang))
    }

    fn gaps(&self) -> Vec<Warning> {
        let gaps = days(self.line, self.from, self.days).into_iter().flat_map(|day| day.gaps);
        let gap = |span| {
            self.warning(WarningKind::Gap, span, |lang| format!("{}: {}", self.stretch(span, lang), lang.pick("nikdo neslouží", "nobody serves")))
        };
        gaps.map(gap).collect()
    }

    /// Shifts and turns of people who are away while the line is open and for whom nobody stands in.
    fn empty_shifts(&self) -> Vec<Warning> {
        let mut found = Vec::new();
        for date in &self.dates {
            let wall = self.wall(*date);
            let open: Vec<Span> = [date.pred_opt(), Some(*date), date.succ_opt()].into_iter().flatten().flat_map(|date| hours::open_on(self.line, &wall, date)).collect();
            for (operator, order, whole) in roster::starting_on(self.line, &wall, *date) {
                for span in self.deserted(operator, order, whole, &open) {
                    let warning = self.warning(WarningKind::EmptyShift, span, |lang| {
                        let name = called(&self.book.operators, operator);
                        format!("{}: {name} {}", self.stretch(span, lang), lang.pick("má nepřítomnost a nikdo nezastupuje", "is away and nobody stands in"))
                    });
                    found.push(Warning { who: Some(operator.clone()), ..warning });
                }
            }
        }
        found
    }

    /// The open parts of one shift in which absences leave nobody of whom overrides put there.
    fn deserted(&self, operator: &OperatorId, order: u8, whole: Span, open: &[Span]) -> Vec<Span> {
        let (overrides, absences) = (&self.line.overrides, &self.line.absences);
        let cuts: Vec<Span> = overrides.iter().map(Override::span).chain(absences.iter().map(Absence::span)).collect();
        let parts = span::joined(open.iter().filter_map(|open| open.common(&whole)).collect()).into_iter().flat_map(|part| part.cut_at(&cuts));
        let empty = parts.filter(|part| {
            let mut places = vec![Place { operator, order, end: whole.to }];
            for one in overrides.iter().filter(|one| one.change.taken_off().is_some() && one.span().covers(part.from)) {
                roster::change(&mut places, &one.change, one.to);
            }
            places.iter().any(|place| stand_in(absences, place.operator, part.from).is_none())
        });
        span::joined(empty.collect())
    }

    fn without_fallback(&self) -> Vec<Warning> {
        let id = &self.line.coordinator;
        if !self.book.operators.iter().any(|operator| operator.id == *id) {
            let text = |lang: Lang| match lang {
                Lang::Cs => format!("koordinátora „{id}“ nikdo nezná, nepřevzaté kontakty nemají kam jít"),
                Lang::En => format!("the coordinator “{id}” is not among the operators"),
            };
            return vec![self.warning(WarningKind::NoCoordinator, self.whole, text)];
        }
        let cuts: Vec<Span> = self.line.absences.iter().map(Absence::span).collect();
        // What has begun is told with its beginning, the same every day.
        let from = self.whole.from.checked_sub_signed(LOOK_BACK).unwrap_or(self.whole.from);
        let away = Span { from, ..self.whole }.cut_at(&cuts).into_iter().filter(|part| self.line.coordinator_at(part.from).is_none());
        let name = called(&self.book.operators, id);
        let warning = |span| {
            self.warning(WarningKind::NoFallback, span, |lang| {
                format!("{}: {name} {}", self.stretch(span, lang), lang.pick("koordinuje, má nepřítomnost a nikdo nezastupuje", "coordinates, is away and nobody stands in"))
            })
        };
        span::joined(away.collect()).into_iter().map(warning).collect()
    }

    /// People who serve or coordinate and cannot be reached, or not as well as it seems.
    fn contact_points(&self, points: &[Point]) -> Vec<Warning> {
        let served = days(self.line, self.from, self.days).into_iter().flat_map(|day| day.served);
        let mut needed: Vec<(OperatorId, DateTime<Utc>)> = vec![(self.line.coordinator.clone(), self.from)];
        for served in served.filter(|served| served.span.to > self.from) {
            if !needed.iter().any(|(who, _)| *who == served.operator) {
                needed.push((served.operator, served.span.from));
            }
        }
        let warning = |(who, from): (OperatorId, DateTime<Utc>)| {
            let operator = self.book.operators.iter().find(|operator| operator.id == who)?;
            let wrong = unreached(operator, points)?;
            let kind = match wrong {
                Unreached::Nowhere if who == self.line.coordinator => WarningKind::NoCoordinator,
                Unreached::Nowhere | Unreached::CutOff(_) | Unreached::Barred(_) => WarningKind::Unreached,
                Unreached::Unproven(_) => WarningKind::Unproven,
            };
            let said = wrong.said(called(&self.book.operators, &who));
            let warning = self.warning(kind, Span { from, to: self.whole.to }, |lang| said.get(lang).to_owned());
            Some(Warning { who: Some(who), ..warning })
        };
        needed.into_iter().filter_map(warning).collect()
    }

    /// Openings and shifts over an instant at which the clock moves.
    fn clock_changes(&self) -> Vec<Warning> {
        let mut found = Vec::new();
        for (at, moved) in moves(self.line, self.whole) {
            let Some((date, wall)) = self.wall_at(at) else { continue };
            let near = || [date.pred_opt(), Some(date)].into_iter().flatten();
            let open = near().flat_map(|date| hours::open_on(self.line, &wall, date));
            let served = near().flat_map(|date| roster::starting_on(self.line, &wall, date).map(|(.., span)| span).collect::<Vec<_>>());
            let touched = span::joined(open.chain(served).filter(|span| span.from <= at && at <= span.to).collect());
            let text = |span: Span, lang: Lang| {
                let far = lang.pick(if moved > TimeDelta::zero() { "dopředu" } else { "zpátky" }, if moved > TimeDelta::zero() { "forward" } else { "back" });
                format!("{}: {} {far}", self.stretch(span, lang), lang.pick("hodiny se posouvají", "the clock moves"))
            };
            found.extend(touched.into_iter().map(|span| self.warning(WarningKind::ClockChange, span, |lang| text(span, lang))));
        }
        found
    }

    /// Public holidays on days of opening for which there is neither a closure nor special hours.
    fn holidays(&self) -> Vec<Warning> {
        let mut found = Vec::new();
        for date in self.dates.iter().filter(|date| hours::has_window(self.line, **date) && self.line.special_on(**date).is_none()) {
            let Some((cs, en)) = holiday::named(*date) else { continue };
            let wall = self.wall(*date);
            let next = date.succ_opt().unwrap_or(*date);
            let day = Span { from: wall.midnight(*date), to: wall.midnight(next) };
            if self.line.closures.iter().any(|closure| closure.span().common(&day).is_some()) {
                continue;
            }
            let closed = self.line.holidays;
            found.push(self.warning(WarningKind::Holiday, day, |lang| {
                let state = if closed { lang.pick("linka bude zavřená", "the line will be closed") } else { lang.pick("linka bude otevřená", "the line will be open") };
                format!("{}: {} {}, {state}", self.stretch(day, lang), lang.pick("je", "is"), lang.pick(cs, en))
            }));
        }
        found
    }

    fn wall(&self, date: NaiveDate) -> Wall {
        Wall::around(self.line.zone, date.and_time(NaiveTime::MIN).and_utc())
    }

    fn wall_at(&self, at: DateTime<Utc>) -> Option<(NaiveDate, Wall)> {
        let before = at.checked_sub_signed(TimeDelta::seconds(1))?;
        let wall = Wall::exact(self.line.zone);
        Some((wall.date(before), wall))
    }
}

/// How far back the beginning of an absence is looked for.
const LOOK_BACK: TimeDelta = TimeDelta::days(366);

/// Finds the instants inside a stretch at which the zone moves its clock, and by how much: days
/// whose ends differ are halved to the second.
fn moves(line: &Line, within: Span) -> Vec<(DateTime<Utc>, TimeDelta)> {
    let wall = Wall::exact(line.zone);
    let ahead = |at: DateTime<Utc>| wall.shows(at).signed_duration_since(at.naive_utc());
    let mut found = Vec::new();
    let mut day = within.from;
    while day < within.to {
        let Some(next) = day.checked_add_signed(TimeDelta::days(1)) else { break };
        if ahead(day) != ahead(next) {
            let (mut before, mut after) = (day.timestamp(), next.timestamp());
            while after - before > 1 {
                let middle = i64::midpoint(before, after);
                let same = DateTime::from_timestamp(middle, 0).is_some_and(|middle| ahead(middle) == ahead(day));
                if same { before = middle } else { after = middle }
            }
            let after = DateTime::from_timestamp(after, 0).unwrap_or(next);
            found.push((after, ahead(next) - ahead(day)));
        }
        day = next;
    }
    found
}
