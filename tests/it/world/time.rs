//! A world's time: the clock is turned by hand, and the line is stopped and started.

use super::{World, channels, handbook, phone, prague, store_in};
use chrono::{DateTime, Utc};
use linka::app::App;

impl World {
    /// Turns the clock to a wall-clock time in Prague; everything due happens.
    pub async fn clock(&self, time: &str) {
        self.turn_to(prague(time)).await;
    }

    /// Somebody sets the machine's clock, ahead or back.
    pub async fn clock_is_set(&self, time: &str) {
        self.0.clock.move_to(prague(time));
        self.settle().await;
    }

    /// Turns the clock on by minutes.
    pub async fn minutes(&self, minutes: i64) {
        self.seconds(minutes * 60).await;
    }

    /// Turns the clock on by seconds.
    pub async fn seconds(&self, seconds: i64) {
        self.turn_to(self.0.clock.now() + chrono::TimeDelta::seconds(seconds)).await;
    }

    pub(super) async fn turn_to(&self, at: DateTime<Utc>) {
        match &self.0.outside.wires {
            Some(wires) => wires.network.passes_until(at).await,
            None => self.app().await.move_clock(at).await.expect("a line that goes on"),
        }
        self.pocket_messages().await;
    }

    /// Lets everything that is due happen.
    pub async fn settle(&self) {
        match &self.0.outside.wires {
            Some(wires) => wires.network.settles().await,
            None => self.app().await.settle().await.expect("a step of the line"),
        }
        self.pocket_messages().await;
    }

    /// Stops the line and starts it again on the same database.
    pub async fn restarts(&self) {
        let mut app = self.0.app.lock().await;
        app.stop().await;
        let store = store_in(&self.0.folder).await;
        if let Some(post) = &self.0.outside.post {
            post.forgets();
        }
        if let Some(home) = &self.0.outside.home {
            home.closes().await;
        }
        let outside = &self.0.outside;
        let (channels, handbook) = (channels(&self.0.devices, outside, &store, &self.0.clock), outside.wires.as_ref().map_or_else(handbook, phone::Wires::handbook));
        let fresh = App::start(store, channels, self.0.clock.clone(), handbook, true).await.expect("a line");
        if let Some(home) = &outside.home {
            home.opens(&fresh).await;
        }
        fresh.recover(self.0.clock.now()).await.expect("a recovered line");
        *app = fresh;
        drop(app);
        self.settle().await;
    }

    /// The key of stored files is moved away, or put back; the line is started again.
    pub async fn moves_key(&self, away: bool) {
        let (here, there) = (self.0.folder.path().join("key"), self.0.folder.path().join("lost"));
        let (from, to) = if away { (here, there) } else { (there, here) };
        std::fs::rename(from, to).expect("a key that moves");
        self.restarts().await;
    }

    /// The process is stopped and started again later.
    pub async fn is_down_until(&self, time: &str) {
        self.app().await.stop().await;
        self.0.clock.move_to(prague(time));
        self.restarts().await;
    }
}
