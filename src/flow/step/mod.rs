//! The step kinds: one file each, one list here. A kind is a table of the file
//! (`[menu.topic]`), so an unknown key and its place are found when it is read.

mod action;
mod ask;
mod branch;
mod document;
mod end;
mod header;
mod locate;
mod menu;
mod message;
mod operator;
mod search;

pub use document::document;
pub(crate) use header::On;
pub(crate) use menu::MenuOption;

use super::act::{Choice, EndReason};
use super::option;
use super::position::OperatorOutcome;
use super::run::Run;
use super::shared::Shared;
use super::wording::{Texts, Wording, Wordings};
use crate::domain::{Medium, Understood};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The name under which a topic is saved: it becomes part of the need.
pub(crate) const TOPIC: &str = "topic";
/// The name under which a destination is saved.
pub(crate) const DESTINATION: &str = "destination";

/// What follows a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Another step.
    Goto(String),
    /// The person's turn.
    Wait,
    /// The same question once more.
    Again,
    /// An answer that does not fit: its prompt, then the question again or `fail`.
    Missed,
    /// No answer: its prompt, then the question again or `fail`.
    Silent,
    /// The end.
    End(EndReason),
}

/// An answer to the open question.
#[derive(Debug, Clone)]
pub enum Answer<'a> {
    /// A key or a number.
    Key(&'a str),
    /// A written message.
    Text(&'a Understood),
    /// The value of a button.
    Choice(&'a str),
    /// Nothing in time.
    Silence,
    /// A recorded message.
    Recorded {
        /// Its length.
        seconds: u32,
        /// Where the host keeps it.
        reference: String,
    },
    /// News of the hand-over.
    Operator(OperatorOutcome),
}

/// How long and how often one question is repeated.
#[derive(Debug, Clone, Copy)]
pub struct Patience<'a> {
    /// A silence, in seconds.
    pub timeout: u32,
    /// The silence that ends it.
    pub noinput_max: u8,
    /// The wrong answer that ends it.
    pub nomatch_max: u8,
    /// What is said at each silence.
    pub noinput: &'a Wordings,
    /// What is said at each wrong answer.
    pub nomatch: &'a Wordings,
    /// The step after that.
    pub fail: Option<&'a Spanned<String>>,
}

/// A way from one step to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The step it leads from.
    pub from: String,
    /// The step it leads to, with its place in the file.
    pub to: Spanned<String>,
    /// When it is taken.
    pub label: String,
    /// Whether it is taken without waiting for the person.
    pub silent: bool,
}

/// The words of a way within a step: when, where to, whether without waiting.
pub(crate) type Way<'a> = (String, &'a Spanned<String>, bool);

/// What every step kind can do and tell of itself.
pub trait Kind: std::fmt::Debug {
    /// Comes to the step.
    fn enter(&self, run: &mut Run<'_>) -> Next;

    /// Takes an answer to the step's question.
    fn take(&self, _run: &mut Run<'_>, _answer: &Answer<'_>) -> Next {
        Next::Wait
    }

    /// Asks the open question once more.
    fn ask(&self, _run: &mut Run<'_>) {}

    /// Lists the options open to the person now, as the person reads them.
    fn choices(&self, _run: &Run<'_>) -> Vec<Choice> {
        Vec::new()
    }

    /// Lists the ways out.
    fn ways(&self, shared: &Shared) -> Vec<Way<'_>>;

    /// Returns the step's text.
    fn texts(&self) -> Option<Texts<'_>> {
        None
    }

    /// Lists further wordings, each with its key.
    fn wordings(&self) -> Vec<(&'static str, &Wording)> {
        Vec::new()
    }

    /// Lists conditions.
    fn conditions(&self) -> Vec<&Spanned<String>> {
        Vec::new()
    }

    /// Lists templates that are the same in every language.
    fn templates(&self) -> Vec<&Spanned<String>> {
        Vec::new()
    }

    /// Lists the options.
    fn options(&self) -> &[MenuOption] {
        &[]
    }

    /// Lists keys of the step that stand beside the options.
    fn keys(&self) -> Vec<&Spanned<String>> {
        Vec::new()
    }

    /// Names the list the options come from.
    fn list(&self) -> Option<&Spanned<String>> {
        None
    }

    /// Lists the names of saved answers.
    fn saves(&self) -> Vec<&Spanned<String>> {
        Vec::new()
    }

    /// Returns the step's patience, `None` for a step that does not ask.
    fn patience<'a>(&'a self, _shared: &'a Shared) -> Option<Patience<'a>> {
        None
    }

    /// Lists the prompts at misses the step declares itself.
    fn own_retries(&self) -> Vec<&Wordings> {
        Vec::new()
    }

    /// Returns how many options are read at once when the step says so itself.
    fn voice_max(&self) -> Option<&Spanned<usize>> {
        None
    }

    /// Returns the step's own way to a person.
    fn person(&self) -> Option<&Spanned<String>> {
        None
    }

    /// Tells whether a written message is an account for a person, not a choice.
    fn awaits_words(&self) -> bool {
        false
    }

    /// Tells whether a message is plainly an answer to this very question.
    fn claims(&self, run: &Run<'_>, heard: &Understood) -> bool {
        option::exact(&self.choices(run), &heard.masked).is_some()
    }

    /// Counts the pages of a spoken menu.
    fn pages(&self, _run: &Run<'_>) -> usize {
        1
    }
}

/// The one list of step kinds: the table's name in the file and the kind's struct.
macro_rules! kinds {
    ($($table:ident $Kind:ident),+ $(,)?) => {
        /// A step of a flow.
        #[derive(Debug, Clone)]
        pub enum Step {
            $(#[doc = concat!("`[", stringify!($table), ".…]`")] $Kind(Box<$table::$Kind>),)+
        }

        /// A flow file as it is written.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct File {
            /// The format's number, 1.
            pub format: Spanned<u32>,
            /// What the conversation is called.
            pub name: Wording,
            /// The first step.
            pub start: Spanned<String>,
            /// Where key 0 leads.
            pub person: Option<Spanned<String>>,
            /// Where key `#` leads.
            pub back: Option<Spanned<String>>,
            /// Where a new question continues.
            pub asks: Option<Spanned<String>>,
            /// What special messages lead to.
            #[serde(default)]
            pub on: On,
            /// Media it may run on.
            pub on_channels: Vec<Medium>,
            /// How long it stays open.
            #[serde(default)]
            pub expire: BTreeMap<String, Spanned<String>>,
            $(#[doc = "Steps of this kind."] #[serde(default)] pub $table: BTreeMap<Spanned<String>, $table::$Kind>,)+
        }

        impl File {
            /// Hands out the steps in the order of the kinds.
            pub(crate) fn take_steps(&mut self) -> Vec<(Spanned<String>, Step)> {
                let mut steps = Vec::new();
                $(steps.extend(std::mem::take(&mut self.$table).into_iter().map(|(name, step)| (name, Step::$Kind(Box::new(step)))));)+
                steps
            }
        }

        impl Step {
            /// Returns the kind's name, as in the file.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$Kind(_) => stringify!($table),)+ }
            }

        }

        impl std::ops::Deref for Step {
            type Target = dyn Kind;

            fn deref(&self) -> &Self::Target {
                match self { $(Self::$Kind(step) => step.as_ref(),)+ }
            }
        }

        /// Descriptions of every kind, in this order.
        pub(crate) const ABOUTS: &[document::About] = &[$($table::$Kind::ABOUT),+];
    };
}

kinds! {
    message Message,
    locate Locate,
    menu Menu,
    search Search,
    branch Branch,
    operator Operator,
    ask Ask,
    action Action,
    end End,
}

impl Step {
    /// Lists the ways out, patience's `fail` among them.
    #[must_use]
    pub fn links(&self, name: &str, shared: &Shared) -> Vec<Link> {
        let fail = self.patience(shared).and_then(|patience| patience.fail);
        let fail = fail.map(|target| ("fail".to_owned(), target, false));
        let ways = self.ways(shared).into_iter().chain(fail);
        ways.map(|(label, to, silent)| Link { from: name.to_owned(), to: to.clone(), label, silent }).collect()
    }
}
