//! The exchange: everything the network knows, and its one loop over what falls due.
//! No waiting and no HTTP here; [`super::Network`] carries webhooks out and brings answers back.

use super::clock::Queue;
use super::leg::{Doing, Leg, Status};
use super::message::Message;
use super::recording::Stored;
use super::verb::Target;
use super::webhook::{Answer, Delivery, Purpose, Webhook};
use super::whim::Whims;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// How long it listens before it hangs up.
const BOX_HANGS_UP_S: i64 = 30;
/// What a caller hears when no document can be had.
pub const APPLICATION_ERROR: &str = "We are sorry. An application error has occurred. Goodbye.";

/// Something that will happen.
pub(super) enum Event {
    Send(Box<Webhook>),
    Answered(Box<Webhook>, Answer),
    Failed(Box<Webhook>, u32),
    /// The time of an activity is up.
    Tick { leg: String, turn: u64 },
    /// Phones have rung long enough.
    RangOut { leg: String, turn: u64 },
    PickedUp { leg: String },
    PutDown { leg: String },
    /// A status held back goes out after all.
    Released { of: String },
    Moved { message: String, status: &'static str },
}

/// One of the account's numbers with its settings (`voice_url`, `sms_url`, …).
#[derive(Clone, Debug, Default)]
pub(super) struct Number {
    pub sid: String,
    pub voice: bool,
    pub sms: bool,
    pub settings: BTreeMap<String, String>,
}

impl Number {
    pub(super) fn setting(&self, name: &str) -> &str {
        self.settings.get(name).map_or("", String::as_str)
    }

    pub(super) fn target(&self, url: &str, method: &str) -> Option<Target> {
        let (url, method) = (self.setting(url), self.setting(method));
        (!url.is_empty()).then(|| Target { url: url.to_owned(), method: if method.is_empty() { "POST" } else { method }.to_owned() })
    }
}

/// A phone in somebody's hand.
#[derive(Default)]
pub(super) struct Handset {
    pub leg: Option<String>,
    pub is_box: bool,
}

/// The state of the whole network.
pub(super) struct Exchange {
    pub account: String,
    pub token: String,
    pub key: (String, String),
    pub base: String,
    pub numbers: BTreeMap<String, Number>,
    pub legs: BTreeMap<String, Leg>,
    pub handsets: BTreeMap<String, Handset>,
    pub messages: Vec<Message>,
    pub recordings: BTreeMap<String, Stored>,
    pub whims: Whims,
    pub queue: Queue,
    pub held: BTreeMap<String, Box<Webhook>>,
    pub faults: Vec<String>,
    pub documents: BTreeMap<String, String>,
    pub deliveries: Vec<Delivery>,
    pub requests: Vec<super::rest::Asked>,
    /// The documents are the network's own, not the line's.
    pub is_trial: bool,
    serial: u64,
}

impl Exchange {
    pub(super) fn new(base: String) -> Self {
        Self {
            account: format!("AC{:032x}", 0xac),
            token: "test-token".to_owned(),
            key: (format!("SK{:032x}", 0x5c), "test-secret".to_owned()),
            base,
            numbers: BTreeMap::new(),
            legs: BTreeMap::new(),
            handsets: BTreeMap::new(),
            messages: Vec::new(),
            recordings: BTreeMap::new(),
            whims: Whims::default(),
            queue: Queue::default(),
            held: BTreeMap::new(),
            faults: Vec::new(),
            documents: BTreeMap::new(),
            deliveries: Vec::new(),
            requests: Vec::new(),
            is_trial: false,
            serial: 0,
        }
    }

    /// A fresh identifier of a kind (`CA`, `SM`, `RE`, …).
    pub(super) fn sid(&mut self, kind: &str) -> String {
        self.serial += 1;
        format!("{kind}{:032x}", self.serial)
    }

    /// A fresh idempotency token, which looks as the provider's do.
    pub(super) fn token_of_request(&mut self) -> String {
        self.serial += 1;
        format!("00000000-0000-4000-8000-{:012x}", self.serial)
    }

    pub(super) fn fault(&mut self, what: impl Into<String>) {
        self.faults.push(what.into());
    }

    pub(super) fn leg(&self, sid: &str) -> &Leg {
        self.legs.get(sid).expect("a known leg")
    }

    pub(super) fn leg_mut(&mut self, sid: &str) -> &mut Leg {
        self.legs.get_mut(sid).expect("a known leg")
    }

    /// Lets everything happen that is due, until a webhook must be carried out.
    pub(super) fn next_webhook(&mut self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Box<Webhook>)> {
        if self.whims.is_down {
            return None;
        }
        while let Some((at, event)) = self.queue.take(now) {
            match event {
                Event::Send(webhook) => return Some((at, webhook)),
                event => self.happens(event, at),
            }
        }
        None
    }

    fn happens(&mut self, event: Event, at: DateTime<Utc>) {
        match event {
            Event::Send(webhook) => self.queue.put(at, Event::Send(webhook)),
            Event::Answered(webhook, answer) => self.answered(*webhook, &answer, at),
            Event::Failed(webhook, code) => self.failed(*webhook, code, at),
            Event::Tick { leg, turn } if self.leg(&leg).turn == turn => self.ticked(&leg, at),
            Event::RangOut { leg, turn } if self.leg(&leg).turn == turn => self.rang_out(&leg, at),
            Event::PickedUp { leg } if matches!(self.leg(&leg).doing, Doing::Ringing) => {
                self.queue.put(at + TimeDelta::seconds(BOX_HANGS_UP_S), Event::PutDown { leg: leg.clone() });
                self.pick_up(&leg, at);
            }
            // An activity that is over, or a phone that no longer rings.
            Event::Tick { .. } | Event::RangOut { .. } | Event::PickedUp { .. } => {}
            Event::PutDown { leg } => self.end(&leg, Status::Completed, at),
            Event::Released { of } => {
                if let Some(webhook) = self.held.remove(&of) {
                    self.queue.put(at, Event::Send(webhook));
                }
            }
            Event::Moved { message, status } => self.moved(&message, status, at),
        }
    }

    /// Statuses about a call or message that would go out now, taken out of the queue.
    pub(super) fn overtaking(&mut self, of: &str, now: DateTime<Utc>) -> Vec<Webhook> {
        for event in self.queue.pick(|event| matches!(event, Event::Moved { message, .. } if message == of)) {
            self.happens(event, now);
        }
        let wanted = |event: &Event| matches!(event, Event::Send(webhook) if webhook.purpose == Purpose::Status { of: of.to_owned() });
        self.queue.pick(wanted).into_iter().filter_map(|event| if let Event::Send(webhook) = event { Some(*webhook) } else { None }).collect()
    }

    /// Something is still to be told to the line, whatever people do.
    pub(super) fn has_news(&self) -> bool {
        self.queue.holds(|event| match event {
            Event::Send(_) | Event::Answered(..) | Event::Failed(..) | Event::Released { .. } | Event::Moved { .. } => true,
            Event::Tick { .. } | Event::RangOut { .. } | Event::PickedUp { .. } | Event::PutDown { .. } => false,
        })
    }

    /// The activity of a leg changes; its clock is set.
    pub(super) fn wait(&mut self, sid: &str, until: DateTime<Utc>) {
        let leg = self.leg_mut(sid);
        leg.turn += 1;
        let turn = leg.turn;
        self.queue.put(until, Event::Tick { leg: sid.to_owned(), turn });
    }

    /// Asks for the next document of a leg.
    pub(super) fn fetch(&mut self, sid: &str, target: &Target, extra: Vec<(String, String)>, at: DateTime<Utc>) {
        let mut params = self.call_params(sid);
        params.extend(extra);
        let leg = self.leg_mut(sid);
        leg.turn += 1;
        leg.doing = Doing::Fetching;
        leg.page.clear();
        leg.page_url.clone_from(&target.url);
        let (purpose, fallback) = (Purpose::Document { leg: sid.to_owned(), turn: leg.turn }, leg.fallback.clone());
        self.send(target, params, purpose, fallback, at);
    }

    pub(super) fn send(&mut self, target: &Target, params: Vec<(String, String)>, purpose: Purpose, fallback: Option<Target>, at: DateTime<Utc>) {
        let token = self.token_of_request();
        let webhook = Webhook { target: target.clone(), params, purpose, token, tried: 0, since: at, fallback };
        self.queue.put(at, Event::Send(Box::new(webhook)));
    }
}
