//! What a day may cost: what left is counted, and when the day's limit is reached nothing more leaves by
//! message or call but what is urgent and codes. The line's other channels go on.

use super::App;
use super::inbox::chain;
use crate::channel::SendError;
use crate::domain::{Body, Event, EventKey, Letter, Medium, Spent, Tariff, What};
use crate::store::StoreError;
use chrono::NaiveDate;
use std::sync::atomic::{AtomicI64, Ordering};

/// Why a letter did not leave.
const REACHED: &str = "the day's cost limit is reached";
/// The question a code answers.
const CODE: &str = "code";
/// Names the event that the limit is reached, and so the letters that tell of it.
const EVENT: &str = "cost:";

/// What the day had cost when letters were taken from the outbox, and what left of them since.
pub(super) struct Purse {
    /// `None` when it could not be read.
    spent: Option<Spent>,
    parts: AtomicI64,
}

impl Purse {
    /// Counts the parts of a message that leaves.
    pub(super) fn take(&self, parts: i64) {
        self.parts.fetch_add(parts, Ordering::Relaxed);
    }

    fn spent(&self) -> Option<Spent> {
        let Spent { parts, minutes } = self.spent?;
        Some(Spent { parts: parts.saturating_add(self.parts.load(Ordering::Relaxed)), minutes })
    }
}

impl App {
    /// Reads what the day has cost; nothing is read where nobody counts.
    pub(super) async fn purse(&self) -> Purse {
        let spent = if self.handbook().tariff.is_some() { self.spent_today().await } else { Some(Spent::default()) };
        Purse { spent, parts: AtomicI64::new(0) }
    }

    async fn spent_today(&self) -> Option<Spent> {
        let spent = self.store().spent(self.local_day()).await;
        spent.inspect_err(|error| tracing::error!(error = chain(error), "what was spent cannot be read; what costs waits")).ok()
    }

    /// Shows among the figures what the day has cost.
    pub(super) async fn show_cost(&self) {
        if let Some(tariff) = self.handbook().tariff.clone()
            && let Some(spent) = self.spent_today().await
        {
            metrics::gauge!("linka_cost_of_day").set(tariff.cost(spent));
        }
    }

    /// Tells why a letter must not leave by a medium that costs money; the first one of a day has the
    /// coordinators told.
    pub async fn over_budget(&self, letter: &Letter, medium: Medium) -> Option<SendError> {
        if !costs(letter, medium) {
            return None;
        }
        self.is_too_much(letter, medium, &self.purse().await).await
    }

    /// The same, of one of many letters that leave together.
    pub(super) async fn is_too_much(&self, letter: &Letter, medium: Medium, purse: &Purse) -> Option<SendError> {
        let tariff = self.handbook().tariff.clone().filter(|_| costs(letter, medium))?;
        let reached = match purse.spent() {
            Some(spent) => self.is_reached(letter, &tariff, tariff.cost(spent)).await,
            None => return Some(SendError::Later { after_s: 0 }),
        };
        match reached {
            Ok(None) => None,
            Ok(Some(cost)) => {
                self.tell_of_limit(cost).await;
                Some(SendError::Never { reason: REACHED.to_owned() })
            }
            Err(error) => {
                tracing::error!(error = chain(&error), "whether it is urgent cannot be read; the letter waits");
                Some(SendError::Later { after_s: 0 })
            }
        }
    }

    /// What the day has cost, when a letter must not leave because of it.
    async fn is_reached(&self, letter: &Letter, tariff: &Tariff, cost: f64) -> Result<Option<f64>, StoreError> {
        if !tariff.is_reached(cost, false) {
            return Ok(None);
        }
        let urgent = is_code(letter) || self.is_urgent(letter).await?;
        Ok(tariff.is_reached(cost, urgent).then_some(cost))
    }

    /// Returns the parts a message leaves in, as far as they cost.
    pub(super) fn parts(&self, letter: &Letter, medium: Medium) -> i64 {
        match (medium, self.handbook().tariff.as_ref(), &letter.body) {
            (Medium::Sms, Some(tariff), Body::Text { text, .. }) => tariff.parts(text),
            _ => 0,
        }
    }

    async fn is_urgent(&self, letter: &Letter) -> Result<bool, StoreError> {
        let Some(contact) = letter.contact else { return Ok(false) };
        Ok(self.store().contact(contact).await?.is_some_and(|contact| contact.urgent))
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

    fn local_day(&self) -> NaiveDate {
        self.handbook().local_day(self.clock().now())
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
        Body::Rewrite { .. } | Body::Join { .. } | Body::HangUp => false,
    };
    code || letter.cause.as_str().starts_with(EVENT)
}
