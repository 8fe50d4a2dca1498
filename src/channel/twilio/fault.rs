//! What the provider's words mean for us: how far a message is, and why one did not arrive.
//! One table; the meanings are those of the provider's error dictionary
//! (<https://www.twilio.com/docs/api/errors>, each code has its page there, such as
//! <https://www.twilio.com/docs/api/errors/30003>).

use super::client::ApiError;
use crate::channel::SendError;
use crate::domain::{Barrier, Delivery};

/// What is to be done about a message that was refused or did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Worth another try later: the phone is off, a queue is full.
    Later,
    /// Worth one more try, no more: nobody knows what happened.
    OnceMore,
    /// Nothing will ever arrive at this number.
    Unreachable,
    /// The person has asked for silence.
    OptedOut,
    /// Taken for unwanted on the way; a person must look at it, the next ones will fare alike.
    Filtered,
    /// Our own fault: credentials, the account, a sender that is not ours.
    Ours,
    /// It may have gone out.
    Unknown,
    /// This message will not arrive; the number may be fine.
    Never,
}

/// A fate with its reason, in words without personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What is to be done.
    pub fate: Fate,
    /// Why.
    pub reason: &'static str,
}

/// Seconds before another try where the provider names no time.
const PATIENCE_S: u32 = 60;

/// The provider's codes. What is not here is [`Fate::Never`]: it was refused, and we do not know
/// that repeating it would help.
const FAULTS: &[(u32, Fate, &str)] = &[
    // the account and its senders
    (10_001, Fate::Ours, "the account is not active"),
    (10_004, Fate::Later, "too many calls at a time"),
    (20_003, Fate::Ours, "the credentials are wrong"),
    (20_005, Fate::Ours, "the account is not active"),
    (20_006, Fate::Ours, "the account may not do this"),
    (20_008, Fate::Ours, "these are test credentials"),
    (20_403, Fate::Ours, "the account may not do this"),
    (20_404, Fate::Ours, "the account is not there"),
    (20_429, Fate::Later, "too many requests"),
    // <https://www.twilio.com/docs/api/errors/20500>: creating is not idempotent, it may have happened
    (20_500, Fate::Unknown, "the provider broke down over it"),
    (20_503, Fate::Later, "the provider is out of service"),
    (21_205, Fate::Ours, "an address of ours is not taken"),
    (21_210, Fate::Ours, "the calling number is not ours"),
    (21_212, Fate::Ours, "the calling number is not taken"),
    (21_401, Fate::Ours, "the sender is not ours"),
    (21_601, Fate::Ours, "the sender cannot send messages"),
    (21_603, Fate::Ours, "no sender is named"),
    (21_606, Fate::Ours, "the sender cannot send messages"),
    (21_609, Fate::Ours, "an address of ours is not taken"),
    (21_611, Fate::Later, "the sender's queue is full"),
    (21_659, Fate::Ours, "the sender is not ours"),
    (21_660, Fate::Ours, "the sender is not ours"),
    (21_661, Fate::Ours, "the sender cannot send messages"),
    (30_002, Fate::Ours, "the account is suspended"),
    // the number it goes to
    (13_224, Fate::Unreachable, "the number cannot be called"),
    (21_211, Fate::Unreachable, "not a phone number"),
    (21_214, Fate::Unreachable, "the number cannot be called"),
    (21_215, Fate::Never, "the account may not call this country"),
    (21_216, Fate::Never, "the provider does not call this number"),
    (21_217, Fate::Unreachable, "not a phone number"),
    (21_219, Fate::Never, "a trial account reaches verified numbers only"),
    (21_408, Fate::Never, "the account may not write to this country"),
    (21_608, Fate::Never, "a trial account reaches verified numbers only"),
    (21_610, Fate::OptedOut, "the person has opted out"),
    (21_612, Fate::Never, "no way from this sender to that number"),
    (21_614, Fate::Unreachable, "not a mobile number"),
    (21_635, Fate::Unreachable, "a landline takes no messages"),
    // the words
    (21_602, Fate::Never, "nothing to say"),
    (21_617, Fate::Never, "too long"),
    (21_619, Fate::Never, "nothing to say"),
    // on the way
    (30_001, Fate::Later, "the sender's queue is full"),
    (30_003, Fate::Later, "the phone is off or out of reach"),
    (30_004, Fate::Never, "blocked on the way"),
    (30_005, Fate::Unreachable, "the number does not exist"),
    (30_006, Fate::Unreachable, "a landline, or a network out of reach"),
    (30_007, Fate::Filtered, "filtered as unwanted"),
    (30_008, Fate::OnceMore, "lost for an unknown reason"),
    (30_017, Fate::Later, "the network is congested"),
    (30_036, Fate::Never, "waited longer than it was worth"),
    // <https://www.twilio.com/docs/api/errors/30410>: not repeated there, to avoid a second message
    (30_410, Fate::OnceMore, "the network did not answer in time"),
];

/// Explains why a message did not arrive, by its error code.
#[must_use]
pub fn fault(code: Option<u32>) -> Fault {
    let row = code.and_then(|code| FAULTS.iter().find(|(known, ..)| *known == code));
    row.map_or(Fault { fate: Fate::Never, reason: "refused by the provider" }, |(_, fate, reason)| Fault { fate: *fate, reason })
}

/// Returns every reason that may be stored.
pub fn reasons() -> impl Iterator<Item = &'static str> {
    FAULTS.iter().map(|(.., reason)| *reason).chain(["refused by the provider", "the API is at another address"])
}

/// Tells how far a message is, by its status (<https://www.twilio.com/docs/messaging/api/message-resource#message-status-values>).
/// `None` for a word we do not know, which changes nothing.
#[must_use]
pub fn delivery(status: &str) -> Option<Delivery> {
    match status {
        "accepted" | "scheduled" | "queued" | "sending" | "sent" => Some(Delivery::Sent),
        "delivered" => Some(Delivery::Delivered),
        "read" => Some(Delivery::Read),
        "undelivered" | "failed" => Some(Delivery::Failed),
        "canceled" => Some(Delivery::Withdrawn),
        _ => None,
    }
}

/// Says what the outbox is to know of a message or call that could not be created.
#[must_use]
pub fn send_error(error: &ApiError) -> SendError {
    match error {
        ApiError::NotSent => SendError::Later { after_s: 0 },
        ApiError::NoAnswer | ApiError::Unfit(_) => SendError::Unknown,
        ApiError::Refused { status, code, retry_after_s, .. } => after(refusal(*status, *code), *retry_after_s),
    }
}

/// The code explains a refusal; where it is silent, the status does.
fn refusal(status: u16, code: Option<u32>) -> Fault {
    if code.is_some_and(|code| FAULTS.iter().any(|(known, ..)| *known == code)) {
        return fault(code);
    }
    let (fate, reason) = match status {
        300..=399 | 404 | 405 => (Fate::Ours, "the API is at another address"),
        401 | 403 => (Fate::Ours, "the credentials are wrong"),
        429 => (Fate::Later, "too many requests"),
        503 => (Fate::Later, "the provider is out of service"),
        500..=599 => (Fate::Unknown, "the provider broke down over it"),
        _ => return fault(code),
    };
    Fault { fate, reason }
}

fn after(Fault { fate, reason }: Fault, retry_after_s: Option<u32>) -> SendError {
    let reason = reason.to_owned();
    match fate {
        Fate::Later | Fate::OnceMore => SendError::Later { after_s: retry_after_s.unwrap_or(PATIENCE_S) },
        Fate::Unreachable => SendError::Barred { barrier: Barrier::Unreachable, reason },
        Fate::OptedOut => SendError::Barred { barrier: Barrier::OptedOut, reason },
        Fate::Ours => SendError::Ours { reason },
        Fate::Unknown => SendError::Unknown,
        Fate::Filtered | Fate::Never => SendError::Never { reason },
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiError, FAULTS, Fate, delivery, fault, send_error};
    use crate::channel::SendError;
    use crate::domain::{Barrier, Delivery};

    #[test]
    fn the_table_is_in_order_and_silent_about_people() {
        for (code, _, reason) in FAULTS {
            assert_eq!(FAULTS.iter().filter(|(other, ..)| other == code).count(), 1, "{code} stands twice");
            assert!(!reason.is_empty() && !reason.contains(|letter: char| letter.is_ascii_digit() || letter.is_uppercase()), "{reason}");
        }
        assert_eq!([fault(Some(99_999)), fault(None)].map(|fault| fault.fate), [Fate::Never; 2]);
    }

    #[test]
    fn a_status_says_how_far_a_message_is() {
        let table = [
            ("accepted", Some(Delivery::Sent)),
            ("scheduled", Some(Delivery::Sent)),
            ("queued", Some(Delivery::Sent)),
            ("sending", Some(Delivery::Sent)),
            ("sent", Some(Delivery::Sent)),
            ("delivered", Some(Delivery::Delivered)),
            ("read", Some(Delivery::Read)),
            ("undelivered", Some(Delivery::Failed)),
            ("failed", Some(Delivery::Failed)),
            ("canceled", Some(Delivery::Withdrawn)),
            ("received", None),
            ("partially_delivered", None),
            ("", None),
        ];
        for (status, state) in table {
            assert_eq!(delivery(status), state, "{status}");
        }
    }

    #[test]
    fn a_refusal_says_what_follows() {
        let refused = |status, code| ApiError::Refused { status, code, message: "To +420719000001".into(), retry_after_s: None };
        let slow = |status, seconds| ApiError::Refused { status, code: None, message: String::new(), retry_after_s: Some(seconds) };
        let barred = |barrier, reason: &str| SendError::Barred { barrier, reason: reason.into() };
        let table = [
            (ApiError::NotSent, SendError::Later { after_s: 0 }),
            (ApiError::NoAnswer, SendError::Unknown),
            (ApiError::Unfit("larger than we take"), SendError::Unknown),
            (refused(429, Some(20_429)), SendError::Later { after_s: 60 }),
            (slow(429, 7), SendError::Later { after_s: 7 }),
            (slow(503, 120), SendError::Later { after_s: 120 }),
            (refused(429, Some(21_611)), SendError::Later { after_s: 60 }),
            (refused(500, Some(20_500)), SendError::Unknown),
            (refused(504, None), SendError::Unknown),
            (refused(401, Some(20_003)), SendError::Ours { reason: "the credentials are wrong".into() }),
            (refused(403, None), SendError::Ours { reason: "the credentials are wrong".into() }),
            (refused(308, None), SendError::Ours { reason: "the API is at another address".into() }),
            (refused(404, Some(20_404)), SendError::Ours { reason: "the account is not there".into() }),
            (refused(404, None), SendError::Ours { reason: "the API is at another address".into() }),
            (refused(400, Some(21_211)), barred(Barrier::Unreachable, "not a phone number")),
            (refused(400, Some(21_614)), barred(Barrier::Unreachable, "not a mobile number")),
            (refused(400, Some(21_610)), barred(Barrier::OptedOut, "the person has opted out")),
            (refused(403, Some(21_408)), SendError::Never { reason: "the account may not write to this country".into() }),
            (refused(400, Some(21_606)), SendError::Ours { reason: "the sender cannot send messages".into() }),
            (refused(400, Some(99_999)), SendError::Never { reason: "refused by the provider".into() }),
            (refused(400, None), SendError::Never { reason: "refused by the provider".into() }),
        ];
        for (error, expected) in table {
            assert_eq!(send_error(&error), expected, "{error:?}");
        }
    }

    #[test]
    fn a_message_that_did_not_arrive_is_explained() {
        let table = [
            (30_001, Fate::Later),
            (30_003, Fate::Later),
            (30_005, Fate::Unreachable),
            (30_006, Fate::Unreachable),
            (30_007, Fate::Filtered),
            (30_008, Fate::OnceMore),
            (21_610, Fate::OptedOut),
        ];
        for (code, fate) in table {
            assert_eq!(fault(Some(code)).fate, fate, "{code}");
        }
    }
}
