//! The telephone network that stands where the provider stands: people at phones, documents
//! played to them by a clock turned by hand, webhooks to the line, and the provider's REST.
//! It knows nothing of the line but HTTP, and is strict to what the provider documents.
//! Stories drive it by [`Handset`]s and by its faults ([`whim`]); its own trials are in [`trial`].

mod call;
mod carrier;
mod clock;
mod deliver;
mod dial;
mod document;
mod exchange;
mod grammar;
mod handset;
mod interpreter;
mod leg;
mod message;
mod recording;
mod rest;
mod retry;
mod signature;
mod trial;
mod verb;
mod webhook;
mod whim;

pub use clock::{Clockwork, Hand};
pub use deliver::{over_http, within};
pub use handset::Handset;
pub use message::{Message, segments};
pub use rest::Asked;
pub use signature::{sign, sign_sha256};
pub use webhook::Delivery;

use axum::body::Body;
use axum::http::{Request, Response};
use exchange::{Exchange, Number};
use futures_util::future::BoxFuture;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, MutexGuard};

/// How a request reaches the line: within the process or over a real connection.
pub type Deliver = Arc<dyn Fn(Request<Body>) -> BoxFuture<'static, Response<Body>> + Send + Sync>;

/// An answer that carries this took so many virtual milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Took(pub i64);

/// An answer that carries this was none: no connection was made.
#[derive(Clone, Copy, Debug)]
pub struct Unreachable;

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
        let is_trial = self.exchange().is_trial;
        if let (Some(folder), false) = (std::env::var_os("LINKA_EVIDENCE"), is_trial) {
            self.keeps_documents_in(std::path::Path::new(&folder));
        }
    }

    /// Writes every distinct document under its hash.
    fn keeps_documents_in(&self, folder: &std::path::Path) {
        let folder = folder.join("twiml");
        std::fs::create_dir_all(&folder).expect("a folder for evidence");
        for (_, document) in self.documents() {
            let mut hash = [0; 8];
            hash.copy_from_slice(&Sha256::digest(document.as_bytes())[..8]);
            std::fs::write(folder.join(format!("{:016x}.xml", u64::from_be_bytes(hash))), document).expect("kept evidence");
        }
    }
}
