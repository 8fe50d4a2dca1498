//! What every channel must do, whatever stands behind it. A new channel is one more line
//! in [`channels`].

use crate::telegram::{BotApi, TOKEN};
use chrono::{DateTime, TimeDelta, Utc};
use linka::channel::telegram::{Bots, TelegramChannel};
use linka::channel::sim::{self, Fault, SimDevices};
use linka::channel::{Channel, Handed, Secret, SendError, outward, web::Web};
use linka::domain::{
    Ability, Address, Barrier, Body, Choice, Delivery, EventKey, Expects, Lang, Letter, LetterId, Medium, Sort, fold_for_sms, pieces, sms_parts,
};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// The one address of every letter here; a chat's number too.
const TO: &str = "+420719000001";
const CHAT: i64 = 420_719_000_001;

/// What stands behind the channels.
struct Behind {
    devices: Arc<SimDevices>,
    api: BotApi,
    bot: Arc<dyn Channel>,
}

impl Behind {
    async fn open() -> Self {
        rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
        // Each look at the clock is a second later: nothing has to wait for its turn.
        let looks = AtomicI64::new(0);
        let now = Mutex::new(move || DateTime::UNIX_EPOCH + TimeDelta::seconds(looks.fetch_add(1, Ordering::SeqCst)));
        let now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync> = Arc::new(move || (now.lock().expect("a clock"))());
        let api = BotApi::open(Arc::clone(&now)).await;
        api.has_begun(CHAT);
        let bots = Bots::new(&api.url(), &Secret::new(TOKEN)).expect("clients");
        let bot = TelegramChannel::new(&bots, Arc::new(|_| Box::pin(std::future::ready(None))), now);
        Self { devices: Arc::new(SimDevices::remembering()), api, bot: Arc::new(bot) }
    }

    fn channels(&self) -> Vec<Arc<dyn Channel>> {
        let web: Arc<dyn Channel> = Arc::new(Web);
        std::iter::once(web).chain(sim::channels(&self.devices)).chain([Arc::clone(&self.bot)]).collect()
    }

    /// Those behind which somebody reads.
    fn with_readers(&self) -> Vec<Arc<dyn Channel>> {
        self.channels().into_iter().skip(1).collect()
    }

    /// What arrived there since the last look, as its words.
    fn take(&self, channel: &dyn Channel) -> Vec<String> {
        let devices = self.devices.take(&Address::new(channel.name(), TO)).into_iter().map(|received| received.words);
        devices.chain(std::iter::from_fn(|| self.api.next(CHAT)).map(|shown| shown.text).filter(|_| channel.name() == self.bot.name())).collect()
    }

    /// Something goes wrong with a channel, or nothing any more.
    fn suffers(&self, channel: &dyn Channel, fault: Option<Fault>) {
        self.devices.set_fault(channel.name(), fault);
        self.api.has_begun(CHAT);
        match fault {
            Some(Fault::Busy) => self.api.suffers(|whims| whims.too_much = (1, 1)),
            Some(Fault::Gone) => self.api.is_gone(CHAT),
            Some(Fault::Blocked) => self.api.blocks(CHAT, true),
            Some(Fault::Silent) => self.api.suffers(|whims| whims.silent = 1),
            None => self.api.suffers(|whims| (whims.too_much, whims.silent) = ((0, 0), 0)),
        }
    }
}

pub fn letter(channel: &dyn Channel, n: u32, body: Body) -> Letter {
    let cause = EventKey::new(format!("contract:{}", channel.name()));
    let at = DateTime::UNIX_EPOCH;
    Letter {
        id: LetterId(cause.caused(at, n)),
        cause,
        to: Address::new(channel.name(), TO),
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

/// What letters carry there: the core cuts long words, and calls only where one can be called.
fn bodies(ability: &Ability) -> Vec<Body> {
    let choice = |key: &str, label: &str| Choice { key: key.to_owned(), label: label.to_owned(), value: label.to_lowercase() };
    let long = "dlouhé 🙂 ".repeat(2_000);
    let cut = pieces(&long, ability.characters_max, char::len_utf16).into_iter().map(Body::text);
    let mut bodies = vec![
        Body::text("Příliš žluťoučký kůň – „úpěl“ ďábelské ódy…"),
        Body::Text {
            text: "Co klient potřebuje?".to_owned(),
            step: "topic".to_owned(),
            choices: vec![choice("1", "Bydlení"), choice("2", "Dluhy")],
            expects: Expects::Key { timeout_s: 6 },
            file: None,
        },
    ];
    bodies.extend(cut);
    if ability.inline {
        bodies.extend([Body::text(""), Body::Ring { whisper: "Linka. Jedna ano.".to_owned(), seconds: 20, caller: None }, Body::Join { with: Address::new("voice", "+420719000002") }, Body::HangUp]);
    }
    bodies
}

#[tokio::test]
async fn every_channel_takes_every_letter() {
    let behind = Behind::open().await;
    for channel in behind.channels() {
        for (n, body) in (0..).zip(bodies(&channel.ability())) {
            let letter = letter(channel.as_ref(), n, body);
            let handed = channel.send(&letter).await.map(|Handed { delivery, .. }| delivery);
            assert_eq!(handed, Ok(Delivery::Sent), "{} {:?}", channel.name(), letter.body);
        }
    }
    behind.api.ends();
}

#[tokio::test]
async fn letters_arrive_in_order_and_once_where_promised() {
    let behind = Behind::open().await;
    for channel in behind.with_readers() {
        let words: Vec<String> = (0..50).map(|n| format!("zprava {n}")).collect();
        for (n, words) in (0..).zip(&words) {
            let letter = letter(channel.as_ref(), n, Body::text(words.as_str()));
            channel.send(&letter).await.expect("a sent letter");
            channel.send(&letter).await.expect("the same letter again");
        }
        let mut arrived = behind.take(channel.as_ref());
        if !channel.ability().idempotent {
            assert_eq!(arrived.len(), 2 * words.len(), "{}", channel.name());
            arrived.dedup();
        }
        assert_eq!(arrived, words, "{}", channel.name());
    }
}

#[tokio::test]
async fn a_channel_says_what_went_wrong() {
    let behind = Behind::open().await;
    for channel in behind.with_readers() {
        let letter = letter(channel.as_ref(), 1, Body::text("ahoj"));
        let sent = async |fault| {
            behind.suffers(channel.as_ref(), Some(fault));
            channel.send(&letter).await
        };
        assert!(matches!(sent(Fault::Busy).await, Err(SendError::Later { .. } | SendError::Throttled { .. })));
        assert!(behind.take(channel.as_ref()).is_empty(), "busy means nothing went out");
        assert!(matches!(sent(Fault::Gone).await, Err(SendError::Barred { barrier: Barrier::Unreachable, .. })));
        assert!(matches!(sent(Fault::Blocked).await, Err(SendError::Barred { barrier: Barrier::Blocked, .. })));
        assert_eq!(sent(Fault::Silent).await, Err(SendError::Unknown));
        assert_eq!(behind.take(channel.as_ref()).len(), 1, "silent means it went out");
        behind.suffers(channel.as_ref(), None);
    }
}

#[tokio::test]
async fn words_leave_as_the_medium_can_carry_them() {
    for channel in Behind::open().await.channels() {
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

#[tokio::test]
async fn words_that_were_sent_can_be_changed_where_promised() {
    let behind = Behind::open().await;
    for channel in behind.with_readers().into_iter().filter(|channel| channel.ability().edits) {
        let first = letter(channel.as_ref(), 1, Body::text("Kontakt #1001: bydlení, Most."));
        let Handed { reference, .. } = channel.send(&first).await.expect("a sent letter");
        assert!(reference.is_some(), "{}: a message without a name cannot be changed", channel.name());
        let change = Body::Rewrite { letter: first.id, text: "Kontakt #1001 převzala Jana.".to_owned() };
        let changed = channel.send(&Letter { reference, ..letter(channel.as_ref(), 2, change.clone()) }).await;
        assert_eq!(changed.map(|handed| handed.delivery), Ok(Delivery::Sent), "{}", channel.name());
        assert!(behind.take(channel.as_ref()).contains(&"Kontakt #1001 převzala Jana.".to_owned()), "{}", channel.name());
    }
    behind.api.ends();
}
