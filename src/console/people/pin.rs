//! The PIN by which an operator who calls the line proves who speaks: made by the coordinator, shown once,
//! replaced or taken away. Only its hash is kept.

use super::PATH;
use crate::console::error::ConsoleError;
use crate::console::form::Typed;
use crate::console::frame::{Frame, Tab};
use crate::console::password;
use crate::console::visit::{Visit, page};
use crate::domain::{Address, Medium, OperatorId};
use crate::handbook::Handbook;
use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};

/// What the page of the people shows of a PIN.
pub(super) struct PinView {
    /// Whose, as the form sends it.
    pub(super) id: String,
    /// Whose, in words.
    pub(super) name: String,
    /// There is one.
    pub(super) made: bool,
}

/// The page that shows a PIN, once.
#[derive(Template)]
#[template(path = "people/pin.html")]
struct PinPage {
    frame: Frame,
    name: String,
    pin: String,
    /// Whether another PIN has just died.
    replaced: bool,
}

/// Tells whether a person can call the line from a phone it knows: only there a PIN is asked for.
pub(super) fn calls(handbook: &Handbook, addresses: &[Address]) -> bool {
    addresses.iter().any(|address| address.is_number() && handbook.ability(&address.channel).is_some_and(|ability| ability.medium == Medium::Voice))
}

/// Makes a PIN or takes it away.
///
/// # Errors
/// When the form is not ours, there is no such person, or the store fails.
pub(in crate::console) async fn edit(visit: Visit, Form(typed): Form<Typed>) -> Result<Response, ConsoleError> {
    visit.confirm(typed.of("token"))?;
    let operator = OperatorId(typed.of("id").to_owned());
    let handbook = visit.app.handbook();
    let person = handbook.operator(&operator).ok_or(ConsoleError::NotFound)?;
    let store = visit.app.store();
    if typed.given("remove").is_some() {
        store.remove_operator_pin(&operator).await?;
        visit.takes_over().await;
        return Ok(Redirect::to(&format!("{PATH}?done=pin#people-h")).into_response());
    }
    let pin = password::pin()?;
    let hashed = {
        let pin = pin.clone();
        tokio::task::spawn_blocking(move || password::hash(&pin)).await.map_err(|_| ConsoleError::Busy)??
    };
    let replaced = store.operators_with_pin().await?.contains(&operator);
    store.save_operator_pin(&operator, &hashed).await?;
    visit.takes_over().await;
    page(&PinPage { frame: visit.frame(Tab::Outside), name: person.name.clone(), pin, replaced })
}

/// Leads from the address of the form to the page it stands on.
pub(in crate::console) async fn back() -> Redirect {
    Redirect::to(&format!("{PATH}#people-h"))
}
