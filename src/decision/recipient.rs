//! To whom an operator hands a contact over: a colleague or a line, by name or by button.

use super::colleague::{Named, named};
use super::operator::{on_meant, tell};
use super::{desk::Desk, hand_over, own, swap};
use crate::domain::{Choice, Contact, LineId, OperatorId, Sort, fold};
use crate::handbook::Phrase;
use crate::routing::Line;

/// The question to whom.
pub(super) const RECIPIENT: &str = "recipient";
/// Shortest piece of a line's name that names it, in characters.
const NAMED_BY_MIN: usize = 4;

/// Hands over to whoever is named; where nobody is, asks with those on duty as buttons.
pub(super) fn wanted(desk: &mut Desk<'_>, operator: &OperatorId, number: Option<i64>, name: &str) {
    let meant = own::meant(desk, number);
    on_meant(desk, operator, meant, |desk, mut contact| {
        match (named(desk, operator, name), find_line(desk, name)) {
            _ if name.trim().is_empty() => ask(desk, operator, &contact),
            (Named::One(to), _) => hand_over::pass_to(desk, &contact, operator, &to),
            (Named::Several(several), _) => swap::which_colleague(desk, operator, &several),
            (Named::Nobody | Named::Myself, Some(line)) => to_line(desk, operator, &mut contact, line),
            (Named::Nobody | Named::Myself, None) => {
                let example = example(desk, operator);
                tell(desk, operator, Phrase::HandOverUnknown, &[("name", name), ("example", &example)]);
            }
        }
        desk.keep(&contact);
    });
}

/// A button with a colleague was pressed.
pub(super) fn pressed(desk: &mut Desk<'_>, operator: &OperatorId, contact: &Contact, to: &str) {
    let meant = own::meant(desk, Some(contact.number));
    on_meant(desk, operator, meant, |desk, contact| {
        hand_over::pass_to(desk, &contact, operator, &OperatorId::new(to));
        desk.keep(&contact);
    });
}

/// Tells whether words name a colleague or a line.
pub(super) fn is_named(desk: &Desk<'_>, operator: &OperatorId, words: &str) -> bool {
    named(desk, operator, words) != Named::Nobody || find_line(desk, words).is_some()
}

fn to_line(desk: &mut Desk<'_>, operator: &OperatorId, contact: &mut Contact, line: &Line) {
    let name = line.name.get(desk.lang_of(operator)).to_owned();
    hand_over::pass_to_line(desk, contact, operator, LineId::new(line.id.as_str()), &name);
}

fn ask(desk: &mut Desk<'_>, operator: &OperatorId, contact: &Contact) {
    let on_duty = desk.duty_of(contact).map(|duty| duty.on_duty).unwrap_or_default();
    let others: Vec<OperatorId> = on_duty.into_iter().map(|person| person.operator).filter(|other| other != operator).collect();
    let example = others.first().map_or_else(|| example(desk, operator), |other| desk.called(other));
    let choice = |(n, other): (usize, OperatorId)| Choice { key: (n + 1).to_string(), label: desk.called(&other), value: other.to_string() };
    let choices = others.into_iter().enumerate().map(choice).collect();
    let names = [("number", &*contact.number.to_string()), ("example", &*example)];
    let text = desk.say(Phrase::HandOverWhom, desk.lang_of(operator), &names);
    desk.ask_operator(operator, Some(contact), Sort::Answer, &text, RECIPIENT, choices);
}

/// A colleague's name, to show how it is written.
fn example(desk: &Desk<'_>, operator: &OperatorId) -> String {
    let other = desk.handbook.book.operators.iter().find(|other| other.id != *operator);
    other.map(|other| desk.called(&other.id)).unwrap_or_default()
}

/// Finds a line by a piece of its name.
pub(super) fn find_line<'a>(desk: &Desk<'a>, name: &str) -> Option<&'a Line> {
    let wanted = fold(name.trim());
    let named = |line: &&Line| {
        let name = fold(&line.name.cs);
        wanted.chars().count() >= NAMED_BY_MIN && (name.contains(&wanted) || fold(&line.name.en).contains(&wanted) || line.id.as_str() == wanted)
    };
    desk.handbook.book.lines.iter().find(named)
}
