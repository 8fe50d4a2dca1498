//! The nouns of the line. They depend on nothing else in the program and hold
//! no rule that needs the clock, the store or the outside world.

mod address;
mod bell;
mod contact;
mod delivery;
mod destination;
mod effect;
mod entry;
mod event;
mod fold;
mod id;
mod kind;
mod lang;
mod letter;
mod limit;
mod medium;
mod need;
mod region;
mod situation;
mod sms;
mod timer;
mod understood;
mod worker;

pub use address::{Ability, Address};
pub use bell::{Bell, Toll};
pub use contact::{Contact, Outcome, Review, Stage};
pub use delivery::Delivery;
pub use destination::{Destination, Municipality, Place};
pub use effect::{Effect, Offer, OfferState};
pub use entry::{Author, Entry, Happened};
pub use event::{Event, Heard, Order, Reported, Said, What};
pub use fold::{fold, fold_word};
pub use id::{ContactId, EntryId, EventKey, LetterId, LineId, OperatorId, RuleId, TimerId, WorkerId};
pub use kind::Kind;
pub use lang::{Bilingual, Lang};
pub use letter::{Body, Choice, Expects, Letter, Sort};
pub use limit::*;
pub use medium::Medium;
pub use need::{AgeBand, Flag, Release, Sex, Topic, Who};
pub use region::Region;
pub use situation::Situation;
pub use sms::{fold_for_sms, parts as sms_parts};
pub use timer::{Alarm, Timer};
pub use understood::{Evidence, Need, Places, Understood};
pub use worker::Worker;
