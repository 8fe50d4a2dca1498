//! What the coordinator orders on the page of a contact. Nothing is written here: each form
//! becomes one event, and the decision keeps the original beside every correction.

use super::contact::find;
use super::error::ConsoleError;
use super::visit::Visit;
use crate::domain::{ContactId, Event, EventKey, Order, Outcome, Region, Review, What};
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Longest note, in characters.
const NOTE_MAX: usize = 2_000;
/// Longest key of a form, in bytes: a UUID and a letter.
const KEY_MAX: usize = 64;

/// What any of the forms sends; each sends its part.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Sent {
    token: String,
    key: String,
    review: String,
    note: String,
    outcome: String,
    reason: String,
    region: String,
    words: String,
}

/// Moves the review, or asks the operator.
///
/// # Errors
/// When the form is not ours or not complete, there is no such contact, or the order is not taken.
pub(super) async fn review(visit: Visit, Path(number): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ConsoleError> {
    let note = text(&sent.note);
    let review = match Review::from_code(&sent.review) {
        Some(review @ Review::Reviewed) => review,
        // A question without words is no question.
        Some(review @ Review::Queried) if note.is_some() => review,
        Some(Review::New | Review::Queried | Review::Corrected) | None => return Err(ConsoleError::Form),
    };
    order(&visit, &number, &sent, review.code(), |contact| Order::Review { contact, review, note }).await
}

/// Corrects the outcome of a closed contact; an open one gets its outcome by being closed.
///
/// # Errors
/// As [`review`], and for an open contact.
pub(super) async fn outcome(visit: Visit, Path(number): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ConsoleError> {
    let outcome = Outcome::from_code(&sent.outcome).ok_or(ConsoleError::Form)?;
    let reason = text(&sent.reason);
    if find(&visit, &number).await?.is_open() {
        return Err(ConsoleError::Form);
    }
    order(&visit, &number, &sent, "outcome", |contact| Order::CorrectOutcome { contact, outcome, reason }).await
}

/// Corrects the region the client returns to.
///
/// # Errors
/// As [`review`].
pub(super) async fn region(visit: Visit, Path(number): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ConsoleError> {
    let region = Region::from_code(&sent.region).ok_or(ConsoleError::Form)?;
    order(&visit, &number, &sent, "region", |contact| Order::CorrectRegion { contact, region }).await
}

/// Writes an internal note.
///
/// # Errors
/// As [`review`].
pub(super) async fn note(visit: Visit, Path(number): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ConsoleError> {
    let words = text(&sent.words).ok_or(ConsoleError::Form)?;
    order(&visit, &number, &sent, "note", |contact| Order::Note { contact, words }).await
}

/// Makes the order an event and shows the contact again.
async fn order(
    visit: &Visit,
    number: &str,
    sent: &Sent,
    done: &str,
    order: impl FnOnce(ContactId) -> Order,
) -> Result<Response, ConsoleError> {
    visit.confirm(&sent.token)?;
    let contact = find(visit, number).await?;
    let key = key(&visit.user, contact.id, &sent.key).ok_or(ConsoleError::Form)?;
    let what = What::Ordered { by: visit.user.clone(), order: order(contact.id) };
    visit.app.accept(Event { key, at: visit.now, what }).await?;
    Ok(Redirect::to(&format!("/console/contact/{}?done={done}", contact.number)).into_response())
}

/// Names the order after its form, the user and the contact, so that no form names another's order.
fn key(user: &str, contact: ContactId, form: &str) -> Option<EventKey> {
    let plain = (8..=KEY_MAX).contains(&form.len()) && form.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then(|| EventKey::new(format!("console:{user}:{contact}:{form}")))
}

/// Takes words as they may be kept: trimmed, bounded, `None` when empty.
fn text(words: &str) -> Option<String> {
    let words: String = words.trim().replace("\r\n", "\n").chars().take(NOTE_MAX).collect();
    Some(words).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{key, text};
    use crate::domain::ContactId;
    use uuid::Uuid;

    #[test]
    fn a_key_is_plain_and_bound_to_its_page() {
        let contact = ContactId(Uuid::nil());
        assert!(key("marie", contact, "0190a1b2-c3d4-r").is_some());
        assert_ne!(key("marie", contact, "0190a1b2-c3d4-r"), key("petr", contact, "0190a1b2-c3d4-r"));
        for form in ["", "short", "with blank 12345", "x:y:z:1234", &"a".repeat(65)] {
            assert!(key("marie", contact, form).is_none(), "{form}");
        }
    }

    #[test]
    fn words_are_trimmed_and_bounded() {
        assert_eq!(text("  \r\n "), None);
        assert_eq!(text(" a\r\nb ").as_deref(), Some("a\nb"));
        assert_eq!(text(&"ř".repeat(3_000)).unwrap().chars().count(), 2_000);
    }
}
