//! What messages are beside words: edits, files, long texts, presses that come late.

use crate::world::World;
use linka::domain::{ATTACHMENT_BYTES_MAX, Format, Happened};
use serde_json::json;

const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a picture";
const OGG: &[u8] = b"OggS a voice note";
const PDF: &[u8] = b"%PDF-1.7 a document";
const WEBP: &[u8] = b"RIFF....WEBP a picture";

#[tokio::test]
async fn an_edit_reaches_whoever_has_the_contact() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    let message = worker.writes("Klient má psa.").await;
    jana.expect(["Klient má psa."]);
    worker.changes(message, "Klient má kočku.").await;
    jana.expect(["Klient má kočku."]);
    worker.changes(message, "Klient nemá nic.").await;
    jana.expect(["Klient nemá nic."]);
    // The Bot API tells of changes nobody can see.
    worker.changes(message, "Klient nemá nic.").await;
    jana.hears_nothing();
    let reply = jana.writes("Kočka vadit nebude.").await;
    worker.expect(["Kočka vadit nebude."]);
    jana.changes(reply, "Zvíře vadit nebude.").await;
    worker.expect(["Zvíře vadit nebude."]);
    let edits = world.log().await.into_iter().filter(|what| matches!(what, Happened::Edited { .. })).count();
    assert_eq!(edits, 2);
    world.ends().await;
}

#[tokio::test]
async fn files_go_both_ways() {
    let world = World::with_bot().await;
    let (worker, jana, taken) = world.held_in_chat().await;
    worker.attaches("photo", JPEG, "Tady je rozhodnutí.").await;
    jana.expect(["Tady je rozhodnutí."]);
    assert_eq!(jana.expect(["#1001 posílá: obrázek"]).file, Some(("photo", JPEG.to_vec())));
    worker.expect(["předali"]);
    worker.attaches("voice", OGG, "").await;
    assert_eq!(jana.expect(["hlasová zpráva"]).file, Some(("voice", OGG.to_vec())));
    worker.expect(["předali"]);
    worker.attaches("document", PDF, "").await;
    assert_eq!(jana.expect(["dokument"]).file, Some(("document", PDF.to_vec())));
    worker.expect(["předali"]);
    let _ = taken;
    jana.attaches("photo", JPEG, "#1001 Takhle to tam vypadá.").await;
    worker.expect(["Takhle to tam vypadá."]);
    assert_eq!(worker.expect(["Operátor posílá: obrázek"]).file, Some(("photo", JPEG.to_vec())));
    world.ends().await;
}

#[tokio::test]
async fn what_is_refused_as_a_picture_or_a_voice_note_goes_as_a_document() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    worker.attaches("document", WEBP, "").await;
    assert_eq!(jana.expect(["obrázek"]).file, Some(("document", WEBP.to_vec())));
    worker.expect(["předali"]);
    world.bot().suffers(|whims| whims.no_voice.push(crate::world::JANA));
    worker.attaches("voice", OGG, "").await;
    assert_eq!(jana.expect(["hlasová zpráva"]).file, Some(("document", OGG.to_vec())));
    worker.expect(["předali"]);
    world.ends().await;
}

#[tokio::test]
async fn what_the_line_cannot_take_is_answered() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    worker.sends(json!({"location": {"latitude": 50.5, "longitude": 13.6}})).await;
    worker.expect(["neumíme přijmout"]);
    let large = u64::try_from(ATTACHMENT_BYTES_MAX).unwrap() + 1;
    worker.sends(worker.file("document", PDF, large, "Celý spis.")).await;
    jana.expect(["Celý spis."]);
    worker.expect(["větší než 5 MB"]);
    // It says it is small and is not.
    let lies = [PDF, &vec![0; ATTACHMENT_BYTES_MAX]].concat();
    worker.sends(worker.file("document", &lies, 500, "")).await;
    worker.expect(["větší než 5 MB"]);
    worker.attaches("document", b"MZ a program", "").await;
    worker.expect(["neumíme přijmout"]);
    worker.sends(json!({"document": {"file_id": "nowhere", "file_unique_id": "u", "file_size": 10}})).await;
    worker.expect(["neumíme přijmout"]);
    jana.sends(json!({"dice": {"emoji": "🎲", "value": 3}})).await;
    jana.expect(["předat neumíme"]);
    jana.hears_nothing();
    world.ends().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_had_now_is_asked_for_again() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    world.bot().suffers(|whims| whims.no_files = 2);
    let photo = worker.file("photo", JPEG, 20, "Plánek.");
    world.bot().sends(9001, 9001, &photo, None);
    worker.writes_unheard("A ještě slovo.");
    let listener = world.listener().await;
    for _ in 0..2 {
        let turn = listener.turn(false).await.unwrap();
        assert_eq!((turn.came, turn.taken), (2, 0), "what comes later waits as well");
    }
    world.hears().await;
    jana.expect(["Plánek."]);
    assert!(jana.expect(["obrázek"]).file.is_some());
    jana.expect(["A ještě slovo."]);
    worker.expect(["předali"]);
    world.bot().suffers(|whims| whims.no_files = 100);
    let photo = worker.file("photo", JPEG, 20, "");
    world.bot().sends(9001, 9001, &photo, None);
    for _ in 0..4 {
        assert_eq!(listener.turn(false).await.unwrap().taken, 0);
    }
    assert_eq!(listener.turn(false).await.unwrap().taken, 1, "not for ever");
    world.settle().await;
    worker.expect(["neumíme přijmout"]);
    world.ends().await;
}

#[tokio::test]
async fn long_words_are_several_messages() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    let long = "Ubytovna má volno 🙂 a ptá se na doklady. ".repeat(90);
    jana.writes(long.trim()).await;
    world.seconds(5).await;
    let got = worker.reads_all();
    assert!(got.len() == 1 && got[0].encode_utf16().count() <= 4_096, "{}", got.len());
    // The line takes four thousand characters; each of these counts as two.
    let faces = "🙂".repeat(3_900);
    jana.writes(&faces).await;
    let got = worker.reads_all();
    assert_eq!(got.len(), 2);
    assert!(got.iter().all(|part| part.encode_utf16().count() <= 4_096));
    assert_eq!(got.concat().matches('🙂').count(), 3_900);
    world.ends().await;
}

#[tokio::test]
async fn a_late_press_is_told_and_the_question_asked_once_more() {
    let world = World::with_bot().await;
    let worker = world.person(9001);
    worker.writes("ahoj").await;
    let shown = std::iter::from_fn(|| world.bot().next(9001)).last().expect("a question");
    let labels = shown.labels().iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
    assert!(!labels.is_empty(), "{shown:?}");
    worker.writes("Most").await;
    worker.reads_all();
    worker.presses_old(&shown, &labels[0]).await;
    let said = worker.reads_all().join("\n");
    assert!(said.contains("už odpověděli"), "{said}");
    worker.presses(&shown, &labels[1]).await;
    assert!(worker.reads_all().join("\n").contains("už odpověděli"));
    world.ends().await;
}

#[tokio::test]
async fn the_format_of_a_file_is_what_its_bytes_say() {
    let world = World::with_bot().await;
    let (worker, jana, _) = world.held_in_chat().await;
    worker.attaches("document", JPEG, "").await;
    assert_eq!(jana.expect(["obrázek"]).file, Some(("photo", JPEG.to_vec())));
    worker.expect(["předali"]);
    assert_eq!(world.contact().await.attachments.first().map(|file| file.format), Some(Format::Jpeg));
    world.ends().await;
}
