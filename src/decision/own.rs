//! Which contact an operator means, and who else is asked about it.

use super::desk::Desk;
use super::pace;
use crate::domain::{Contact, Heard, Offer, OfferState, OperatorId, Said, Sort};
use crate::handbook::Phrase;
use crate::routing::Escalation;
use crate::understanding;

/// Longest piece of an operator's own words given back as an example.
const EXAMPLE_CHARACTERS_MAX: usize = 30;

/// Words among which an order names its contact.
const NAMED_WITHIN: usize = 4;

/// Minutes an operator may be silent after taking a contact of this line.
pub(super) fn silent_minutes(desk: &Desk<'_>, contact: &Contact) -> i64 {
    desk.line(contact).map_or(Escalation::SILENT_MINUTES, |line| line.escalation.silent_minutes).into()
}

/// Everybody with an open offer of the contact but `but`.
pub(super) fn others_asked(desk: &Desk<'_>, contact: &Contact, but: Option<&OperatorId>) -> Vec<OperatorId> {
    people(open_offers(desk, contact), but)
}

/// Of those, everybody who was told of this very contact.
pub(super) fn others_told(desk: &Desk<'_>, contact: &Contact, but: Option<&OperatorId>) -> Vec<OperatorId> {
    people(open_offers(desk, contact).filter(|offer| !pace::was_bundled(desk, offer)), but)
}

fn open_offers<'a>(desk: &'a Desk<'_>, contact: &'a Contact) -> impl Iterator<Item = &'a Offer> {
    desk.situation.offers.iter().filter(|offer| offer.contact == contact.id && offer.state == OfferState::Open)
}

fn people<'a>(offers: impl Iterator<Item = &'a Offer>, but: Option<&OperatorId>) -> Vec<OperatorId> {
    let mut people: Vec<OperatorId> = offers.map(|offer| offer.operator.clone()).filter(|operator| Some(operator) != but).collect();
    people.sort();
    people.dedup();
    people
}

/// Splits a leading `#4821` off; a bare number counts too when it is one of `known`.
pub(super) fn leading_number<'a>(text: &'a str, known: &[i64]) -> (Option<i64>, &'a str) {
    let text = text.trim();
    let (hash, body) = text.strip_prefix('#').map_or((false, text), |body| (true, body.trim_start()));
    let end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
    let (digits, rest) = body.split_at_checked(end).unwrap_or((body, ""));
    match digits.parse::<i64>() {
        Ok(number) if hash || known.contains(&number) => (Some(number), rest.trim_start_matches([':', ',', '.', ' '])),
        _ => (None, text),
    }
}

/// Returns the number of the contact an operator's words name, with a hash or after a command.
#[must_use]
pub fn named_number(heard: &Heard) -> Option<i64> {
    let Said::Text(text) = &heard.said else { return None };
    let word = text.split_whitespace().take(NAMED_WITHIN).find(|word| word.trim_start_matches('#').starts_with(|c: char| c.is_ascii_digit()))?;
    let digits = word.trim_start_matches('#');
    digits.get(..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()))?.parse().ok()
}

/// The open contacts of the operator, by number.
pub(super) fn held_numbers(desk: &Desk<'_>) -> Vec<i64> {
    desk.situation.held.iter().map(|contact| contact.number).collect()
}

/// What an operator's words without a number refer to.
pub(super) enum Meant {
    /// One contact, clearly.
    This(Box<Contact>),
    /// The number names nothing that is open with this operator.
    NotYours(i64),
    /// Several are open.
    Several(Vec<i64>),
    /// None is open.
    Nothing,
}

/// Finds the held contact that is meant: by number, by the message answered, or the only one.
pub(super) fn meant(desk: &Desk<'_>, number: Option<i64>) -> Meant {
    let held = &desk.situation.held;
    if let Some(number) = number {
        let found = held.iter().find(|contact| contact.number == number);
        return found.map_or(Meant::NotYours(number), |contact| Meant::This(Box::new(contact.clone())));
    }
    let answered = desk.situation.contact.as_ref().and_then(|about| held.iter().find(|contact| contact.id == about.id));
    match (answered, held.as_slice()) {
        (Some(contact), _) | (None, [contact]) => Meant::This(Box::new(contact.clone())),
        (None, []) => Meant::Nothing,
        (None, several) => Meant::Several(several.iter().map(|contact| contact.number).collect()),
    }
}

/// Tells an operator why it is not clear which contact is meant; nothing is passed on.
pub(super) fn explain(desk: &mut Desk<'_>, operator: &OperatorId, meant: &Meant) {
    let lang = desk.lang_of(operator);
    let text = match meant {
        Meant::This(_) => return,
        Meant::NotYours(number) => desk.say(Phrase::NotYours, lang, &[("number", &number.to_string())]),
        Meant::Nothing => desk.say(Phrase::NoContact, lang, &[]),
        Meant::Several(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(|number| format!("#{number}")).collect();
            let example = format!("{} {}", numbers.first().map_or("", String::as_str), own_words(desk));
            desk.say(Phrase::WhichContact, lang, &[("numbers", &numbers.join(", ")), ("example", &example)])
        }
    };
    desk.tell_operator(operator, None, Sort::Answer, &text);
}

/// What was just written, masked and shortened: the example of how to write it right.
pub(super) fn own_words(desk: &Desk<'_>) -> String {
    let Some(text) = desk.event.heard().and_then(Heard::words) else { return String::new() };
    let text = understanding::mask(text.trim()).text;
    let end = text.char_indices().nth(EXAMPLE_CHARACTERS_MAX).map(|(at, _)| at);
    end.and_then(|end| text.get(..end)).map_or_else(|| text.clone(), |head| format!("{head}…"))
}

#[cfg(test)]
mod tests {
    use super::{leading_number, named_number};
    use crate::domain::{Address, Heard, Said, Via};

    #[test]
    fn an_order_names_its_contact() {
        let table = [
            ("přijmout #1001", Some(1001)),
            ("/přijmout 1001", Some(1001)),
            ("#1001: přijmout", Some(1001)),
            ("1001", Some(1001)),
            ("přijmout", None),
            ("přijmout #", None),
            ("dobrý den, tady je to úplně jinak 1001", None),
            ("přijmout #99999999999999999999999", None),
        ];
        for (text, expected) in table {
            let heard = Heard { from: Address::new("chat", "jana"), said: Said::Text(text.to_owned()), about: None, introduced: None, via: Via::default() };
            assert_eq!(named_number(&heard), expected, "{text}");
        }
    }

    #[test]
    fn a_number_needs_the_hash_unless_it_is_known() {
        let table = [
            ("#1001 dobrý den", (Some(1001), "dobrý den")),
            ("#1001: místo je", (Some(1001), "místo je")),
            ("1001 místo je", (Some(1001), "místo je")),
            ("2 místa jsou", (None, "2 místa jsou")),
            ("# nic", (None, "# nic")),
            ("", (None, "")),
        ];
        for (text, expected) in table {
            assert_eq!(leading_number(text, &[1001]), expected, "{text}");
        }
    }
}
