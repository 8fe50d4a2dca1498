//! The course of a call: it begins, rings, is picked up, and ends with everything that hangs on it.

use super::exchange::{Event, Exchange};
use super::leg::{Direction, Doing, Leg, Status};
use super::verb::Callback;
use chrono::{DateTime, TimeDelta, Utc};

/// How long a voicemail box lets the phone ring before it picks up.
const BOX_PICKS_UP_S: i64 = 5;

impl Exchange {
    /// A call that begins: a leg at the exchange, not yet doing anything.
    pub(super) fn begins(&mut self, direction: Direction, person: &str, from: &str, to: &str, at: DateTime<Utc>) -> String {
        let sid = self.sid("CA");
        let leg = Leg {
            sid: sid.clone(),
            parent: None,
            person: person.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            direction,
            status: Status::Queued,
            created_at: at,
            answered_at: None,
            ended_at: None,
            callback: None,
            reports: 0,
            fallback: None,
            welcome: None,
            doing: Doing::Ringing,
            turn: 0,
            page_url: String::new(),
            page: std::collections::VecDeque::new(),
            whispered: false,
            keys: std::collections::VecDeque::new(),
            heard: Vec::new(),
            played: Vec::new(),
        };
        self.legs.insert(sid.clone(), leg);
        sid
    }

    /// Somebody dials one of the account's numbers.
    pub(super) fn dialled(&mut self, person: &str, shown: &str, to: &str, at: DateTime<Utc>) {
        let sid = self.begins(Direction::Inbound, person, shown, to, at);
        self.handsets.entry(person.to_owned()).or_default().leg = Some(sid.clone());
        let number = self.numbers.get(to).filter(|number| number.voice).cloned();
        let welcome = number.as_ref().and_then(|number| number.target("voice_url", "voice_method"));
        let (Some(number), Some(welcome), false) = (number, welcome, self.whims.is_down) else {
            return self.end(&sid, Status::Failed, at);
        };
        let leg = self.leg_mut(&sid);
        leg.status = Status::Ringing;
        leg.fallback = number.target("voice_fallback_url", "voice_fallback_method");
        leg.callback = number.target("status_callback", "status_callback_method").map(|target| Callback { target, events: vec!["completed".to_owned()] });
        self.fetch(&sid, &welcome, Vec::new(), at);
    }

    /// A called phone rings, unless it is in use.
    pub(super) fn ring(&mut self, sid: &str, at: DateTime<Utc>) {
        self.leg_mut(sid).status = Status::Initiated;
        self.report(sid, "initiated", at);
        let person = self.leg(sid).person.clone();
        let current = self.handsets.entry(person.clone()).or_default().leg.clone();
        if current.is_some_and(|current| !self.leg(&current).is_over()) {
            return self.end(sid, Status::Busy, at);
        }
        let handset = self.handsets.entry(person).or_default();
        handset.leg = Some(sid.to_owned());
        if handset.is_box {
            self.queue.put(at + TimeDelta::seconds(BOX_PICKS_UP_S), Event::PickedUp { leg: sid.to_owned() });
        }
        self.leg_mut(sid).status = Status::Ringing;
        self.report(sid, "ringing", at);
    }

    /// Somebody or something picks the ringing phone up.
    pub(super) fn pick_up(&mut self, sid: &str, at: DateTime<Utc>) {
        let leg = self.leg_mut(sid);
        leg.status = Status::InProgress;
        leg.answered_at = Some(at);
        leg.turn += 1;
        leg.whispered = leg.parent.is_some() && leg.welcome.is_some();
        let welcome = leg.welcome.clone();
        self.report(sid, "answered", at);
        match welcome {
            Some(welcome) => self.fetch(sid, &welcome, Vec::new(), at),
            None if self.leg(sid).parent.is_some() => self.bridge(sid, at),
            // The document came with the order to call.
            None => self.run(sid, at),
        }
    }

    /// A leg ends, with everything that hangs on it.
    pub(super) fn end(&mut self, sid: &str, status: Status, at: DateTime<Utc>) {
        let leg = self.leg_mut(sid);
        if leg.is_over() {
            return;
        }
        leg.status = status;
        leg.ended_at = Some(at);
        leg.turn += 1;
        leg.page.clear();
        match std::mem::replace(&mut leg.doing, Doing::Over) {
            Doing::Recording(recording) => self.cut_recording(sid, &recording, at),
            Doing::Dialing(dialing) => self.cut_dialing(sid, &dialing, at),
            Doing::Ringing | Doing::Fetching | Doing::Talking | Doing::Gathering(_) | Doing::Bridged | Doing::Over => {}
        }
        self.report(sid, "completed", at);
        if self.leg(sid).parent.is_some() {
            self.callee_left(sid, at);
        }
    }

    /// Nobody picked up in time.
    pub(super) fn rang_out(&mut self, sid: &str, at: DateTime<Utc>) {
        match &self.leg(sid).doing {
            Doing::Dialing(dialing) if dialing.winner.is_some() => {
                let winner = dialing.winner.clone().expect("a winner");
                self.end(&winner, Status::Completed, at);
            }
            Doing::Dialing(dialing) => {
                for callee in dialing.legs.clone() {
                    if matches!(self.leg(&callee).doing, Doing::Ringing) {
                        self.end(&callee, Status::NoAnswer, at);
                    }
                }
            }
            Doing::Ringing => self.end(sid, Status::NoAnswer, at),
            Doing::Fetching | Doing::Talking | Doing::Gathering(_) | Doing::Recording(_) | Doing::Bridged | Doing::Over => {}
        }
    }
}
