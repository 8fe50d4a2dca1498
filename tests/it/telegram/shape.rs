//! What each method may be asked with, as <https://core.telegram.org/bots/api> names it.

/// The parameters of a method, without those nobody here needs; `None` for a method the line has no use for.
pub fn parameters(method: &str) -> Option<&'static [&'static str]> {
    Some(match method {
        "getme" | "getwebhookinfo" => &[],
        "getupdates" => &["offset", "limit", "timeout", "allowed_updates"],
        "sendmessage" => &["chat_id", "text", "link_preview_options", "reply_markup"],
        "sendphoto" => &["chat_id", "photo", "caption"],
        "sendvoice" => &["chat_id", "voice", "caption"],
        "sendchataction" => &["chat_id", "action"],
        "senddocument" => &["chat_id", "document", "caption"],
        "editmessagetext" => &["chat_id", "message_id", "text", "link_preview_options", "reply_markup"],
        "answercallbackquery" => &["callback_query_id", "text"],
        "getfile" => &["file_id"],
        "setwebhook" => &["url", "secret_token", "max_connections", "allowed_updates"],
        "deletewebhook" => &["drop_pending_updates"],
        "setmycommands" => &["commands", "scope", "language_code"],
        _ => return None,
    })
}
