//! Stories through the whole line, in the words of those who use it.

mod call;
mod conversation;
mod forecast;
mod hours;
mod message;
mod point;
mod quiet;
mod reliability;
mod rules;
mod shift;
