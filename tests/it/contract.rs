//! What every channel must do, whatever stands behind it. A new channel is one more line
//! in [`channels`].

use chrono::DateTime;
use linka::channel::sim::{self, Fault, SimDevices};
use linka::channel::{Channel, Handed, SendError, outward, web::Web};
use linka::domain::{
    Address, Barrier, Body, Choice, Delivery, EventKey, Expects, Lang, Letter, LetterId, Medium, Sort, fold_for_sms, pieces, sms_parts,
};
use std::sync::Arc;

fn channels(devices: &Arc<SimDevices>) -> Vec<Arc<dyn Channel>> {
    let web: Arc<dyn Channel> = Arc::new(Web);
    std::iter::once(web).chain(sim::channels(devices)).collect()
}

fn letter(channel: &dyn Channel, n: u32, body: Body) -> Letter {
    let cause = EventKey::new(format!("contract:{}", channel.name()));
    let at = DateTime::UNIX_EPOCH;
    Letter {
        id: LetterId(cause.caused(at, n)),
        cause,
        to: Address::new(channel.name(), "+420719000001"),
        contact: None,
        operator: None,
        sort: Sort::Answer,
        urgent: false,
        lang: Lang::Cs,
        body,
        created_at: at,
        due_at: at,
        expires_at: None,
        delivery: Delivery::Sending,
        attempts: 1,
        own: None,
        reference: None,
    }
}

fn bodies() -> Vec<Body> {
    let choice = |key: &str, label: &str| Choice { key: key.to_owned(), label: label.to_owned(), value: label.to_lowercase() };
    vec![
        Body::text("Příliš žluťoučký kůň – „úpěl“ ďábelské ódy…"),
        Body::text(""),
        Body::text("dlouhé ".repeat(2_000)),
        Body::Text {
            text: "Co klient potřebuje?".to_owned(),
            step: "topic".to_owned(),
            choices: vec![choice("1", "Bydlení"), choice("2", "Dluhy")],
            expects: Expects::Key { timeout_s: 6 },
            file: None,
        },
        Body::Ring { whisper: "Linka. Jedna ano.".to_owned(), seconds: 20, caller: None },
        Body::Join { with: Address::new("voice", "+420719000002") },
        Body::HangUp,
    ]
}

#[tokio::test]
async fn every_channel_takes_every_letter() {
    let devices = Arc::new(SimDevices::remembering());
    for channel in channels(&devices) {
        for (n, body) in (0..).zip(bodies()) {
            let letter = letter(channel.as_ref(), n, body);
            assert_eq!(channel.send(&letter).await, Ok(Handed::from(Delivery::Sent)), "{} {:?}", channel.name(), letter.body);
        }
    }
}

#[tokio::test]
async fn letters_arrive_in_order_and_once_where_promised() {
    let devices = Arc::new(SimDevices::remembering());
    for channel in sim::channels(&devices) {
        let sent: Vec<Letter> = (0..50).map(|n| letter(channel.as_ref(), n, Body::text(format!("zprava {n}")))).collect();
        for letter in &sent {
            channel.send(letter).await.expect("a sent letter");
            channel.send(letter).await.expect("the same letter again");
        }
        let arrived: Vec<LetterId> = devices.take(&sent[0].to).into_iter().map(|received| received.letter.id).collect();
        if channel.ability().idempotent {
            assert_eq!(arrived, sent.iter().map(|letter| letter.id).collect::<Vec<_>>(), "{}", channel.name());
        } else {
            assert_eq!(arrived.len(), 2 * sent.len(), "{}", channel.name());
        }
    }
}

#[tokio::test]
async fn a_channel_says_what_went_wrong() {
    let devices = Arc::new(SimDevices::remembering());
    for channel in sim::channels(&devices) {
        let letter = letter(channel.as_ref(), 1, Body::text("ahoj"));
        devices.set_fault(channel.name(), Some(Fault::Busy));
        assert!(matches!(channel.send(&letter).await, Err(SendError::Later { .. })));
        assert!(devices.take(&letter.to).is_empty(), "busy means nothing went out");
        devices.set_fault(channel.name(), Some(Fault::Gone));
        assert!(matches!(channel.send(&letter).await, Err(SendError::Barred { barrier: Barrier::Unreachable, .. })));
        devices.set_fault(channel.name(), Some(Fault::Blocked));
        assert!(matches!(channel.send(&letter).await, Err(SendError::Barred { barrier: Barrier::Blocked, .. })));
        devices.set_fault(channel.name(), Some(Fault::Silent));
        assert_eq!(channel.send(&letter).await, Err(SendError::Unknown));
        assert_eq!(devices.take(&letter.to).len(), 1, "silent means it went out");
        devices.set_fault(channel.name(), None);
    }
}

#[test]
fn words_leave_as_the_medium_can_carry_them() {
    let devices = Arc::new(SimDevices::default());
    for channel in channels(&devices) {
        let ability = channel.ability();
        let words = "Dům „Přístav“ – volno…";
        let said = outward(&letter(channel.as_ref(), 1, Body::text(words)), &ability);
        if ability.medium == Medium::Sms {
            assert_eq!(said, fold_for_sms(words));
            assert_eq!(sms_parts(&said), 1);
        } else {
            assert_eq!(said, words);
        }
        let long = "Věta za větou. ".repeat(1_000);
        let cut = pieces(&long, ability.characters_max, |_| 1);
        assert!(cut.iter().all(|piece| piece.chars().count() <= ability.characters_max));
        assert_eq!(cut.concat().replace(' ', ""), long.replace(' ', ""));
    }
}

#[test]
fn every_reason_is_said_in_czech() {
    for reason in linka::channel::twilio::reasons() {
        let said = linka::console::reason_in_words(reason, linka::domain::Lang::Cs);
        assert!(!said.contains("poskytovatel uvádí"), "{reason} has no Czech wording");
    }
}
