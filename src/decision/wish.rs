//! What a worker wants of the line itself: the list of own questions, one of them to go on with, a new one
//! beside them, a word of help. None of it is for an operator or about a client.

use super::{desk::Desk, finish, reading, several, talk, worker};
use crate::domain::{Author, Body, Choice, Contact, Expects, Happened, Heard, Lang, Outcome, Said, Sort, Stage, Worker};
use crate::flow::Input;
use crate::handbook::{Handbook, Phrase, Wish};

/// The question whose buttons are the worker's own questions.
pub(super) const QUESTION: &str = "question";
/// The question whether words were about another client; its button carries them.
pub(super) const ANOTHER: &str = "another";
/// The button for a new question.
const NEW: &str = "new";
/// Longest label of a button, in characters.
const LABEL_CHARACTERS_MAX: usize = 40;
/// The key that has a question asked again.
const REPEAT: &str = "*";

/// Tells whether somebody asks for all own questions: those that are finished have to be read, too.
#[must_use]
pub fn wants_all(handbook: &Handbook, heard: &Heard) -> bool {
    matches!(&heard.said, Said::Text(text) if matches!(handbook.wording.wishes.find(text), Some((Wish::Mine, ..))))
}

/// Does what is wanted of the line itself; tells whether the words were such a wish.
pub(super) fn granted(desk: &mut Desk<'_>, here: &Worker, text: &str) -> bool {
    let Some((wish, lang, rest)) = desk.handbook.wording.wishes.find(text) else { return false };
    let talking = desk.situation.contact.as_ref().filter(|contact| contact.is_open());
    let here = Worker { lang: talking.map_or(lang, |contact| contact.lang), ..here.clone() };
    let asking = several::meant(desk, None).map(|meant| meant.contact.clone());
    // Whoever reads it may be asked for help by a person.
    let alone = asking.as_ref().is_none_or(|contact| contact.stage == Stage::Asking) || text.trim_start().starts_with('/');
    match wish {
        Wish::Mine => list(desk, &here),
        Wish::Another => {
            begin(desk, &here, rest);
        }
        Wish::Begin if asking.is_none() => return false,
        Wish::Help | Wish::Begin if alone => {
            answer(desk, &here, Phrase::WorkerHelp);
            if let Some(contact) = asking {
                ask_again(desk, contact);
            }
        }
        Wish::Help | Wish::Begin => return false,
    }
    true
}

/// Whoever asks for a person again, while one is looked for or has the contact, learns how that stands;
/// tells whether the words were that.
pub(super) fn told_of_person(desk: &mut Desk<'_>, contact: &Contact, words: &str) -> bool {
    words.chars().any(char::is_alphabetic) && talk::calls_a_person(desk, words) && tell_of_person(desk, contact)
}

/// Tells how it stands with a person; tells whether there is or will be one.
pub(super) fn tell_of_person(desk: &mut Desk<'_>, contact: &Contact) -> bool {
    let phrase = match contact.stage {
        Stage::Waiting => Phrase::WorkerSearching,
        Stage::Held => Phrase::WorkerHeld,
        Stage::Promised => Phrase::WorkerPromised,
        Stage::Asking | Stage::Closed => return false,
    };
    let names = [("number", &*contact.number.to_string()), ("due", &*due(desk, contact))];
    let text = desk.say(phrase, contact.lang, &names);
    desk.tell_worker(contact, Sort::Answer, &text);
    true
}

/// Lists the worker's questions with how they stand, and offers to go on with an open one.
fn list(desk: &mut Desk<'_>, here: &Worker) {
    let all: Vec<Contact> = if desk.situation.asking.is_empty() { desk.situation.contact.iter().cloned().collect() } else { desk.situation.asking.clone() };
    if all.is_empty() {
        return answer(desk, here, Phrase::QuestionsNone);
    }
    let lines: Vec<String> = all.iter().map(|contact| line(desk, contact, here.lang)).collect();
    let text = desk.say(Phrase::Questions, here.lang, &[("list", &lines.join("\n"))]);
    let open: Vec<&Contact> = all.iter().filter(|contact| contact.is_open()).collect();
    let Some(first) = open.first() else {
        let none = desk.say(Phrase::QuestionsOver, here.lang, &[]);
        return say(desk, here, format!("{text}\n{none}"), Vec::new());
    };
    let buttons = desk.ability(&here.address).is_some_and(|ability| ability.buttons);
    let how = if buttons { Phrase::QuestionsChoose } else { Phrase::QuestionsHow };
    let how = desk.say(how, here.lang, &[("example", &first.number.to_string())]);
    let choices = if buttons { choices(desk, here, &open) } else { Vec::new() };
    say(desk, here, format!("{text}\n{how}"), choices);
}

fn choices(desk: &Desk<'_>, here: &Worker, open: &[&Contact]) -> Vec<Choice> {
    let own = open.iter().map(|contact| {
        let names = [("number", &*contact.number.to_string()), ("need", &*several::need(desk, contact))];
        let label = desk.say(Phrase::QuestionLabel, here.lang, &names);
        (reading::shortened(&label, LABEL_CHARACTERS_MAX), contact.number.to_string())
    });
    let new = (desk.say(Phrase::ButtonAnother, here.lang, &[]), NEW.to_owned());
    let choice = |(n, (label, value)): (usize, (String, String))| Choice { key: (n + 1).to_string(), label, value };
    own.chain([new]).enumerate().map(choice).collect()
}

fn line(desk: &Desk<'_>, contact: &Contact, lang: Lang) -> String {
    let closed = contact.outcome.filter(|outcome| matches!(outcome, Outcome::Placed | Outcome::Referred | Outcome::Informed | Outcome::NoPlace));
    let phrase = match contact.stage {
        Stage::Asking => Phrase::QuestionAsking,
        Stage::Waiting => Phrase::QuestionWaiting,
        Stage::Held => Phrase::QuestionHeld,
        Stage::Promised => Phrase::QuestionPromised,
        Stage::Closed if closed.is_some() => Phrase::QuestionClosed,
        Stage::Closed => Phrase::QuestionOver,
    };
    let outcome = closed.map_or("", |outcome| outcome.label(lang));
    let state = desk.say(phrase, lang, &[("due", &due(desk, contact)), ("outcome", outcome)]);
    desk.say(Phrase::Question, lang, &[("number", &contact.number.to_string()), ("need", &several::need(desk, contact)), ("state", &state)])
}

fn due(desk: &Desk<'_>, contact: &Contact) -> String {
    contact.promise_due.map(|due| desk.by_when(desk.line(contact), due, contact.lang)).unwrap_or_default()
}

/// A button of the list, or of the question whether words were about another client; tells whether it was one.
pub(super) fn pressed(desk: &mut Desk<'_>, here: &Worker, step: &str, value: &str) -> bool {
    match (step, value.parse()) {
        (QUESTION, Ok(number)) => turn_to(desk, here, number),
        (QUESTION, Err(_)) if value == NEW => {
            begin(desk, here, "");
        }
        (ANOTHER, _) => begin_once(desk, here, value),
        _ => return false,
    }
    true
}

/// Goes on with one of the worker's open questions.
pub(super) fn turn_to(desk: &mut Desk<'_>, here: &Worker, number: i64) {
    let Some(meant) = several::meant(desk, Some(number)) else {
        let text = desk.say(Phrase::WorkerOver, here.lang, &[("number", &number.to_string())]);
        return say(desk, here, text, Vec::new());
    };
    let mut contact = worker::followed(desk, meant.contact.clone());
    contact.heard_at = Some(desk.now());
    let names = [("number", &*contact.number.to_string()), ("need", &*several::need(desk, &contact))];
    let text = desk.say(Phrase::WorkerTurned, contact.lang, &names);
    desk.tell_worker(&contact, Sort::Answer, &text);
    ask_again(desk, contact);
}

/// What the line itself was asking is asked once more.
fn ask_again(desk: &mut Desk<'_>, mut contact: Contact) {
    if contact.stage == Stage::Asking {
        talk::advance(desk, &mut contact, Input::Key(REPEAT.to_owned()));
    }
    desk.keep(&contact);
}

/// The button under words about another client was pressed; twice is as good as once.
fn begin_once(desk: &mut Desk<'_>, here: &Worker, words: &str) {
    let asked_at = desk.situation.letter.as_ref().map(|letter| letter.created_at);
    let begun = several::open(desk).find(|contact| asked_at.is_some_and(|at| contact.opened_at > at)).map(|contact| contact.number);
    match begun {
        Some(number) => turn_to(desk, here, number),
        None => {
            begin(desk, here, words);
        }
    }
}

/// Begins a new question. One the line was still asking about ends: nobody else has it.
pub(super) fn begin(desk: &mut Desk<'_>, here: &Worker, words: &str) -> Contact {
    let mut contact = worker::opened(desk, here);
    let left: Vec<Contact> = several::open(desk).filter(|open| open.stage == Stage::Asking && open.call.is_none()).cloned().collect();
    contact.beside = several::open(desk).count() > left.len();
    desk.keep(&contact);
    for mut open in left {
        let outcome = talk::outcome(&open);
        finish::close(desk, &mut open, Author::Line, outcome, None);
        desk.keep(&open);
    }
    let read = reading::read(desk, None, words);
    desk.log(&contact, Author::Worker, Happened::Heard { words: read.understood.masked.clone() });
    worker::said(desk, &mut contact, read);
    desk.keep(&contact);
    contact
}

fn answer(desk: &mut Desk<'_>, here: &Worker, phrase: Phrase) {
    let text = desk.say(phrase, here.lang, &[]);
    say(desk, here, text, Vec::new());
}

fn say(desk: &mut Desk<'_>, here: &Worker, text: String, choices: Vec<Choice>) {
    let step = if choices.is_empty() { String::new() } else { QUESTION.to_owned() };
    let body = Body::Text { text, step, choices, expects: Expects::Nothing, file: None };
    desk.send(&here.address, None, None, here.lang, Sort::Answer, body);
}

/// Asks whether words that an operator got were about another client.
pub(super) fn ask_whether_another(desk: &mut Desk<'_>, contact: &Contact, words: &str) {
    let text = desk.say(Phrase::WorkerElsewhere, contact.lang, &[("number", &contact.number.to_string())]);
    let buttons = desk.ability(&contact.address).is_some_and(|ability| ability.buttons);
    if !buttons {
        let how = desk.say(Phrase::WorkerElsewhereHow, contact.lang, &[]);
        return desk.tell_worker(contact, Sort::Notice, &format!("{text} {how}"));
    }
    let choices = vec![Choice { key: "1".to_owned(), label: desk.say(Phrase::ButtonAnother, contact.lang, &[]), value: words.to_owned() }];
    desk.ask_worker(contact, Sort::Notice, Body::Text { text, step: ANOTHER.to_owned(), choices, expects: Expects::Nothing, file: None });
}
