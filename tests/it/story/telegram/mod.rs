//! The bot: workers who ask in their own chats, operators who serve from theirs.

mod talk;
