//! An operator calls a worker back through the line: neither sees the other's number. The line rings
//! the operator's phone, or the operator calls the line and says which contact it is about.

use super::{call, desk::Desk, finish, own, phone, relay};
use crate::domain::{Address, Author, Bilingual, Body, Choice, Contact, Happened, Heard, OperatorId, Said, Sort, spoken_key};
use crate::handbook::Phrase;

/// The question whom to call.
pub(super) const CALL_BACK: &str = "call_back";
/// Seconds the operator's phone rings.
const RING_SECONDS: u32 = 25;
/// Contacts read out; there are no more keys one finds quickly.
const READ_MAX: usize = 7;

/// Rings the operator who wants to call a worker back.
pub(super) fn wanted(desk: &mut Desk<'_>, operator: &OperatorId, contact: &Contact) {
    let lang = desk.lang_of(operator);
    let number = contact.number.to_string();
    let say = |desk: &mut Desk<'_>, phrase| {
        let text = desk.say(phrase, lang, &[("number", &number)]);
        desk.tell_operator(operator, Some(contact), Sort::Answer, &text);
    };
    if number_of(desk, contact).is_none() {
        return say(desk, Phrase::CallBackNowhere);
    }
    let Some(phone) = desk.phone(operator) else {
        let text = desk.say(Phrase::NoPhone, lang, &[]);
        desk.tell_operator(operator, Some(contact), Sort::Answer, &text);
        return;
    };
    let whisper = desk.say(Phrase::CallBack, lang, &[("number", &number)]);
    desk.send(&phone, Some(contact), Some(operator), lang, Sort::Answer, Body::Ring { whisper, seconds: RING_SECONDS, caller: None });
    say(desk, Phrase::CallingBack);
}

/// The operator has picked up, and pressed 1 or not.
pub(super) fn picked_up(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId, heard: &Heard) {
    match &heard.said {
        Said::Keys(key) if key == "1" => connect(desk, contact, operator, &heard.from),
        Said::Keys(_) => {
            let text = desk.say(Phrase::CallBack, desk.lang_of(operator), &[("number", &contact.number.to_string())]);
            phone::ask(desk, Some(contact), operator, &heard.from, text, "", Vec::new());
        }
        Said::Back { talked } => over(desk, contact, operator, &heard.from, *talked),
        _ => {}
    }
}

/// Joins the operator on the phone with the worker.
fn connect(desk: &mut Desk<'_>, contact: &Contact, operator: &OperatorId, phone: &Address) {
    let Some(with) = number_of(desk, contact) else { return };
    desk.log(contact, Author::Operator(operator.clone()), Happened::Call { what: Bilingual::new("Operátor volá zpět.", "The operator calls back.") });
    desk.send(phone, Some(contact), Some(operator), desk.lang_of(operator), Sort::Answer, Body::Join { with });
}

/// The call back has ended: a talk keeps the promise, and the operator says how it ended by a key.
fn over(desk: &mut Desk<'_>, contact: &mut Contact, operator: &OperatorId, phone: &Address, talked: bool) {
    let (lang, number) = (desk.lang_of(operator), contact.number.to_string());
    if !talked {
        desk.log(contact, Author::Line, Happened::Call { what: Bilingual::new("Pracovník nebral telefon.", "The worker did not answer.") });
        let text = desk.say(Phrase::CallBackMissed, lang, &[("number", &number)]);
        desk.send(phone, Some(contact), Some(operator), lang, Sort::Answer, Body::text(text));
        desk.send(phone, Some(contact), Some(operator), lang, Sort::Answer, Body::HangUp);
        return;
    }
    desk.log(contact, Author::Line, Happened::Call { what: Bilingual::new("Hovor skončil.", "The call ended.") });
    relay::answered(desk, contact);
    contact.asked_outcome = true;
    let choices = finish::outcomes(lang);
    let read: Vec<String> = choices.iter().map(|choice| desk.say(Phrase::SpokenChoice, lang, &[("label", &choice.label), ("key", spoken_key(&choice.key, lang).name)])).collect();
    let text = format!("{} {}", desk.say(Phrase::AskOutcomeSpoken, lang, &[]), read.join(" "));
    phone::ask(desk, Some(contact), operator, phone, text, finish::OUTCOME, choices);
}

/// An operator has called the line and shown who it is: the contacts that may be called back are read.
pub(super) fn menu(desk: &mut Desk<'_>, operator: &OperatorId, phone: &Address) {
    let lang = desk.lang_of(operator);
    let held: Vec<&Contact> = desk.situation.held.iter().filter(|contact| number_of(desk, contact).is_some()).take(READ_MAX).collect();
    if held.is_empty() {
        let text = desk.say(Phrase::CallBackNone, lang, &[]);
        desk.send(phone, None, Some(operator), lang, Sort::Answer, Body::text(text));
        desk.send(phone, None, Some(operator), lang, Sort::Answer, Body::HangUp);
        return;
    }
    let spelt = |number: i64| number.to_string().chars().map(String::from).collect::<Vec<_>>().join(" ");
    let choice = |(n, contact): (usize, &&Contact)| Choice { key: (n + 1).to_string(), label: spelt(contact.number), value: contact.number.to_string() };
    let choices: Vec<Choice> = held.iter().enumerate().map(choice).collect();
    let read: Vec<String> = choices.iter().map(|choice| desk.say(Phrase::SpokenContact, lang, &[("number", &choice.label), ("key", spoken_key(&choice.key, lang).pressed)])).collect();
    let text = format!("{} {}", desk.say(Phrase::CallBackWhom, lang, &[]), read.join(" "));
    phone::ask(desk, None, operator, phone, text, CALL_BACK, choices);
}

/// The operator has chosen whom to call.
pub(super) fn chosen(desk: &mut Desk<'_>, operator: &OperatorId, phone: &Address, value: &str) {
    match own::meant(desk, value.parse().ok()) {
        own::Meant::This(contact) => connect(desk, &contact, operator, phone),
        own::Meant::NotYours(_) | own::Meant::Several(_) | own::Meant::Nothing => menu(desk, operator, phone),
    }
}

/// The worker's phone, where there is one that may be called.
fn number_of(desk: &Desk<'_>, contact: &Contact) -> Option<Address> {
    let voice = desk.handbook.channel_of(crate::domain::Medium::Voice)?;
    let callable = contact.address.is_number() && !call::is_going_on(desk, contact);
    callable.then(|| Address::new(voice, contact.address.handle.clone()))
}
