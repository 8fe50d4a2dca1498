//! The bot: workers who ask in their own chats, operators who serve from theirs.

mod group;
mod message;
mod setup;
mod shift;
mod talk;
mod trouble;
