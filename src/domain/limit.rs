//! Every limit of the line, each with the reason for its size.

/// Longest text taken from one message, in characters; longer ones are cut and the sender is told.
/// A worker's whole story fits in half of it.
pub const TEXT_CHARACTERS_MAX: usize = 4_000;
/// Times in a row the line answers words that bring nothing new; whoever goes on then is a machine,
/// or needs a person.
pub const FRUITLESS_ANSWERS_MAX: u32 = 5;
/// Minutes a code that proves a contact point is taken: long enough to find the phone.
pub const CODE_MINUTES: i64 = 30;
/// Wrong codes before a code is void: a guess succeeds once in two hundred thousand.
pub const CODE_TRIES_MAX: u32 = 5;
/// Seconds before a contact point gets another code; a short message may take that long.
pub const CODE_PAUSE_S: i64 = 60;
/// Codes one contact point gets on one day; whoever needs more needs the coordinator.
pub const CODES_OF_DAY_MAX: u32 = 5;
/// The hour of the morning at which what can wait is told: people have come to work.
pub const MORNING_HOUR: u32 = 9;
/// From this hour on nobody is written to about what can wait …
pub const QUIET_FROM_HOUR: u32 = 20;
/// … until this one. Whoever serves then is awake.
pub const QUIET_TO_HOUR: u32 = 7;
/// Days looked ahead for gaps; rosters are made by the month.
pub const FORECAST_DAYS: usize = 30;
/// Most silent steps one turn of a flow may take; more means a loop that never waits.
pub const FLOW_STEPS_MAX: usize = 50;
/// Most turns of one conversation; a person who needs more needs a person.
pub const FLOW_TURNS_MAX: u32 = 200;
/// Services shown in one answer; a fourth is not read.
pub const ANSWER_SERVICES_MAX: usize = 3;
/// Days searched for the next opening; a line closed longer has no next opening.
pub const OPENING_DAYS_MAX: i64 = 60;
/// Times a letter is handed to its channel before it counts as failed; with doubling pauses
/// that is about a quarter of an hour.
pub const ATTEMPTS_MAX: i64 = 9;
/// Hours a letter waits for a channel that takes nothing; what comes later helps nobody, and a person
/// should know by then. A night's rest goes in before.
pub const THROTTLED_HOURS_MAX: i64 = 24;
/// Minutes a letter waits for the node that alone can send it, when none does: longer than a restart or
/// a takeover lasts. Then it fails, and whoever it is for is reached another way.
pub const NODE_MINUTES_MAX: i64 = 5;
/// Events one commit takes at most; more gains little and delays the first.
pub const BATCH_EVENTS_MAX: usize = 256;
/// Events that may wait for the switch; more are refused at once, so that memory stays bounded.
pub const WAITING_EVENTS_MAX: usize = 4_096;
/// Offers and notices one operator is sent one by one within five minutes; more come as one letter.
pub const LETTERS_TO_ONE_MAX: usize = 8;
/// Letters taken from the outbox at once.
pub const OUTBOX_LETTERS_MAX: i64 = 128;
/// Timers rung in one go.
pub const TIMERS_MAX: i64 = 256;
/// Largest file that is passed between a worker and an operator, in bytes: a photographed page fits three times.
pub const ATTACHMENT_BYTES_MAX: usize = 5 * 1_024 * 1_024;
/// Files of one contact that the line keeps for its operator; more belong into a letter.
pub const ATTACHMENTS_MAX: usize = 10;
/// Days a file is kept; by then the matter it belongs to is over.
pub const ATTACHMENT_DAYS_MAX: i64 = 30;
/// Largest request body of a web form or a webhook, in bytes.
pub const BODY_BYTES_MAX: usize = 65_536;
/// Most rules of one kind on a line; more could not be read on a page, and every decision looks at each.
pub const RULES_MAX: usize = 300;
