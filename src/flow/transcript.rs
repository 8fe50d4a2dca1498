//! Conversations written as a social worker reads them, played again by the engine:
//! `>` is what the worker does, `<` what the line says, `!` what the line does.
//!
//! Called by the test of `tests/flow/*.txt` and by `linka flow play`, which saves one.

use super::act::{Act, EndReason, Expects, Prompt};
use super::{Flow, FlowSet, Hand, Input, Known, Link, OperatorOutcome, Position, advance};
use crate::domain::{Lang, Medium, Understood, fold_for_sms, sms_parts};
use std::collections::BTreeSet;
use std::fmt::{Arguments, Write};

/// A transcript as it is written: headers and what the worker does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// What the conversation shows.
    pub title: String,
    /// The flow that runs.
    pub flow: String,
    /// The medium.
    pub medium: Medium,
    /// The language it begins in.
    pub lang: Lang,
    /// When it takes place, in words or as a time; the caller decides what it means.
    pub time: String,
    /// Whether the line is open.
    pub open: bool,
    /// What happens, one line each, without the leading `> `.
    pub deeds: Vec<String>,
}

/// A transcript that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TranscriptError {
    /// A header has a value nobody knows.
    #[error("line {line}: `{text}` is not a value of this header")]
    Header {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// A line is neither a header nor a part of the conversation.
    #[error("line {line}: `{text}` starts with none of # > < !")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// The set has no such flow.
    #[error("there is no flow `{0}`")]
    Flow(String),
}

/// What surrounds a played conversation.
pub struct World<'a> {
    /// Understands what the worker writes.
    pub understand: &'a dyn Fn(&str) -> Understood,
    /// The line, the catalogue and the places.
    pub known: Known<'a>,
    /// The contact.
    pub hand: Hand,
}

/// A played transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// The whole transcript as it should stand in the file.
    pub text: String,
    /// The links that were walked.
    pub walked: BTreeSet<(String, String)>,
    /// Whether the conversation ended.
    pub ended: bool,
}

impl Transcript {
    /// Reads a transcript; what the line said in it is not kept, it is played again.
    ///
    /// # Errors
    /// A header with an unknown value, or a line that is no part of a transcript.
    pub fn parse(text: &str) -> Result<Self, TranscriptError> {
        let mut transcript = Self {
            title: String::new(),
            flow: "worker".to_owned(),
            medium: Medium::Chat,
            lang: Lang::Cs,
            time: String::new(),
            open: true,
            deeds: Vec::new(),
        };
        for (at, line) in text.lines().enumerate() {
            transcript.take(at + 1, line.trim_end())?;
        }
        Ok(transcript)
    }

    fn take(&mut self, number: usize, line: &str) -> Result<(), TranscriptError> {
        if let Some(title) = line.strip_prefix("# ") {
            title.clone_into(&mut self.title);
        } else if let Some(deed) = line.strip_prefix('>') {
            self.deeds.push(deed.trim().to_owned());
        } else if let Some((name, value)) = line.split_once(':').filter(|_| self.deeds.is_empty() && !line.starts_with(['<', '!', ' '])) {
            let known = self.header(name.trim(), value.trim());
            known.ok_or_else(|| TranscriptError::Header { line: number, text: line.to_owned() })?;
        } else if !(line.is_empty() || line.starts_with(['<', '!', ' '])) {
            return Err(TranscriptError::Line { line: number, text: line.to_owned() });
        }
        Ok(())
    }

    fn header(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "flow" => value.clone_into(&mut self.flow),
            "channel" => self.medium = Medium::from_name(value)?,
            "lang" => self.lang = Lang::from_code(value)?,
            "time" => value.clone_into(&mut self.time),
            "line" => self.open = [("open", true), ("closed", false)].into_iter().find(|(word, _)| *word == value)?.1,
            _ => return None,
        }
        Some(())
    }

    /// Plays the transcript from its beginning.
    ///
    /// # Errors
    /// The set has no such flow.
    pub fn play(&self, set: &FlowSet, world: &World<'_>) -> Result<Played, TranscriptError> {
        let mut rehearsal = self.rehearse(set, world)?;
        for deed in &self.deeds {
            rehearsal.take(deed);
        }
        Ok(Played { ended: rehearsal.position.ended, text: rehearsal.text, walked: rehearsal.walked })
    }

    /// Begins a conversation that goes on deed by deed; the deeds in the file are left out.
    ///
    /// # Errors
    /// The set has no such flow.
    pub fn rehearse<'a>(&self, set: &'a FlowSet, world: &'a World<'a>) -> Result<Rehearsal<'a>, TranscriptError> {
        let position = Position::start(set, &self.flow, self.medium, self.lang).ok_or_else(|| TranscriptError::Flow(self.flow.clone()))?;
        let mut rehearsal = Rehearsal { set, world, position, text: self.head(), walked: BTreeSet::new(), last: None, begun: false };
        // A call begins by itself; a written conversation by its first message.
        if self.medium == Medium::Voice {
            rehearsal.begun = true;
            rehearsal.turn(Input::Begin { said: None });
        }
        Ok(rehearsal)
    }

    fn head(&self) -> String {
        let open = if self.open { "open" } else { "closed" };
        let mut head = format!("# {}\nchannel: {}\nlang: {}\n", self.title, self.medium.name(), self.lang.code());
        if self.flow != "worker" {
            put(&mut head, format_args!("flow: {}\n", self.flow));
        }
        put(&mut head, format_args!("time: {}\nline: {open}\n", self.time));
        head
    }
}

/// Lists the links of a flow that no transcript walked.
#[must_use]
pub fn never_walked(flow: &Flow, walked: &BTreeSet<(String, String)>) -> Vec<Link> {
    let is_new = |link: &Link| !walked.contains(&(link.from.clone(), link.to.get_ref().clone()));
    let mut seen = BTreeSet::new();
    flow.links().into_iter().filter(is_new).filter(|link| seen.insert((link.from.clone(), link.to.get_ref().clone()))).collect()
}

/// A conversation played deed by deed.
pub struct Rehearsal<'a> {
    set: &'a FlowSet,
    world: &'a World<'a>,
    position: Position,
    text: String,
    walked: BTreeSet<(String, String)>,
    last: Option<Prompt>,
    begun: bool,
}

/// Deeds for the keyboard and how they stand in a transcript.
const COMMANDS: [(&str, &str); 5] = [
    ("/silence", "(ticho)"),
    ("/hangup", "(zavěsil)"),
    ("/taken", "(operátor přijal)"),
    ("/done", "(operátor skončil)"),
    ("/no-answer", "(nikdo nepřijal)"),
];

impl Rehearsal<'_> {
    /// Does one thing as a transcript's line after `>` says it, or one of `/silence`, `/hangup`,
    /// `/taken`, `/done`, `/no-answer`; returns what that added to the transcript.
    pub fn take(&mut self, deed: &str) -> &str {
        let before = self.text.len();
        let deed = COMMANDS.iter().find(|(command, _)| *command == deed).map_or(deed, |(_, deed)| *deed);
        put(&mut self.text, format_args!("\n> {deed}\n"));
        let inner = deed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        match inner {
            Some(inner) => self.happening(inner),
            None if self.position.medium == Medium::Voice => self.turn(Input::Key(deed.to_owned())),
            None => self.write(deed),
        }
        self.text.get(before..).unwrap_or_default()
    }

    /// Returns the transcript so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns where the conversation stands.
    #[must_use]
    pub const fn position(&self) -> &Position {
        &self.position
    }

    fn write(&mut self, words: &str) {
        let heard = (self.world.understand)(words);
        let input = if std::mem::replace(&mut self.begun, true) { Input::Text(&heard) } else { Input::Begin { said: Some(&heard) } };
        self.turn(input);
    }

    /// `(ticho)`, `(zavěsil)`, `(tlačítko: Stačí takto)`, `(nahrávka 12 s)`, …
    fn happening(&mut self, inner: &str) {
        let input = match inner {
            "ticho" => Input::Silence,
            "zavěsil" => Input::HungUp,
            "přihlášen" => Input::SignedIn { right: true },
            "nepřihlášen" => Input::SignedIn { right: false },
            "operátor přijal" => Input::Operator(OperatorOutcome::Taken),
            "operátor skončil" => Input::Operator(OperatorOutcome::Done),
            "nikdo nepřijal" => Input::Operator(OperatorOutcome::NoAnswer),
            other => self.button(other).unwrap_or_else(|| recording(other)),
        };
        self.turn(input);
    }

    /// `tlačítko: LABEL` presses a button of the last question, `staré tlačítko: STEP` a late one.
    fn button(&self, inner: &str) -> Option<Input<'static>> {
        if let Some(step) = inner.strip_prefix("staré tlačítko: ") {
            return Some(Input::Choice { step: step.to_owned(), value: "1".to_owned() });
        }
        let label = inner.strip_prefix("tlačítko: ")?;
        let prompt = self.last.as_ref()?;
        let value = prompt.options.iter().find(|option| option.label == label).map_or(label, |option| &option.value);
        Some(Input::Choice { step: prompt.step.clone(), value: value.to_owned() })
    }

    fn turn(&mut self, input: Input<'_>) {
        let turn = advance(self.set, self.position.clone(), input, &self.world.known, &self.world.hand);
        self.walked.extend(turn.walked);
        for act in turn.acts {
            self.show(&act);
            if let Act::Say(prompt) = act {
                self.last = Some(prompt);
            }
        }
        self.position = turn.position;
    }

    fn show(&mut self, act: &Act) {
        match act {
            Act::Say(prompt) => self.show_prompt(prompt),
            Act::AlsoSms { text } => self.line(format_args!("! SMS: {}", fold_for_sms(text).replace('\n', " / "))),
            Act::LookedUp { services, found, .. } => {
                let result = if *found { format!("nalezeno {}", services.len()) } else { "nic nevyhovuje".to_owned() };
                self.line(format_args!("! hledání v katalogu: {result}"));
            }
            Act::HandOver { urgent, whisper, .. } => {
                let urgent = if *urgent { "NALÉHAVĚ " } else { "" };
                self.line(format_args!("! {urgent}předání operátorovi: {}", whisper.get(self.position.lang)));
            }
            Act::Promise { body } => self.line(format_args!("! příslib odpovědi: {}", body.replace('\n', " / "))),
            Act::PassedOn { body } => self.line(format_args!("! operátorovi: {}", body.replace('\n', " / "))),
            Act::Saved { name, value } => self.line(format_args!("! uloženo: {name} = {value}")),
            Act::Ended { reason } => self.line(format_args!("! konec: {}", ending(reason))),
        }
    }

    fn show_prompt(&mut self, prompt: &Prompt) {
        let text = match self.position.medium {
            Medium::Sms => fold_for_sms(&prompt.text),
            Medium::Chat | Medium::Web | Medium::Voice => prompt.text.clone(),
        };
        for line in text.lines() {
            self.line(format_args!("{}", format!("< {line}").trim_end()));
        }
        match self.position.medium {
            Medium::Chat | Medium::Web => self.buttons(prompt),
            Medium::Sms => self.line(format_args!("! SMS, částí: {}", sms_parts(&text))),
            Medium::Voice => self.awaited(prompt.expects),
        }
    }

    fn buttons(&mut self, prompt: &Prompt) {
        for option in &prompt.options {
            self.line(format_args!("<   [{}] {}", option.key, option.label));
        }
    }

    fn awaited(&mut self, expects: Expects) {
        match expects {
            Expects::Recording { seconds_max, .. } => self.line(format_args!("! nahrává nejvýš {seconds_max} s")),
            Expects::SignIn { .. } => self.line(format_args!("! kód věznice a PIN")),
            Expects::Nothing | Expects::Key { .. } | Expects::Text => {}
        }
    }

    fn line(&mut self, line: Arguments<'_>) {
        put(&mut self.text, format_args!("{line}\n"));
    }
}

fn recording(inner: &str) -> Input<'static> {
    let seconds = inner.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or(0);
    Input::Recorded { seconds, reference: format!("hlasový vzkaz, {seconds} s") }
}

fn ending(reason: &EndReason) -> &str {
    match reason {
        EndReason::Finished(step) => step,
        EndReason::HungUp => "volající zavěsil",
        EndReason::TooLong => "příliš dlouhý rozhovor",
        EndReason::Lost => "scénář už neexistuje",
    }
}

fn put(text: &mut String, arguments: Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = text.write_fmt(arguments);
}
