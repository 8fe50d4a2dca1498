//! The worker's device on the stage: chat, SMS, a phone with a keypad, or the real page.

use super::cast::{CAST, Role, spoken};
use super::play::Play;
use super::scene::{Device, Scene};
use super::call;
use crate::domain::Lang;
use crate::page::bubble::Bubble;
use crate::page::thread::Screen;
use crate::page::{PageError, token};
use askama::Template;

/// One person the visitor can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The slug in the address.
    pub slug: &'static str,
    /// The name on the switch.
    pub name: String,
    /// Whether the visitor is this person now.
    pub chosen: bool,
}

/// What the phone is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// On the hook.
    Idle,
    /// The line has asked and waits for a key.
    Live,
    /// The line is busy: it speaks, or looks for an operator.
    Waiting,
    /// The line waits for a code and a PIN.
    SignIn,
    /// The line waits for a spoken message.
    Recording,
    /// Talking to an operator.
    Joined,
}

/// The worker's device.
#[derive(Debug, Clone, Template)]
#[template(path = "demo/caller.html")]
pub(super) struct Caller {
    /// The visitor's language.
    pub lang: Lang,
    /// What the stage shows.
    pub scene: Scene,
    /// Who the visitor can be.
    pub cast: Vec<Part>,
    /// The address the device has, for people: a phone number, a name.
    pub address: String,
    /// What was said so far, oldest first.
    pub thread: Vec<Bubble>,
    /// What the phone is doing.
    pub call: Call,
    /// The key of the next event from this device.
    pub key: String,
    /// How to sign in on the page and on the phone, in words.
    pub sign_in_hint: String,
}

impl Caller {
    /// The keys of a phone in reading order, with the letters under them.
    pub(super) const KEYS: [(&'static str, &'static str); 12] = [
        ("1", ""), ("2", "abc"), ("3", "def"), ("4", "ghi"), ("5", "jkl"), ("6", "mno"),
        ("7", "pqrs"), ("8", "tuv"), ("9", "wxyz"), ("*", ""), ("0", ""), ("#", ""),
    ];

    /// Returns what the switch calls a device.
    #[must_use]
    pub(super) const fn device_name(&self, device: Device) -> &'static str {
        match device {
            Device::Chat => "Chat",
            Device::Sms => "SMS",
            Device::Voice => self.lang.pick("Telefon", "Phone"),
            Device::Web => "Web",
        }
    }

    /// Builds the device from what goes on.
    ///
    /// # Errors
    /// When no random key can be made.
    pub(super) fn of(play: &Play) -> Result<Self, PageError> {
        let key = token::fresh()?;
        let mut carries = play.scene.fields();
        carries.push(("from", "caller".to_owned()));
        let screen = Screen { handbook: &play.handbook, lang: play.lang, now: play.now, press_at: "/demo/press", files_at: "/demo/file", carries, key: &key };
        let (thread, call) = match play.scene.device {
            Device::Voice => (call::transcript(&screen, &play.thread), call::call(&play.thread)),
            Device::Chat | Device::Sms | Device::Web => (screen.worker(&play.thread), Call::Idle),
        };
        Ok(Self {
            lang: play.lang,
            scene: play.scene.clone(),
            cast: CAST.iter().map(|role| Part { slug: role.slug, name: role.name(play.lang).to_owned(), chosen: *role == play.role }).collect(),
            address: play.address.as_ref().map(|address| spoken(address, play.role, play.lang)).unwrap_or_default(),
            thread,
            call,
            key,
            sign_in_hint: sign_in_hint(play.role, play.lang),
        })
    }

    /// Returns what the phone's display says.
    #[must_use]
    pub(super) const fn call_said(&self) -> &'static str {
        call::said(self.call, self.lang)
    }

    /// Tells whether keys and hang-up mean anything now.
    #[must_use]
    pub(super) fn on_call(&self) -> bool {
        self.call != Call::Idle
    }
}

/// A code and a PIN to sign in with: the caller's own, and for an unknown one those of the first prison.
fn sign_in_hint(role: Role, lang: Lang) -> String {
    let sign_in = role.sign_in.or_else(|| CAST.iter().find_map(|role| role.sign_in));
    let hint = |(code, pin)| format!("{} {code}, PIN {pin}", lang.pick("Přihlášení v ukázce: kód", "Sign-in for the demo: code"));
    sign_in.map(hint).unwrap_or_default()
}
