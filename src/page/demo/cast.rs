//! Who can play the worker on the stage, and the addresses of each run. All invented:
//! the numbers 719 xxx xxx are not in use, prisons lend only their names.

use super::scene::{Device, Scene};
use crate::channel::sim::{CHAT, SMS, VOICE};
use crate::domain::{Address, Lang};

/// One person the visitor can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    /// The slug in the page's address.
    pub slug: &'static str,
    /// The organisation channels vouch for; `None` for an unknown caller.
    pub organisation: Option<&'static str>,
    /// The digit that tells the role's phone numbers apart.
    digit: u8,
    /// The code and the PIN on the worker's page.
    pub sign_in: Option<(&'static str, &'static str)>,
}

/// The cast, the first as the default.
pub(crate) const CAST: [Role; 3] = [
    Role { slug: "belusice", organisation: Some("Věznice Bělušice"), digit: 1, sign_in: Some(("BEL", "246810")) },
    Role { slug: "svetla", organisation: Some("Věznice Světlá nad Sázavou"), digit: 2, sign_in: Some(("SVE", "135791")) },
    Role { slug: "unknown", organisation: None, digit: 3, sign_in: None },
];

impl Role {
    /// Finds a role by its slug.
    #[must_use]
    pub(crate) fn named(slug: &str) -> Option<Self> {
        CAST.into_iter().find(|role| role.slug == slug)
    }

    /// Returns what the switch calls the role.
    #[must_use]
    pub(crate) fn name(self, lang: Lang) -> &'static str {
        self.organisation.unwrap_or(lang.pick("neznámý volající", "unknown caller"))
    }

    /// Returns the address the role writes or calls from; the page on the web has its own.
    /// An unknown caller withholds the number on the phone, as switchboards do.
    #[must_use]
    pub(crate) fn address(self, scene: &Scene) -> Option<Address> {
        let number = format!("+420719{}{:05}", self.digit, scene.run);
        match scene.device {
            Device::Chat => Some(Address::new(CHAT, format!("{}-{}", self.slug, scene.run))),
            Device::Sms => Some(Address::new(SMS, number)),
            Device::Voice if self.organisation.is_none() => Some(Address::new(VOICE, format!("anonymous-{}", scene.run))),
            Device::Voice => Some(Address::new(VOICE, number)),
            Device::Web => None,
        }
    }
}

/// Writes an address as people read it: "719 100 001", a hidden number, a name.
#[must_use]
pub(super) fn spoken(address: &Address, role: Role, lang: Lang) -> String {
    match address.handle.strip_prefix("+420") {
        Some(digits) => {
            let signs: Vec<char> = digits.chars().collect();
            signs.chunks(3).map(|three| three.iter().collect::<String>()).collect::<Vec<_>>().join("\u{a0}")
        }
        None if address.channel == VOICE => lang.pick("skryté číslo", "withheld number").to_owned(),
        None => role.name(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::demo::scene::RUN_MAX;

    #[test]
    fn every_run_has_numbers_of_its_own_that_are_not_in_use() {
        for role in CAST {
            for run in [0, 1, RUN_MAX] {
                let address = role.address(&Scene { device: Device::Sms, run, ..Scene::default() }).unwrap();
                assert!(address.is_number() && address.handle.starts_with("+420719") && address.handle.len() == 13, "{address}");
            }
        }
    }

    #[test]
    fn an_unknown_caller_withholds_the_number() {
        let scene = Scene { device: Device::Voice, ..Scene::default() };
        let role = Role::named("unknown").unwrap();
        let address = role.address(&scene).unwrap();
        assert!(!address.is_number());
        assert_eq!(spoken(&address, role, Lang::Cs), "skryté číslo");
        let scene = Scene { device: Device::Sms, ..scene };
        assert_eq!(spoken(&role.address(&scene).unwrap(), role, Lang::Cs), "719\u{a0}300\u{a0}001");
    }
}
