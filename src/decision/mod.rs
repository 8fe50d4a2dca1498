//! The switch: one event and what is known about it in, everything to be done out.
//!
//! Pure: it reads no clock, no store and no channel. `app::inbox` calls [`decide`]
//! inside a turn, and `store` carries the effects out in the same transaction.
//! One file is one kind of matter: what a worker said, what an operator said, a
//! hand-over, a swap of shifts, a call, a promise, a deadline, an order of the coordinator.

mod attachment;
mod audit;
mod call;
mod callback;
mod code;
mod colleague;
mod cost;
mod cover;
mod desk;
mod device;
mod enrol;
mod finish;
mod forecast;
mod guard;
mod hand_over;
mod heard;
mod leave;
mod link;
mod operator;
mod opt_out;
mod ordered;
mod own;
mod pace;
mod phone;
mod point;
mod post;
mod prepared;
mod promise;
mod rang;
mod reading;
mod recipient;
mod rejoin;
mod relay;
mod reopen;
mod reported;
mod rest;
mod room;
mod several;
mod shift;
mod swap;
mod take;
mod talk;
mod wish;
mod worker;

pub use enrol::invitation_code;
pub use link::link_code;
pub use opt_out::{keyword, texted_at};
pub use own::named_number;
pub use prepared::Prepared;
pub use reading::need_in_words;
pub use wish::wants_all;

use crate::domain::{Effect, Situation, What};
use desk::Desk;

/// Decides what is done about an event.
///
/// The same arguments always give the same effects, ids included. Effects come in the
/// order they must be carried out.
#[must_use]
pub fn decide(prepared: &Prepared, situation: &Situation) -> Vec<Effect> {
    let mut desk = Desk::new(prepared, situation);
    match &prepared.event.what {
        What::Heard(heard) => heard::heard(&mut desk, heard),
        What::Ordered { by, order } => ordered::ordered(&mut desk, by, order),
        What::Challenged(challenge) => point::challenged(&mut desk, challenge),
        What::Reported(report) => reported::reported(&mut desk, report),
        What::Rang(timer) => rang::rang(&mut desk, timer),
        What::Audited(_) => audit::audited(&mut desk),
        What::Filed { news, .. } => attachment::filed(&mut desk, news),
        What::Struck(bell) => shift::struck(&mut desk, bell),
        What::SwapDue(id) => swap::due(&mut desk, id),
        What::Looked(look) => forecast::looked(&mut desk, look),
        What::CostReached { cost } => cost::reached(&mut desk, cost),
    }
    desk.effects()
}
