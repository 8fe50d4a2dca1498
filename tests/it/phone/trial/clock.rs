//! A clock that is not the network's own: something beside it falls due while people listen.

use super::{LINE, PAVEL, document, say};
use crate::phone::{Clockwork, Network};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex};

/// A world with one bell in it.
struct World {
    now: Mutex<DateTime<Utc>>,
    bell: DateTime<Utc>,
    rang: Mutex<Vec<DateTime<Utc>>>,
}

impl Clockwork for World {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    fn next_due(&self) -> BoxFuture<'_, Option<DateTime<Utc>>> {
        async { Some(self.bell) }.boxed()
    }

    fn turn_to(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()> {
        let before = std::mem::replace(&mut *self.now.lock().unwrap(), at);
        if before < self.bell && self.bell <= at {
            self.rang.lock().unwrap().push(at);
        }
        async {}.boxed()
    }
}

#[tokio::test]
async fn the_worlds_own_moments_come_in_their_place() {
    let start = DateTime::UNIX_EPOCH;
    let bell = start + TimeDelta::seconds(7);
    let world = Arc::new(World { now: Mutex::new(start), bell, rang: Mutex::default() });
    let network = Network::open(Arc::clone(&world) as Arc<dyn Clockwork>).await;
    network.exchange().is_trial = true;
    network.reaches(Arc::new(|_| async { document(format!("<Response><Pause length=\"5\"/><Pause length=\"5\"/>{}</Response>", say("Konec."))) }.boxed()));
    network.owns(LINE);
    network.sets(LINE, "voice_url", "https://line.example.org/voice");
    network.caller(PAVEL).dials(LINE).await;
    assert_eq!(network.next_due(), Some(start + TimeDelta::seconds(5)));
    assert_eq!(network.step(start + TimeDelta::seconds(4)).await, 0);
    network.caller(PAVEL).hears(["Konec"]).await;
    assert_eq!(*world.rang.lock().unwrap(), [bell], "neither early nor late");
    assert!(network.now() > start + TimeDelta::seconds(10) && network.now() < start + TimeDelta::seconds(12));
    network.ends();
}
