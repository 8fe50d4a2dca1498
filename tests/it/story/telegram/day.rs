//! A worker's whole day in the chat: a question, the catalogue's answer and its buttons, a person, the end, and
//! every command of the menu at every time.

use crate::telegram::Shown;
use crate::world::{JANA, Person, World};
use linka::domain::{Happened, Stage};

const QUESTION: &str = "bydlení Most, klient muž, prosím spojit s člověkem";

/// Presses the button of a message and reads what comes.
async fn press(worker: &Person, shown: &Shown, label: &str, part: &str) -> Shown {
    worker.presses(shown, label).await;
    worker.expect([part])
}

#[tokio::test]
async fn a_question_from_the_first_word_to_the_rating() {
    let world = World::with_bot().await;
    let (worker, jana) = (world.person(9001), world.person(JANA));
    worker.writes("/start").await;
    worker.expect(["Kam se klient vrací?"]);
    worker.writes("bydlení Most pro muže").await;
    let answer = worker.expect(["Azylový dům Hypotéza", "Stačí to takto?"]);
    assert_eq!(answer.labels(), ["Stačí, děkuji", "Další služby", "Jiné téma", "Spojit s operátorem"]);
    let more = press(&worker, &answer, "Další služby", "4. Noclehárna").await;
    // The same button once more: what it asks for now is further on.
    let rest = press(&worker, &answer, "Další služby", "7. ").await;
    assert!(!rest.labels().contains(&"Další služby"));
    press(&worker, &answer, "Další služby", "Na tuto otázku jste už odpověděli").await;
    let topics = press(&worker, &more, "Jiné téma", "Co klient potřebuje?").await;
    let debts = press(&worker, &topics, "Dluhy a exekuce", "Dluhová poradna").await;
    press(&worker, &debts, "Spojit s operátorem", "Odpoví přímo sem").await;
    // Late and twice, while an operator is looked for and when one has it.
    press(&worker, &debts, "Spojit s operátorem", "Operátora k dotazu č. 1001 už hledáme").await;
    let offer = jana.expect(["dluhy a exekuce, Most", "Převezmete ho?"]);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    worker.expect(["č. 1001 má operátor"]);
    press(&worker, &answer, "Jiné téma", "Dotaz č. 1001 už operátor má").await;
    worker.attaches("voice", b"OggS a voice note", "").await;
    jana.expect(["#1001 posílá: hlasová zpráva"]);
    worker.expect(["operátorovi k dotazu č. 1001"]);
    jana.writes("/konec informace").await;
    jana.expect(["uzavřený"]);
    worker.expect(["Dotaz č. 1001 uzavíráme"]);
    let rating = worker.expect(["Pomohli jsme"]);
    press(&worker, &rating, "Zčásti", "Děkujeme").await;
    press(&worker, &debts, "Jiné téma", "Dotaz č. 1001 už je uzavřený").await;
    assert!(world.log().await.contains(&Happened::Rated { value: 2 }));
    // A question about the same comes later and goes on with it.
    world.minutes(30).await;
    worker.writes("A kdy mají otevřeno?").await;
    jana.expect(["#1001 píše: A kdy mají otevřeno?"]);
    assert_eq!((world.contacts().await, world.contact().await.stage), (1, Stage::Held));
    world.ends().await;
}

#[tokio::test]
async fn a_worker_who_writes_english_is_answered_in_english() {
    let world = World::with_bot().await;
    let (worker, jana) = (world.person(9001), world.person(JANA));
    worker.writes("/questions").await;
    worker.expect(["You have no question with us now"]);
    worker.writes("/help").await;
    worker.expect(["“my questions”", "“new question”"]);
    worker.writes("I need housing in Most for a man from 1 March please").await;
    let answer = worker.expect(["I understand: Most", "Is that enough?"]);
    assert_eq!(answer.labels(), ["That is enough", "Further services", "Another topic", "Talk to an operator"]);
    press(&worker, &answer, "Talk to an operator", "will answer right here").await;
    worker.writes("/operator").await;
    worker.expect(["already looking for an operator for question no. 1001"]);
    let offer = jana.expect(["#1001", "Most"]);
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    worker.expect(["An operator has your question no. 1001"]);
    jana.writes("There is a place from Monday.").await;
    worker.expect(["Operator: There is a place from Monday."]);
    worker.writes("/new").await;
    worker.expect(["A new question, no. 1002. Question no. 1001 goes on.", "Where does the client return to?"]);
    jana.writes("Is he coming alone?").await;
    worker.expect(["Operator (no. 1001): Is he coming alone?"]);
    worker.writes("my questions").await;
    let list = worker.expect(["no. 1002 – nothing known yet: waits for your answer", "no. 1001 – housing, Most: with an operator"]);
    press(&worker, &list, "no. 1001 housing, Most", "We go on with question no. 1001").await;
    jana.writes("/konec zajištěno").await;
    jana.expect(["uzavřený"]);
    worker.expect(["We are closing question no. 1001"]);
    let rating = worker.expect(["Did we help?"]);
    press(&worker, &rating, "Yes", "Thank you").await;
    world.ends().await;
}

/// Every command of the menu gets an answer of its own, and none reaches an operator.
async fn every_command_answers(worker: &Person, expected: &[(&str, &str)]) {
    for (command, part) in expected {
        worker.writes(command).await;
        worker.expect([part]);
        worker.reads_all();
    }
}

#[tokio::test]
async fn the_menus_commands_answer_at_every_time() {
    let world = World::with_bot().await;
    let (worker, jana) = (world.person(9001), world.person(JANA));
    let anew = [("/pomoc", "Napište, kam se klient vrací"), ("/propojit", "platí půl hodiny"), ("/odpojit", "není co odpojit")];
    every_command_answers(&worker, &anew).await;
    every_command_answers(&worker, &[("/dotazy", "Žádný dotaz u nás teď nemáte"), ("/start", "Kam se klient vrací?")]).await;
    assert_eq!(world.contacts().await, 1, "only the beginning opens a question");
    every_command_answers(&worker, &anew).await;
    every_command_answers(&worker, &[("/dotazy", "č. 1001 – zatím neupřesněný: čeká na vaši odpověď"), ("/start", "„nový dotaz“"), ("/operator", "Rádi vás předáme člověku")]).await;
    worker.writes(QUESTION).await;
    worker.reads_all();
    let offer = jana.expect(["#1001", "Převezmete ho?"]);
    every_command_answers(&worker, &anew).await;
    every_command_answers(&worker, &[("/dotazy", "hledáme operátora"), ("/start", "„nový dotaz“"), ("/operator", "už hledáme"), ("operátor", "už hledáme")]).await;
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    worker.expect(["má operátor"]);
    every_command_answers(&worker, &anew).await;
    every_command_answers(&worker, &[("/dotazy", "má ho operátor"), ("/start", "„nový dotaz“"), ("/operator", "už operátor má")]).await;
    jana.hears_nothing();
    // Without the slash it may be a person who calls for help.
    worker.writes("pomoc").await;
    jana.expect(["#1001 píše: pomoc"]);
    jana.writes("/konec zajištěno").await;
    jana.expect(["uzavřený"]);
    worker.reads_all();
    every_command_answers(&worker, &anew).await;
    every_command_answers(&worker, &[("/dotazy", "Otevřený teď není žádný"), ("/novy", "Kam se klient vrací?")]).await;
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn what_was_added_or_corrected_while_people_were_asked_reaches_whoever_takes_it() {
    let world = World::with_bot().await;
    let (worker, jana) = (world.person(9001), world.person(JANA));
    let first = worker.writes(QUESTION).await;
    worker.expect(["Most"]);
    let offer = jana.expect(["#1001", "Převezmete ho?"]);
    worker.writes("Má astma a psa.").await;
    worker.expect(["Připsali jsme to"]);
    worker.changes(first, "bydlení Děčín, klient muž, prosím spojit s člověkem").await;
    jana.hears_nothing();
    jana.presses(&offer, "Přijmout").await;
    jana.expect(["je váš"]);
    jana.expect(["#1001 píše: Má astma a psa. / bydlení Děčín, klient muž"]);
    worker.expect(["má operátor"]);
    world.ends().await;
}

#[tokio::test]
async fn a_promised_answer_is_told_whenever_it_is_asked_for() {
    let world = World::with_bot().await;
    let worker = world.person(9001);
    world.clock("2026-02-02 18:00").await;
    worker.writes(QUESTION).await;
    worker.expect(["má teď zavřeno", "číslo vašeho dotazu je 1001"]);
    worker.writes("/operator").await;
    worker.expect(["Dotaz č. 1001 máme, operátor se ozve nejpozději ve středu 4. 2. v 10:00"]);
    worker.writes("/dotazy").await;
    worker.expect(["č. 1001 – bydlení, Most: ozveme se nejpozději ve středu 4. 2. v 10:00"]);
    world.ends().await;
}
