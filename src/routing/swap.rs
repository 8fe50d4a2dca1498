//! Swaps of shifts between two operators: what an accepted one changes, and why one cannot be.
//! Who asks, agrees and is told is the business of the decision layer.

use super::refusal::whole_name;
use super::{Book, Change, Line, Operator, Override, Refusal, Span, days, say, span};
use crate::domain::{Lang, OperatorId, RuleId, Swap, SwapState};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// Returns the stretch `operator` serves on `line` that starts on `date`, from its first to its last instant.
#[must_use]
pub fn shift_on(line: &Line, operator: &OperatorId, date: NaiveDate) -> Option<Span> {
    let noon = super::wall::Wall::exact(line.zone).start(date.and_time(NaiveTime::from_hms_opt(12, 0, 0)?));
    let day = days(line, noon, 1).into_iter().find(|day| day.date == date)?;
    let own: Vec<Span> = day.served.iter().filter(|served| served.operator == *operator).map(|served| served.span).collect();
    Some(Span { from: own.first()?.from, to: own.iter().map(|span| span.to).max()? })
}

/// Tells whether an accepted swap still holds: nobody has taken its overrides away since.
#[must_use]
pub fn swap_holds(book: &Book, swap: &Swap) -> bool {
    let stands = |id: RuleId| book.line(&swap.line).is_some_and(|line| line.overrides.iter().any(|one| one.id == id));
    swap.state == SwapState::Accepted && (1..).zip(swap.legs()).all(|(n, _)| stands(override_of(swap, n)))
}

/// Names the override of the `n`-th thing a swap hands over.
fn override_of(swap: &Swap, n: usize) -> RuleId {
    RuleId::new(format!("{}-{n}", swap.id))
}

/// Returns the overrides an accepted swap makes. `others` are all swaps known; those that came to
/// nothing, and the request itself, do not count.
///
/// # Errors
/// When nobody knows the line; when a person who gives a shift is not on duty in all of it while the
/// line is open, or the one who takes it serves there or is away then; when another swap that waits or
/// holds concerns one of the two at that time; when an override contradicts.
pub fn swap_overrides(book: &Book, others: &[Swap], request: &Swap) -> Result<Vec<Override>, Vec<Refusal>> {
    let operators = &book.operators;
    let Some(line) = book.line(&request.line) else { return Err(vec![Refusal::unknown_line(book, &request.line)]) };
    let mut refusals = Vec::new();
    if request.from == request.to {
        refusals.push(Refusal::new("nikdo si nemůže vyměnit směnu sám se sebou", "nobody can swap with themselves"));
    }
    refusals.extend(others.iter().filter(|other| clash(book, request, other)).map(|other| both_named(line, operators, request, other)));
    let mut changed = line.clone();
    let mut made = Vec::new();
    for (n, (gives, takes, span)) in (1..).zip(request.legs()) {
        refusals.extend(misfit(book, line, gives, takes, span));
        let id = override_of(request, n);
        let change = Change::Replace { operator: gives.clone(), by: takes.clone() };
        let new = Override { id, from: span.from, to: span.to, change };
        match changed.with_override(operators, new.clone()) {
            Ok(line) => changed = line,
            Err(more) => refusals.extend(more),
        }
        made.push(new);
    }
    if refusals.is_empty() { Ok(made) } else { Err(refusals) }
}

fn clash(book: &Book, request: &Swap, other: &Swap) -> bool {
    let shares = |a: (&OperatorId, &OperatorId, Span), b: (&OperatorId, &OperatorId, Span)| {
        a.2.common(&b.2).is_some() && [a.0, a.1].iter().any(|person| [b.0, b.1].contains(person))
    };
    let counts = other.state == SwapState::Pending || swap_holds(book, other);
    other.id != request.id && counts && request.legs().any(|leg| other.legs().any(|theirs| shares(leg, theirs)))
}

fn both_named(line: &Line, operators: &[Operator], request: &Swap, other: &Swap) -> Refusal {
    let said = |swap: &Swap, lang| {
        let names = [&swap.from, &swap.to].map(|who| whole_name(operators, who)).join(" → ");
        format!("{names} {}", say::stretch(swap.shift, line.zone, lang))
    };
    let state = |lang: Lang| match other.state {
        SwapState::Accepted => lang.pick("která už platí", "which holds already"),
        SwapState::Pending | SwapState::Declined | SwapState::Withdrawn | SwapState::Expired => lang.pick("která čeká na odpověď", "which waits for an answer"),
    };
    Refusal::new(
        format!("výměna {} se kříží s výměnou {}, {}", said(request, Lang::Cs), said(other, Lang::Cs), state(Lang::Cs)),
        format!("swap {} overlaps swap {}, {}", said(request, Lang::En), said(other, Lang::En), state(Lang::En)),
    )
}

/// Says why `gives` cannot hand `span` to `takes`.
fn misfit(book: &Book, line: &Line, gives: &OperatorId, takes: &OperatorId, span: Span) -> Option<Refusal> {
    let stretch = |lang| say::stretch(span, line.zone, lang);
    let (from, to) = (whole_name(&book.operators, gives), whole_name(&book.operators, takes));
    let plan = days(line, span.from.checked_sub_signed(TimeDelta::days(1)).unwrap_or(span.from), days_of(span));
    let within = |spans: Vec<Span>| span::joined(spans.iter().filter_map(|part| part.common(&span)).collect());
    let served = |who: &OperatorId| within(plan.iter().flat_map(|day| &day.served).filter(|served| served.operator == *who).map(|served| served.span).collect());
    let open = within(plan.iter().flat_map(|day| day.open.clone()).collect());
    if open.is_empty() || served(gives) != open {
        return Some(Refusal::new(
            format!("{from} v té době ({}) směnu nemá", stretch(Lang::Cs)),
            format!("{from} is not on duty then ({})", stretch(Lang::En)),
        ));
    }
    if !served(takes).is_empty() {
        return Some(Refusal::new(
            format!("{to} v té době ({}) už slouží", stretch(Lang::Cs)),
            format!("{to} is on duty then already ({})", stretch(Lang::En)),
        ));
    }
    let away = book.absences.iter().find(|absence| absence.operator == *takes && absence.span().common(&span).is_some())?;
    let absence = |lang| say::stretch(away.span(), line.zone, lang);
    Some(Refusal::new(
        format!("{to} má nepřítomnost {}, která zasahuje do směny {}", absence(Lang::Cs), stretch(Lang::Cs)),
        format!("{to} is away {}, which meets the shift {}", absence(Lang::En), stretch(Lang::En)),
    ))
}

/// The days to lay out for a stretch, with one on either side.
fn days_of(span: Span) -> usize {
    let days = span.to.signed_duration_since(span.from).num_days().clamp(0, DAYS_MAX);
    usize::try_from(days).unwrap_or(0) + 4
}

/// The longest stretch one swap hands over, in days.
const DAYS_MAX: i64 = 31;
