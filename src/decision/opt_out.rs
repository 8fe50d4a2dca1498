//! Words that stop, start and explain short messages, alone in a message. None of them opens a
//! contact. Who wants no messages is kept for each of the line's numbers; the outbox looks there
//! before anything leaves. A contact goes on: whoever has it learns that nothing arrives.

use super::{desk::Desk, point};
use crate::domain::{Author, Barrier, Body, Contact, Effect, Expects, Happened, Heard, Keyword, Lang, Medium, OperatorId, Said, Sort, Stage, What, leaving_from};
use crate::handbook::{Handbook, Phrase};

/// Reads a keyword, where keywords are known: in short messages.
#[must_use]
pub fn keyword(handbook: &Handbook, heard: &Heard) -> Option<Keyword> {
    let Said::Text(text) = &heard.said else { return None };
    let medium = handbook.ability(&heard.from.channel)?.medium;
    let operator = handbook.operator_at(&heard.from).is_some();
    Keyword::of(text, operator).filter(|_| medium == Medium::Sms)
}

/// Returns the line's number an answer to a short message leaves from.
#[must_use]
pub fn answered_from(handbook: &Handbook, heard: &Heard) -> Option<String> {
    leaving_from(&handbook.numbers, Medium::Sms, heard.via.own.as_deref(), None).map(str::to_owned)
}

/// Does what a keyword asks for; tells whether it was one.
pub(super) fn heard(desk: &mut Desk<'_>, heard: &Heard) -> bool {
    let Some(keyword) = keyword(desk.handbook, heard) else { return false };
    let opted_out = desk.situation.opted_out;
    if !opted_out && matches!(&heard.said, Said::Text(text) if Keyword::needs_opt_out(text)) {
        return false;
    }
    let operator = desk.handbook.operator_at(&heard.from).map(|operator| &operator.id);
    match (keyword, operator) {
        // Said once: a machine that says it again gets no answer.
        (Keyword::Stop, _) if opted_out => {}
        (Keyword::Stop, Some(operator)) => {
            opt_out(desk, heard, true);
            answer(desk, heard, Some(operator), Phrase::OptedOut);
            point::barred(desk, operator, &heard.from, Barrier::OptedOut);
        }
        (Keyword::Stop, None) => {
            opt_out(desk, heard, true);
            answer(desk, heard, None, Phrase::OptedOut);
            tell_owner(desk, heard, Phrase::WorkerOptedOut);
        }
        (Keyword::Start, Some(operator)) => {
            opt_out(desk, heard, false);
            answer(desk, heard, Some(operator), Phrase::OptedIn);
            point::wanted_again(desk, operator, &heard.from);
        }
        (Keyword::Start, None) => {
            opt_out(desk, heard, false);
            answer(desk, heard, None, Phrase::OptedIn);
            if opted_out {
                tell_owner(desk, heard, Phrase::WorkerOptedIn);
            }
        }
        (Keyword::Help, operator) => answer(desk, heard, operator, Phrase::SmsHelp),
    }
    true
}

/// Tells whether this event is such a word: what is told of it can wait for no morning.
pub(super) fn is_heard(desk: &Desk<'_>) -> bool {
    matches!(&desk.event.what, What::Heard(heard) if keyword(desk.handbook, heard).is_some())
}

fn opt_out(desk: &mut Desk<'_>, heard: &Heard, out: bool) {
    let (address, own) = (heard.from.clone(), answered_from(desk.handbook, heard));
    let since = out.then(|| desk.now());
    desk.push(Effect::OptOut { address, own, since });
}

/// The one message that is let through to whoever wants none.
fn answer(desk: &mut Desk<'_>, heard: &Heard, operator: Option<&OperatorId>, phrase: Phrase) {
    let worker = desk.situation.worker.as_ref().map(|worker| worker.lang);
    let lang = operator.map_or(worker.unwrap_or(Lang::Cs), |operator| desk.lang_of(operator));
    let text = desk.say(phrase, lang, &[]);
    let body = Body::Text { text, step: Keyword::STEP.to_owned(), choices: Vec::new(), expects: Expects::Nothing, file: None };
    let letter = desk.letter(&heard.from, None, operator, lang, Sort::Answer, body);
    desk.push(Effect::Send(letter));
}

/// The contact that is answered there keeps the word, and whoever has it learns what it means.
fn tell_owner(desk: &mut Desk<'_>, heard: &Heard, phrase: Phrase) {
    let Some(mut contact) = desk.situation.contact.clone().filter(|contact| is_answered_here(desk, contact, heard)) else { return };
    if let Said::Text(text) = &heard.said {
        desk.log(&contact, Author::Worker, Happened::Heard { words: text.clone() });
    }
    if phrase == Phrase::WorkerOptedIn {
        contact.lost_at.retain(|lost| *lost != heard.from);
    }
    desk.keep(&contact);
    if let Some(owner) = contact.owner.clone().filter(|_| contact.stage == Stage::Held) {
        let text = desk.say(phrase, desk.lang_of(&owner), &[("number", &contact.number.to_string())]);
        desk.tell_operator(&owner, Some(&contact), Sort::Notice, &text);
    }
}

fn is_answered_here(desk: &Desk<'_>, contact: &Contact, heard: &Heard) -> bool {
    contact.is_open() && contact.address == heard.from && desk.leaves_from(&contact.address, Some(contact)) == answered_from(desk.handbook, heard)
}
