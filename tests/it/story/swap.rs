//! Two operators swap a shift: asked, agreed to or not, and never by halves.

use crate::world::{Operator, World, prague};
use chrono::Weekday;
use linka::channel::sim::{Fault, Received};
use linka::domain::{Order, SwapState};
use linka::routing::{Book, Line, OperatorId, Override, Shift, Window};

fn ustecky(book: &mut Book) -> &mut Line {
    book.lines.iter_mut().find(|line| line.id.as_str() == "ustecky").expect("the line of Ústí")
}

/// Jana serves on Mondays, Petr on Wednesdays.
pub(super) fn in_turns(book: &mut Book) {
    ustecky(book).shifts.retain(|shift| (shift.operator.as_str() == "jana") == (shift.window.weekday == Weekday::Mon));
}

/// The world on Monday 2 February 2026 at 10:00, with Jana and Petr.
async fn world() -> (World, Operator, Operator) {
    let world = World::open_with("2026-02-02 10:00", in_turns).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    (world, jana, petr)
}

/// Jana asks Petr for her next Monday, with nothing in return.
async fn asked(jana: &Operator, petr: &Operator) -> Received {
    jana.writes("vyměnit 9. 2. s Petrem").await;
    jana.expect(["odeslaná (Petr)", "zůstává vaše: pondělí 9. 2. 9:00–15:00"]).await;
    petr.expect(["Jana vás prosí o převzetí směny, Ústecký kraj", "Převezmete: pondělí 9. 2. 9:00–15:00", "Souhlasíte?"]).await
}

#[tokio::test]
async fn what_was_agreed_to_holds_at_once() {
    let (world, jana, petr) = world().await;
    jana.writes("Vyměnit 9. 2. s Petrem za 11. 2.").await;
    jana.expect(["odeslaná (Petr)"]).await;
    let question = petr.expect(["prosí o výměnu směn", "Převezmete: pondělí 9. 2. 9:00–15:00. Jana za vás převezme: středa 11. 2. 9:00–15:00", "Souhlasíte?"]).await;
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["jana"], "until there is a yes, nothing changes");
    petr.chooses(&question, "Souhlasím").await;
    let hands = "Nově slouží: pondělí 9. 2. 9:00–15:00 Petr; středa 11. 2. 9:00–15:00 Jana";
    petr.expect(["Děkujeme, výměna platí", hands]).await;
    jana.expect(["Petr souhlasí", hands]).await;
    assert_eq!((world.on_duty("2026-02-09 10:00").await, world.on_duty("2026-02-11 10:00").await), (vec!["petr".to_owned()], vec!["jana".to_owned()]));
    assert_eq!(world.on_duty("2026-02-16 10:00").await, ["jana"], "the week after is as ever");
    world.restarts().await;
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["petr"]);
    petr.writes("moje směny").await;
    petr.expect(["středa 4. 2.", "pondělí 9. 2. 9:00–15:00 (Ústecký kraj)"]).await;
    jana.writes("/výměna").await;
    jana.expect(["Vaše výměny: pondělí 9. 2. 9:00–15:00 Petr; středa 11. 2. 9:00–15:00 Jana (platí)"]).await;
    world.ends().await;
}

#[tokio::test]
async fn the_one_who_serves_now_is_told_and_asked() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["výměna platí"]).await;
    jana.expect(["Petr souhlasí"]).await;
    world.tells_of_shifts().await;
    world.clock("2026-02-07 08:00").await;
    world.puts_devices_away();
    world.clock("2026-02-09 09:00").await;
    petr.expect(["Za půl hodiny vám začíná směna"]).await;
    petr.expect(["Začala vám směna"]).await;
    jana.hears_nothing();
    world.asked_in_most().await;
    petr.expect_offer(["Most"]).await;
    world.puts_devices_away();
    world.ends().await;
}

#[tokio::test]
async fn a_no_leaves_everything_as_it_is() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    petr.chooses(&question, "Nemohu").await;
    petr.expect(["Dobře, Jana se to dozví"]).await;
    jana.expect(["Petr tentokrát nemůže", "zůstává vaše: pondělí 9. 2."]).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["už je odmítnutá"]).await;
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["jana"]);
    world.ends().await;
}

#[tokio::test]
async fn a_question_is_taken_back() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    jana.writes("zrušit výměnu").await;
    jana.expect(["zrušená, Petr se to dozví", "pondělí 9. 2."]).await;
    petr.expect(["Jana bere žádost o výměnu zpět"]).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["Jana ji mezitím bere zpět"]).await;
    jana.writes("zrušit výměnu").await;
    jana.expect(["Žádnou žádost o výměnu teď odeslanou nemáte"]).await;
    world.ends().await;
}

#[tokio::test]
async fn two_overlapping_swaps_are_refused_and_both_named() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    jana.writes("vyměnit 9. 2. s Marií").await;
    jana.expect([
        "Výměna takhle nejde",
        "Jana Vzorová → Marie Ukázková 9. 2. 2026 9:00–15:00 se kříží s výměnou Jana Vzorová → Petr Smyšlený 9. 2. 2026 9:00–15:00, která čeká na odpověď",
    ])
    .await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["výměna platí"]).await;
    jana.expect(["Petr souhlasí"]).await;
    // Now the shift is Petr's, so Jana has none to give.
    jana.writes("vyměnit 9. 2. s Marií").await;
    jana.expect(["Směnu na den pondělí 9. 2. nemáte", "Vaše směny na 14 dní"]).await;
    world.operator("Marie").await.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_second_press_says_that_it_holds_already() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["výměna platí"]).await;
    jana.expect(["Petr souhlasí"]).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["Tahle výměna už platí", "pondělí 9. 2. 9:00–15:00 Petr"]).await;
    petr.chooses(&question, "Nemohu").await;
    petr.expect(["jednostranně ji zrušit nejde"]).await;
    jana.writes("zrušit výměnu").await;
    jana.expect(["jednostranně ji zrušit nejde"]).await;
    jana.hears_nothing();
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["petr"]);
    world.ends().await;
}

#[tokio::test]
async fn after_a_swap_somebody_falls_ill() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["výměna platí"]).await;
    jana.expect(["Petr souhlasí"]).await;
    let away = |substitute: Option<&str>| linka::routing::Absence {
        id: linka::domain::RuleId::new("ill"),
        operator: OperatorId::new("petr"),
        from: prague("2026-02-09 00:00"),
        to: prague("2026-02-10 00:00"),
        substitute: substitute.map(OperatorId::new),
    };
    world.roster_changes(|book| book.absences.push(away(None))).await;
    assert!(world.on_duty("2026-02-09 10:00").await.is_empty(), "Jana gave the shift away and is not brought back");
    world
        .roster_changes(|book| {
            book.absences.clear();
            book.absences.push(away(Some("marie")));
        })
        .await;
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["marie"]);
    world.ends().await;
}

#[tokio::test]
async fn a_roster_that_changed_meanwhile_is_looked_at_again() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    // Another program changes something else: the swap is written over nothing of it.
    world.roster_changes_unseen(|book| ustecky(book).promise_minutes = 90).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["výměna platí"]).await;
    jana.expect(["Petr souhlasí"]).await;
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["petr"]);
    world.roster_changes(|book| assert_eq!((ustecky(book).promise_minutes, ustecky(book).overrides.len()), (90, 1))).await;
    world.ends().await;
}

#[tokio::test]
async fn a_roster_that_contradicts_is_told_to_both() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    let replaced = |book: &mut Book| {
        let change = linka::routing::Change::Replace { operator: OperatorId::new("jana"), by: OperatorId::new("marie") };
        let (from, to) = (prague("2026-02-09 00:00"), prague("2026-02-10 00:00"));
        ustecky(book).overrides.push(Override { id: linka::domain::RuleId::new("console"), from, to, change });
    };
    world.roster_changes_unseen(replaced).await;
    petr.chooses(&question, "Souhlasím").await;
    for operator in [&petr, &jana] {
        operator.expect(["rozpis se mezitím změnil", "záskok „Jana Vzorová → Petr Smyšlený“", "odporuje záskoku „Jana Vzorová → Marie Ukázková“"]).await;
    }
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["marie"]);
    // Once the contradiction is gone, the question still stands.
    world.roster_changes(|book| ustecky(book).overrides.clear()).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["výměna platí"]).await;
    jana.expect(["Petr souhlasí"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_swap_taken_out_of_the_roster_holds_no_more() {
    let (world, jana, petr) = world().await;
    let question = asked(&jana, &petr).await;
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["výměna platí"]).await;
    jana.expect(["Petr souhlasí"]).await;
    world.roster_changes(|book| *ustecky(book) = ustecky(book).without_override(0).expect("the swap's override")).await;
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["jana"]);
    petr.chooses(&question, "Souhlasím").await;
    petr.expect(["už neplatí"]).await;
    // The way is free for another.
    asked(&jana, &petr).await;
    world.ends().await;
}

#[tokio::test]
async fn a_question_is_repeated_once_and_lapses_when_the_shift_begins() {
    let (world, jana, petr) = world().await;
    asked(&jana, &petr).await;
    // Half-way is Thursday 5 February at 21:30, nobody is woken for it.
    world.clock("2026-02-06 06:59").await;
    petr.hears_nothing();
    world.clock("2026-02-06 07:00").await;
    let again = petr.expect(["Připomínáme, Jana čeká na vaši odpověď", "pondělí 9. 2. 9:00–15:00"]).await;
    world.clock("2026-02-09 08:59").await;
    petr.hears_nothing();
    world.clock("2026-02-09 09:00").await;
    petr.expect(["už neplatí, směna začíná (Jana)"]).await;
    jana.expect(["nepřišla odpověď (Petr)", "zůstává vaše"]).await;
    petr.chooses(&again, "Souhlasím").await;
    petr.expect(["už neplatí, směna mezitím začala"]).await;
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["jana"]);
    world.ends().await;
}

#[tokio::test]
async fn after_downtime_a_question_lapses_once() {
    let (world, jana, petr) = world().await;
    asked(&jana, &petr).await;
    world.is_down_until("2026-02-12 10:00").await;
    petr.expect(["už neplatí"]).await;
    petr.hears_nothing();
    jana.expect(["nepřišla odpověď"]).await;
    world.ends().await;
}

#[tokio::test]
async fn what_cannot_be_swapped_is_said_with_advice() {
    let (world, jana, petr) = world().await;
    let table: [(&str, &[&str]); 9] = [
        ("vyměnit 10. 2. s Petrem", &["Směnu na den úterý 10. 2. nemáte. Vaše směny na 14 dní: pondělí 2. 2. 9:00–15:00 (Ústecký kraj); pondělí 9. 2."]),
        ("vyměnit dnes s Petrem", &["už začala nebo proběhla (pondělí 2. 2. 9:00–15:00)", "Vaše směny na 14 dní"]),
        ("vyměnit 26. 1. s Petrem", &["už začala nebo proběhla (pondělí 26. 1. 9:00–15:00)"]),
        ("vyměnit 9. 2. s Petrem za 10. 2.", &["Petr na den úterý 10. 2. směnu na této lince nemá", "středa 4. 2. 9:00–15:00 (Ústecký kraj); středa 11. 2."]),
        ("vyměnit 9. 2. s Oldřichem", &["„Oldřichem“ mezi kolegy neznáme", "Petr Smyšlený"]),
        ("vyměnit 9. 2. s Janou", &["sám se sebou"]),
        ("/vyměnit s Petrem", &["napíšete den a kolegu"]),
        ("/vyměnit", &["napíšete den a kolegu"]),
        ("výměna ano 9. 2.", &["Žádná žádost o výměnu na vás nečeká"]),
    ];
    for (words, answers) in table {
        jana.writes(words).await;
        let received = jana.expect([]).await;
        for answer in answers {
            assert!(received.words.contains(answer), "{words}: {}", received.words);
        }
    }
    petr.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn of_two_petrs_the_meant_one_is_asked_for() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        in_turns(book);
        let second = book.operators.iter_mut().find(|operator| operator.id.as_str() == "tomas").expect("Tomáš");
        second.name = "Petr Vymyšlený".to_owned();
    })
    .await;
    let jana = world.operator("Jana").await;
    jana.writes("vyměnit 9. 2. s Petrem").await;
    jana.expect(["víc kolegů: Petr Smyšlený, Petr Vymyšlený", "třeba „Petr Smyšlený“"]).await;
    jana.writes("vyměnit 9. 2. s Petrem Vymyšleným").await;
    jana.expect(["odeslaná (Petr Vymyšlený)"]).await;
    world.operator("Petr Vymyšlený").await.expect(["Převezmete: pondělí 9. 2."]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_shift_on_two_lines_is_asked_about() {
    let world = World::open_with("2026-02-02 10:00", |book| {
        in_turns(book);
        let window = Window::read("Mo 13:00-15:00").expect("a window");
        let other = book.lines.iter_mut().find(|line| line.id.as_str() == "praha").expect("the line of Prague");
        other.shifts.push(Shift { operator: OperatorId::new("jana"), window, order: 5, valid_from: None, valid_to: None, id: None });
    })
    .await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    jana.writes("vyměnit 9. 2. s Petrem").await;
    jana.expect(["směnu na víc linkách", "Ústecký kraj", "na lince"]).await;
    jana.writes("vyměnit 9. 2. s Petrem na lince Ústecký kraj").await;
    jana.expect(["odeslaná (Petr)", "9:00–15:00"]).await;
    petr.expect(["Ústecký kraj", "9:00–15:00"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_message_answers_as_well_as_a_button() {
    let (world, jana, petr) = world().await;
    // Petr's chat is gone: the question goes to his phone, and to Jana's knowledge all is well.
    world.breaks("chat:petr", Fault::Gone);
    jana.writes("swap 9 Feb with Petr for 11 Feb").await;
    jana.expect(["odeslaná"]).await;
    let sms = petr.on("sms");
    let question = sms.expect(["prosi o vymenu smen", "vymena ano 9. 2."]).await;
    assert!(question.words.is_ascii(), "a short message has no marks: {}", question.words);
    sms.writes("vymena ano 9. 2.").await;
    sms.expect(["vymena plati"]).await;
    jana.expect(["Petr souhlasí"]).await;
    world.operator("Koordinátorka").await.expect(["Petr", "zprávy nedojdou (chat)"]).await;
    world.ends().await;
}

#[tokio::test]
async fn of_several_questions_the_day_tells_which() {
    let (world, jana, petr) = world().await;
    asked(&jana, &petr).await;
    jana.writes("vyměnit 16. 2. s Petrem").await;
    jana.expect(["odeslaná"]).await;
    petr.expect(["pondělí 16. 2."]).await;
    petr.writes("nemohu").await;
    petr.expect(["je víc", "pondělí 9. 2. 9:00–15:00 Petr | pondělí 16. 2. 9:00–15:00 Petr", "třeba „nemohu 9. 2.“"]).await;
    petr.writes("nemohu 16. 2.").await;
    petr.expect(["Dobře, Jana se to dozví"]).await;
    jana.expect(["Petr tentokrát nemůže", "16. 2."]).await;
    petr.writes("Přijmout").await;
    petr.expect(["výměna platí", "pondělí 9. 2."]).await;
    jana.expect(["Petr souhlasí"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_question_nobody_can_be_asked_comes_back() {
    let (world, jana, _) = world().await;
    world.breaks("chat:petr", Fault::Gone);
    world.breaks("sms:+420719000102", Fault::Gone);
    jana.writes("vyměnit 9. 2. s Petrem").await;
    jana.expect(["odeslaná"]).await;
    jana.expect(["nemáme kam doručit (Petr)"]).await;
    jana.writes("zrušit výměnu").await;
    jana.expect(["zrušená"]).await;
    let coordinator = world.operator("Koordinátorka").await;
    coordinator.expect(["Petr", "zprávy nedojdou (chat)"]).await;
    coordinator.expect(["Petr", "zprávy nedojdou (SMS)"]).await;
    coordinator.expect(["Petr: teď nikde k zastižení"]).await;
    world.ends().await;
}

#[tokio::test]
async fn a_yes_to_a_worker_is_no_yes_to_a_swap() {
    let world = World::open_with("2026-02-04 10:00", in_turns).await;
    let (jana, petr) = (world.operator("Jana").await, world.operator("Petr").await);
    petr.writes("souhlasím").await;
    petr.expect(["nic jsme nikomu nepředali"]).await;
    let worker = world.asked_in_most().await;
    let offer = petr.expect_offer(["Most"]).await;
    petr.takes(&offer).await;
    worker.expect_reply(["má operátor"]).await;
    petr.writes("Souhlasím").await;
    worker.expect_reply(["Operátor: Souhlasím"]).await;
    let question = asked(&jana, &petr).await;
    petr.writes("Souhlasím").await;
    petr.expect(["žádost o výměnu i otevřený kontakt", "„výměna ano 9. 2.“", "„#1001 Souhlasím“"]).await;
    petr.writes("#1001 souhlasím").await;
    worker.expect_reply(["Operátor: souhlasím"]).await;
    petr.writes("vyměnit si povlečení může v pondělí").await;
    worker.expect_reply(["povlečení"]).await;
    petr.changes("vyměnit 16. 2. s Janou").await;
    petr.expect(["Příkazy platí tak, jak přišly poprvé"]).await;
    petr.replies_to(&question, "souhlasím").await;
    petr.expect(["výměna platí"]).await;
    jana.expect(["Petr souhlasí"]).await;
    world.ends().await;
}

#[tokio::test]
async fn the_coordinator_answers_for_somebody() {
    let (world, jana, petr) = world().await;
    asked(&jana, &petr).await;
    let swap = world.swaps().await.remove(0);
    world.ordered(Order::AnswerSwap { swap: swap.id.clone(), agreed: true }).await;
    for operator in [&petr, &jana] {
        operator.expect(["potvrzeno v konzoli (alena)", "pondělí 9. 2. 9:00–15:00 Petr"]).await;
    }
    assert_eq!(world.on_duty("2026-02-09 10:00").await, ["petr"]);
    assert_eq!(world.swaps().await[0].state, SwapState::Accepted);
    assert_eq!(world.roster_authors().await[0], "alena");
    // What is settled stays so.
    world.ordered(Order::AnswerSwap { swap: swap.id, agreed: false }).await;
    petr.hears_nothing();
    world.ends().await;
}
