//! `linka flow check|graph|play`: declared conversations without a running line.

use super::{Answered, Global, answer, block_on, counted, setup, text};
use crate::decision::need_in_words;
use crate::domain::{Destination, Lang, Medium, Need, fold_for_sms};
use crate::flow::{self, Act, Flow, FlowSet, Hand, Input, Known, LineFacts, OperatorOutcome, Position, Turn};
use crate::handbook::{Handbook, WORKER_FLOW, inquiry};
use crate::routing::{Line, duty, promise_due, say_when};
use crate::understanding::understand;
use anyhow::{anyhow, bail};
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use std::io::BufRead;
use std::path::PathBuf;

/// What `linka flow` can do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check every flow of a folder; each mistake on a line of its own
    Check {
        /// The folder of the flows [default: the built-in ones]
        folder: Option<PathBuf>,
    },
    /// Draw a conversation: Mermaid to standard output, SVG to a file
    Graph {
        /// The name of the conversation
        #[arg(default_value = WORKER_FLOW)]
        name: String,
        /// Where to write the drawing
        #[arg(long)]
        svg: Option<PathBuf>,
    },
    /// Play a conversation on the terminal
    Play(Play),
}

/// What `linka flow play` takes.
#[derive(Debug, Args)]
pub(super) struct Play {
    /// The name of the conversation
    #[arg(default_value = WORKER_FLOW)]
    name: String,
    /// What the worker holds: chat, sms, voice, web
    #[arg(long, default_value = "chat")]
    channel: String,
    /// The language: cs or en
    #[arg(long, default_value = "cs")]
    lang: String,
    /// When it takes place [default: now]
    #[arg(long, value_name = "RFC3339")]
    at: Option<String>,
}

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    match command {
        Command::Check { folder } => {
            let checked = match folder.as_ref().or(setup.config.files.flows.as_ref()) {
                Some(folder) => setup::check_flows(&setup::flow_files(folder)?),
                None => FlowSet::builtin(),
            };
            let set = checked.map_err(|problems| {
                answer(&setup::listed(&problems));
                Answered
            })?;
            answer(&format!("{}, no mistakes", counted(set.flows().count(), "flow", "flows")));
            Ok(())
        }
        Command::Graph { name, svg } => graph(&setup.flows()?, name, svg.as_ref()),
        Command::Play(play) => {
            let at = setup::instant(play.at.as_deref())?;
            let handbook = block_on(setup.stocked(at))?;
            Stage::open(&handbook, play, at)?.play()
        }
    }
}

fn named<'a>(set: &'a FlowSet, name: &str) -> anyhow::Result<&'a Flow> {
    let known = || set.flows().map(|flow| flow.name.clone()).collect::<Vec<_>>().join(", ");
    set.current(name).ok_or_else(|| anyhow!("there is no flow “{name}”; there are: {}", known()))
}

fn graph(set: &FlowSet, name: &str, svg: Option<&PathBuf>) -> anyhow::Result<()> {
    let drawn = named(set, name)?;
    if let Some(path) = svg {
        std::fs::write(path, flow::svg(drawn))?;
    }
    answer(&flow::mermaid(drawn));
    Ok(())
}

/// A conversation on the terminal.
struct Stage<'a> {
    handbook: &'a Handbook,
    position: Position,
    at: DateTime<Utc>,
}

impl<'a> Stage<'a> {
    fn open(handbook: &'a Handbook, play: &Play, at: DateTime<Utc>) -> anyhow::Result<Self> {
        named(&handbook.flows, &play.name)?;
        let Some(medium) = Medium::from_name(&play.channel) else { bail!("“{}” is no channel; use chat, sms, voice or web", play.channel) };
        let Some(lang) = Lang::from_code(&play.lang) else { bail!("“{}” is no language; use cs or en", play.lang) };
        let position = Position::start(&handbook.flows, &play.name, medium, lang).ok_or_else(|| anyhow!("the flow cannot begin"))?;
        Ok(Self { handbook, position, at })
    }

    fn play(mut self) -> anyhow::Result<()> {
        answer("(/silence, /no-answer, /taken, /done, /hangup, /quit; anything else is what the worker says)");
        self.turn(Input::Begin { said: None });
        for line in std::io::stdin().lock().lines() {
            let line = line?;
            let line = text::bounded(&line, "the message");
            let understood = understand(line, self.at.with_timezone(&Line::ZONE), &self.handbook.gazetteer, &self.handbook.lexicon);
            let input = match line.trim() {
                "/quit" => break,
                "/silence" => Input::Silence,
                "/no-answer" => Input::Operator(OperatorOutcome::NoAnswer),
                "/taken" => Input::Operator(OperatorOutcome::Taken),
                "/done" => Input::Operator(OperatorOutcome::Done),
                "/signed-in" => Input::SignedIn { right: true },
                "/hangup" => Input::HungUp,
                key if self.position.medium == Medium::Voice && (key.len() == 1 || key.bytes().all(|byte| byte.is_ascii_digit())) => Input::Key(key.to_owned()),
                _ => Input::Text(&understood),
            };
            self.turn(input);
            if self.position.ended {
                break;
            }
        }
        Ok(())
    }

    fn turn(&mut self, input: Input<'_>) {
        let (handbook, at) = (self.handbook, self.at);
        let line = |destination: Option<&Destination>, lang: Lang| line_facts(handbook, destination, lang, at);
        let search = |need: &Need, skip: usize, lang: Lang, medium: Medium| inquiry::listing(handbook, need, skip, lang, medium, at);
        let describe = |destination: &Destination, lang: Lang| handbook.describe(destination, lang);
        let postcode = |digits: &str| handbook.gazetteer.postcode(digits);
        let known = Known { line: &line, search: &search, describe: &describe, postcode: &postcode };
        let hand = Hand { contact_number: "1001".to_owned(), worker: String::new(), sms_possible: true, reachable: true, promised: false, beside: String::new(), locked_until: String::new() };
        let Turn { position, acts, .. } = flow::advance(&handbook.flows, self.position.clone(), input, &known, &hand);
        self.position = position;
        for act in acts {
            self.tell(act);
        }
    }

    /// A text as the worker gets it: an SMS goes without diacritics.
    fn as_sent(&self, text: &str) -> String {
        if self.position.medium == Medium::Sms { fold_for_sms(text) } else { text.to_owned() }
    }

    fn tell(&self, act: Act) {
        match act {
            Act::Say(prompt) => {
                answer(&format!("< {}", self.as_sent(&prompt.text).replace('\n', "\n< ")));
                let shown = matches!(self.position.medium, Medium::Chat | Medium::Web);
                for option in prompt.options.iter().filter(|_| shown) {
                    answer(&format!("    [{}] {}", option.key, option.label));
                }
            }
            Act::AlsoSms { text } => answer(&format!("< (SMS) {}", fold_for_sms(&text))),
            Act::HandOver { urgent, .. } => answer(if urgent { "* předáno operátorovi, spěchá" } else { "* předáno operátorovi" }),
            Act::Promise { body } => answer(&format!("* příslib: {body}")),
            Act::PassedOn { body } => answer(&format!("* připsáno: {body}")),
            Act::LookedUp { need, services, .. } => {
                answer(&format!("* hledáno: {} ({} nabídnuto)", need_in_words(self.handbook, &need, Lang::Cs, self.at), services.len()));
            }
            Act::Saved { name, value } => answer(&format!("* {name} = {value}")),
            Act::Ended { reason } => answer(&format!("* konec: {reason:?}")),
        }
    }
}

fn line_facts(handbook: &Handbook, destination: Option<&Destination>, lang: Lang, at: DateTime<Utc>) -> LineFacts {
    let Some(line) = handbook.line_for(destination, at) else { return LineFacts::default() };
    let now = duty(line, at);
    let when = |instant| say_when(instant, line.zone, at, lang);
    LineFacts {
        name: line.title(lang),
        open: now.open,
        next_open: now.next_open.map(when).unwrap_or_default(),
        promise_due: when(promise_due(line, at)),
        closed_text: now.closure.map(|closure| closure.get(lang).to_owned()),
    }
}
