//! What may be set of Telegram: one rule for `linka check` and for the start of the line. Each error says
//! what to write.

use crate::channel::Secret;
use crate::channel::telegram::{NAME, SetupError};
use crate::config::{Telegram, TelegramMode, TelegramSecrets};
use crate::routing::Book;
use thiserror::Error;

/// Telegram cannot be used as it is set.
#[derive(Debug, Error)]
pub enum TelegramError {
    /// The token is none.
    #[error("LINKA_TELEGRAM_TOKEN is no bot's token; copy all of what BotFather shows, a number, a colon and 35 more signs")]
    Token,
    /// The API's address is none.
    #[error("[telegram] api_url cannot be used; write https://api.telegram.org, or where your own Bot API server is")]
    Api(#[source] SetupError),
    /// A webhook without an address.
    #[error("[telegram] mode is “webhook” and public_url is missing; write where Telegram reaches this line, such as https://linka.example")]
    NoPublicUrl,
    /// The public address is none that updates are sent to.
    #[error("[telegram] public_url is “{0}”; updates are sent to https addresses on port 443, 80, 88 or 8443 only, such as https://linka.example")]
    PublicUrl(String),
    /// A webhook nobody could trust.
    #[error("[telegram] mode is “webhook” and LINKA_TELEGRAM_WEBHOOK_SECRET is {0}; set 16 to 256 letters, digits, _ and -")]
    WebhookSecret(&'static str),
    /// Nobody would be heard.
    #[error("[telegram] messages_of_person is 0, which hears nobody; write 1 or more, or leave it out")]
    Nobody,
}

/// Where the Bot API of everybody is; servers of one's own take other addresses for updates too.
const OFFICIAL: &str = "https://api.telegram.org";
/// Ports updates are sent to (<https://core.telegram.org/bots/api#setwebhook>).
const PORTS: [u16; 4] = [443, 80, 88, 8443];
/// What every token ends with, in signs.
const TOKEN_MIN: usize = 30;
/// The shortest secret that is none to guess, and the longest that is taken.
const SECRET_SIGNS: std::ops::RangeInclusive<usize> = 16..=256;
/// Where updates are taken.
pub(super) const PATH: &str = "/telegram";

/// Checks all that can be judged without asking anybody; returns the webhook, where one is wanted.
pub(super) fn check(telegram: &Telegram, secrets: &TelegramSecrets) -> Result<Option<(reqwest::Url, Secret)>, TelegramError> {
    if !is_token(&secrets.token) {
        return Err(TelegramError::Token);
    }
    if telegram.messages_of_person == 0 {
        return Err(TelegramError::Nobody);
    }
    match telegram.mode {
        TelegramMode::Polling => Ok(None),
        TelegramMode::Webhook => webhook(telegram, secrets).map(Some),
    }
}

fn webhook(telegram: &Telegram, secrets: &TelegramSecrets) -> Result<(reqwest::Url, Secret), TelegramError> {
    let public = telegram.public_url.as_deref().ok_or(TelegramError::NoPublicUrl)?;
    let url = reqwest::Url::parse(&format!("{}{PATH}", public.trim_end_matches('/')));
    let official = telegram.api_url.trim_end_matches('/') == OFFICIAL;
    let reached = |url: &reqwest::Url| url.scheme() == "https" && url.port_or_known_default().is_some_and(|port| PORTS.contains(&port));
    let url = url.ok().filter(|url| url.has_host() && url.query().is_none() && matches!(url.scheme(), "http" | "https") && (!official || reached(url)));
    let url = url.ok_or_else(|| TelegramError::PublicUrl(public.to_owned()))?;
    let secret = secrets.webhook.as_deref().ok_or(TelegramError::WebhookSecret("not set"))?;
    let plain = secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !plain || !SECRET_SIGNS.contains(&secret.len()) {
        return Err(TelegramError::WebhookSecret("none that can be used"));
    }
    Ok((url, Secret::new(secret)))
}

fn is_token(token: &str) -> bool {
    let Some((id, secret)) = token.split_once(':') else { return false };
    let plain = secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    !id.is_empty() && id.len() <= 20 && id.bytes().all(|byte| byte.is_ascii_digit()) && plain && secret.len() >= TOKEN_MIN
}

/// Names the addresses of operators and the rooms of lines nothing can be sent to, a sentence each.
#[must_use]
pub fn strays(book: &Book) -> Vec<String> {
    let people = book.operators.iter().flat_map(|operator| operator.addresses.iter().map(|point| (operator.id.as_str(), point)));
    let person = "write the person's number, digits only, not the name behind @";
    let rooms = book.lines.iter().filter_map(|line| Some((line.id.as_str(), line.room.as_ref()?)));
    let room = "write the group's number, which begins with a minus";
    let all = people.map(|stray| (stray, person)).chain(rooms.map(|stray| (stray, room)));
    let strays = all.filter(|((_, at), _)| at.channel == NAME && at.handle.parse::<i64>().is_err());
    strays.map(|((of, at), advice)| format!("{of}: {at} is no chat; {advice}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{TelegramError, check};
    use crate::config::{Telegram, TelegramMode, TelegramSecrets};

    fn secrets(token: &str, webhook: Option<&str>) -> TelegramSecrets {
        TelegramSecrets { token: token.to_owned(), webhook: webhook.map(str::to_owned) }
    }

    const TOKEN: &str = "900000001:AAF7-g0gYncWnm5IyfZlpPRqRRv6kNAGlao";
    const SECRET: &str = "tajemstvi_pro-zkousku";

    fn hook(url: &str) -> Telegram {
        Telegram { mode: TelegramMode::Webhook, public_url: Some(url.to_owned()), ..Telegram::default() }
    }

    #[test]
    fn what_is_set_wrong_is_named() {
        let good = |telegram: &Telegram| check(telegram, &secrets(TOKEN, Some(SECRET)));
        assert!(good(&Telegram::default()).unwrap().is_none());
        let (url, _) = good(&hook("https://linka.example/cesta/")).unwrap().unwrap();
        assert_eq!(url.as_str(), "https://linka.example/cesta/telegram");
        assert!(good(&hook("https://linka.example:8443")).is_ok());
        assert!(good(&Telegram { api_url: "http://127.0.0.1:8081".to_owned(), ..hook("http://127.0.0.1:9000") }).is_ok());
        let table = [
            (Telegram::default(), secrets("", None), "LINKA_TELEGRAM_TOKEN"),
            (Telegram::default(), secrets("bot", None), "LINKA_TELEGRAM_TOKEN"),
            (Telegram::default(), secrets("900:short", None), "LINKA_TELEGRAM_TOKEN"),
            (Telegram::default(), secrets(&format!("{TOKEN} "), None), "LINKA_TELEGRAM_TOKEN"),
            (Telegram { messages_of_person: 0, ..Telegram::default() }, secrets(TOKEN, None), "messages_of_person"),
            (Telegram { mode: TelegramMode::Webhook, ..Telegram::default() }, secrets(TOKEN, Some(SECRET)), "public_url is missing"),
            (hook("linka.example"), secrets(TOKEN, Some(SECRET)), "public_url"),
            (hook("http://linka.example"), secrets(TOKEN, Some(SECRET)), "public_url"),
            (hook("https://linka.example:9443"), secrets(TOKEN, Some(SECRET)), "public_url"),
            (hook("https://linka.example"), secrets(TOKEN, None), "not set"),
            (hook("https://linka.example"), secrets(TOKEN, Some("krátké")), "LINKA_TELEGRAM_WEBHOOK_SECRET"),
        ];
        for (telegram, secrets, named) in table {
            let error: TelegramError = check(&telegram, &secrets).expect_err(named);
            assert!(error.to_string().contains(named), "{named}: {error}");
        }
    }
}
