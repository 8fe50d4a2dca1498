//! Stories through the whole line, in the words of those who use it.

mod call;
mod conversation;
mod escalation;
mod hours;
mod message;
mod quiet;
mod reliability;
mod roster;
mod rules;
mod shift;
mod swap;
