//! The people of a world: workers who ask, operators who serve, and contacts that are on their way.

use super::{Operator, Room, Worker, World};
use super::phone::USTECKY;
use linka::domain::Address;
use std::sync::atomic::Ordering;

impl World {
    /// A worker of a prison, whose devices the line has never seen.
    pub fn worker(&self, organisation: &str) -> Worker {
        let n = self.0.serial.fetch_add(1, Ordering::SeqCst);
        Worker::new(self.clone(), Some(organisation.to_owned()), format!("+4207192{n:05}"))
    }

    /// Somebody the line knows nothing about.
    pub fn stranger(&self) -> Worker {
        let n = self.0.serial.fetch_add(1, Ordering::SeqCst);
        Worker::new(self.clone(), None, format!("+4207193{n:05}"))
    }

    /// Somebody with this very number.
    pub fn numbered(&self, number: &str) -> Worker {
        Worker::new(self.clone(), None, number.to_owned())
    }

    /// A worker in the Ústí Region who has asked for a person.
    pub async fn asked_in_most(&self) -> Worker {
        let worker = self.worker("Věznice Bělušice");
        worker.texts("bydlení Most, klient muž, prosím spojit s člověkem").await;
        worker.expect_reply(["Most"]).await;
        worker
    }

    /// A worker in the Ústí Region whose contact Jana has taken.
    pub async fn held_by_jana(&self) -> (Worker, Operator) {
        let worker = self.asked_in_most().await;
        let jana = self.operator("Jana").await;
        let offer = jana.expect_offer(["Most"]).await;
        jana.takes(&offer).await;
        worker.expect_reply(["má operátor"]).await;
        (worker, jana)
    }

    /// A line with phones, and somebody who texts it.
    pub async fn with_texter() -> (Self, Worker) {
        let world = Self::on_the_phone().await;
        let worker = world.texter();
        (world, worker)
    }

    /// Somebody the line knows nothing about, who texts the number of the Ústí Region.
    pub fn texter(&self) -> Worker {
        self.stranger().on("sms").to(USTECKY)
    }

    /// The same, and Jana has taken the contact in her chat.
    pub async fn texter_held_by_jana(&self) -> (Worker, Operator) {
        let worker = self.texter();
        worker.texts("bydleni Most, klient muz, prosim spojit s clovekem").await;
        worker.expect_reply(["Most"]).await;
        let jana = self.operator("Jana").await;
        let offer = jana.expect_offer(["Most"]).await;
        jana.takes(&offer).await;
        worker.expect_reply(["ma operator"]).await;
        (worker, jana)
    }

    /// An operator by the name colleagues use.
    pub async fn operator(&self, name: &str) -> Operator {
        let app = self.app().await;
        let handbook = app.handbook();
        let known = handbook.book.operators.iter().find(|operator| linka::routing::called(&handbook.book.operators, &operator.id) == name);
        Operator::new(self.clone(), known.unwrap_or_else(|| panic!("no operator is called {name}")).clone())
    }

    /// The room of a line, `room:ustecky` or one in a channel without threads, `chat:ustecky`.
    pub async fn room(&self, line: &str, channel: &str) -> Room {
        let at = Address::new(channel, format!("lidé {line}"));
        self.changes_line(line, |changed| changed.room = Some(at.clone())).await;
        Room::new(self.clone(), at)
    }
}
