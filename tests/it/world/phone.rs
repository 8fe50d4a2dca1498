//! A world on the phone network: calls and rings go over the provider's stand-in, chat and the rest
//! stay simulated. The network and the line share one clock.

use super::{Inner, World, handbook};
use crate::phone::{Clockwork, Network, within};
use axum::body::Body;
use axum::http::Response;
use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use linka::config::{Phone, PhoneLimits, PhoneSecrets};
use linka::channel::sim::Received;
use linka::domain::{Address, Delivery, LetterId, LineId, OperatorId, OwnNumber};
use linka::flow::FlowSet;
use linka::gateway::{Exchange, router};
use linka::handbook::Handbook;
use linka::routing::{Book, Shift};
use linka::store::Batch;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

/// Where the provider reaches the line.
pub const PUBLIC_URL: &str = "https://line.example.org";
/// The number of the line in the Ústí Region.
pub const USTECKY: &str = "+420719880001";
/// The number of the line in Prague.
pub const PRAHA: &str = "+420719880002";

/// The clock of a world, for its network.
#[derive(Default)]
pub struct WorldClock {
    inner: OnceLock<(linka::app::Clock, Weak<Inner>)>,
}

impl WorldClock {
    pub(super) fn follow(&self, clock: linka::app::Clock, inner: &Arc<Inner>) {
        assert!(self.inner.set((clock, Arc::downgrade(inner))).is_ok(), "a network follows one world");
    }

    fn world(&self) -> Option<World> {
        self.inner.get()?.1.upgrade().map(World)
    }
}

impl Clockwork for WorldClock {
    fn now(&self) -> DateTime<Utc> {
        self.inner.get().expect("a world").0.now()
    }

    fn next_due(&self) -> BoxFuture<'_, Option<DateTime<Utc>>> {
        async move {
            let world = self.world()?;
            world.app().await.next_due().await.expect("a look ahead")
        }
        .boxed()
    }

    fn turn_to(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()> {
        async move {
            if let Some(world) = self.world() {
                world.app().await.move_clock(at).await.expect("a line that goes on");
            }
        }
        .boxed()
    }
}

/// The phone network of a world.
pub struct Wires {
    pub network: Network,
    pub exchange: Exchange,
    /// Requests during which nothing can be stored.
    failing: AtomicU32,
    together: bool,
}

/// The line's own conversations, but every phone rings at once.
fn ringing_together() -> FlowSet {
    let read = |name: &str| std::fs::read_to_string(format!("{}/flows/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a flow");
    let worker = read("worker.toml").replace("ring_seconds = 20", "together = true\nring_seconds = 20");
    let (common, regions) = (read("_common.toml"), read("regions.toml"));
    FlowSet::read(&[("_common.toml", &common), ("regions.toml", &regions), ("worker.toml", &worker)]).expect("flows")
}

impl Wires {
    /// Opens a network with two numbers of the line.
    pub(super) async fn open(clock: Arc<WorldClock>, change: impl FnOnce(&mut Phone), together: bool) -> Self {
        rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
        let network = Network::open(clock).await;
        let number = |number: &str, line: &str| OwnNumber { number: number.to_owned(), line: Some(LineId::new(line)), voice: true, sms: true };
        let mut phone = Phone {
            public_url: PUBLIC_URL.to_owned(),
            api_url: network.rest_url(),
            numbers: vec![number(USTECKY, "ustecky"), number(PRAHA, "praha")],
            parts_per_second: 100.0,
            limits: PhoneLimits { calls_of_number: 1_000, ..PhoneLimits::default() },
            ..Phone::default()
        };
        change(&mut phone);
        for own in &phone.numbers {
            network.owns_for(&own.number, own.voice, own.sms);
            network.sets(&own.number, "voice_url", &format!("{PUBLIC_URL}/twilio/voice"));
            network.sets(&own.number, "status_callback", &format!("{PUBLIC_URL}/twilio/voice/status#rc=2&rp=ct,rt,5xx"));
            network.sets(&own.number, "sms_url", &format!("{PUBLIC_URL}/twilio/sms#rc=2&rp=ct,rt,5xx"));
        }
        let secrets = PhoneSecrets { account_sid: network.account(), auth_tokens: vec![network.token()], api_key: None };
        let mut exchange = Exchange::new(&phone, &secrets).expect("a phone network");
        exchange.patience = Duration::from_millis(100);
        Self { network, exchange, failing: AtomicU32::new(0), together }
    }

    /// What the line knows of its numbers and of its conversations.
    pub(super) fn handbook(&self) -> Handbook {
        let declared = handbook();
        let flows = if self.together { Arc::new(ringing_together()) } else { Arc::clone(&declared.flows) };
        Handbook { numbers: self.exchange.phone.numbers.clone(), tariff: Some(self.exchange.phone.tariff()), flows, ..declared }
    }
}

impl World {
    /// A line on the phone network, on Monday 2 February 2026 at 10:00.
    pub async fn on_the_phone() -> Self {
        Self::on_the_phone_at("2026-02-02 10:00").await
    }

    /// The same at another time.
    pub async fn on_the_phone_at(time: &str) -> Self {
        Self::on_the_phone_with(time, |_| {}).await
    }

    /// The same with something set otherwise.
    pub async fn on_the_phone_with(time: &str, change: impl FnOnce(&mut Phone)) -> Self {
        Self::on_the_phone_where(time, change, |_| {}, false).await
    }

    /// The same with other people or other rules.
    pub async fn on_the_phone_among(people: impl FnOnce(&mut Book)) -> Self {
        Self::on_the_phone_where("2026-02-02 10:00", |_| {}, people, false).await
    }

    /// Somebody else writes into the database, until what is returned is dropped.
    pub async fn keeps_the_database_busy(&self) -> Batch {
        self.app().await.store().begin().await.expect("a batch")
    }

    /// The same where every phone rings at once, and Karel serves beside Jana and Petr.
    pub async fn where_three_ring_at_once() -> Self {
        let third = |book: &mut Book| {
            let line = book.lines.iter_mut().find(|line| line.id.as_str() == "ustecky").expect("the line of Ústí");
            let jana = line.shifts.iter().find(|shift| shift.operator.as_str() == "jana").expect("a shift of Jana's").clone();
            line.shifts.push(Shift { operator: OperatorId::new("karel"), ..jana });
        };
        Self::on_the_phone_where("2026-02-02 10:00", |_| {}, third, true).await
    }

    async fn on_the_phone_where(time: &str, change: impl FnOnce(&mut Phone), people: impl FnOnce(&mut Book), together: bool) -> Self {
        let clock = Arc::new(WorldClock::default());
        let wires = Wires::open(Arc::clone(&clock), change, together).await;
        let world = Self::open_over(time, people, super::Outside { wires: Some(wires), ..super::Outside::default() }).await;
        clock.follow(world.0.clock.clone(), &world.0);
        let inner = Arc::downgrade(&world.0);
        world.network().reaches(Arc::new(move |request| {
            let inner = inner.clone();
            async move {
                let Some(inner) = inner.upgrade() else { return Response::new(Body::empty()) };
                let world = Self(inner);
                let app = world.app().await;
                let gateway = world.wires().exchange.gateway(app);
                let fails = world.wires().failing.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok();
                if fails {
                    world.database("create trigger full before insert on event begin select raise(abort, 'disk full'); end").await;
                }
                let response = within(router(gateway))(request).await;
                if fails {
                    world.database("drop trigger full").await;
                }
                response
            }
            .boxed()
        }));
        world
    }

    /// The gateway fetches the spoken messages that are due, once; everything that follows happens.
    pub async fn collects_recordings(&self) -> usize {
        let done = self.wires().exchange.gateway(self.app().await).fetch_due().await.expect("a step of the gateway");
        self.settle().await;
        done
    }

    /// The provider asks for an address of the line by GET.
    pub async fn provider_gets(&self, url: &str) -> Response<Body> {
        let path = url.strip_prefix(PUBLIC_URL).expect("an address of the line");
        let gateway = self.wires().exchange.gateway(self.app().await);
        within(router(gateway))(axum::http::Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Messages that reached phones, as their people find them.
    pub(super) async fn pocket_messages(&self) {
        let Some(wires) = &self.0.outside.wires else { return };
        for message in wires.network.inbox("") {
            let id = message.status_url().and_then(|url| url.split_once("?l=")?.1.get(..36)?.parse().ok()).map(LetterId);
            let letter = self.app().await.store().letter(id.expect("a letter's name")).await.expect("a letter").expect("a letter of the line");
            let received = Received { letter, words: message.body };
            self.0.pockets.lock().expect("pockets").entry(Address::new("sms", message.to)).or_default().push_back(received);
        }
    }

    /// How far a message came, as the line knows it.
    pub async fn delivery_of(&self, received: &Received) -> Delivery {
        self.app().await.store().letter(received.letter.id).await.expect("a letter").expect("a letter").delivery
    }

    /// While the next requests come in nothing can be stored.
    pub fn cannot_store(&self, requests: u32) {
        self.wires().failing.store(requests, SeqCst);
    }

    pub(super) async fn database(&self, statement: &'static str) {
        use sqlx::ConnectOptions;
        let file = self.0.folder.path().join("linka.db");
        let mut connection = sqlx::sqlite::SqliteConnectOptions::new().filename(file).connect().await.expect("the database");
        sqlx::query(statement).execute(&mut connection).await.expect("a change");
    }

    /// Tells whether messages go over the network.
    pub(super) fn is_wired(&self) -> bool {
        self.0.outside.wires.is_some()
    }

    /// The line asks the provider about letters nothing was heard of.
    pub async fn asks_silent(&self) -> usize {
        let asked = self.app().await.ask_silent().await.expect("an asked provider");
        self.settle().await;
        asked
    }

    /// What is behind the phones.
    pub(super) fn wires(&self) -> &Wires {
        self.0.outside.wires.as_ref().expect("a world on the phone network")
    }

    /// The phone network.
    pub fn network(&self) -> &Network {
        &self.wires().network
    }
}
