//! The room where a line's people are together: what is offered to those on duty is shown there too,
//! whoever is first takes it there, and everybody sees who did. Where the room keeps what belongs to
//! one contact together, its taker goes on in the room.

use super::desk::Desk;
use super::{hand_over, take};
use crate::domain::{Address, Body, Choice, Contact, Expects, Heard, Lang, LetterId, Offer, OfferState, OperatorId, Post, Said, Sex, Sort};
use crate::handbook::Phrase;
use crate::understanding;
use std::mem::replace;

/// Shows an offered contact in its line's room, once for each time it is offered.
pub(super) fn show(desk: &mut Desk<'_>, contact: &mut Contact, phrase: Phrase) {
    let Some((room, lang)) = desk.line(contact).and_then(|line| Some((line.room.clone()?, desk.lang_of(&line.coordinator)))) else { return };
    if desk.ability(&room).is_none() || (!contact.urgent && contact.posts.iter().any(|post| post.open)) {
        return;
    }
    let text = hand_over::words(desk, contact, &room, lang, phrase);
    let buttons = desk.ability(&room).is_some_and(|ability| ability.buttons);
    let take = Choice { key: "1".to_owned(), label: desk.say(Phrase::ButtonTake, lang, &[]), value: hand_over::TAKE.to_owned() };
    let choices = if buttons { vec![take] } else { Vec::new() };
    let body = Body::Text { text, step: hand_over::OFFER.to_owned(), choices, expects: Expects::Nothing, file: None };
    let letter = desk.send(&room, Some(contact), None, lang, Sort::Offer, body);
    contact.posts.push(Post { letter, room, open: true });
}

/// Writes in the rooms who has taken it.
pub(super) fn taken(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId) {
    let took = desk.operator(operator).map_or("", |operator| took(&operator.name));
    let (number, who) = (contact.number.to_string(), desk.called(operator));
    let via = desk.event.via().and_then(|via| via.room.as_ref());
    contact.room = via.filter(|room| desk.ability(room).is_some_and(|ability| ability.threads)).cloned();
    rewrite(desk, contact, |desk, lang| desk.say(Phrase::RoomTaken, lang, &[("number", &number), ("who", &who), ("took", took)]));
}

/// Writes in the rooms that nobody is needed any more.
pub(super) fn gone(desk: &mut Desk<'_>, contact: &mut Contact) {
    let number = contact.number.to_string();
    rewrite(desk, contact, |desk, lang| desk.say(Phrase::RoomGone, lang, &[("number", &number)]));
}

fn rewrite(desk: &mut Desk<'_>, contact: &mut Contact, words: impl Fn(&Desk<'_>, Lang) -> String) {
    let lang = desk.line(contact).map_or_else(Lang::default, |line| desk.lang_of(&line.coordinator));
    let mut posts = std::mem::take(&mut contact.posts);
    for post in &mut posts {
        if replace(&mut post.open, false) {
            let text = words(desk, lang);
            let edits = desk.ability(&post.room).is_some_and(|ability| ability.edits);
            let body = if edits { Body::Rewrite { letter: post.letter, text } } else { Body::text(text) };
            let letter = desk.send(&post.room, Some(contact), None, lang, Sort::Notice, body);
            contact.posts.push(Post { letter, room: post.room.clone(), open: false });
        }
    }
    contact.posts.extend(posts);
}

/// Tells whether a letter of a contact went to a room, and not to its worker.
pub(super) fn is_post(contact: &Contact, letter: LetterId) -> bool {
    contact.posts.iter().any(|post| post.letter == letter)
}

/// Tells whether words in a room are for nobody but its people: of somebody the line does not know, or
/// about a contact the writer does not have.
pub(super) fn is_chatter(desk: &Desk<'_>, operator: Option<&OperatorId>, heard: &Heard) -> bool {
    if heard.via.room.is_none() {
        return false;
    }
    let Some(operator) = operator else { return true };
    let held = || desk.situation.contact.as_ref().is_some_and(|contact| contact.owner.as_ref() == Some(operator));
    match &heard.said {
        Said::Text(text) | Said::Edited(text) => !held() && !text.trim_start().starts_with(['/', '#']),
        Said::Choice { .. } => false,
        _ => !held(),
    }
}

/// Somebody presses the button under a post: whoever was not asked by name may take it as well.
pub(super) fn pressed(desk: &mut Desk<'_>, contact: Contact, post: LetterId, operator: &OperatorId) {
    let asked = |offer: &&Offer| offer.contact == contact.id && offer.operator == *operator && offer.state == OfferState::Open;
    // What was offered again stands behind the first post, and answers to that one mean both.
    let open = contact.posts.iter().any(|one| one.open);
    let state = if open { OfferState::Open } else { OfferState::Gone };
    let unasked = || Offer { contact: contact.id, operator: operator.clone(), letter: post, state, at: desk.now() };
    let offer = desk.situation.offers.iter().find(asked).cloned().unwrap_or_else(unasked);
    take::take(desk, contact, &offer, operator);
}

/// The room in which an operator is answered about a contact: where it was written from, or where its
/// owner talks about it.
pub(super) fn of(desk: &Desk<'_>, contact: Option<&Contact>, operator: &OperatorId) -> Option<Address> {
    let keeps = |room: &&Address| desk.ability(room).is_some_and(|ability| ability.threads);
    if desk.heard_operator() == Some(operator) {
        return desk.event.via().and_then(|via| via.room.as_ref()).filter(keeps).cloned();
    }
    contact.filter(|contact| contact.owner.as_ref() == Some(operator)).and_then(|contact| contact.room.as_ref()).filter(keeps).cloned()
}

/// The Czech verb for what somebody of this name did. The ending of a surname tells, else the first name;
/// where neither does, the words say nothing of who it is.
fn took(name: &str) -> &'static str {
    let last = name.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let known = || name.split_whitespace().find_map(understanding::bearer);
    let sex = if last.ends_with('á') { Some(Sex::Female) } else if last.ends_with('ý') { Some(Sex::Male) } else { known() };
    match sex {
        Some(Sex::Female) => "převzala",
        Some(Sex::Male) => "převzal",
        None => "má teď",
    }
}

#[cfg(test)]
mod tests {
    use super::took;

    #[test]
    fn names_tell_who_did() {
        let table = [
            ("Jana Dvořáková", "převzala"),
            ("Petr Svoboda", "převzal"),
            ("Jarmila Jarní", "převzala"),
            ("Jiří Jarní", "převzal"),
            ("Dagmar Krejčí", "převzala"),
            ("Honza Malý", "převzal"),
            ("Eva Malá", "převzala"),
            ("Eva Novák", "převzala"),
            ("Míša Novák", "má teď"),
            ("Noor Rahimi", "má teď"),
            ("", "má teď"),
        ];
        for (name, verb) in table {
            assert_eq!(took(name), verb, "{name}");
        }
    }
}
