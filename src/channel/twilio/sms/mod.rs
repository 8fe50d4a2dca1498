//! Short messages: the channel that sends them, asks what became of them, and reads reports on them.
//!
//! What came in is read by the gateway. This channel sends one letter as one message: longer words
//! were cut into letters before, so that nothing is sent twice when the line stops in between.

mod bucket;
mod outcome;

pub use bucket::Bucket;
pub use outcome::outcome;

use super::client::{ApiError, Client, Message, NewMessage};
use super::voice::Links;
use super::{Profile, fault, made_since};
use crate::channel::{Channel, Handed, Now, SendError, Tells, outward};
use crate::domain::{Ability, Barrier, Body, Code, Delivery, Letter, Medium, OwnNumber, Reported, sms_parts};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The name short messages have in addresses.
pub const SMS: &str = "sms";
/// Units of ten parts, the most that is still a short message: the provider takes 1600 characters.
const UNITS_MAX: usize = 1_530;
/// The same with diacritics, of which a part holds 67.
const UNITS_MAX_WIDE: usize = 670;
/// How long a message is worth delivering, in seconds …
const VALID_S: i64 = 4 * 3_600;
/// … and a code.
const CODE_VALID_S: i64 = 600;
/// Seconds before another try when the provider takes nothing at this moment and names no time.
const REST_S: u32 = 30;

/// Short messages over the provider's network.
pub struct SmsChannel {
    client: Arc<Client>,
    links: Links,
    profile: &'static Profile,
    numbers: Vec<OwnNumber>,
    parts_per_second: f64,
    keeps_diacritics: bool,
    now: Now,
    buckets: Mutex<BTreeMap<String, Bucket>>,
}

/// How messages leave.
#[derive(Debug, Clone, Copy)]
pub struct SmsSettings {
    /// Parts one number sends in a second.
    pub parts_per_second: f64,
    /// Diacritics stay.
    pub keeps_diacritics: bool,
}

impl SmsChannel {
    /// Puts the channel together over the provider's client.
    #[must_use]
    pub fn new(client: Arc<Client>, links: Links, profile: &'static Profile, numbers: &[OwnNumber], settings: SmsSettings, now: Now) -> Self {
        let numbers = numbers.iter().filter(|one| one.sms).cloned().collect();
        let SmsSettings { parts_per_second, keeps_diacritics } = settings;
        Self { client, links, profile, numbers, parts_per_second, keeps_diacritics, now, buckets: Mutex::default() }
    }

    /// The words as they leave.
    fn words(&self, letter: &Letter) -> String {
        if self.keeps_diacritics { letter.body.words().to_owned() } else { outward(letter, &self.ability()) }
    }

    /// The number or name a letter leaves from: its own while that is still ours.
    fn sender(&self, letter: &Letter) -> Result<&str, SendError> {
        let own = self.numbers.iter().find(|one| Some(one.number.as_str()) == letter.own.as_deref());
        let sender = own.or_else(|| self.numbers.first());
        sender.map(|one| one.number.as_str()).ok_or_else(|| SendError::Ours { reason: "no number of ours sends messages".to_owned() })
    }

    async fn carry(&self, letter: &Letter) -> Result<Handed, SendError> {
        let words = self.words(letter);
        if !matches!(letter.body, Body::Text { .. }) || words.trim().is_empty() {
            return Err(SendError::Never { reason: "nothing to write".to_owned() });
        }
        if !letter.to.takes_messages() {
            return Err(SendError::Barred { barrier: Barrier::Unreachable, reason: "no message arrives at such a number".to_owned() });
        }
        let from = self.sender(letter)?;
        self.wait_for_turn(from, sms_parts(&words), letter)?;
        let status = self.profile.report_url(&self.links.at(&format!("/twilio/sms/status?l={}", letter.id)));
        let message = NewMessage { to: &letter.to.handle, from, body: &words, status_callback: Some(&status), validity_s: Some(self.validity_s(letter)) };
        let made = self.client.create_message(&message).await.map_err(|error| refused(&error))?;
        Ok(Handed { delivery: Delivery::Sent, reference: Some(made.sid) })
    }

    fn wait_for_turn(&self, from: &str, parts: usize, letter: &Letter) -> Result<(), SendError> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry(from.to_owned()).or_insert_with(|| Bucket::new(self.parts_per_second));
        if letter.urgent {
            bucket.take_at_once(parts, (self.now)());
            return Ok(());
        }
        bucket.take(parts, (self.now)()).map_err(|after_s| SendError::Throttled { after_s })
    }

    /// Seconds after which the message is no longer worth delivering; the provider takes 1 to 36 000.
    fn validity_s(&self, letter: &Letter) -> u32 {
        let code = matches!(&letter.body, Body::Text { step, .. } if step == Code::STEP);
        let left = letter.expires_at.map_or(VALID_S, |expires_at| expires_at.signed_duration_since((self.now)()).num_seconds());
        u32::try_from(left.clamp(1, if code { CODE_VALID_S } else { VALID_S })).unwrap_or(1)
    }

    async fn ask(&self, letter: &Letter) -> Result<Option<Vec<Reported>>, SendError> {
        if let Some(sid) = &letter.reference {
            let message = self.client.message(sid).await.map_err(|error| fault::send_error(&error))?;
            return Ok(report(letter, &message).map(|report| vec![report]));
        }
        let (from, words) = (self.sender(letter)?, self.words(letter));
        let since = made_since(letter);
        let listed = self.client.messages(&letter.to.handle, from).await.map_err(|error| fault::send_error(&error))?;
        let same = |message: &&Message| {
            message.body.as_deref() == Some(words.as_str()) && message.date_created.or(message.date_sent).is_none_or(|at| at >= since)
        };
        let mut found: Vec<Reported> = listed.iter().filter(same).filter_map(|message| report(letter, message)).collect();
        found.reverse();
        Ok(Some(found))
    }
}

fn report(letter: &Letter, message: &Message) -> Option<Reported> {
    outcome(letter.id, &message.sid, &message.status, message.error_code)
}

/// What is wrong with the provider at this moment is no fault of the letter: it waits.
fn refused(error: &ApiError) -> SendError {
    match fault::send_error(error) {
        SendError::Later { after_s } => SendError::Throttled { after_s: after_s.max(REST_S) },
        other => other,
    }
}

impl Channel for SmsChannel {
    fn name(&self) -> &str {
        SMS
    }

    fn ability(&self) -> Ability {
        Ability {
            medium: Medium::Sms,
            buttons: false,
            two_way: self.numbers.iter().any(OwnNumber::is_two_way),
            idempotent: false,
            inline: false,
            ends_rings: false,
            files: false,
            edits: false,
            threads: false,
            characters_max: if self.keeps_diacritics { UNITS_MAX_WIDE } else { UNITS_MAX },
        }
    }

    fn own(&self) -> Vec<String> {
        self.numbers.iter().map(|one| one.number.clone()).collect()
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Handed, SendError>> {
        Box::pin(self.carry(letter))
    }

    fn tells(&self) -> Tells {
        Tells::Every
    }

    fn fate<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Option<Vec<Reported>>, SendError>> {
        Box::pin(self.ask(letter))
    }
}
