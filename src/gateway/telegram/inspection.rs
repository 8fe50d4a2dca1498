//! Is Telegram ready for the line? Asks the Bot API; changes nothing.

use super::Outpost;
use crate::channel::telegram::Trouble;
use crate::config::{Telegram, TelegramMode};
use crate::gateway::Findings;
use teloxide::types::WebhookInfo;

/// Updates that wait; more mean that nobody takes them.
const WAITING_MAX: u32 = 100;

/// Tells what is not well about the settings without asking anybody.
#[must_use]
pub fn hints(telegram: &Telegram) -> Vec<String> {
    let idle = telegram.mode == TelegramMode::Polling && telegram.public_url.is_some();
    idle.then(|| "[telegram] public_url is used for mode = “webhook” only; set that, or leave public_url out".to_owned()).into_iter().collect()
}

/// Asks the Bot API who the bot is and where its updates go.
pub async fn inspect(outpost: &Outpost) -> Findings {
    let (talk, api) = (outpost.talk(), &outpost.telegram.api_url);
    let mut findings = Findings::default();
    match talk.account().await {
        Ok(account) if account.hears_groups => {
            let name = account.name;
            findings.warnings.push(format!("@{name} hears everything that is written in its groups; have BotFather turn privacy mode on (/setprivacy) and add the bot to the group again"));
        }
        Ok(_) => {}
        Err(trouble) => {
            findings.problems.push(told(&trouble, api));
            return findings;
        }
    }
    match talk.webhook().await {
        Ok(webhook) => findings.warnings.extend(looked_at(&webhook, outpost.hook.as_ref().map(|(url, _)| url.as_str()))),
        Err(trouble) => findings.problems.push(told(&trouble, api)),
    }
    findings
}

/// What the webhook as it is set means for the one that is wanted.
fn looked_at(webhook: &WebhookInfo, wanted: Option<&str>) -> Vec<String> {
    let set = webhook.url.as_ref().map(reqwest::Url::as_str);
    let mut told = Vec::new();
    match (set, wanted) {
        (Some(set), None) => told.push(format!(
            "a webhook is set for the bot, {set}, and [telegram] mode is “polling”: `linka serve` takes it away at its start; if it is another program's, give the line a bot of its own"
        )),
        (None, Some(wanted)) => told.push(format!("no webhook is set for the bot yet; `linka serve` sets {wanted} at its start")),
        (Some(set), Some(wanted)) if set != wanted => {
            told.push(format!("updates are sent to {set} and should be to {wanted}; `linka serve` sets it at its start, unless another program uses the bot"));
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
    if let Some(error) = webhook.last_error_message.as_ref().filter(|_| wanted.is_some()) {
        told.push(format!("the last update could not be delivered: {error}; have the proxy pass /telegram on to `linka serve`, and check [telegram] public_url"));
    }
    if webhook.pending_update_count > WAITING_MAX {
        told.push(format!("{} updates wait to be taken; is `linka serve` running?", webhook.pending_update_count));
    }
    told
}

fn told(trouble: &Trouble, api: &str) -> String {
    match trouble {
        Trouble::Token => "the Bot API refuses the token; copy LINKA_TELEGRAM_TOKEN from BotFather (/mybots, API Token)".to_owned(),
        Trouble::NoAnswer => format!("the Bot API at {api} cannot be reached from here; check the network and [telegram] api_url"),
        Trouble::Conflict(words) | Trouble::Refused(words) => format!("the Bot API refuses: {words}"),
        Trouble::TooMuch(seconds) => format!("the Bot API was asked too much; try again in {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::looked_at;
    use serde_json::json;

    #[test]
    fn a_webhook_is_what_is_wanted_or_told_of() {
        let wanted = "https://linka.example/telegram";
        let webhook = |url: &str, error: Option<&str>, pending: u32| {
            serde_json::from_value(json!({"url": url, "has_custom_certificate": false, "pending_update_count": pending, "last_error_message": error})).unwrap()
        };
        let table = [
            (webhook("", None, 0), None, vec![]),
            (webhook(wanted, None, 3), Some(wanted), vec![]),
            (webhook("https://jiny.example/", None, 0), None, vec!["takes it away"]),
            (webhook("https://jiny.example/", None, 0), Some(wanted), vec!["should be to"]),
            (webhook("", None, 0), Some(wanted), vec!["no webhook is set"]),
            (webhook(wanted, Some("Wrong response from the webhook: 502 Bad Gateway"), 500), Some(wanted), vec!["502 Bad Gateway", "500 updates wait"]),
        ];
        for (webhook, wanted, parts) in table {
            let told = looked_at(&webhook, wanted);
            assert_eq!(told.len(), parts.len(), "{told:?}");
            assert!(told.iter().zip(parts).all(|(told, part)| told.contains(part)), "{told:?}");
        }
    }
}
