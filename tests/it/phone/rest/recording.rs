//! The resource of recordings: what is known of one, its sound, and its end.

use super::Asking;
use super::answer::{Refusal, Reply, date, page, within};
use crate::phone::exchange::Exchange;
use crate::phone::recording::{Stored, wav};
use serde_json::{Value, json};

impl Exchange {
    pub(super) fn list_recordings(&self, asking: &Asking<'_>) -> Reply {
        let wanted = |(_, stored): &(&String, &Stored)| asking.said("CallSid").is_none_or(|call| stored.call == call) && within(asking, "DateCreated", stored.at);
        let found: Vec<_> = self.recordings.iter().rev().filter(wanted).map(|(sid, stored)| self.recording_json(sid, stored)).collect();
        page(asking, "recordings", &found)
    }

    /// Without an ending, or with `.wav` or `.mp3`, the sound itself.
    pub(super) fn get_recording(&self, asking: &Asking<'_>, name: &str) -> Result<Reply, Refusal> {
        let (sid, ending) = name.split_once('.').unwrap_or((name, "wav"));
        let stored = self.recordings.get(sid).ok_or_else(|| Refusal::not_found(asking.path))?;
        match ending {
            "json" => Ok(Reply::json(200, &self.recording_json(sid, stored))),
            "wav" => Ok(Reply::file("audio/x-wav", wav(stored.seconds))),
            "mp3" => {
                let frames = usize::try_from(stored.seconds * 38).expect("a short recording");
                Ok(Reply::file("audio/mpeg", [0xff, 0xfb, 0x10, 0xc4].repeat(frames)))
            }
            _ => Err(Refusal::not_found(asking.path)),
        }
    }

    pub(super) fn delete_recording(&mut self, asking: &Asking<'_>, name: &str) -> Result<Reply, Refusal> {
        let sid = name.strip_suffix(".json").unwrap_or(name);
        self.recordings.remove(sid).map(|_| Reply::gone()).ok_or_else(|| Refusal::not_found(asking.path))
    }

    fn recording_json(&self, sid: &str, stored: &Stored) -> Value {
        let uri = format!("/2010-04-01/Accounts/{}/Recordings/{sid}", self.account);
        json!({
            "sid": sid,
            "account_sid": self.account,
            "api_version": "2010-04-01",
            "call_sid": stored.call,
            "conference_sid": null,
            "status": "completed",
            "duration": stored.seconds.to_string(),
            "channels": 1,
            "source": "RecordVerb",
            "start_time": date(stored.at - chrono::TimeDelta::seconds(stored.seconds)),
            "date_created": date(stored.at),
            "date_updated": date(stored.at),
            "error_code": null,
            "price": null,
            "price_unit": "USD",
            "encryption_details": null,
            "media_url": format!("{}{uri}", self.base),
            "uri": format!("{uri}.json"),
            "subresource_uris": {},
        })
    }
}
