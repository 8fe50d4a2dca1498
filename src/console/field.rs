//! Choices of a form: a select box and its options.

/// A select box.
#[derive(Debug, Clone)]
pub(super) struct Select {
    /// The name in the query.
    pub(super) name: &'static str,
    /// The label.
    pub(super) label: &'static str,
    /// The options but the empty one.
    pub(super) options: Vec<Pick>,
}

/// One option.
#[derive(Debug, Clone)]
pub(super) struct Pick {
    /// What is sent.
    pub(super) value: String,
    /// What a person reads.
    pub(super) label: String,
    /// Whether it is chosen.
    pub(super) chosen: bool,
}

impl Pick {
    /// Makes an option; it is chosen when it is the one that was sent.
    #[must_use]
    pub(super) fn new(value: impl Into<String>, label: impl Into<String>, sent: Option<&str>) -> Self {
        let value = value.into();
        let chosen = sent == Some(value.as_str());
        Self { value, label: label.into(), chosen }
    }
}
