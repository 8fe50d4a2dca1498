//! One message as a device shows it, with its buttons. Plain data for the templates;
//! the worker's page and every device of the demo build theirs from the store's thread.

/// Whose side of a device a message stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The person who holds the device.
    Mine,
    /// The line, or whoever speaks through it.
    Theirs,
    /// A note of the device itself, such as the end of a call.
    Note,
}

impl Side {
    /// Returns the class the style sheets know.
    #[must_use]
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
            Self::Note => "aside",
        }
    }
}

/// One button under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Button {
    /// What comes back.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

/// One message on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bubble {
    /// The letter's id, or the heard event's key; a live page knows the bubble by it.
    pub id: String,
    /// Whose side it stands on.
    pub side: Side,
    /// Who speaks, where it is not plain from the side.
    pub author: String,
    /// The words.
    pub words: String,
    /// A file that came along: where it is, and what it is.
    pub file: Option<(String, String)>,
    /// When, in words.
    pub time: String,
    /// What else is worth a glance: delivery, parts of an SMS.
    pub meta: String,
    /// The buttons.
    pub buttons: Vec<Button>,
    /// Whether the buttons still answer anything.
    pub pressable: bool,
    /// The question the buttons belong to.
    pub step: String,
    /// Where a press is posted.
    pub press_at: &'static str,
    /// The key of the event a press would be.
    pub key: String,
    /// What a press carries besides: the device it is pressed on.
    pub carries: Vec<(&'static str, String)>,
}
