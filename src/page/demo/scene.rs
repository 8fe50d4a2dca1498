//! What the stage shows: which device the worker holds, who the worker is, which contact
//! is open in the log. It lives in the page's address, never on the server, so two
//! visitors do not disturb each other and every view can be linked.

use super::cast::Role;
use serde::Deserialize;

/// Highest number of a run; seven digits of a phone number hold it.
pub(super) const RUN_MAX: u32 = 99_999;

/// A device a worker can hold on the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Device {
    /// A chat application.
    #[default]
    Chat,
    /// Short messages.
    Sms,
    /// A phone with a keypad.
    Voice,
    /// The worker's real page.
    Web,
}

impl Device {
    /// Every device in the order of the switch.
    pub(crate) const ALL: [Self; 4] = [Self::Chat, Self::Sms, Self::Voice, Self::Web];

    /// Returns the name of the channel and of the icon.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Web => "web",
        }
    }
}

/// The view one visitor has of the stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Scene {
    /// The worker's device.
    pub device: Device,
    /// The worker, as a slug of the cast.
    pub who: String,
    /// Makes the worker's addresses new: each run is another worker of the same place.
    pub run: u32,
    /// The number of the contact that is open in the log; 0 follows the worker's own.
    pub contact: i64,
}

impl Default for Scene {
    fn default() -> Self {
        Self { device: Device::Chat, who: "belusice".to_owned(), run: 1, contact: 0 }
    }
}

impl Scene {
    /// Returns the view when somebody could have it; `None` for made-up values.
    #[must_use]
    pub(crate) fn checked(self) -> Option<Self> {
        let known = Role::named(&self.who).is_some() && self.run <= RUN_MAX && self.contact >= 0;
        known.then_some(self)
    }

    /// Returns the view as the fields of a form.
    #[must_use]
    pub(crate) fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("device", self.device.name().to_owned()),
            ("who", self.who.clone()),
            ("run", self.run.to_string()),
            ("contact", self.contact.to_string()),
        ]
    }

    /// Returns the link to this view.
    #[must_use]
    pub(crate) fn link(&self) -> String {
        format!("/demo?device={}&who={}&run={}&contact={}", self.device.name(), self.who, self.run, self.contact)
    }

    /// Returns the link to the same view with another device.
    #[must_use]
    pub(crate) fn with_device(&self, device: Device) -> String {
        Self { device, ..self.clone() }.link()
    }

    /// Returns the link to the same view with another contact open.
    #[must_use]
    pub(crate) fn with_contact(&self, contact: i64) -> String {
        Self { contact, ..self.clone() }.link()
    }
}
