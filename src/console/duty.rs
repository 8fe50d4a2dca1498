//! Who is on duty now and in the next 14 days, what wants an eye, and who would get it when. Every fact comes from `routing`;
//! this page only lays it out.

use super::dry_run::{self, Asked, DryRun};
use super::error::ConsoleError;
use super::frame::{Frame, Tab};
use super::label::{self, Tone, counted};
use super::moment;
use super::roster::desk::Desk;
use super::roster::special;
use super::visit::{Visit, page};
use super::watch::{self, Group};
use crate::domain::Lang;
use crate::routing::{Book, Change, Day, Line, OperatorId, Override, Span, called, days, duty, explain, holiday, say_time, say_when};
use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// Days shown.
pub(super) const DAYS: usize = 14;

/// Shows who is on duty.
///
/// # Errors
/// When the store fails or the page cannot be written.
pub(super) async fn show(visit: Visit, asked: Result<Query<Asked>, QueryRejection>) -> Result<Response, ConsoleError> {
    let dry_run = dry_run::run(&visit, &asked.map(|Query(asked)| asked).unwrap_or_default()).await?;
    let handbook = visit.app.handbook();
    let roster = Roster::of(&handbook.book, visit.now, visit.lang);
    let points = visit.app.store().points().await?;
    let warned = visit.app.store().warned().await?;
    let desk = Desk { book: &handbook.book, points: &points, warned: &warned, lang: visit.lang, now: visit.now, today: moment::day_of(visit.now) };
    page(&DutyPage {
        frame: visit.frame(Tab::Duty),
        summary: roster.summary(),
        watch: watch::of_book(&desk),
        dry_run,
        plan: roster.plan(),
    })
}

/// The page.
#[derive(Template)]
#[template(path = "duty.html")]
pub(super) struct DutyPage {
    /// The page around it.
    pub(super) frame: Frame,
    /// The state of the lines in one sentence.
    pub(super) summary: String,
    /// What wants an eye in the coming days.
    pub(super) watch: Vec<Group>,
    /// The coming days of every line.
    pub(super) plan: Plan,
    /// Who would get it.
    pub(super) dry_run: DryRun,
}

/// The coming days of some lines, as `plan.html` draws them.
pub(super) struct Plan {
    /// The lines.
    pub(super) lines: Vec<LineView>,
    /// The columns.
    days: Vec<DayHead>,
}

/// One week of the table: fourteen columns of names would not fit a screen.
pub(super) struct Week<'a> {
    /// Its first and last day.
    pub(super) name: String,
    /// Its columns.
    pub(super) days: &'a [DayHead],
    /// Each line with its cells.
    pub(super) rows: Vec<(&'a LineView, &'a [Cell])>,
}

impl Plan {
    /// Lays out the coming days of one line.
    #[must_use]
    pub(super) fn of_line(desk: &Desk<'_>, line: &Line) -> Self {
        let book = Book { lines: vec![line.clone()], ..desk.book.clone() };
        Roster::of(&book, desk.now, desk.lang).plan()
    }

    /// Cuts the days into weeks.
    pub(super) fn weeks(&self) -> Vec<Week<'_>> {
        self.days.chunks(7).enumerate().map(|(at, days)| self.week(at * 7, days)).collect()
    }

    fn week<'a>(&'a self, first: usize, days: &'a [DayHead]) -> Week<'a> {
        let ends = [days.first(), days.last()].into_iter().flatten().map(|day| day.date.as_str());
        let rows = self.lines.iter().map(|line| (line, line.cells.get(first..first + days.len()).unwrap_or_default()));
        Week { name: ends.collect::<Vec<_>>().join(" – "), days, rows: rows.collect() }
    }
}

/// An open stretch nobody serves.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    /// Day and time.
    pub(super) when: String,
    /// The line's name.
    pub(super) line: String,
    /// The line's id.
    pub(super) line_id: String,
}

/// A line as it is now and in the coming days.
#[derive(Debug, Clone)]
pub(super) struct LineView {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// Whether it is open.
    pub(super) open: bool,
    /// Until when it is open, or when it opens.
    pub(super) status: String,
    /// The words of the closure in force.
    pub(super) closure: Option<String>,
    /// Who is on duty, the first to be asked first.
    pub(super) people: Vec<Person>,
    /// Why, in sentences.
    pub(super) why: Vec<String>,
    /// Its weekly hours.
    pub(super) hours: String,
    /// The regions it serves.
    pub(super) regions: String,
    /// Who coordinates it.
    pub(super) coordinator: String,
    /// Its coming days.
    pub(super) cells: Vec<Cell>,
}

/// One person on duty.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// The name.
    pub(super) name: String,
    /// Until when.
    pub(super) until: String,
}

/// One column of the coming days.
#[derive(Debug, Clone)]
pub(super) struct DayHead {
    /// The weekday in short.
    pub(super) weekday: &'static str,
    /// Day and month.
    pub(super) date: String,
    /// The public holiday.
    pub(super) holiday: Option<String>,
    /// Whether it is today.
    pub(super) today: bool,
    /// Whether no line has anything on that day.
    pub(super) quiet: bool,
}

/// One line on one day.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// How loud.
    pub(super) tone: Tone,
    /// The holiday or closure that takes openings away.
    pub(super) named: Option<String>,
    /// What differs from the plan: special hours, overrides, absences.
    pub(super) marks: Vec<String>,
    /// Who serves, and the gaps, in order.
    pub(super) served: Vec<Stretch>,
    /// Whether the whole column is narrow.
    pub(super) quiet: bool,
}

/// A stretch of one day.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// From when to when.
    pub(super) time: String,
    /// Who serves; empty in a gap.
    pub(super) who: String,
    /// Whether nobody serves.
    pub(super) gap: bool,
}

/// The lines as they are seen at one instant.
pub(super) struct Roster<'a> {
    book: &'a Book,
    now: DateTime<Utc>,
    today: NaiveDate,
    lang: Lang,
    /// The coming days of each line, in the lines' order.
    days: Vec<Vec<Day>>,
}

impl<'a> Roster<'a> {
    /// Lays out the coming days of every line.
    #[must_use]
    pub(super) fn of(book: &'a Book, now: DateTime<Utc>, lang: Lang) -> Self {
        let days = book.lines.iter().map(|line| days(line, now, DAYS)).collect();
        Self { book, now, today: moment::day_of(now), lang, days }
    }

    fn plan(&self) -> Plan {
        Plan { lines: self.lines(), days: self.heads() }
    }

    /// Describes every line.
    #[must_use]
    pub(super) fn lines(&self) -> Vec<LineView> {
        let quiet: Vec<bool> = self.heads().iter().map(|head| head.quiet).collect();
        self.book.lines.iter().zip(&self.days).map(|(line, days)| self.line(line, days, &quiet)).collect()
    }

    /// Lists the open stretches nobody serves that are not over yet, the nearest first.
    #[must_use]
    pub(super) fn gaps(&self) -> Vec<Gap> {
        let all = self.book.lines.iter().zip(&self.days).flat_map(|(line, days)| days.iter().map(move |day| (line, day)));
        let spans = all.flat_map(|(line, day)| day.gaps.iter().map(move |gap| (line, day.date, *gap)));
        let mut spans: Vec<(&Line, NaiveDate, Span)> = spans.filter(|(.., gap)| gap.to > self.now).collect();
        spans.sort_by_key(|(.., gap)| *gap);
        let gap = |(line, date, span): (&Line, NaiveDate, Span)| Gap {
            when: format!("{} {}", moment::short_day(date, self.today, self.lang), stretch(span, line)),
            line: line.name.get(self.lang).to_owned(),
            line_id: line.id.as_str().to_owned(),
        };
        spans.into_iter().map(gap).collect()
    }

    /// Describes the columns.
    #[must_use]
    pub(super) fn heads(&self) -> Vec<DayHead> {
        let busy = |date: NaiveDate| self.days.iter().flatten().any(|day| day.date == date && (!day.open.is_empty() || day.note.is_some()));
        let head = |date: NaiveDate| DayHead {
            weekday: moment::weekday_short(date.weekday(), self.lang),
            // Two weeks need no year, not even at its end.
            date: moment::date(date, date, self.lang),
            holiday: holiday(date).map(|name| name.get(self.lang).to_owned()),
            today: date == self.today,
            quiet: !busy(date),
        };
        self.today.iter_days().take(DAYS).map(head).collect()
    }

    /// Says in one sentence how many lines are open and whether somebody is there.
    #[must_use]
    pub(super) fn summary(&self) -> String {
        let duties: Vec<_> = self.book.lines.iter().map(|line| duty(line, self.now)).collect();
        let count = |test: fn(&crate::routing::Duty) -> bool| i64::try_from(duties.iter().filter(|duty| test(duty)).count()).unwrap_or(0);
        let (all, open) = (duties.len(), count(|duty| duty.open));
        let empty = count(|duty| duty.open && duty.on_duty.is_empty());
        let when = format!("{}, {}", label::sentence(&moment::long_day(self.today, self.lang)), moment::time(self.now));
        match self.lang {
            Lang::Cs => {
                let open = match open {
                    0 if all == 0 => "Linka zatím nemá žádnou regionální linku.".to_owned(),
                    0 => "Teď je zavřeno na všech linkách.".to_owned(),
                    open => format!(
                        "Teď {} {open} {} z {all}.",
                        counted(open, "je otevřená", "jsou otevřené", "je otevřených"),
                        counted(open, "linka", "linky", "linek")
                    ),
                };
                let empty = if empty > 0 { format!(" Bez operátora: {empty}.") } else { String::new() };
                format!("{when}. {open}{empty}")
            }
            Lang::En => {
                let empty = if empty > 0 { format!(" Without an operator: {empty}.") } else { String::new() };
                format!("{when}. Open now: {open} of {all} lines.{empty}")
            }
        }
    }

    fn line(&self, line: &Line, days: &[Day], quiet: &[bool]) -> LineView {
        let (lang, state) = (self.lang, duty(line, self.now));
        let person = |on: &crate::routing::OnDuty| Person {
            name: self.name(&on.operator),
            until: format!("{} {}", lang.pick("do", "until"), self.near(on.until, line)),
        };
        LineView {
            id: line.id.as_str().to_owned(),
            name: line.name.get(lang).to_owned(),
            open: state.open,
            status: self.status(line, &state),
            closure: state.closure.as_ref().map(|text| text.get(lang).to_owned()),
            people: state.on_duty.iter().map(person).collect(),
            why: explain(line, &self.book.operators, self.now, &state).iter().map(|why| why.get(lang).to_owned()).collect(),
            hours: hours(line, lang),
            regions: line.regions.iter().map(|region| region.name(lang)).collect::<Vec<_>>().join(", "),
            coordinator: self.name(&line.coordinator),
            cells: self.cells(line, days, quiet),
        }
    }

    fn status(&self, line: &Line, state: &crate::routing::Duty) -> String {
        let lang = self.lang;
        match (state.open, state.closes_at, state.next_open) {
            (true, Some(at), _) => format!("{} {}", lang.pick("do", "until"), self.near(at, line)),
            (true, None, _) => lang.pick("nepřetržitě", "around the clock").to_owned(),
            (false, _, Some(at)) => format!("{} {}", lang.pick("otevře", "opens"), say_when(at, line.zone, self.now, lang)),
            (false, _, None) => lang.pick("v dohledu se neotevírá", "no opening in sight").to_owned(),
        }
    }

    /// Writes the time alone today, the day with it later.
    fn near(&self, at: DateTime<Utc>, line: &Line) -> String {
        let day = moment::day_of(at);
        let time = say_time(at, line.zone);
        if day == self.today { time } else { format!("{} {time}", moment::short_day(day, self.today, self.lang)) }
    }

    fn cells(&self, line: &Line, days: &[Day], quiet: &[bool]) -> Vec<Cell> {
        let dates = self.today.iter_days().take(DAYS).zip(quiet);
        dates.map(|(date, quiet)| self.cell(line, days.iter().find(|day| day.date == date), *quiet)).collect()
    }

    fn cell(&self, line: &Line, day: Option<&Day>, quiet: bool) -> Cell {
        let Some(day) = day else { return Cell { tone: Tone::Calm, named: None, marks: Vec::new(), served: Vec::new(), quiet } };
        let tone = if day.gaps.is_empty() { Tone::Calm } else { Tone::Loud };
        let named = day.note.as_ref().map(|note| note.get(self.lang).to_owned());
        Cell { tone, named, marks: self.marks(line, day), served: self.stretches(line, day), quiet }
    }

    /// Says what is different on a day: names are short, the roster's page says it in full.
    fn marks(&self, line: &Line, day: &Day) -> Vec<String> {
        let special = line.special.iter().find(|special| special.date == day.date);
        let special = special.map(|special| format!("{}: {}", self.lang.pick("mimořádně", "special"), special::times(special, self.lang)));
        let open = |one: &&Override| day.open.iter().any(|open| open.common(&one.span()).is_some());
        let changes = line.overrides.iter().filter(open).map(|one| self.changed(&one.change));
        special.into_iter().chain(changes).chain(self.away(line, day)).collect()
    }

    fn changed(&self, change: &Change) -> String {
        let (t, name) = (|cs, en| self.lang.pick(cs, en), |id| called(&self.book.operators, id));
        match change {
            Change::Add { operator, .. } => format!("{}: {}", t("navíc", "besides"), name(operator)),
            Change::Remove { operator } => format!("{}: {}", t("neslouží", "off"), name(operator)),
            Change::Replace { operator, by } => format!("{}: {} → {}", t("záskok", "override"), name(operator), name(by)),
        }
    }

    /// Names those who would serve that day, were they not away.
    fn away(&self, line: &Line, day: &Day) -> Vec<String> {
        let near = |absence: &&crate::routing::Absence| day.open.iter().any(|open| open.common(&absence.span()).is_some());
        let absences: Vec<_> = line.absences.iter().filter(near).collect();
        let Some(noon) = day.open.first().filter(|_| !absences.is_empty()) else { return Vec::new() };
        let planned = Line { absences: Vec::new(), ..line.clone() };
        let planned: Vec<_> = days(&planned, noon.from, 1).into_iter().flat_map(|day| day.served).collect();
        let meant = |absence: &&&crate::routing::Absence| planned.iter().any(|one| one.operator == absence.operator && one.span.common(&absence.span()).is_some());
        let said = |absence: &&crate::routing::Absence| {
            let who = called(&self.book.operators, &absence.operator);
            let by = absence.substitute.as_ref().map(|by| format!(" → {}", called(&self.book.operators, by))).unwrap_or_default();
            format!("{}: {who}{by}", self.lang.pick("nepřítomnost", "away"))
        };
        absences.iter().filter(meant).map(said).collect()
    }

    /// People with the same hours share a line; gaps stand among them by their time.
    fn stretches(&self, line: &Line, day: &Day) -> Vec<Stretch> {
        let mut spans: Vec<(Span, Vec<String>)> = day.gaps.iter().map(|gap| (*gap, Vec::new())).collect();
        for served in &day.served {
            let name = self.name(&served.operator).replace(' ', "\u{a0}");
            match spans.iter_mut().find(|(span, names)| *span == served.span && !names.is_empty()) {
                Some((_, names)) => names.push(name),
                None => spans.push((served.span, vec![name])),
            }
        }
        spans.sort_by_key(|(span, _)| *span);
        spans.into_iter().map(|(span, names)| Stretch { time: stretch(span, line), gap: names.is_empty(), who: names.join(", ") }).collect()
    }

    fn name(&self, id: &OperatorId) -> String {
        self.book.operators.iter().find(|operator| operator.id == *id).map_or_else(|| id.to_string(), |operator| operator.name.clone())
    }
}

fn stretch(span: Span, line: &Line) -> String {
    format!("{}–{}", say_time(span.from, line.zone), say_time(span.to, line.zone))
}

/// Writes the weekly hours: `po 09:00–15:00, st 09:00–15:00`.
fn hours(line: &Line, lang: Lang) -> String {
    let mut windows = line.hours.clone();
    windows.sort_by_key(|window| (window.weekday.num_days_from_monday(), window.from));
    let one = |window: &crate::routing::Window| format!("{} {}–{}", moment::weekday_short(window.weekday, lang), window.from, window.to);
    windows.iter().map(one).collect::<Vec<_>>().join(", ")
}
