//! Where a conversation stands – a value that is stored between turns – and what can
//! happen to it.

use super::{Flow, FlowSet};
use crate::domain::{Lang, Medium, Need, Place, Understood};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where one conversation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that was told or is known")]
pub struct Position {
    /// The flow's name.
    pub flow: String,
    /// The flow's version the conversation began with.
    pub version: String,
    /// The current step.
    pub step: String,
    /// The language spoken.
    pub lang: Lang,
    /// The medium of this conversation.
    pub medium: Medium,
    /// What is known of the need.
    pub need: Need,
    /// Answers by the name given in `save`.
    pub saved: BTreeMap<String, String>,
    /// The question open within the step.
    pub stage: Stage,
    /// Silences at this question.
    pub noinput: u8,
    /// Answers that did not fit this question.
    pub nomatch: u8,
    /// Page of a long spoken menu, from 0.
    pub page: usize,
    /// Services already named for this need.
    pub shown: usize,
    /// Whether the catalogue has further services.
    pub more: bool,
    /// Turns taken so far.
    pub turns: u32,
    /// The person's own words so far, masked, for whoever takes over.
    pub words: String,
    /// Something was understood and has not been said back yet.
    pub unsaid: bool,
    /// The destination was chosen among namesakes.
    pub assumed: bool,
    /// Places of one name the last message may have meant, not asked about yet.
    pub namesakes: Vec<Place>,
    /// Further destinations named in the last message.
    pub further: Vec<Place>,
    /// A message said that it is urgent.
    pub urgent: bool,
    /// The sentence about personal data was said.
    pub told_privacy: bool,
    /// The person knows that further words reach the operator.
    pub told_passed_on: bool,
    /// The conversation is over.
    pub ended: bool,
}

/// The question open within a step.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The step's own question.
    #[default]
    Step,
    /// Which of several places of one name.
    Which(Vec<Place>),
    /// Which region of the area with this key.
    Region(String),
    /// Which postcode; these digits of it are known.
    Postcode(String),
}

impl Position {
    /// Begins a conversation; `None` when the set has no such flow.
    #[must_use]
    pub fn start(set: &FlowSet, flow: &str, medium: Medium, lang: Lang) -> Option<Self> {
        set.current(flow).map(|flow| Self::at_start(flow, medium, lang))
    }

    /// Stands at the first step of a flow.
    pub(super) fn at_start(flow: &Flow, medium: Medium, lang: Lang) -> Self {
        Self {
            flow: flow.name.clone(),
            version: flow.version.clone(),
            step: flow.start.get_ref().clone(),
            lang,
            medium,
            need: Need::default(),
            saved: BTreeMap::new(),
            stage: Stage::Step,
            noinput: 0,
            nomatch: 0,
            page: 0,
            shown: 0,
            more: false,
            turns: 0,
            words: String::new(),
            unsaid: false,
            assumed: false,
            namesakes: Vec::new(),
            further: Vec::new(),
            urgent: false,
            told_privacy: false,
            told_passed_on: false,
            ended: false,
        }
    }

    /// Returns the id of the open question; a button press carries it back, so a late one is known.
    #[must_use]
    pub fn question(&self) -> String {
        match &self.stage {
            Stage::Step => self.step.clone(),
            Stage::Which(_) => format!("{}.which", self.step),
            Stage::Region(area) => format!("{}.{area}", self.step),
            Stage::Postcode(_) => format!("{}.postcode", self.step),
        }
    }
}

/// Something that happened to a conversation.
#[derive(Debug, Clone)]
pub enum Input<'a> {
    /// It begins, perhaps with a first message that already says everything.
    Begin {
        /// The first message.
        said: Option<&'a Understood>,
    },
    /// A written message.
    Text(&'a Understood),
    /// A key of the phone, or a number sent on its own.
    Key(String),
    /// A button.
    Choice {
        /// The question's id the button was shown with.
        step: String,
        /// The option's value.
        value: String,
    },
    /// Nothing was pressed or said in time.
    Silence,
    /// A message was recorded.
    Recorded {
        /// Its length.
        seconds: u32,
        /// Where the host keeps it.
        reference: String,
    },
    /// Something about the hand-over to an operator.
    Operator(OperatorOutcome),
    /// The person signed in, or tried to.
    SignedIn {
        /// Code and PIN were right.
        right: bool,
    },
    /// The caller hung up.
    HungUp,
}

/// How a hand-over goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperatorOutcome {
    /// An operator accepted.
    Taken,
    /// The operator has finished.
    Done,
    /// Nobody accepted in time.
    NoAnswer,
}
