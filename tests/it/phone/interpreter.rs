//! The interpreter of documents: one verb after another, with keys that may come at any time.

use super::document;
use super::exchange::{APPLICATION_ERROR, Exchange};
use super::leg::{Direction, Doing, Gathering, Status};
use super::verb::{self, Gather, Talk, Target, Verb};
use super::webhook::{Answer, Purpose};
use chrono::{DateTime, TimeDelta, Utc};

impl Exchange {
    /// Reads the document of an answer; everything wrong with it is a fault of the line.
    pub(super) fn read_document(&mut self, url: &str, answer: &Answer) -> Option<Vec<Verb>> {
        let wrong = match document::read(&answer.content_type, &answer.body) {
            Ok(root) => {
                self.documents.entry(String::from_utf8_lossy(&answer.body).into_owned()).or_insert_with(|| url.to_owned());
                match verb::read(&root, self.whims.any_voice) {
                    Ok(verbs) => return Some(verbs),
                    Err(wrong) => wrong,
                }
            }
            Err(wrong) => vec![wrong],
        };
        let body = String::from_utf8_lossy(&answer.body);
        for wrong in wrong {
            self.fault(format!("{wrong}\n  at {url}\n  in {body:.400}"));
        }
        None
    }

    /// Takes the next steps of a leg until one needs time, a person or the line.
    pub(super) fn run(&mut self, sid: &str, at: DateTime<Utc>) {
        if self.leg(sid).is_over() {
            return;
        }
        let Some(verb) = self.leg_mut(sid).page.pop_front() else { return self.page_ends(sid, at) };
        self.answers_before(sid, &verb, at);
        match verb {
            Verb::Talk(talk) => {
                self.leg_mut(sid).doing = Doing::Talking;
                self.talk(sid, &talk, at);
            }
            Verb::Gather(gather) => self.gather(sid, gather, at),
            Verb::Dial(dial) => self.dial(sid, dial, at),
            Verb::Record(record) => self.record(sid, record, at),
            Verb::Redirect(target) => self.fetch(sid, &target, Vec::new(), at),
            Verb::Reject { busy } => self.reject(sid, busy, at),
            Verb::Hangup => self.end(sid, Status::Completed, at),
        }
    }

    fn page_ends(&mut self, sid: &str, at: DateTime<Utc>) {
        if self.leg(sid).whispered {
            self.bridge(sid, at);
        } else {
            self.end(sid, Status::Completed, at);
        }
    }

    /// A call that came in is answered by the first verb that is heard.
    fn answers_before(&mut self, sid: &str, verb: &Verb, at: DateTime<Utc>) {
        let silent = match verb {
            Verb::Reject { .. } | Verb::Redirect(_) => true,
            Verb::Dial(dial) => dial.answer_on_bridge,
            Verb::Talk(_) | Verb::Gather(_) | Verb::Record(_) | Verb::Hangup => false,
        };
        if !silent {
            self.answer(sid, at);
        }
    }

    pub(super) fn answer(&mut self, sid: &str, at: DateTime<Utc>) {
        let leg = self.leg_mut(sid);
        if leg.direction == Direction::Inbound && leg.answered_at.is_none() {
            leg.status = Status::InProgress;
            leg.answered_at = Some(at);
        }
    }

    fn reject(&mut self, sid: &str, busy: bool, at: DateTime<Utc>) {
        if self.leg(sid).answered_at.is_some() {
            self.fault("<Reject> on a call that is answered");
        }
        self.end(sid, if busy { Status::Busy } else { Status::NoAnswer }, at);
    }

    /// Words or a recording begin to be heard.
    fn talk(&mut self, sid: &str, talk: &Talk, at: DateTime<Utc>) {
        self.leg_mut(sid).hears(talk);
        if let Some(url) = &talk.audio {
            let target = Target { url: url.clone(), method: "GET".to_owned() };
            self.send(&target, Vec::new(), Purpose::Media, None, at);
        }
        self.wait(sid, at + TimeDelta::milliseconds(talk.ms));
    }

    fn gather(&mut self, sid: &str, gather: Gather, at: DateTime<Utc>) {
        let prompts = gather.prompts.clone().into();
        self.leg_mut(sid).doing = Doing::Gathering(Gathering { gather, prompts, digits: String::new(), waiting: false });
        if !self.feeds(sid, at) {
            self.prompt(sid, at);
        }
    }

    /// The next prompt of a Gather, or the wait for keys.
    fn prompt(&mut self, sid: &str, at: DateTime<Utc>) {
        let Doing::Gathering(gathering) = &mut self.leg_mut(sid).doing else { return };
        let timeout = TimeDelta::seconds(gathering.gather.timeout_s);
        if let Some(talk) = gathering.prompts.pop_front() {
            self.talk(sid, &talk, at);
        } else {
            gathering.waiting = true;
            self.wait(sid, at + timeout);
        }
    }

    /// Keys pressed so far go into the Gather; the first one silences the prompts.
    fn feeds(&mut self, sid: &str, at: DateTime<Utc>) -> bool {
        let mut fed = false;
        loop {
            let leg = self.leg_mut(sid);
            let (Doing::Gathering(gathering), Some(key)) = (&mut leg.doing, leg.keys.pop_front()) else { break };
            fed = true;
            gathering.prompts.clear();
            gathering.waiting = true;
            if gathering.gather.finish == Some(key) {
                self.gathered(sid, Some(key), at);
                return true;
            }
            gathering.digits.push(key);
            if gathering.gather.digits == Some(gathering.digits.len()) {
                self.gathered(sid, None, at);
                return true;
            }
        }
        if let (true, Doing::Gathering(gathering)) = (fed, &self.leg(sid).doing) {
            let timeout = TimeDelta::seconds(gathering.gather.timeout_s);
            self.wait(sid, at + timeout);
        }
        fed
    }

    fn gathered(&mut self, sid: &str, finish: Option<char>, at: DateTime<Utc>) {
        let leg = self.leg_mut(sid);
        let Doing::Gathering(gathering) = std::mem::replace(&mut leg.doing, Doing::Fetching) else { return };
        if gathering.digits.is_empty() && !gathering.gather.on_empty {
            return self.run(sid, at);
        }
        let target = self.action(sid, gathering.gather.action);
        let mut extra = vec![("Digits".to_owned(), gathering.digits)];
        extra.extend(finish.map(|key| ("FinishedOnKey".to_owned(), key.to_string())));
        self.fetch(sid, &target, extra, at);
    }

    /// Without an action the document's own address is asked again.
    pub(super) fn action(&mut self, sid: &str, action: Option<Target>) -> Target {
        if action.is_none() && self.leg(sid).page_url.is_empty() {
            self.fault("a verb without action in a document without an address");
        }
        action.unwrap_or_else(|| Target { url: self.leg(sid).page_url.clone(), method: "POST".to_owned() })
    }

    /// The time of what a leg was doing is up.
    pub(super) fn ticked(&mut self, sid: &str, at: DateTime<Utc>) {
        match &self.leg(sid).doing {
            Doing::Talking => self.run(sid, at),
            Doing::Gathering(gathering) if gathering.waiting => self.gathered(sid, None, at),
            Doing::Gathering(_) => self.prompt(sid, at),
            Doing::Recording(_) => self.recorded(sid, None, at),
            Doing::Ringing | Doing::Fetching | Doing::Dialing(_) | Doing::Bridged | Doing::Over => {}
        }
    }

    /// A person presses a key.
    pub(super) fn pressed(&mut self, sid: &str, key: char, at: DateTime<Utc>) {
        let lost = self.whims.loses_early_keys;
        let leg = self.leg_mut(sid);
        match &leg.doing {
            Doing::Recording(recording) if recording.record.finish.contains(key) => self.recorded(sid, Some(key), at),
            Doing::Recording(_) | Doing::Bridged | Doing::Dialing(_) | Doing::Over | Doing::Ringing => {}
            Doing::Fetching | Doing::Talking if lost => {}
            Doing::Fetching | Doing::Talking => leg.keys.push_back(key),
            Doing::Gathering(_) => {
                leg.keys.push_back(key);
                self.feeds(sid, at);
            }
        }
    }

    /// The line gives no document: the caller hears so, and the call ends.
    pub(super) fn gives_up(&mut self, sid: &str, at: DateTime<Utc>) {
        self.leg_mut(sid).heard.push(APPLICATION_ERROR.to_owned());
        self.end(sid, Status::Completed, at);
    }
}
