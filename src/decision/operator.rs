//! What an operator wrote or pressed: a command, or words for a worker.

use super::hand_over::{self, OFFER, TAKE};
use super::own::{self, Meant};
use super::{attachment, callback, code, desk::Desk, finish, leave, point, recipient, relay, rest, room, shift, swap, take};
use crate::domain::{Author, Barrier, Bilingual, Contact, Happened, Heard, Lang, Offer, OfferState, OperatorId, Outcome, Said, Sort};
use crate::handbook::{Command, Phrase};
use crate::routing::duty;
use crate::understanding;

/// Contacts listed in one message; a longer list is not read.
const LISTED_MAX: usize = 20;

/// Decides what an operator's words or button mean.
pub(super) fn heard(desk: &mut Desk<'_>, operator: &OperatorId, heard: &Heard) {
    if heard.said == Said::Blocked {
        return point::barred(desk, operator, &heard.from, Barrier::Blocked);
    }
    if heard.said == Said::NewKeys {
        return point::new_keys(desk, operator, &heard.from);
    }
    point::heard_from(desk, operator, &heard.from);
    if let Said::Text(text) | Said::Edited(text) = &heard.said
        && code::written(desk, operator, &heard.from, text)
    {
        return;
    }
    match &heard.said {
        Said::Text(text) => text_heard(desk, operator, text),
        Said::NotAlone => tell(desk, operator, Phrase::NotAlone, &[]),
        Said::Attached { file, words } => attachment::from_operator(desk, operator, *file, words),
        Said::Edited(text) => edited(desk, operator, text),
        Said::Deleted => deleted(desk, operator),
        Said::Choice { step, value } => choice_heard(desk, operator, heard, step, value),
        Said::Unsupported(kind) if kind == Said::LARGE_FILE => tell(desk, operator, Phrase::LargeFile, &[]),
        Said::Unsupported(kind) if kind == Said::UNREADABLE => tell(desk, operator, Phrase::Unreadable, &[]),
        Said::Unsupported(_) if desk.hears_files() => tell(desk, operator, Phrase::Unsupported, &[]),
        Said::Unsupported(_) => tell(desk, operator, Phrase::NoFiles, &[]),
        Said::Keys(keys) => text_heard(desk, operator, keys),
        Said::Called | Said::Silence | Said::Recorded { .. } | Said::SignedIn | Said::NotSignedIn | Said::LockedOut { .. } | Said::HungUp | Said::Back { .. } | Said::Blocked | Said::Unblocked | Said::NewKeys => {}
    }
}

pub(super) fn tell(desk: &mut Desk<'_>, operator: &OperatorId, phrase: Phrase, names: &[(&str, &str)]) {
    let text = desk.say(phrase, desk.lang_of(operator), names);
    desk.tell_operator(operator, None, Sort::Answer, &text);
}

fn choice_heard(desk: &mut Desk<'_>, operator: &OperatorId, heard: &Heard, step: &str, value: &str) {
    match step {
        shift::SHIFT => return shift::answered(desk, operator, value),
        rest::REST => return rest::pressed(desk, operator, value),
        swap::SWAP => return swap::pressed(desk, operator, value),
        _ => {}
    }
    let Some(contact) = desk.situation.contact.clone() else {
        return tell(desk, operator, Phrase::NothingOffered, &[]);
    };
    if step == recipient::RECIPIENT {
        return recipient::pressed(desk, operator, &contact, value);
    }
    if step == finish::OUTCOME {
        return close_held(desk, operator, Meant::This(Box::new(contact)), value, Outcome::from_code(value));
    }
    let offer = desk.situation.offers.iter().find(|offer| Some(offer.letter) == heard.about && offer.operator == *operator).cloned();
    match offer {
        Some(offer) if step == OFFER && value == TAKE => take::take(desk, contact, &offer, operator),
        Some(offer) if step == OFFER => take::decline(desk, contact, &offer, operator),
        None if let Some(post) = heard.about.filter(|about| step == OFFER && room::is_post(&contact, *about)) => room::pressed(desk, contact, post, operator),
        _ => tell(desk, operator, Phrase::NothingOffered, &[]),
    }
}

fn text_heard(desk: &mut Desk<'_>, operator: &OperatorId, text: &str) {
    let known: Vec<i64> = own::held_numbers(desk);
    let (number, rest) = own::leading_number(text, &known);
    let command = desk.handbook.wording.commands.find(rest).or_else(|| swap::said(desk, operator, rest)).or_else(|| plainly_meant(desk, operator, rest));
    match command {
        Some((Command::Agree | Command::Refuse, "")) if number.is_some() => words_for_worker(desk, operator, number, rest),
        Some((command @ (Command::Agree | Command::Refuse), "")) if !rest.starts_with('/') => agreement(desk, operator, command, rest),
        Some((command, words)) => ordered(desk, operator, command, number, words),
        None if let Some((answer, more)) = desk.handbook.wording.replies.find(rest) => ready_answer(desk, operator, number, answer, more),
        None if rest.trim_start().starts_with('/') => {
            let word = rest.split_whitespace().next().unwrap_or_default().chars().take(40).collect::<String>();
            tell(desk, operator, Phrase::UnknownCommand, &[("word", &word)]);
        }
        // A machine's note is for nobody.
        None if desk.handbook.wording.is_automatic(rest) => {}
        None if let Some(outcome) = outcome_asked_for(desk, number, rest) => close_held(desk, operator, own::meant(desk, number), "", Some(outcome)),
        None => words_for_worker(desk, operator, number, rest),
    }
}

/// A command without its slash whose words leave no doubt: sent on, they would tell a worker what is
/// not meant for one. Everything else is an answer.
fn plainly_meant<'a>(desk: &Desk<'_>, operator: &OperatorId, text: &'a str) -> Option<(Command, &'a str)> {
    let (command, words) = desk.handbook.wording.commands.begins(text)?;
    let meant = match command {
        Command::Note => true,
        Command::Swap => ["s ", "se ", "with "].iter().any(|with| words.starts_with(with)) || words.starts_with(|sign: char| sign.is_ascii_digit()),
        Command::Pause => words.split_whitespace().count() <= 2,
        Command::Close => desk.handbook.wording.commands.outcome(words).is_some(),
        Command::HandOver => recipient::is_named(desk, operator, words),
        _ => false,
    };
    meant.then_some((command, words))
}

/// The outcome that answers the question how a contact ended: its word or number alone.
fn outcome_asked_for(desk: &Desk<'_>, number: Option<i64>, text: &str) -> Option<Outcome> {
    let Meant::This(contact) = own::meant(desk, number) else { return None };
    let (outcome, more) = desk.handbook.wording.commands.outcome(text)?;
    (contact.asked_outcome && more.is_empty()).then_some(outcome)
}

/// "Souhlasím" alone: said to a worker, or about a swap of shifts.
fn agreement(desk: &mut Desk<'_>, operator: &OperatorId, command: Command, text: &str) {
    match swap::meant(desk, operator) {
        swap::Meant::Swap => swap::answered(desk, operator, command == Command::Agree, ""),
        swap::Meant::Other => words_for_worker(desk, operator, None, text),
        swap::Meant::Either(number, day) => {
            let names = [("day", &*day), ("number", &*number.to_string()), ("words", text)];
            tell(desk, operator, Phrase::SwapOrContact, &names);
        }
    }
}

/// Sends an answer the operator has ready, in the worker's language, with the operator's own words behind it.
fn ready_answer(desk: &mut Desk<'_>, operator: &OperatorId, number: Option<i64>, answer: &Bilingual, more: &str) {
    let (after, more) = own::leading_number(more, &own::held_numbers(desk));
    let meant = own::meant(desk, number.or(after));
    on_meant(desk, operator, meant, |desk, mut contact| {
        let words = format!("{} {more}", answer.get(contact.lang));
        relay::to_worker(desk, &mut contact, operator, Phrase::WorkerRelay, words.trim());
    });
}

/// The operator changed a message: the worker gets the right words. A command is not run again.
fn edited(desk: &mut Desk<'_>, operator: &OperatorId, text: &str) {
    let (number, rest) = own::leading_number(text, &own::held_numbers(desk));
    if desk.handbook.wording.commands.find(rest).is_some() || swap::said(desk, operator, rest).is_some() || rest.starts_with('/') || rest.trim().is_empty() {
        return tell(desk, operator, Phrase::EditedCommand, &[]);
    }
    let meant = own::meant(desk, number);
    on_meant(desk, operator, meant, |desk, mut contact| relay::to_worker(desk, &mut contact, operator, Phrase::WorkerRelayEdited, rest));
}

/// The operator took a message back: what was read cannot be unread, so the worker is told.
fn deleted(desk: &mut Desk<'_>, operator: &OperatorId) {
    let meant = own::meant(desk, None);
    if matches!(meant, Meant::Nothing) {
        return;
    }
    on_meant(desk, operator, meant, |desk, mut contact| {
        if relay::reachable(desk, &mut contact) {
            let text = desk.say(Phrase::WorkerRelayDeleted, contact.lang, &[("who", &relay::who(desk, &contact))]);
            desk.tell_worker(&contact, Sort::Relay, &text);
            desk.keep(&contact);
        }
    });
}

fn ordered(desk: &mut Desk<'_>, operator: &OperatorId, command: Command, number: Option<i64>, words: &str) {
    let known = match command {
        Command::Take | Command::Decline => desk.situation.offered.iter().map(|(contact, _)| contact).chain(&desk.situation.named).map(|contact| contact.number).collect(),
        _ => own::held_numbers(desk),
    };
    let (after, words) = own::leading_number(words, &known);
    let number = number.or(after);
    match command {
        Command::Take | Command::Decline if number.is_none() && swap::is_offered(desk, operator) => {
            swap::answered(desk, operator, command == Command::Take, words);
        }
        Command::Take => answer_offer(desk, operator, number, take::take),
        Command::Decline => answer_offer(desk, operator, number, take::decline),
        Command::Note => note(desk, operator, number, words),
        Command::HandOver => recipient::wanted(desk, operator, number, words),
        Command::PassAll => shift::pass_all(desk, operator),
        Command::Close => {
            let (outcome, reason) = desk.handbook.wording.commands.outcome(words).map_or((None, words), |(outcome, reason)| (Some(outcome), reason));
            let meant = own::meant(desk, number);
            close_held(desk, operator, meant, reason, outcome);
        }
        Command::CallBack => {
            let meant = own::meant(desk, number);
            on_meant(desk, operator, meant, |desk, contact| callback::wanted(desk, operator, &contact));
        }
        Command::Pause => rest::wanted(desk, operator, number, words),
        Command::Resume => rest::ends(desk, operator),
        Command::Shifts => {
            let text = swap::shifts_in_words(desk, operator);
            desk.tell_operator(operator, None, Sort::Answer, &text);
        }
        Command::Swap => swap::wanted(desk, operator, words),
        Command::Agree => swap::answered(desk, operator, true, words),
        Command::Refuse => swap::answered(desk, operator, false, words),
        Command::Unswap => swap::taken_back(desk, operator, words),
        Command::Who => who(desk, operator),
        Command::Open => open(desk, operator),
        Command::Offers => offers(desk, operator),
        Command::Replies => {
            let list = desk.handbook.wording.replies.list(desk.lang_of(operator));
            tell(desk, operator, Phrase::Replies, &[("list", &list)]);
        }
        Command::Leave => leave::leave(desk, operator),
        Command::Help => tell(desk, operator, Phrase::Help, &[]),
    }
}

/// Takes or declines the offer that is meant: by number, the message answered, or the newest open one.
fn answer_offer(desk: &mut Desk<'_>, operator: &OperatorId, number: Option<i64>, answer: fn(&mut Desk<'_>, Contact, &Offer, &OperatorId)) {
    let offered = &desk.situation.offered;
    let about = desk.situation.contact.as_ref().map(|contact| contact.id);
    let wanted = |contact: &Contact| number.map_or_else(|| about.is_none_or(|about| about == contact.id), |number| contact.number == number);
    let open = offered.iter().rev().find(|(contact, offer)| wanted(contact) && offer.state == OfferState::Open);
    let found = open.or_else(|| offered.iter().rev().find(|(contact, _)| wanted(contact)));
    match found.cloned() {
        Some((contact, offer)) if offer.state == OfferState::Open || contact.owner.as_ref() != Some(operator) => answer(desk, contact, &offer, operator),
        Some((contact, _)) => tell(desk, operator, Phrase::AlreadyYours, &[("number", &contact.number.to_string())]),
        None => not_offered(desk, operator, number),
    }
}

/// Says of a contact that is not offered to the operator who has it.
fn not_offered(desk: &mut Desk<'_>, operator: &OperatorId, number: Option<i64>) {
    let contact = match number {
        Some(number) => desk.situation.named.as_ref().filter(|contact| contact.number == number),
        None => desk.situation.contact.as_ref(),
    };
    let Some(contact) = contact else { return tell(desk, operator, Phrase::NothingOffered, &[]) };
    let (number, owner) = (contact.number.to_string(), contact.owner.clone().filter(|_| contact.is_open()));
    match owner {
        Some(owner) if owner == *operator => tell(desk, operator, Phrase::AlreadyYours, &[("number", &number)]),
        Some(owner) => {
            let (who, me) = (desk.called(&owner), desk.called(operator));
            tell(desk, operator, Phrase::AlreadyTaken, &[("number", &number), ("who", &who), ("example", &me)]);
        }
        None if contact.is_open() => tell(desk, operator, Phrase::NotOffered, &[("number", &number)]),
        None => tell(desk, operator, Phrase::NoLonger, &[("number", &number)]),
    }
}

/// Runs `act` on the contact that is meant, or says why it is not clear.
pub(super) fn on_meant(desk: &mut Desk<'_>, operator: &OperatorId, meant: Meant, act: impl FnOnce(&mut Desk<'_>, Contact)) {
    match meant {
        Meant::This(contact) => act(desk, *contact),
        unclear => own::explain(desk, operator, &unclear),
    }
}

fn words_for_worker(desk: &mut Desk<'_>, operator: &OperatorId, number: Option<i64>, words: &str) {
    let meant = own::meant(desk, number);
    if words.trim().is_empty() {
        return tell(desk, operator, Phrase::Help, &[]);
    }
    on_meant(desk, operator, meant, |desk, mut contact| relay::to_worker(desk, &mut contact, operator, Phrase::WorkerRelay, words));
}

fn note(desk: &mut Desk<'_>, operator: &OperatorId, number: Option<i64>, words: &str) {
    if words.is_empty() {
        return tell(desk, operator, Phrase::NoteEmpty, &[]);
    }
    let meant = own::meant(desk, number);
    on_meant(desk, operator, meant, |desk, contact| {
        let words = understanding::mask(words).text;
        desk.log(&contact, Author::Operator(operator.clone()), Happened::Noted { words });
        tell(desk, operator, Phrase::Noted, &[("number", &contact.number.to_string())]);
        desk.keep(&contact);
    });
}

fn close_held(desk: &mut Desk<'_>, operator: &OperatorId, meant: Meant, reason: &str, outcome: Option<Outcome>) {
    on_meant(desk, operator, meant, |desk, mut contact| match outcome {
        _ if contact.owner.as_ref() == Some(operator) && !contact.is_open() => {
            let outcome = contact.outcome.map_or("", |outcome| outcome.label(desk.lang_of(operator)));
            tell(desk, operator, Phrase::Closed, &[("number", &contact.number.to_string()), ("outcome", outcome)]);
        }
        _ if contact.owner.as_ref() != Some(operator) => {
            tell(desk, operator, Phrase::NotYours, &[("number", &contact.number.to_string())]);
        }
        Some(outcome) => {
            let reason = if Outcome::from_code(reason).is_some() { "" } else { reason };
            finish::by_operator(desk, &mut contact, operator, outcome, reason);
            desk.keep(&contact);
        }
        None => {
            finish::ask_outcome(desk, &mut contact, operator, Phrase::AskOutcome);
            desk.keep(&contact);
        }
    });
}

fn who(desk: &mut Desk<'_>, operator: &OperatorId) {
    let lang = desk.lang_of(operator);
    let lines: Vec<String> = desk.handbook.book.lines.iter().map(|line| who_on(desk, line, lang)).collect();
    tell(desk, operator, Phrase::WhoIsOn, &[("lines", &lines.join("\n"))]);
}

fn who_on(desk: &Desk<'_>, line: &crate::routing::Line, lang: Lang) -> String {
    let now = duty(line, desk.now());
    let name = line.name.get(lang);
    if !now.open {
        let next = now.next_open.map(|at| desk.when(Some(line), at, lang)).unwrap_or_default();
        return desk.say(Phrase::WhoNobody, lang, &[("line", name), ("next", &next)]);
    }
    let people: Vec<String> = desk.duty(line).on_duty.iter().map(|person| desk.called(&person.operator)).collect();
    if people.is_empty() { desk.say(Phrase::WhoGap, lang, &[("line", name)]) } else { format!("{name}: {}", people.join(", ")) }
}

fn open(desk: &mut Desk<'_>, operator: &OperatorId) {
    let lang = desk.lang_of(operator);
    let list: Vec<String> = desk.situation.held.iter().map(|contact| listed(desk, contact, lang)).collect();
    if list.is_empty() {
        return tell(desk, operator, Phrase::ContactsNone, &[]);
    }
    tell(desk, operator, Phrase::Contacts, &[("list", &list.join("\n"))]);
}

/// One contact of a list.
fn listed(desk: &Desk<'_>, contact: &Contact, lang: Lang) -> String {
    let (number, need) = (contact.number.to_string(), hand_over::need(desk, contact, lang));
    if contact.urgent { desk.say(Phrase::ListedUrgent, lang, &[("number", &number), ("need", &need)]) } else { format!("#{number} {need}") }
}

/// Lists what was offered to the operator and nobody has taken: where a life may be in danger, then the
/// longest waiting.
fn offers(desk: &mut Desk<'_>, operator: &OperatorId) {
    let lang = desk.lang_of(operator);
    let open = desk.situation.offered.iter().filter(|(contact, offer)| offer.state == OfferState::Open && contact.is_open());
    let mut contacts: Vec<&Contact> = open.map(|(contact, _)| contact).collect();
    contacts.sort_by_key(|contact| (!contact.urgent, contact.number));
    contacts.dedup_by_key(|contact| contact.number);
    let list: Vec<String> = contacts.iter().take(LISTED_MAX).map(|contact| listed(desk, contact, lang)).collect();
    if list.is_empty() {
        return tell(desk, operator, Phrase::NothingOffered, &[]);
    }
    let mut text = desk.say(Phrase::Offers, lang, &[("list", &list.join("\n"))]);
    if contacts.len() > LISTED_MAX {
        let names = [("number", &*LISTED_MAX.to_string()), ("all", &*contacts.len().to_string())];
        text = format!("{text}\n{}", desk.say(Phrase::OffersMore, lang, &names));
    }
    desk.tell_operator(operator, None, Sort::Answer, &text);
}
