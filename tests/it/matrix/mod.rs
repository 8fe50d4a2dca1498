//! Matrix against a real homeserver, in encrypted rooms.

mod homeserver;
mod person;

pub use homeserver::{Homeserver, PASSWORD};
pub use person::{Person, Seen};

use linka::channel::matrix::{Account, Deed, Talk};
use linka::channel::{Channel, matrix::MatrixChannel};
use std::sync::Arc;

#[tokio::test]
async fn what_is_said_in_an_encrypted_room_is_read_and_answered() {
    let Some(server) = Homeserver::open().await else { return };
    let linka = server.register("linka").await;
    let folder = tempfile::tempdir().unwrap();
    let account = Account::in_folder(folder.path().join("matrix"));
    let signed_in = account.login(&server.url(), "linka", PASSWORD).await.unwrap();
    assert_eq!(signed_in.user, linka);
    assert!(signed_in.verified && signed_in.recovery.is_some(), "{signed_in:?}");
    let client = account.restore().await.unwrap();
    let talk = Talk::new(client.clone(), Vec::new());
    let jana = Person::joins(&server, "jana").await;
    let room = jana.room_with(&linka).await;
    let since = linka::channel::matrix::Waiting::read(account.folder()).unwrap().since;
    let news = talk.news(since.as_deref(), false).await.unwrap();
    jana.looks().await;
    jana.writes(&linka, "bydlení Most").await;
    let news = talk.news(Some(&news.next), false).await.unwrap();
    println!("{:#?} {}", news.found, room.room_id());
    assert!(news.found.iter().any(|found| found.what.as_ref().is_some_and(|what| what.deed == Deed::Wrote("bydlení Most".into()))));
    let channel = MatrixChannel::new(client, Arc::new(|_| Box::pin(std::future::ready(None))));
    let letter = crate::contract::letter(&channel, 1, linka::domain::Body::text("Rozumím: bydlení, Most."));
    let letter = linka::domain::Letter { to: linka::domain::Address::new("matrix", jana.id.clone()), ..letter };
    let one = channel.send(&letter).await.unwrap();
    assert_eq!(channel.send(&letter).await.unwrap(), one, "once more it is the same");
    jana.looks().await;
    jana.expect(["Rozumím: bydlení"]);
    jana.hears_nothing();
}
