//! `[operator.…]`: asks for an operator and waits.

use super::document::About;
use super::{Answer, Kind, Next, Way};
use crate::domain::{Bilingual, Lang, Medium};
use crate::flow::act::{Act, Expects, Prompt};
use crate::flow::hear;
use crate::flow::position::OperatorOutcome;
use crate::flow::run::Run;
use crate::flow::shared::Shared;
use crate::flow::template;
use crate::flow::wording::{Texts, Wording};
use serde::Deserialize;
use toml::Spanned;

/// A hand-over to an operator.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    text: Wording,
    voice: Option<Wording>,
    sms: Option<Wording>,
    chat: Option<Wording>,
    #[serde(default)]
    urgent: bool,
    #[serde(default)]
    together: bool,
    ring_seconds: u32,
    queue_seconds_max: u32,
    whisper: Wording,
    done: Spanned<String>,
    no_answer: Spanned<String>,
}

impl Operator {
    pub(super) const ABOUT: About = About {
        table: "operator",
        purpose: "Předá rozhovor člověku: v telefonu zvoní operátorům ve službě, jinde se jim nabídne. Co pracovník mezitím napíše, dostane operátor.",
        keys: &[
            ("text", "Co se pracovníkovi napíše, než operátor odpoví."),
            ("voice", "Co uslyší volající."),
            ("sms", "Co se pošle v SMS."),
            ("chat", "Co se napíše v chatu a na webu."),
            ("urgent", "`true`: naléhavé, přednost přede vším ostatním."),
            ("together", "`true`: zvoní všem naráz, kdo přijme první, ten hovor má; jinak jednomu po druhém. Naléhavé zvoní vždy všem."),
            ("ring_seconds", "Jak dlouho zvoní jednomu operátorovi."),
            ("queue_seconds_max", "Jak dlouho volající čeká celkem."),
            ("whisper", "Co slyší operátor, kterému kvůli volajícímu zvoní telefon, než hovor přijme jedničkou. Beze jmen."),
            ("done", "Krok, když operátor skončil."),
            ("no_answer", "Krok, když nikdo nepřijal."),
        ],
        example: "[operator.operator]\ntext.cs = \"Předávám operátorovi, odpoví tady.\"\ntext.en = \"Handing over to an operator, who will answer here.\"\nwhisper.cs = \"Linka spolupráce, {{ destination.name }}. Přijmete? Jedna ano.\"\nwhisper.en = \"Cooperation Line, {{ destination.name }}. Take it? One for yes.\"\nring_seconds = 20\nqueue_seconds_max = 90\ndone = \"rating\"\nno_answer = \"question\"",
    };

    /// The whisper is rendered in both languages: the operator's one is not known here.
    fn whisper(&self, run: &Run<'_>) -> Bilingual {
        let text = |lang: Lang| {
            let position = crate::flow::Position { lang, ..run.position.clone() };
            let facts = template::Facts { position: &position, ..run.facts() };
            template::render(self.whisper.get(lang), facts)
        };
        Bilingual::new(text(Lang::Cs), text(Lang::En))
    }

    fn pass_on(run: &mut Run<'_>, words: &str) {
        run.acts.push(Act::PassedOn { body: words.to_owned() });
        if !std::mem::replace(&mut run.position.told_passed_on, true) {
            run.say_phrase("passed_on");
        }
    }
}

impl Kind for Operator {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        self.ask(run);
        let act = Act::HandOver {
            urgent: self.urgent || run.position.urgent,
            together: self.together || self.urgent || run.position.urgent,
            ring_seconds: self.ring_seconds,
            queue_seconds_max: self.queue_seconds_max,
            whisper: self.whisper(run),
        };
        run.acts.push(act);
        Next::Wait
    }

    fn take(&self, run: &mut Run<'_>, answer: &Answer<'_>) -> Next {
        match answer {
            Answer::Operator(OperatorOutcome::Done) => return Next::Goto(self.done.get_ref().clone()),
            Answer::Operator(OperatorOutcome::NoAnswer) => return Next::Goto(self.no_answer.get_ref().clone()),
            Answer::Text(heard) => {
                // A place named while waiting still decides who is asked next.
                hear::absorb(&mut run.position, heard);
                hear::keep_words(&mut run.position, heard);
                run.position.unsaid = false;
                Self::pass_on(run, &heard.masked);
            }
            Answer::Recorded { reference, .. } => Self::pass_on(run, reference),
            Answer::Key(key) if !run.speaks() => Self::pass_on(run, key),
            Answer::Key(_) | Answer::Choice(_) | Answer::Silence | Answer::Operator(OperatorOutcome::Taken) => {}
        }
        Next::Wait
    }

    fn ask(&self, run: &mut Run<'_>) {
        let (lang, medium) = (run.position.lang, run.position.medium);
        let Some(texts) = self.texts() else { return };
        let text = run.render(texts.on(medium).get(lang));
        let expects = if medium == Medium::Voice { Expects::Nothing } else { Expects::Text };
        let step = run.position.question();
        run.acts.push(Act::Say(Prompt { text, options: Vec::new(), step, expects, barge_in: false }));
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        vec![("hotovo".to_owned(), &self.done, false), ("nikdo nepřijal".to_owned(), &self.no_answer, false)]
    }

    fn texts(&self) -> Option<Texts<'_>> {
        Some(Texts { text: &self.text, voice: self.voice.as_ref(), sms: self.sms.as_ref(), chat: self.chat.as_ref() })
    }

    fn wordings(&self) -> Vec<(&'static str, &Wording)> {
        vec![("whisper", &self.whisper)]
    }

    fn awaits_words(&self) -> bool {
        true
    }
}
