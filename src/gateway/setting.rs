//! What may be set of the phone network: one rule for `linka check` and for the start of the line. Each
//! error says what to write.

use crate::channel::twilio::client::SetupError;
use crate::channel::twilio::{Profile, Vendor};
use crate::config::{Phone, PhoneLimits, PhoneSecrets};
use crate::domain::ATTACHMENT_DAYS_MAX;
use crate::routing::Line;
use thiserror::Error;

/// The phone network cannot be used as it is set.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// Nobody knows such a vendor.
    #[error("[phone] vendor is “{0}”; write “twilio”, or “compatible” for a server that speaks the same")]
    Vendor(String),
    /// The public address is none.
    #[error("[phone] public_url is “{0}”; write where the provider reaches this line, such as https://linka.example")]
    PublicUrl(String),
    /// There is no number at all.
    #[error("[phone] has no numbers; add [[phone.numbers]] with number, voice and sms")]
    NoNumber,
    /// A number is none.
    #[error("[phone] number “{0}” is none; write it as +420 and nine digits, or as a name of at most eleven letters for messages only")]
    Number(String),
    /// A number stands there more than once.
    #[error("[phone] number {0} is there twice; write one [[phone.numbers]] with voice and sms as the number has them")]
    Twice(String),
    /// A number that nothing goes over.
    #[error("[phone] number {0} is for neither calls nor messages; write voice = true or sms = true, or leave it out")]
    Idle(String),
    /// The phone on duty is none.
    #[error("[phone] duty_phone is “{0}”; write a phone of the service as +420 and nine digits, and none of the line's own numbers")]
    DutyPhone(String),
    /// A recorded message cannot be kept so long.
    #[error("[phone] recording_days is {0}; a message is kept for 1 to {ATTACHMENT_DAYS_MAX} days")]
    RecordingDays(u32),
    /// No message would ever leave, or all at once.
    #[error("[phone] parts_per_second is {0}; write how many message parts a number may send in a second, {PARTS_PER_SECOND_MIN} to {PARTS_PER_SECOND_MAX}, such as 1.0")]
    Pace(f64),
    /// Nobody would be let in.
    #[error("[phone.limits] {0} is 0, which lets nobody in; write 1 or more, or leave it out")]
    Nobody(&'static str),
    /// Nothing may leave on any day.
    #[error("[phone.limits] cost_of_day is {0}; write what one day may cost, more than 0")]
    Day(f64),
    /// A price that is none.
    #[error("[phone.limits] {0} is {1}; write a price, 0 or more")]
    Price(&'static str, f64),
    /// The account is none.
    #[error("LINKA_TWILIO_ACCOUNT_SID is no account; copy it from the provider's console: AC and 32 digits and letters from a to f")]
    Account,
    /// The client cannot be made.
    #[error("[phone] api_url cannot be used")]
    Api(#[from] SetupError),
}

/// The slowest that messages may leave: a longer wait than a minute for each is none.
const PARTS_PER_SECOND_MIN: f64 = 0.02;
/// The fastest that any number of any provider may send.
const PARTS_PER_SECOND_MAX: f64 = 1_000.0;

/// Checks all that can be judged without asking anybody; returns how the vendor differs from others.
pub(super) fn check(phone: &Phone) -> Result<&'static Profile, ExchangeError> {
    let profile = profile(phone)?;
    let address = reqwest::Url::parse(&phone.public_url).ok().filter(|url| url.has_host() && url.query().is_none() && matches!(url.scheme(), "http" | "https"));
    if address.is_none() {
        return Err(ExchangeError::PublicUrl(phone.public_url.clone()));
    }
    check_numbers(phone)?;
    if let Some(duty) = &phone.duty_phone {
        check_duty(phone, duty)?;
    }
    if !(1..=ATTACHMENT_DAYS_MAX).contains(&phone.recording_days.into()) {
        return Err(ExchangeError::RecordingDays(phone.recording_days));
    }
    if !(PARTS_PER_SECOND_MIN..=PARTS_PER_SECOND_MAX).contains(&phone.parts_per_second) {
        return Err(ExchangeError::Pace(phone.parts_per_second));
    }
    check_limits(&phone.limits)?;
    Ok(profile)
}

/// Checks the account as far as the vendor tells how it looks. It is not said back: a token may have
/// got into its place.
pub(super) fn check_account(profile: &Profile, secrets: &PhoneSecrets) -> Result<(), ExchangeError> {
    let digits = secrets.account_sid.strip_prefix("AC").unwrap_or_default();
    let is_account = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_account || !profile.accounts { Ok(()) } else { Err(ExchangeError::Account) }
}

/// Reads how the vendor differs from others.
pub(super) fn profile(phone: &Phone) -> Result<&'static Profile, ExchangeError> {
    let vendor = serde_json::from_value::<Vendor>(phone.vendor.as_str().into());
    vendor.map(Vendor::profile).map_err(|_| ExchangeError::Vendor(phone.vendor.clone()))
}

/// Checks that a phone can be called when the line cannot answer: it must not lead back here.
pub(super) fn check_duty(phone: &Phone, duty: &str) -> Result<(), ExchangeError> {
    let own = phone.numbers.iter().any(|one| one.number == duty);
    if is_number(duty) && !own { Ok(()) } else { Err(ExchangeError::DutyPhone(duty.to_owned())) }
}

/// Names the numbers of lines there are not, a sentence each. A line that runs goes on all the same: such
/// a number is only chosen last. Where no line is set up yet, nothing can be told.
#[must_use]
pub fn strays(phone: &Phone, lines: &[Line]) -> Vec<String> {
    let known: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let strays = phone.numbers.iter().filter_map(|own| own.line.as_ref().map(|line| (&own.number, line.as_str())));
    let strays = strays.filter(|(_, line)| !known.is_empty() && !known.contains(line));
    let told = |(number, line)| format!("[phone] number {number} is of the line “{line}”, which is none; write one of {}, or leave line out for everybody's", known.join(", "));
    strays.map(told).collect()
}

fn check_numbers(phone: &Phone) -> Result<(), ExchangeError> {
    if phone.numbers.is_empty() {
        return Err(ExchangeError::NoNumber);
    }
    for (n, one) in phone.numbers.iter().enumerate() {
        if !is_number(&one.number) && (one.voice || !is_name(&one.number)) {
            return Err(ExchangeError::Number(one.number.clone()));
        }
        if !one.voice && !one.sms {
            return Err(ExchangeError::Idle(one.number.clone()));
        }
        if phone.numbers.iter().take(n).any(|other| other.number == one.number) {
            return Err(ExchangeError::Twice(one.number.clone()));
        }
    }
    Ok(())
}

fn check_limits(limits: &PhoneLimits) -> Result<(), ExchangeError> {
    let counts = [("calls_of_number", limits.calls_of_number), ("messages_of_number", limits.messages_of_number), ("calls_at_once", limits.calls_at_once)];
    if let Some((name, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
        return Err(ExchangeError::Nobody(name));
    }
    if !limits.cost_of_day.is_finite() || limits.cost_of_day <= 0.0 {
        return Err(ExchangeError::Day(limits.cost_of_day));
    }
    let prices = [("price_of_part", limits.price_of_part), ("price_of_minute", limits.price_of_minute)];
    match prices.into_iter().find(|(_, price)| !price.is_finite() || *price < 0.0) {
        Some((name, price)) => Err(ExchangeError::Price(name, price)),
        None => Ok(()),
    }
}

/// A number in full: a plus and up to fifteen digits (ITU-T E.164).
fn is_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| (8..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

/// A name messages may carry: up to eleven letters, digits and spaces, one letter at least
/// (<https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id>).
fn is_name(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'+' | b'-' | b'_' | b'&'));
    (1..=11).contains(&text.len()) && plain && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{ExchangeError, check, check_account, strays};
    use crate::channel::twilio::Vendor;
    use crate::config::{Phone, PhoneLimits, PhoneSecrets};
    use crate::domain::{LineId, OwnNumber};

    fn number(number: &str, voice: bool) -> OwnNumber {
        OwnNumber { number: number.to_owned(), line: None, voice, sms: true }
    }

    fn good() -> Phone {
        Phone { public_url: "https://linka.example".to_owned(), numbers: vec![number("+420719880001", true)], ..Phone::default() }
    }

    #[test]
    fn what_is_set_wrong_is_named() {
        assert!(check(&good()).is_ok());
        assert!(check(&Phone { numbers: vec![number("LINKA", false)], ..good() }).is_ok());
        let idle = OwnNumber { sms: false, ..number("+420719880001", false) };
        let table = [
            (Phone { vendor: "twillio".to_owned(), ..good() }, "vendor"),
            (Phone { public_url: "linka.example".to_owned(), ..good() }, "public_url"),
            (Phone { public_url: String::new(), ..good() }, "public_url"),
            (Phone { numbers: vec![number("719880001", true)], ..good() }, "719880001"),
            (Phone { numbers: vec![number("LINKA", true)], ..good() }, "LINKA"),
            (Phone { numbers: Vec::new(), ..good() }, "numbers"),
            (Phone { numbers: vec![idle], ..good() }, "neither calls nor messages"),
            (Phone { numbers: vec![number("+420719880001", true), number("+420719880001", false)], ..good() }, "twice"),
            (Phone { duty_phone: Some("719000111".to_owned()), ..good() }, "duty_phone"),
            (Phone { duty_phone: Some("+420719880001".to_owned()), ..good() }, "duty_phone"),
            (Phone { recording_days: 0, ..good() }, "recording_days"),
            (Phone { recording_days: 31, ..good() }, "recording_days"),
        ];
        for (phone, named) in table {
            let error: ExchangeError = check(&phone).expect_err(named);
            assert!(error.to_string().contains(named), "{error}");
        }
        for pace in [0.0, -1.0, 0.001, 5_000.0, f64::NAN, f64::INFINITY] {
            let said = check(&Phone { parts_per_second: pace, ..good() }).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(said.contains(&format!("parts_per_second is {pace}")), "{pace}: {said}");
        }
    }

    #[test]
    fn an_account_is_named_as_its_vendor_names_it() {
        let account = |sid: &str, vendor: Vendor| {
            let secrets = PhoneSecrets { account_sid: sid.to_owned(), auth_tokens: Vec::new(), api_key: None };
            check_account(vendor.profile(), &secrets).is_ok()
        };
        let good = format!("AC{}", "0123456789abcdef".repeat(2));
        assert!(account(&good, Vendor::Twilio) && account("7f9c-project", Vendor::Compatible));
        for wrong in ["", "AC", "AC123", "SK0123456789abcdef0123456789abcdef", "AC0123456789abcdef0123456789abcdeg", &format!("{good}0")] {
            assert!(!account(wrong, Vendor::Twilio), "{wrong}");
        }
        assert!(ExchangeError::Account.to_string().contains("AC and 32"));
    }

    #[test]
    fn a_limit_that_lets_nothing_through_is_none() {
        let usual = PhoneLimits::default;
        let free = PhoneLimits { price_of_part: 0.0, price_of_minute: 0.0, ..usual() };
        assert!(check(&Phone { limits: free, ..good() }).is_ok());
        let table = [
            (PhoneLimits { calls_of_number: 0, ..usual() }, "calls_of_number is 0"),
            (PhoneLimits { messages_of_number: 0, ..usual() }, "messages_of_number is 0"),
            (PhoneLimits { calls_at_once: 0, ..usual() }, "calls_at_once is 0"),
            (PhoneLimits { cost_of_day: 0.0, ..usual() }, "cost_of_day is 0"),
            (PhoneLimits { cost_of_day: -5.0, ..usual() }, "cost_of_day is -5"),
            (PhoneLimits { cost_of_day: f64::NAN, ..usual() }, "cost_of_day is NaN"),
            (PhoneLimits { price_of_part: -0.1, ..usual() }, "price_of_part is -0.1"),
            (PhoneLimits { price_of_minute: f64::INFINITY, ..usual() }, "price_of_minute is inf"),
        ];
        for (limits, named) in table {
            let said = check(&Phone { limits, ..good() }).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(said.contains(named), "{named}: {said}");
        }
    }

    #[test]
    fn a_number_of_a_line_there_is_not_is_named() {
        let of = |line: &str| Phone { numbers: vec![OwnNumber { line: Some(LineId::new(line)), ..number("+420719880001", true) }], ..good() };
        let lines = crate::app::demo_book().unwrap().lines;
        assert!(strays(&of("ustecky"), &lines).is_empty() && strays(&good(), &lines).is_empty() && strays(&of("ustecka"), &[]).is_empty());
        let told = strays(&of("ustecka"), &lines);
        assert!(told.len() == 1 && ["+420719880001", "“ustecka”", "ustecky"].iter().all(|part| told[0].contains(part)), "{told:?}");
    }
}
