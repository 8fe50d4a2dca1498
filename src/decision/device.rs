//! What a channel tells of a worker's device, without a word of the worker's: it takes no messages from the
//! line, others read along there, its keys are others.

use super::desk::Desk;
use crate::domain::{Address, Author, Body, Contact, Happened, Heard, Said, Sort, Stage};
use crate::handbook::Phrase;

/// Decides what is done about such news; tells whether it was some.
pub(super) fn heard(desk: &mut Desk<'_>, heard: &Heard) -> bool {
    match heard.said {
        Said::Blocked => barrier(desk, &heard.from, true),
        Said::Unblocked => barrier(desk, &heard.from, false),
        Said::NotAlone => not_alone(desk, &heard.from),
        Said::NewKeys => new_keys(desk),
        _ => return false,
    }
    true
}

/// A worker blocks the line, or lets it in again. Nothing is written there; whoever has the contact
/// learns that answers do not arrive, and the next letter goes to another device, where there is one. Who
/// comes in without having been away is no news.
fn barrier(desk: &mut Desk<'_>, from: &Address, blocked: bool) {
    let Some(mut contact) = desk.situation.contact.clone().filter(|contact| contact.is_open() && contact.address == *from) else { return };
    if !blocked && !contact.lost_at.contains(from) {
        return;
    }
    contact.lost_at.retain(|lost| lost != from);
    if blocked {
        contact.lost_at.push(from.clone());
    }
    if let Some(owner) = contact.owner.clone().filter(|_| contact.stage == Stage::Held) {
        let phrase = if blocked { Phrase::WorkerBlocked } else { Phrase::WorkerUnblocked };
        let text = desk.say(phrase, desk.lang_of(&owner), &[("number", &contact.number.to_string())]);
        desk.tell_operator(&owner, Some(&contact), Sort::Notice, &text);
    }
    desk.keep(&contact);
}

/// Others are in the room where the worker wrote: what follows comes elsewhere, and says why.
fn not_alone(desk: &mut Desk<'_>, from: &Address) {
    let contact = desk.situation.contact.clone().filter(|contact| contact.is_open() && contact.address == *from);
    let lang = contact.as_ref().map(|contact| contact.lang).or_else(|| Some(desk.situation.worker.as_ref()?.lang)).unwrap_or_default();
    let text = desk.say(Phrase::NotAlone, lang, &[]);
    match contact {
        Some(contact) => {
            desk.tell_worker(&contact, Sort::Notice, &text);
            desk.keep(&contact);
        }
        None => {
            desk.send(from, None, None, lang, Sort::Notice, Body::text(text));
        }
    }
}

/// Somebody else may be writing: whoever has the contact is told, else whoever coordinates it while people
/// are asked about it. The conversation goes on.
fn new_keys(desk: &mut Desk<'_>) {
    let Some(contact) = desk.situation.contact.clone().filter(Contact::is_open) else { return };
    desk.log(&contact, Author::Worker, Happened::NewKeys);
    if contact.stage != Stage::Asking
        && let Some(who) = contact.owner.clone().or_else(|| desk.coordinator_of(&contact).cloned())
    {
        let text = desk.say(Phrase::WorkerNewKeys, desk.lang_of(&who), &[("number", &contact.number.to_string())]);
        desk.tell_operator(&who, Some(&contact), Sort::Notice, &text);
    }
    desk.keep(&contact);
}
