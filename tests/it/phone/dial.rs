//! Dialling: several phones ring, each may hear a whisper of its own, the first that takes the
//! call is connected and the others are let go.

use super::exchange::{Event, Exchange};
use super::grammar::is_e164;
use super::leg::{Dialing, Direction, Doing, Status};
use super::verb::Dial;
use super::webhook::Purpose;
use chrono::{DateTime, TimeDelta, Utc};

impl Exchange {
    pub(super) fn dial(&mut self, sid: &str, dial: Dial, at: DateTime<Utc>) {
        if self.leg(sid).whispered {
            self.fault("<Dial> in a whisper");
        }
        let caller = self.leg(sid);
        let shown = dial.caller_id.clone().unwrap_or_else(|| if caller.direction == Direction::Inbound { caller.from.clone() } else { caller.to.clone() });
        let may = self.numbers.get(&shown).is_some_and(|number| number.voice) || [&caller.from, &caller.to].contains(&&shown);
        if !may {
            self.fault(format!("13214 Dial: Invalid callerId value {shown}"));
        }
        let (timeout, callees) = (TimeDelta::seconds(dial.timeout_s), dial.callees.clone());
        let mut legs = Vec::new();
        for callee in callees {
            let leg = self.begins(Direction::Dial, &callee.number, &shown, &callee.number, at);
            let child = self.leg_mut(&leg);
            child.parent = Some(sid.to_owned());
            child.welcome = callee.whisper;
            child.callback = callee.callback;
            legs.push(leg);
        }
        let caller = self.leg_mut(sid);
        caller.turn += 1;
        let turn = caller.turn;
        caller.doing = Doing::Dialing(Dialing { dial, legs: legs.clone(), winner: None, last: None, since: None });
        self.queue.put(at + timeout, Event::RangOut { leg: sid.to_owned(), turn });
        for leg in legs {
            self.ring(&leg, at);
        }
    }

    /// A phone whose whisper is over is connected, and every other is let go.
    pub(super) fn bridge(&mut self, sid: &str, at: DateTime<Utc>) {
        let parent = self.leg(sid).parent.clone().expect("a caller");
        let caller = self.leg_mut(&parent);
        let Doing::Dialing(dialing) = &mut caller.doing else { return self.end(sid, Status::Completed, at) };
        if dialing.winner.is_some() {
            return self.end(sid, Status::Completed, at);
        }
        dialing.winner = Some(sid.to_owned());
        dialing.since = Some(at);
        let (others, limit) = (dialing.legs.clone(), TimeDelta::seconds(dialing.dial.limit_s));
        caller.turn += 1;
        let turn = caller.turn;
        self.queue.put(at + limit, Event::RangOut { leg: parent.clone(), turn });
        self.answer(&parent, at);
        let winner = self.leg_mut(sid);
        winner.turn += 1;
        winner.whispered = false;
        winner.doing = Doing::Bridged;
        for other in others.iter().filter(|other| *other != sid) {
            self.let_go(other, at);
        }
    }

    fn let_go(&mut self, sid: &str, at: DateTime<Utc>) {
        let status = if self.leg(sid).answered_at.is_some() { Status::Completed } else { Status::Canceled };
        self.end(sid, status, at);
    }

    /// A called leg is gone: perhaps the Dial is over.
    pub(super) fn callee_left(&mut self, sid: &str, at: DateTime<Utc>) {
        let parent = self.leg(sid).parent.clone().expect("a caller");
        let Doing::Dialing(dialing) = &mut self.leg_mut(&parent).doing else { return };
        if !dialing.legs.iter().any(|leg| leg == sid) {
            return;
        }
        dialing.last = Some(sid.to_owned());
        let (won, winner, legs) = (dialing.winner.as_deref() == Some(sid), dialing.winner.is_some(), dialing.legs.clone());
        if won || (!winner && legs.iter().all(|leg| self.leg(leg).is_over())) {
            self.dial_ends(&parent, at);
        }
    }

    /// The caller goes on, by the action or with the next verb.
    pub(super) fn dial_ends(&mut self, sid: &str, at: DateTime<Utc>) {
        let Doing::Dialing(dialing) = std::mem::replace(&mut self.leg_mut(sid).doing, Doing::Fetching) else { return };
        if let Some(action) = dialing.dial.action.clone() {
            let extra = self.dial_params(&dialing, at);
            self.fetch(sid, &action, extra, at);
        } else {
            self.leg_mut(sid).turn += 1;
            self.run(sid, at);
        }
    }

    /// The caller hung up: phones stop ringing, and the action learns of it all the same.
    pub(super) fn cut_dialing(&mut self, sid: &str, dialing: &Dialing, at: DateTime<Utc>) {
        for leg in &dialing.legs {
            self.let_go(leg, at);
        }
        if let (Some(action), false) = (&dialing.dial.action, self.whims.no_farewell) {
            let mut params = self.call_params(sid);
            params.extend(self.dial_params(dialing, at));
            self.send(action, params, Purpose::Farewell, None, at);
        }
    }

    /// How a Dial went. A box that picks up and a person who refuses both “complete”.
    fn dial_params(&self, dialing: &Dialing, at: DateTime<Utc>) -> Vec<(String, String)> {
        let answered = dialing.legs.iter().find(|leg| self.leg(leg).answered_at.is_some());
        let told = dialing.winner.as_ref().or(answered).or(dialing.last.as_ref()).or(dialing.legs.last()).expect("a leg");
        let leg = self.leg(told);
        let mut params = vec![
            // A callee taken away by an order has completed this Dial, though not the call.
            ("DialCallStatus".to_owned(), if leg.is_over() { leg.status } else { Status::Completed }.name().to_owned()),
            ("DialCallSid".to_owned(), told.clone()),
            ("DialBridged".to_owned(), dialing.winner.is_some().to_string()),
        ];
        if let Some(since) = dialing.since {
            params.push(("DialCallDuration".to_owned(), (at - since).num_seconds().to_string()));
        }
        params
    }

    /// A live call is sent to another document; what it was doing is dropped.
    pub(super) fn leaves_all(&mut self, sid: &str, at: DateTime<Utc>) {
        let leg = self.leg_mut(sid);
        leg.whispered = false;
        leg.page.clear();
        leg.keys.clear();
        let parent = leg.parent.take();
        match std::mem::replace(&mut leg.doing, Doing::Fetching) {
            Doing::Dialing(dialing) => dialing.legs.iter().for_each(|leg| self.let_go(leg, at)),
            Doing::Recording(recording) => self.store_recording(sid, &recording, at).into_iter().for_each(drop),
            Doing::Ringing | Doing::Fetching | Doing::Talking | Doing::Gathering(_) | Doing::Bridged | Doing::Over => {}
        }
        // The one it was connected with, or who waited for it, goes on alone.
        let Some(parent) = parent else { return };
        let Doing::Dialing(dialing) = &mut self.leg_mut(&parent).doing else { return };
        let won = dialing.winner.as_deref() == Some(sid);
        if !won && dialing.legs.len() > 1 {
            dialing.legs.retain(|leg| leg != sid);
        }
        let (winner, legs) = (dialing.winner.is_some(), dialing.legs.clone());
        if won || (!winner && legs.iter().all(|leg| leg == sid || self.leg(leg).is_over())) {
            self.dial_ends(&parent, at);
        }
    }

    /// The number at the other end of a connected call.
    pub(super) fn connected_with(&self, sid: &str) -> Option<String> {
        let leg = self.leg(sid);
        match &leg.doing {
            Doing::Dialing(dialing) => dialing.winner.as_ref().map(|winner| self.leg(winner).person.clone()),
            Doing::Bridged => leg.parent.as_ref().map(|parent| self.leg(parent).person.clone()),
            Doing::Ringing | Doing::Fetching | Doing::Talking | Doing::Gathering(_) | Doing::Recording(_) | Doing::Over => None,
        }
    }

    /// An order to call somebody: the phone rings, and a document is asked for when it is picked up.
    pub(super) fn calls_out(&mut self, sid: &str, timeout_s: i64, at: DateTime<Utc>) {
        let turn = self.leg(sid).turn;
        self.queue.put(at + TimeDelta::seconds(timeout_s), Event::RangOut { leg: sid.to_owned(), turn });
        if is_e164(&self.leg(sid).to) { self.ring(sid, at) } else { self.end(sid, Status::Failed, at) }
    }
}
