//! Letters as the desk writes them: from which of the line's numbers they leave, in which call, and in
//! how many pieces. What stands in them and who gets them is decided elsewhere.

use super::desk::Desk;
use super::pace;
use crate::domain::{Address, Body, Contact, Delivery, Effect, Lang, Letter, LetterId, Medium, OperatorId, Sort, leaving_from, pieces, sms_units};
use crate::handbook::Phrase;

impl Desk<'_> {
    /// Writes a letter. What an answer to this very call carries counts as handed over;
    /// everything else waits in the outbox.
    pub(super) fn send(
        &mut self,
        to: &Address,
        contact: Option<&Contact>,
        operator: Option<&OperatorId>,
        lang: Lang,
        sort: Sort,
        body: Body,
    ) -> LetterId {
        let letter = self.letter(to, contact, operator, lang, sort, body);
        let letter = pace::paced(self, contact, letter);
        let id = letter.id;
        self.send_in_pieces(letter);
        id
    }

    /// What a channel cannot carry in one leaves as several letters; the last keeps the name, and with
    /// it the choices.
    fn send_in_pieces(&mut self, mut letter: Letter) {
        let ability = self.ability(&letter.to).filter(|ability| !ability.inline);
        if let (Some(ability), Body::Text { text, .. }) = (ability, &mut letter.body) {
            let units = if ability.medium == Medium::Sms { sms_units } else { char::len_utf16 };
            let words = std::mem::take(text);
            let mut cut = pieces(&words, ability.characters_max, units);
            cut.pop().unwrap_or_default().clone_into(text);
            for piece in cut {
                let first = Letter { id: LetterId(self.name()), body: Body::text(piece), ..letter.clone() };
                self.push(Effect::Send(first));
            }
        }
        self.push(Effect::Send(letter));
    }

    /// Ends the call a ringing letter has made.
    pub(super) fn end_call(&mut self, contact: &Contact, rung: &Letter) {
        let letter = self.letter(&rung.to, Some(contact), rung.operator.as_ref(), rung.lang, Sort::Notice, Body::HangUp);
        self.push(Effect::Send(Letter { reference: rung.reference.clone(), ..letter }));
    }

    /// Makes a letter without sending it.
    pub(super) fn letter(
        &mut self,
        to: &Address,
        contact: Option<&Contact>,
        operator: Option<&OperatorId>,
        lang: Lang,
        sort: Sort,
        body: Body,
    ) -> Letter {
        let id = LetterId(self.name());
        let inline = self.is_the_answer(to, contact, &body);
        let own = self.leaves_from(to, contact);
        let body = if operator.is_none() { self.answerable(body, own.as_deref(), contact, lang) } else { body };
        Letter {
            id,
            cause: self.event.key.clone(),
            to: to.clone(),
            contact: contact.map(|contact| contact.id),
            operator: operator.cloned(),
            sort,
            urgent: contact.is_some_and(|contact| contact.urgent),
            lang,
            body,
            created_at: self.now(),
            due_at: self.now(),
            expires_at: None,
            delivery: if inline { Delivery::Sent } else { Delivery::Queued },
            attempts: i64::from(inline),
            own,
            reference: self.call_at(to, contact).map(str::to_owned),
        }
    }

    /// Adds where to call to words that leave under a name, which cannot be written to.
    fn answerable(&self, mut body: Body, own: Option<&str>, contact: Option<&Contact>, lang: Lang) -> Body {
        if let Body::Text { text, .. } = &mut body
            && !text.is_empty()
            && own.is_some_and(|own| !own.starts_with('+'))
        {
            let called = contact.and_then(|contact| contact.own.as_deref());
            let number = leaving_from(&self.handbook.numbers, Medium::Voice, called, contact.and_then(|contact| contact.line.as_ref()));
            let call = number.map(|number| self.say(Phrase::OneWayCall, lang, &[("number", number)])).unwrap_or_default();
            text.push(' ');
            text.push_str(self.say(Phrase::OneWay, lang, &[("call", &call)]).trim_end());
        }
        body
    }

    /// Tells whether a letter is handed over in the answer to this event: to the call it came from,
    /// or by ringing a phone for that call.
    fn is_the_answer(&self, to: &Address, contact: Option<&Contact>, body: &Body) -> bool {
        if !self.ability(to).is_some_and(|ability| ability.inline) {
            return false;
        }
        let call = self.event.via().and_then(|via| via.call.as_deref());
        match body {
            Body::Ring { caller, .. } => caller.is_some() && caller.as_deref() == call,
            Body::Text { .. } | Body::Rewrite { .. } | Body::Join { .. } | Body::HangUp => self.heard_from() == Some(to) && (call.is_none() || self.call_at(to, contact) == call),
        }
    }

    /// The call that goes on at an address, as the channel names it.
    fn call_at<'c>(&'c self, to: &Address, contact: Option<&'c Contact>) -> Option<&'c str> {
        if !self.ability(to).is_some_and(|ability| ability.inline) {
            return None;
        }
        let workers = contact.filter(|contact| contact.address == *to).and_then(|contact| contact.call.as_deref());
        workers.or_else(|| self.event.via().filter(|_| self.heard_from() == Some(to))?.call.as_deref())
    }

    /// The line's own number a letter leaves from.
    pub(super) fn leaves_from(&self, to: &Address, contact: Option<&Contact>) -> Option<String> {
        let medium = self.ability(to)?.medium;
        let heard = || self.event.via().filter(|_| self.heard_from() == Some(to))?.own.as_deref();
        let own = contact.and_then(|contact| contact.own.as_deref()).or_else(heard);
        leaving_from(&self.handbook.numbers, medium, own, contact.and_then(|contact| contact.line.as_ref())).map(str::to_owned)
    }
}
