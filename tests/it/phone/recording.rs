//! Recording: a person speaks or does not, and the line is told where the recording lies.

use super::exchange::Exchange;
use super::leg::{Doing, Recording};
use super::verb::Record;
use super::webhook::Purpose;
use chrono::{DateTime, TimeDelta, Utc};

/// How long the provider works on a recording before it reports it, in seconds.
const FILED_S: i64 = 1;

/// A recording the provider keeps.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub call: String,
    pub seconds: i64,
    pub at: DateTime<Utc>,
}

impl Exchange {
    pub(super) fn record(&mut self, sid: &str, record: Record, at: DateTime<Utc>) {
        let leg = self.leg_mut(sid);
        // What was pressed before the tone does not end the recording.
        leg.keys.clear();
        leg.doing = Doing::Recording(Recording { record, since: at, speaking_since: None, silent_since: at, spoken_ms: 0 });
        self.listen_on(sid);
    }

    /// Sets the clock of a recording: its longest time, or the silence that ends it.
    fn listen_on(&mut self, sid: &str) {
        let Doing::Recording(recording) = &self.leg(sid).doing else { return };
        let longest = recording.since + TimeDelta::seconds(recording.record.max_s);
        let silence = TimeDelta::seconds(recording.record.timeout_s);
        let quiet = recording.speaking_since.is_none() && !silence.is_zero();
        let until = if quiet { longest.min(recording.silent_since + silence) } else { longest };
        self.wait(sid, until);
    }

    /// The person begins or ends to speak.
    pub(super) fn speaks(&mut self, sid: &str, speaks: bool, at: DateTime<Utc>) {
        let Doing::Recording(recording) = &mut self.leg_mut(sid).doing else { return };
        if speaks {
            recording.speaking_since.get_or_insert(at);
        } else if let Some(since) = recording.speaking_since.take() {
            recording.spoken_ms += (at - since).num_milliseconds();
            recording.silent_since = at;
        }
        self.listen_on(sid);
    }

    /// A recording ends by silence, its length or a key.
    pub(super) fn recorded(&mut self, sid: &str, key: Option<char>, at: DateTime<Utc>) {
        let Doing::Recording(recording) = std::mem::replace(&mut self.leg_mut(sid).doing, Doing::Fetching) else { return };
        self.leg_mut(sid).turn += 1;
        let action = self.action(sid, recording.record.action.clone());
        match self.store_recording(sid, &recording, at) {
            Some(mut extra) => {
                extra.extend(key.map(|key| ("Digits".to_owned(), key.to_string())));
                self.fetch(sid, &action, extra, at);
            }
            // Of an empty recording the action learns nothing; the next verb follows.
            None => self.run(sid, at),
        }
    }

    /// The caller hung up while recording: that ends it too.
    pub(super) fn cut_recording(&mut self, sid: &str, recording: &Recording, at: DateTime<Utc>) {
        let action = self.action(sid, recording.record.action.clone());
        if let Some(extra) = self.store_recording(sid, recording, at) {
            let mut params = self.call_params(sid);
            params.extend(extra);
            params.push(("Digits".to_owned(), "hangup".to_owned()));
            self.send(&action, params, Purpose::Farewell, None, at);
        }
    }

    /// Files what was spoken; silence is reported as absent.
    pub(super) fn store_recording(&mut self, call: &str, recording: &Recording, at: DateTime<Utc>) -> Option<Vec<(String, String)>> {
        let speaking = recording.speaking_since.map_or(0, |since| (at - since).num_milliseconds());
        let seconds = (recording.spoken_ms + speaking + 999) / 1_000;
        let sid = self.sid("RE");
        let url = format!("{}/2010-04-01/Accounts/{}/Recordings/{sid}", self.base, self.account);
        if seconds > 0 {
            self.recordings.insert(sid.clone(), Stored { call: call.to_owned(), seconds, at });
        }
        let (status, filed) = (if seconds > 0 { "completed" } else { "absent" }, at + TimeDelta::seconds(FILED_S));
        if let Some(callback) = recording.record.callback.as_ref().filter(|callback| callback.events.iter().any(|event| event == status)) {
            let pairs = [
                ("AccountSid", self.account.clone()),
                ("CallSid", call.to_owned()),
                ("RecordingSid", sid.clone()),
                ("RecordingUrl", url.clone()),
                ("RecordingStatus", status.to_owned()),
                ("RecordingDuration", seconds.to_string()),
                ("RecordingChannels", "1".to_owned()),
                ("RecordingStartTime", recording.since.format("%a, %d %b %Y %H:%M:%S +0000").to_string()),
                ("RecordingSource", "RecordVerb".to_owned()),
                ("RecordingTrack", "inbound".to_owned()),
            ];
            let params = pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            self.send(&callback.target.clone(), params, Purpose::Status { of: sid.clone() }, None, filed);
        }
        let told = || vec![("RecordingUrl".to_owned(), url), ("RecordingSid".to_owned(), sid), ("RecordingDuration".to_owned(), seconds.to_string())];
        (seconds > 0).then(told)
    }
}

/// A file of so many seconds: eight thousand samples of silence each.
pub(super) fn wav(seconds: i64) -> Vec<u8> {
    let length = u32::try_from(seconds * 8_000).expect("a short recording");
    let mut file = Vec::new();
    for part in [&b"RIFF"[..], &(36 + length).to_le_bytes(), b"WAVEfmt ", &16_u32.to_le_bytes(), &1_u16.to_le_bytes(), &1_u16.to_le_bytes()] {
        file.extend_from_slice(part);
    }
    for part in [&8_000_u32.to_le_bytes()[..], &8_000_u32.to_le_bytes(), &1_u16.to_le_bytes(), &8_u16.to_le_bytes(), b"data", &length.to_le_bytes()] {
        file.extend_from_slice(part);
    }
    file.resize(file.len() + usize::try_from(length).expect("a short recording"), 0x80);
    file
}
