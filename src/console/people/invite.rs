//! Codes that bring people in: made for an operator or a prison, shown once with every way to send them,
//! listed while they are taken, and taken back. The sheet with a prison's code is `poster`.

use super::PATH;
use crate::app::invite;
use crate::console::error::ConsoleError;
use crate::console::form::Typed;
use crate::console::frame::{Frame, Tab};
use crate::console::moment::{self, Moment};
use crate::console::visit::{Visit, page};
use crate::domain::{Guest, Invitation, Lang, Medium, OperatorId};
use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};

/// How a form names an operator, and a prison.
const KINDS: (&str, &str) = ("operator:", "prison:");

/// What the page of the people shows of invitations.
pub(super) struct InviteView {
    /// Those that are taken now.
    pub(super) open: Vec<OpenView>,
    /// Whom one can be made for.
    pub(super) guests: Vec<(String, String)>,
}

/// An invitation that is taken.
pub(super) struct OpenView {
    /// Names it in its form.
    pub(super) id: String,
    /// Whom it is for.
    pub(super) who: String,
    /// Until when, by whom, how often.
    pub(super) detail: String,
    /// Where its sheet is; nothing for a person.
    pub(super) poster: Option<String>,
}

/// The page that shows a code, once.
#[derive(Template)]
#[template(path = "people/invitation.html")]
struct InvitationPage {
    frame: Frame,
    who: String,
    code: String,
    /// Where the line is with the code written already.
    links: Vec<(String, String)>,
    /// Numbers that take messages.
    numbers: String,
    until: Moment,
    poster: Option<String>,
}

/// Reads what is shown.
///
/// # Errors
/// When the store fails.
pub(super) async fn view(visit: &Visit) -> Result<InviteView, ConsoleError> {
    let store = visit.app.store();
    let open = store.open_invitations(visit.now).await?.into_iter().map(|one| opened(visit, &one)).collect();
    let handbook = visit.app.handbook();
    let mut guests: Vec<(String, String)> = handbook.book.operators.iter().map(|operator| (format!("{}{}", KINDS.0, operator.id), operator.name.clone())).collect();
    guests.sort_by_cached_key(|(_, name)| crate::domain::fold(name));
    let prisons = store.prison_logins().await?.into_iter().map(|prison| (format!("{}{}", KINDS.1, prison.code), prison.name));
    Ok(InviteView { open, guests: prisons.chain(guests).collect() })
}

fn opened(visit: &Visit, one: &Invitation) -> OpenView {
    let until = Moment::of(one.expires_at, visit.now, visit.lang);
    let (day, author, uses, most) = (moment::date(moment::day_of(one.made_at), moment::day_of(visit.now), visit.lang), &one.author, one.uses, one.uses_max);
    let detail = match (visit.lang, &one.guest) {
        (Lang::Cs, Guest::Operator(_)) => format!("platí do {} {}, jednou; vytvořeno {day} ({author})", until.day, until.time),
        (Lang::En, Guest::Operator(_)) => format!("taken until {} {}, once; made {day} ({author})", until.day, until.time),
        (Lang::Cs, Guest::Prison { .. }) => format!("platí do {} {}, použito {uses}× z {most}; vytvořeno {day} ({author})", until.day, until.time),
        (Lang::En, Guest::Prison { .. }) => format!("taken until {} {}, used {uses} of {most} times; made {day} ({author})", until.day, until.time),
    };
    OpenView { id: one.id.clone(), who: who(visit, &one.guest), detail, poster: poster(one) }
}

fn who(visit: &Visit, guest: &Guest) -> String {
    match guest {
        Guest::Operator(id) => visit.app.handbook().operator(id).map_or_else(|| id.to_string(), |operator| operator.name.clone()),
        Guest::Prison { name, .. } => name.clone(),
    }
}

fn poster(one: &Invitation) -> Option<String> {
    matches!(one.guest, Guest::Prison { .. }).then(|| format!("{PATH}/poster/{}", one.id))
}

/// The line's numbers that take messages.
pub(super) fn numbers(visit: &Visit) -> Vec<String> {
    let handbook = visit.app.handbook();
    let texts = |channel: &str| handbook.ability(channel).is_some_and(|ability| ability.medium == Medium::Sms);
    handbook.own.iter().filter(|own| own.is_number() && texts(&own.channel)).map(|own| own.handle.clone()).collect()
}

/// Makes a code, or takes one back.
///
/// # Errors
/// When the form is not ours, there is no such person or prison, or the store fails.
pub(in crate::console) async fn edit(visit: Visit, Form(typed): Form<Typed>) -> Result<Response, ConsoleError> {
    visit.confirm(typed.of("token"))?;
    if let Some(id) = typed.given("revoke") {
        visit.app.store().revoke_invitation(id, visit.now).await?;
        return Ok(Redirect::to(&format!("{PATH}?done=invite#invite")).into_response());
    }
    let guest = guest(&visit, typed.of("guest")).await?.ok_or(ConsoleError::NotFound)?;
    let made = invite(visit.app.store(), guest, &visit.user, visit.now).await?;
    page(&InvitationPage {
        frame: visit.frame(Tab::Outside),
        who: who(&visit, &made.guest),
        links: visit.app.ways_in(&made.code),
        numbers: numbers(&visit).join(", "),
        until: Moment::of(made.expires_at, visit.now, visit.lang),
        poster: poster(&made),
        code: made.shown(),
    })
}

async fn guest(visit: &Visit, named: &str) -> Result<Option<Guest>, ConsoleError> {
    if let Some(id) = named.strip_prefix(KINDS.0) {
        let id = OperatorId::new(id);
        return Ok(visit.app.handbook().operator(&id).map(|_| Guest::Operator(id)));
    }
    let Some(code) = named.strip_prefix(KINDS.1) else { return Ok(None) };
    Ok(visit.app.store().prison_login(code).await?.map(|prison| Guest::Prison { code: prison.code, name: prison.name }))
}

/// Leads from the address of the form to the page it stands on.
pub(in crate::console) async fn back() -> Redirect {
    Redirect::to(&format!("{PATH}#invite"))
}
