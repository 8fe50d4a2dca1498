//! The declared conversation of a contact: feeds the flow engine and turns what it
//! asks for into effects.

use super::{call, desk::Desk, finish, hand_over, opt_out, promise, reading, several};
use crate::domain::{Author, Body, Choice, Contact, Destination, Expects, Happened, Lang, LineId, Medium, Outcome, Said, Sort, Stage, Understood, What};
use crate::flow::{self, Act, Does, EndReason, Hand, Input, Known, LineFacts, Position, Prompt};
use crate::handbook::{WORKER_FLOW, inquiry};
use crate::routing::{duty, promise_due, say_when};

/// Begins the worker's conversation, perhaps with a first message that says everything.
pub(super) fn begin(desk: &mut Desk<'_>, contact: &mut Contact, said: Option<&Understood>) {
    advance(desk, contact, Input::Begin { said });
}

/// Goes one turn on and does what the conversation asks for.
pub(super) fn advance(desk: &mut Desk<'_>, contact: &mut Contact, input: Input<'_>) {
    let Some(turn) = turn(desk, contact, input) else { return };
    settle(desk, contact, &turn.position);
    let said = carry_out(desk, contact, turn.acts, &turn.position.words);
    contact.position = (!turn.position.ended).then(|| serde_json::to_string(&turn.position).ok()).flatten();
    if let Some(reason) = said {
        ended(desk, contact, &reason, &turn.position);
    }
}

/// Goes one turn on without saying anything: the conversation only learns what happened.
pub(super) fn note(desk: &mut Desk<'_>, contact: &mut Contact, input: Input<'_>) {
    if let Some(turn) = turn(desk, contact, input) {
        contact.position = (!turn.position.ended).then(|| serde_json::to_string(&turn.position).ok()).flatten();
    }
}

/// Reads a short text as a rating, when the conversation of a closed contact still asks for one.
pub(super) fn rating(desk: &Desk<'_>, contact: &Contact, word: &str) -> Option<Input<'static>> {
    if contact.position.is_none() || word.split_whitespace().count() > 2 {
        return None;
    }
    let turn = turn(desk, contact, Input::Key(word.to_owned()))?;
    let rated = turn.acts.iter().any(|act| matches!(act, Act::Saved { name, .. } if name == "rating"));
    rated.then(|| Input::Key(word.to_owned()))
}

fn turn(desk: &Desk<'_>, contact: &Contact, input: Input<'_>) -> Option<flow::Turn> {
    let handbook = desk.handbook;
    let stored = contact.position.as_deref().and_then(|position| serde_json::from_str::<Position>(position).ok());
    // It is spoken with the worker where the worker is now.
    let stored = stored.map(|position| Position { medium: contact.medium, ..position });
    // A conversation that has ended stays ended: only a beginning makes a new position.
    let position = if matches!(input, Input::Begin { .. }) {
        stored.or_else(|| Position::start(&handbook.flows, WORKER_FLOW, contact.medium, contact.lang))?
    } else {
        stored?
    };
    Some(with_surroundings(desk, contact, |known, hand| flow::advance(&handbook.flows, position, input, known, hand)))
}

/// Says which option of the open question was pressed, as the worker read it.
pub(super) fn chosen(desk: &Desk<'_>, contact: &Contact, input: &Input<'_>) -> Option<String> {
    let position: Position = serde_json::from_str(contact.position.as_deref()?).ok()?;
    with_surroundings(desk, contact, |known, hand| flow::chosen(&desk.handbook.flows, &position, input, known, hand))
}

/// Tells whether a whole message calls for a person.
pub(super) fn calls_a_person(desk: &Desk<'_>, words: &str) -> bool {
    let flow = desk.handbook.flows.current(WORKER_FLOW);
    flow.and_then(|flow| flow.shared.word(words)).is_some_and(|(does, _)| does == Does::Operator)
}

/// What has come of a contact whose conversation ends by itself.
pub(super) fn outcome(contact: &Contact) -> Outcome {
    let position = contact.position.as_deref().and_then(|position| serde_json::from_str::<Position>(position).ok());
    position.map_or(Outcome::Abandoned, |position| told(&position))
}

const fn told(position: &Position) -> Outcome {
    if position.shown > 0 { Outcome::Informed } else { Outcome::Abandoned }
}

/// Tells whether the worker was leaving a message for an operator.
pub(super) fn leaves_a_message(desk: &Desk<'_>, contact: &Contact) -> bool {
    let position = contact.position.as_deref().and_then(|position| serde_json::from_str::<Position>(position).ok());
    position.is_some_and(|position| flow::awaits_words(&desk.handbook.flows, &position))
}

/// Lets the conversation ask for what it may know of the world and of this contact.
fn with_surroundings<T>(desk: &Desk<'_>, contact: &Contact, run: impl FnOnce(&Known<'_>, &Hand) -> T) -> T {
    let handbook = desk.handbook;
    let line = |destination: Option<&Destination>, lang: Lang| line_facts(desk, contact, destination, lang);
    let search = |need: &crate::domain::Need, skip: usize, lang: Lang, medium: Medium| inquiry::listing(handbook, need, skip, lang, medium, desk.now());
    let describe = |destination: &Destination, lang: Lang| handbook.describe(destination, lang);
    let postcode = |digits: &str| handbook.gazetteer.postcode(digits);
    let known = Known { line: &line, search: &search, describe: &describe, postcode: &postcode };
    let hand = Hand {
        contact_number: contact.number.to_string(),
        worker: contact.worker_name.clone().unwrap_or_default(),
        sms_possible: opt_out::is_texted(desk, contact),
        reachable: contact.is_reachable(),
        promised: promise::is_open(contact),
        beside: beside(desk, contact).map(|number| number.to_string()).unwrap_or_default(),
        locked_until: locked_until(desk, contact),
    };
    run(&known, &hand)
}

/// The number of another question of the same worker that somebody here has or looks for.
fn beside(desk: &Desk<'_>, contact: &Contact) -> Option<i64> {
    let others = several::open(desk).filter(|other| other.id != contact.id && other.stage != Stage::Asking);
    others.map(|other| other.number).max().filter(|_| contact.beside)
}

/// Until when the caller who is heard cannot sign in.
fn locked_until(desk: &Desk<'_>, contact: &Contact) -> String {
    match &desk.event.what {
        What::Heard(heard) if let Said::LockedOut { until } = &heard.said => desk.when(desk.line(contact), *until, contact.lang),
        _ => String::new(),
    }
}

/// What holds of the line of a destination; where none is known, of the line the contact has come to.
fn line_facts(desk: &Desk<'_>, contact: &Contact, destination: Option<&Destination>, lang: Lang) -> LineFacts {
    let line = match destination {
        Some(_) => desk.handbook.line_for(destination, desk.now()),
        None => desk.line(contact),
    };
    let Some(line) = line else { return LineFacts::default() };
    let duty = duty(line, desk.now());
    let when = |at| say_when(at, line.zone, desk.now(), lang);
    LineFacts {
        name: line.title(lang),
        open: duty.open,
        next_open: duty.next_open.map(when).unwrap_or_default(),
        promise_due: when(contact.promise_due.filter(|due| promise::is_open(contact) && *due > desk.now()).unwrap_or_else(|| promise_due(line, desk.now()))),
        closed_text: duty.closure.map(|closure| closure.get(lang).to_owned()),
    }
}

/// Copies what the conversation has learned into the contact, the line responsible included.
fn settle(desk: &Desk<'_>, contact: &mut Contact, position: &Position) {
    contact.lang = position.lang;
    contact.need.clone_from(&position.need);
    contact.urgent |= position.urgent;
    contact.told_personal_data |= position.told_privacy;
    // Where a person has sent a contact, there it stays.
    if let Some(destination) = position.need.destination.as_ref().filter(|_| contact.owner.is_none()) {
        contact.line = desk.handbook.line_for(Some(destination), desk.now()).map(|line| LineId::new(line.id.as_str()));
    }
}

/// Does the acts in order and returns why the conversation ended, when it did.
fn carry_out(desk: &mut Desk<'_>, contact: &mut Contact, acts: Vec<Act>, words: &str) -> Option<EndReason> {
    let mut prompts: Vec<Prompt> = Vec::new();
    let mut rest = Vec::new();
    for act in acts {
        match act {
            Act::Say(prompt) => prompts.push(prompt),
            act => rest.push(act),
        }
    }
    say(desk, contact, &prompts);
    let mut reason = None;
    for act in rest {
        match act {
            Act::Say(_) => {}
            Act::AlsoSms { text } => also_sms(desk, contact, text),
            Act::LookedUp { services, found, .. } => desk.log(contact, Author::Line, Happened::LookedUp { services, found }),
            Act::HandOver { urgent, together, ring_seconds, queue_seconds_max, whisper } => {
                contact.urgent |= urgent;
                call::whisper(desk, contact, whisper);
                reading::add_question(contact, words);
                hand_over::begin(desk, contact, hand_over::Ringing { together, ring_seconds, queue_seconds_max });
            }
            Act::Promise { body } | Act::PassedOn { body } if contact.stage == Stage::Held => reading::add_question(contact, &body),
            Act::Promise { body } => {
                reading::add_question(contact, words);
                reading::add_question(contact, &body);
                hand_over::log_route(desk, contact);
                promise::make(desk, contact);
            }
            Act::PassedOn { body } => reading::add_question(contact, &body),
            Act::Saved { name, value } => saved(desk, contact, &name, &value),
            Act::Ended { reason: why } => reason = Some(why),
        }
    }
    reason
}

fn saved(desk: &mut Desk<'_>, contact: &Contact, name: &str, value: &str) {
    if name == "rating"
        && let Ok(value) = value.parse()
    {
        desk.log(contact, Author::Worker, Happened::Rated { value });
    }
}

/// One turn says one thing: the prompts of a turn are joined, the last one's choices stand.
fn say(desk: &mut Desk<'_>, contact: &Contact, prompts: &[Prompt]) {
    let Some(last) = prompts.last() else { return };
    let between = match contact.medium {
        Medium::Chat | Medium::Web => "\n\n",
        Medium::Sms => "\n",
        Medium::Voice => " ",
    };
    let buttons = desk.ability(&contact.address).is_some_and(|ability| ability.buttons);
    let choices = if buttons { last.options.iter().map(choice).collect() } else { Vec::new() };
    let text = prompts.iter().map(|prompt| prompt.text.as_str()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between);
    let body = Body::Text { text, step: last.step.clone(), choices, expects: expects(last.expects), file: None };
    desk.ask_worker(contact, Sort::Answer, body);
}

fn choice(option: &flow::Choice) -> Choice {
    Choice { key: option.key.clone(), label: option.label.clone(), value: option.value.clone() }
}

const fn expects(expects: flow::Expects) -> Expects {
    match expects {
        flow::Expects::Nothing => Expects::Nothing,
        flow::Expects::Key { digits_max: 0..=1, timeout_s } => Expects::Key { timeout_s },
        flow::Expects::Key { digits_max, timeout_s } => Expects::Keys { count: digits_max, timeout_s },
        flow::Expects::SignIn { timeout_s } => Expects::SignIn { timeout_s },
        flow::Expects::Text => Expects::Text,
        flow::Expects::Recording { seconds_max, .. } => Expects::Recording { seconds_max },
    }
}

fn also_sms(desk: &mut Desk<'_>, contact: &Contact, text: String) {
    let Some(address) = super::worker::written_address(desk, &contact.address) else { return };
    let letter = desk.send(&address, Some(contact), None, contact.lang, Sort::Answer, Body::text(text.clone()));
    desk.log(contact, Author::Line, Happened::Said { words: text, letter });
}

/// The conversation is over: so is a contact nobody else has, and a call with it.
fn ended(desk: &mut Desk<'_>, contact: &mut Contact, reason: &EndReason, position: &Position) {
    let too_far = matches!(reason, EndReason::TooLong | EndReason::Lost);
    if contact.stage == Stage::Asking && !too_far {
        finish::close(desk, contact, Author::Line, told(position), None);
    }
    if call::is_going_on(desk, contact) && !matches!(reason, EndReason::HungUp) {
        desk.ask_worker(contact, Sort::Answer, Body::HangUp);
        call::over(desk, contact);
    }
}

