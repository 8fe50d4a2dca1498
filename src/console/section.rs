//! One kind of rule on a page of the roster: what stands, how it is taken away, and the form that
//! adds one more. The page says what the rules are; `section.html` draws them.

use super::form::{Trouble, Typed};
use super::inputs::Field;
use super::label::Badge;
use crate::domain::Lang;

/// A section of a page.
pub(super) struct Section {
    /// Names it in the address.
    pub(super) code: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// What such rules are for.
    pub(super) lead: &'static str,
    /// The rules that hold now or later.
    pub(super) items: Vec<Item>,
    /// The rules whose time has passed.
    pub(super) past: Vec<Item>,
    /// The form for one more.
    pub(super) form: FormView,
    /// What has just been done.
    pub(super) done: Option<&'static str>,
}

/// One rule that stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// Names it in its form: its place in the list, or its id.
    pub(super) key: String,
    /// The rule in short.
    pub(super) what: String,
    /// More about it.
    pub(super) detail: String,
    /// Something to notice.
    pub(super) badge: Option<Badge>,
    /// Whether its time has passed.
    pub(super) past: bool,
}

/// The form for one more rule.
pub(super) struct FormView {
    /// Where it is sent.
    pub(super) action: String,
    /// The words that open it.
    pub(super) title: &'static str,
    /// Its fields.
    pub(super) fields: Vec<Field>,
    /// How it is filled in.
    pub(super) hint: &'static str,
    /// Why it was not taken.
    pub(super) trouble: Trouble,
    /// Whether it is open: it was just refused.
    pub(super) open: bool,
}

/// The words of one kind of rule.
pub(super) struct Words {
    /// Names it in the address.
    pub(super) code: &'static str,
    /// The heading.
    pub(super) title: &'static str,
    /// What such rules are for.
    pub(super) lead: &'static str,
    /// The words that open the form.
    pub(super) add: &'static str,
    /// How it is filled in.
    pub(super) hint: &'static str,
    /// That one was added.
    pub(super) added: &'static str,
    /// That one was taken away.
    pub(super) removed: &'static str,
}

/// What a refused form brings back.
#[derive(Clone, Copy)]
pub(super) struct Refused<'a> {
    /// The section it belongs to.
    pub(super) code: &'a str,
    /// What was typed.
    pub(super) typed: &'a Typed,
    /// Why it was refused.
    pub(super) trouble: &'a Trouble,
}

impl Section {
    /// Puts a section together. `done` is the word the address carries after a form was taken.
    #[must_use]
    pub(super) fn new(words: &Words, action: String, items: Vec<Item>, fields: Vec<Field>, refused: Option<Refused<'_>>, done: Option<&str>) -> Self {
        let refused = refused.filter(|refused| refused.code == words.code);
        let (past, items) = items.into_iter().partition(|item| item.past);
        let adding = refused.is_some_and(|refused| refused.typed.given("remove").is_none());
        let trouble = refused.map(|refused| refused.trouble.clone()).unwrap_or_default();
        let done = done.and_then(|done| done.strip_prefix(words.code)).and_then(|done| match done {
            "-added" => Some(words.added),
            "-removed" => Some(words.removed),
            _ => None,
        });
        let form = FormView { action, title: words.add, fields, hint: words.hint, trouble, open: adding };
        Self { code: words.code, title: words.title, lead: words.lead, items, past, form, done }
    }

    /// Returns what a person reads where there is no rule.
    #[must_use]
    pub(super) const fn empty(&self, lang: Lang) -> &'static str {
        if self.past.is_empty() { lang.pick("Zatím nic.", "Nothing yet.") } else { lang.pick("Teď ani v budoucnu nic.", "Nothing now or later.") }
    }
}
