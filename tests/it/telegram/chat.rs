//! Messages of the bot: who gets them, how long they may be, how many within a while.

use super::BotApi;
use super::rest::{Answer, Asking, Refusal};
use super::state::{BOT_ID, Standing, State};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

/// Longest words, alone and beside a file, in UTF-16 units.
const TEXT_MAX: usize = 4_096;
const CAPTION_MAX: usize = 1_024;
/// Largest file.
const FILE_MAX: usize = 50 * 1_024 * 1_024;

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The buttons of a keyboard, in their order.
fn buttons(asking: &Asking) -> Result<Vec<(String, String)>, Refusal> {
    let Some(rows) = asking.parameters.get("reply_markup").map(|markup| &markup["inline_keyboard"]) else { return Ok(Vec::new()) };
    let rows: Vec<&Value> = rows.as_array().ok_or_else(|| Refusal::bad("object expected as reply markup"))?.iter().collect();
    if rows.iter().any(|row| row.as_array().is_none_or(|row| row.is_empty() || row.len() > 8)) {
        return Err(Refusal::bad("inline keyboard row is empty or too long"));
    }
    let all = rows.iter().flat_map(|row| row.as_array().expect("a row"));
    let read = |button: &Value| {
        let (text, data) = (button["text"].as_str().unwrap_or_default().to_owned(), button["callback_data"].as_str().unwrap_or_default().to_owned());
        if text.is_empty() || !(1..=64).contains(&data.len()) { Err(Refusal::bad("BUTTON_DATA_INVALID")) } else { Ok((text, data)) }
    };
    let buttons = all.map(read).collect::<Result<Vec<_>, _>>()?;
    if buttons.len() > 100 { Err(Refusal::bad("reply markup is too long")) } else { Ok(buttons) }
}

impl State {
    /// Whether a message gets through to a chat now.
    fn admits(&mut self, chat: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.whims.too_much.0 > 0 {
            self.whims.too_much.0 -= 1;
            return Err(Refusal::too_much(self.whims.too_much.1));
        }
        if let Some((_, to)) = self.whims.moved.filter(|(from, _)| *from == chat) {
            return Err(Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat".to_owned(), Some(serde_json::json!({"migrate_to_chat_id": to}))));
        }
        match (self.people.get(&chat), self.groups.get(&chat)) {
            (Some(Standing::Open), _) | (_, Some(true)) => {}
            (Some(Standing::Strange), _) => return Err(Refusal::forbidden("bot can't initiate conversation with a user")),
            (Some(Standing::Blocked), _) => return Err(Refusal::forbidden("bot was blocked by the user")),
            (Some(Standing::Gone), _) => return Err(Refusal::forbidden("user is deactivated")),
            (_, Some(false)) => return Err(Refusal::forbidden("bot was kicked from the supergroup chat")),
            (None, None) => return Err(Refusal::bad("chat not found")),
        }
        let since = |seconds: i64, of: Option<i64>| {
            let from = now - TimeDelta::seconds(seconds);
            self.posted.iter().rev().take_while(|posted| posted.at > from).filter(|posted| posted.from == BOT_ID && of.is_none_or(|chat| posted.chat == chat)).count()
        };
        // Bursts of twice the pace are let through, as the Bot API does.
        if since(1, None) >= 60 || (chat < 0 && since(60, Some(chat)) >= 40) {
            return Err(Refusal::too_much(3));
        }
        Ok(())
    }
}

impl BotApi {
    pub(super) fn sends_words(&self, asking: &Asking) -> Answer {
        let chat = asking.number("chat_id").unwrap_or_default();
        let text = asking.text("text").unwrap_or_default();
        let buttons = buttons(asking)?;
        let now = self.now();
        let mut state = self.state();
        state.admits(chat, now)?;
        if text.trim().is_empty() {
            return Err(Refusal::bad("message text is empty"));
        }
        if units(text) > TEXT_MAX {
            return Err(Refusal::bad("message is too long"));
        }
        let posted = state.post(chat, BOT_ID, now, text);
        posted.buttons = buttons;
        Ok(posted.json())
    }

    pub(super) fn sends_file(&self, asking: &Asking, shown: &'static str) -> Answer {
        let chat = asking.number("chat_id").unwrap_or_default();
        let caption = asking.text("caption").unwrap_or_default();
        let Some(bytes) = asking.file(shown).cloned() else { return Err(Refusal::bad(&format!("there is no {shown} in the request"))) };
        let now = self.now();
        let mut state = self.state();
        state.admits(chat, now)?;
        if units(caption) > CAPTION_MAX {
            return Err(Refusal::bad("message caption is too long"));
        }
        if bytes.len() > FILE_MAX {
            return Err(Refusal(413, "Request Entity Too Large".to_owned(), None));
        }
        let picture = bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"\x89PNG");
        if shown == "photo" && !picture {
            return Err(Refusal::bad("IMAGE_PROCESS_FAILED"));
        }
        if shown == "voice" && state.whims.no_voice.contains(&chat) {
            return Err(Refusal::bad("VOICE_MESSAGES_FORBIDDEN"));
        }
        let posted = state.post(chat, BOT_ID, now, caption);
        posted.file = Some((shown, bytes));
        Ok(posted.json())
    }

    pub(super) fn shows_action(&self, asking: &Asking) -> Answer {
        let chat = asking.number("chat_id").unwrap_or_default();
        let now = self.now();
        self.state().admits(chat, now)?;
        // Others belong to files, which are sent at once.
        if asking.text("action") == Some("typing") { Ok(true.into()) } else { Err(Refusal::bad("wrong parameter action in request")) }
    }

    pub(super) fn edits(&self, asking: &Asking) -> Answer {
        let (chat, id) = (asking.number("chat_id").unwrap_or_default(), asking.number("message_id").unwrap_or_default());
        let text = asking.text("text").unwrap_or_default().to_owned();
        let buttons = buttons(asking)?;
        let now = self.now();
        let mut state = self.state();
        state.admits(chat, now)?;
        if units(&text) > TEXT_MAX {
            return Err(Refusal::bad("MESSAGE_TOO_LONG"));
        }
        let Some(posted) = state.posted.iter_mut().find(|posted| posted.chat == chat && posted.id == id) else { return Err(Refusal::bad("message to edit not found")) };
        if posted.from != BOT_ID {
            return Err(Refusal::bad("message can't be edited"));
        }
        if posted.text == text && posted.buttons == buttons {
            return Err(Refusal::bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"));
        }
        posted.text = text;
        posted.buttons = buttons;
        posted.edits += 1;
        Ok(posted.json())
    }
}
