//! A contact point of an operator: proven by a code that was sent there, or not yet, or in trouble.
//! What is written to whom and when is decided elsewhere; this is what is known.

use super::{Address, EventKey, OperatorId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What keeps everything from arriving at an address, whatever is sent there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Barrier {
    /// The person has blocked the line.
    Blocked,
    /// The person has asked for no more messages, and alone can ask for them again.
    OptedOut,
    /// The address does not exist, or nothing can be delivered to it.
    Unreachable,
}

/// Since when nothing arrives, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Why.
    pub barrier: Barrier,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A code that was sent to a contact point. It is kept as it was sent: it is worth nothing
/// elsewhere, and nothing at all half an hour later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Six digits.
    pub digits: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When it is no longer taken.
    pub expires_at: DateTime<Utc>,
    /// Whether it came back.
    pub used: bool,
    /// Wrong codes that came instead.
    pub wrong: u32,
    /// Codes sent on the day of this one, this one included.
    pub of_day: u32,
    /// On a phone: the digits pressed since the code was read aloud.
    pub keyed: Option<String>,
}

impl Code {
    /// The question a code answers.
    pub const STEP: &str = "code";
}

/// One contact point as its events have made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Where.
    pub address: Address,
    /// Whose it was then; an address that has changed hands is to be proven anew.
    pub operator: OperatorId,
    /// When the right code came back last.
    pub verified_at: Option<DateTime<Utc>>,
    /// The last code.
    pub code: Option<Code>,
    /// Why nothing arrives there.
    pub trouble: Option<Trouble>,
    /// Codes sent since it was proven last, or since the trouble began.
    pub asked: u32,
}

impl Point {
    /// A contact point nothing is known about.
    #[must_use]
    pub const fn unknown(operator: OperatorId, address: Address) -> Self {
        Self { address, operator, verified_at: None, code: None, trouble: None, asked: 0 }
    }

    /// Finds what is known of an operator's contact point.
    #[must_use]
    pub fn of<'a>(points: &'a [Self], operator: &OperatorId, address: &Address) -> Option<&'a Self> {
        points.iter().find(|point| point.address == *address && point.operator == *operator)
    }

    /// How the contact point stands at an instant.
    #[must_use]
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        let awaited = self.code.as_ref().filter(|code| now < code.expires_at);
        match (self.trouble, awaited, self.verified_at) {
            (Some(trouble), ..) => Standing::Troubled(trouble),
            (None, _, Some(at)) => Standing::Verified(at),
            (None, Some(code), None) => Standing::Awaited(code.expires_at),
            (None, None, None) => Standing::Unverified,
        }
    }
}

/// How a contact point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The right code came back then.
    Verified(DateTime<Utc>),
    /// A code was sent and is awaited until then.
    Awaited(DateTime<Utc>),
    /// Nobody has shown yet that it is the operator's.
    Unverified,
    /// Nothing arrives there.
    Troubled(Trouble),
}

/// What makes the codes of one event unguessable; fresh random bits, kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub Uuid);

impl Seed {
    /// Makes the code of one address, of so many digits.
    #[must_use]
    pub fn code(self, address: &Address, digits: usize) -> String {
        let drawn = Uuid::new_v5(&self.0, address.to_string().as_bytes()).as_u128();
        let limit = u32::try_from(digits).map_or(u128::MAX, |digits| 10_u128.saturating_pow(digits));
        format!("{:0digits$}", drawn % limit)
    }
}

/// A contact point is to be proven: somebody wants a code sent there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Where.
    pub address: Address,
}

impl Challenge {
    /// Names the event after the form that was sent: sent twice, it is one order.
    #[must_use]
    pub fn key(form: &str) -> EventKey {
        EventKey::new(format!("challenge:{form}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Barrier, Code, Point, Seed, Standing, Trouble};
    use crate::domain::{Address, OperatorId};
    use chrono::{DateTime, TimeDelta, Utc};
    use uuid::Uuid;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_770_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    #[test]
    fn trouble_counts_before_everything_and_a_proof_before_a_code() {
        let code = |sent| Code { digits: "012345".into(), sent_at: at(sent), expires_at: at(sent + 30), used: false, wrong: 0, of_day: 1, keyed: None };
        let trouble = Trouble { barrier: Barrier::Blocked, since: at(0) };
        let table = [
            (None, None, None, Standing::Unverified),
            (None, Some(code(0)), None, Standing::Awaited(at(30))),
            (None, Some(code(-31)), None, Standing::Unverified),
            (Some(at(-5)), Some(code(-10)), None, Standing::Verified(at(-5))),
            (Some(at(-99)), Some(code(0)), None, Standing::Verified(at(-99))),
            (Some(at(-5)), Some(code(0)), Some(trouble), Standing::Troubled(trouble)),
        ];
        for (verified_at, code, trouble, expected) in table {
            let point = Point { verified_at, code, trouble, ..Point::unknown(OperatorId::new("jana"), Address::new("chat", "jana")) };
            assert_eq!(point.standing(at(0)), expected, "{point:?}");
        }
    }

    #[test]
    fn a_code_has_six_digits_and_no_two_addresses_share_one() {
        let seed = |n| Seed(Uuid::from_u128(n));
        let codes: Vec<String> = (0..200).map(|n| seed(7).code(&Address::new("sms", format!("+4207190{n:05}")), 6)).collect();
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())));
        let mut apart = codes.clone();
        apart.sort();
        apart.dedup();
        assert!(apart.len() > 195);
        assert_ne!(seed(7).code(&Address::new("chat", "jana"), 6), seed(8).code(&Address::new("chat", "jana"), 6));
    }
}
