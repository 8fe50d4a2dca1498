//! Stories through the whole line, in the words of those who use it.

mod again;
mod attachment;
mod calendar;
mod call;
mod clock;
mod conversation;
mod crowd;
mod device;
mod escalation;
mod forecast;
mod gate;
mod hours;
mod message;
mod opt_out;
mod phone;
mod point;
mod quiet;
mod recording;
mod reliability;
mod roster;
mod rules;
mod shift;
mod slip;
mod sms;
mod sms_trouble;
mod swap;
