//! Are the tokens the provider's own? Requests of the provider are signed with one, so a wrong one refuses
//! every call and message; and nobody outside can sign as the provider does. What can be known is what the
//! API says: each token is asked with, even where a key signs in otherwise.
//!
//! - The API refuses a token: it is wrong.
//! - The account names its own token: whether ours is the one that signs is certain. A provider may take a
//!   second one for requests and sign with the first all the same.
//! - The API takes a token and names none: it is right, unless the API takes any. A made-up one shows that.

use super::inspection::{Findings, trouble};
use super::Exchange;
use crate::channel::twilio::Secret;
use crate::channel::twilio::client::{Account, ApiError, Client, Credentials};
use crate::config::PhoneSecrets;

/// The variables the tokens come from, in their order.
const NAMES: [&str; 2] = ["LINKA_TWILIO_AUTH_TOKEN", "LINKA_TWILIO_AUTH_TOKEN_NEXT"];
/// What no account has for a token.
const MADE_UP: &str = "00000000000000000000000000000000";

/// What the API says of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    /// It takes it and tells of the account.
    Taken(Account),
    /// It refuses it.
    Refused,
    /// It cannot be told.
    Unclear(ApiError),
}

/// Asks the API with each token; needs an API that was reached before.
pub(super) async fn look(exchange: &Exchange, secrets: &PhoneSecrets) -> Findings {
    let mut said = Vec::new();
    for token in &secrets.auth_tokens {
        said.push((Secret::new(token), asked(exchange, secrets, token).await));
    }
    let is_told = |said: &Said| matches!(said, Said::Taken(account) if account.auth_token.is_some());
    let takes_any = !said.iter().any(|(_, said)| is_told(said)) && matches!(asked(exchange, secrets, MADE_UP).await, Said::Taken(_));
    judged(&said, takes_any, &exchange.phone.api_url)
}

async fn asked(exchange: &Exchange, secrets: &PhoneSecrets, token: &str) -> Said {
    let account_sid = secrets.account_sid.clone();
    let credentials = Credentials { user: account_sid.clone(), account_sid, secret: Secret::new(token) };
    let Ok(client) = Client::new(&exchange.phone.api_url, credentials) else { return Said::Unclear(ApiError::NotSent) };
    let account = match client.account().await {
        // A server that speaks the same need not tell of accounts; its numbers stand behind the same door.
        Err(ApiError::Refused { status: 404, .. }) => client.numbers().await.map(|_| Account::default()),
        account => account,
    };
    match account {
        Ok(account) => Said::Taken(account),
        Err(ApiError::Refused { status: 401 | 403, .. }) => Said::Refused,
        Err(error) => Said::Unclear(error),
    }
}

fn judged(said: &[(Secret, Said)], takes_any: bool, api: &str) -> Findings {
    let mut findings = Findings::default();
    let (problems, warnings) = (&mut findings.problems, &mut findings.warnings);
    let is_refused = |n: usize| matches!(said.get(n), Some((_, Said::Refused)));
    if is_refused(0) && said.len() > 1 && !is_refused(1) {
        let [now, next] = NAMES;
        warnings.push(format!("the API takes {next} and no longer {now}: the new token has taken over; move it to {now} and unset {next}"));
    } else if let Some((name, _)) = NAMES.into_iter().zip(said).find(|(_, (_, said))| *said == Said::Refused) {
        problems.push(format!("the API refuses {name}, which proves the provider's requests: they would all be refused; copy it from the provider's console"));
    }
    warnings.extend(said.iter().filter_map(|(_, said)| if let Said::Unclear(error) = said { Some(trouble(error, api)) } else { None }));
    warnings.dedup();
    let Some(account) = said.iter().find_map(|(_, said)| if let Said::Taken(account) = said { Some(account) } else { None }) else { return findings };
    match account.status.as_str() {
        status @ ("suspended" | "closed") => problems.push(format!("the account is {status}; the provider's console says why")),
        _ if account.kind.eq_ignore_ascii_case("trial") => {
            warnings.push("the account is on trial: it reaches only numbers that were verified at the provider".to_owned());
        }
        _ => {}
    }
    if account.auth_token.as_ref().is_some_and(|signing| said.iter().all(|(token, _)| token != signing)) {
        let name = NAMES[0];
        problems.push(format!("the API takes {name}, but the account signs its requests with another token; copy the primary one from the provider's console"));
    }
    if takes_any {
        let name = NAMES[0];
        warnings.push(format!("the API at {api} takes any token: whether {name} is the one that signs shows only when somebody calls or writes; ring the line once"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{Account, ApiError, Said, Secret, judged};

    #[test]
    fn what_the_api_says_of_tokens_is_judged() {
        let account = |token: Option<&str>, status: &str, kind: &str| {
            Said::Taken(Account { auth_token: token.map(Secret::new), status: status.to_owned(), kind: kind.to_owned(), ..Account::default() })
        };
        let good = || account(Some("a"), "active", "Full");
        // What is said of the tokens a and b, whether any is taken; the problem, the warning.
        let table = [
            (vec![good()], false, "", ""),
            (vec![good(), good()], false, "", ""),
            (vec![account(Some("c"), "active", "Full")], false, "signs its requests with another token", ""),
            (vec![account(Some("b"), "active", "Full"), good()], false, "", ""),
            (vec![account(Some("a"), "suspended", "Full")], false, "suspended", ""),
            (vec![account(Some("a"), "active", "Trial")], false, "", "on trial"),
            (vec![account(None, "", "")], false, "", ""),
            (vec![account(None, "", "")], true, "", "takes any token"),
            (vec![Said::Refused], false, "the API refuses LINKA_TWILIO_AUTH_TOKEN,", ""),
            (vec![good(), Said::Refused], false, "the API refuses LINKA_TWILIO_AUTH_TOKEN_NEXT,", ""),
            (vec![Said::Refused, account(Some("b"), "active", "Full")], false, "", "no longer LINKA_TWILIO_AUTH_TOKEN:"),
            (vec![Said::Refused, Said::Refused], false, "the API refuses LINKA_TWILIO_AUTH_TOKEN,", ""),
            (vec![Said::Unclear(ApiError::NoAnswer)], false, "", "no answer"),
        ];
        for (said, takes_any, problem, warning) in table {
            let said: Vec<_> = ["a", "b"].map(Secret::new).into_iter().zip(said).collect();
            let findings = judged(&said, takes_any, "https://api.example");
            let is_told = |sentences: &[String], part: &str| if part.is_empty() { sentences.is_empty() } else { sentences.len() == 1 && sentences[0].contains(part) };
            assert!(is_told(&findings.problems, problem) && is_told(&findings.warnings, warning), "{said:?}: {findings:?}");
        }
    }
}
