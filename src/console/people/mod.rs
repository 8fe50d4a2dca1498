//! The people of the lines: who is away and who stands in, who swaps a shift, which line covers for
//! another, where each person is reached, and whom the line does not answer. Edits are checked by `routing` and kept as versions.

mod away;
pub(super) mod blocked;
mod cover;
pub(super) mod invite;
pub(super) mod pin;
pub(super) mod point;
pub(super) mod poster;
pub(super) mod swap;

use super::calendar::address::FeedView;
use super::contact::fresh_key;
use super::error::ConsoleError;
use super::form::{Trouble, Typed};
use super::inputs::Fields;
use super::frame::{Frame, Tab};
use super::roster::address;
use super::roster::desk::{Desk, Stored};
use super::section::{Refused, Section, Words};
use super::visit::{Visit, page};
use super::watch::{self, Group};
use crate::domain::{CalendarOf, Lang, RuleId};
use self::swap::SwapsView;
use crate::routing::Operator;
use crate::store::{CalendarFeed, RosterEdit};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use invite::InviteView;
use pin::PinView;
use point::PointView;

const PATH: &str = "/console/people";
/// How often an edit is checked anew when somebody else writes at the same moment.
const TRIES_MAX: usize = 3;

/// A kind of rule that concerns people on every line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Away,
    Cover,
}

impl Rule {
    const ALL: [Self; 2] = [Self::Away, Self::Cover];

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.words(Lang::Cs).code == code)
    }

    const fn words(self, lang: Lang) -> Words {
        match self {
            Self::Away => away::words(lang),
            Self::Cover => cover::words(lang),
        }
    }

    fn edit(self, desk: &Desk<'_>, typed: &Typed, id: RuleId) -> Result<RosterEdit, Trouble> {
        match (self, typed.given("remove")) {
            (Self::Away, Some(key)) => away::remove(desk, &RuleId::new(key)),
            (Self::Cover, Some(key)) => cover::remove(desk, &RuleId::new(key)),
            (Self::Away, None) => away::add(desk, typed, id),
            (Self::Cover, None) => cover::add(desk, typed, id),
        }
    }

    fn section(self, desk: &Desk<'_>, typed: &Typed, refused: Option<Refused<'_>>, done: Option<&str>) -> Section {
        let (words, fields) = (self.words(desk.lang), Fields { typed, lang: desk.lang });
        let (items, fields) = match self {
            Self::Away => (away::items(desk), away::fields(desk, fields)),
            Self::Cover => (cover::items(desk), cover::fields(desk, fields)),
        };
        Section::new(&words, format!("{PATH}/{}", words.code), items, fields, refused, done)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "people/people.html")]
struct PeoplePage {
    frame: Frame,
    /// Whom nobody stands in for.
    watch: Vec<Group>,
    sections: Vec<Section>,
    /// What operators asked each other for.
    swaps: SwapsView,
    people: Vec<PersonView>,
    /// Who may join by a code.
    invites: InviteView,
    /// Whom the line does not answer.
    blocked: Section,
    /// Absences and covers are found by their names; no version is needed.
    version: i64,
}

/// One operator.
struct PersonView {
    id: String,
    name: String,
    languages: String,
    /// Where, the first to be tried first.
    points: Vec<PointView>,
    /// Address and name of each line, and what the person does there.
    lines: Vec<(String, String, &'static str)>,
    /// The address of the person's calendar.
    feed: FeedView,
    /// The PIN; nothing for who has no phone.
    pin: Option<PinView>,
}

/// Shows the people.
///
/// # Errors
/// When the store fails.
pub(super) async fn show(visit: Visit) -> Result<Response, ConsoleError> {
    shown(&visit, None, Trouble::default()).await
}

/// Leads from the address of a form to the page it stands on.
pub(super) async fn back(Path(rule): Path<String>) -> Redirect {
    Redirect::to(&format!("{PATH}#{}", super::address::encode(&rule)))
}

/// Leads from the address of an answer to the page it stands on.
pub(super) async fn back_to_swaps() -> Redirect {
    Redirect::to(&format!("{PATH}#swap"))
}

/// Adds or takes away an absence or a cover.
///
/// # Errors
/// When the form is not ours, there is no such kind of rule, or the store fails.
pub(super) async fn edit(visit: Visit, Path(code): Path<String>, Form(typed): Form<Typed>) -> Result<Response, ConsoleError> {
    visit.confirm(typed.of("token"))?;
    let rule = Rule::from_code(&code).ok_or(ConsoleError::NotFound)?;
    let id = RuleId::new(fresh_key()?);
    for _ in 0..TRIES_MAX {
        let stored = Stored::read(&visit).await?;
        match rule.edit(&stored.desk(&visit), &typed, id.clone()) {
            Err(trouble) => {
                let page = shown(&visit, Some(Refused { code: &code, typed: &typed, trouble: &trouble }), Trouble::default()).await?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
            Ok(edit) if stored.write(&visit, std::slice::from_ref(&edit)).await? => {
                let done = if typed.given("remove").is_some() { "removed" } else { "added" };
                return Ok(Redirect::to(&format!("{PATH}?done={code}-{done}#{code}")).into_response());
            }
            Ok(_) => {}
        }
    }
    Err(ConsoleError::Busy)
}

async fn shown(visit: &Visit, refused: Option<Refused<'_>>, swap: Trouble) -> Result<Response, ConsoleError> {
    let stored = Stored::read(visit).await?;
    let desk = stored.desk(visit);
    let (blank, feeds) = (Typed::default(), visit.app.store().calendar_feeds().await?);
    let (handbook, pins) = (visit.app.handbook(), visit.app.store().operators_with_pin().await?);
    let pin = |operator: &Operator| PinView { id: operator.id.as_str().to_owned(), name: operator.name.clone(), made: pins.contains(&operator.id) };
    let pin = |operator: &Operator| pin::calls(&handbook, &operator.addresses).then(|| pin(operator));
    let section = |rule: Rule| {
        let mine = refused.filter(|refused| refused.code == rule.words(Lang::Cs).code);
        rule.section(&desk, mine.map_or(&blank, |mine| mine.typed), mine, visit.done())
    };
    let mut people: Vec<&Operator> = desk.book.operators.iter().collect();
    people.sort_by_cached_key(|operator| crate::domain::fold(&operator.name));
    page(&PeoplePage {
        frame: visit.frame(Tab::People),
        watch: watch::of_people(&desk),
        sections: Rule::ALL.map(section).into(),
        swaps: swap::view(visit, &desk, swap).await?,
        people: people.into_iter().map(|operator| person(&desk, &feeds, pin(operator), operator)).collect::<Result<_, _>>()?,
        invites: invite::view(visit).await?,
        blocked: blocked::section(visit, refused).await?,
        version: 0,
    })
}

fn person(desk: &Desk<'_>, feeds: &[CalendarFeed], pin: Option<PinView>, operator: &Operator) -> Result<PersonView, ConsoleError> {
    let lang = desk.lang;
    let concerned = desk.book.lines.iter().filter(|line| line.people().any(|who| *who == operator.id));
    let lines = concerned.map(|line| {
        let duty = if line.coordinator == operator.id { lang.pick("koordinuje", "coordinates") } else { "" };
        (address(line.id.as_str()), line.name.get(lang).to_owned(), duty)
    });
    let language = |one: &Lang| match one {
        Lang::Cs => lang.pick("česky", "Czech"),
        Lang::En => lang.pick("anglicky", "English"),
    };
    Ok(PersonView {
        id: operator.id.to_string(),
        name: operator.name.clone(),
        languages: operator.languages.iter().map(language).collect::<Vec<_>>().join(", "),
        points: point::of(desk, &operator.id, &operator.addresses)?,
        lines: lines.collect(),
        feed: FeedView::new(desk, feeds, &CalendarOf::Operator(operator.id.clone())),
        pin,
    })
}
