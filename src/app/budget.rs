//! What a day may cost: what left is counted, and when the day's limit is reached nothing more leaves by
//! message or call but what is urgent and codes. The line's other channels go on.

use super::App;
use super::inbox::chain;
use crate::channel::SendError;
use crate::domain::{Body, Event, EventKey, Letter, Medium, Tariff, What, minutes_begun};
use crate::store::{Spent, StoreError};
use chrono::NaiveDate;
use chrono_tz::Tz;

/// Why a letter did not leave.
const REACHED: &str = "the day's cost limit is reached";
/// The question a code answers.
const CODE: &str = "code";
/// Names the event that the limit is reached, and so the letters that tell of it.
const EVENT: &str = "cost:";

impl App {
    /// Tells why a letter must not leave by a medium that costs money; the first one of a day has the
    /// coordinators told.
    pub async fn over_budget(&self, letter: &Letter, medium: Medium) -> Option<SendError> {
        let tariff = self.handbook().tariff.clone().filter(|_| costs(letter, medium))?;
        match self.is_reached(letter, &tariff).await {
            Ok(None) => None,
            Ok(Some(cost)) => {
                self.tell_of_limit(cost).await;
                Some(SendError::Never { reason: REACHED.to_owned() })
            }
            Err(error) => {
                tracing::error!(error = chain(&error), "what was spent cannot be read; the letter waits");
                Some(SendError::Later { after_s: 0 })
            }
        }
    }

    /// What the day has cost, when a letter must not leave because of it.
    async fn is_reached(&self, letter: &Letter, tariff: &Tariff) -> Result<Option<f64>, StoreError> {
        let spent = self.store().spent(self.local_day()).await?;
        let cost = tariff.cost(spent.parts, spent.minutes);
        if !tariff.is_reached(cost, false) {
            return Ok(None);
        }
        let urgent = is_code(letter) || self.is_urgent(letter).await?;
        Ok(tariff.is_reached(cost, urgent).then_some(cost))
    }

    async fn is_urgent(&self, letter: &Letter) -> Result<bool, StoreError> {
        let Some(contact) = letter.contact else { return Ok(false) };
        Ok(self.store().contact(contact).await?.is_some_and(|contact| contact.urgent))
    }

    /// Counts the parts of a message that left.
    pub(super) async fn count_parts(&self, letter: &Letter, medium: Medium) {
        if let (Medium::Sms, Some(tariff), Body::Text { text, .. }) = (medium, self.handbook().tariff.as_ref(), &letter.body) {
            self.count(Spent { parts: tariff.parts(text), minutes: 0 }).await;
        }
    }

    /// Counts a call to a phone that is over.
    pub async fn count_call(&self, seconds: u32) {
        self.count(Spent { parts: 0, minutes: minutes_begun(seconds) }).await;
    }

    async fn count(&self, spent: Spent) {
        let Some(tariff) = self.handbook().tariff.clone() else { return };
        let day = self.local_day();
        let counted = match self.store().add_spent(day, spent).await {
            Ok(()) => self.store().spent(day).await,
            Err(error) => Err(error),
        };
        match counted {
            Ok(of_day) => metrics::gauge!("linka_cost_of_day").set(tariff.cost(of_day.parts, of_day.minutes)),
            Err(error) => tracing::error!(error = chain(&error), "what left could not be counted"),
        }
    }

    /// Has the coordinators told, once a day: the event's name makes every further one a repeat.
    async fn tell_of_limit(&self, cost: f64) {
        let day = self.local_day();
        let event = Event { key: EventKey::new(format!("{EVENT}{day}")), at: self.clock().now(), what: What::CostReached { cost: format!("{cost:.0}") } };
        match self.accept(event).await {
            Ok(accepted) if accepted.repeated => {}
            Ok(_) => tracing::error!(%day, "the day's cost limit is reached; only what is urgent leaves by message and call"),
            Err(error) => tracing::error!(error = chain(&error), "coordinators could not be told that the day's cost limit is reached"),
        }
    }

    /// The day it is where the lines are.
    fn local_day(&self) -> NaiveDate {
        let zone = self.handbook().book.lines.first().map_or(Tz::Europe__Prague, |line| line.zone);
        self.clock().now().with_timezone(&zone).date_naive()
    }
}

/// Messages cost, and phones that are called; words within a call do not.
const fn costs(letter: &Letter, medium: Medium) -> bool {
    match medium {
        Medium::Sms => true,
        Medium::Voice => matches!(letter.body, Body::Ring { .. }),
        Medium::Chat | Medium::Web => false,
    }
}

/// A code, by message or by a call that reads it, and the word that the limit is reached.
fn is_code(letter: &Letter) -> bool {
    let code = match &letter.body {
        Body::Text { step, .. } => step == CODE,
        Body::Ring { .. } => letter.contact.is_none(),
        Body::Join { .. } | Body::HangUp => false,
    };
    code || letter.cause.as_str().starts_with(EVENT)
}
