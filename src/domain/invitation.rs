//! An invitation: a code that brings somebody in whom the line does not know where the code comes from, as
//! an operator of the roster or as a worker of a prison. Whether a code that came is right is decided elsewhere.

use super::{OperatorId, fold, lockout};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// What codes are made of: nothing that is taken for another sign on paper, on a screen or by ear.
const SIGNS: [char; 26] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'C', 'D', 'E', 'F', 'H', 'J', 'K', 'M', 'N', 'P', 'R', 'T', 'U', 'V', 'W', 'X', 'Y',
];
/// So many signs cannot be guessed at five tries an hour.
const CODE_SIGNS: usize = 8;
/// Digits a code has at least, so that no word is one.
const DIGITS_MIN: usize = 2;
/// Longest text that is read as a code, in bytes; longer ones are about clients.
const TEXT_MAX: usize = 40;
/// Shortest and longest thing that is meant as a code when it is called one.
const MEANT: std::ops::RangeInclusive<usize> = 4..=16;
/// Words a code may be sent with; what a link brings along begins with the last.
const WORDS: [&str; 10] = ["muj kod je", "muj kod", "kod je", "kod pro vstup", "kod", "my code is", "my code", "code is", "code", "start"];

/// Whom an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guest {
    /// An operator of the roster, who gets one more address.
    Operator(OperatorId),
    /// Workers of a prison.
    Prison {
        /// The prison's code.
        code: String,
        /// Its name, as operators see it.
        name: String,
    },
}

impl Guest {
    /// How long a code is taken: a person's own a week, one on a wall a quarter of a year.
    #[must_use]
    pub const fn lasts(&self) -> TimeDelta {
        match self {
            Self::Operator(_) => TimeDelta::days(7),
            Self::Prison { .. } => TimeDelta::days(90),
        }
    }

    /// How often a code is taken: a person's own once, one on a wall as often as a prison has staff.
    #[must_use]
    pub const fn uses_max(&self) -> i64 {
        match self {
            Self::Operator(_) => 1,
            Self::Prison { .. } => 100,
        }
    }
}

/// How an invitation stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It is taken.
    Open,
    /// Its time is over.
    Expired,
    /// Somebody took it back.
    Revoked,
    /// It was taken as often as it may be.
    Used,
}

/// A code that brings somebody in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Names it where the code is not shown.
    pub id: String,
    /// Its eight signs, without a hyphen.
    pub code: String,
    /// Whom it is for.
    pub guest: Guest,
    /// Who made it: a console user, or `command`.
    pub author: String,
    /// When it was made (µs UTC).
    pub made_at: DateTime<Utc>,
    /// When it is no longer taken.
    pub expires_at: DateTime<Utc>,
    /// When somebody took it back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// How often it was taken.
    pub uses: i64,
    /// How often it may be taken.
    pub uses_max: i64,
}

impl Invitation {
    /// Makes an invitation of random bits, kept nowhere else.
    #[must_use]
    pub fn new(drawn: Uuid, guest: Guest, author: &str, now: DateTime<Utc>) -> Self {
        let expires_at = now.checked_add_signed(guest.lasts()).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let id = Uuid::new_v5(&drawn, b"id").simple().to_string();
        Self { id, code: code(drawn), uses_max: guest.uses_max(), guest, author: author.to_owned(), made_at: now, expires_at, revoked_at: None, uses: 0 }
    }

    /// Returns the code as people read it: `4F7K-9M2X`.
    #[must_use]
    pub fn shown(&self) -> String {
        self.code.split_at_checked(CODE_SIGNS / 2).map_or_else(|| self.code.clone(), |(first, second)| format!("{first}-{second}"))
    }

    /// How it stands at an instant.
    #[must_use]
    pub fn validity(&self, now: DateTime<Utc>) -> Validity {
        if self.revoked_at.is_some() {
            Validity::Revoked
        } else if self.uses >= self.uses_max {
            Validity::Used
        } else if now >= self.expires_at {
            Validity::Expired
        } else {
            Validity::Open
        }
    }
}

/// Draws a code; the rare one that could be a word is drawn again.
fn code(drawn: Uuid) -> String {
    let mut from = Uuid::new_v5(&drawn, b"code");
    loop {
        let mut left = from.as_u128();
        let code: String = (0..CODE_SIGNS).filter_map(|_| {
            let sign = usize::try_from(left % SIGNS.len() as u128).ok().and_then(|n| SIGNS.get(n).copied());
            left /= SIGNS.len() as u128;
            sign
        }).collect();
        if is_code(&code) {
            return code;
        }
        from = Uuid::new_v5(&drawn, from.as_bytes());
    }
}

fn is_code(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.len() == CODE_SIGNS && text.chars().all(|sign| SIGNS.contains(&sign)) && (DIGITS_MIN..CODE_SIGNS).contains(&digits)
}

/// Words that are nothing but a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The signs, in capitals and without what people put between them; they may be no code of ours.
    pub code: String,
    /// It was called a code, so it is meant as nothing else.
    pub named: bool,
    /// It was called so in English.
    pub english: bool,
}

impl Typed {
    /// Reads `4f7k-9m2x`, `kód 4F7K 9M2X`, `/start 4F7K9M2X`; `None` for everything that says more. What
    /// is only digits is somebody else's code, unless nothing else is that long.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        if text.len() > TEXT_MAX {
            return None;
        }
        let folded = fold(text.trim().trim_start_matches('/'));
        let framing = |sign: char| !sign.is_alphanumeric();
        let behind = |word: &'static str| Some((Some(word), folded.strip_prefix(word).filter(|rest| rest.starts_with(framing))?));
        let (word, rest) = WORDS.into_iter().find_map(behind).unwrap_or((None, folded.as_str()));
        let between = |sign: char| sign.is_whitespace() || matches!(sign, '-' | '–' | '‐' | '‑' | '_');
        let code: String = rest.trim_matches(framing).chars().filter(|sign| !between(*sign)).map(|sign| sign.to_ascii_uppercase()).collect();
        let plain = code.bytes().all(|sign| sign.is_ascii_alphanumeric());
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        let meant = word.is_some() && plain && MEANT.contains(&code.len()) && digits > 0 && digits < code.len();
        let typed = Self { named: word.is_some(), english: word.is_some_and(|word| word.contains("code")), code };
        (meant || is_code(&typed.code)).then_some(typed)
    }
}

/// Wrong codes that came from one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guesses {
    /// How many in a row.
    pub failures: i64,
    /// When the last one came.
    pub last_at: DateTime<Utc>,
    /// Until when nothing from there is judged.
    pub locked_until: Option<DateTime<Utc>>,
}

impl Guesses {
    /// Wrong codes after which an address is not judged for a while.
    pub const MOST: i64 = 5;
    /// After so long without a wrong code the earlier ones are forgotten.
    pub const REMEMBERED: TimeDelta = TimeDelta::days(2);

    /// Counts one more wrong code.
    #[must_use]
    pub fn and_one(before: Option<Self>, now: DateTime<Utc>) -> Self {
        let recent = before.filter(|before| now.signed_duration_since(before.last_at) < Self::REMEMBERED);
        let failures = recent.map_or(0, |before| before.failures).saturating_add(1);
        let locked_until = lockout(failures, Self::MOST).and_then(|lock| now.checked_add_signed(lock));
        Self { failures, last_at: now, locked_until }
    }

    /// Tells whether nothing is judged at an instant.
    #[must_use]
    pub fn is_locked(&self, now: DateTime<Utc>) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::{Guesses, Guest, Invitation, Typed, Validity, is_code};
    use crate::domain::OperatorId;
    use chrono::{DateTime, TimeDelta, Utc};
    use uuid::Uuid;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_770_000_000, 0).unwrap()
    }

    fn made(n: u128) -> Invitation {
        Invitation::new(Uuid::from_u128(n), Guest::Operator(OperatorId::new("jana")), "alena", now())
    }

    #[test]
    fn codes_are_plain_and_read_as_they_are_shown() {
        let mut codes: Vec<String> = (0..2_000).map(|n| made(n).code).collect();
        for n in 0..2_000 {
            let one = made(n);
            assert!(is_code(&one.code), "{}", one.code);
            assert_eq!(Typed::of(&one.shown()).unwrap().code, one.code);
        }
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 2_000);
    }

    #[test]
    fn words_that_are_nothing_but_a_code() {
        for (text, named) in [
            ("4F7K-9M2X", false),
            ("4f7k 9m2x", false),
            (" 4F7K9M2X. ", false),
            ("4F7K\u{a0}–\u{a0}9M2X", false),
            ("kód 4F7K-9M2X", true),
            ("Kód: 4f7k9m2x", true),
            ("můj kód je 4F7K 9M2X!", true),
            ("/start 4F7K9M2X", true),
            ("start 4F7K-9M2X", true),
            ("code 4F7K 9M2X", true),
            ("kód „4F7K-9M2X“", true),
        ] {
            let typed = Typed::of(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((typed.code.as_str(), typed.named), ("4F7K9M2X", named), "{text}");
        }
        assert_eq!(Typed::of("kód 4F7K").map(|typed| typed.code).as_deref(), Some("4F7K"), "too short, and still meant as one");
    }

    #[test]
    fn words_that_say_more_are_no_code() {
        for text in [
            "", "kód", "start", "/start", "bydlení Most", "kód brány nefunguje", "kód 481516", "1234 5678", "propojit 1234 5678", "kodex 4F7K9M2X", "muž 36 let",
            "Praha 15", "dobrý den", "startovné 500 Kč", "kontakt 1001 nikdo nebere", "Most 2026", "DREVENKA", "kód 4F7K-9M2X a ještě bydlení v Mostě", "kód4F7K9M2X",
        ] {
            assert_eq!(Typed::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_taken_in_time_and_as_often_as_it_may_be() {
        let one = made(1);
        assert_eq!(one.validity(now()), Validity::Open);
        assert_eq!(one.validity(now() + TimeDelta::days(7)), Validity::Expired);
        assert_eq!(Invitation { uses: 1, ..one.clone() }.validity(now()), Validity::Used);
        assert_eq!(Invitation { revoked_at: Some(now()), ..one }.validity(now()), Validity::Revoked);
    }

    #[test]
    fn the_fifth_wrong_code_locks_for_an_hour() {
        let guess = |before| Some(Guesses::and_one(before, now()));
        let four = (0..4).fold(None, |before, _| guess(before));
        assert!(!four.unwrap().is_locked(now()));
        let five = guess(four).unwrap();
        assert!(five.is_locked(now()) && !five.is_locked(now() + TimeDelta::hours(1)));
        assert_eq!(Guesses::and_one(Some(five), now() + TimeDelta::days(2)).failures, 1, "forgotten");
    }
}
