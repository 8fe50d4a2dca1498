//! An operator's whole shift in the chat, in Czech and in English, and every command of the menu at every time.

use super::group::world_with_group;
use crate::story::swap::in_turns;
use crate::world::{GROUP, JANA, PETR, Person, World};
use linka::domain::{Lang, Outcome, Stage};

const QUESTION: &str = "bydlení Most, klient Jan Novák, 719 555 123, muž, prosím spojit s člověkem";

/// The day after tomorrow's shift begins.
async fn morning(world: &World) {
    world.clock("2026-02-04 08:20").await;
    world.tells_of_shifts().await;
    for person in [JANA, PETR].map(|id| world.person(id)) {
        person.reads_all();
    }
    world.puts_devices_away();
}

/// Among what has come is this; the line may also ask for a proof of the chat.
fn has_read(operator: &Person, part: &str) {
    let read = operator.reads_all();
    assert!(read.iter().any(|words| words.contains(part)), "no “{part}” among {read:?}");
}

#[tokio::test]
async fn a_whole_shift_is_done_in_the_chat() {
    let world = World::with_bot().await;
    morning(&world).await;
    let (worker, jana, petr) = (world.person(9001), world.person(JANA), world.person(PETR));
    world.clock("2026-02-04 08:30").await;
    jana.expect(["Za půl hodiny vám začíná směna: Ústecký kraj, 9:00–15:00."]);
    world.clock("2026-02-04 09:00").await;
    has_read(&jana, "Začala vám směna: Ústecký kraj, do 15:00. Zatím nic nečeká.");
    jana.writes("Kdy mám službu?").await;
    jana.expect(["Vaše směny na 14 dní", "středa 4. 2. 9:00–15:00"]);
    worker.writes(QUESTION).await;
    worker.reads_all();
    let offer = jana.expect(["Kontakt #1001", "bydlení, Most, Ústecký kraj, muž", "[jméno]", "Převezmete ho?"]);
    assert!(!offer.text.contains("Novák") && !offer.text.contains("555"), "{}", offer.text);
    jana.presses(&offer, "Přijmout").await;
    let taken = jana.expect(["Kontakt #1001 je váš"]);
    worker.expect(["má operátor"]);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["Kontakt #1001 už máte vy"]);
    jana.replies(&taken, "Místo je od pátku.").await;
    worker.expect(["Operátor: Místo je od pátku."]);
    jana.writes("/kontakty").await;
    jana.expect(["Vaše otevřené kontakty:\n#1001 bydlení, Most"]);
    jana.writes("/pauza").await;
    let how_long = jana.expect(["délku pauzy"]);
    assert_eq!(how_long.labels(), ["15 minut", "30 minut", "60 minut"]);
    jana.presses(&how_long, "15 minut").await;
    let rests = jana.expect(["Máte pauzu do 9:15"]);
    let second = world.person(9002);
    second.writes("dluhy Teplice, žena, prosím spojit s člověkem").await;
    second.reads_all();
    petr.reads_all();
    jana.presses(&rests, "Jsem zpět").await;
    jana.expect(["Jste zpět ve službě."]);
    jana.writes("/konec").await;
    let outcome = jana.expect(["Jak kontakt #1001 dopadl?"]);
    jana.presses(&outcome, "zajištěno").await;
    jana.expect(["Kontakt #1001 je uzavřený: zajištěno"]);
    jana.presses(&outcome, "jiné").await;
    jana.expect(["Kontakt #1001 je uzavřený: zajištěno"]);
    worker.expect(["uzavíráme"]);
    worker.expect(["Pomohli jsme"]);
    let closed = world.every_contact().await.pop().expect("the first contact");
    assert_eq!((closed.stage, closed.outcome), (Stage::Closed, Some(Outcome::Placed)));
    world.clock("2026-02-04 15:00").await;
    has_read(&jana, "Směna skončila: Ústecký kraj. Uzavřených kontaktů: 1.");
    petr.reads_all();
    second.reads_all();
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_contact_is_handed_to_a_colleague_by_button_and_to_a_region_by_name() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    let petr = world.person(PETR);
    jana.writes("/predat").await;
    let whom = jana.expect(["Komu kontakt #1001 předat?", "/předat Petr"]);
    assert_eq!(whom.labels(), ["Petr"]);
    jana.presses(&whom, "Petr").await;
    jana.expect(["nabízíme: Petr", "zůstává u vás"]);
    let offer = petr.expect(["Jana vám předává kontakt #1001", "Převezmete ho?"]);
    petr.presses(&offer, "Přijmout").await;
    petr.expect(["je váš"]);
    jana.expect(["teď má Petr"]);
    worker.expect(["má operátor"]);
    jana.presses(&whom, "Petr").await;
    jana.expect(["Kontakt #1001 teď u vás otevřený není"]);
    petr.writes("/předat Karlovarský").await;
    petr.expect(["nabízíme: Karlovarský kraj", "zůstává u vás"]);
    let hana = world.operator("Hana").await;
    let offer = hana.expect_offer(["Petr vám předává kontakt #1001"]).await;
    hana.takes(&offer).await;
    petr.expect(["teď má Hana"]);
    worker.expect(["má operátor"]);
    world.ends().await;
}

#[tokio::test]
async fn a_swap_is_asked_for_and_answered_by_button() {
    let world = World::with_bot_where(|_| {}, in_turns).await;
    let (jana, petr) = (world.person(JANA), world.person(PETR));
    jana.writes("/vymenit").await;
    jana.expect(["vyměnit 9. 12. s Petrem"]);
    jana.writes("vyměnit 9. 2. s Petrem").await;
    jana.expect(["odeslaná (Petr)", "zůstává vaše: pondělí 9. 2. 9:00–15:00"]);
    let question = petr.expect(["Jana vás prosí o převzetí směny, Ústecký kraj", "pondělí 9. 2. 9:00–15:00", "Souhlasíte?"]);
    assert_eq!(question.labels(), ["Souhlasím", "Nemohu"]);
    petr.presses(&question, "Souhlasím").await;
    petr.expect(["výměna platí", "Nově slouží: pondělí 9. 2. 9:00–15:00 Petr"]);
    jana.expect(["Petr souhlasí, výměna platí"]);
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["petr"]);
    petr.presses(&question, "Nemohu").await;
    petr.expect(["už platí"]);
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn an_operator_who_speaks_english_serves_in_english() {
    let english = |book: &mut linka::routing::Book| {
        let jana = book.operators.iter_mut().find(|operator| operator.id.as_str() == "jana").expect("Jana");
        jana.languages = vec![Lang::En];
    };
    let world = World::with_bot_where(|_| {}, english).await;
    morning(&world).await;
    let (worker, jana) = (world.person(9001), world.person(JANA));
    world.clock("2026-02-04 08:30").await;
    jana.expect(["Your shift begins in half an hour: Ústí Region, 9:00–15:00."]);
    world.clock("2026-02-04 09:00").await;
    has_read(&jana, "Your shift has begun: Ústí Region, until 15:00. Nothing is waiting yet.");
    worker.writes("bydlení Most, klient muž, prosím spojit s člověkem").await;
    worker.reads_all();
    let offer = jana.expect(["Contact #1001", "housing, Most", "a man", "Will you take it?"]);
    jana.presses(&offer, "Take").await;
    let taken = jana.expect(["Contact #1001 is yours"]);
    worker.expect(["má operátor"]);
    jana.replies(&taken, "Místo je od pátku.").await;
    worker.expect(["Operátor: Místo je od pátku."]);
    jana.writes("/pause").await;
    let how_long = jana.expect(["how many minutes"]);
    jana.presses(&how_long, "30 minutes").await;
    let rests = jana.expect(["You are paused until"]);
    jana.presses(&rests, "I am back").await;
    jana.expect(["You are back on duty."]);
    for (command, part) in [("/shifts", "Your shifts for 14 days"), ("/who", "On duty now"), ("/contacts", "#1001 housing, Most"), ("/pass", "Pass contact #1001 to whom?"), ("/pass Karlovy", "offered to Karlovy Vary Region")] {
        jana.writes(command).await;
        jana.expect([part]);
    }
    jana.writes("/close").await;
    let outcome = jana.expect(["How did contact #1001 end?"]);
    jana.presses(&outcome, "placed").await;
    jana.expect(["Contact #1001 is closed: placed"]);
    worker.expect(["uzavíráme"]);
    worker.expect(["Pomohli jsme"]);
    world.puts_devices_away();
    world.person(PETR).reads_all();
    world.ends().await;
}

/// Every command gets an answer of its own.
async fn every_command_answers(operator: &Person, expected: &[(&str, &str)]) {
    for (command, part) in expected {
        operator.writes(command).await;
        operator.expect([part]);
    }
}

#[tokio::test]
async fn the_menus_commands_answer_at_every_time() {
    let world = World::with_bot().await;
    let (worker, jana) = (world.person(9001), world.person(JANA));
    let always = [("/sluzby", "Vaše směny"), ("/kdo", "Ústecký kraj: "), ("/odpovedi", "/ověřuji"), ("/pomoc", "/odejít"), ("/vymenit", "s Petrem"), ("/poznamka", "hned za příkaz"), ("/pauza", "délku pauzy")];
    let nothing = [("/nabidky", "žádnou nabídku nemáme"), ("/kontakty", "Žádný otevřený kontakt"), ("/konec", "žádný otevřený kontakt"), ("/predat", "žádný otevřený kontakt"), ("/zavolat", "žádný otevřený kontakt"), ("/overuji", "žádný otevřený kontakt"), ("dobrý den", "žádný otevřený kontakt"), ("/pokracovat", "zpět ve službě")];
    every_command_answers(&jana, &always).await;
    every_command_answers(&jana, &nothing).await;
    worker.writes("bydlení Most, klient muž, prosím spojit s člověkem").await;
    worker.reads_all();
    jana.expect(["#1001", "Převezmete ho?"]);
    every_command_answers(&jana, &[("/nabidky", "#1001 bydlení, Most"), ("/konec", "žádný otevřený kontakt"), ("přijmout", "#1001 je váš")]).await;
    worker.expect(["má operátor"]);
    every_command_answers(&jana, &always).await;
    every_command_answers(&jana, &[("/kontakty", "#1001 bydlení, Most"), ("/konec", "Jak kontakt #1001 dopadl?"), ("/predat", "Komu kontakt #1001 předat?"), ("/zavolat", "#1001: pracovník nám nezanechal číslo"), ("/nabidky", "žádnou nabídku nemáme"), ("přijmout", "žádnou nabídku nemáme"), ("přijmout 1001", "#1001 už máte vy")]).await;
    worker.hears_nothing();
    let second = world.person(9002);
    second.writes("dluhy Teplice, žena, prosím spojit s člověkem").await;
    second.reads_all();
    jana.expect(["#1002", "Převezmete ho?"]);
    every_command_answers(&jana, &[("přijmout 1002", "#1002 je váš"), ("/konec", "víc kontaktů: #1001, #1002"), ("/predat", "víc kontaktů"), ("/poznamka volat", "víc kontaktů"), ("#1002 /konec", "Jak kontakt #1002 dopadl?"), ("/konec 1001 zajištěno", "Kontakt #1001 je uzavřený")]).await;
    worker.reads_all();
    second.reads_all();
    // Paused, and off the shift.
    every_command_answers(&jana, &[("/pauza 20", "Máte pauzu do"), ("/kontakty", "#1002"), ("/pokracovat", "zpět ve službě")]).await;
    world.clock("2026-02-03 12:00").await;
    jana.reads_all();
    every_command_answers(&jana, &always).await;
    every_command_answers(&jana, &[("/kdo", "Ústecký kraj: zavřeno"), ("/pokracovat", "nejbližší služba: "), ("/odejit", "Odhlášeno")]).await;
    // Whoever has left is nobody the line knows: words are a worker's.
    jana.writes("/kontakty").await;
    jana.reads_all();
    world.puts_devices_away();
    for person in [&worker, &second, &world.person(PETR)] {
        person.reads_all();
    }
    world.ends().await;
}

#[tokio::test]
async fn the_group_says_who_took_it_without_guessing_who_that_is() {
    let world = world_with_group(|book| {
        let petr = book.operators.iter_mut().find(|operator| operator.id.as_str() == "petr").expect("Petr");
        petr.name = "Noor Rahimi".to_owned();
    })
    .await;
    let worker = world.asked_in_chat().await;
    let noor = world.person(PETR);
    world.person(JANA).expect(["Převezmete ho?"]);
    let post = noor.clone().within(GROUP).expect(["Most", "Převezmete ho?"]);
    noor.presses(&post, "Přijmout").await;
    noor.expect(["je váš"]);
    world.person(JANA).expect(["už má Noor"]);
    worker.expect(["má operátor"]);
    assert_eq!(world.bot().shows(GROUP).remove(0).text, "Kontakt #1001 má teď Noor.");
    world.ends().await;
}
