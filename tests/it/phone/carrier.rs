//! The carrier: lets the network's time pass, moment after moment, and carries webhooks to the line.

use super::webhook::{Answer, Outcome, Webhook};
use super::{Delivery, Network, Took, Unreachable};
use axum::body::Body;
use axum::http::{Request, header};
use chrono::{DateTime, TimeDelta, Utc};

/// More moments than any story has.
const MOMENTS_MAX: usize = 100_000;

impl Network {
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
    pub(super) async fn next_moment_until(&self, until: DateTime<Utc>) -> bool {
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
    pub(super) async fn sends_statuses_of(&self, sid: &str) {
        let now = self.now();
        let statuses = self.exchange().overtaking(sid, now);
        for webhook in statuses {
            self.carries_out(Box::new(webhook), now).await;
        }
    }
}

fn shown(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answered(answer) => format!("{} {:.400}", answer.status, String::from_utf8_lossy(&answer.body)),
        Outcome::Unreachable => "no connection".to_owned(),
    }
}
