//! Recorded prompts from the folder to the provider.

use super::{Prompts, Shelf};
use crate::app::Clock;
use crate::channel::twilio::Secret;
use crate::channel::twilio::voice::{Links, Piece, Recorded};
use crate::domain::Lang;
use crate::handbook::Handbook;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use chrono::DateTime;
use std::path::Path;

const HELLO: &str = "Dobrý den, Linka spolupráce. For English, press nine. Operátor: nula.";

fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, format!("ID3 {file}")).unwrap();
    }
    folder
}

fn prompts(folder: Option<&Path>) -> Prompts {
    let shelf = Shelf::read(&Handbook::builtin().unwrap(), folder);
    let clock = Clock::hand(DateTime::from_timestamp(1_770_000_000, 0).unwrap());
    Prompts::new(shelf, &[Secret::new("token")], Links::new("https://linka.example"), clock)
}

/// What is played is shown by its file, what is read by its language.
fn shown(prompts: &Prompts, text: &str, lang: Lang) -> Vec<String> {
    let show = |piece| match piece {
        Piece::Read(text, lang) => format!("{}: {text}", lang.code()),
        Piece::Played(url) => url.split(['/', '?']).rev().nth(1).unwrap_or_default().to_owned(),
    };
    prompts.pieces(text, lang).into_iter().map(show).collect()
}

#[test]
fn english_is_read_by_the_english_voice() {
    let prompts = prompts(None);
    let said = shown(&prompts, &format!("{HELLO} Kam se klient vrací?"), Lang::Cs);
    assert_eq!(said, [
        "cs: Dobrý den, Linka spolupráce.",
        "en: For English, press nine.",
        "cs: Operátor: nula. Kam se klient vrací?",
    ]);
    assert_eq!(shown(&prompts, "Hello. For English, press nine.", Lang::En), ["en: Hello. For English, press nine."]);
    assert!(prompts.pieces("  ", Lang::Cs).is_empty());
}

#[test]
fn what_is_recorded_is_played_and_the_rest_is_read() {
    let folder = folder(&["cs/hello.mp3", "cs/voice_goodbye.wav", "cs/rating.mp3", "cs/rating.wav", "en/hello.wav"]);
    let prompts = prompts(Some(folder.path()));
    assert_eq!(shown(&prompts, &format!("{HELLO} Bydlení: jedna."), Lang::Cs), ["hello.mp3", "cs: Bydlení: jedna."]);
    assert_eq!(shown(&prompts, "Pomohli jsme vám? Ano: jedna.", Lang::Cs), ["rating.mp3", "cs: Ano: jedna."]);
    let wording = Handbook::builtin().unwrap().wording;
    let goodbye = wording.phrases.say(crate::handbook::Phrase::VoiceGoodbye, Lang::Cs, &[]);
    assert_eq!(shown(&prompts, &goodbye, Lang::Cs), ["voice_goodbye.wav"]);
    assert_eq!(shown(&prompts, HELLO, Lang::En).len(), 1, "another language's recording is none");
    assert_eq!((prompts.shelf.count(Lang::Cs), prompts.shelf.count(Lang::En)), (4, 1));
    assert!(prompts.shelf.warnings().is_empty(), "{:?}", prompts.shelf.warnings());
}

#[test]
fn a_file_that_belongs_to_nothing_is_named() {
    let folder = folder(&["cs/helo.mp3", "cs/closed.mp3", "cs/hello.ogg", "cs/.hidden", "en/Dobrý den.mp3"]);
    let warnings = prompts(Some(folder.path())).shelf.warnings().to_vec();
    assert_eq!(warnings.len(), 4, "{warnings:?}");
    let named = |part: &str| warnings.iter().any(|warning| warning.contains(part));
    assert!(named("cs/helo.mp3") && named("did you mean `hello`?"), "{warnings:?}");
    assert!(named("cs/closed.mp3") && named("cs/hello.ogg") && named("en/Dobrý den.mp3"), "{warnings:?}");
    let nowhere = folder.path().join("nowhere");
    assert!(prompts(Some(&nowhere)).shelf.warnings()[0].contains("nowhere"));
}

async fn asked(prompts: &Prompts, file: &str, target: &str, range: Option<&str>) -> (StatusCode, String) {
    let mut request = Request::get(target);
    if let Some(range) = range {
        request = request.header(header::RANGE, range);
    }
    let response = prompts.serve("cs", file, request.body(Body::empty()).unwrap()).await;
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn only_signed_and_known_files_are_served_whole_or_in_part() {
    let folder = folder(&["cs/hello.mp3", "secret.mp3"]);
    let prompts = prompts(Some(folder.path()));
    let now = prompts.clock.now();
    let good = prompts.signer.address(Lang::Cs, "hello.mp3", now);
    assert_eq!(asked(&prompts, "hello.mp3", &good, None).await, (StatusCode::OK, "ID3 cs/hello.mp3".to_owned()));
    assert_eq!(asked(&prompts, "hello.mp3", &good, Some("bytes=4-5")).await, (StatusCode::PARTIAL_CONTENT, "cs".to_owned()));
    for bad in ["/twilio/audio/cs/hello.mp3", "/twilio/audio/cs/hello.mp3?e=99999999999&s=", &good.replace("hello", "other")] {
        assert_eq!(asked(&prompts, "hello.mp3", bad, None).await.0, StatusCode::FORBIDDEN, "{bad}");
    }
    // Even an address of our own signing leads nowhere else.
    for outside in ["../secret.mp3", "..%2fsecret.mp3", "/etc/passwd", "hello.mp3/../../secret.mp3", "other.mp3"] {
        let target = prompts.signer.address(Lang::Cs, outside, now);
        assert_eq!(asked(&prompts, outside, &target, None).await.0, StatusCode::NOT_FOUND, "{outside}");
    }
    prompts.clock.move_to(now + chrono::TimeDelta::hours(26));
    assert_eq!(asked(&prompts, "hello.mp3", &good, None).await.0, StatusCode::FORBIDDEN);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_out_of_the_folder_leads_nowhere() {
    let (folder, outside) = (folder(&["cs/rating.mp3"]), folder(&["secret.mp3"]));
    std::os::unix::fs::symlink(outside.path().join("secret.mp3"), folder.path().join("cs/hello.mp3")).unwrap();
    let prompts = prompts(Some(folder.path()));
    let target = prompts.signer.address(Lang::Cs, "hello.mp3", prompts.clock.now());
    assert_eq!(asked(&prompts, "hello.mp3", &target, None).await.0, StatusCode::NOT_FOUND);
}
