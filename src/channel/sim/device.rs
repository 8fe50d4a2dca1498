//! The devices behind the simulated channels: what reached them, and their faults.

use crate::channel::{Channel, Handed, SendError, outward};
use crate::domain::{Ability, Address, Barrier, Delivery, Letter, LetterId, Medium};
use futures_util::future::BoxFuture;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// What is wrong with a device or its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing goes out; try later.
    Busy,
    /// Nothing will ever arrive.
    Gone,
    /// The person has blocked the line.
    Blocked,
    /// The message arrives, but the channel never answers.
    Silent,
}

/// One message on a device, as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The letter.
    pub letter: Letter,
    /// Its words as they arrived.
    pub words: String,
}

/// Every simulated device: messages by address, in the order they arrived.
#[derive(Debug, Default)]
pub struct SimDevices(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    faults: BTreeMap<String, Fault>,
    seen: BTreeSet<LetterId>,
    received: Vec<Received>,
    keep: bool,
}

impl SimDevices {
    /// Keeps what arrives in memory, for stories that read the devices.
    #[must_use]
    pub fn remembering() -> Self {
        Self(Mutex::new(State { keep: true, ..State::default() }))
    }

    /// Breaks a channel (`sms`) or one device (`sms:+420719000101`); `None` mends it.
    pub fn set_fault(&self, on: &str, fault: Option<Fault>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            Some(fault) => state.faults.insert(on.to_owned(), fault),
            None => state.faults.remove(on),
        };
    }

    /// Takes what arrived at an address since the last look.
    pub fn take(&self, at: &Address) -> Vec<Received> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (taken, rest) = std::mem::take(&mut state.received).into_iter().partition(|received| received.letter.to == *at);
        state.received = rest;
        taken
    }

    /// Everything that nobody has looked at.
    pub fn unread(&self) -> Vec<Received> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).received.clone()
    }

    fn receive(&self, letter: &Letter, ability: &Ability) -> Result<Delivery, SendError> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = state.faults.get(&letter.to.to_string()).or_else(|| state.faults.get(&letter.to.channel)).copied();
        match fault {
            Some(Fault::Busy) => return Err(SendError::Later { after_s: 0 }),
            Some(Fault::Gone) => return Err(barred(Barrier::Unreachable, "the device cannot be reached")),
            Some(Fault::Blocked) => return Err(barred(Barrier::Blocked, "the person has blocked the line")),
            Some(Fault::Silent) | None => {}
        }
        if state.keep && (state.seen.insert(letter.id) || !ability.idempotent) {
            let words = outward(letter, ability);
            state.received.push(Received { letter: letter.clone(), words });
        }
        if fault == Some(Fault::Silent) { Err(SendError::Unknown) } else { Ok(Delivery::Sent) }
    }
}

fn barred(barrier: Barrier, reason: &str) -> SendError {
    SendError::Barred { barrier, reason: reason.to_owned() }
}

/// One simulated channel.
#[derive(Debug)]
pub struct Sim {
    name: &'static str,
    medium: Medium,
    devices: Arc<SimDevices>,
}

impl Sim {
    /// Makes a channel over a set of devices.
    #[must_use]
    pub const fn new(name: &'static str, medium: Medium, devices: Arc<SimDevices>) -> Self {
        Self { name, medium, devices }
    }
}

impl Sim {
    fn handed(&self, letter: &Letter) -> Result<Handed, SendError> {
        let ability = self.ability();
        let delivery = self.devices.receive(letter, &ability)?;
        Ok(Handed { delivery, reference: ability.edits.then(|| letter.id.to_string()) })
    }
}

impl Channel for Sim {
    fn name(&self) -> &str {
        self.name
    }

    fn ability(&self) -> Ability {
        let (buttons, inline, characters_max) = match self.medium {
            Medium::Chat | Medium::Web => (true, false, 4_000),
            Medium::Sms => (false, false, 1_530),
            Medium::Voice => (false, true, 4_000),
        };
        let files = matches!(self.medium, Medium::Chat | Medium::Web);
        Ability { medium: self.medium, buttons, two_way: true, idempotent: self.medium != Medium::Sms, inline, ends_rings: false, files, edits: self.medium == Medium::Chat, threads: self.name == super::ROOM, characters_max }
    }

    fn own(&self) -> Vec<String> {
        match self.medium {
            Medium::Sms | Medium::Voice => vec![super::LINE_NUMBER.to_owned()],
            Medium::Chat | Medium::Web => Vec::new(),
        }
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Handed, SendError>> {
        Box::pin(std::future::ready(self.handed(letter)))
    }
}
