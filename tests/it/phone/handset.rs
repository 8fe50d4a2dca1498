//! People at phones, in the words of stories: who dials, listens, presses and hangs up.
//! Listening lets as much time pass as the talk needs.

use super::Network;
use super::leg::{Doing, Leg, Status};
use chrono::{DateTime, TimeDelta, Utc};
use linka::domain::fold;

/// How long anybody listens to one talk.
const PATIENCE_S: i64 = 600;
/// What a called number sees of a hidden one, as the provider writes it.
const ANONYMOUS: &str = "anonymous";

/// A phone with a person (or a voicemail box) at it.
#[derive(Clone)]
pub struct Handset {
    network: Network,
    number: String,
    shown: String,
}

impl Handset {
    pub(super) fn new(network: Network, number: &str) -> Self {
        Self { network, number: number.to_owned(), shown: number.to_owned() }
    }

    /// Hides the number.
    #[must_use]
    pub fn withheld(self) -> Self {
        self.withheld_as(ANONYMOUS)
    }

    /// Hides it the way some networks do: `+266696687`, `restricted`, nothing at all.
    #[must_use]
    pub fn withheld_as(mut self, shown: &str) -> Self {
        shown.clone_into(&mut self.shown);
        self
    }

    /// The person's own number.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Looks at the phone's last call; none is a fault of the story.
    fn look<T>(&self, look: impl FnOnce(&Leg) -> T) -> T {
        let sid = self.sid();
        look(self.network.exchange().leg(&sid))
    }

    /// The identifier of the phone's last call.
    pub fn sid(&self) -> String {
        let exchange = self.network.exchange();
        let handset = exchange.handsets.get(&self.number);
        handset.and_then(|handset| handset.leg.clone()).unwrap_or_else(|| panic!("{} has never been in a call", self.number))
    }

    fn now(&self) -> DateTime<Utc> {
        self.network.now()
    }

    /// Rings a number of the line.
    pub async fn dials(&self, to: &str) -> &Self {
        self.network.exchange().dialled(&self.number, &self.shown, to, self.network.now());
        self.network.settles().await;
        self
    }

    /// Presses a key.
    pub async fn presses(&self, key: &str) -> &Self {
        self.types(key).await
    }

    /// Presses several keys, one after another.
    pub async fn types(&self, keys: &str) -> &Self {
        let sid = self.sid();
        assert!(!self.is_off(), "{} presses “{keys}” after the call", self.number);
        for key in keys.chars() {
            assert!(key.is_ascii_digit() || "*#".contains(key), "no phone has a key “{key}”");
            self.network.exchange().pressed(&sid, key, self.network.now());
        }
        self.network.settles().await;
        self
    }

    /// Listens until the line is silent, waits for something, or the call is over.
    pub async fn listens(&self) -> &Self {
        let until = self.now() + TimeDelta::seconds(PATIENCE_S);
        while !self.look(Leg::is_quiet) && self.network.next_moment_until(until).await {}
        self
    }

    /// Listens, and must have heard all of this since the last look.
    pub async fn hears<const N: usize>(&self, parts: [&str; N]) -> String {
        self.listens().await;
        let sid = self.sid();
        let heard = std::mem::take(&mut self.network.exchange().leg_mut(&sid).heard).join(" ");
        let folded = fold(&heard);
        for part in parts {
            assert!(folded.contains(&fold(part)), "{} expected “{part}” in:\n{heard}", self.number);
        }
        heard
    }

    /// Listens, and must have heard nothing since the last look.
    pub async fn hears_nothing(&self) -> &Self {
        let heard = self.hears([]).await;
        assert_eq!(heard, "", "{} expected silence", self.number);
        self
    }

    /// The recorded prompts heard since the last look.
    pub async fn hears_recordings(&self) -> Vec<String> {
        self.listens().await;
        let sid = self.sid();
        std::mem::take(&mut self.network.exchange().leg_mut(&sid).played)
    }

    /// Does nothing until the line is tired of waiting for a key or a voice.
    pub async fn keeps_silent(&self) -> &Self {
        self.listens().await;
        let turn = self.look(|leg| leg.turn);
        let waits = self.look(|leg| matches!(leg.doing, Doing::Gathering(_) | Doing::Recording(_)));
        assert!(waits, "nobody waits for {}", self.number);
        let until = self.now() + TimeDelta::seconds(PATIENCE_S);
        while self.look(|leg| leg.turn == turn) && self.network.next_moment_until(until).await {}
        self
    }

    /// Speaks after the tone for so many seconds.
    pub async fn speaks(&self, seconds: i64) -> &Self {
        self.listens().await;
        assert!(self.look(|leg| matches!(leg.doing, Doing::Recording(_))), "nothing records {}", self.number);
        let sid = self.sid();
        self.network.exchange().speaks(&sid, true, self.network.now());
        self.network.passes(seconds * 1_000).await;
        self.network.exchange().speaks(&sid, false, self.network.now());
        self.network.settles().await;
        self
    }

    /// Puts the phone down.
    pub async fn hangs_up(&self) -> &Self {
        let sid = self.sid();
        let status = if self.look(|leg| leg.answered_at.is_some()) { Status::Completed } else { Status::NoAnswer };
        self.network.exchange().end(&sid, status, self.network.now());
        self.network.settles().await;
        self
    }

    /// Tells whether the phone rings.
    pub fn is_ringing(&self) -> bool {
        let exchange = self.network.exchange();
        let leg = exchange.handsets.get(&self.number).and_then(|handset| handset.leg.as_ref());
        leg.is_some_and(|leg| exchange.leg(leg).status == Status::Ringing && matches!(exchange.leg(leg).doing, Doing::Ringing))
    }

    /// The phone rings.
    pub fn rings(&self) -> &Self {
        assert!(self.is_ringing(), "{} does not ring", self.number);
        self
    }

    /// The number the phone shows while it rings and after.
    pub fn shows(&self) -> String {
        self.look(|leg| leg.from.clone())
    }

    /// Picks up.
    pub async fn answers(&self) -> &Self {
        self.rings();
        let sid = self.sid();
        self.network.exchange().pick_up(&sid, self.network.now());
        self.network.settles().await;
        self
    }

    /// Presses the red button while it rings.
    pub async fn declines(&self) -> &Self {
        self.rings();
        let sid = self.sid();
        self.network.exchange().end(&sid, Status::Busy, self.network.now());
        self.network.settles().await;
        self
    }

    /// Lets it ring until it stops.
    pub async fn lets_it_ring(&self) -> &Self {
        self.rings();
        let until = self.now() + TimeDelta::seconds(PATIENCE_S);
        while self.is_ringing() && self.network.next_moment_until(until).await {}
        assert!(!self.is_ringing(), "{} rings without end", self.number);
        self
    }

    /// From now on a box answers: it picks up after 5 s, talks, presses nothing, hangs up after 30 s.
    pub fn voicemail(&self) -> &Self {
        self.network.exchange().handsets.entry(self.number.clone()).or_default().is_box = true;
        self
    }

    /// From now on nobody stands in for the person.
    pub fn no_voicemail(&self) -> &Self {
        self.network.exchange().handsets.entry(self.number.clone()).or_default().is_box = false;
        self
    }

    /// The call is connected with this number.
    pub fn is_bridged_with(&self, number: &str) -> &Self {
        let sid = self.sid();
        let with = self.network.exchange().connected_with(&sid);
        assert_eq!(with.as_deref(), Some(number), "{} is not connected so", self.number);
        self
    }

    /// Somebody's phone rings for this caller, and nobody is connected yet.
    pub fn waits_for_somebody(&self) -> &Self {
        let waits = self.look(|leg| matches!(&leg.doing, Doing::Dialing(dialing) if dialing.winner.is_none()));
        assert!(waits, "nobody is rung for {}", self.number);
        self
    }

    fn is_off(&self) -> bool {
        self.look(Leg::is_over)
    }

    /// The call is over.
    pub fn is_over(&self) -> &Self {
        assert!(self.is_off(), "the call of {} goes on: {}", self.number, self.look(|leg| format!("{:?}", leg.doing)));
        self
    }

    /// How the last call ended, in the provider's words.
    pub fn ended_as(&self, status: &str) -> &Self {
        self.is_over();
        assert_eq!(self.look(|leg| leg.status.name()), status, "how the call of {} ended", self.number);
        self
    }
}
