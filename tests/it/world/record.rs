//! What is written down: contacts, their log, conversations, contact points.

use super::World;
use linka::domain::{Address, Contact, Happened, OperatorId, Point, Standing};

impl World {
    /// The conversation of an address as its person saw it.
    pub(crate) async fn thread(&self, address: &Address) -> Vec<linka::store::Bubble> {
        self.app().await.store().thread(address, 100).await.expect("a thread")
    }

    /// How many matters coordinators were warned of that are not over.
    pub async fn warned(&self) -> usize {
        self.app().await.store().warned().await.expect("warnings").len()
    }

    /// The coordinator wants a contact point proven; says whether a code went out.
    pub async fn verifies(&self, operator: &str, channel: &str) -> bool {
        let address = self.address_of(operator, channel).await;
        let went = self.app().await.verify(self.key().as_str(), address).await.expect("an order");
        self.settle().await;
        went
    }

    /// How a contact point stands.
    pub async fn standing(&self, operator: &str, channel: &str) -> Standing {
        let (app, address) = (self.app().await, self.address_of(operator, channel).await);
        let points = app.store().points().await.expect("contact points");
        Point::of(&points, &OperatorId::new(operator), &address).map_or(Standing::Unverified, |point| point.standing(app.clock().now()))
    }

    pub(super) async fn address_of(&self, operator: &str, channel: &str) -> Address {
        let handbook = self.app().await.handbook();
        let operator = handbook.operator(&OperatorId::new(operator)).expect("an operator");
        operator.addresses.iter().find(|address| address.channel == channel).expect("an address").clone()
    }

    /// The newest contact.
    pub async fn contact(&self) -> Contact {
        let app = self.app().await;
        let page = app.store().contacts(&linka::store::Filter::default(), None, 1).await.expect("contacts");
        page.rows.into_iter().next().expect("a contact")
    }

    /// Every contact.
    pub async fn every_contact(&self) -> Vec<Contact> {
        let (app, mut after, mut all) = (self.app().await, None, Vec::new());
        loop {
            let page = app.store().contacts(&linka::store::Filter::default(), after, 100).await.expect("contacts");
            all.extend(page.rows);
            after = page.next;
            if after.is_none() {
                return all;
            }
        }
    }

    /// How many contacts there are (at most 100 are counted).
    pub async fn contacts(&self) -> usize {
        let app = self.app().await;
        app.store().contacts(&linka::store::Filter::default(), None, 100).await.expect("contacts").rows.len()
    }

    /// What the log says of the newest contact, in order.
    pub async fn log(&self) -> Vec<Happened> {
        let (app, contact) = (self.app().await, self.contact().await);
        let timeline = app.store().timeline(contact.id).await.expect("a timeline");
        timeline.entries.into_iter().map(|entry| entry.what).collect()
    }

    /// Everything written down anywhere in the database, as one text.
    pub async fn everything_stored(&self) -> String {
        let copy = self.0.folder.path().join("copy.db");
        let _ = std::fs::remove_file(&copy);
        self.app().await.store().backup(&copy).await.expect("a copy");
        String::from_utf8_lossy(&std::fs::read(&copy).expect("the copy")).into_owned()
    }
}
