//! Trials of the network itself against tiny lines of a few documents.

mod clock;
mod deliver;
mod dial;
mod example;
mod fault;
mod gather;
mod message;
mod record;
mod rest;
mod webhook;

use super::{Deliver, Delivery, Hand, Network, Took, Unreachable, sign};
use axum::body::Body;
use axum::http::{Request, Response};
use chrono::{TimeZone, Utc};
use futures_util::FutureExt;
use std::sync::Arc;

const LINE: &str = "+420228880000";
const PAVEL: &str = "+420719000201";
const JANA: &str = "+420719000101";
const PETR: &str = "+420719000102";
const EVA: &str = "+420719000103";

/// A request as a tiny line sees it.
struct Heard {
    path: String,
    form: Vec<(String, String)>,
}

impl Heard {
    fn of(&self, name: &str) -> &str {
        self.form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// The verbs of a document, as an answer.
fn says(verbs: &str) -> Response<Body> {
    document(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{verbs}</Response>"))
}

fn document(text: String) -> Response<Body> {
    Response::builder().header("content-type", "text/xml; charset=utf-8").body(Body::from(text)).unwrap()
}

fn status(status: u16) -> Response<Body> {
    Response::builder().status(status).body(Body::empty()).unwrap()
}

fn slow(ms: i64, mut response: Response<Body>) -> Response<Body> {
    response.extensions_mut().insert(Took(ms));
    response
}

fn unreachable() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Unreachable);
    response
}

/// Czech words as a verb.
fn say(words: &str) -> String {
    format!("<Say language=\"cs-CZ\" voice=\"Google.cs-CZ-Wavenet-A\">{words}</Say>")
}

/// A network with one number and a tiny line behind it that judges every signature.
async fn network(line: impl Fn(&Heard) -> Response<Body> + Send + Sync + 'static) -> Network {
    let network = Network::open(Arc::new(Hand::at(Utc.with_ymd_and_hms(2026, 2, 2, 9, 0, 0).unwrap()))).await;
    let (token, line) = (network.token(), Arc::new(line));
    let deliver: Deliver = Arc::new(move |request: Request<Body>| {
        let (token, line) = (token.clone(), Arc::clone(&line));
        async move {
            let (head, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap();
            let signed = head.headers["x-twilio-signature"].to_str().unwrap();
            assert_eq!(signed, sign(&token, &head.uri.to_string(), &form), "the signature of {}", head.uri);
            line(&Heard { path: head.uri.path().to_owned(), form })
        }
        .boxed()
    });
    network.exchange().is_trial = true;
    network.reaches(deliver);
    network.owns(LINE);
    network.sets(LINE, "voice_url", "https://line.example.org/voice");
    network.sets(LINE, "sms_url", "https://line.example.org/sms");
    network
}

/// The requests to one path.
fn to(network: &Network, path: &str) -> Vec<Delivery> {
    let at = |delivery: &Delivery| delivery.url.split(['?', '#']).next().unwrap().ends_with(path);
    network.deliveries().into_iter().filter(at).collect()
}

/// One parameter of each request to a path.
fn told(network: &Network, path: &str, name: &str) -> Vec<String> {
    to(network, path).iter().map(|delivery| delivery.param(name).unwrap_or("-").to_owned()).collect()
}
