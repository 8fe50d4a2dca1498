//! What a worker wrote, pressed or said.

use super::reading::{self, Read};
use super::reopen::{self, Again};
use super::{attachment, call, desk::Desk, device, finish, guard, link, opt_out, rang, relay, several, talk, wish};
use crate::domain::{
    Address, Attachment, Author, Body, Contact, ContactId, Effect, Flag, Happened, Heard, Lang, Medium, Need, Places, Review, Said, Sort, Stage,
    TEXT_CHARACTERS_MAX, Understood, Worker, WorkerId,
};
use crate::flow::Input;
use crate::handbook::Phrase;

/// Decides what is done about a worker's words, buttons, keys or call.
pub(super) fn heard(desk: &mut Desk<'_>, heard: &Heard) {
    if device::heard(desk, heard) {
        return;
    }
    let worker = known(desk, heard);
    if let Said::Text(text) = &heard.said
        && link::heard(desk, &worker, text)
    {
        return;
    }
    match &heard.said {
        Said::Text(text) => text_heard(desk, &worker, text),
        Said::Choice { step, value } => choice_heard(desk, &worker, step, value),
        Said::Attached { file, .. } if is_spoken(desk, heard) => attachment::recorded(desk, *file),
        Said::Attached { file, words } => attached(desk, &worker, *file, words),
        Said::Edited(text) => edited(desk, text),
        Said::Deleted => deleted(desk),
        Said::Unsupported(kind) => unsupported(desk, &worker, kind),
        Said::Blocked | Said::Unblocked | Said::NewKeys | Said::NotAlone => {}
        Said::Called | Said::Keys(_) | Said::Silence | Said::Recorded { .. } | Said::SignedIn | Said::NotSignedIn | Said::LockedOut { .. } | Said::HungUp | Said::Back { .. } => call::worker_heard(desk, &worker, heard),
    }
}

/// The worker at this address, introduced when new or when the channel now vouches for more.
fn known(desk: &mut Desk<'_>, heard: &Heard) -> Worker {
    let (mut worker, mut news) = (desk.situation.worker.clone(), false);
    if let Some(known) = &mut worker
        && heard.introduced.is_some()
        && known.organisation != heard.introduced
    {
        known.organisation.clone_from(&heard.introduced);
        news = true;
    }
    let worker = worker.unwrap_or_else(|| {
        news = true;
        let id = WorkerId(desk.name());
        Worker { id, organisation: heard.introduced.clone(), address: heard.from.clone(), lang: Lang::default() }
    });
    if news {
        desk.push(Effect::Introduce(worker.clone()));
    }
    worker
}

/// The open contact this event goes on with.
fn current(desk: &Desk<'_>) -> Option<Contact> {
    several::meant(desk, None).map(|meant| followed(desk, meant.contact.clone()))
}

/// A contact follows the worker to the device written from.
pub(super) fn followed(desk: &Desk<'_>, mut contact: Contact) -> Contact {
    if let (Some(here), Some(ability)) = (desk.heard_from(), desk.heard_from().and_then(|here| desk.ability(here)))
        && !ability.inline
        && contact.call.is_none()
    {
        contact.address = here.clone();
        contact.medium = ability.medium;
        contact.own = desk.event.via().and_then(|via| via.own.clone()).or(contact.own);
        contact.lost_at.retain(|lost| lost != here);
    }
    contact
}

fn text_heard(desk: &mut Desk<'_>, worker: &Worker, text: &str) {
    if text.trim().is_empty() {
        return answer_without_contact(desk, worker, Phrase::WorkerEmpty, &[]);
    }
    if wish::granted(desk, worker, text) {
        return;
    }
    let (number, text) = several::numbered(desk, text);
    if let Some(number) = number.filter(|_| text.is_empty()) {
        return wish::turn_to(desk, worker, number);
    }
    if let Some(closed) = desk.situation.contact.clone().filter(|contact| !contact.is_open())
        && finish::rated_by_text(desk, closed, text)
    {
        return;
    }
    if several::open(desk).next().is_none() && desk.handbook.wording.is_automatic(text) {
        return;
    }
    let (mut contact, read) = belongs_to(desk, worker, number, text);
    if let Some(read) = read {
        said(desk, &mut contact, read);
    }
    opt_out::explain(desk, &contact);
    desk.keep(&contact);
}

/// The contact words belong to: the finished one whose message they answer, the open one that is meant, the
/// finished one they go on with, else a new one; and the words, when there is anything left to be done about
/// them. Words about another client than that of a contact nobody has yet begin their own.
fn belongs_to(desk: &mut Desk<'_>, worker: &Worker, number: Option<i64>, text: &str) -> (Contact, Option<Read>) {
    let closed = desk.situation.contact.clone().filter(|contact| !contact.is_open());
    let answered = desk.situation.named.is_some();
    let meant = several::meant(desk, number).map(|meant| (followed(desk, meant.contact.clone()), meant.guessed));
    let read = reading::read(desk, meant.as_ref().and_then(|(contact, _)| desk.line(contact)), text);
    if let Some(mut contact) = closed.filter(|_| answered || meant.is_none())
        && let Some(again) = reopen::again(desk, &contact, text, &read.understood)
    {
        log_heard(desk, &mut contact, &read);
        if matches!(again, Again::More) {
            reopen::reopen(desk, &mut contact, &read.understood);
        }
        return (contact, None);
    }
    let (mut contact, guessed) = match meant {
        Some((contact, _)) if begins_anew(&contact, &read.understood) => {
            return (wish::begin(desk, &Worker { lang: contact.lang, ..worker.clone() }, text), None);
        }
        Some(meant) => meant,
        None => (opened(desk, worker), false),
    };
    log_heard(desk, &mut contact, &read);
    if contact.stage == Stage::Held && guessed {
        several::say_where(desk, &contact);
    }
    (contact, Some(read))
}

fn begins_anew(contact: &Contact, understood: &Understood) -> bool {
    let waits = matches!(contact.stage, Stage::Waiting | Stage::Promised) && contact.call.is_none();
    waits && understood.is_about_another(&contact.need) && !understood.has(Flag::SelfHarm)
}

fn log_heard(desk: &mut Desk<'_>, contact: &mut Contact, read: &Read) {
    contact.heard_at = Some(desk.now());
    desk.log(contact, Author::Worker, Happened::Heard { words: read.understood.masked.clone() });
}

/// Goes on with a contact by what was written.
pub(super) fn said(desk: &mut Desk<'_>, contact: &mut Contact, read: Read) {
    let Read { understood, cut } = read;
    if wish::told_of_person(desk, contact, &understood.masked) {
        return;
    }
    let fresh = contact.position.is_none() && contact.stage == Stage::Asking;
    // No answer is no loss: the words stay for whoever takes the contact, and a life goes before all.
    if !understood.has(Flag::SelfHarm) && guard::keeps_silent(desk, contact, &understood.masked) {
        if matches!(contact.stage, Stage::Waiting | Stage::Promised) {
            reading::add_later(contact, &understood.masked, desk.now());
        }
        return;
    }
    note_findings(desk, contact, &understood);
    if contact.call.is_some() {
        // An answer would break into the call.
        return reading::add_question(contact, &understood.masked);
    }
    if cut {
        let text = desk.say(Phrase::WorkerCut, contact.lang, &[("characters", &TEXT_CHARACTERS_MAX.to_string())]);
        desk.tell_worker(contact, Sort::Notice, &text);
    }
    match contact.stage {
        Stage::Held => {
            relay::to_operator(desk, contact, &understood);
            if understood.is_about_another(&contact.need) {
                wish::ask_whether_another(desk, contact, &understood.masked);
            }
        }
        Stage::Asking if fresh => {
            contact.lang = understood.lang.unwrap_or(contact.lang);
            talk::begin(desk, contact, Some(&understood));
            rang::wait_for_worker(desk, contact);
        }
        Stage::Promised | Stage::Waiting => added(desk, contact, &understood),
        Stage::Asking | Stage::Closed => talk::advance(desk, contact, Input::Text(&understood)),
    }
}

/// What comes as a file from a phone was said on it: the contact has heard of it already.
fn is_spoken(desk: &Desk<'_>, heard: &Heard) -> bool {
    desk.ability(&heard.from).is_some_and(|ability| ability.inline)
}

/// A file, with words that go the way of all words.
fn attached(desk: &mut Desk<'_>, worker: &Worker, file: Attachment, words: &str) {
    let mut contact = if words.trim().is_empty() {
        current(desk).unwrap_or_else(|| opened(desk, worker))
    } else {
        let (number, words) = several::numbered(desk, words);
        let (mut contact, read) = belongs_to(desk, worker, number, words);
        if let Some(read) = read {
            said(desk, &mut contact, read);
        }
        contact
    };
    attachment::from_worker(desk, &mut contact, file);
    desk.keep(&contact);
}

/// Words written while nobody has the contact yet: kept for whoever takes it.
fn added(desk: &mut Desk<'_>, contact: &mut Contact, understood: &Understood) {
    reading::add_later(contact, &understood.masked, desk.now());
    if understood.has(Flag::SelfHarm) && !contact.urgent {
        return match contact.position {
            Some(_) => talk::advance(desk, contact, Input::Text(understood)),
            None => talk::begin(desk, contact, Some(understood)),
        };
    }
    let number = contact.number.to_string();
    let text = desk.say(Phrase::WorkerAdded, contact.lang, &[("number", &number)]);
    desk.tell_worker(contact, Sort::Notice, &text);
}

/// A message was changed: whoever has the contact reads the new words, the line itself understands
/// them anew. A change of a finished matter opens nothing.
fn edited(desk: &mut Desk<'_>, text: &str) {
    let (number, text) = several::numbered(desk, text);
    let Some(mut contact) = several::meant(desk, number).map(|meant| followed(desk, meant.contact.clone())) else { return };
    let read = reading::read(desk, desk.line(&contact), text);
    let words = read.understood.masked.clone();
    desk.log(&contact, Author::Worker, Happened::Edited { words: words.clone() });
    match contact.stage {
        Stage::Held => relay::correction(desk, &contact, &words),
        Stage::Promised | Stage::Waiting => reading::add_later(&mut contact, &words, desk.now()),
        Stage::Asking | Stage::Closed => talk::advance(desk, &mut contact, Input::Text(&read.understood)),
    }
    desk.keep(&contact);
}

fn deleted(desk: &mut Desk<'_>) {
    let Some(contact) = current(desk) else { return };
    desk.log(&contact, Author::Worker, Happened::Deleted);
    relay::deletion(desk, &contact);
    desk.keep(&contact);
}

fn note_findings(desk: &mut Desk<'_>, contact: &mut Contact, understood: &Understood) {
    let flags: Vec<String> = understood.flags.iter().map(|flag| flag.code().to_owned()).collect();
    let found = !flags.is_empty() || !understood.topics.is_empty() || understood.places != Places::default();
    if found {
        let need = understood.need();
        desk.log(contact, Author::Line, Happened::Understood { need, flags, among: understood.places.candidates.clone() });
    }
}

/// A pressed button belongs to the contact of its message, however late.
fn choice_heard(desk: &mut Desk<'_>, worker: &Worker, step: &str, value: &str) {
    if wish::pressed(desk, worker, step, value) {
        return;
    }
    let Some(contact) = desk.situation.named.clone().or_else(|| desk.situation.contact.clone()) else {
        return answer_without_contact(desk, worker, Phrase::WorkerPressedLate, &[]);
    };
    if !contact.is_open() {
        return finish::pressed_after(desk, contact, step, value);
    }
    let mut contact = followed(desk, contact);
    contact.heard_at = Some(desk.now());
    let input = Input::Choice { step: step.to_owned(), value: value.to_owned() };
    let chosen = talk::chosen(desk, &contact, &input);
    let late = chosen.is_none();
    desk.log(&contact, Author::Worker, Happened::Heard { words: chosen.unwrap_or_else(|| format!("[{value}]")) });
    if late && wish::tell_of_person(desk, &contact) {
        return desk.keep(&contact);
    }
    talk::advance(desk, &mut contact, input);
    desk.keep(&contact);
}

fn unsupported(desk: &mut Desk<'_>, worker: &Worker, kind: &str) {
    let phrase = match kind {
        Said::LARGE_FILE => Phrase::LargeFile,
        Said::UNREADABLE => Phrase::Unreadable,
        _ if desk.hears_files() => Phrase::WorkerUnsupported,
        _ => Phrase::WorkerNoFiles,
    };
    if let Some(mut contact) = current(desk) {
        desk.log(&contact, Author::Worker, Happened::Heard { words: format!("[{kind}]") });
        if kind == Said::UNREADABLE {
            relay::unreadable(desk, &mut contact);
        }
        let text = desk.say(phrase, contact.lang, &[]);
        desk.tell_worker(&contact, Sort::Notice, &text);
        desk.keep(&contact);
    } else {
        answer_without_contact(desk, worker, phrase, &[]);
    }
}

/// Answers something that opens no contact: there is nothing in it to log.
fn answer_without_contact(desk: &mut Desk<'_>, worker: &Worker, phrase: Phrase, names: &[(&str, &str)]) {
    let text = desk.say(phrase, worker.lang, names);
    desk.send(&worker.address, None, None, worker.lang, Sort::Notice, Body::text(text));
}

/// A new contact of this worker, not yet logged or routed.
pub(super) fn opened(desk: &mut Desk<'_>, worker: &Worker) -> Contact {
    let medium = desk.ability(&worker.address).map_or(Medium::Chat, |ability| ability.medium);
    let id = ContactId(desk.name());
    let before = desk.situation.contact.as_ref();
    let via = desk.event.via().cloned().unwrap_or_default();
    let line = via.own.as_deref().and_then(|number| desk.handbook.line_of_number(number)).cloned();
    Contact {
        id,
        number: desk.situation.next_number,
        worker: worker.id,
        worker_name: worker.organisation.clone(),
        address: worker.address.clone(),
        medium,
        lang: worker.lang,
        line,
        stage: Stage::Asking,
        owner: None,
        epoch: 0,
        next_step: 0,
        chain: None,
        need: Need::default(),
        question: None,
        position: None,
        urgent: false,
        opened_at: desk.now(),
        changed_at: desk.now(),
        answered_at: None,
        promise_due: None,
        heard_at: Some(desk.now()),
        told_at: None,
        closed_at: None,
        outcome: None,
        reason: None,
        review: Review::New,
        told_personal_data: false,
        told_seen: false,
        added: Vec::new(),
        told_unreadable: false,
        fruitless: before.map_or(0, |contact| contact.fruitless),
        last_words: before.and_then(|contact| contact.last_words.clone()),
        asked_outcome: false,
        told_late: false,
        attachments: Vec::new(),
        own: via.own,
        call: via.call,
        queue: None,
        lost_at: Vec::new(),
        posts: Vec::new(),
        room: None,
        beside: before.is_some_and(|contact| contact.is_open() || contact.beside),
    }
}

/// Where a worker can be written to once a call is over: by SMS to the same number.
pub(super) fn written_address(desk: &Desk<'_>, address: &Address) -> Option<Address> {
    let channel = desk.handbook.channel_of(Medium::Sms)?;
    address.takes_messages().then(|| Address::new(channel, address.handle.clone()))
}
