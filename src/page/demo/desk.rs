//! The operators' devices: those of the line in play, each with its duty, its messages,
//! a phone that rings and a field to answer in.

use super::call;
use super::play::Play;
use super::scene::Scene;
use crate::channel::sim::{CHAT, SMS, VOICE};
use crate::domain::{Body, Happened, Lang, OperatorId};
use crate::page::bubble::Bubble;
use crate::page::thread::{BUBBLES_MAX, Screen};
use crate::page::{PageError, token};
use crate::routing::{Duty, Line, Operator, called, duty, say_time};
use crate::store;
use askama::Template;

/// A phone that rings, or a call that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ring {
    /// The phone is quiet.
    Quiet,
    /// It rings; picking up tells these words.
    Rings {
        /// The letter that rings.
        letter: String,
        /// What is said before the question.
        whisper: String,
    },
    /// The line waits for more keys, such as a code it has read aloud.
    Asks {
        /// The letter that rang.
        letter: String,
        /// What was said last.
        words: String,
    },
    /// The operator pressed 1 and talks to the caller.
    Joined {
        /// The letter that rang.
        letter: String,
    },
}

/// One operator with the device in the hand.
#[derive(Debug, Clone)]
pub(super) struct Phone {
    /// The operator's slug.
    pub operator: String,
    /// What colleagues call the operator.
    pub name: String,
    /// The whole invented name.
    pub whole_name: String,
    /// Whether on duty now.
    pub on_duty: bool,
    /// The duty in words: "slouží do 15:00".
    pub duty: String,
    /// What arrived and what was written, oldest first.
    pub thread: Vec<Bubble>,
    /// What the phone is doing.
    pub ring: Ring,
    /// The channels this operator can write by, the first as the default.
    pub channels: Vec<(&'static str, &'static str)>,
    /// The key of the next event from this device.
    pub key: String,
}

impl Phone {
    /// Returns the first letter of the name, for the round picture.
    #[must_use]
    pub(super) fn initial(&self) -> String {
        self.name.chars().next().map(String::from).unwrap_or_default()
    }
}

/// The operators' devices of one line.
#[derive(Debug, Clone, Template)]
#[template(path = "demo/desk.html")]
pub(super) struct Desk {
    /// The visitor's language.
    pub lang: Lang,
    /// What the stage shows.
    pub scene: Scene,
    /// The devices.
    pub phones: Vec<Phone>,
}

impl Desk {
    /// What can be typed, and what the tip says: Czech commands work in both languages.
    #[must_use]
    pub(super) const fn hints(&self) -> [(&'static str, &'static str); 5] {
        match self.lang {
            Lang::Cs => [
                ("/poznámka ", "poznámka, kterou pracovník neuvidí"),
                ("/předat ", "předat kolegovi nebo lince"),
                ("/konec zajištěno ", "uzavřít s výsledkem"),
                ("/kdo", "kdo slouží"),
                ("/pauza 30", "chvíli mě neptat"),
            ],
            Lang::En => [
                ("/poznámka ", "a note the worker does not see"),
                ("/předat ", "hand over to a colleague or a line"),
                ("/konec zajištěno ", "close with an outcome: placed"),
                ("/kdo", "who is on duty"),
                ("/pauza 30", "do not ask me for a while"),
            ],
        }
    }
}

impl Desk {
    /// Builds the devices from what goes on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) async fn of(play: &Play) -> Result<Self, PageError> {
        let mut desk = Self { lang: play.lang, scene: play.scene.clone(), phones: Vec::new() };
        let Some(line) = play.line() else { return Ok(desk) };
        let duty = duty(line, play.now);
        for operator in people(play, line, &duty).await? {
            desk.phones.push(phone(play, line, &duty, operator).await?);
        }
        Ok(desk)
    }
}

/// Those on duty first, then the others of the line, then who else has to do with the
/// contact, the coordinator last.
async fn people<'a>(play: &'a Play, line: &'a Line, duty: &'a Duty) -> Result<Vec<&'a Operator>, PageError> {
    let mut ids: Vec<OperatorId> = duty.on_duty.iter().map(|person| person.operator.clone()).collect();
    ids.extend(line.shifts.iter().map(|shift| shift.operator.clone()));
    ids.extend(concerned(play).await?);
    ids.retain(|id| *id != line.coordinator);
    ids.push(line.coordinator.clone());
    let mut people: Vec<&Operator> = Vec::new();
    for operator in ids.iter().filter_map(|id| play.handbook.operator(id)) {
        if !people.iter().any(|known| known.id == operator.id) {
            people.push(operator);
        }
    }
    Ok(people)
}

/// Operators of other lines who were offered the contact or have it.
async fn concerned(play: &Play) -> Result<Vec<OperatorId>, PageError> {
    let Some(contact) = &play.contact else { return Ok(Vec::new()) };
    let timeline = play.app.store().timeline(contact.id).await?;
    let offered = timeline.entries.into_iter().filter_map(|entry| match entry.what {
        Happened::Offered { operator, .. } | Happened::Taken { operator } => Some(operator),
        _ => None,
    });
    Ok(offered.chain(contact.owner.clone()).collect())
}

async fn phone(play: &Play, line: &Line, duty: &Duty, operator: &Operator) -> Result<Phone, PageError> {
    let key = token::fresh()?;
    let (mut written, mut ring) = (Vec::new(), Ring::Quiet);
    for address in &operator.addresses {
        let thread = play.app.store().thread(address, BUBBLES_MAX).await?;
        if address.channel == VOICE {
            ring = call::ring(&thread);
        }
        written.extend(thread);
    }
    written.sort_by_key(|bubble| bubble.at);
    let until = duty.on_duty.iter().find(|person| person.operator == operator.id).map(|person| say_time(person.until, line.zone));
    Ok(Phone {
        operator: operator.id.to_string(),
        name: called(&play.handbook.book.operators, &operator.id).to_owned(),
        whole_name: operator.name.clone(),
        on_duty: until.is_some(),
        duty: match until {
            Some(until) => format!("{} {until}", play.lang.pick("slouží do", "on duty until")),
            None => play.lang.pick("neslouží", "off duty").to_owned(),
        },
        thread: messages(play, operator, &written, &key),
        ring,
        channels: operator.addresses.iter().filter_map(|address| channel(&address.channel)).collect(),
        key,
    })
}

fn channel(name: &str) -> Option<(&'static str, &'static str)> {
    [(CHAT, "Chat"), (SMS, "SMS")].into_iter().find(|(channel, _)| *channel == name)
}

/// An offer's buttons live until anything later is said about its contact.
fn messages(play: &Play, operator: &Operator, stored: &[store::Bubble], key: &str) -> Vec<Bubble> {
    let mut bubbles = Vec::new();
    for (place, bubble) in stored.iter().enumerate() {
        let Some(letter) = &bubble.letter else {
            bubbles.extend(screen(play, operator, CHAT, key).bubble(bubble, false).filter(|_| bubble.kind != "keys"));
            continue;
        };
        if matches!(letter.body, Body::Text { .. }) {
            let answered = stored.iter().skip(place + 1).any(|later| later.letter.as_ref().is_some_and(|later| later.contact == letter.contact));
            bubbles.extend(screen(play, operator, &letter.to.channel, key).bubble(bubble, !answered));
        }
    }
    bubbles
}

fn screen<'a>(play: &'a Play, operator: &Operator, channel: &str, key: &'a str) -> Screen<'a> {
    let mut carries = play.scene.fields();
    carries.extend([("from", "operator".to_owned()), ("operator", operator.id.to_string()), ("channel", channel.to_owned())]);
    Screen { handbook: &play.handbook, lang: play.lang, now: play.now, press_at: "/demo/press", files_at: "/demo/file", carries, key }
}
