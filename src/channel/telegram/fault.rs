//! What an error of the Bot API means for the letter it answers. Errors are told apart by their
//! documented texts, which begin with the status in words.

use crate::channel::SendError;
use crate::domain::Barrier;
use teloxide::{ApiError, RequestError};

/// Seconds before another try when nothing was sent and no time is named.
const REST_S: u32 = 10;
/// Longest part of the API's own words that is kept.
const WORDS_MAX: usize = 120;

/// What follows for a letter from an error of the request that carried it.
#[must_use]
pub fn send_error(error: &RequestError) -> SendError {
    match error {
        RequestError::RetryAfter(seconds) => SendError::Throttled { after_s: seconds.seconds().max(1) },
        RequestError::Api(error) => refused(&error_words(error)),
        // The outbox never learns of a group's new number here: the channel has tried it.
        RequestError::MigrateToChatId(_) => barred(Barrier::Unreachable, "the group has become another chat"),
        // Nobody was there to take it.
        RequestError::Network(error) if error.is_connect() => SendError::Throttled { after_s: REST_S },
        RequestError::Network(_) | RequestError::InvalidJson { .. } => SendError::Unknown,
        RequestError::Io(_) => SendError::Later { after_s: REST_S },
    }
}

/// The API's own words of an error, whether or not the client knows it.
pub(super) fn error_words(error: &ApiError) -> String {
    match error {
        ApiError::Unknown(words) | ApiError::CantParseEntities(words) => words.clone(),
        ApiError::InvalidToken => "Unauthorized".to_owned(),
        other => other.to_string(),
    }
}

fn refused(words: &str) -> SendError {
    let reason = || words.chars().take(WORDS_MAX).collect::<String>();
    let (status, rest) = words.split_once(": ").unwrap_or((words, ""));
    match (status, rest) {
        ("Forbidden" | "Unauthorized", "bot was blocked by the user") => barred(Barrier::Blocked, "the person has blocked the bot"),
        ("Forbidden", _) | ("Unauthorized", "bot can't initiate conversation with a user" | "bot can't send messages to bots" | "bot was kicked from a chat") => {
            barred(Barrier::Unreachable, &reason())
        }
        ("Bad Request", "chat not found" | "PEER_ID_INVALID" | "user not found" | "group chat was upgraded to a supergroup chat") => barred(Barrier::Unreachable, &reason()),
        ("Unauthorized" | "Invalid bot token" | "Not Found", _) => SendError::Ours { reason: "the bot's token is refused".to_owned() },
        ("Too Many Requests", _) => SendError::Throttled { after_s: seconds_in(rest).unwrap_or(REST_S) },
        ("Internal Server Error" | "Bad Gateway" | "Gateway Timeout", _) => SendError::Unknown,
        ("Conflict", _) => SendError::Later { after_s: REST_S },
        _ => SendError::Never { reason: reason() },
    }
}

fn barred(barrier: Barrier, reason: &str) -> SendError {
    SendError::Barred { barrier, reason: reason.to_owned() }
}

/// The last number of `retry after 35`.
fn seconds_in(words: &str) -> Option<u32> {
    words.rsplit(' ').find_map(|word| word.parse().ok()).map(|seconds: u32| seconds.max(1))
}

#[cfg(test)]
mod tests {
    use super::send_error;
    use crate::channel::SendError;
    use crate::domain::Barrier;
    use teloxide::types::{ChatId, Seconds};
    use teloxide::{ApiError, RequestError};

    fn api(words: &str) -> RequestError {
        RequestError::Api(serde_json::from_value(words.into()).unwrap_or_else(|_| ApiError::Unknown(words.to_owned())))
    }

    fn barred(barrier: Barrier) -> impl Fn(&SendError) -> bool {
        move |error| matches!(error, SendError::Barred { barrier: found, .. } if *found == barrier)
    }

    #[test]
    fn each_error_has_its_meaning() {
        let blocked = [api("Forbidden: bot was blocked by the user")];
        assert!(blocked.iter().map(send_error).all(|error| barred(Barrier::Blocked)(&error)));
        let unreachable = [
            "Forbidden: user is deactivated",
            "Forbidden: bot can't initiate conversation with a user",
            "Forbidden: bot was kicked from the group chat",
            "Forbidden: bot was kicked from the supergroup chat",
            "Forbidden: bot is not a member of the supergroup chat",
            "Forbidden: bot can't send messages to bots",
            "Bad Request: chat not found",
            "Bad Request: PEER_ID_INVALID",
        ];
        for words in unreachable {
            let error = send_error(&api(words));
            assert!(barred(Barrier::Unreachable)(&error), "{words}: {error:?}");
        }
        for words in ["Unauthorized", "Not Found"] {
            assert!(matches!(send_error(&api(words)), SendError::Ours { .. }), "{words}");
        }
        for words in ["Bad Request: message is too long", "Bad Request: BUTTON_DATA_INVALID", "Request Entity Too Large", "?"] {
            assert!(matches!(send_error(&api(words)), SendError::Never { .. }), "{words}");
        }
        for words in ["Internal Server Error", "Bad Gateway"] {
            assert_eq!(send_error(&api(words)), SendError::Unknown, "{words}");
        }
        assert_eq!(send_error(&api("Too Many Requests: retry after 35")), SendError::Throttled { after_s: 35 });
        assert_eq!(send_error(&RequestError::RetryAfter(Seconds::from_seconds(0))), SendError::Throttled { after_s: 1 });
        assert!(barred(Barrier::Unreachable)(&send_error(&RequestError::MigrateToChatId(ChatId(-5)))));
    }
}
