//! One person: calls, presses a key three times, writes a message.

use crate::wire::Wires;
use linka::channel::twilio::{Algorithm, Form, Secret, sign};

/// Events of one person.
pub const EVENTS: u32 = 5;
/// The address the provider calls; requests go to the server without a name service.
pub const PUBLIC_URL: &str = "http://bench.example";
/// The account of the measurement.
pub const ACCOUNT: &str = "AC000000000000000000000000000be9c4";
/// Its token.
pub const TOKEN: &str = "bench-token";
/// The line's number.
const LINE: &str = "+420719880001";

/// What somebody does next.
pub struct Caller {
    number: String,
    sid: String,
    done: u32,
    /// Where the answer to the last question goes.
    action: String,
}

impl Caller {
    /// The `n`-th person of a round, whom nobody has heard of.
    pub fn new(round: u32, n: u32) -> Self {
        Self { number: format!("+4207{round}{n:07}"), sid: format!("{round:08x}{n:024x}"), done: 0, action: "/twilio/voice".to_owned() }
    }

    /// Does the next thing; tells whether it was answered as it should be.
    pub async fn goes_on(&mut self, wires: &Wires) -> bool {
        let event = self.done;
        self.done += 1;
        if event + 1 == EVENTS {
            return self.writes(wires).await;
        }
        let call = format!("CA{}", self.sid);
        let mut form = vec![("CallSid", call.as_str()), ("CallStatus", if event == 0 { "ringing" } else { "in-progress" }), ("Direction", "inbound")];
        form.extend([("Called", LINE), ("CalledCountry", "CZ"), ("CallerCountry", "CZ"), ("ToCountry", "CZ"), ("Caller", &self.number)]);
        if event > 0 {
            form.extend([("Digits", "1"), ("FinishedOnKey", ""), ("msg", "Gather End")]);
        }
        let answer = self.posts(wires, &self.action, &form).await;
        match answer.and_then(|document| action(&document)) {
            Some(next) => self.action = next,
            // The last step need not lead on.
            None if event + 2 < EVENTS => return false,
            None => {}
        }
        true
    }

    async fn writes(&self, wires: &Wires) -> bool {
        let message = format!("SM{}", self.sid);
        let form = [("MessageSid", message.as_str()), ("SmsMessageSid", &message), ("SmsStatus", "received"), ("NumMedia", "0"), ("NumSegments", "1")];
        let words = [("Body", "azylový dům Most, muž, od pondělí"), ("ToCountry", "CZ"), ("MessagingServiceSid", "")];
        self.posts(wires, "/twilio/sms", &[form.as_slice(), &words].concat()).await.is_some()
    }

    async fn posts(&self, wires: &Wires, target: &str, more: &[(&str, &str)]) -> Option<String> {
        let common = [("AccountSid", ACCOUNT), ("ApiVersion", "2010-04-01"), ("From", &self.number), ("To", LINE), ("FromCountry", "CZ")];
        let form: Form = common.iter().chain(more).copied().collect();
        let signature = sign(&Secret::new(TOKEN), Algorithm::Sha1, &format!("{PUBLIC_URL}{target}"), &form);
        wires.post(target, &signature, &form.encoded()).await
    }
}

/// Where the answer to a question goes, without the host and the fragment.
fn action(document: &str) -> Option<String> {
    let (_, rest) = document.split_once("<Gather")?;
    let (_, rest) = rest.split_once(" action=\"")?;
    let (url, _) = rest.split_once('"')?;
    let path = url.replace("&amp;", "&").strip_prefix(PUBLIC_URL)?.to_owned();
    Some(path.split('#').next().unwrap_or_default().to_owned())
}
