//! `[end.…]`: says goodbye.

use super::document::About;
use super::{Kind, Next, Way};
use crate::flow::act::EndReason;
use crate::flow::run::Run;
use crate::flow::shared::Shared;
use crate::flow::wording::{Texts, Wording};
use serde::Deserialize;

/// The end of a conversation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    text: Wording,
    voice: Option<Wording>,
    sms: Option<Wording>,
    chat: Option<Wording>,
}

impl End {
    pub(super) const ABOUT: About = About {
        table: "end",
        purpose: "Rozloučí se a rozhovor skončí; hovor se zavěsí.",
        keys: &[
            ("text", "Rozloučení."),
            ("voice", "Rozloučení v telefonu."),
            ("sms", "Rozloučení v SMS. Prázdný text žádnou SMS nepošle."),
            ("chat", "Rozloučení v chatu a na webu."),
        ],
        example: "[end.bye]\ntext.cs = \"Děkujeme, na shledanou.\"\ntext.en = \"Thank you, goodbye.\"",
    };
}

impl Kind for End {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        let (lang, medium) = (run.position.lang, run.position.medium);
        if let Some(texts) = self.texts() {
            run.say(texts.on(medium).get(lang));
        }
        Next::End(EndReason::Finished(run.position.step.clone()))
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        Vec::new()
    }

    fn texts(&self) -> Option<Texts<'_>> {
        Some(Texts { text: &self.text, voice: self.voice.as_ref(), sms: self.sms.as_ref(), chat: self.chat.as_ref() })
    }
}
