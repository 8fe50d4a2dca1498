//! A page that says in plain words what went wrong and where to go on.

use crate::domain::Lang;
use askama::Template;

/// What went wrong.
#[derive(Debug, Template)]
#[template(path = "trouble.html")]
pub(super) struct Trouble {
    /// The visitor's language.
    pub(super) lang: Lang,
    /// In a few words.
    pub(super) title: String,
    /// What to do now.
    pub(super) advice: String,
    /// Where to go on.
    pub(super) back: String,
}
