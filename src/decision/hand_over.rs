//! Finding somebody who takes a contact: offers to those on duty, one step of the
//! line's chain after another, and at its end the coordinator.

use super::{call, desk::Desk, own, phone, promise, reading, room};
use crate::domain::{Address, Alarm, Author, Bilingual, Body, Choice, Contact, Destination, Effect, Expects, Happened, Lang, LetterId, LineId, OfferState, OperatorId, Sort, Stage};
use crate::handbook::Phrase;
use crate::routing::{Duty, Escalation, Line, Target, explain, explain_cover, reach};
use chrono::TimeDelta;

/// The value of the button that takes a contact.
pub(super) const TAKE: &str = "take";
/// The value of the button that declines one.
pub(super) const DECLINE: &str = "decline";
/// How soon an urgent contact nobody took is offered again, how often so soon, and how soon then.
const URGENT_AGAIN: TimeDelta = TimeDelta::minutes(5);
const URGENT_ROUNDS: u32 = 6;
const URGENT_LATER: TimeDelta = TimeDelta::minutes(30);
/// The question these buttons belong to.
pub(super) const OFFER: &str = "offer";

/// How a call is to be offered.
#[derive(Clone, Copy)]
pub(super) struct Ringing {
    pub(super) together: bool,
    pub(super) ring_seconds: u32,
    pub(super) queue_seconds_max: u32,
}

/// Starts looking for an operator. A call in progress rings, everything else is offered in writing.
pub(super) fn begin(desk: &mut Desk<'_>, contact: &mut Contact, ringing: Ringing) {
    contact.epoch += 1;
    contact.owner = None;
    contact.stage = Stage::Waiting;
    contact.next_step = 0;
    desk.push(Effect::Clear(contact.id));
    log_route(desk, contact);
    if call::is_going_on(desk, contact) {
        call::queue(desk, contact, ringing);
    } else {
        offer_from(desk, contact, 0);
        promise::set_timers(desk, contact);
    }
}

/// A contact its owner does not see to is taken back and offered to others.
pub(super) fn again(desk: &mut Desk<'_>, contact: &mut Contact) {
    contact.owner = None;
    contact.stage = Stage::Waiting;
    contact.epoch += 1;
    desk.push(Effect::Clear(contact.id));
    offer_from(desk, contact, 0);
    promise::set_timers(desk, contact);
}

/// A contact nobody has yet goes to the line that turned out to be the right one.
pub(super) fn to_new_line(desk: &mut Desk<'_>, contact: &mut Contact) {
    if !matches!(contact.stage, Stage::Waiting | Stage::Promised) || call::is_going_on(desk, contact) {
        return;
    }
    withdraw(desk, contact, None);
    log_route(desk, contact);
    let due = contact.promise_due;
    promise::make(desk, contact);
    // What the worker was promised stays promised.
    contact.promise_due = due.or(contact.promise_due);
}

/// Takes the contact's open offers back and tells everybody but `but`.
pub(super) fn withdraw(desk: &mut Desk<'_>, contact: &mut Contact, but: Option<&OperatorId>) {
    take_back(desk, contact, but, Phrase::NoLonger);
}

/// Takes the contact's open offers back, for whoever asks is on the phone now and phones ring instead.
pub(super) fn withdraw_for_call(desk: &mut Desk<'_>, contact: &mut Contact) {
    take_back(desk, contact, None, Phrase::CallsNow);
}

fn take_back(desk: &mut Desk<'_>, contact: &mut Contact, but: Option<&OperatorId>, phrase: Phrase) {
    desk.push(Effect::CloseOffers { contact: contact.id });
    room::gone(desk, contact);
    for other in own::others_told(desk, contact, but) {
        let text = desk.say(phrase, desk.lang_of(&other), &[("number", &contact.number.to_string())]);
        desk.tell_operator(&other, Some(contact), Sort::Notice, &text);
    }
}

/// Writes down which line is responsible and why these people are asked.
pub(super) fn log_route(desk: &mut Desk<'_>, contact: &Contact) {
    let Some(line) = desk.line(contact) else { return };
    let duty = desk.duty(line);
    let region = contact.need.destination.as_ref().and_then(Destination::region);
    let mut why = region.map_or_else(Vec::new, |region| explain_cover(&desk.handbook.book.lines, region, desk.now()));
    why.extend(explain(line, &desk.handbook.book.operators, desk.now(), &duty));
    for person in duty.on_duty.iter().filter(|person| desk.is_full(&person.operator)) {
        let name = desk.called(&person.operator);
        why.push(Bilingual::new(format!("{name} má otevřených kontaktů dost, další jdou jinam."), format!("{name} has enough open contacts, new ones go elsewhere.")));
    }
    for person in duty.on_duty.iter().filter(|person| desk.asks(&person.operator, contact)) {
        let name = desk.called(&person.operator);
        why.push(Bilingual::new(format!("{name} se ptá, odpovídá někdo jiný."), format!("{name} is the one who asks, somebody else answers.")));
    }
    for person in duty.on_duty.iter().filter(|person| desk.is_cut_off(&person.operator)) {
        let name = desk.called(&person.operator);
        why.push(Bilingual::new(format!("{name}: zprávy teď nikam nedojdou, kontakty jdou jinam."), format!("{name}: messages arrive nowhere now, contacts go elsewhere.")));
    }
    desk.log(contact, Author::Line, Happened::Routed { line: line.id.to_string(), why });
}

/// Takes the first step from `n` on that reaches somebody, and plans the next.
pub(super) fn offer_from(desk: &mut Desk<'_>, contact: &mut Contact, n: u32) {
    let Some(line) = desk.line(contact) else {
        return offer_to_coordinator(desk, contact);
    };
    if contact.stage == Stage::Promised {
        contact.stage = Stage::Waiting;
    }
    if contact.urgent {
        return alarm_all(desk, contact);
    }
    let chain = chain(contact, line, n);
    let duty = available(desk, contact);
    let coordinator = desk.coordinator_of(contact).unwrap_or(&line.coordinator);
    let first = usize::try_from(n).unwrap_or(usize::MAX);
    let Some((taken, now, people)) = chain.first_reaching(first, &duty, coordinator) else {
        return offer_to_coordinator(desk, contact);
    };
    let missed = passed_over(desk, contact, line, taken, &duty);
    if now.to == Target::Coordinator {
        if missed.is_empty() {
            return offer_to_coordinator(desk, contact);
        }
        return ask_passed_over(desk, contact, &chain, taken, &missed);
    }
    let mut people: Vec<OperatorId> = people.into_iter().cloned().collect();
    people.extend(missed.into_iter().filter(|operator| !people.contains(operator)).collect::<Vec<_>>());
    room::show(desk, contact, wording(contact));
    for operator in &people {
        offer_to(desk, contact, operator, wording(contact));
    }
    contact.next_step = u32::try_from(taken).unwrap_or(u32::MAX).saturating_add(1);
    if let Some(next) = chain.step(taken + 1) {
        let minutes = next.after_minutes.saturating_sub(now.after_minutes);
        desk.set(contact, Alarm::Escalate { step: contact.next_step }, desk.after(TimeDelta::minutes(minutes.into())));
    }
}

/// Whom an earlier step would ask by the roster as it is now, and nobody has asked: who came on duty,
/// or moved up, after that step was taken.
fn passed_over(desk: &Desk<'_>, contact: &Contact, line: &Line, taken: usize, duty: &Duty) -> Vec<OperatorId> {
    let asked = |operator: &OperatorId| desk.situation.offers.iter().any(|offer| offer.contact == contact.id && offer.operator == *operator);
    let Some(chain) = &contact.chain else { return Vec::new() };
    let earlier = (0..taken).filter_map(|n| chain.step(n)).filter(|step| step.to != Target::Coordinator);
    let mut people: Vec<OperatorId> = Vec::new();
    for operator in earlier.flat_map(|step| reach(step.to, duty, desk.coordinator(line))) {
        if contact.next_step > 0 && !asked(operator) && !people.contains(operator) {
            people.push(operator.clone());
        }
    }
    people
}

/// Asks them before the coordinator, who is asked as long after as after the step before.
fn ask_passed_over(desk: &mut Desk<'_>, contact: &mut Contact, chain: &Escalation, taken: usize, people: &[OperatorId]) {
    for operator in people {
        offer_to(desk, contact, operator, wording(contact));
    }
    contact.next_step = u32::try_from(taken).unwrap_or(u32::MAX);
    let minutes = |n: usize| chain.step(n).map_or(0, |step| step.after_minutes);
    let wait = minutes(taken).saturating_sub(taken.checked_sub(1).map_or(0, minutes)).max(1);
    desk.set(contact, Alarm::Escalate { step: contact.next_step }, desk.after(TimeDelta::minutes(wait.into())));
}

/// The chain the contact began with; at its first step that of the line as it is now. *Who* a step
/// asks is not kept: that is the roster's at the moment of the step.
fn chain(contact: &mut Contact, line: &Line, n: u32) -> Escalation {
    if n == 0 {
        contact.chain = None;
    }
    contact.chain.get_or_insert_with(|| line.escalation.clone()).clone()
}

/// A life may be in danger: everybody on duty and the coordinator are written to at every address and
/// their phones ring, again and again until somebody takes it, by day and by night.
fn alarm_all(desk: &mut Desk<'_>, contact: &mut Contact) {
    let Some(duty) = desk.duty_of(contact) else { return offer_to_coordinator(desk, contact) };
    promise::set_deadline(desk, contact);
    room::show(desk, contact, Phrase::OfferUrgent);
    for operator in alarmed(desk, contact, duty) {
        let points = desk.every_written_point(&operator);
        if points.is_empty() && desk.phone(&operator).is_none() {
            offer_to(desk, contact, &operator, Phrase::OfferUrgent);
        }
        for address in points {
            offer_at(desk, contact, &operator, &address, Phrase::OfferUrgent);
        }
        if let Some(phone) = desk.phone(&operator) {
            phone::ring(desk, contact, &operator, &phone, phone::RING_SECONDS);
        }
    }
    contact.next_step = contact.next_step.saturating_add(1);
    let again = if contact.next_step <= URGENT_ROUNDS { URGENT_AGAIN } else { URGENT_LATER };
    desk.set(contact, Alarm::Escalate { step: contact.next_step }, desk.after(again));
}

/// Everybody who is called to a life in danger.
pub(super) fn alarmed(desk: &Desk<'_>, contact: &Contact, duty: Duty) -> Vec<OperatorId> {
    let on_duty = duty.on_duty.into_iter().map(|person| person.operator);
    let mut people: Vec<OperatorId> = on_duty.chain(desk.coordinator_of(contact).cloned()).collect();
    people.sort();
    people.dedup();
    people
}

/// The words a contact is offered in.
pub(super) const fn wording(contact: &Contact) -> Phrase {
    if contact.owner.is_some() {
        Phrase::OfferHanded
    } else if contact.urgent {
        Phrase::OfferUrgent
    } else if contact.promise_due.is_some() {
        Phrase::OfferPromised
    } else {
        Phrase::Offer
    }
}

/// Those on duty who can be reached, have not declined this contact and did not fall silent over it.
fn available(desk: &Desk<'_>, contact: &Contact) -> Duty {
    let mut duty = desk.duty_of(contact).unwrap_or_default();
    let refused = |operator: &OperatorId| {
        let mut theirs = desk.situation.offers.iter().filter(|offer| offer.contact == contact.id && offer.operator == *operator);
        theirs.next_back().is_some_and(|offer| matches!(offer.state, OfferState::Declined | OfferState::Taken))
    };
    duty.on_duty.retain(|person| !refused(&person.operator) && !desk.is_full(&person.operator) && !desk.is_cut_off(&person.operator));
    duty
}

/// Asks the coordinator, and promises the worker an answer: the end of every chain.
pub(super) fn offer_to_coordinator(desk: &mut Desk<'_>, contact: &mut Contact) {
    let coordinator = desk.coordinator_of(contact).cloned();
    contact.next_step = u32::MAX;
    let untold = contact.promise_due.is_none();
    promise::set_deadline(desk, contact);
    match coordinator {
        Some(coordinator) => {
            let again = own::others_asked(desk, contact, None).contains(&coordinator);
            if !again {
                offer_to(desk, contact, &coordinator, Phrase::OfferCoordinator);
            }
        }
        None => nobody(desk, contact, Bilingual::new("Linka nemá koordinátora.", "The line has no coordinator.")),
    }
    if contact.stage == Stage::Promised {
        contact.stage = Stage::Waiting;
    }
    promise::set_timers(desk, contact);
    if untold && !call::is_going_on(desk, contact) && !contact.urgent {
        let due = contact.promise_due.map(|due| desk.by_when(desk.line(contact), due, contact.lang)).unwrap_or_default();
        let text = desk.say(Phrase::WorkerWait, contact.lang, &[("number", &contact.number.to_string()), ("due", &due)]);
        desk.tell_worker(contact, Sort::Notice, &text);
    }
}

/// Offers a contact its owner gives away; it stays with the owner until it is taken.
pub(super) fn pass_to(desk: &mut Desk<'_>, contact: &Contact, from: &OperatorId, to: &OperatorId) {
    let who = desk.called(to);
    if desk.asks(to, contact) {
        let text = desk.say(Phrase::HandOverDeclined, desk.lang_of(from), &[("number", &contact.number.to_string()), ("who", &who)]);
        desk.tell_operator(from, Some(contact), Sort::Answer, &text);
        return;
    }
    desk.log(contact, Author::Operator(from.clone()), Happened::HandedOver { to: who.clone() });
    offer_to(desk, contact, to, Phrase::OfferHanded);
    let names = [("number", &*contact.number.to_string()), ("who", &*who)];
    let text = desk.say(Phrase::HandOverAsked, desk.lang_of(from), &names);
    desk.tell_operator(from, Some(contact), Sort::Answer, &text);
}

/// Offers a contact to another line: it stays with its owner until somebody there takes it. Where
/// nobody serves now, it waits for that line's next opening.
pub(super) fn pass_to_line(desk: &mut Desk<'_>, contact: &mut Contact, from: &OperatorId, line: LineId, name: &str) {
    desk.log(contact, Author::Operator(from.clone()), Happened::HandedOver { to: name.to_owned() });
    contact.line = Some(line);
    let serving = available(desk, contact).on_duty;
    let others: Vec<OperatorId> = serving.into_iter().map(|person| person.operator).filter(|other| other != from).collect();
    let phrase = if others.is_empty() { Phrase::HandOverLine } else { Phrase::HandOverAsked };
    let names = [("number", &*contact.number.to_string()), ("line", name), ("who", name)];
    let text = desk.say(phrase, desk.lang_of(from), &names);
    for other in &others {
        offer_to(desk, contact, other, Phrase::OfferHanded);
    }
    if others.is_empty() {
        begin(desk, contact, Ringing { together: false, ring_seconds: 20, queue_seconds_max: 90 });
    } else {
        room::show(desk, contact, Phrase::OfferHanded);
    }
    desk.tell_operator(from, Some(contact), Sort::Answer, &text);
}

/// Offers a contact to one operator in writing, at the first contact point.
pub(super) fn offer_to(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phrase: Phrase) {
    let Some(address) = desk.first_point(operator) else {
        let name = desk.called(operator);
        return nobody(desk, contact, Bilingual::new(format!("{name}: chybí spojení."), format!("{name}: no contact point.")));
    };
    let letter = offer_at(desk, contact, operator, &address, phrase);
    nudge_later(desk, contact, operator, letter, 1);
}

/// Plans the next step of the operator's own rule, when there is one.
fn nudge_later(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, letter: LetterId, step: u8) {
    let steps = desk.operator(operator).map(|operator| operator.reach.as_slice()).unwrap_or_default();
    let Some((before, next)) = steps.get(usize::from(step).saturating_sub(1)).zip(steps.get(usize::from(step))) else { return };
    let minutes = next.after_minutes.saturating_sub(before.after_minutes);
    desk.set(contact, Alarm::Nudge { letter, step }, desk.after(TimeDelta::minutes(minutes.into())));
}

/// An offer is still unanswered: it goes to the operator's next contact point as well.
pub(super) fn nudge(desk: &mut Desk<'_>, contact: &Contact, letter: LetterId, step: u8) {
    let open = desk.situation.offers.iter().find(|offer| offer.letter == letter && offer.state == OfferState::Open);
    let Some(operator) = open.map(|offer| offer.operator.clone()) else { return };
    let points = desk.operator(&operator).map(|operator| (operator.reach.as_slice(), operator.addresses.as_slice()));
    let Some((reach, addresses)) = points else { return };
    let channel = reach.get(usize::from(step)).map(|reach| reach.channel.as_str());
    let arrives = |address: &&Address| Some(address.channel.as_str()) == channel && !desk.is_barred(&operator, address);
    let address = addresses.iter().find(arrives).cloned();
    if let Some(address) = address {
        if desk.ability(&address).is_some_and(|ability| ability.inline) {
            phone::ring(desk, contact, &operator, &address, phone::RING_SECONDS);
        } else {
            offer_at(desk, contact, &operator, &address, wording(contact));
        }
    }
    nudge_later(desk, contact, &operator, letter, step.saturating_add(1));
}

/// Offers a contact to an operator at one address: with buttons, or with words to answer by.
pub(super) fn offer_at(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, address: &Address, phrase: Phrase) -> LetterId {
    let lang = desk.lang_of(operator);
    let buttons = desk.ability(address).is_some_and(|ability| ability.buttons);
    let text = words(desk, contact, address, lang, phrase);
    let choices = if buttons { choices(desk, operator) } else { Vec::new() };
    let body = Body::Text { text, step: OFFER.to_owned(), choices, expects: Expects::Nothing, file: None };
    let letter = desk.send(address, Some(contact), Some(operator), lang, Sort::Offer, body);
    desk.offer(contact, operator, letter, OfferState::Open);
    let by = desk.ability(address).map(|ability| ability.medium.name()).unwrap_or_default().to_owned();
    desk.log(contact, Author::Line, Happened::Offered { operator: operator.clone(), letter, by });
    letter
}

/// The words of an offer, with how to answer it at this address.
pub(super) fn words(desk: &Desk<'_>, contact: &Contact, address: &Address, lang: Lang, phrase: Phrase) -> String {
    let who = contact.owner.as_ref().map(|owner| desk.called(owner)).unwrap_or_default();
    let number = contact.number.to_string();
    let need = need(desk, contact, lang);
    let due = contact.promise_due.map(|due| desk.by_when(desk.line(contact), due, lang)).unwrap_or_default();
    let (from, question) = (reading::from_whom(desk, contact, lang), reading::quoted(contact, lang));
    let names =
        [("number", &*number), ("from", &*from), ("need", &*need), ("question", &*question), ("due", &*due), ("who", &*who)];
    let buttons = desk.ability(address).is_some_and(|ability| ability.buttons);
    let how = desk.say(if buttons { Phrase::OfferAsk } else { Phrase::OfferHow }, lang, &names);
    format!("{} {how}", desk.say(phrase, lang, &names).trim_end())
}

/// The need in words, never empty.
pub(super) fn need(desk: &Desk<'_>, contact: &Contact, lang: Lang) -> String {
    let words = reading::need_in_words(desk.handbook, &contact.need, lang, desk.now());
    if words.is_empty() { desk.say(Phrase::NeedUnknown, lang, &[]) } else { words }
}

fn choices(desk: &Desk<'_>, operator: &OperatorId) -> Vec<Choice> {
    let lang = desk.lang_of(operator);
    let choice = |key: &str, phrase, value: &str| Choice { key: key.to_owned(), label: desk.say(phrase, lang, &[]), value: value.to_owned() };
    vec![choice("1", Phrase::ButtonTake, TAKE), choice("2", Phrase::ButtonDecline, DECLINE)]
}

pub(super) fn nobody(desk: &mut Desk<'_>, contact: &Contact, why: Bilingual) {
    desk.log(contact, Author::Line, Happened::NobodyToAsk { why });
}
