//! Checks of who serves: shifts, rotations, overrides.

use crate::domain::Lang;
use crate::routing::refusal::{strangers, whole_name};
use crate::routing::{Change, Line, Operator, Override, Refusal, Rotation, Shift, Window, say};
use chrono::NaiveDate;

/// Refuses a shift of somebody unknown, with its days turned round, or over another of the same person.
pub(in crate::routing) fn shift(line: &Line, operators: &[Operator], new: &Shift) -> Vec<Refusal> {
    let mut refusals = strangers(operators, [&new.operator]);
    if new.valid_from.zip(new.valid_to).is_some_and(|(first, last)| last < first) {
        refusals.push(Refusal::new("směna přestává platit dřív, než začne", "this shift is valid to a day before it is valid from"));
    }
    let clash = |other: &&Shift| other.operator == new.operator && other.window.overlaps(&new.window) && share_days(days(other), days(new));
    let name = whole_name(operators, &new.operator);
    let cs = |window: &Window| say::window(*window, Lang::Cs);
    refusals.extend(line.shifts.iter().find(clash).map(|other| {
        Refusal::new(
            format!("směna {} ({name}) se překrývá se směnou {} téže osoby", cs(&new.window), cs(&other.window)),
            format!("shift {} of {name} overlaps {}", new.window, other.window),
        )
    }));
    refusals
}

/// Refuses a rotation that cannot turn, and one that shares a person, a place and a time with another.
pub(in crate::routing) fn rotation(line: &Line, operators: &[Operator], new: &Rotation) -> Vec<Refusal> {
    let mut refusals = strangers(operators, &new.people);
    if new.people.is_empty() {
        refusals.push(Refusal::new("ve střídání nikdo není", "this rotation has nobody in it"));
    }
    if new.people.len() > 1 && new.people.iter().all(|person| new.people.first() == Some(person)) {
        refusals.push(Refusal::new("ve střídání je pořád táž osoba, stačí jí stálá směna", "this rotation has the same person every time; a weekly shift will do"));
    }
    if new.windows.is_empty() {
        refusals.push(Refusal::new("střídání nemá žádný čas", "this rotation has no window"));
    }
    if new.valid_to.is_some_and(|last| last < new.first_day()) {
        refusals.push(Refusal::new("střídání přestává platit dřív, než začne", "this rotation is valid to a day before it is valid from"));
    }
    let cs = |window: &Window| say::window(*window, Lang::Cs);
    let pairs = new.windows.iter().enumerate().flat_map(|(at, window)| new.windows.iter().skip(at + 1).map(move |other| (other, window)));
    refusals.extend(pairs.filter(|(window, other)| window.overlaps(other)).map(|(window, other)| {
        Refusal::new(
            format!("čas střídání {} se překrývá s {}", cs(window), cs(other)),
            format!("window {window} of this rotation overlaps {other}"),
        )
    }));
    refusals.extend(line.rotations.iter().find_map(|other| same_row(operators, new, other)));
    refusals
}

fn same_row(operators: &[Operator], new: &Rotation, other: &Rotation) -> Option<Refusal> {
    if new.order != other.order || !share_days(validity(new), validity(other)) {
        return None;
    }
    let person = new.people.iter().find(|person| other.people.contains(person))?;
    let pairs = || new.windows.iter().flat_map(|window| other.windows.iter().map(move |theirs| (window, theirs)));
    let (window, theirs) = pairs().find(|(window, theirs)| window.overlaps(theirs))?;
    let (name, cs) = (whole_name(operators, person), |window: &Window| say::window(*window, Lang::Cs));
    Some(Refusal::new(
        format!("střídání {} a střídání {} se překrývají a v obou je {name} na stejném místě", cs(window), cs(theirs)),
        format!("rotation {window} overlaps rotation {theirs}, and {name} has the same place in both"),
    ))
}

/// Refuses an override that contradicts another, and one that makes no sense alone.
pub(in crate::routing) fn change(line: &Line, operators: &[Operator], new: &Override) -> Vec<Refusal> {
    let people = [new.change.taken_off(), new.change.put_on()].into_iter().flatten();
    let mut refusals = strangers(operators, people);
    if new.to <= new.from {
        refusals.push(Refusal::new("záskok končí dřív, než začíná", "this override ends before it begins"));
    }
    if new.change.taken_off().is_some() && new.change.taken_off() == new.change.put_on() {
        refusals.push(Refusal::new("nikdo nemůže zaskočit sám za sebe", "nobody can stand in for themselves"));
    }
    if line.overrides.iter().any(|other| other.id == new.id) {
        refusals.push(Refusal::new(format!("záskok „{}“ už existuje", new.id), format!("override `{}` is declared twice", new.id)));
    }
    let clash = |other: &&Override| contradict(&new.change, &other.change) && other.span().common(&new.span()).is_some();
    refusals.extend(line.overrides.iter().filter(clash).map(|other| {
        let said = |one: &Override, lang| format!("„{}“ {}", said(one, operators, lang), say::stretch(one.span(), line.zone, lang));
        Refusal::new(
            format!("záskok {} odporuje záskoku {}", said(new, Lang::Cs), said(other, Lang::Cs)),
            format!("override {} contradicts override {}", said(new, Lang::En), said(other, Lang::En)).replace(['„', '“'], "`"),
        )
    }));
    refusals
}

/// Two overrides contradict when both take the same person off, or both add the same person.
fn contradict(a: &Change, b: &Change) -> bool {
    match (a.taken_off(), b.taken_off()) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.put_on() == b.put_on(),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Says an override in a few words: `Jana → Petr`.
pub(in crate::routing) fn said(one: &Override, operators: &[Operator], lang: Lang) -> String {
    let name = |id| whole_name(operators, id);
    match &one.change {
        Change::Add { operator, .. } => format!("{}: {}", lang.pick("navíc slouží", "also serves"), name(operator)),
        Change::Remove { operator } => format!("{}: {}", lang.pick("neslouží", "does not serve"), name(operator)),
        Change::Replace { operator, by } => format!("{} → {}", name(operator), name(by)),
    }
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);

const fn days(shift: &Shift) -> Days {
    (shift.valid_from, shift.valid_to)
}

fn validity(rotation: &Rotation) -> Days {
    (Some(rotation.first_day()), rotation.valid_to)
}

fn share_days(a: Days, b: Days) -> bool {
    let before = |a: Days, b: Days| a.1.zip(b.0).is_some_and(|(last, first)| last < first);
    !before(a, b) && !before(b, a)
}
