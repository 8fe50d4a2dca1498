//! Simulated devices: chat, short messages and phones that live in the browser. They
//! stand where a provider will stand, so the demo and the stories run on the real line.
//!
//! A device that was switched off, blocked or made slow behaves as a provider would.

mod device;

pub use device::{Fault, Received, Sim, SimDevices};

use super::Channel;
use crate::domain::Medium;
use std::sync::Arc;

/// The simulated chat.
pub const CHAT: &str = "chat";
/// The simulated short messages.
pub const SMS: &str = "sms";
/// The simulated rooms in which colleagues are together.
pub const ROOM: &str = "room";
/// The line's own number in the simulated networks; invented, as all of them.
pub const LINE_NUMBER: &str = "+420719000042";
/// The simulated phone network.
pub const VOICE: &str = "voice";

/// Returns the simulated channels over one set of devices.
#[must_use]
pub fn channels(devices: &Arc<SimDevices>) -> Vec<Arc<dyn Channel>> {
    let sim = |name, medium| Arc::new(Sim::new(name, medium, Arc::clone(devices))) as Arc<dyn Channel>;
    vec![sim(CHAT, Medium::Chat), sim(ROOM, Medium::Chat), sim(SMS, Medium::Sms), sim(VOICE, Medium::Voice)]
}
