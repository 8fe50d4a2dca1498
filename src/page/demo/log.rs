//! The contact log on the stage: the latest contacts as the coordinator sees them, and
//! the story of the open one with the sentences that say why.

use super::play::Play;
use super::scene::Scene;
use crate::console::label;
use crate::console::names::Names;
use crate::console::timeline::{Day, Item, Teller};
use crate::domain::{Contact, Destination, Lang, Stage};
use crate::page::thread::without_prefix;
use crate::page::{PageError, moment};
use crate::store::Filter;
use askama::Template;
use std::collections::HashSet;

/// Contacts the stage lists; the console has them all.
const ROWS_MAX: i64 = 30;

/// One contact in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The short number.
    pub number: i64,
    /// The place the client returns to, or what is missing.
    pub place: String,
    /// What is needed.
    pub topic: String,
    /// Where it stands.
    pub stage: String,
    /// The class of the stage's chip.
    pub tone: &'static str,
    /// What the worker holds: the icon's name.
    pub medium: &'static str,
    /// Who has it, or by when an answer was promised.
    pub owner: String,
    /// The promise, with the time left.
    pub promise: String,
    /// Whether the promise is late.
    pub late: bool,
    /// When it began.
    pub opened: String,
    /// Whether its story is shown.
    pub open: bool,
}

/// The story of one contact.
#[derive(Debug, Clone)]
pub(super) struct Story {
    /// The short number.
    pub number: i64,
    /// Who asks.
    pub worker: String,
    /// The chips under the number: place, topic, flags.
    pub facts: Vec<String>,
    /// What happened, day by day, oldest first.
    pub days: Vec<Day>,
}

/// The log beside the devices.
#[derive(Debug, Clone, Template)]
#[template(path = "demo/log.html")]
pub(super) struct Log {
    /// The visitor's language.
    pub lang: Lang,
    /// What the stage shows.
    pub scene: Scene,
    /// The latest contacts, newest first.
    pub rows: Vec<Row>,
    /// The open one.
    pub story: Option<Story>,
}

impl Log {
    /// Builds the log from what goes on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) async fn of(play: &Play) -> Result<Self, PageError> {
        let names = names(play);
        let page = play.app.store().contacts(&Filter::default(), None, ROWS_MAX).await?;
        let rows = page.rows.iter().map(|contact| row(play, &names, contact)).collect();
        let story = match &play.contact {
            Some(contact) => Some(story(play, &names, contact).await?),
            None => None,
        };
        Ok(Self { lang: play.lang, scene: play.scene.clone(), rows, story })
    }
}

fn names(play: &Play) -> Names {
    let book = &play.handbook.book;
    Names {
        lines: book.lines.iter().map(|line| (line.id.clone(), line.name.clone())).collect(),
        operators: book.operators.iter().map(|operator| (operator.id.clone(), crate::routing::called(&book.operators, &operator.id).to_owned())).collect(),
    }
}

fn row(play: &Play, names: &Names, contact: &Contact) -> Row {
    let lang = play.lang;
    let stage = label::stage(contact.stage, lang);
    let due = contact.promise_due.filter(|_| contact.stage != Stage::Closed && contact.owner.is_none());
    let owner = contact.outcome.map(|outcome| outcome.label(lang).to_owned());
    Row {
        number: contact.number,
        place: label::destination(&contact.need, lang),
        topic: about(contact, lang),
        stage: stage.text.to_owned(),
        tone: tone(contact.stage),
        medium: contact.medium.name(),
        owner: owner.or_else(|| contact.owner.as_ref().map(|owner| names.operator(owner))).unwrap_or_default(),
        promise: due.map(|due| format!("{} {} · {}", lang.pick("nejpozději", "by"), moment::near(due, play.now, lang), moment::left(due, play.now, lang))).unwrap_or_default(),
        late: due.is_some_and(|due| due < play.now),
        opened: moment::near(contact.opened_at, play.now, lang),
        open: play.contact.as_ref().is_some_and(|open| open.id == contact.id),
    }
}

/// The region, where the place alone does not say it, and the topics.
fn about(contact: &Contact, lang: Lang) -> String {
    let region = match &contact.need.destination {
        Some(Destination::Place(place)) if place.municipality.is_some() => place.region.name(lang),
        Some(Destination::Place(_) | Destination::Abroad(_)) | None => "",
    };
    [region, &label::topics(&contact.need, lang)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

const fn tone(stage: Stage) -> &'static str {
    match stage {
        Stage::Held => "good",
        Stage::Waiting | Stage::Promised => "warn",
        Stage::Asking | Stage::Closed => "",
    }
}

async fn story(play: &Play, names: &Names, contact: &Contact) -> Result<Story, PageError> {
    let timeline = play.app.store().timeline(contact.id).await?;
    let letters = timeline.letters.iter().map(|posted| (posted.letter.id, posted.letter.delivery)).collect();
    let worker = contact.worker_name.clone().unwrap_or_else(|| play.lang.pick("Neznámý volající", "Unknown caller").to_owned());
    let teller = Teller { names, letters: &letters, gone: &HashSet::new(), worker: &worker, now: play.now, lang: play.lang };
    let mut days = teller.days(&timeline.entries);
    days.iter_mut().flat_map(|day| &mut day.items).for_each(|item| bare(play, item));
    Ok(Story { number: contact.number, facts: facts(play, contact), worker, days })
}

/// Beside the operator's name the words need no "Operátor:".
fn bare(play: &Play, item: &mut Item) {
    if let Some(words) = without_prefix(&play.handbook, &item.text) {
        item.text = words.to_owned();
    }
}

fn facts(play: &Play, contact: &Contact) -> Vec<String> {
    let (need, lang) = (&contact.need, play.lang);
    let place = label::destination(need, lang);
    let release = need.release.map(|release| format!("{} {}", lang.pick("výstup", "release"), label::release(release, crate::console::moment::day_of(play.now), lang)));
    let topics = need.topics.iter().map(|topic| topic.label(lang).to_owned());
    std::iter::once(place).chain(topics).chain(label::who(&need.who, lang)).chain(release).collect()
}

