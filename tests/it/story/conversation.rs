//! An operator is found, takes the contact, answers, hands over, finishes.

use crate::world::World;
use linka::domain::{Happened, Order, Outcome, Review, Stage};

/// The worker asks for a person in the Ústí region; returns the offer Jana got.
async fn asked_for_a_person(world: &World) -> (crate::world::Worker, linka::channel::sim::Received) {
    let worker = world.asked_in_most().await;
    let jana = world.operator("Jana").await;
    let offer = jana.expect_offer(["Věznice Bělušice", "bydlení", "Most"]).await;
    (worker, offer)
}

#[tokio::test]
async fn a_day_question_is_answered_by_an_operator() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    let jana = world.operator("Jana").await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("Dobrý den, místo je volné od pondělí.").await;
    worker.expect_reply(["Operátor: Dobrý den, místo je volné od pondělí."]).await;
    worker.texts("Děkuji, přijede v pondělí v deset.").await;
    jana.expect(["přijede v pondělí v deset"]).await;
    jana.writes("/konec zajištěno nastoupí v pondělí").await;
    jana.expect(["uzavřený", "zajištěno"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    let rating = worker.expect_reply(["Pomohli jsme"]).await;
    worker.chooses(&rating, "Ano").await;
    worker.expect_reply(["Děkujeme"]).await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.outcome), (Stage::Closed, Some(Outcome::Placed)));
    assert_eq!(contact.reason.as_deref(), Some("nastoupí v pondělí"));
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Rated { value: 3 })));
    world.ends().await;
}

#[tokio::test]
async fn neither_side_learns_who_the_other_is() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    assert!(!offer.words.contains(&worker.address().handle), "{}", offer.words);
    let jana = world.operator("Jana").await;
    jana.takes(&offer).await;
    let told = worker.expect_reply(["má operátor"]).await;
    jana.writes("Ozvu se.").await;
    let answer = worker.expect_reply(["Ozvu se."]).await;
    for words in [told.words, answer.words] {
        assert!(!words.contains("Jana") && !words.contains("Vzorová") && !words.contains("+420719"), "{words}");
    }
    world.ends().await;
}

#[tokio::test]
async fn two_take_at_once_and_one_wins() {
    let world = World::open().await;
    let (worker, first) = asked_for_a_person(&world).await;
    world.minutes(3).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    let second = petr.expect_offer(["Most"]).await;
    jana.chooses(&first, "Přijmout").await;
    petr.chooses(&second, "Přijmout").await;
    jana.expect(["je váš"]).await;
    petr.expect(["už má", "Jana"]).await;
    petr.expect(["už má", "Jana"]).await;
    worker.expect_reply(["má operátor"]).await;
    assert_eq!(world.contact().await.owner.map(|owner| owner.to_string()), Some("jana".to_owned()));
    world.ends().await;
}

#[tokio::test]
async fn nobody_takes_it_and_the_coordinator_is_asked() {
    let world = World::open().await;
    let (worker, _offer) = asked_for_a_person(&world).await;
    world.minutes(3).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    world.minutes(5).await;
    let coordinator = world.operator("Koordinátorka").await;
    let offer = coordinator.expect_offer(["zatím nikdo nepřevzal", "Most"]).await;
    worker.expect_reply(["koordinátorka", "slibujeme"]).await;
    coordinator.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    world.operator("Jana").await.expect(["už má"]).await;
    world.operator("Petr").await.expect(["už má"]).await;
    world.ends().await;
}

#[tokio::test]
async fn who_declines_makes_room_at_once() {
    let world = World::open().await;
    let (_worker, offer) = asked_for_a_person(&world).await;
    let jana = world.operator("Jana").await;
    jana.chooses(&offer, "Odmítnout").await;
    jana.expect(["nabídneme dál"]).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    world.ends().await;
}

#[tokio::test]
async fn an_operator_silent_after_taking_is_passed_over() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    let jana = world.operator("Jana").await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    world.minutes(15).await;
    jana.expect(["čeká na odpověď"]).await;
    let petr = world.operator("Petr").await;
    let offer = petr.expect_offer(["Most"]).await;
    petr.takes(&offer).await;
    jana.expect(["už má", "Petr"]).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("Tak už jsem tady.").await;
    jana.expect(["žádný otevřený kontakt"]).await;
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_contact_is_handed_over_with_its_story() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("/poznámka klient má dluh na nájmu").await;
    jana.expect(["Pracovník ji nevidí"]).await;
    worker.hears_nothing();
    jana.writes("/předat Petrovi").await;
    jana.expect(["nabízíme", "Petr"]).await;
    let offer = petr.expect_offer(["předává", "Jana", "Most"]).await;
    petr.takes(&offer).await;
    jana.expect(["teď má", "Petr"]).await;
    worker.expect_reply(["má operátor"]).await;
    petr.writes("Dobrý den, přebírám.").await;
    worker.expect_reply(["přebírám"]).await;
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::Noted { words } if words.contains("dluh"))));
    world.ends().await;
}

#[tokio::test]
async fn of_two_colleagues_of_one_name_the_meant_one_is_asked_for() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        let second = book.operators.iter_mut().find(|operator| operator.id.as_str() == "tomas").expect("Tomáš");
        second.name = "Petr Vymyšlený".to_owned();
    })
    .await;
    let (worker, jana) = world.held_by_jana().await;
    jana.writes("/předat Petrovi").await;
    jana.expect(["víc kolegů: Petr Smyšlený, Petr Vymyšlený"]).await;
    jana.writes("/předat Petrovi Vymyšlenému").await;
    jana.expect(["nabízíme: Petr Vymyšlený"]).await;
    world.operator("Petr Vymyšlený").await.expect_offer(["předává"]).await;
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_handed_contact_that_is_declined_stays() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("/předat Petr").await;
    jana.expect(["nabízíme"]).await;
    let offer = petr.expect_offer(["předává"]).await;
    petr.chooses(&offer, "Odmítnout").await;
    petr.expect(["zůstává, kde je (Jana)"]).await;
    jana.expect(["nemůže", "Zůstává u vás"]).await;
    jana.writes("Jsem tu stále.").await;
    worker.expect_reply(["Jsem tu stále"]).await;
    world.ends().await;
}

#[tokio::test]
async fn words_that_fit_no_contact_are_refused_with_advice() {
    let world = World::open().await;
    let jana = world.operator("Jana").await;
    jana.writes("Dobrý den, místo je.").await;
    jana.expect(["žádný otevřený kontakt", "/nabídky"]).await;
    jana.writes("#4821 dobrý den").await;
    jana.expect(["#4821", "otevřený není"]).await;
    jana.writes("/neznámý příkaz").await;
    jana.expect(["neznáme", "/pomoc"]).await;
    jana.writes("/pomoc").await;
    jana.expect(["/konec"]).await;
    world.ends().await;
}

#[tokio::test]
async fn several_open_contacts_are_told_apart_by_number() {
    let world = World::open().await;
    let jana = world.operator("Jana").await;
    let (first, offer) = asked_for_a_person(&world).await;
    jana.takes(&offer).await;
    first.expect_reply(["má operátor"]).await;
    let second = world.worker("Věznice Světlá nad Sázavou");
    second.texts("dluhy Děčín, spojte mě s operátorem").await;
    second.expect_reply(["Děčín"]).await;
    let offer = jana.expect_offer(["Světlá", "Děčín"]).await;
    jana.takes(&offer).await;
    second.expect_reply(["má operátor"]).await;
    jana.writes("Dobrý den").await;
    jana.expect(["víc kontaktů", "#1001", "#1002"]).await;
    first.hears_nothing();
    jana.replies_to(&offer, "Dobrý den, hned to zjistím.").await;
    second.expect_reply(["hned to zjistím"]).await;
    jana.writes("#1002 poradna má otevřeno v úterý").await;
    second.expect_reply(["otevřeno v úterý"]).await;
    first.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn an_operator_serves_by_short_messages_alone() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice").on("sms");
    worker.texts("bydleni Karlovy Vary, spojit operatora").await;
    worker.expect_reply(["Karlovy Vary"]).await;
    let who = world.app().await.handbook();
    let line = linka::routing::line_for(&who.book.lines, linka::domain::Region::Karlovarsky, linka_now(&world).await).expect("a line");
    let first = linka::routing::duty(line, linka_now(&world).await).on_duty.first().expect("somebody on duty").operator.clone();
    let name = linka::routing::called(&who.book.operators, &first).to_owned();
    let operator = world.operator(&name).await.on("sms");
    let channel = world.operator(&name).await;
    let offer = channel.expect_offer(["Karlovy Vary"]).await;
    if offer.letter.to.channel == "sms" {
        assert!(offer.words.contains("prijmout #1001"), "{}", offer.words);
    }
    operator.writes("beru 1001").await;
    operator.expect(["je vas"]).await;
    worker.expect_reply(["ma operator"]).await;
    operator.writes("Dobry den, volejte na recepci.").await;
    worker.expect_reply(["volejte na recepci"]).await;
    operator.writes("/konec informace").await;
    operator.expect(["uzavreny"]).await;
    worker.expect_reply(["uzavirame"]).await;
    worker.expect_reply(["Pomohli jsme"]).await;
    world.ends().await;
}

async fn linka_now(world: &World) -> chrono::DateTime<chrono::Utc> {
    world.app().await.clock().now()
}

#[tokio::test]
async fn who_is_on_duty_and_who_rests() {
    let world = World::open().await;
    let jana = world.operator("Jana").await;
    jana.writes("kdo slouží").await;
    jana.expect(["Ústecký kraj", "Jana"]).await;
    jana.writes("/služby").await;
    jana.expect(["Vaše směny", "Ústecký kraj"]).await;
    jana.writes("/pauza 30").await;
    jana.expect(["pauzu do 10:30"]).await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení Most, chci mluvit s člověkem").await;
    worker.expect_reply(["Most"]).await;
    world.operator("Petr").await.expect_offer(["Most"]).await;
    jana.hears_nothing();
    jana.writes("jsem zpět").await;
    jana.expect(["zpět ve službě"]).await;
    world.ends().await;
}

#[tokio::test]
async fn who_comes_back_while_nothing_is_open_is_told_when_the_next_shift_is() {
    let world = World::open_at("2026-02-03 10:00").await;
    let jana = world.operator("Jana").await;
    jana.writes("/pauza 30").await;
    jana.expect(["pauzu do 10:30"]).await;
    jana.writes("jsem zpět").await;
    jana.expect(["Pauza skončila", "ve službě nejste", "středa 4. 2.", "Ústecký kraj"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_review_goes_to_the_operator_and_keeps_the_original() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    let jana = world.operator("Jana").await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("/konec plno").await;
    jana.expect(["uzavřený"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    worker.expect_reply(["Pomohli jsme"]).await;
    let contact = world.contact().await.id;
    world.ordered(Order::Review { contact, review: Review::Queried, note: Some("Zkoušeli jste i Litvínov?".to_owned()) }).await;
    jana.expect(["Koordinátorka se ptá", "Litvínov"]).await;
    world.ordered(Order::CorrectOutcome { contact, outcome: Outcome::Referred, reason: None }).await;
    let contact = world.contact().await;
    assert_eq!((contact.outcome, contact.review), (Some(Outcome::Referred), Review::Corrected));
    let kept = |what: &Happened| matches!(what, Happened::Corrected { old, new, .. } if old == "no_place" && new == "referred");
    assert!(world.log().await.iter().any(kept));
    world.ends().await;
}

#[tokio::test]
async fn whoever_was_asked_learns_that_a_command_ended_it() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("/předat Petr").await;
    jana.expect(["nabízíme: Petr"]).await;
    petr.expect_offer(["Jana vám předává"]).await;
    jana.writes("/konec informace").await;
    jana.expect(["uzavřený"]).await;
    petr.expect(["už není potřeba"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    worker.expect_reply(["Pomohli"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_written_take_stops_the_others_too() {
    let world = World::open().await;
    let (worker, _) = asked_for_a_person(&world).await;
    world.minutes(5).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    petr.expect_offer(["Most"]).await;
    petr.writes("přijmout").await;
    petr.expect(["je váš"]).await;
    jana.expect(["už má Petr"]).await;
    worker.expect_reply(["má operátor"]).await;
    world.ends().await;
}

#[tokio::test]
async fn the_log_tells_what_stood_on_a_button() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("dluhy, klient jde do Lhoty").await;
    let which = worker.expect_reply(["Které máte na mysli"]).await;
    worker.chooses(&which, "Lhota, Zlínský kraj").await;
    let answer = worker.expect_reply(["Stačí to takto"]).await;
    worker.chooses(&answer, "Stačí, děkuji").await;
    worker.expect_reply(["Pomohli"]).await;
    let heard: Vec<String> = world.log().await.into_iter().filter_map(|what| if let Happened::Heard { words } = what { Some(words) } else { None }).collect();
    assert!(heard[1].contains("Zlínský kraj"), "{heard:?}");
    assert_eq!(heard[2], "Stačí, děkuji");
    world.ends().await;
}

#[tokio::test]
async fn a_part_of_the_name_picks_among_namesakes() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("bydlení, vrací se do Krumlova").await;
    worker.expect_reply(["Které máte na mysli"]).await;
    worker.texts("Český").await;
    worker.expect_reply(["Stačí to takto"]).await;
    assert!(world.log().await.iter().any(|what| matches!(what, Happened::LookedUp { .. })));
    world.ends().await;
}

#[tokio::test]
async fn an_operators_own_words_stand_in_the_operators_thread() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    let jana = world.operator("Jana").await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    jana.writes("/kdo").await;
    jana.expect(["Kdo teď slouží"]).await;
    jana.writes("Ozvu se, r. č. 850312/1238.").await;
    worker.expect_reply(["Ozvu se"]).await;
    jana.expect(["Osobní údaje"]).await;
    let mine: Vec<String> = jana.thread().await.into_iter().filter(|bubble| bubble.mine).map(|bubble| bubble.words).collect();
    assert_eq!(mine[..2], ["Přijmout", "/kdo"]);
    assert!(mine[2].starts_with("Ozvu se") && !mine[2].contains("850312"), "{mine:?}");
    world.ends().await;
}

#[tokio::test]
async fn a_corrected_region_moves_a_waiting_contact() {
    let world = World::open().await;
    let (_, _) = asked_for_a_person(&world).await;
    let id = world.contact().await.id;
    world.ordered(Order::CorrectRegion { contact: id, region: linka::domain::Region::Praha }).await;
    world.operator("Jana").await.expect(["už není potřeba"]).await;
    let contact = world.contact().await;
    assert_eq!(contact.line.map(|line| line.to_string()).as_deref(), Some("praha"));
    world.operator("Marie").await.expect_offer(["Praha"]).await;
    world.ends().await;
}

#[tokio::test]
async fn the_coordinator_may_end_an_open_contact() {
    let world = World::open().await;
    let (worker, offer) = asked_for_a_person(&world).await;
    let jana = world.operator("Jana").await;
    jana.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    let id = world.contact().await.id;
    world.ordered(Order::CorrectOutcome { contact: id, outcome: Outcome::Placed, reason: None }).await;
    jana.expect(["uzavřený", "zajištěno"]).await;
    worker.expect_reply(["uzavíráme"]).await;
    worker.expect_reply(["Pomohli"]).await;
    let contact = world.contact().await;
    assert_eq!((contact.stage, contact.outcome), (Stage::Closed, Some(Outcome::Placed)));
    world.ends().await;
}

#[tokio::test]
async fn a_question_in_english_is_answered_in_english() {
    let world = World::open().await;
    let worker = world.worker("Věznice Bělušice");
    worker.texts("Hello, we are looking for a hostel in Brno for a man, he will be released next week.").await;
    worker.expect_reply(["Hello, this is the Cooperation Line", "Brno", "Is that enough?"]).await;
    assert_eq!(world.contact().await.lang, linka::domain::Lang::En);
    world.ends().await;
}

#[tokio::test]
async fn whoever_takes_what_is_taken_hears_who_has_it() {
    let world = World::open().await;
    let (_worker, jana) = world.held_by_jana().await;
    for words in ["přijmout #1001", "přijmout 1001", "#1001 beru", "odmítnout #1001"] {
        jana.writes(words).await;
        jana.expect(["Kontakt #1001 už máte vy", "/předat #1001"]).await;
    }
    let marie = world.operator("Marie").await;
    marie.writes("přijmout #1001").await;
    marie.expect(["Kontakt #1001 už má Jana", "/předat #1001 Marie"]).await;
    marie.writes("přijmout #1002").await;
    marie.expect(["žádnou nabídku nemáme"]).await;
    jana.writes("/konec informace").await;
    jana.expect(["uzavřený"]).await;
    marie.writes("přijmout #1001").await;
    marie.expect(["#1001 už není potřeba"]).await;
    world.puts_devices_away();
    world.ends().await;
}
