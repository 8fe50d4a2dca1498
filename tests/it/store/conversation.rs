//! Files, codes and the joining of workers, on every database.

use super::on_each;
use super::sample::{address, apply, at, contact, known, situation, turn, worker};
use linka::domain::{Address, Attachment, Contact, Effect, EventKey, Format, Lang, Stage, Worker, WorkerId};
use linka::store::Ask;

fn file(name: &str) -> Attachment {
    Attachment { id: EventKey::new(name).caused(at(0), 0), format: Format::Ogg, bytes: 4 }
}

#[tokio::test]
async fn a_file_is_kept_whole_and_forgotten_by_age() {
    on_each(async |store| {
        store.keep_attachment(file("old"), b"OggS", at(0)).await.unwrap();
        store.keep_attachment(file("new"), b"OggS\0\xff", at(10)).await.unwrap();
        store.keep_attachment(file("new"), b"OggS again", at(11)).await.unwrap();
        assert_eq!(store.attachment(file("new").id).await.unwrap(), Some((Format::Ogg, b"OggS\0\xff".to_vec())));
        assert_eq!(store.forget_attachments(at(0)).await.unwrap(), 0);
        assert_eq!(store.forget_attachments(at(10)).await.unwrap(), 1);
        assert_eq!(store.attachment(file("old").id).await.unwrap(), None);
        assert!(store.attachment(file("new").id).await.unwrap().is_some());
    })
    .await;
}

fn other() -> Worker {
    let id = WorkerId(EventKey::new("other").caused(at(0), 0));
    Worker { id, organisation: None, address: Address::new("chat", "other"), lang: Lang::En }
}

fn theirs(number: i64) -> Contact {
    Contact { worker: other().id, address: other().address, stage: Stage::Held, ..contact(number) }
}

fn invited(code: &str, seconds: i64) -> Effect {
    Effect::Invite { code: code.to_owned(), worker: worker().id, at: at(seconds), until: at(seconds + 10) }
}

fn ask(code: &str) -> Ask {
    Ask::Link { address: other().address, code: code.to_owned() }
}

#[tokio::test]
async fn a_code_is_its_workers_until_its_time_is_over() {
    on_each(async |store| {
        known(&store, &[contact(1)]).await;
        turn(&store, "first", &[invited("11111111", 0)]).await;
        let now = situation(&store, &ask("11111111"), at(10)).await;
        assert_eq!((now.invited.map(|worker| worker.id), now.addresses), (Some(worker().id), vec![address()]));
        assert_eq!(situation(&store, &ask("11111111"), at(11)).await.invited, None, "too late");
        assert_eq!(situation(&store, &ask("99999999"), at(5)).await.invited, None, "nobody's");
        turn(&store, "second", &[invited("22222222", 5)]).await;
        assert_eq!(situation(&store, &ask("11111111"), at(6)).await.invited, None, "only the newest counts");
        assert!(situation(&store, &ask("22222222"), at(6)).await.invited.is_some());
    })
    .await;
}

#[tokio::test]
async fn of_two_workers_one_is_left_with_everything() {
    on_each(async |store| {
        known(&store, &[contact(1)]).await;
        let mut batch = store.begin().await.unwrap();
        apply(&mut batch, "other", &[Effect::Introduce(other()), Effect::Keep(Box::new(theirs(2)))]).await.unwrap();
        apply(&mut batch, "join", &[invited("11111111", 0), Effect::Join { worker: other().id, into: worker().id }]).await.unwrap();
        batch.commit().await.unwrap();
        let now = situation(&store, &Ask::Worker { address: other().address, contact: None, letter: None, original: None, call: None, texts: None, all: false }, at(5)).await;
        assert_eq!(now.worker.map(|worker| worker.id), Some(worker().id));
        let open = now.contact.expect("the open contact");
        assert_eq!((open.number, open.worker), (2, worker().id), "the newest open contact, as the joined worker's");
        assert_eq!(situation(&store, &ask("11111111"), at(5)).await.invited, None, "a code is used once");
        turn(&store, "again", &[Effect::Keep(Box::new(theirs(2)))]).await;
        let now = situation(&store, &Ask::Worker { address: address(), contact: None, letter: None, original: None, call: None, texts: None, all: false }, at(5)).await;
        assert_eq!(now.contact.map(|contact| contact.number), Some(2), "a later write does not part them");
    })
    .await;
}

#[tokio::test]
async fn a_lost_letter_comes_with_every_address_of_its_worker() {
    on_each(async |store| {
        let letter = super::sample::letter("lost", &address());
        known(&store, &[contact(1)]).await;
        let more = Worker { address: other().address, ..worker() };
        turn(&store, "more", &[Effect::Introduce(more), Effect::Send(linka::domain::Letter { contact: Some(contact(1).id), ..letter.clone() })]).await;
        let now = situation(&store, &Ask::Failure(letter.id), at(1)).await;
        assert_eq!(now.addresses, [other().address, address()]);
        assert!(situation(&store, &Ask::Letter(letter.id), at(1)).await.addresses.is_empty());
    })
    .await;
}
