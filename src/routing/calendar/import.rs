//! A calendar's file taken into a line's roster: what it would add, change, remove and leave, and
//! what is not understood. Nothing is written here; whoever accepts takes the changed line.

use super::content::{Block, blocks};
use super::event::{Known, Reading, Readings};
use super::wish::Wish;
use crate::domain::{Bilingual, OperatorId, RuleId};
use crate::routing::{Book, Change, Line, Operator, Refusal, Shift, Span, days, span};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// Most days of the roster that are laid out to see who serves already.
const DAYS_MAX: usize = 366;

/// What becomes of a roster when a file is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarImport {
    /// The line with everything taken over; as it was where nothing changes.
    pub line: Line,
    /// What was understood, in the order of the file.
    pub entries: Vec<ImportEntry>,
    /// What was not, in the order of the file.
    pub unread: Vec<Unread>,
    /// Events that are over and left alone.
    pub past: usize,
}

impl CalendarImport {
    /// Tells whether accepting it would change anything.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.entries.iter().any(|entry| entry.fate != Fate::Stays)
    }

    /// Lists the entries of one fate.
    pub fn of(&self, fate: Fate) -> impl Iterator<Item = &ImportEntry> {
        self.entries.iter().filter(move |entry| entry.fate == fate)
    }
}

/// What happens to one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is new.
    Added,
    /// It came from the same event before and is different now.
    Changed,
    /// It came from the same event before, which no longer asks for it.
    Removed,
    /// It is in the roster already.
    Stays,
}

/// One rule an event asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportEntry {
    /// The line of the file its event begins on.
    pub at: usize,
    /// The event's name.
    pub summary: String,
    /// What happens to it.
    pub fate: Fate,
    /// The rule in words.
    pub rule: Bilingual,
    /// What it was before, where it changes.
    pub before: Option<Bilingual>,
    /// What is worth a look and forbids nothing.
    pub notes: Vec<Bilingual>,
}

/// An event that is not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The line of the file it begins on.
    pub at: usize,
    /// The event's name.
    pub summary: String,
    /// Why.
    pub why: Refusal,
}

impl Unread {
    pub(super) fn new(block: &Block, why: Refusal) -> Self {
        Self { at: block.at, summary: block.summary(), why }
    }
}

/// Reads a calendar's file for a line. Each event is taken whole or not at all; what is not
/// understood, or what the checks of every edit refuse, is listed and left out.
///
/// # Errors
/// When the file is no calendar, larger than 1 MB, or has more than 10 000 events.
pub fn import_calendar(text: &str, book: &Book, line: &Line, now: DateTime<Utc>) -> Result<CalendarImport, Refusal> {
    let known = Known { line, operators: &book.operators, now };
    let Readings { read, mut unread, past } = Readings::of(known, &blocks(text)?);
    let standing: Vec<Wish> = Wish::standing(line, now).collect();
    let plan = Plan::new(line, &book.operators, now, &standing, &read);
    let (line, entries, refused) = plan.carry_out(&read);
    unread.extend(refused);
    unread.sort_by_key(|unread| unread.at);
    Ok(CalendarImport { line, entries, unread, past })
}

/// A line about to be changed.
struct Plan<'a> {
    line: &'a Line,
    operators: &'a [Operator],
    now: DateTime<Utc>,
    /// The rules of earlier imports, by name.
    standing: BTreeMap<&'a str, &'a Wish>,
    /// The line without every rule that changes or goes.
    bare: Line,
    /// Who serves when on it, and when it is open.
    served: BTreeMap<OperatorId, Vec<Span>>,
    open: Vec<Span>,
    /// Up to where that is known.
    looked_to: DateTime<Utc>,
}

type Outcome = (Line, Vec<ImportEntry>, Vec<Unread>);

impl<'a> Plan<'a> {
    fn new(line: &'a Line, operators: &'a [Operator], now: DateTime<Utc>, standing: &'a [Wish], read: &[Reading]) -> Self {
        let standing: BTreeMap<&str, &Wish> = standing.iter().filter_map(|wish| Some((wish.id()?.as_str(), wish))).collect();
        let bare = Line { overrides: Vec::new(), ..line.clone() };
        let mut plan = Self { line, operators, now, standing, bare, served: BTreeMap::new(), open: Vec::new(), looked_to: now };
        let going: Vec<&RuleId> = read.iter().flat_map(|reading| plan.going(reading)).filter_map(Wish::id).collect();
        plan.bare = without(line, &going);
        plan.look_at(read);
        plan
    }

    /// Lays out the days from the first single event to the last.
    fn look_at(&mut self, read: &[Reading]) {
        let single = || read.iter().flat_map(|reading| &reading.wishes).filter_map(Wish::single);
        let (Some(first), Some(last)) = (single().map(|span| span.from).min(), single().map(|span| span.to).max()) else { return };
        let first = first.checked_sub_signed(TimeDelta::days(1)).unwrap_or(first);
        let n = usize::try_from(last.signed_duration_since(first).num_days()).unwrap_or(0) + 2;
        let n = n.min(DAYS_MAX);
        self.looked_to = last.min(first.checked_add_signed(TimeDelta::days(i64::try_from(n).unwrap_or(0) - 1)).unwrap_or(first));
        for day in days(&self.bare, first, n) {
            self.open.extend(day.open);
            for served in day.served {
                self.served.entry(served.operator).or_default().push(served.span);
            }
        }
        self.open = span::joined(std::mem::take(&mut self.open));
        for spans in self.served.values_mut() {
            *spans = span::joined(std::mem::take(spans));
        }
    }

    /// Lists the rules an event asked for earlier and asks for no longer, or differently.
    fn going(&self, reading: &Reading) -> Vec<&'a Wish> {
        let behind = format!("{}.", reading.key);
        let own = self.standing.range(reading.key.as_str()..behind.as_str()).map(|(_, wish)| *wish);
        own.filter(|old| !reading.wishes.contains(old)).collect()
    }

    /// Takes every event on the line that is rid of what changes, so that two events may change
    /// places; where one that changes is refused, its old rules stay and each event is taken alone.
    fn carry_out(&self, read: &[Reading]) -> Outcome {
        let together = self.each(self.bare.clone(), read, |line, _| line.clone());
        let refused = |reading: &Reading| together.2.iter().any(|unread| unread.at == reading.at);
        if !read.iter().any(|reading| refused(reading) && !self.going(reading).is_empty()) {
            return together;
        }
        self.each(self.line.clone(), read, |line, reading| without(line, &self.going(reading).into_iter().filter_map(Wish::id).collect::<Vec<_>>()))
    }

    fn each(&self, line: Line, read: &[Reading], rid: impl Fn(&Line, &Reading) -> Line) -> Outcome {
        let (mut line, mut entries, mut unread) = (line, Vec::new(), Vec::new());
        for reading in read {
            match self.take(rid(&line, reading), reading) {
                Ok((taken, said)) => {
                    line = taken;
                    entries.extend(said);
                }
                Err(refusals) => unread.extend(refusals.into_iter().map(|why| Unread { at: reading.at, summary: reading.summary.clone(), why })),
            }
        }
        (line, entries, unread)
    }

    /// Takes all rules of an event, or none.
    fn take(&self, mut line: Line, reading: &Reading) -> Result<(Line, Vec<ImportEntry>), Vec<Refusal>> {
        let entry = |wish: &Wish, fate, notes| ImportEntry {
            at: reading.at,
            summary: reading.summary.clone(),
            fate,
            rule: wish.said(self.operators, self.line.zone),
            before: None,
            notes,
        };
        let mut entries = Vec::new();
        for wish in &reading.wishes {
            let old = wish.id().and_then(|id| self.standing.get(id.as_str()));
            if old == Some(&wish) || (old.is_none() && self.holds(wish)) {
                entries.push(entry(wish, Fate::Stays, Vec::new()));
                continue;
            }
            line = wish.clone().added_to(&line, self.operators)?;
            let fate = if old.is_some() { Fate::Changed } else { Fate::Added };
            let before = old.map(|old| old.said(self.operators, self.line.zone));
            entries.push(ImportEntry { before, ..entry(wish, fate, self.notes(wish)) });
        }
        let gone = self.going(reading).into_iter().filter(|old| !reading.wishes.iter().any(|wish| wish.id() == old.id()));
        entries.extend(gone.map(|old| entry(old, Fate::Removed, Vec::new())));
        Ok((line, entries))
    }

    /// Tells whether what an event asks for is so without it.
    fn holds(&self, wish: &Wish) -> bool {
        match wish {
            Wish::Shift(new) => self.bare.shifts.iter().any(|shift| self.includes(shift, new)),
            Wish::Closure(new) => self.bare.closures.iter().any(|closure| closure.span() == new.span()),
            Wish::Change(new) => match &new.change {
                Change::Add { operator, .. } => {
                    let open: Vec<Span> = self.open.iter().filter_map(|open| open.common(&new.span())).collect();
                    let served = self.served.get(operator).map_or(&[] as &[Span], Vec::as_slice);
                    !open.is_empty() && open.iter().all(|open| served.iter().any(|served| served.common(open) == Some(*open)))
                }
                Change::Remove { .. } | Change::Replace { .. } => false,
            },
        }
    }

    /// Tells whether a shift that stands makes the new one needless from today on.
    fn includes(&self, shift: &Shift, new: &Shift) -> bool {
        let today = self.now.with_timezone(&self.line.zone).date_naive();
        let first = new.valid_from.map_or(today, |first| first.max(today));
        let last = shift.valid_to.is_none_or(|last| new.valid_to.is_some_and(|new| new <= last));
        shift.operator == new.operator && shift.window == new.window && shift.valid_from.is_none_or(|from| from <= first) && last
    }

    /// Says what looks odd about a rule that nothing forbids.
    fn notes(&self, wish: &Wish) -> Vec<Bilingual> {
        let closed = || Bilingual::new("v té době je linka zavřená, nic by to nezměnilo", "the line is closed then, it would change nothing");
        let away = || Bilingual::new("v té době má nepřítomnost", "is away then");
        match wish {
            Wish::Shift(shift) => {
                let outside = !self.line.hours.iter().any(|hours| hours.overlaps(&shift.window));
                outside.then(|| Bilingual::new("mimo provozní dobu", "outside the opening hours")).into_iter().collect()
            }
            Wish::Change(new) => {
                let shut = wish.single().is_some() && new.to <= self.looked_to && !self.open.iter().any(|open| open.common(&new.span()).is_some());
                let absent = new.change.put_on().is_some_and(|who| self.line.absences.iter().any(|absence| absence.operator == *who && absence.span().common(&new.span()).is_some()));
                [shut.then(closed), absent.then(away)].into_iter().flatten().collect()
            }
            Wish::Closure(_) => Vec::new(),
        }
    }
}

/// Returns a line without some rules.
fn without(line: &Line, names: &[&RuleId]) -> Line {
    let goes = |id: Option<&RuleId>| id.is_some_and(|id| names.contains(&id));
    let mut line = line.clone();
    line.shifts.retain(|shift| !goes(shift.id.as_ref()));
    line.overrides.retain(|change| !goes(Some(&change.id)));
    line.closures.retain(|closure| !goes(closure.id.as_ref()));
    line
}
