//! What has arrived on simulated devices and was not looked at yet.

use super::World;
use linka::channel::sim::{self, Fault};
use linka::domain::Address;

impl World {
    /// Breaks a channel (`sms`) or a device (`chat:jana`).
    pub fn breaks(&self, on: &str, fault: Fault) {
        self.0.devices.set_fault(on, Some(fault));
    }

    /// Mends it again.
    pub fn mends(&self, on: &str) {
        self.0.devices.set_fault(on, None);
    }

    /// What a call's own event caused is handed over in the answer to it.
    pub(super) fn pocket_inline(&self, from: &Address, accepted: &linka::app::Accepted) {
        let mut pockets = self.0.pockets.lock().expect("pockets");
        let inline = accepted.letters.iter().filter(|letter| letter.to == *from && from.channel == sim::VOICE);
        for letter in inline {
            let words = letter.body.words().to_owned();
            pockets.entry(from.clone()).or_default().push_back(sim::Received { letter: letter.clone(), words });
        }
    }

    /// The next message on a device, in the order of arrival.
    pub(super) fn next(&self, at: &Address) -> Option<sim::Received> {
        let mut pockets = self.0.pockets.lock().expect("pockets");
        let pocket = pockets.entry(at.clone()).or_default();
        pocket.extend(self.0.devices.take(at));
        pocket.pop_front()
    }

    /// Reads everything on every device without a look at it, and says how many messages it was.
    pub fn puts_devices_away(&self) -> usize {
        let unread = self.0.devices.unread();
        for left in &unread {
            self.0.devices.take(&left.letter.to);
        }
        self.0.pockets.lock().expect("pockets").clear();
        unread.len() + self.0.outside.wires.as_ref().map_or(0, |wires| wires.network.inbox("").len())
    }

    /// Reads everything on every device.
    pub fn reads_devices(&self) -> Vec<String> {
        let words = self.0.devices.unread().into_iter().map(|left| left.words).collect();
        self.puts_devices_away();
        words
    }

    /// The same as putting them away, but one device (`chat:jana`) stays as it is.
    pub fn puts_devices_away_but(&self, device: &str) {
        for left in self.0.devices.unread().iter().filter(|left| left.letter.to.to_string() != device) {
            self.0.devices.take(&left.letter.to);
        }
    }

    /// What lies unread in pockets.
    pub(super) fn pocketed(&self) -> Vec<String> {
        let pockets = self.0.pockets.lock().expect("pockets");
        pockets.values().flatten().map(|left| format!("{}: {}", left.letter.to, left.words)).collect()
    }
}
