//! A channel tells how a letter fares. What failed goes on by the next way, or a
//! person is told.

use super::{call, desk::Desk, hand_over, link, relay, swap, take};
use crate::domain::{Author, Bilingual, Body, Contact, Delivery, Effect, Happened, Letter, OfferState, OperatorId, Reported, Sort};
use crate::handbook::Phrase;

/// Moves the letter's state and decides what follows from it.
pub(super) fn reported(desk: &mut Desk<'_>, report: &Reported) {
    let Some(letter) = desk.situation.letter.clone() else { return };
    let delivery = letter.delivery.after(report.delivery);
    if delivery == letter.delivery {
        return;
    }
    desk.push(Effect::Mark { letter: letter.id, delivery, error: report.error.clone(), due_at: report.again_at });
    let Some(mut contact) = desk.situation.contact.clone() else {
        if matches!(delivery, Delivery::Failed | Delivery::Unknown) {
            swap::missed(desk, &letter);
        }
        return;
    };
    if delivery == Delivery::Read && letter.operator.is_some() && matches!(letter.sort, Sort::Offer | Sort::Relay) {
        return relay::seen(desk, &mut contact);
    }
    if !matches!(delivery, Delivery::Failed | Delivery::Unknown) {
        return;
    }
    desk.log(&contact, Author::Line, Happened::Delivered { letter: letter.id, delivery, error: report.error.clone() });
    match (&letter.body, &letter.operator) {
        (Body::Ring { .. }, _) => {
            call::not_taken(desk, &mut contact, letter.id, Bilingual::new("Telefon nejde vytočit.", "The phone cannot be rung."));
        }
        (Body::Text { .. }, Some(operator)) => operator_missed(desk, &mut contact, &letter, operator),
        (Body::Text { .. }, None) => worker_missed(desk, &mut contact, &letter),
        (Body::Join { .. } | Body::HangUp, _) => return,
    }
    desk.keep(&contact);
}

/// A letter did not reach an operator: his next contact point is tried, else the next person.
fn operator_missed(desk: &mut Desk<'_>, contact: &mut Contact, letter: &Letter, operator: &OperatorId) {
    let points = desk.written_points(operator);
    let tried = points.iter().position(|point| *point == letter.to);
    let next = tried.and_then(|tried| points.get(tried + 1)).cloned();
    let offer = desk.situation.offers.iter().find(|offer| offer.letter == letter.id && offer.state == OfferState::Open).cloned();
    match (next, offer) {
        (Some(address), Some(offer)) => {
            desk.offer(contact, operator, offer.letter, OfferState::Gone);
            hand_over::offer_at(desk, contact, operator, &address, hand_over::wording(contact));
        }
        (Some(address), None) => {
            desk.send(&address, Some(contact), Some(operator), letter.lang, letter.sort, letter.body.clone());
        }
        (None, Some(offer)) => take::refused(desk, contact, &offer, Bilingual::new("Zprávu nejde doručit.", "The message cannot be delivered.")),
        (None, None) => hand_over::nobody(desk, contact, Bilingual::new("Zprávu operátorovi nejde doručit.", "The message to the operator cannot be delivered.")),
    }
}

/// Words did not reach the worker: they go to another device, else the operator who wrote them is told.
fn worker_missed(desk: &mut Desk<'_>, contact: &mut Contact, letter: &Letter) {
    contact.lost_at.push(letter.to.clone());
    if let Some(address) = link::elsewhere(desk, &contact.lost_at).filter(|_| contact.is_open()) {
        desk.send(&address, Some(contact), None, letter.lang, letter.sort, letter.body.clone());
        contact.medium = desk.ability(&address).map_or(contact.medium, |ability| ability.medium);
        contact.address = address;
        return;
    }
    let Some(owner) = contact.owner.clone().filter(|_| letter.sort == Sort::Relay) else { return };
    let text = desk.say(Phrase::NotDelivered, desk.lang_of(&owner), &[("number", &contact.number.to_string())]);
    desk.tell_operator(&owner, Some(contact), Sort::Notice, &text);
}
