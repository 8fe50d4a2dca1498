//! What a caller hears when the line itself cannot answer: a document that is kept elsewhere, knows
//! nothing that changes and names nobody.

use super::reply::said;
use super::setting::{ExchangeError, check_duty, profile};
use crate::channel::twilio::twiml::{Dial, Leg, Verb};
use crate::channel::twilio::voice::{AllRead, Links, Studio};
use crate::config::Phone;
use crate::domain::{LineId, Medium, leaving_from};
use crate::handbook::{Handbook, Phrase};

/// How long the phone on duty rings.
const RING_S: u32 = 25;

/// Writes the document that joins a caller with the phone on duty, whichever number was called. The
/// phone shows the line's own number, as on any other day.
///
/// # Errors
/// When the vendor or the phone on duty cannot be used.
pub fn fallback(handbook: &Handbook, phone: &Phone, duty: &str, line: Option<&LineId>) -> Result<String, ExchangeError> {
    let profile = profile(phone)?;
    check_duty(phone, duty)?;
    let own = leaving_from(&phone.numbers, Medium::Voice, None, line).unwrap_or_default();
    let leg = Leg { number: duty.to_owned(), ..Leg::default() };
    let dial = Dial { caller_id: own.to_owned(), timeout_s: RING_S, legs: vec![leg], ..Dial::default() };
    let links = Links::new(&phone.public_url);
    let studio = Studio { links: &links, voices: handbook.voices(), recorded: &AllRead };
    let mut document = studio.only(&said(handbook, Phrase::FallbackJoining, None), Verb::Dial(dial));
    document.0.extend(studio.only(&said(handbook, Phrase::FallbackNobody, None), Verb::Hangup).0);
    Ok(document.write(profile))
}

#[cfg(test)]
mod tests {
    use super::{ExchangeError, fallback};
    use crate::config::Phone;
    use crate::domain::OwnNumber;
    use crate::handbook::Handbook;

    #[test]
    fn a_caller_is_joined_without_the_line() {
        let number = OwnNumber { number: "+420719880001".to_owned(), line: None, voice: true, sms: true };
        let phone = Phone { public_url: "https://linka.example".to_owned(), numbers: vec![number], ..Phone::default() };
        let handbook = Handbook::builtin().unwrap();
        let document = fallback(&handbook, &phone, "+420719000111", None).unwrap();
        let order = ["<Say", "poruchu", "out of order", "<Dial", "callerId=\"+420719880001\"", "<Number>+420719000111</Number>", "</Dial><Say", "později", "call us later", "<Hangup/>"];
        let at: Vec<_> = order.iter().map(|part| document.find(part).unwrap_or_else(|| panic!("{part}: {document}"))).collect();
        assert!(at.is_sorted(), "{document}");
        // Nothing in it may need the line that is down.
        assert!(!document.contains("http") && !document.contains("answerOnBridge"), "{document}");
        for wrong in ["", "719000111", "+420719880001"] {
            assert!(matches!(fallback(&handbook, &phone, wrong, None), Err(ExchangeError::DutyPhone(_))), "{wrong}");
        }
    }
}
