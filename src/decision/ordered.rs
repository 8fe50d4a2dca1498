//! What the coordinator orders from the console: reviews, queries, corrections, notes.
//! A correction never overwrites: the old value stays in the log beside the new one.

use super::{desk::Desk, finish, hand_over, swap};
use crate::domain::{Author, Contact, Destination, Happened, Lang, LineId, Order, Place, Review, Sort};
use crate::handbook::Phrase;
use crate::understanding;

/// Carries an order out on its contact.
pub(super) fn ordered(desk: &mut Desk<'_>, by: &str, order: &Order) {
    if let Order::AnswerSwap { swap, agreed } = order {
        return swap::by_console(desk, by, swap, *agreed);
    }
    let Some(mut contact) = desk.situation.contact.clone() else { return };
    let author = Author::User(by.to_owned());
    match order {
        Order::Review { review, note, .. } => review_moved(desk, &mut contact, author, *review, note.as_deref()),
        Order::CorrectOutcome { outcome, reason, .. } if contact.is_open() => {
            finish::by_coordinator(desk, &mut contact, author, *outcome, reason.as_deref());
        }
        Order::CorrectOutcome { outcome, reason, .. } => {
            let old = contact.outcome.map_or("", crate::domain::Outcome::code).to_owned();
            let what = Happened::Corrected { field: "outcome".to_owned(), old, new: outcome.code().to_owned() };
            desk.log(&contact, author, what);
            contact.outcome = Some(*outcome);
            contact.reason = reason.as_deref().map(|reason| understanding::mask(reason).text).or(contact.reason);
            contact.review = Review::Corrected;
        }
        Order::CorrectRegion { region, .. } => {
            let old = contact.need.destination.as_ref().map(|destination| desk.handbook.describe(destination, Lang::Cs)).unwrap_or_default();
            let new = region.name(Lang::Cs).to_owned();
            desk.log(&contact, author, Happened::Corrected { field: "destination".to_owned(), old, new });
            let destination = Destination::Place(Place::region(*region));
            let line = desk.handbook.line_for(Some(&destination), desk.now()).map(|line| LineId::new(line.id.as_str()));
            let moved = contact.line != line;
            contact.line = line;
            contact.need.destination = Some(destination);
            contact.review = Review::Corrected;
            if moved {
                hand_over::to_new_line(desk, &mut contact);
            }
        }
        Order::AnswerSwap { .. } => return,
        Order::Note { words, .. } => desk.log(&contact, author, Happened::Noted { words: understanding::mask(words).text }),
    }
    desk.keep(&contact);
}

fn review_moved(desk: &mut Desk<'_>, contact: &mut Contact, author: Author, review: Review, note: Option<&str>) {
    contact.review = review;
    let note = note.map(|note| understanding::mask(note).text).filter(|note| !note.trim().is_empty());
    desk.log(contact, author, Happened::Reviewed { review, note: note.clone() });
    let Some(owner) = contact.owner.clone().filter(|_| review == Review::Queried) else { return };
    let names = [("number", &*contact.number.to_string()), ("note", note.as_deref().unwrap_or("…"))];
    let text = desk.say(Phrase::Query, desk.lang_of(&owner), &names);
    desk.tell_operator(&owner, Some(contact), Sort::Notice, &text);
}
