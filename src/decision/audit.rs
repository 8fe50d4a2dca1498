//! A contact the auditor found with nothing that would ever move it again. It gets its next
//! step back, and the coordinator learns of it.

use super::{desk::Desk, promise, rang, relay};
use crate::domain::{Author, Bilingual, Happened, Sort, Stage};
use crate::handbook::Phrase;

/// Gives the contact its next step.
pub(super) fn audited(desk: &mut Desk<'_>) {
    let Some(mut contact) = desk.situation.contact.clone().filter(crate::domain::Contact::is_open) else { return };
    let why = Bilingual::new("Kontakt zůstal bez dalšího kroku.", "The contact was left without a next step.");
    desk.log(&contact, Author::Line, Happened::Escalated { why });
    match contact.stage {
        Stage::Asking | Stage::Closed => rang::wait_for_an_end(desk, &contact),
        Stage::Held => relay::wait_for_operator(desk, &contact),
        Stage::Waiting | Stage::Promised => promise::make(desk, &mut contact),
    }
    if let Some(coordinator) = desk.coordinator_of(&contact).cloned() {
        let text = desk.say(Phrase::Adrift, desk.lang_of(&coordinator), &[("number", &contact.number.to_string())]);
        desk.tell_operator(&coordinator, Some(&contact), Sort::Notice, &text);
    }
    desk.keep(&contact);
}
