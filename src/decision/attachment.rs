//! Files sent along: kept for the operator who has the contact or will take it, and passed on where
//! the other side's channel carries files. Words around a file go the way of all words.

use super::{desk::Desk, own, own::Meant, rang, relay, reopen, talk};
use crate::domain::{ATTACHMENTS_MAX, Address, Attachment, Author, Bilingual, Body, Contact, FileNews, Happened, OperatorId, Outcome, Sort, Stage};
use crate::handbook::Phrase;

/// A worker sent a file. It opens a contact as a first word would.
pub(super) fn from_worker(desk: &mut Desk<'_>, contact: &mut Contact, file: Attachment) {
    desk.log(contact, Author::Worker, Happened::Attached { file });
    if contact.attachments.len() >= ATTACHMENTS_MAX {
        return tell_worker(desk, contact, Phrase::WorkerFilesEnough);
    }
    contact.attachments.push(file);
    if let Some(owner) = contact.owner.clone().filter(|_| contact.stage == Stage::Held) {
        let passed = pass_on(desk, contact, &owner, file);
        tell_worker(desk, contact, if passed { Phrase::WorkerFilePassed } else { Phrase::WorkerFileUnseen });
        return relay::wait_for_operator(desk, contact);
    }
    tell_worker(desk, contact, Phrase::WorkerFileKept);
    if contact.stage == Stage::Asking && contact.position.is_none() {
        talk::begin(desk, contact, None);
        rang::wait_for_worker(desk, contact);
    }
}

/// A message a caller has left is here. It was counted when it was left; now it goes to whoever has
/// the contact, or waits for whoever takes it. The caller hears nothing more of it. A message of whoever
/// seemed to have left without a word is a question after all.
pub(super) fn recorded(desk: &mut Desk<'_>, file: Attachment) {
    let Some(mut contact) = desk.situation.contact.clone() else { return };
    desk.log(&contact, Author::Worker, Happened::Attached { file });
    if contact.attachments.len() < ATTACHMENTS_MAX {
        contact.attachments.push(file);
    }
    if contact.outcome == Some(Outcome::Abandoned) {
        reopen::unasked(desk, &mut contact);
    }
    if let Some(owner) = contact.owner.clone()
        && !pass_on(desk, &contact, &owner, file)
    {
        tell_of_unseen(desk, &contact, &owner, 1);
    }
    desk.keep(&contact);
}

/// Notes what became of a file.
pub(super) fn filed(desk: &mut Desk<'_>, news: &FileNews) {
    let Some(mut contact) = desk.situation.contact.clone() else { return };
    let (author, what) = match news {
        FileNews::Played { by } => (Author::User(by.clone()), Bilingual::new("poslouchá hlasovou zprávu", "listened to a voice message")),
        FileNews::Forgotten { .. } => (Author::Line, Bilingual::new("smazala nahraný vzkaz, jeho doba uložení skončila", "deleted a recorded message at the end of its time")),
        FileNews::OutOfReach => (
            Author::Line,
            Bilingual::new("nemůže stáhnout nahraný vzkaz, zkouší to dál", "cannot fetch a recorded message and keeps trying"),
        ),
    };
    desk.log(&contact, author, Happened::Filed { what });
    match news {
        FileNews::Played { .. } => return,
        FileNews::Forgotten { file } => contact.attachments.retain(|kept| kept.id != *file),
        FileNews::OutOfReach => tell_coordinator(desk, &contact),
    }
    desk.keep(&contact);
}

fn tell_coordinator(desk: &mut Desk<'_>, contact: &Contact) {
    let Some(coordinator) = desk.coordinator_of(contact) else { return };
    let text = desk.say(Phrase::RecordingOutOfReach, desk.lang_of(coordinator), &[("number", &contact.number.to_string())]);
    desk.tell_operator(coordinator, Some(contact), Sort::Notice, &text);
}

/// Gives whoever takes a contact everything the worker has sent.
pub(super) fn pass_all(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId) {
    let unseen = contact.attachments.iter().filter(|file| !pass_on(desk, contact, operator, **file)).count();
    if unseen > 0 {
        tell_of_unseen(desk, contact, operator, unseen);
    }
}

/// Says that files lie in the console.
fn tell_of_unseen(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, files: usize) {
    let names = [("number", &*contact.number.to_string()), ("files", &*files.to_string())];
    let text = desk.say(Phrase::FilesUnseen, desk.lang_of(operator), &names);
    desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
}

/// Passes one file to an operator; tells whether any of the operator's channels carries files.
fn pass_on(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, file: Attachment) -> bool {
    let Some(to) = desk.written_points(operator).into_iter().find(|point| carries(desk, point)) else { return false };
    let lang = desk.lang_of(operator);
    let text = desk.say(Phrase::FileFromWorker, lang, &[("number", &contact.number.to_string()), ("file", &file.label(lang))]);
    desk.send(&to, Some(contact), Some(operator), lang, Sort::Relay, Body::file(file, text));
    true
}

/// An operator sent a file, perhaps with words that name the contact.
pub(super) fn from_operator(desk: &mut Desk<'_>, operator: &OperatorId, file: Attachment, words: &str) {
    let (number, words) = own::leading_number(words, &own::held_numbers(desk));
    match own::meant(desk, number) {
        Meant::This(mut contact) => to_worker(desk, &mut contact, operator, file, words),
        unclear => own::explain(desk, operator, &unclear),
    }
}

fn to_worker(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId, file: Attachment, words: &str) {
    if !words.is_empty() {
        relay::to_worker(desk, contact, operator, Phrase::WorkerRelay, words);
    }
    desk.log(contact, Author::Operator(operator.clone()), Happened::Attached { file });
    if relay::reachable(desk, contact) && carries(desk, &contact.address) {
        let text = desk.say(Phrase::WorkerFile, contact.lang, &[("who", &relay::who(desk, contact)), ("file", &file.label(contact.lang))]);
        desk.send(&contact.address, Some(contact), None, contact.lang, Sort::Relay, Body::file(file, text));
        relay::answered(desk, contact);
    } else {
        let text = desk.say(Phrase::FileUndeliverable, desk.lang_of(operator), &[("number", &contact.number.to_string())]);
        desk.tell_operator(operator, Some(contact), Sort::Answer, &text);
    }
    desk.keep(contact);
}

fn carries(desk: &Desk<'_>, address: &Address) -> bool {
    desk.ability(address).is_some_and(|ability| ability.files)
}

fn tell_worker(desk: &mut Desk<'_>, contact: &Contact, phrase: Phrase) {
    let text = desk.say(phrase, contact.lang, &[("number", &contact.number.to_string())]);
    desk.tell_worker(contact, Sort::Notice, &text);
}
