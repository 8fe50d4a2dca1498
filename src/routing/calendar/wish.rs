//! What an event asks of a roster: one rule, named after the event, so that the same file asks for
//! the same rules again.

use crate::domain::{Bilingual, Lang, RULES_MAX, RuleId};
use crate::routing::refusal::whole_name;
use crate::routing::{Closure, Line, Operator, Override, Refusal, Shift, Span, edit, say};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// A weekly shift.
    Shift(Shift),
    /// A change for a while.
    Change(Override),
    /// A closure.
    Closure(Closure),
}

impl Wish {
    /// Lists the rules of a line that came from a calendar and are not over.
    pub(super) fn standing(line: &Line, now: DateTime<Utc>) -> impl Iterator<Item = Self> {
        let shifts = line.shifts.iter().filter(|shift| shift.id.is_some()).cloned().map(Self::Shift);
        let closures = line.closures.iter().filter(|closure| closure.id.is_some()).cloned().map(Self::Closure);
        let changes = line.overrides.iter().cloned().map(Self::Change);
        let zone = line.zone;
        shifts.chain(changes).chain(closures).filter(move |wish| !wish.is_past(now, zone))
    }

    /// Returns the stretch a person serves besides.
    pub(super) fn single(&self) -> Option<Span> {
        match self {
            Self::Change(one) if one.change.taken_off().is_none() => Some(one.span()),
            Self::Change(_) | Self::Shift(_) | Self::Closure(_) => None,
        }
    }

    /// Returns the name of the rule.
    pub(super) const fn id(&self) -> Option<&RuleId> {
        match self {
            Self::Shift(shift) => shift.id.as_ref(),
            Self::Change(change) => Some(&change.id),
            Self::Closure(closure) => closure.id.as_ref(),
        }
    }

    /// Tells whether the rule will make no difference any more.
    pub(super) fn is_past(&self, now: DateTime<Utc>, zone: Tz) -> bool {
        match self {
            Self::Shift(shift) => shift.valid_to.is_some_and(|last| last < now.with_timezone(&zone).date_naive()),
            Self::Change(change) => change.to <= now,
            Self::Closure(closure) => closure.to <= now,
        }
    }

    /// Adds the rule with the checks of every edit.
    pub(super) fn added_to(self, line: &Line, operators: &[Operator]) -> Result<Line, Vec<Refusal>> {
        let rules = match &self {
            Self::Shift(_) => line.shifts.len(),
            Self::Change(_) => line.overrides.len(),
            Self::Closure(_) => line.closures.len(),
        };
        if rules >= RULES_MAX {
            return Err(vec![Refusal::new(format!("víc než {RULES_MAX} pravidel jednoho druhu se do rozpisu nevejde"), format!("no more than {RULES_MAX} rules of one kind fit a roster"))]);
        }
        match self {
            Self::Shift(shift) => line.with_shift(operators, shift),
            Self::Change(change) => line.with_override(operators, change),
            Self::Closure(closure) => line.with_closure(closure),
        }
    }

    /// Says the rule: `každý týden Po 9:00–15:00: Jana Vzorová`.
    pub(super) fn said(&self, operators: &[Operator], zone: Tz) -> Bilingual {
        let said = |lang: Lang| match self {
            Self::Shift(shift) => {
                let (window, name) = (say::window(shift.window, lang), whole_name(operators, &shift.operator));
                format!("{} {window}: {name}{}", lang.pick("každý týden", "every week"), validity(shift, lang))
            }
            Self::Change(change) => format!("{}, {}", edit::said(change, operators, lang), stretch(change.span(), zone, lang)),
            Self::Closure(closure) => format!("{} {}: {}", lang.pick("zavřeno", "closed"), stretch(closure.span(), zone, lang), closure.text.get(lang)),
        };
        Bilingual::new(said(Lang::Cs), said(Lang::En))
    }
}

fn validity(shift: &Shift, lang: Lang) -> String {
    let day = |word: &str, date: NaiveDate| format!(", {word} {} {}", say::day_and_month(date, lang), date.year());
    let from = shift.valid_from.map(|date| day(lang.pick("od", "from"), date)).unwrap_or_default();
    let to = shift.valid_to.map(|date| day(lang.pick("do", "to"), date)).unwrap_or_default();
    from + to.as_str()
}

fn stretch(span: Span, zone: Tz, lang: Lang) -> String {
    let weekday = span.from.with_timezone(&zone).weekday();
    format!("{} {}", say::short_weekday(weekday, lang), say::stretch(span, zone, lang))
}
