//! A knock at the line's own door from outside, as a stranger: it must be refused for its missing
//! signature, and by this line.

use super::webhook::UNSIGNED;
use reqwest::redirect::Policy;
use std::error::Error;
use std::time::Duration;

/// Nobody waits longer for a refusal.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Knock {
    /// The door stands open.
    pub(super) problem: Option<String>,
    /// It was not seen that the door is ours.
    pub(super) warning: Option<String>,
}

/// Asks an address of ours without a signature.
pub(super) async fn knock(url: &str) -> Knock {
    let warning = |warning: String| Knock { problem: None, warning: Some(format!("the public address {url} {warning}")) };
    let client = reqwest::Client::builder().redirect(Policy::none()).timeout(PATIENCE).build();
    let Ok(client) = client else { return warning("cannot be asked: this machine has no certificates to trust".to_owned()) };
    match client.post(url).form(&[("CallSid", "none")]).send().await {
        Ok(answer) => {
            let status = answer.status().as_u16();
            let is_ours = answer.text().await.is_ok_and(|words| words == UNSIGNED);
            judged(url, status, is_ours)
        }
        Err(error) => warning(unreached(&error)),
    }
}

fn judged(url: &str, status: u16, is_ours: bool) -> Knock {
    let said = match status {
        400 if is_ours => return Knock::default(),
        200..300 => {
            let open = format!("{url} takes a request without a signature ({status}): something else than this line answers there");
            return Knock { problem: Some(open), warning: None };
        }
        300..400 => "leads elsewhere; write in [phone] public_url where it leads to, because requests are signed for the address they go to",
        404 | 405 => "is not this line's; have the proxy pass /twilio/ on to `linka serve`, and check the path in [phone] public_url",
        502..=504 => "is answered by a proxy that finds no line behind it; start `linka serve`, or correct the address the proxy passes to",
        _ => "is answered by something else than this line; check the proxy and [phone] public_url",
    };
    Knock { problem: None, warning: Some(format!("the public address {url} {said} (status {status})")) }
}

/// Says why nobody answered. The provider may stand where the address is reached all the same.
fn unreached(error: &reqwest::Error) -> String {
    let causes = || std::iter::successors(error.source(), |cause| (*cause).source());
    if let Some(tls) = causes().find_map(tls) {
        return explained(tls);
    }
    if error.is_timeout() {
        return "does not answer from here; see whether the provider can reach it".to_owned();
    }
    let last = causes().last().map(ToString::to_string).unwrap_or_default();
    format!("cannot be reached from here ({last}); see whether the provider can")
}

/// Finds what went wrong with TLS, as deep as it is wrapped.
fn tls<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    cause.downcast_ref().or_else(|| tls(cause.downcast_ref::<std::io::Error>()?.get_ref()?))
}

/// Says what is wrong with a certificate.
fn explained(error: &rustls::Error) -> String {
    use rustls::CertificateError as Certificate;
    let why = match error {
        rustls::Error::InvalidCertificate(Certificate::Expired | Certificate::ExpiredContext { .. }) => "has a certificate that has expired; renew it",
        rustls::Error::InvalidCertificate(Certificate::NotValidYet | Certificate::NotValidYetContext { .. }) => {
            "has a certificate that is not valid yet; check the clock of this machine"
        }
        rustls::Error::InvalidCertificate(Certificate::NotValidForName | Certificate::NotValidForNameContext { .. }) => {
            "has a certificate for another name; get one for the name in [phone] public_url"
        }
        rustls::Error::InvalidCertificate(_) => {
            "has a certificate that is not trusted; have a known authority sign it and serve the whole chain, the provider takes no other"
        }
        rustls::Error::InvalidMessage(_) => "does not speak TLS there; check the port in [phone] public_url, or have the proxy serve https",
        _ => return format!("cannot be reached by https ({error})"),
    };
    why.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Knock, explained, judged};
    use rustls::{CertificateError, Error, InvalidMessage};

    #[test]
    fn only_our_own_refusal_is_a_good_sign() {
        assert_eq!(judged("https://linka.example/twilio/voice", 400, true), Knock::default());
        let table = [
            (200, "takes a request without a signature"),
            (204, "takes a request without a signature"),
            (301, "leads elsewhere"),
            (308, "leads elsewhere"),
            (400, "something else"),
            (403, "something else"),
            (404, "pass /twilio/"),
            (405, "pass /twilio/"),
            (500, "something else"),
            (502, "start `linka serve`"),
            (504, "start `linka serve`"),
        ];
        for (status, part) in table {
            let knock = judged("https://linka.example/twilio/voice", status, false);
            assert_eq!(knock.problem.is_some(), (200..300).contains(&status), "{status}");
            let said = knock.problem.or(knock.warning).unwrap_or_default();
            assert!(said.contains(part) && said.contains("https://linka.example/twilio/voice"), "{status}: {said}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_said() {
        let table = [
            (Error::InvalidCertificate(CertificateError::Expired), "expired"),
            (Error::InvalidCertificate(CertificateError::NotValidYet), "not valid yet"),
            (Error::InvalidCertificate(CertificateError::NotValidForName), "another name"),
            (Error::InvalidCertificate(CertificateError::UnknownIssuer), "not trusted"),
            (Error::InvalidMessage(InvalidMessage::InvalidContentType), "does not speak TLS"),
            (Error::DecryptError, "by https"),
        ];
        for (error, part) in table {
            assert!(explained(&error).contains(part), "{error}: {}", explained(&error));
        }
    }
}
