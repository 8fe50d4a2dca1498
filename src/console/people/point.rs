//! Where a person is reached, whether that is proven, and the button that sends a code there.

use super::PATH;
use crate::console::contact::fresh_key;
use crate::console::error::ConsoleError;
use crate::console::label::Tone;
use crate::console::moment;
use crate::console::roster::desk::Desk;
use crate::console::visit::Visit;
use crate::domain::{Address, Barrier, OperatorId, Point, Standing, Trouble};
use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Longest key of a form, in bytes.
const KEY_MAX: usize = 64;

/// One contact point.
pub(super) struct PointView {
    /// The channel, as people call it.
    pub(super) medium: String,
    /// The channel, as the line calls it.
    pub(super) channel: String,
    /// Where on the channel.
    pub(super) handle: String,
    /// Whether it is proven, in words.
    pub(super) state: String,
    /// How loud that is said.
    pub(super) tone: Tone,
    /// Names the form that sends a code.
    pub(super) key: String,
}

/// What the form sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct Sent {
    token: String,
    key: String,
    channel: String,
    handle: String,
}

/// Lists a person's contact points in the order they are tried.
///
/// # Errors
/// When the system gives no random bytes.
pub(super) fn of(desk: &Desk<'_>, operator: &OperatorId, addresses: &[Address]) -> Result<Vec<PointView>, ConsoleError> {
    addresses.iter().map(|address| view(desk, operator, address)).collect()
}

fn view(desk: &Desk<'_>, operator: &OperatorId, address: &Address) -> Result<PointView, ConsoleError> {
    let standing = Point::of(desk.points, operator, address).map_or(Standing::Unverified, |point| point.standing(desk.now));
    let (tone, state) = words(desk, standing);
    Ok(PointView {
        medium: address.label(desk.lang).to_owned(),
        channel: address.channel.clone(),
        handle: address.handle.clone(),
        state,
        tone,
        key: fresh_key()?,
    })
}

fn words(desk: &Desk<'_>, standing: Standing) -> (Tone, String) {
    let t = |cs, en| desk.lang.pick(cs, en);
    let day = |at| moment::date(moment::day_of(at), desk.today, desk.lang);
    match standing {
        Standing::Verified(at) => (Tone::Good, format!("{} {}", t("ověřeno", "verified"), day(at))),
        Standing::Awaited(until) => (Tone::Busy, format!("{} {}", t("čeká na kód do", "awaiting the code until"), moment::time(until))),
        Standing::Unverified => (Tone::Calm, t("neověřeno", "not verified").to_owned()),
        Standing::Troubled(Trouble { barrier: Barrier::Blocked, since }) => {
            (Tone::Loud, format!("{} {}", t("zablokováno: linku si tu zablokoval/a", "blocked: the person has blocked the line, on"), day(since)))
        }
        Standing::Troubled(Trouble { barrier: Barrier::OptedOut, since }) => {
            (Tone::Loud, format!("{} {}", t("zprávy sem nechce, zapne je slovem START; od", "wants no messages here, START turns them on again; since"), day(since)))
        }
        Standing::Troubled(Trouble { barrier: Barrier::Unreachable, since }) => {
            (Tone::Loud, format!("{} {}", t("nedaří se doručit od", "nothing arrives since"), day(since)))
        }
    }
}

/// Sends a code to a contact point.
///
/// # Errors
/// When the form is not ours, nobody is reached there, or the order is not taken.
pub(in crate::console) async fn verify(visit: Visit, Form(sent): Form<Sent>) -> Result<Response, ConsoleError> {
    visit.confirm(&sent.token)?;
    let plain = (8..=KEY_MAX).contains(&sent.key.len()) && sent.key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let address = Address::new(sent.channel, sent.handle);
    let handbook = visit.app.handbook();
    if !plain || handbook.operator_at(&address).is_none() || handbook.ability(&address.channel).is_none() {
        return Err(ConsoleError::Form);
    }
    let went = visit.app.verify(&format!("{}:{}", visit.user, sent.key), address).await?;
    let done = if went { "code" } else { "code-later" };
    Ok(Redirect::to(&format!("{PATH}?done={done}#people-h")).into_response())
}

/// Leads from the address of the form to the page it stands on.
pub(in crate::console) async fn back() -> Redirect {
    Redirect::to(&format!("{PATH}#people-h"))
}
