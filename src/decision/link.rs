//! One worker on several devices: a code asked for on the one and sent from the other makes one
//! worker, and one history, of two. Each side is told, so that nobody joins unseen.

use super::{desk::Desk, finish, worker};
use crate::domain::{Address, Author, Body, Contact, Effect, Heard, Lang, Medium, Need, Outcome, Said, Sort, Worker, WorkerId, fold};
use crate::handbook::Phrase;
use chrono::TimeDelta;

/// How long a code counts.
const CODE_LASTS: TimeDelta = TimeDelta::minutes(30);
/// So many digits cannot be guessed while a code counts, not even at a message a second.
const CODE_DIGITS: usize = 8;

/// What a worker says about devices.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Linking {
    /// Wants a code.
    Asks,
    /// Sends one.
    Sends(String),
    /// Wants this device to stand alone again.
    Leaves,
}

/// Returns the code that somebody's words carry: what has to be looked up before they are decided.
#[must_use]
pub fn link_code(heard: &Heard) -> Option<String> {
    let Said::Text(text) = &heard.said else { return None };
    match linking(text)? {
        Linking::Sends(code) => Some(code),
        // Who leaves has to be known with all devices; no code is empty.
        Linking::Leaves => Some(String::new()),
        Linking::Asks => None,
    }
}

/// Reads words about devices: `propojit`, `propojit 1234 5678`, the code alone, `odpojit`.
pub(super) fn linking(text: &str) -> Option<Linking> {
    // Longer texts are about clients.
    if text.len() > 40 {
        return None;
    }
    let words = fold(text.trim().trim_start_matches('/'));
    let (asks, rest) = ["propojit", "link"].iter().find_map(|word| words.strip_prefix(word)).map_or((false, words.as_str()), |rest| (true, rest));
    let rest = ["kod ", "kod: ", "code "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let code: String = rest.chars().filter(|sign| !matches!(sign, ' ' | '\u{a0}' | '-' | ':')).collect();
    match code.as_str() {
        "" if asks => Some(Linking::Asks),
        "odpojit" | "unlink" => Some(Linking::Leaves),
        digits if digits.len() == CODE_DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit()) => Some(Linking::Sends(code)),
        _ => None,
    }
}

/// Does what is asked about devices; tells whether the words are dealt with.
pub(super) fn heard(desk: &mut Desk<'_>, here: &Worker, text: &str) -> bool {
    match linking(text) {
        Some(Linking::Asks) => invite(desk, here),
        Some(Linking::Sends(_)) => join(desk, here),
        Some(Linking::Leaves) => leave(desk, here),
        None => return false,
    }
    true
}

fn invite(desk: &mut Desk<'_>, here: &Worker) {
    let code = desk.seed.code(&here.address, CODE_DIGITS);
    let shown = code.split_at_checked(4).map_or_else(|| code.clone(), |(first, second)| format!("{first} {second}"));
    desk.push(Effect::Introduce(here.clone()));
    desk.push(Effect::Invite { code, worker: here.id, at: desk.now(), until: desk.after(CODE_LASTS) });
    answer(desk, here, Phrase::LinkCode, &[("code", &shown)]);
}

fn join(desk: &mut Desk<'_>, here: &Worker) {
    let Some(there) = desk.situation.invited.clone() else {
        return answer(desk, here, Phrase::LinkWrong, &[]);
    };
    if there.id == here.id {
        return answer(desk, here, Phrase::LinkSame, &[]);
    }
    end_empty(desk);
    desk.push(Effect::Introduce(Worker { organisation: here.organisation.clone(), ..here.clone() }));
    if there.organisation.is_none() && here.organisation.is_some() {
        desk.push(Effect::Introduce(Worker { organisation: here.organisation.clone(), ..there.clone() }));
    }
    desk.push(Effect::Join { worker: here.id, into: there.id });
    answer(desk, &Worker { lang: there.lang, ..here.clone() }, Phrase::LinkDone, &[]);
    let medium = desk.ability(&here.address).map_or(Medium::Chat, |ability| ability.medium);
    for address in desk.situation.addresses.clone() {
        if desk.ability(&address).is_some_and(|ability| !ability.inline) {
            let text = desk.say(Phrase::LinkJoined, there.lang, &[("medium", called(medium, there.lang))]);
            desk.send(&address, None, None, there.lang, Sort::Notice, Body::text(text));
        }
    }
}

/// A question that was begun here and says nothing yet would catch the words meant for the other one.
pub(super) fn end_empty(desk: &mut Desk<'_>) {
    let empty = |contact: &Contact| contact.is_open() && contact.need == Need::default() && !contact.asked_for_a_person() && contact.attachments.is_empty();
    if let Some(mut contact) = desk.situation.contact.clone().filter(empty) {
        let reason = contact.lang.pick("pokračuje na jiném zařízení", "goes on at another device").to_owned();
        finish::close(desk, &mut contact, Author::Line, Outcome::Other, Some(reason));
        desk.keep(&contact);
    }
}

/// The device becomes a worker of its own; what was said so far stays with the other ones.
fn leave(desk: &mut Desk<'_>, here: &Worker) {
    let alone = desk.situation.addresses.len() < 2;
    // Whom the channel does not vouch for has joined by a code.
    let joined = here.organisation.is_some() && desk.event.heard().is_some_and(|heard| heard.introduced.is_none());
    if alone && !joined {
        return answer(desk, here, Phrase::LinkNone, &[]);
    }
    let (id, organisation) = (WorkerId(desk.name()), here.organisation.clone().filter(|_| !alone));
    desk.push(Effect::Introduce(Worker { id, organisation, ..here.clone() }));
    answer(desk, here, if alone { Phrase::LinkSignedOff } else { Phrase::LinkLeft }, &[]);
}

fn answer(desk: &mut Desk<'_>, to: &Worker, phrase: Phrase, names: &[(&str, &str)]) {
    let text = desk.say(phrase, to.lang, names);
    desk.send(&to.address, None, None, to.lang, Sort::Answer, Body::text(text));
}

const fn called(medium: Medium, lang: Lang) -> &'static str {
    match medium {
        Medium::Chat => lang.pick("chat", "chat"),
        Medium::Web => lang.pick("webová stránka", "web page"),
        Medium::Sms => lang.pick("SMS", "text messages"),
        Medium::Voice => lang.pick("telefon", "phone"),
    }
}

/// Where a worker is written to when a letter did not arrive: an address where nothing was lost since
/// something was last heard from it; the web page last, for it waits to be opened.
pub(super) fn elsewhere(desk: &Desk<'_>, lost: &[Address]) -> Option<Address> {
    let medium = |address: &Address| desk.ability(address).filter(|ability| !ability.inline).map(|ability| ability.medium);
    let good = desk.situation.addresses.iter().filter(|address| !lost.contains(address));
    let spoken = desk.situation.contact.as_ref().and_then(|contact| worker::written_address(desk, &contact.address)).filter(|address| !lost.contains(address));
    let known = good.filter_map(|address| Some((medium(address)?, address.clone())));
    let found = known.min_by_key(|(medium, _)| match medium {
        Medium::Chat => 0,
        Medium::Sms => 1,
        Medium::Web | Medium::Voice => 2,
    });
    found.map(|(_, address)| address).or(spoken)
}

#[cfg(test)]
mod tests {
    use super::{Linking, linking};

    #[test]
    fn words_about_devices_are_told_from_words_about_clients() {
        let code = || Some(Linking::Sends("12345678".to_owned()));
        for (text, expected) in [
            ("propojit", Some(Linking::Asks)),
            ("/Propojit ", Some(Linking::Asks)),
            ("link", Some(Linking::Asks)),
            ("propojit 1234 5678", code()),
            ("1234 5678", code()),
            ("12345678", code()),
            ("Kód 1234 5678", code()),
            ("odpojit", Some(Linking::Leaves)),
            ("123456789", None),
            ("propojit mě s operátorem", None),
            ("links", None),
            ("Most, bydlení", None),
        ] {
            assert_eq!(linking(text), expected, "{text}");
        }
    }
}
