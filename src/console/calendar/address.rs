//! Addresses of calendars: made by the coordinator, shown once, replaced or revoked.

use super::feed::ENDING;
use crate::console::address::encode;
use crate::console::error::ConsoleError;
use crate::console::form::Typed;
use crate::console::frame::{Frame, Tab};
use crate::console::moment::Moment;
use crate::console::roster::desk::{Desk, Stored};
use crate::console::session::{Token, origin};
use crate::console::visit::{Visit, page};
use crate::domain::CalendarOf;
use crate::store::CalendarFeed;
use askama::Template;
use axum::Form;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

/// What a page shows of an address: whose, and since when there is one.
pub(in crate::console) struct FeedView {
    /// Which calendar, as the form sends it.
    pub(in crate::console) kind: &'static str,
    /// Whose, as the form sends it.
    pub(in crate::console) id: String,
    /// Whose, in words.
    pub(in crate::console) name: String,
    /// When and by whom the address was made; `None` where there is none.
    pub(in crate::console) made: Option<(Moment, String)>,
}

/// The page that shows an address, once.
#[derive(Template)]
#[template(path = "calendar/made.html")]
struct MadePage {
    frame: Frame,
    name: String,
    url: String,
    back: String,
    /// Whether another address has just died.
    replaced: bool,
}

impl FeedView {
    /// Puts the state of one calendar into words.
    #[must_use]
    pub(in crate::console) fn new(desk: &Desk<'_>, feeds: &[CalendarFeed], of: &CalendarOf) -> Self {
        let (kind, id) = of.key();
        let made = feeds.iter().find(|feed| feed.of == *of).map(|feed| (Moment::of(feed.created_at, desk.now, desk.lang), feed.author.clone()));
        Self { kind, id: id.to_owned(), name: name(desk, of).unwrap_or_default(), made }
    }
}

/// Makes an address or revokes it.
///
/// # Errors
/// When the form is not ours, there is no such line or person, or the store fails.
pub(in crate::console) async fn edit(visit: Visit, headers: HeaderMap, Form(typed): Form<Typed>) -> Result<Response, ConsoleError> {
    visit.confirm(typed.of("token"))?;
    let of = CalendarOf::from_key(typed.of("kind"), typed.of("id")).ok_or(ConsoleError::Form)?;
    let (stored, store) = (Stored::read(&visit).await?, visit.app.store());
    let name = name(&stored.desk(&visit), &of).ok_or(ConsoleError::NotFound)?;
    if typed.given("revoke").is_some() {
        store.revoke_calendar(&of).await?;
        return Ok(Redirect::to(&format!("{}?done=calendar", back(&of))).into_response());
    }
    let token = Token::random()?;
    let replaced = store.calendar_feeds().await?.iter().any(|feed| feed.of == of);
    store.give_calendar(&of, &token.hash(), visit.now, &visit.user).await?;
    let url = format!("{}/calendar/{}{ENDING}", origin(&headers), token.as_str());
    page(&MadePage { frame: visit.frame(Tab::Outside), name, url, back: back(&of), replaced })
}

/// Leads from the address of the form to a page it stands on.
pub(in crate::console) async fn elsewhere() -> Redirect {
    Redirect::to("/console/people")
}

/// Says whose calendar it is; `None` where nobody knows the line or the person.
fn name(desk: &Desk<'_>, of: &CalendarOf) -> Option<String> {
    match of {
        CalendarOf::Line(id) => desk.book.line(id).map(|line| line.name.get(desk.lang).to_owned()),
        CalendarOf::Operator(id) => desk.book.operators.iter().find(|operator| operator.id == *id).map(|operator| operator.name.clone()),
    }
}

fn back(of: &CalendarOf) -> String {
    match of {
        CalendarOf::Line(id) => format!("/console/roster/{}", encode(id.as_str())),
        CalendarOf::Operator(_) => "/console/people".to_owned(),
    }
}
