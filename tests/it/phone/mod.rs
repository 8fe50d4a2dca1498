//! The telephone network that stands where the provider stands: people at phones, documents
//! played to them by a clock turned by hand, webhooks to the line, and the provider's REST.
//! It knows nothing of the line but HTTP, and is strict to what the provider documents.
//! Stories drive it by [`Handset`]s and by its faults ([`whim`]); its own trials are in [`trial`].

mod clock;
mod dial;
mod document;
mod exchange;
mod handset;
mod interpreter;
mod leg;
mod message;
mod recording;
mod rest;
mod signature;
mod trial;
mod verb;
mod webhook;
mod whim;

pub use clock::{Clockwork, Hand};
pub use handset::Handset;
pub use message::{Message, segments};
pub use rest::Asked;
pub use signature::{sign, sign_sha256};
pub use webhook::Delivery;

use axum::body::Body;
use axum::http::{Request, Response, header};
use chrono::{DateTime, TimeDelta, Utc};
use exchange::{Exchange, Number};
use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex, MutexGuard};
use webhook::{Answer, Outcome, Webhook};

/// How a request reaches the line: within the process or over a real connection.
pub type Deliver = Arc<dyn Fn(Request<Body>) -> BoxFuture<'static, Response<Body>> + Send + Sync>;

/// An answer that carries this took so many virtual milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Took(pub i64);

/// An answer that carries this was none: no connection was made.
#[derive(Clone, Copy, Debug)]
pub struct Unreachable;

/// More moments than any story has.
const MOMENTS_MAX: usize = 100_000;

/// The network; cheap to clone.
#[derive(Clone)]
pub struct Network(Arc<Inner>);

struct Inner {
    exchange: Mutex<Exchange>,
    clock: Arc<dyn Clockwork>,
    deliver: Mutex<Option<Deliver>>,
    server: Mutex<tokio::task::JoinSet<()>>,
}

impl Network {
    /// A network that follows a clock, with its REST on a port of its own.
    pub async fn open(clock: Arc<dyn Clockwork>) -> Self {
        let (listener, base) = rest::listen().await;
        let exchange = Mutex::new(Exchange::new(base));
        let network = Self(Arc::new(Inner { exchange, clock, deliver: Mutex::default(), server: Mutex::default() }));
        // The server must not keep the network alive, or neither would ever end.
        let serve = rest::serve(listener, Arc::downgrade(&network.0));
        network.0.server.lock().expect("a server").spawn(serve);
        network
    }

    /// Tells the network how to reach the line.
    pub fn reaches(&self, deliver: Deliver) {
        *self.0.deliver.lock().expect("a line") = Some(deliver);
    }

    fn exchange(&self) -> MutexGuard<'_, Exchange> {
        self.0.exchange.lock().expect("an exchange")
    }

    /// Where the REST answers, as `http://127.0.0.1:1234`.
    pub fn rest_url(&self) -> String {
        self.exchange().base.clone()
    }

    /// The account's identifier.
    pub fn account(&self) -> String {
        self.exchange().account.clone()
    }

    /// The secret that signs webhooks and opens the REST.
    pub fn token(&self) -> String {
        self.exchange().token.clone()
    }

    /// An API key and its secret, which open the REST too.
    pub fn api_key(&self) -> (String, String) {
        self.exchange().key.clone()
    }

    /// The account signs with another secret from now on.
    pub fn changes_token(&self, token: &str) {
        token.clone_into(&mut self.exchange().token);
    }

    /// The account has a number for calls and messages.
    pub fn owns(&self, number: &str) {
        self.owns_for(number, true, true);
    }

    /// The account has a number that can do only some things, as many Czech ones.
    pub fn owns_for(&self, number: &str, voice: bool, sms: bool) {
        let mut exchange = self.exchange();
        let sid = exchange.sid("PN");
        exchange.numbers.insert(number.to_owned(), Number { sid, voice, sms, ..Number::default() });
    }

    /// Sets a number up (`voice_url`, `voice_fallback_url`, `status_callback`, `sms_url`, …).
    pub fn sets(&self, number: &str, setting: &str, value: &str) {
        let mut exchange = self.exchange();
        let number = exchange.numbers.get_mut(number).expect("a number of the account");
        number.settings.insert(setting.to_owned(), value.to_owned());
    }

    /// How a number is set up now.
    pub fn setting(&self, number: &str, setting: &str) -> String {
        self.exchange().numbers.get(number).expect("a number of the account").setting(setting).to_owned()
    }

    /// Somebody who calls.
    pub fn caller(&self, number: &str) -> Handset {
        Handset::new(self.clone(), number)
    }

    /// Somebody who is called.
    pub fn handset(&self, number: &str) -> Handset {
        Handset::new(self.clone(), number)
    }

    /// Somebody texts a number of the line; says under which identifier.
    pub async fn texts(&self, from: &str, to: &str, body: &str) -> String {
        self.texts_with_pictures(from, to, body, 0).await
    }

    /// The same with pictures.
    pub async fn texts_with_pictures(&self, from: &str, to: &str, body: &str, pictures: usize) -> String {
        let sid = self.exchange().texted(from, to, body, pictures, self.now());
        self.settles().await;
        sid
    }

    /// The messages of the line that reached a phone and were not read before.
    pub fn inbox(&self, number: &str) -> Vec<Message> {
        let mut exchange = self.exchange();
        exchange.arrived(number).filter_map(|message| (!std::mem::replace(&mut message.read, true)).then(|| message.clone())).collect()
    }

    /// Messages on phones nobody has looked at.
    pub fn unread(&self) -> Vec<String> {
        let mut exchange = self.exchange();
        exchange.arrived("").filter(|message| !message.read).map(|message| format!("{}: {}", message.to, message.body)).collect()
    }

    /// Every message there is, in and out, whatever became of it.
    pub fn messages(&self) -> Vec<Message> {
        self.exchange().messages.clone()
    }

    /// How many recordings the provider still keeps.
    pub fn recordings(&self) -> usize {
        self.exchange().recordings.len()
    }

    /// Calls that are not over.
    pub fn live_calls(&self) -> usize {
        self.exchange().legs.values().filter(|leg| !leg.is_over()).count()
    }

    /// What the line did that the provider would not take.
    pub fn faults(&self) -> Vec<String> {
        self.exchange().faults.clone()
    }

    /// The same, each to be looked at once.
    pub fn takes_faults(&self) -> Vec<String> {
        std::mem::take(&mut self.exchange().faults)
    }

    /// Every request to the line, in order, repeated ones too.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.exchange().deliveries.clone()
    }

    /// Every request to the REST.
    pub fn requests(&self) -> Vec<Asked> {
        self.exchange().requests.clone()
    }

    /// Every distinct document seen, with the first address it came from.
    pub fn documents(&self) -> Vec<(String, String)> {
        self.exchange().documents.iter().map(|(document, url)| (url.clone(), document.clone())).collect()
    }

    /// The end of a story: nothing wrong, nobody in a call, nothing unread; documents are kept as evidence.
    pub fn ends(&self) {
        self.keeps_documents();
        let faults = self.faults();
        assert!(faults.is_empty(), "the provider would not take this:\n{}", faults.join("\n"));
        let live: Vec<_> = self.exchange().legs.values().filter(|leg| !leg.is_over()).map(|leg| format!("{} {:?}", leg.person, leg.doing)).collect();
        assert!(live.is_empty(), "calls go on:\n{}", live.join("\n"));
        let unread = self.unread();
        assert!(unread.is_empty(), "unread:\n{}", unread.join("\n"));
    }

    #[expect(clippy::disallowed_methods, reason = "where evidence is kept is said by whoever runs the tests")]
    fn keeps_documents(&self) {
        let Some(folder) = std::env::var_os("LINKA_EVIDENCE") else { return };
        let folder = std::path::Path::new(&folder).join("twiml");
        std::fs::create_dir_all(&folder).expect("a folder for evidence");
        for (_, document) in self.documents() {
            use sha2::Digest;
            let hash: String = sha2::Sha256::digest(document.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            std::fs::write(folder.join(format!("{hash}.xml")), document).expect("kept evidence");
        }
    }

    /// The time it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// When the network will do something next.
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        let exchange = self.exchange();
        if exchange.whims.is_down { None } else { exchange.queue.next_due() }
    }

    /// Lets everything happen that is due; says how many webhooks went out.
    pub async fn step(&self, now: DateTime<Utc>) -> usize {
        let mut sent = 0;
        loop {
            let next = self.exchange().next_webhook(now);
            let Some((at, webhook)) = next else { return sent };
            self.carries_out(webhook, at).await;
            sent += 1;
        }
    }

    /// Lets milliseconds pass.
    pub async fn passes(&self, ms: i64) {
        self.passes_until(self.now() + TimeDelta::milliseconds(ms)).await;
    }

    /// Lets everything happen that is due now, here and beside the network.
    pub async fn settles(&self) {
        self.passes_until(self.now()).await;
    }

    /// Lets time pass until the line has been told everything there is to tell.
    pub async fn comes_to_rest(&self) {
        self.settles().await;
        while self.next_due().is_some() && self.exchange().has_news() {
            self.next_moment_until(DateTime::<Utc>::MAX_UTC).await;
        }
    }

    /// Lets time pass, one moment after another, each with all it causes.
    pub async fn passes_until(&self, until: DateTime<Utc>) {
        for _ in 0..MOMENTS_MAX {
            self.step(self.now()).await;
            self.0.clock.turn_to(self.now()).await;
            if self.next_due().is_some_and(|due| due <= self.now()) {
                continue;
            }
            if self.now() >= until {
                return;
            }
            let next = self.next_moment().await.map_or(until, |next| next.min(until));
            self.0.clock.turn_to(next).await;
        }
        panic!("the network does not come to rest");
    }

    /// When anything happens next, here or beside the network.
    async fn next_moment(&self) -> Option<DateTime<Utc>> {
        let beside = self.0.clock.next_due().await.filter(|due| *due > self.now());
        self.next_due().into_iter().chain(beside).min()
    }

    /// Goes on to the next moment, if there is one by then.
    async fn next_moment_until(&self, until: DateTime<Utc>) -> bool {
        let Some(next) = self.next_moment().await.filter(|next| *next <= until) else { return false };
        self.passes_until(next).await;
        true
    }

    /// Brings a webhook to the line, once or twice, and its answer back.
    async fn carries_out(&self, webhook: Box<Webhook>, at: DateTime<Utc>) {
        let (first, took) = self.attempts(&webhook, at).await;
        let repeats = self.exchange().whims.repeats;
        if repeats {
            let (second, _) = self.attempts(&webhook, at).await;
            if first != second {
                let (first, second) = (shown(&first), shown(&second));
                self.exchange().fault(format!("{} answered the same request in two ways:\n{first}\n{second}", webhook.target.url));
            }
        }
        self.exchange().attempted(webhook, first, took, at);
    }

    async fn attempts(&self, webhook: &Webhook, at: DateTime<Utc>) -> (Outcome, i64) {
        let (request, slow_ms, unreachable) = {
            let mut exchange = self.exchange();
            let unreachable = exchange.whims.unreachable > 0;
            exchange.whims.unreachable = exchange.whims.unreachable.saturating_sub(1);
            (webhook.request(&exchange.token, exchange.whims.sha256), exchange.whims.slow_ms, unreachable)
        };
        let (outcome, took) = if unreachable { (Outcome::Unreachable, 0) } else { self.asks(request).await };
        let (status, body) = match &outcome {
            Outcome::Answered(answer) => (Some(answer.status), answer.body.clone()),
            Outcome::Unreachable => (None, Vec::new()),
        };
        let Webhook { target, params, token, .. } = webhook.clone();
        let delivery = Delivery { at, url: target.url, method: target.method, params, token, status, body };
        self.exchange().deliveries.push(delivery);
        (outcome, took + slow_ms)
    }

    async fn asks(&self, request: Request<Body>) -> (Outcome, i64) {
        let deliver = self.0.deliver.lock().expect("a line").clone().expect("a line the network reaches");
        let response = deliver(request).await;
        if response.extensions().get::<Unreachable>().is_some() {
            return (Outcome::Unreachable, 0);
        }
        let took = response.extensions().get::<Took>().map_or(0, |took| took.0);
        let status = response.status().as_u16();
        let content_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.map(|body| body.to_vec()).unwrap_or_default();
        (Outcome::Answered(Answer { status, content_type, body }), took)
    }

    /// Statuses of a new call or message overtake the answer that names it.
    async fn sends_statuses_of(&self, sid: &str) {
        let now = self.now();
        let statuses = self.exchange().overtaking(sid, now);
        for webhook in statuses {
            self.carries_out(webhook, now).await;
        }
    }
}

fn shown(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answered(answer) => format!("{} {:.400}", answer.status, String::from_utf8_lossy(&answer.body)),
        Outcome::Unreachable => "no connection".to_owned(),
    }
}
