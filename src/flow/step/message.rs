//! `[message.…]`: says something and goes on.

use super::document::About;
use super::{Kind, Next, Way};
use crate::domain::Medium;
use crate::flow::act::Act;
use crate::flow::run::Run;
use crate::flow::shared::Shared;
use crate::flow::wording::{Texts, Wording};
use serde::Deserialize;
use toml::Spanned;

/// A text that awaits no answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    text: Wording,
    voice: Option<Wording>,
    sms: Option<Wording>,
    chat: Option<Wording>,
    #[serde(default)]
    also_sms: bool,
    goto: Spanned<String>,
}

impl Message {
    pub(super) const ABOUT: About = About {
        table: "message",
        purpose: "Řekne nebo napíše text a jde dál. Na nic nečeká.",
        keys: &[
            ("text", "Text pro všechny kanály, česky (`cs`) a anglicky (`en`). Prázdný text se neposílá."),
            ("voice", "Co se místo něj řekne v telefonu."),
            ("sms", "Co se místo něj pošle v SMS."),
            ("chat", "Co se místo něj napíše v chatu a na webu."),
            ("also_sms", "`true`: volajícímu přijde totéž i v SMS, když to jeho číslo umí."),
            ("goto", "Další krok."),
        ],
        example: "[message.hello]\ntext.cs = \"Dobrý den, tady Linka spolupráce.\"\ntext.en = \"Hello, this is the Cooperation Line.\"\ngoto = \"destination\"",
    };
}

impl Kind for Message {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        let lang = run.position.lang;
        if let Some(texts) = self.texts() {
            run.say(texts.on(run.position.medium).get(lang));
            if self.also_sms && run.speaks() && run.hand.sms_possible {
                let text = run.render(texts.on(Medium::Sms).get(lang));
                run.acts.push(Act::AlsoSms { text });
            }
        }
        Next::Goto(self.goto.get_ref().clone())
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        vec![(String::new(), &self.goto, true)]
    }

    fn texts(&self) -> Option<Texts<'_>> {
        Some(Texts { text: &self.text, voice: self.voice.as_ref(), sms: self.sms.as_ref(), chat: self.chat.as_ref() })
    }
}
