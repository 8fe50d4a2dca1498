//! One worker with several questions at once: words, files, changes and presses reach the one they belong to.

use crate::world::{JANA, PETR, Person, World};
use linka::domain::{Outcome, Stage};

/// A worker whose question about Most Jana has, and whose question about Teplice Petr has.
async fn with_two_questions(world: &World) -> (Person, Person, Person) {
    let (worker, jana, _) = world.held_in_chat().await;
    worker.writes("/novy dluhy Teplice, žena, prosím spojit s člověkem").await;
    worker.expect(["Teplice", "Dotaz č. 1002: předáváme vás operátorovi"]);
    let offer = jana.expect(["#1002", "Teplice"]);
    jana.presses(&offer, "Odmítnout").await;
    jana.expect(["nabídneme dál"]);
    let petr = world.person(PETR);
    let offer = petr.expect(["#1002", "Teplice"]);
    petr.presses(&offer, "Přijmout").await;
    petr.expect(["#1002 je váš"]);
    worker.expect(["č. 1002 má operátor"]);
    (worker, jana, petr)
}

#[tokio::test]
async fn words_reach_the_question_they_are_about() {
    let world = World::with_bot().await;
    let (worker, jana, petr) = with_two_questions(&world).await;
    jana.writes("Místo v Mostě je.").await;
    let of_most = worker.expect(["Operátor (č. 1001): Místo v Mostě je."]);
    // The worker wrote last in the other one: what was answered last is meant, and that is said once.
    worker.writes("Bereme.").await;
    jana.expect(["#1001 píše: Bereme."]);
    worker.expect(["k dotazu č. 1001 (bydlení, Most)", "„1002 Bereme.“"]);
    worker.writes("Děkuji.").await;
    jana.expect(["#1001 píše: Děkuji."]);
    worker.hears_nothing();
    petr.writes("Kolik má dluhů?").await;
    let of_teplice = worker.expect(["Operátor (č. 1002): Kolik má dluhů?"]);
    worker.replies(&of_most, "Přijede vlakem.").await;
    jana.expect(["#1001 píše: Přijede vlakem."]);
    worker.replies(&of_teplice, "Tři.").await;
    petr.expect(["#1002 píše: Tři."]);
    worker.writes("1001 a má psa").await;
    jana.expect(["#1001 píše: a má psa"]);
    worker.attaches("photo", b"\xff\xd8\xff\xe0 a picture", "#1002 Tady je výpis.").await;
    petr.expect(["#1002 píše: Tady je výpis."]);
    assert!(petr.expect(["#1002 posílá: obrázek"]).file.is_some());
    worker.expect(["operátorovi k dotazu č. 1002"]);
    for person in [&worker, &jana, &petr] {
        person.hears_nothing();
    }
    world.ends().await;
}

#[tokio::test]
async fn a_change_goes_where_the_message_went() {
    let world = World::with_bot().await;
    let (worker, jana, petr) = with_two_questions(&world).await;
    let children = worker.writes("Má tři děti.").await;
    petr.expect(["#1002 píše: Má tři děti."]);
    let train = worker.writes("#1001 Jede vlakem.").await;
    jana.expect(["#1001 píše: Jede vlakem."]);
    worker.changes(children, "Má dvě děti.").await;
    petr.expect(["#1002 opravuje: Má dvě děti."]);
    worker.changes(train, "#1001 Jede autobusem.").await;
    jana.expect(["#1001 opravuje: Jede autobusem."]);
    // What has ended is not opened by a change, nor is the change given to somebody else.
    petr.writes("/konec informace").await;
    petr.expect(["uzavřený"]);
    worker.expect(["Dotaz č. 1002 uzavíráme"]);
    worker.expect(["Pomohli jsme"]);
    worker.changes(children, "Má čtyři děti.").await;
    for person in [&worker, &jana, &petr] {
        person.hears_nothing();
    }
    world.ends().await;
}

#[tokio::test]
async fn my_questions_are_listed_and_one_is_chosen() {
    let world = World::with_bot().await;
    let (worker, jana, petr) = with_two_questions(&world).await;
    worker.writes("/dotazy").await;
    let list = worker.expect(["č. 1002 – dluhy a exekuce, Teplice: má ho operátor", "č. 1001 – bydlení, Most: má ho operátor"]);
    assert_eq!(list.labels(), ["č. 1002 dluhy a exekuce, Teplice", "č. 1001 bydlení, Most", "Nový dotaz"]);
    worker.presses(&list, "č. 1001 bydlení, Most").await;
    worker.expect(["Pokračujeme v dotazu č. 1001 (bydlení, Most)"]);
    worker.writes("Ještě jedna věc.").await;
    jana.expect(["#1001 píše: Ještě jedna věc."]);
    jana.writes("/konec zajištěno").await;
    jana.expect(["uzavřený"]);
    worker.expect(["Dotaz č. 1001 uzavíráme"]);
    let rating = worker.expect(["Pomohli jsme"]);
    worker.presses(&list, "č. 1001 bydlení, Most").await;
    worker.expect(["Dotaz č. 1001 už je uzavřený"]);
    // The rating belongs to the finished one although the other one is open.
    worker.presses(&rating, "Ano").await;
    worker.expect(["Děkujeme"]);
    worker.presses(&rating, "Ano").await;
    worker.expect(["Dotaz č. 1001 už je uzavřený"]);
    worker.writes("moje dotazy").await;
    worker.expect(["č. 1002 – dluhy a exekuce, Teplice: má ho operátor", "č. 1001 – bydlení, Most: uzavřeno, zajištěno"]);
    petr.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_reply_to_a_finished_question_goes_on_with_that_one() {
    let world = World::with_bot().await;
    let (worker, jana, petr) = with_two_questions(&world).await;
    jana.writes("Místo v Mostě je.").await;
    let of_most = worker.expect(["Operátor (č. 1001)"]);
    jana.writes("/konec zajištěno").await;
    jana.expect(["uzavřený"]);
    worker.expect(["Dotaz č. 1001 uzavíráme"]);
    worker.expect(["Pomohli jsme"]);
    worker.writes("Jak to vypadá s dluhy?").await;
    petr.expect(["#1002 píše: Jak to vypadá s dluhy?"]);
    worker.replies(&of_most, "Ještě: musí mít občanku?").await;
    jana.expect(["#1001 píše: Ještě: musí mít občanku?"]);
    let stages: Vec<Stage> = world.every_contact().await.iter().map(|contact| contact.stage).collect();
    assert_eq!(stages, [Stage::Held, Stage::Held]);
    petr.hears_nothing();
    worker.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn another_client_is_never_mixed_into_a_question_that_waits() {
    let world = World::with_bot().await;
    let worker = world.asked_in_chat().await;
    let jana = world.person(JANA);
    jana.expect(["#1001", "Most"]);
    worker.writes("Ještě: má psa.").await;
    worker.expect(["Připsali jsme to k dotazu č. 1001"]);
    worker.writes("dluhová poradna Teplice, žena").await;
    worker.expect(["Nový dotaz č. 1002. Dotaz č. 1001 běží dál.", "Teplice", "Stačí to takto?"]);
    let most = world.every_contact().await.pop().expect("the first contact");
    assert_eq!(most.question.as_deref(), Some("bydlení Most, klient muž, prosím spojit s člověkem / Ještě: má psa."));
    // Another new question: the one the line alone was asking about ends as it stood.
    worker.writes("nový dotaz").await;
    worker.expect(["Nový dotaz č. 1003. Dotaz č. 1001 běží dál.", "Kam se klient vrací?"]);
    let outcomes: Vec<Option<Outcome>> = world.every_contact().await.iter().map(|contact| contact.outcome).collect();
    assert_eq!(outcomes, [None, Some(Outcome::Informed), None]);
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn what_sounds_like_another_client_is_asked_about_and_begun_once() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    worker.writes("A co Teplice, tam by místo nebylo?").await;
    jana.expect(["#1001 píše: A co Teplice"]);
    worker.reads_all();
    worker.writes("dluhová poradna Teplice, žena").await;
    jana.expect(["#1001 píše: dluhová poradna Teplice, žena"]);
    let asked = worker.expect(["k dotazu č. 1001", "Je to o jiném klientovi?"]);
    worker.presses(&asked, "Nový dotaz").await;
    worker.expect(["Nový dotaz č. 1002", "Teplice", "Stačí to takto?"]);
    worker.presses_old(&asked, "Nový dotaz").await;
    worker.expect(["Pokračujeme v dotazu č. 1002"]);
    worker.expect(["Stačí to takto?"]);
    assert_eq!(world.contacts().await, 2);
    world.ends().await;
}
