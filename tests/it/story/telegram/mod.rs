//! The bot: workers who ask in their own chats, operators who serve from theirs.

mod day;
mod duty;
mod group;
mod message;
mod setup;
mod several;
mod shift;
mod talk;
mod trouble;
