//! One leg of a call: who is at its far end, how it stands, what it is doing, what was heard on it.

use super::verb::{Callback, Dial, Gather, Record, Talk, Target, Verb};
use chrono::{DateTime, Utc};
use std::collections::VecDeque;

/// How a call stands, in the provider's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Queued,
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    NoAnswer,
    Canceled,
    Failed,
}

impl Status {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Initiated => "initiated",
            Self::Ringing => "ringing",
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Busy => "busy",
            Self::NoAnswer => "no-answer",
            Self::Canceled => "canceled",
            Self::Failed => "failed",
        }
    }

    pub const fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Busy | Self::NoAnswer | Self::Canceled | Self::Failed)
    }
}

/// Who began the leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Inbound,
    Dial,
    Api,
}

impl Direction {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Dial => "outbound-dial",
            Self::Api => "outbound-api",
        }
    }
}

/// What a leg is doing now.
#[derive(Debug)]
pub(super) enum Doing {
    Ringing,
    Fetching,
    Talking,
    Gathering(Gathering),
    Dialing(Dialing),
    Recording(Recording),
    Bridged,
    Over,
}

/// A Gather in progress.
#[derive(Debug)]
pub(super) struct Gathering {
    pub gather: Gather,
    pub prompts: VecDeque<Talk>,
    pub digits: String,
    pub waiting: bool,
}

/// A Dial in progress: phones ring until one is connected.
#[derive(Debug)]
pub(super) struct Dialing {
    pub dial: Dial,
    pub legs: Vec<String>,
    pub winner: Option<String>,
    pub last: Option<String>,
    pub since: Option<DateTime<Utc>>,
}

/// A Record in progress.
#[derive(Debug)]
pub(super) struct Recording {
    pub record: Record,
    pub since: DateTime<Utc>,
    pub speaking_since: Option<DateTime<Utc>>,
    pub silent_since: DateTime<Utc>,
    pub spoken_ms: i64,
}

/// A leg of a call.
#[derive(Debug)]
pub(super) struct Leg {
    pub sid: String,
    pub parent: Option<String>,
    /// The phone at the far end, whatever number it shows.
    pub person: String,
    pub from: String,
    pub to: String,
    pub direction: Direction,
    pub status: Status,
    pub created_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub callback: Option<Callback>,
    pub reports: u32,
    pub fallback: Option<Target>,
    /// What is asked for a document when the phone is picked up.
    pub welcome: Option<Target>,
    pub doing: Doing,
    /// Counts activities, so that a clock set for one does not ring in the next.
    pub turn: u64,
    pub page_url: String,
    pub page: VecDeque<Verb>,
    /// Hears its own document before it is connected.
    pub whispered: bool,
    pub keys: VecDeque<char>,
    pub heard: Vec<String>,
    pub played: Vec<String>,
}

impl Leg {
    pub(super) const fn is_over(&self) -> bool {
        self.status.is_over()
    }

    pub(super) fn hears(&mut self, talk: &Talk) {
        self.heard.extend(talk.words.clone());
        self.played.extend(talk.audio.clone());
    }

    /// Seconds from the answer to the end, begun ones counted whole.
    pub(super) fn duration_s(&self) -> Option<i64> {
        let (answered, ended) = (self.answered_at?, self.ended_at?);
        Some(((ended - answered).num_milliseconds() + 999) / 1_000)
    }

    /// Somebody or something is being waited for: no more words come by themselves. A pause for a key
    /// before the tone is none yet.
    pub(super) fn is_quiet(&self) -> bool {
        match &self.doing {
            Doing::Gathering(gathering) => gathering.waiting && (gathering.gather.on_empty || !matches!(self.page.front(), Some(Verb::Record(_)))),
            Doing::Dialing(_) | Doing::Recording(_) | Doing::Bridged | Doing::Over => true,
            Doing::Ringing | Doing::Fetching | Doing::Talking => false,
        }
    }
}
