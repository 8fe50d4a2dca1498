//! Is the phone network ready for the line? Asks the provider and knocks at the own door; changes nothing.

use super::knock::knock;
use super::{Exchange, token};
use crate::channel::twilio::client::ApiError;
use crate::config::{Phone, PhoneSecrets};

/// What was found, a sentence each, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// What keeps calls or messages from the line.
    pub problems: Vec<String>,
    /// What may.
    pub warnings: Vec<String>,
}

/// Tells what is not well about the settings without asking anybody.
#[must_use]
pub fn hints(phone: &Phone) -> Vec<String> {
    let open = phone.public_url.starts_with("http:");
    open.then(|| "[phone] public_url is http: whoever carries the requests can read them; use https".to_owned()).into_iter().collect()
}

/// Asks the provider for the account and its numbers, and the line's public address for a refusal.
pub async fn inspect(exchange: &Exchange, secrets: &PhoneSecrets) -> Findings {
    let mut findings = Findings::default();
    let api = &exchange.phone.api_url;
    match exchange.look(None).await {
        Ok(looks) => {
            for look in looks {
                findings.problems.extend(look.problems);
                findings.problems.extend(look.changes.iter().map(|change| {
                    let was = if change.was.is_empty() { "empty" } else { &change.was };
                    format!("{}: {} is {was} and should be {}; run `linka twilio setup`", look.number, change.setting, change.now)
                }));
                if look.sid.is_some() && !look.has_fallback {
                    findings.warnings.push(format!(
                        "{}: nobody answers calls while the line is down; host what `linka twilio fallback` writes and name it with `linka twilio setup --fallback URL`",
                        look.number
                    ));
                }
            }
            let tokens = token::look(exchange, secrets).await;
            findings.problems.extend(tokens.problems);
            findings.warnings.extend(tokens.warnings);
        }
        // Without the numbers nothing else of the account can be trusted to be known.
        Err(error) => findings.problems.push(trouble(&error, api)),
    }
    let door = knock(&exchange.links.at("/twilio/voice")).await;
    findings.problems.extend(door.problem);
    findings.warnings.extend(door.warning);
    findings
}

/// Says how a request to the API failed and what to do.
#[must_use]
pub fn trouble(error: &ApiError, api: &str) -> String {
    match error {
        ApiError::NotSent => format!("the API at {api} cannot be reached from here; check the network and [phone] api_url"),
        ApiError::NoAnswer => format!("the API at {api} gave no answer that can be read; try again later, or check [phone] api_url"),
        ApiError::Refused { status: 401 | 403, .. } => {
            "the API refuses the credentials; check LINKA_TWILIO_ACCOUNT_SID and LINKA_TWILIO_AUTH_TOKEN, or the API key where one is set".to_owned()
        }
        ApiError::Refused { status: 404, .. } => {
            format!("the API at {api} knows no such account; check LINKA_TWILIO_ACCOUNT_SID and [phone] api_url")
        }
        ApiError::Refused { status: 429 | 500.., .. } => format!("{error}: the provider has trouble of its own; try again later"),
        ApiError::Refused { message, .. } if !message.is_empty() => format!("{error}: {message}"),
        ApiError::Refused { .. } | ApiError::Unfit(_) => error.to_string(),
    }
}
