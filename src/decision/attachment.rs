//! Files sent along: kept for the operator who has the contact or will take it, and passed on where
//! the other side's channel carries files. Words around a file go the way of all words.

use super::{desk::Desk, own, own::Meant, rang, relay, talk};
use crate::domain::{ATTACHMENTS_MAX, Address, Attachment, Author, Body, Contact, Happened, OperatorId, Sort, Stage};
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

/// Gives whoever takes a contact everything the worker has sent.
pub(super) fn pass_all(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId) {
    let unseen = contact.attachments.iter().filter(|file| !pass_on(desk, contact, operator, **file)).count();
    if unseen > 0 {
        let names = [("number", &*contact.number.to_string()), ("files", &*unseen.to_string())];
        let text = desk.say(Phrase::FilesUnseen, desk.lang_of(operator), &names);
        desk.tell_operator(operator, Some(contact), Sort::Notice, &text);
    }
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
        let text = desk.say(Phrase::WorkerFile, contact.lang, &[("file", &file.label(contact.lang))]);
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
