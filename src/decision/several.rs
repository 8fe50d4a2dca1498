//! A worker's several open contacts: which of them words belong to, and what is said where that could be
//! another one. Whoever replies to a message means its contact; a number in front names one; else it is the
//! one that was talked about last.

use super::{desk::Desk, own, reading};
use crate::domain::{Address, Contact, Said, Sort};
use crate::handbook::Phrase;

/// The open contact that is meant.
pub(super) struct Meant<'a> {
    pub(super) contact: &'a Contact,
    /// The worker wrote last in another one.
    pub(super) guessed: bool,
}

/// The worker's open contacts, newest first.
pub(super) fn open<'a>(desk: &Desk<'a>) -> impl Iterator<Item = &'a Contact> + use<'a> {
    let alone = desk.situation.contact.as_ref().filter(|_| desk.situation.asking.is_empty());
    desk.situation.asking.iter().chain(alone).filter(|contact| contact.is_open())
}

/// Splits the number of one of the worker's open contacts off.
pub(super) fn numbered<'t>(desk: &Desk<'_>, text: &'t str) -> (Option<i64>, &'t str) {
    let numbers: Vec<i64> = open(desk).map(|contact| contact.number).collect();
    let (number, words) = own::leading_number(text, &numbers);
    if number.is_some_and(|number| numbers.contains(&number)) { (number, words) } else { (None, text) }
}

/// Finds the open contact that is meant: the one of this number, that of the message which is answered or
/// changed, else the one talked about last, of those where the worker writes from this device.
pub(super) fn meant<'a>(desk: &Desk<'a>, number: Option<i64>) -> Option<Meant<'a>> {
    let sure = |contact: &'a Contact| Meant { contact, guessed: false };
    if number.is_some() {
        return open(desk).find(|contact| Some(contact.number) == number).map(sure);
    }
    let changes = desk.event.heard().is_some_and(|heard| matches!(heard.said, Said::Edited(_) | Said::Deleted));
    match &desk.situation.named {
        Some(named) if named.is_open() => return Some(sure(named)),
        // What belongs to a finished one is nowhere else right.
        Some(_) if changes => return None,
        Some(_) | None => {}
    }
    last(desk)
}

fn last<'a>(desk: &Desk<'a>) -> Option<Meant<'a>> {
    let here = |contact: &&Contact| desk.heard_from().is_some_and(|from: &Address| contact.address == *from);
    let mut among: Vec<&'a Contact> = open(desk).filter(here).collect();
    if among.is_empty() {
        among = open(desk).collect();
    }
    let contact = among.iter().max_by_key(|contact| contact.talked_at()).copied()?;
    let wrote = among.iter().filter_map(|contact| contact.heard_at).max();
    Some(Meant { contact, guessed: among.len() > 1 && wrote > contact.heard_at })
}

/// Says which contact words went to that could have been about another one.
pub(super) fn say_where(desk: &mut Desk<'_>, contact: &Contact) {
    let other = open(desk).find(|other| other.id != contact.id).map_or(contact.number, |other| other.number);
    let example = format!("{other} {}", own::own_words(desk));
    let need = need(desk, contact);
    let names = [("number", &*contact.number.to_string()), ("need", &*need), ("example", &*example)];
    let text = desk.say(Phrase::WorkerWent, contact.lang, &names);
    desk.tell_worker(contact, Sort::Notice, &text);
}

/// What a contact is about, in the worker's language and short: topics and the place.
pub(super) fn need(desk: &Desk<'_>, contact: &Contact) -> String {
    let words = reading::matter_in_words(desk.handbook, &contact.need, contact.lang);
    if words.is_empty() { desk.say(Phrase::QuestionUnknown, contact.lang, &[]) } else { words }
}
