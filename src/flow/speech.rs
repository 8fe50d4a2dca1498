//! What a turn under way says: texts filled in, questions with their options, and the
//! short line that says back what was understood.

use super::act::{Act, Choice, Expects, Prompt};
use super::position::Position;
use super::run::Run;
use super::template::Facts;
use super::{say, template};
use crate::domain::Medium;

impl Run<'_> {
    /// Returns what texts may speak of.
    pub fn facts(&self) -> Facts<'_> {
        Facts { flow: self.flow, position: &self.position, known: self.known, hand: self.hand }
    }

    /// Fills a text in.
    pub fn render(&self, source: &str) -> String {
        template::render(source, self.facts())
    }

    /// Says a text that awaits nothing.
    pub fn say(&mut self, source: &str) {
        let text = self.render(source);
        self.say_rendered(text);
    }

    /// Says a phrase of `_common.toml`.
    pub fn say_phrase(&mut self, name: &str) {
        let flow = self.flow;
        self.say(flow.shared.phrase(name, self.position.lang));
    }

    /// Says a finished text.
    pub fn say_rendered(&mut self, text: String) {
        let step = self.position.question();
        self.acts.push(Act::Say(Prompt { text, options: Vec::new(), step, expects: Expects::Nothing, barge_in: self.speaks() }));
    }

    /// Asks a question with options; `read` of them are read aloud, all can be chosen.
    pub fn ask(&mut self, text: &str, options: Vec<Choice>, read: std::ops::Range<usize>, expects: Expects) {
        let Position { lang, medium, .. } = self.position;
        let further = match (read.start, read.end < options.len()) {
            (_, true) => Some("more"),
            (0, false) => None,
            (_, false) => Some("from_start"),
        };
        let shown = if medium == Medium::Voice { options.get(read).unwrap_or(&options) } else { &options };
        let text = say::with_options(text, shown, &self.flow.shared, lang, medium, further);
        let step = self.position.question();
        let barge_in = matches!(expects, Expects::Key { .. });
        self.acts.push(Act::Say(Prompt { text, options, step, expects, barge_in }));
    }

    /// Adds a sentence behind the question that was just asked.
    pub fn add(&mut self, source: &str) {
        let text = self.render(source);
        if let Some(Act::Say(prompt)) = self.acts.last_mut().filter(|_| !text.is_empty()) {
            prompt.text = format!("{} {text}", prompt.text);
        }
    }

    /// Says back what was understood and not said back yet.
    pub fn say_back(&mut self) {
        if !std::mem::take(&mut self.position.unsaid) {
            return;
        }
        if template::render("{{ need.said }}", self.facts()).is_empty() {
            return;
        }
        self.say_phrase("understood");
        if std::mem::take(&mut self.position.assumed) {
            self.say_phrase("assumed");
        }
        if !std::mem::take(&mut self.position.further).is_empty() {
            self.say_phrase("further");
        }
    }

    /// Records an answer.
    pub fn save(&mut self, name: &str, value: &str) {
        self.position.saved.insert(name.to_owned(), value.to_owned());
        self.acts.push(Act::Saved { name: name.to_owned(), value: value.to_owned() });
    }

    /// Returns what a question with keys awaits on this medium.
    #[must_use]
    pub fn expects_choice(&self, timeout_s: u32) -> Expects {
        match self.position.medium {
            Medium::Voice => Expects::Key { digits_max: 1, timeout_s },
            Medium::Chat | Medium::Web | Medium::Sms => Expects::Text,
        }
    }

    /// Tells whether the person listens and presses keys.
    #[must_use]
    pub fn speaks(&self) -> bool {
        self.position.medium == Medium::Voice
    }

    /// Says so after the greeting and before anything else.
    pub(super) fn tell_privacy(&mut self) {
        if !self.minds_privacy {
            return;
        }
        let greets = |act: &Act| matches!(act, Act::Say(prompt) if prompt.expects == Expects::Nothing);
        let after_greeting = usize::from(self.position.turns == 1 && self.acts.first().is_some_and(greets));
        self.say_phrase("personal_data");
        let note = self.acts.pop();
        if let Some(note) = note {
            self.acts.insert(after_greeting, note);
        }
    }
}
