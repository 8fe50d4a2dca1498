//! `[menu.…]`: a choice of a few options by button, number, word or key.

use super::document::About;
use super::{Answer, Kind, Next, Patience, TOPIC, Way};
use crate::domain::{Destination, Lang, Topic, Understood, Who};
use crate::flow::act::Choice;
use crate::flow::hear::{self, Heard};
use crate::flow::run::Run;
use crate::flow::shared::Shared;
use crate::flow::wording::{Texts, Wording, Wordings};
use crate::flow::{option, template};
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

/// A question with options.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Menu {
    text: Wording,
    voice: Option<Wording>,
    sms: Option<Wording>,
    chat: Option<Wording>,
    options: Vec<MenuOption>,
    save: Option<Spanned<String>>,
    goto: Option<Spanned<String>>,
    #[serde(default)]
    optional: bool,
    voice_max: Option<Spanned<usize>>,
    fail: Option<Spanned<String>>,
    timeout: Option<u32>,
    max_noinput: Option<u8>,
    max_nomatch: Option<u8>,
    noinput: Option<Wordings>,
    nomatch: Option<Wordings>,
}

/// One option of a menu.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuOption {
    /// The key or number.
    pub key: Spanned<String>,
    /// What is saved: a code, never the key. For `save = "topic"` one or more topics.
    pub value: Spanned<String>,
    /// The Czech label.
    pub cs: Option<Spanned<String>>,
    /// The English label.
    pub en: Option<Spanned<String>>,
    /// Other ways to say it.
    #[serde(default)]
    pub also: Also,
    /// The step, when it is not the menu's own.
    pub goto: Option<Spanned<String>>,
    /// When the option is offered.
    #[serde(rename = "if")]
    pub condition: Option<Spanned<String>>,
    /// What is asked again after this choice.
    #[serde(default)]
    pub forget: Vec<Forget>,
}

/// Other words for an option, by language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// Czech words.
    #[serde(default)]
    pub cs: Vec<Spanned<String>>,
    /// English words.
    #[serde(default)]
    pub en: Vec<Spanned<String>>,
}

/// A part of the need that is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forget {
    /// What is needed.
    Topic,
    /// Where the client returns.
    Destination,
    /// Everything said of the client.
    Client,
}

impl MenuOption {
    /// Returns the label of one language, `None` when it is missing.
    #[must_use]
    pub const fn label(&self, lang: Lang) -> Option<&Spanned<String>> {
        match lang {
            Lang::Cs => self.cs.as_ref(),
            Lang::En => self.en.as_ref(),
        }
    }

    fn choice(&self, label: &str) -> Choice {
        Choice { key: self.key.get_ref().clone(), label: label.to_owned(), value: self.value.get_ref().clone() }
    }

    fn shown(&self, lang: Lang) -> Choice {
        self.choice(self.label(lang).or(self.cs.as_ref()).map_or("", |label| label.get_ref()))
    }
}

impl Menu {
    pub(super) const ABOUT: About = About {
        table: "menu",
        purpose: "Otázka s volbami. V chatu tlačítka, v SMS očíslované řádky, v telefonu klávesy. Otázku na téma přeskočí, když ho zpráva už řekla.",
        keys: &[
            ("text", "Otázka."),
            ("voice", "Otázka v telefonu; volby se přečtou za ní."),
            ("sms", "Otázka v SMS; volby jsou pod ní."),
            ("chat", "Otázka v chatu a na webu."),
            (
                "options",
                "Volby: `{ key = \"1\", value = \"housing\", cs = \"Bydlení\", en = \"Housing\" }`. Klávesy 1–7, nápis do 40 znaků. Dál smí mít `goto` (vlastní krok), `also = { cs = [\"…\"], en = [\"…\"] }` (jiná slova pro totéž), `if` (kdy se nabízí) a `forget` (na co se zeptat znovu: `topic`, `destination`, `client`).",
            ),
            ("save", "Pod jakým jménem se odpověď uloží. `topic` znamená téma; hodnota je pak jeden nebo více kódů témat."),
            ("goto", "Krok po volbě, která nemá vlastní."),
            ("optional", "`true`: mlčení nebo jiná odpověď nevadí, jde se na `fail`, jinak na `goto`."),
            ("voice_max", "Kolik voleb se v telefonu přečte najednou; zbytek je za klávesou 8."),
            ("fail", "Krok po příliš mnoha pokusech."),
            ("timeout", "Ticho v sekundách."),
            ("max_noinput", "Kolikáté ticho je poslední."),
            ("max_nomatch", "Kolikátá nevhodná odpověď je poslední."),
            ("noinput", "Co se řekne při každém tichu."),
            ("nomatch", "Co se řekne při každé nevhodné odpovědi."),
        ],
        example: "[menu.topic]\ntext.cs = \"Co klient potřebuje?\"\ntext.en = \"What does the client need?\"\nsave = \"topic\"\ngoto = \"answer\"\noptions = [\n  { key = \"1\", value = \"housing\", cs = \"Bydlení\", en = \"Housing\" },\n  { key = \"7\", value = \"other\", cs = \"Něco jiného\", en = \"Something else\", goto = \"hand_over\" },\n]",
    };

    fn asks_topic(&self) -> bool {
        self.save.as_ref().is_some_and(|name| name.get_ref() == TOPIC)
    }

    /// Options offered now.
    fn offered<'a>(&'a self, run: &'a Run<'_>) -> impl Iterator<Item = &'a MenuOption> {
        let holds =
            |option: &&MenuOption| option.condition.as_ref().is_none_or(|condition| template::holds(condition.get_ref(), run.facts()));
        self.options.iter().filter(holds)
    }

    fn shown(&self, run: &Run<'_>) -> Vec<Choice> {
        self.offered(run).map(|option| option.shown(run.position.lang)).collect()
    }

    /// Labels of both languages and every other word for an option.
    fn spellings(&self, run: &Run<'_>) -> Vec<Choice> {
        let words = |option: &MenuOption| -> Vec<Choice> {
            let labels = [&option.cs, &option.en].into_iter().flatten();
            labels.chain(&option.also.cs).chain(&option.also.en).map(|label| option.choice(label.get_ref())).collect()
        };
        self.offered(run).flat_map(words).collect()
    }

    fn read_at_once(&self, shared: &Shared) -> usize {
        (*self.voice_max.as_ref().unwrap_or(&shared.defaults.menu.voice_max).get_ref()).max(1)
    }

    /// The options read on the current page.
    fn page(&self, run: &Run<'_>) -> Range<usize> {
        let (count, size) = (self.offered(run).count(), self.read_at_once(&run.flow.shared));
        let pages = count.div_ceil(size).max(1);
        let start = (run.position.page % pages).saturating_mul(size);
        start..start.saturating_add(size).min(count)
    }

    fn chosen(&self, run: &mut Run<'_>, value: &str) -> Next {
        let Some(option) = self.options.iter().find(|option| option.value.get_ref() == value) else { return Next::Missed };
        if let Some(name) = &self.save {
            run.save(name.get_ref(), value);
        }
        if self.asks_topic() {
            run.position.need.topics = value.split_whitespace().filter_map(Topic::from_code).collect();
            run.position.shown = 0;
        }
        for part in &option.forget {
            forget(run, *part);
        }
        option.goto.as_ref().or(self.goto.as_ref()).map_or(Next::Again, |target| Next::Goto(target.get_ref().clone()))
    }

    fn by_key(&self, run: &mut Run<'_>, key: &str) -> Next {
        let value = option::by_key(&self.shown(run), key).map(|option| option.value.clone());
        value.map_or_else(|| self.missed(), |value| self.chosen(run, &value))
    }

    /// A written answer: an option, or a new question, or nearly an option.
    fn written(&self, run: &mut Run<'_>, heard: &Understood) -> Next {
        let spellings = self.spellings(run);
        if let Some(option) = option::exact(&spellings, &heard.masked) {
            return self.chosen(run, &option.value);
        }
        let enough = if self.optional { Heard::Named } else { Heard::Detail };
        let said = hear::absorb(&mut run.position, heard);
        hear::keep_words(&mut run.position, heard);
        if said >= enough
            && let Some(target) = &run.flow.ways.asks
        {
            return Next::Goto(target.get_ref().clone());
        }
        let close = option::close(&spellings, &heard.masked);
        close.map_or_else(|| self.missed(), |option| self.chosen(run, &option.value))
    }

    fn missed(&self) -> Next {
        if self.optional { self.left_out() } else { Next::Missed }
    }

    fn left_out(&self) -> Next {
        self.fail.as_ref().or(self.goto.as_ref()).map_or(Next::Silent, |target| Next::Goto(target.get_ref().clone()))
    }
}

fn forget(run: &mut Run<'_>, part: Forget) {
    let need = &mut run.position.need;
    match part {
        Forget::Topic => need.topics.clear(),
        Forget::Destination => need.destination = None::<Destination>,
        Forget::Client => (need.who, need.release) = (Who::default(), None),
    }
    (run.position.shown, run.position.more) = (0, false);
}

impl Kind for Menu {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        if self.asks_topic() {
            run.say_back();
        }
        if let Some(target) = self.goto.as_ref().filter(|_| self.asks_topic() && !run.position.need.topics.is_empty()) {
            return Next::Goto(target.get_ref().clone());
        }
        self.ask(run);
        Next::Wait
    }

    fn take(&self, run: &mut Run<'_>, answer: &Answer<'_>) -> Next {
        match answer {
            Answer::Silence if self.optional => self.left_out(),
            Answer::Silence => Next::Silent,
            Answer::Key(key) => self.by_key(run, key),
            Answer::Choice(value) if self.offered(run).any(|option| option.value.get_ref() == value) => self.chosen(run, value),
            Answer::Choice(_) => self.missed(),
            Answer::Text(heard) => self.written(run, heard),
            Answer::Recorded { .. } | Answer::Operator(_) => Next::Wait,
        }
    }

    fn ask(&self, run: &mut Run<'_>) {
        let (lang, medium) = (run.position.lang, run.position.medium);
        let Some(texts) = self.texts() else { return };
        let text = run.render(texts.on(medium).get(lang));
        let timeout = self.timeout.unwrap_or(run.flow.shared.defaults.menu.timeout);
        let (options, page) = (self.shown(run), self.page(run));
        run.ask(&text, options, page, run.expects_choice(timeout));
    }

    fn choices(&self, run: &Run<'_>) -> Vec<Choice> {
        self.shown(run)
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        let label = |option: &MenuOption| option.cs.as_ref().map_or_else(String::new, |label| label.get_ref().clone());
        let own = self.options.iter().filter_map(|option| Some((label(option), option.goto.as_ref()?, false)));
        own.chain(self.goto.as_ref().map(|target| (String::new(), target, false))).collect()
    }

    fn texts(&self) -> Option<Texts<'_>> {
        Some(Texts { text: &self.text, voice: self.voice.as_ref(), sms: self.sms.as_ref(), chat: self.chat.as_ref() })
    }

    fn conditions(&self) -> Vec<&Spanned<String>> {
        self.options.iter().filter_map(|option| option.condition.as_ref()).collect()
    }

    fn options(&self) -> &[MenuOption] {
        &self.options
    }

    fn saves(&self) -> Vec<&Spanned<String>> {
        self.save.iter().collect()
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
            fail: self.fail.as_ref().or(self.goto.as_ref().filter(|_| self.optional)).or(usual.fail.as_ref()),
        })
    }

    fn voice_max(&self) -> Option<&Spanned<usize>> {
        self.voice_max.as_ref()
    }

    fn claims(&self, run: &Run<'_>, heard: &Understood) -> bool {
        option::exact(&self.spellings(run), &heard.masked).is_some()
    }

    fn pages(&self, run: &Run<'_>) -> usize {
        self.offered(run).count().div_ceil(self.read_at_once(&run.flow.shared))
    }
}
