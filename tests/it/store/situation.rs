//! What is read around an event: the worker's contact, offers, who rests, who wants no messages.

use super::on_each;
use super::sample::{at, address, contact, closed, letter, offer, keep, turn, known, situation};
use chrono::TimeDelta;
use linka::domain::{Address, Delivery, Effect, Letter, OfferState, OperatorId, Situation, Stage, EventKey, LetterId};
use linka::store::{Ask, Elsewhere};

#[tokio::test]
async fn a_worker_finds_the_open_contact_or_the_one_closed_last() {
    on_each(async |store| {
        let ask = Ask::Worker { address: address(), contact: None, letter: None, original: None, call: None, texts: None, all: false };
        assert_eq!(situation(&store, &ask, at(0)).await, Situation { next_number: 1001, ..Situation::default() });
        known(&store, &[closed(1001, at(100)), closed(1002, at(50))]).await;
        let found = |situation: Situation| situation.contact.map(|contact| contact.number);
        assert_eq!(found(situation(&store, &ask, at(200)).await), Some(1001));
        let week = at(100) + TimeDelta::days(7);
        assert_eq!(found(situation(&store, &ask, week - TimeDelta::seconds(1)).await), Some(1001));
        assert_eq!(found(situation(&store, &ask, week).await), None);
        turn(&store, "open", &[keep(&contact(900)), keep(&contact(901))]).await;
        assert_eq!(found(situation(&store, &ask, at(200)).await), Some(901));
    })
    .await;
}

#[tokio::test]
async fn offers_are_made_taken_and_closed() {
    on_each(async |store| {
        let contact = contact(1001);
        let mut asks = [letter("to jana", &Address::new("chat", "jana")), letter("to petr", &Address::new("voice", "p"))];
        for ask in &mut asks {
            ask.contact = Some(contact.id);
            ask.operator = Some(OperatorId::new(if ask.to.handle == "p" { "petr" } else { "jana" }));
        }
        let [to_jana, to_petr] = &asks;
        known(&store, std::slice::from_ref(&contact)).await;
        let effects = [
            offer(&contact, "jana", to_jana, OfferState::Open),
            offer(&contact, "petr", to_petr, OfferState::Open),
            Effect::Send(to_jana.clone()),
            Effect::Send(to_petr.clone()),
        ];
        turn(&store, "offer", &effects).await;
        let seen = situation(&store, &Ask::Letter(to_petr.id), at(3)).await;
        assert_eq!(seen.letter.as_ref(), Some(to_petr));
        assert_eq!(seen.contact, Some(contact.clone()));
        assert_eq!(seen.offers.iter().map(|offer| offer.operator.as_str()).collect::<Vec<_>>(), ["jana", "petr"]);
        assert_eq!(seen.ringing, asks);
        let petr = Ask::Operator { operator: OperatorId::new("petr"), letter: Some(to_petr.id), original: None, number: None };
        let seen = situation(&store, &petr, at(3)).await;
        assert_eq!(seen.letter.as_ref(), Some(to_petr));
        assert_eq!(seen.offered.first().map(|(of, offer)| (of, offer.state)), Some((&contact, OfferState::Open)));
        let mut held = contact.clone();
        held.stage = Stage::Held;
        held.owner = Some(OperatorId::new("jana"));
        held.epoch = 1;
        let effects = [
            keep(&held),
            offer(&contact, "jana", to_jana, OfferState::Taken),
            Effect::CloseOffers { contact: contact.id },
            Effect::Mark { letter: to_petr.id, delivery: Delivery::Withdrawn, error: None, due_at: None, reference: None, uncounted: false },
        ];
        turn(&store, "take", &effects).await;
        let seen = situation(&store, &petr, at(4)).await;
        assert_eq!(seen.offered.first().map(|(_, offer)| offer.state), Some(OfferState::Gone));
        let states: Vec<OfferState> = seen.offers.iter().map(|offer| offer.state).collect();
        assert_eq!((seen.held, states), (Vec::new(), vec![OfferState::Taken, OfferState::Gone]));
        assert_eq!(seen.ringing, std::slice::from_ref(to_jana));
        let jana = Ask::Operator { operator: OperatorId::new("jana"), letter: None, original: None, number: None };
        let seen = situation(&store, &jana, at(4)).await;
        assert_eq!((seen.held, seen.offered, seen.contact), (vec![held], Vec::new(), None));
        let later = situation(&store, &petr, at(2) + TimeDelta::days(7)).await;
        assert!(later.offered.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_operator_rests_until_an_instant() {
    on_each(async |store| {
        let jana = OperatorId::new("jana");
        let rest = |until| Effect::Pause { operator: jana.clone(), until };
        turn(&store, "rest", &[rest(Some(at(10)))]).await;
        turn(&store, "longer", &[rest(Some(at(20)))]).await;
        assert_eq!(situation(&store, &Ask::Nothing, at(19)).await.paused, std::slice::from_ref(&jana));
        assert!(situation(&store, &Ask::Nothing, at(20)).await.paused.is_empty());
        turn(&store, "back", &[rest(None)]).await;
        assert!(situation(&store, &Ask::Nothing, at(5)).await.paused.is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_wants_no_messages_is_known_for_each_number() {
    on_each(async |store| {
        let (one, two) = (address(), Address::new("sms", "+420719000102"));
        let out = |own: Option<&str>, since| Effect::OptOut { address: address(), own: own.map(str::to_owned), since };
        turn(&store, "stop", &[out(Some("+420719880001"), Some(at(1))), out(None, Some(at(1)))]).await;
        turn(&store, "stop again", &[out(Some("+420719880001"), Some(at(2)))]).await;
        turn(&store, "start", &[out(None, None)]).await;
        for (address, own, expected) in [(&one, Some("+420719880001"), true), (&one, Some("+420719880002"), false), (&one, None, false), (&two, Some("+420719880001"), false)] {
            let ask = Ask::Keyword { address: address.clone(), contact: None, operator: None };
            assert_eq!(situation(&store, &ask, at(3)).await.stopped.contains(&own.unwrap_or_default().to_owned()), expected, "{address} {own:?}");
            let letter = Letter { own: own.map(str::to_owned), ..letter(&format!("{address} {own:?}"), address) };
            turn(&store, &format!("send {address} {own:?}"), &[Effect::Send(letter.clone())]).await;
            let outgoing = store.take_due_letters(at(3), 10, &Elsewhere::default()).await.unwrap();
            assert_eq!(outgoing.unwanted == [letter.id], expected, "{address} {own:?}");
            let sent = Effect::Mark { letter: letter.id, delivery: Delivery::Sent, error: None, due_at: None, reference: None, uncounted: false };
            turn(&store, &format!("sent {address} {own:?}"), &[sent]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_worker_with_several_questions_finds_the_one_that_is_answered_or_changed() {
    on_each(async |store| {
        known(&store, &[contact(1001), contact(1002), closed(1003, at(3))]).await;
        let mut reply = letter("reply", &address());
        reply.contact = Some(contact(1001).id);
        turn(&store, "reply", &[Effect::Send(reply.clone())]).await;
        let ask = |letter: Option<LetterId>, original: Option<&str>, all: bool| {
            let original = original.map(EventKey::new);
            Ask::Worker { address: address(), contact: None, letter, original, call: None, texts: None, all }
        };
        let numbers = |situation: &Situation| situation.asking.iter().map(|contact| contact.number).collect::<Vec<_>>();
        let newest = situation(&store, &ask(None, None, false), at(5)).await;
        assert_eq!((newest.contact.map(|contact| (contact.number, contact.beside)), newest.named), (Some((1002, true)), None));
        let answered = situation(&store, &ask(Some(reply.id), None, false), at(5)).await;
        assert_eq!(numbers(&answered), [1002, 1001]);
        assert_eq!(answered.named.map(|contact| contact.number), Some(1001));
        let changed = situation(&store, &ask(None, Some("reply"), true), at(5)).await;
        assert_eq!(numbers(&changed), [1002, 1001, 1003]);
        // Somebody else's message names nothing.
        let other = Ask::Worker { address: Address::new("sms", "+420719000999"), contact: None, letter: Some(reply.id), original: None, call: None, texts: None, all: false };
        let stranger = situation(&store, &other, at(5)).await;
        assert_eq!((stranger.contact, stranger.named, stranger.asking), (None, None, vec![]));
    })
    .await;
}
