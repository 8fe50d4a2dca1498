//! A channel tells how a letter fares. What failed goes on by the next way, or a
//! person is told: nothing is lost in silence.

use super::{desk::Desk, hand_over, link, phone, point, relay, room, swap, take};
use crate::domain::{Address, Author, Barrier, Bilingual, Body, Contact, Delivery, Effect, Happened, Lang, Letter, LetterId, LineId, Offer, OfferState, OperatorId, Repeat, Reported, Sort, Spent, Stage, Warned};
use crate::handbook::Phrase;
use crate::routing::Line;
use chrono::TimeDelta;

/// Moves the letter's state and decides what follows from it.
pub(super) fn reported(desk: &mut Desk<'_>, report: &Reported) {
    if report.spent != Spent::default() {
        desk.push(Effect::Spend { day: desk.handbook.local_day(desk.now()), spent: report.spent });
    }
    let Some(letter) = desk.situation.letter.clone() else { return };
    let delivery = letter.delivery.after(report.delivery);
    let named = report.reference.is_some() && report.reference != letter.reference;
    if delivery != letter.delivery || named {
        let (error, reference) = (report.error.clone(), report.reference.clone());
        desk.push(Effect::Mark { letter: letter.id, delivery, error, due_at: report.again_at, reference, uncounted: report.throttled });
    }
    // Nobody knows, and nobody is left to ask: only now people are told.
    let given_up = report.delivery == Delivery::Unknown && delivery == Delivery::Unknown && !report.asked;
    if report.asked || (delivery == letter.delivery && !given_up) {
        return;
    }
    if report.barrier == Some(Barrier::OptedOut) {
        desk.push(Effect::OptOut { address: letter.to.clone(), own: letter.own.clone(), since: Some(desk.now()) });
    }
    if report.filtered {
        filtered(desk, &letter);
    }
    if let Some(repeat) = report.repeat.filter(|repeat| delivery == Delivery::Failed && letter.attempts < repeat.attempts_max) {
        return once_more(desk, &letter, repeat);
    }
    let contact = desk.situation.contact.clone();
    if let Some(mut contact) = contact.clone()
        && delivery == Delivery::Read
        && letter.operator.is_some()
        && matches!(letter.sort, Sort::Offer | Sort::Relay)
    {
        return relay::seen(desk, &mut contact);
    }
    if !matches!(delivery, Delivery::Failed | Delivery::Unknown) {
        return;
    }
    if let (Some(operator), Some(barrier)) = (&letter.operator, report.barrier)
        && desk.operator(operator).is_some_and(|operator| operator.addresses.contains(&letter.to))
    {
        point::barred(desk, operator, &letter.to, barrier);
    }
    match contact {
        Some(contact) => missed(desk, contact, &letter, report),
        None => missed_notice(desk, &letter, report.barrier),
    }
}

/// Somebody on the way takes the line's messages for unwanted: only a person can talk to them, and is
/// told once a day.
fn filtered(desk: &mut Desk<'_>, letter: &Letter) {
    let key = format!("filtered:{}", letter.own.as_deref().unwrap_or(&letter.to.channel));
    warn(desk, key, |desk, _, lang| desk.say(Phrase::Filtered, lang, &[("point", letter.to.label(lang))]));
}

/// Nothing can be written to a line's room: everybody was asked alone as well, and the coordinator is
/// told once a day.
fn room_missed(desk: &mut Desk<'_>, contact: &Contact, letter: &Letter) {
    desk.keep(contact);
    warn(desk, format!("room:{}", letter.to), |desk, line, lang| desk.say(Phrase::RoomLost, lang, &[("line", line.name.get(lang))]));
}

/// Tells the coordinator, once a day.
fn warn(desk: &mut Desk<'_>, key: String, words: impl Fn(&Desk<'_>, &Line, Lang) -> String) {
    let line = desk.situation.contact.as_ref().and_then(|contact| desk.line(contact)).or_else(|| desk.handbook.book.lines.first());
    let Some(line) = line.filter(|_| !desk.situation.warned.iter().any(|warned| warned.key == key)) else { return };
    let coordinator = desk.coordinator(line);
    let text = words(desk, line, desk.lang_of(coordinator));
    desk.tell_operator(coordinator, None, Sort::Notice, &text);
    desk.push(Effect::Warned(Warned { key, line: LineId::new(line.id.as_str()), first_at: desk.now(), again_at: None }));
}

/// What did not arrive is sent again later, as a letter of its own: the fate of this one stays.
fn once_more(desk: &mut Desk<'_>, letter: &Letter, repeat: Repeat) {
    let id = LetterId(desk.name());
    let due_at = desk.after(TimeDelta::seconds(repeat.after_s.into()));
    let again = Letter {
        id,
        cause: desk.event.key.clone(),
        created_at: desk.now(),
        due_at,
        delivery: Delivery::Queued,
        reference: None,
        ..letter.clone()
    };
    for offer in desk.situation.offers.iter().filter(|offer| offer.letter == letter.id && offer.state == OfferState::Open) {
        desk.push(Effect::Offer(Offer { letter: id, ..offer.clone() }));
        desk.push(Effect::Offer(Offer { state: OfferState::Gone, ..offer.clone() }));
    }
    if let (Body::Ring { seconds, .. }, Some(contact)) = (&again.body, desk.situation.contact.clone()) {
        phone::sweep(desk, &contact, id, &again.to, *seconds);
    }
    desk.push(Effect::Send(again));
}

/// A letter about a contact did not arrive, or nobody knows whether it did.
fn missed(desk: &mut Desk<'_>, mut contact: Contact, letter: &Letter, report: &Reported) {
    desk.log(&contact, Author::Line, Happened::Delivered { letter: letter.id, delivery: report.delivery, error: report.error.clone() });
    match (&letter.body, &letter.operator) {
        (Body::Ring { .. }, _) => {
            let rang = report.reference.is_some();
            let why = if rang { Bilingual::new("Nebere telefon.", "No answer.") } else { Bilingual::new("Telefon nejde vytočit.", "The phone cannot be rung.") };
            phone::not_taken(desk, &mut contact, letter.id, why);
        }
        (Body::Text { .. }, Some(operator)) => operator_missed(desk, &mut contact, letter, operator),
        (Body::Text { .. }, None) if room::is_post(&contact, letter.id) => return room_missed(desk, &contact, letter),
        (Body::Text { .. }, None) => worker_missed(desk, &mut contact, letter, report.barrier),
        (Body::Rewrite { .. } | Body::Join { .. } | Body::HangUp, _) => return,
    }
    desk.keep(&contact);
}

/// A letter did not reach an operator: his next contact point is tried, else the next person, and
/// the coordinator learns of it.
fn operator_missed(desk: &mut Desk<'_>, contact: &mut Contact, letter: &Letter, operator: &OperatorId) {
    let next = next_point(desk, letter, operator);
    let offer = desk.situation.offers.iter().find(|offer| offer.letter == letter.id && offer.state == OfferState::Open).cloned();
    match (next, offer) {
        (Some(address), Some(offer)) => {
            desk.offer(contact, operator, offer.letter, OfferState::Gone);
            hand_over::offer_at(desk, contact, operator, &address, hand_over::wording(contact));
        }
        (Some(address), None) => {
            desk.send(&address, Some(contact), Some(operator), letter.lang, letter.sort, letter.body.clone());
        }
        (None, Some(offer)) => {
            point::out_of_reach(desk, operator, letter, Some(contact));
            take::refused(desk, contact, &offer, Bilingual::new("Zprávu nejde doručit.", "The message cannot be delivered."));
            pass_on_from_coordinator(desk, contact, operator);
        }
        (None, None) => {
            hand_over::nobody(desk, contact, Bilingual::new("Zprávu operátorovi nejde doručit.", "The message to the operator cannot be delivered."));
            point::out_of_reach(desk, operator, letter, Some(contact));
            if contact.stage == Stage::Held && contact.owner.as_ref() == Some(operator) {
                give_to_others(desk, contact, operator);
            }
        }
    }
}

/// The end of the chain could not be reached: another line's coordinator is asked.
fn pass_on_from_coordinator(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId) {
    let coordinates = desk.line(contact).is_some_and(|line| line.coordinator_at(desk.now()).unwrap_or(&line.coordinator) == operator);
    if let Some(next) = desk.coordinator_after(operator).filter(|next| coordinates && contact.owner.is_none() && !desk.asks(next, contact)) {
        hand_over::offer_to(desk, contact, next, Phrase::OfferCoordinator);
    }
}

/// Whoever has the contact cannot be reached: it is offered to others, as after a long silence.
fn give_to_others(desk: &mut Desk<'_>, contact: &mut Contact, owner: &OperatorId) {
    let name = desk.called(owner);
    let why = Bilingual::new(format!("{name}: zprávy nedojdou, nabízíme dalším."), format!("{name}: messages do not arrive, offering it to others."));
    desk.log(contact, Author::Line, Happened::Escalated { why });
    hand_over::again(desk, contact);
}

/// Where a letter goes that did not arrive: to the points behind that one, and when nothing at all
/// arrives there, round to those before it. Each failure of that kind leaves one point fewer.
fn next_point(desk: &Desk<'_>, letter: &Letter, operator: &OperatorId) -> Option<Address> {
    let points = desk.every_written_point(operator);
    let Some(tried) = points.iter().position(|point| *point == letter.to) else {
        // What was written in a room of many goes to the person alone.
        return points.into_iter().find(|point| !desk.is_barred(operator, point));
    };
    let (before, after) = points.split_at_checked(tried)?;
    let before = if desk.is_barred(operator, &letter.to) { before } else { &[] };
    after.iter().skip(1).chain(before).find(|point| !desk.is_barred(operator, point)).cloned()
}

/// A letter that is about no contact did not arrive. A code goes nowhere else: it proves one address.
fn missed_notice(desk: &mut Desk<'_>, letter: &Letter, barrier: Option<Barrier>) {
    let (Body::Text { step, .. }, Some(operator)) = (&letter.body, &letter.operator) else { return };
    let next = next_point(desk, letter, operator);
    if swap::missed(desk, letter, next.as_ref()) {
        return;
    }
    match next {
        _ if step == point::CODE || letter.body.answers_keyword() => {}
        Some(address) => {
            desk.send(&address, None, Some(operator), letter.lang, letter.sort, letter.body.clone());
        }
        // Who wants no messages gets no answers either, and nobody else has asked.
        None if barrier == Some(Barrier::OptedOut) && letter.sort == Sort::Answer => {}
        None => point::out_of_reach(desk, operator, letter, None),
    }
}

/// Words did not reach the worker: they go to another device, else the operator who wrote them is told.
fn worker_missed(desk: &mut Desk<'_>, contact: &mut Contact, letter: &Letter, barrier: Option<Barrier>) {
    contact.lost_at.push(letter.to.clone());
    if let Some(address) = link::elsewhere(desk, &contact.lost_at).filter(|_| contact.is_open()) {
        desk.send(&address, Some(contact), None, letter.lang, letter.sort, letter.body.clone());
        contact.medium = desk.ability(&address).map_or(contact.medium, |ability| ability.medium);
        contact.address = address;
        return;
    }
    let Some(owner) = contact.owner.clone().filter(|_| letter.sort == Sort::Relay) else { return };
    let phrase = if barrier == Some(Barrier::OptedOut) { Phrase::WorkerOptedOut } else { Phrase::NotDelivered };
    let text = desk.say(phrase, desk.lang_of(&owner), &[("number", &contact.number.to_string())]);
    desk.tell_operator(&owner, Some(contact), Sort::Notice, &text);
}
