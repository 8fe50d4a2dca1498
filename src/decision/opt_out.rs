//! Words that stop, start and explain short messages, alone in a message. None of them opens a
//! contact. Who wants no messages is kept for each of the line's numbers; the outbox looks there
//! before anything leaves. A contact goes on: whoever has it learns that nothing arrives. Of what was
//! said about it only the last word leaves.

use super::{desk::Desk, point};
use crate::domain::{
    Address, Author, Barrier, Body, Contact, Delivery, Effect, EventKey, Expects, Happened, Heard, Keyword, Lang, Letter, LetterId, Medium, OperatorId, Said, Sort, Stage, What,
    leaving_from,
};
use crate::handbook::{Handbook, Phrase, inquiry};

/// Reads a keyword, where keywords are known: in short messages.
#[must_use]
pub fn keyword(handbook: &Handbook, heard: &Heard) -> Option<Keyword> {
    let Said::Text(text) = &heard.said else { return None };
    let medium = handbook.ability(&heard.from.channel)?.medium;
    let operator = handbook.operator_at(&heard.from).is_some();
    Keyword::of(text, operator).filter(|_| medium == Medium::Sms)
}

/// Returns where somebody gets short messages who wrote one or calls; `None` for whoever gets none.
#[must_use]
pub fn texted_at(handbook: &Handbook, from: &Address) -> Option<Address> {
    let medium = handbook.ability(&from.channel)?.medium;
    match medium {
        Medium::Sms => Some(from.clone()),
        Medium::Voice if from.takes_messages() => Some(Address::new(handbook.channel_of(Medium::Sms)?, from.handle.clone())),
        Medium::Voice | Medium::Chat | Medium::Web => None,
    }
}

/// Tells whether the worker of a contact gets short messages, and wants them.
pub(super) fn is_texted(desk: &Desk<'_>, contact: &Contact) -> bool {
    texted_at(desk.handbook, &contact.address).is_some_and(|to| !is_stopped(desk, desk.leaves_from(&to, Some(contact)).as_deref()))
}

/// Tells whether whoever is heard wants no messages from one of the line's numbers.
fn is_stopped(desk: &Desk<'_>, own: Option<&str>) -> bool {
    desk.situation.stopped.iter().any(|number| number == own.unwrap_or_default())
}

/// Words came from where no answer arrives: it is said once for each contact, as the one answer to what
/// a person has just sent. Whoever fears for a life reads whom to call.
pub(super) fn explain(desk: &mut Desk<'_>, contact: &Contact) {
    let Some(from) = desk.heard_from().filter(|from| desk.ability(from).is_some_and(|ability| ability.medium == Medium::Sms)) else { return };
    if !is_stopped(desk, desk.leaves_from(from, Some(contact)).as_deref()) {
        return;
    }
    let crisis = if contact.urgent { inquiry::crisis_numbers(desk.handbook, contact.lang, Medium::Sms) } else { String::new() };
    let text = format!("{crisis} {}", desk.say(Phrase::StoppedWrites, contact.lang, &[]));
    let letter = desk.letter(from, Some(contact), None, contact.lang, Sort::Answer, let_through(Keyword::STANDING, text.trim()));
    let once = EventKey::new(format!("stopped:{}:{}", contact.id, contact.urgent)).caused(contact.opened_at, 0);
    desk.push(Effect::Send(Letter { id: LetterId(once), ..letter }));
}

/// Returns the line's number an answer to a short message leaves from.
fn answered_from(handbook: &Handbook, heard: &Heard) -> Option<String> {
    leaving_from(&handbook.numbers, Medium::Sms, heard.via.own.as_deref(), None).map(str::to_owned)
}

/// Does what a keyword asks for; tells whether it was one.
pub(super) fn heard(desk: &mut Desk<'_>, heard: &Heard) -> bool {
    let Some(keyword) = keyword(desk.handbook, heard) else { return false };
    let opted_out = is_stopped(desk, answered_from(desk.handbook, heard).as_deref());
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
    take_back(desk, own.as_deref());
    let since = out.then(|| desk.now());
    desk.push(Effect::OptOut { address, own, since });
}

/// What still waits to say the opposite is true no more. Whom to call when a life is in danger stays true.
fn take_back(desk: &mut Desk<'_>, own: Option<&str>) {
    let old = |letter: &&Letter| letter.body.says_what_is_wanted() && letter.own.as_deref() == own && !letter.urgent;
    for letter in desk.situation.waiting.iter().filter(old) {
        desk.push(Effect::Mark { letter: letter.id, delivery: Delivery::Withdrawn, error: None, due_at: None, reference: None, uncounted: false });
    }
}

/// Answers a keyword.
fn answer(desk: &mut Desk<'_>, heard: &Heard, operator: Option<&OperatorId>, phrase: Phrase) {
    let worker = desk.situation.worker.as_ref().map(|worker| worker.lang);
    let lang = operator.map_or(worker.unwrap_or(Lang::Cs), |operator| desk.lang_of(operator));
    let text = desk.say(phrase, lang, &[]);
    let step = if phrase == Phrase::SmsHelp { Keyword::STEP } else { Keyword::STANDING };
    let letter = desk.letter(&heard.from, None, operator, lang, Sort::Answer, let_through(step, &text));
    desk.push(Effect::Send(letter));
}

/// Words that leave even for whoever wants none.
fn let_through(step: &str, text: &str) -> Body {
    Body::Text { text: text.to_owned(), step: step.to_owned(), choices: Vec::new(), expects: Expects::Nothing, file: None }
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
