//! How a new invitation is printed: for a person, or as JSON.

use crate::domain::Invitation;
use serde_json::json;

/// Who made what a command has made.
pub(super) const AUTHOR: &str = "command";

/// Says a code, whom it is for and how it is sent.
pub(super) fn told(made: &Invitation, who: &str, json: bool) -> String {
    let (code, until, uses) = (made.shown(), made.expires_at, made.uses_max);
    if json {
        return json!({ "for": who, "code": code, "words": format!("kód {code}"), "expires_at": until, "uses_max": uses }).to_string();
    }
    let times = if uses == 1 { "once".to_owned() } else { format!("up to {uses} times") };
    format!(
        "{who}: {code}\nSend “kód {code}” to the line from a chat or as a text message. It counts until {}, {times}.\nThe code is shown only now.",
        until.format("%Y-%m-%d %H:%M UTC")
    )
}
