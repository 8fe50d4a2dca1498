//! Ready scenarios: what a visitor would do by hand, written down step by step. The page
//! carries the steps as plain markup and a script in the browser does them on the same
//! forms, so the line cannot tell a scenario from a person. Read from `scenario.toml`.

use crate::domain::{Bilingual, Lang};
use serde::Deserialize;

/// One deed of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// What is done: a verb the script knows.
    #[serde(rename = "do")]
    pub verb: Verb,
    /// To whom or where: a device, an operator's slug, a jump of the clock.
    #[serde(default)]
    pub on: String,
    /// The words, the key or the button's label.
    #[serde(default)]
    pub with: String,
    /// Words that appear where the step leads; the script waits for them.
    #[serde(default)]
    pub until: String,
    /// What the visitor is told.
    pub caption: Bilingual,
}

/// What a step can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verb {
    /// Moves the clock.
    Clock,
    /// Takes a device as a new worker.
    Device,
    /// Writes on the worker's device.
    Write,
    /// Presses a button under the last question.
    Press,
    /// Presses a key or a hook of the phone.
    Key,
    /// Speaks a message on the phone.
    Say,
    /// An operator presses a button of the newest offer.
    Offer,
    /// An operator writes.
    Answer,
    /// Picks up a ringing operator's phone, or lets it be.
    Ring,
    /// Uses the worker's page: signs in, writes, presses.
    Web,
    /// Only waits and explains.
    Look,
}

impl Verb {
    /// Returns the word the script reads.
    #[must_use]
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Device => "device",
            Self::Write => "write",
            Self::Press => "press",
            Self::Key => "key",
            Self::Say => "say",
            Self::Offer => "offer",
            Self::Answer => "answer",
            Self::Ring => "ring",
            Self::Web => "web",
            Self::Look => "look",
        }
    }
}

/// One scenario.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    /// Its name in links.
    pub id: String,
    /// What it is called.
    pub title: Bilingual,
    /// What it shows, in a sentence.
    pub about: Bilingual,
    /// What is done.
    pub step: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenario: Vec<Scenario>,
}

/// Returns the six scenarios; a broken file gives none, which a test forbids.
#[must_use]
pub(super) fn scenarios() -> Vec<Scenario> {
    toml::from_str::<File>(include_str!("scenario.toml")).map(|file| file.scenario).unwrap_or_default()
}

impl Scenario {
    /// Returns the title in the visitor's language.
    #[must_use]
    pub(super) fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_scenarios_speak_both_languages() {
        let file: File = toml::from_str(include_str!("scenario.toml")).unwrap();
        assert_eq!(file.scenario.len(), 6);
        for scenario in &file.scenario {
            for text in [&scenario.title, &scenario.about].into_iter().chain(scenario.step.iter().map(|step| &step.caption)) {
                assert!(!text.cs.trim().is_empty() && !text.en.trim().is_empty(), "{}: {text:?}", scenario.id);
            }
        }
    }
}
