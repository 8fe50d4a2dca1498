//! `[ask.…]`: takes a whole message, written or recorded.

use super::document::About;
use super::{Answer, Kind, Next, Patience, Way};
use crate::flow::act::{Choice, Expects};
use crate::flow::option;
use crate::flow::run::Run;
use crate::flow::shared::Shared;
use crate::flow::wording::{Texts, Wording, Wordings};
use serde::Deserialize;
use toml::Spanned;

/// The value of the option "that is all".
const ENOUGH: &str = "enough";

/// A question answered in the person's own words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    text: Wording,
    voice: Option<Wording>,
    sms: Option<Wording>,
    chat: Option<Wording>,
    accept: Option<Vec<Accept>>,
    length_max: Option<usize>,
    record: Record,
    enough: Option<Wording>,
    save: Spanned<String>,
    empty: Spanned<String>,
    goto: Spanned<String>,
    fail: Option<Spanned<String>>,
    timeout: Option<u32>,
    max_noinput: Option<u8>,
    max_nomatch: Option<u8>,
    noinput: Option<Wordings>,
    nomatch: Option<Wordings>,
}

/// How a message may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Accept {
    /// Written.
    Text,
    /// Recorded on the phone.
    Voice,
}

/// How a message is recorded on the phone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    seconds_max: u32,
    silence: u32,
    finish_key: char,
}

impl Ask {
    pub(super) const ABOUT: About = About {
        table: "ask",
        purpose: "Vezme celou zprávu vlastními slovy: napsanou, nebo v telefonu nahranou.",
        keys: &[
            ("text", "Otázka."),
            ("voice", "Otázka v telefonu."),
            ("sms", "Otázka v SMS."),
            ("chat", "Otázka v chatu a na webu."),
            ("accept", "Co se bere: `text` napsané, `voice` nahrané; jinak obojí. Kdo to druhé nemá, jde na `empty`."),
            ("length_max", "Nejdelší zpráva ve znacích, jinak 4 000. Delší se zkrátí a pisatel se to dozví."),
            ("record", "Nahrávka: `{ seconds_max = 180, silence = 5, finish_key = \"#\" }`."),
            ("enough", "Nápis volby 1, která použije to, co pracovník už napsal. Nabízí se jen tehdy, když něco napsal."),
            ("save", "Pod jakým jménem se zpráva uloží."),
            ("empty", "Krok, když volající nic neřekl."),
            ("goto", "Krok, když zpráva přišla."),
            ("fail", "Krok po příliš mnoha pokusech."),
            ("timeout", "Ticho v sekundách."),
            ("max_noinput", "Kolikáté ticho je poslední."),
            ("max_nomatch", "Kolikátá nevhodná odpověď je poslední."),
            ("noinput", "Co se řekne při každém tichu."),
            ("nomatch", "Co se řekne při každé nevhodné odpovědi."),
        ],
        example: "[ask.question]\ntext.cs = \"Napište dotaz jednou zprávou.\"\ntext.en = \"Please write the question in one message.\"\nvoice.cs = \"Po tónu řekněte dotaz.\"\nvoice.en = \"Say the question after the tone.\"\nrecord = { seconds_max = 180, silence = 5, finish_key = \"#\" }\nsave = \"question\"\nempty = \"rating\"\ngoto = \"promise\"",
    };

    fn takes(&self, way: Accept) -> bool {
        self.accept.as_ref().is_none_or(|accept| accept.contains(&way))
    }

    fn offered(&self, run: &Run<'_>) -> Vec<Choice> {
        let offered = self.enough.as_ref().filter(|_| !run.position.words.is_empty() && !run.speaks());
        let choice =
            |label: &Wording| Choice { key: "1".to_owned(), label: label.get(run.position.lang).to_owned(), value: ENOUGH.to_owned() };
        offered.map(choice).into_iter().collect()
    }

    fn keep(&self, run: &mut Run<'_>, words: &str) -> Next {
        if words.is_empty() {
            run.position.saved.remove(self.save.get_ref());
        } else {
            run.save(self.save.get_ref(), words);
        }
        Next::Goto(self.goto.get_ref().clone())
    }

    fn written(&self, run: &mut Run<'_>, words: &str) -> Next {
        let length_max = self.length_max.unwrap_or(crate::domain::TEXT_CHARACTERS_MAX);
        if words.chars().count() > length_max {
            run.say_phrase("cut");
        }
        let words: String = words.chars().take(length_max).collect();
        self.keep(run, words.trim())
    }
}

impl Kind for Ask {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        if !self.takes(if run.speaks() { Accept::Voice } else { Accept::Text }) {
            return Next::Goto(self.empty.get_ref().clone());
        }
        self.ask(run);
        Next::Wait
    }

    fn take(&self, run: &mut Run<'_>, answer: &Answer<'_>) -> Next {
        let options = self.offered(run);
        match answer {
            Answer::Silence => Next::Silent,
            Answer::Recorded { seconds: 0, .. } => Next::Goto(self.empty.get_ref().clone()),
            Answer::Recorded { reference, .. } => self.keep(run, reference),
            Answer::Key(key) if option::by_key(&options, key).is_some() => self.keep(run, ""),
            Answer::Choice(value) if options.iter().any(|option| option.value == *value) => self.keep(run, ""),
            Answer::Text(heard) if option::exact(&options, &heard.masked).is_some() => self.keep(run, ""),
            Answer::Text(heard) if !heard.masked.trim().is_empty() && !run.speaks() => self.written(run, &heard.masked),
            Answer::Key(_) | Answer::Choice(_) | Answer::Text(_) => Next::Missed,
            Answer::Operator(_) => Next::Wait,
        }
    }

    fn ask(&self, run: &mut Run<'_>) {
        let (lang, medium) = (run.position.lang, run.position.medium);
        let Some(texts) = self.texts() else { return };
        let text = run.render(texts.on(medium).get(lang));
        let Record { seconds_max, silence, finish_key } = self.record;
        let recording = Expects::Recording { seconds_max, silence_s: silence, finish_key };
        let expects = if run.speaks() { recording } else { Expects::Text };
        let options = self.offered(run);
        let read = 0..options.len();
        run.ask(&text, options, read, expects);
    }

    fn choices(&self, run: &Run<'_>) -> Vec<Choice> {
        self.offered(run)
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        vec![(String::new(), &self.goto, false), ("nic".to_owned(), &self.empty, !(self.takes(Accept::Text) && self.takes(Accept::Voice)))]
    }

    fn texts(&self) -> Option<Texts<'_>> {
        Some(Texts { text: &self.text, voice: self.voice.as_ref(), sms: self.sms.as_ref(), chat: self.chat.as_ref() })
    }

    fn wordings(&self) -> Vec<(&'static str, &Wording)> {
        self.enough.iter().map(|label| ("enough", label)).collect()
    }

    fn saves(&self) -> Vec<&Spanned<String>> {
        vec![&self.save]
    }

    fn own_retries(&self) -> Vec<&Wordings> {
        [&self.noinput, &self.nomatch].into_iter().flatten().collect()
    }

    fn patience<'a>(&'a self, shared: &'a Shared) -> Option<Patience<'a>> {
        let usual = &shared.defaults.menu;
        Some(Patience {
            timeout: self.timeout.unwrap_or(usual.timeout),
            noinput_max: self.max_noinput.unwrap_or(usual.max_noinput),
            nomatch_max: self.max_nomatch.unwrap_or(usual.max_nomatch),
            noinput: self.noinput.as_ref().unwrap_or(&usual.noinput),
            nomatch: self.nomatch.as_ref().unwrap_or(&usual.nomatch),
            fail: self.fail.as_ref().or(Some(&self.empty)),
        })
    }

    fn awaits_words(&self) -> bool {
        true
    }
}
