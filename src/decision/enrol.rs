//! Codes that bring somebody in: an operator, who gets one more address and has proven it by sending the
//! code from there, or a worker of a prison. They are read before anything else somebody says, so that
//! no operator ever gets one for a question. Whoever guesses is not judged for a while.

use super::{desk::Desk, link};
use crate::domain::{Address, Body, Contact, Effect, Guesses, Guest, Heard, Invitation, Lang, Medium, OperatorId, Point, RosterChange, RosterRow, Said, Sort, Typed, Validity, Worker, WorkerId};
use crate::handbook::Phrase;
use crate::routing::Operator;

/// Returns the code that somebody's words are: what has to be looked up before they are decided. In a
/// room of many, words are for its people.
#[must_use]
pub fn invitation_code(heard: &Heard) -> Option<String> {
    typed(heard).map(|typed| typed.code)
}

fn typed(heard: &Heard) -> Option<Typed> {
    let Said::Text(text) = &heard.said else { return None };
    Typed::of(text).filter(|_| heard.via.room.is_none())
}

/// Who sent a code.
struct Sender<'a> {
    operator: Option<&'a Operator>,
    from: &'a Address,
    lang: Lang,
}

/// Takes a code; tells whether the words were one.
pub(super) fn heard(desk: &mut Desk<'_>, operator: Option<&Operator>, heard: &Heard) -> bool {
    let Some(typed) = typed(heard) else { return false };
    let talks = operator.is_some() || desk.situation.contact.as_ref().is_some_and(Contact::is_open);
    let invitation = desk.situation.invitation.clone();
    // A number plate or the like, in the middle of something.
    if talks && invitation.is_none() && !typed.named {
        return false;
    }
    let worker = || desk.situation.worker.as_ref().map_or(if typed.english { Lang::En } else { Lang::Cs }, |worker| worker.lang);
    let lang = operator.map_or_else(worker, |operator| desk.lang_of(&operator.id));
    let sender = Sender { operator, from: &heard.from, lang };
    if desk.situation.guesses.is_some_and(|guesses| guesses.is_locked(desk.now())) {
        answer(desk, &sender, Phrase::EnrolLocked, &[]);
    } else if let Some(invitation) = invitation {
        came(desk, &sender, &invitation);
    } else {
        wrong(desk, &sender, Phrase::EnrolUnknown);
    }
    true
}

/// A code the line knows. Whoever is known already needs none, however it stands.
fn came(desk: &mut Desk<'_>, sender: &Sender<'_>, invitation: &Invitation) {
    let organisation = desk.situation.worker.as_ref().and_then(|worker| worker.organisation.clone());
    match &invitation.guest {
        _ if sender.operator.is_some() => return answer(desk, sender, Phrase::EnrolOperatorKnown, &[]),
        Guest::Prison { name, .. } if organisation.as_ref() == Some(name) => return answer(desk, sender, Phrase::EnrolWorkerKnown, &[("organisation", name)]),
        Guest::Operator(_) | Guest::Prison { .. } => {}
    }
    match (invitation.validity(desk.now()), &invitation.guest) {
        (Validity::Open, Guest::Operator(operator)) => operator_joins(desk, sender, operator, invitation),
        (Validity::Open, Guest::Prison { name, .. }) => worker_joins(desk, sender, name, invitation),
        (Validity::Expired, _) => wrong(desk, sender, Phrase::EnrolExpired),
        (Validity::Revoked, _) => wrong(desk, sender, Phrase::EnrolRevoked),
        (Validity::Used, _) => wrong(desk, sender, Phrase::EnrolUsed),
    }
}

/// Counts a code that brings nobody in; the last one that is judged says so.
fn wrong(desk: &mut Desk<'_>, sender: &Sender<'_>, phrase: Phrase) {
    let guesses = Guesses::and_one(desk.situation.guesses, desk.now());
    desk.push(Effect::Guessed { address: sender.from.clone(), guesses: Some(guesses) });
    let phrase = if guesses.is_locked(desk.now()) { Phrase::EnrolLocked } else { phrase };
    answer(desk, sender, phrase, &[]);
}

fn used(desk: &mut Desk<'_>, sender: &Sender<'_>, invitation: &Invitation) {
    desk.push(Effect::UseInvitation(invitation.id.clone()));
    if desk.situation.guesses.is_some() {
        desk.push(Effect::Guessed { address: sender.from.clone(), guesses: None });
    }
}

/// The address becomes the operator's; the other ones learn of it, so that nobody joins unseen.
fn operator_joins(desk: &mut Desk<'_>, sender: &Sender<'_>, id: &OperatorId, invitation: &Invitation) {
    let Some(operator) = desk.operator(id) else { return wrong(desk, sender, Phrase::EnrolRevoked) };
    let serves = desk.ability(sender.from).is_some_and(|ability| ability.two_way && !ability.inline && ability.medium != Medium::Web);
    if !serves {
        return answer(desk, sender, Phrase::EnrolElsewhere, &[]);
    }
    let (before, place) = (desk.written_points(id).into_iter().next(), place(desk, operator, sender.from));
    let mut changed = operator.clone();
    changed.addresses.insert(place, sender.from.clone());
    if !change(desk, &changed, format!("code:{id}")) {
        return;
    }
    used(desk, sender, invitation);
    link::end_empty(desk);
    let proven = Point { verified_at: Some(desk.now()), ..Point::unknown(id.clone(), sender.from.clone()) };
    desk.push(Effect::Point(Box::new(proven)));
    let lang = desk.lang_of(id);
    let welcome = welcome(desk, operator, place == 0, sender.from, lang);
    desk.send(sender.from, None, Some(id), lang, Sort::Answer, Body::text(welcome));
    if let Some(before) = before {
        let text = desk.say(Phrase::EnrolJoined, lang, &[("point", sender.from.label(lang))]);
        desk.send(&before, None, Some(id), lang, Sort::Notice, Body::text(text));
    }
}

/// Writes a person's new addresses; what was decided on an older roster is decided anew.
pub(super) fn change(desk: &mut Desk<'_>, operator: &Operator, author: String) -> bool {
    let Ok(body) = serde_json::to_value(operator) else { return false };
    let row = RosterRow::Operator(operator.id.clone());
    desk.push(Effect::Roster(Box::new(RosterChange { row, body, after: desk.handbook.roster, at: desk.now(), author })));
    true
}

/// A new address comes before those of its own medium and of those that disturb or cost more.
fn place(desk: &Desk<'_>, operator: &Operator, new: &Address) -> usize {
    let rank = |address: &Address| match desk.ability(address).map(|ability| ability.medium) {
        Some(Medium::Chat) => 0,
        Some(Medium::Web) => 1,
        Some(Medium::Sms) => 2,
        Some(Medium::Voice) | None => 3,
    };
    operator.addresses.iter().position(|address| rank(address) >= rank(new)).unwrap_or(operator.addresses.len())
}

/// What an operator reads who has just joined: who one is taken for, where one serves, where offers go.
fn welcome(desk: &Desk<'_>, operator: &Operator, first: bool, from: &Address, lang: Lang) -> String {
    let lines = desk.handbook.book.lines.iter().filter(|line| line.people().any(|who| *who == operator.id));
    let lines: Vec<&str> = lines.map(|line| line.name.get(lang)).collect();
    let lines = if lines.is_empty() { String::new() } else { desk.say(Phrase::EnrolLines, lang, &[("lines", &lines.join(", "))]) };
    let here = operator.reach.first().map_or(first, |reach| reach.channel == from.channel);
    let offers = desk.say(if here { Phrase::EnrolOffersHere } else { Phrase::EnrolOffersElsewhere }, lang, &[]);
    desk.say(Phrase::EnrolOperator, lang, &[("who", &operator.name), ("lines", &lines), ("offers", &offers)])
}

/// Whoever writes from there is a worker of the prison from now on, also in what is being asked.
fn worker_joins(desk: &mut Desk<'_>, sender: &Sender<'_>, organisation: &str, invitation: &Invitation) {
    let known = desk.situation.worker.as_ref().map(|worker| worker.id);
    let id = known.unwrap_or_else(|| WorkerId(desk.name()));
    desk.push(Effect::Introduce(Worker { id, organisation: Some(organisation.to_owned()), address: sender.from.clone(), lang: sender.lang }));
    used(desk, sender, invitation);
    let open = desk.situation.contact.clone().filter(Contact::is_open);
    let phrase = if open.is_some() { Phrase::EnrolWorkerGoesOn } else { Phrase::EnrolWorker };
    if let Some(mut contact) = open {
        contact.worker_name = Some(organisation.to_owned());
        desk.keep(&contact);
    }
    answer(desk, sender, phrase, &[("organisation", organisation)]);
}

fn answer(desk: &mut Desk<'_>, to: &Sender<'_>, phrase: Phrase, names: &[(&str, &str)]) {
    let text = desk.say(phrase, to.lang, names);
    desk.send(to.from, None, to.operator.map(|operator| &operator.id), to.lang, Sort::Answer, Body::text(text));
}
