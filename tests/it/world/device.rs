//! What people hold in a story: a worker's phone or chat, an operator's devices.

use super::World;
use linka::channel::sim::Received;
use linka::domain::{Address, Body, Format, Heard, LetterId, Said, What, fold, Via};

/// A worker with one device in use at a time.
#[derive(Clone)]
pub struct Worker {
    world: World,
    organisation: Option<String>,
    number: String,
    channel: &'static str,
    own: Option<&'static str>,
}

impl Worker {
    pub(super) const fn new(world: World, organisation: Option<String>, number: String) -> Self {
        Self { world, organisation, number, channel: "chat", own: None }
    }

    /// Takes up another device of the same person.
    #[must_use]
    pub fn on(mut self, channel: &'static str) -> Self {
        self.channel = channel;
        self
    }

    /// Writes to this number of the line from now on.
    #[must_use]
    pub fn to(mut self, own: &'static str) -> Self {
        self.own = Some(own);
        self
    }

    /// Hides the caller's number.
    #[must_use]
    pub fn withheld(mut self) -> Self {
        "anonymous".clone_into(&mut self.number);
        self
    }

    pub fn address(&self) -> Address {
        Address::new(self.channel, self.number.clone())
    }

    async fn says(&self, said: Said, about: Option<LetterId>) -> &Self {
        if let Said::Text(text) = &said
            && self.channel == "sms"
            && self.world.is_wired()
        {
            return self.sends_message(text).await;
        }
        let via = Via { own: self.own.map(str::to_owned), ..Via::default() };
        let heard = Heard { from: self.address(), said, about, introduced: self.organisation.clone(), via };
        self.world.happens(self.world.key(), What::Heard(heard)).await;
        self
    }

    /// Sends a short message over the network.
    async fn sends_message(&self, text: &str) -> &Self {
        self.world.network().texts(&self.number, self.own.unwrap_or(super::USTECKY), text).await;
        self.world.settle().await;
        self
    }

    /// Writes in the room of a line's people.
    pub async fn writes_in(&self, room: &Room, text: &str) -> &Self {
        let via = Via { room: Some(room.at.clone()), ..Via::default() };
        let heard = Heard { from: self.address(), said: Said::Text(text.to_owned()), about: None, introduced: None, via };
        self.world.happens(self.world.key(), What::Heard(heard)).await;
        self
    }

    /// Writes a message.
    pub async fn texts(&self, text: &str) -> &Self {
        self.says(Said::Text(text.to_owned()), None).await
    }

    /// Sends a file, perhaps with words.
    pub async fn attaches(&self, format: Format, words: &str) -> &Self {
        let said = self.world.attached(format, words).await;
        self.says(said, None).await
    }

    /// Changes the message sent last.
    pub async fn changes(&self, text: &str) -> &Self {
        self.says(Said::Edited(text.to_owned()), None).await
    }

    /// Takes the message sent last back.
    pub async fn deletes(&self) -> &Self {
        self.says(Said::Deleted, None).await
    }

    /// What stands last on the worker's own page.
    pub async fn sees_last(&self) -> String {
        let thread = self.world.thread(&self.address()).await;
        thread.last().map(|bubble| bubble.words.clone()).unwrap_or_default()
    }

    /// Reads everything that arrived and says how many messages it was.
    pub fn drains(&self) -> usize {
        std::iter::from_fn(|| self.world.next(&self.address())).count()
    }

    /// Reads everything that arrived.
    pub fn reads_all(&self) -> Vec<String> {
        std::iter::from_fn(|| self.world.next(&self.address())).map(|received| received.words).collect()
    }

    /// Sends something that is no text.
    pub async fn sends(&self, kind: &str) -> &Self {
        self.says(Said::Unsupported(kind.to_owned()), None).await
    }

    /// The provider delivers one and the same message twice.
    pub async fn texts_and_it_arrives_twice(&self, text: &str) -> (linka::app::Accepted, linka::app::Accepted) {
        let heard = || What::Heard(Heard { from: self.address(), said: Said::Text(text.to_owned()), about: None, introduced: self.organisation.clone(), via: Via::default() });
        let key = self.world.key();
        (self.world.happens(key.clone(), heard()).await, self.world.happens(key, heard()).await)
    }

    /// Rings the line.
    pub async fn calls(&self) -> &Self {
        self.says(Said::Called, None).await
    }

    /// Presses a key of the phone.
    pub async fn presses(&self, keys: &str) -> &Self {
        self.says(Said::Keys(keys.to_owned()), None).await
    }

    /// Presses nothing.
    pub async fn is_silent(&self) -> &Self {
        self.says(Said::Silence, None).await
    }

    /// Leaves a spoken message.
    pub async fn speaks(&self, seconds: u32) -> &Self {
        self.says(Said::Recorded { seconds, reference: "sim".to_owned() }, None).await
    }

    /// Puts the phone down.
    pub async fn hangs_up(&self) -> &Self {
        self.says(Said::HungUp, None).await
    }

    /// Comes back from a phone that was taken, without having heard anybody.
    pub async fn is_cut_off(&self) -> &Self {
        self.says(Said::Back { talked: false }, None).await
    }

    /// Presses the button with this label on the last message that had one.
    pub async fn chooses(&self, received: &Received, label: &str) -> &Self {
        let (step, value) = button(received, label);
        self.says(Said::Choice { step, value }, Some(received.letter.id)).await
    }

    /// Reads the next message; it must say all of `parts`.
    pub async fn expect_reply<const N: usize>(&self, parts: [&str; N]) -> Received {
        self.world.pocket_messages().await;
        expect(&self.world, &self.address(), &parts)
    }

    /// Nothing has arrived.
    pub fn hears_nothing(&self) {
        nothing(&self.world, &self.address());
    }
}

/// An operator with every device the roster names.
#[derive(Clone)]
pub struct Operator {
    world: World,
    who: linka::routing::Operator,
    channel: String,
}

/// The room where the people of a line are together.
pub struct Room {
    world: World,
    at: Address,
}

impl Room {
    pub(super) const fn new(world: World, at: Address) -> Self {
        Self { world, at }
    }

    /// Everybody reads the next message; it must say all of `parts`.
    pub async fn expect<const N: usize>(&self, parts: [&str; N]) -> Received {
        self.world.pocket_messages().await;
        expect(&self.world, &self.at, &parts)
    }

    /// Nothing was written.
    pub fn is_quiet(&self) {
        nothing(&self.world, &self.at);
    }
}

/// An operator's ringing phone.
pub struct Phone {
    world: World,
    at: Address,
    ring: LetterId,
}

impl Operator {
    pub(super) fn new(world: World, who: linka::routing::Operator) -> Self {
        let channel = who.addresses.iter().find(|point| point.channel != "voice").map_or("chat", |point| &point.channel).to_owned();
        Self { world, who, channel }
    }

    /// Takes up another device.
    #[must_use]
    pub fn on(mut self, channel: &str) -> Self {
        channel.clone_into(&mut self.channel);
        self
    }

    fn at(&self, channel: &str) -> Address {
        let point = self.who.addresses.iter().find(|point| point.channel == channel).unwrap_or_else(|| panic!("{} has no {channel}", self.who.name));
        Address::new(point.channel.clone(), point.handle.clone())
    }

    async fn says(&self, said: Said, about: Option<LetterId>) -> &Self {
        if let Said::Text(text) = &said
            && self.channel == "sms"
            && self.world.is_wired()
        {
            self.world.network().texts(&self.at("sms").handle, super::USTECKY, text).await;
            self.world.settle().await;
            return self;
        }
        let heard = Heard { from: self.at(&self.channel), said, about, introduced: None, via: Via::default() };
        self.world.happens(self.world.key(), What::Heard(heard)).await;
        self
    }

    async fn says_in(&self, room: &Room, said: Said, about: Option<LetterId>) -> &Self {
        let via = Via { room: Some(room.at.clone()), ..Via::default() };
        let heard = Heard { from: self.at(&self.channel), said, about, introduced: None, via };
        self.world.happens(self.world.key(), What::Heard(heard)).await;
        self
    }

    /// Presses the button with this label on what was written in a room.
    pub async fn chooses_in(&self, room: &Room, received: &Received, label: &str) -> &Self {
        let (step, value) = button(received, label);
        self.says_in(room, Said::Choice { step, value }, Some(received.letter.id)).await
    }

    /// Writes in a room, in answer to what was written there.
    pub async fn writes_in(&self, room: &Room, received: &Received, text: &str) -> &Self {
        self.says_in(room, Said::Text(text.to_owned()), Some(received.letter.id)).await
    }

    /// Writes something.
    pub async fn writes(&self, text: &str) -> &Self {
        self.says(Said::Text(text.to_owned()), None).await
    }

    /// Sends a file, perhaps with words.
    pub async fn attaches(&self, format: Format, words: &str) -> &Self {
        let said = self.world.attached(format, words).await;
        self.says(said, None).await
    }

    /// Sends something that is no text.
    pub async fn sends(&self, kind: &str) -> &Self {
        self.says(Said::Unsupported(kind.to_owned()), None).await
    }

    /// Changes the message written last.
    pub async fn changes(&self, text: &str) -> &Self {
        self.says(Said::Edited(text.to_owned()), None).await
    }

    /// Takes the message written last back.
    pub async fn deletes(&self) -> &Self {
        self.says(Said::Deleted, None).await
    }

    /// Reads everything that arrived and says how many messages it was.
    pub fn drains(&self) -> usize {
        std::iter::from_fn(|| self.world.next(&self.at(&self.channel))).count()
    }

    /// The operator's own device, as its screen shows it.
    pub async fn thread(&self) -> Vec<linka::store::Bubble> {
        self.world.thread(&self.at(&self.channel)).await
    }

    /// Answers by replying to one message.
    pub async fn replies_to(&self, received: &Received, text: &str) -> &Self {
        self.says(Said::Text(text.to_owned()), Some(received.letter.id)).await
    }

    /// Reads the next message; it must say all of `parts`.
    pub async fn expect<const N: usize>(&self, parts: [&str; N]) -> Received {
        self.world.pocket_messages().await;
        expect(&self.world, &self.at(&self.channel), &parts)
    }

    /// Reads the next message, which must be an offer.
    pub async fn expect_offer<const N: usize>(&self, parts: [&str; N]) -> Received {
        let received = self.expect(parts).await;
        assert_eq!(received.letter.sort, linka::domain::Sort::Offer, "not an offer: {}", received.words);
        received
    }

    /// Presses the button with this label.
    pub async fn chooses(&self, received: &Received, label: &str) -> &Self {
        let (step, value) = button(received, label);
        self.says(Said::Choice { step, value }, Some(received.letter.id)).await
    }

    /// How often the phone rang.
    pub fn rings(&self) -> usize {
        let rings = std::iter::from_fn(|| self.world.next(&self.at("voice")));
        rings.filter(|received| matches!(received.letter.body, Body::Ring { .. })).count()
    }

    /// Takes an offer by its button and reads the confirmation.
    pub async fn takes(&self, offer: &Received) -> &Self {
        self.chooses(offer, "Přijmout").await;
        self.expect(["je váš"]).await;
        self
    }

    /// Nothing has arrived.
    pub fn hears_nothing(&self) {
        nothing(&self.world, &self.at(&self.channel));
    }

    /// The phone rings.
    pub async fn expect_ring<const N: usize>(&self, parts: [&str; N]) -> Phone {
        let at = self.at("voice");
        let received = expect(&self.world, &at, &parts);
        assert!(matches!(received.letter.body, Body::Ring { .. }), "the phone does not ring: {:?}", received.letter.body);
        Phone { world: self.world.clone(), at, ring: received.letter.id }
    }

    /// The phone stops ringing or the call ends.
    pub async fn expect_hang_up(&self) {
        let received = expect(&self.world, &self.at("voice"), &[]);
        assert!(matches!(received.letter.body, Body::HangUp), "no hang-up: {:?}", received.letter.body);
    }
}

impl Phone {
    /// Picks up and presses a key.
    pub async fn presses(&self, key: &str) {
        self.says(Said::Keys(key.to_owned())).await;
    }

    /// Refuses, or puts the phone down.
    pub async fn hangs_up(&self) {
        self.says(Said::HungUp).await;
    }

    /// The call is connected.
    pub async fn expect_joined(&self) {
        let received = expect(&self.world, &self.at, &[]);
        assert!(matches!(received.letter.body, Body::Join { .. }), "not connected: {:?}", received.letter.body);
    }

    /// Hears words.
    pub async fn expect<const N: usize>(&self, parts: [&str; N]) -> Received {
        expect(&self.world, &self.at, &parts)
    }

    /// Hears nothing so many times while the line waits for more keys.
    pub async fn hears_silences(&self, n: usize) {
        for _ in 0..n {
            assert_eq!(self.expect([]).await.words, "");
        }
    }

    async fn says(&self, said: Said) {
        let heard = Heard { from: self.at.clone(), said, about: Some(self.ring), introduced: None, via: Via::default() };
        self.world.happens(self.world.key(), What::Heard(heard)).await;
    }
}

fn expect(world: &World, at: &Address, parts: &[&str]) -> Received {
    let received = world.next(at).unwrap_or_else(|| panic!("{at} expected {parts:?} and got nothing"));
    let said = fold(&received.words);
    for part in parts {
        assert!(said.contains(&fold(part)), "{at} expected “{part}” in:\n{}", received.words);
    }
    received
}

fn nothing(world: &World, at: &Address) {
    if let Some(received) = world.next(at) {
        panic!("{at} expected nothing and got:\n{}", received.words);
    }
}

fn button(received: &Received, label: &str) -> (String, String) {
    let Body::Text { step, choices, .. } = &received.letter.body else { panic!("no buttons on {:?}", received.letter.body) };
    let choice = choices.iter().find(|choice| choice.label == label);
    let shown: Vec<_> = choices.iter().map(|choice| &choice.label).collect();
    (step.clone(), choice.unwrap_or_else(|| panic!("no button “{label}” among {shown:?}")).value.clone())
}
