//! What whoever runs the server does about the phone network: setting numbers up, looking whether all is
//! well, the document for the worst case; secrets come from the environment or from files and are never shown.

use crate::phone::{Hand, Network};
use crate::process::Line;
use axum::body::Body;
use axum::http::{Method, Response};
use chrono::{TimeZone, Utc};
use futures_util::FutureExt;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use tempfile::TempDir;

/// A variable of the environment and what it says.
type Secret = (&'static str, String);

const CALLS: &str = "+420228880001";
const TEXTS: &str = "+420719880001";
const SID: &str = "LINKA_TWILIO_ACCOUNT_SID";
const TOKEN: &str = "LINKA_TWILIO_AUTH_TOKEN";

/// Somebody at the server, with the provider's stand-in behind.
struct Desk {
    network: Network,
    folder: TempDir,
    secrets: Vec<(&'static str, String)>,
}

impl Desk {
    async fn open() -> Self {
        let network = Network::open(Arc::new(Hand::at(Utc.with_ymd_and_hms(2026, 2, 2, 9, 0, 0).unwrap()))).await;
        network.owns_for(CALLS, true, false);
        network.owns_for(TEXTS, true, true);
        let secrets = vec![(SID, network.account()), (TOKEN, network.token())];
        let desk = Self { network, folder: tempfile::tempdir().expect("a folder"), secrets };
        let lines = concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml");
        assert!(desk.run(&["import", "lines", lines]).await.status.success());
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file");
        path
    }

    /// Writes a configuration: its `[phone]` with what `more` says, and the numbers.
    fn config(&self, public_url: &str, more: &str, numbers: &[(&str, bool, bool)]) -> PathBuf {
        let number = |(number, voice, sms): &(&str, bool, bool)| format!("[[phone.numbers]]\nnumber = \"{number}\"\nvoice = {voice}\nsms = {sms}\n");
        let numbers: String = numbers.iter().map(number).collect();
        let api = self.network.rest_url();
        self.write("linka.toml", &format!("[phone]\npublic_url = \"{public_url}\"\napi_url = \"{api}\"\n{more}\n{numbers}"))
    }

    fn usual(&self) -> PathBuf {
        self.config("https://linka.example", "", &[(CALLS, true, false), (TEXTS, false, true)])
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Runs a command as a process of its own, while the stand-in goes on answering.
    async fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(&self.secrets, arguments).await
    }

    async fn run_with(&self, secrets: &[(&'static str, String)], arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linka"));
        command.arg("--data").arg(self.data()).args(arguments).envs(secrets.iter().map(|(name, value)| (*name, value)));
        let output = tokio::task::spawn_blocking(move || command.output().expect("a run")).await.expect("an end");
        let said = said(&output);
        assert!(!said.contains(&self.network.token()) && !said.contains(&self.network.api_key().1) && !said.contains("panicked"), "{arguments:?}: {said}");
        output
    }

    async fn set_up(&self, config: &Path, more: &[&str]) -> (Option<i32>, String) {
        let output = self.run(&[&["twilio", "setup", "--config", text(config)], more].concat()).await;
        (output.status.code(), said(&output))
    }

    /// Looks whether all is well; returns problems and warnings.
    async fn check(&self, config: &Path, more: &[&str]) -> (Vec<String>, Vec<String>) {
        self.check_with(&self.secrets, config, more).await
    }

    async fn check_with(&self, secrets: &[(&'static str, String)], config: &Path, more: &[&str]) -> (Vec<String>, Vec<String>) {
        let output = self.run_with(secrets, &[&["check", "--json", "--config", text(config)], more].concat()).await;
        let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(&output)));
        let list = |name: &str| value[name].as_array().expect("a list").iter().map(|one| one.as_str().expect("a sentence").to_owned()).collect::<Vec<_>>();
        let problems = list("problems");
        assert_eq!(output.status.success(), problems.is_empty(), "{value}");
        (problems, list("warnings"))
    }

    fn written(&self) -> usize {
        self.network.requests().iter().filter(|asked| asked.method == "POST").count()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// One sentence holds all parts.
fn tells(sentences: &[String], parts: &[&str]) -> bool {
    sentences.iter().any(|sentence| parts.iter().all(|part| sentence.contains(part)))
}

#[tokio::test]
async fn numbers_are_looked_at_set_up_and_left_alone() {
    let desk = Desk::open().await;
    let config = desk.usual();
    desk.network.sets(CALLS, "voice_url", "https://demo.example/welcome");
    desk.network.sets(CALLS, "status_callback_method", "GET");
    let (status, said) = desk.set_up(&config, &["--dry-run"]).await;
    assert_eq!((status, desk.written()), (Some(0), 0), "{said}");
    for part in ["voice_url was “https://demo.example/welcome”, would be “https://linka.example/twilio/voice#", "sms_url was “”, would be", "status_callback_method was “GET”"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let spare = "https://spare.example/linka.xml";
    let (status, said) = desk.set_up(&config, &["--fallback", spare]).await;
    assert!(status == Some(0) && said.contains("is now “https://linka.example/twilio/voice/status#rc=2&rp=ct,rt,5xx”"), "{said}");
    let set = |number, setting| desk.network.setting(number, setting);
    assert_eq!(set(CALLS, "voice_url"), "https://linka.example/twilio/voice#rc=1&rp=ct,5xx&rt=6000");
    assert_eq!((set(CALLS, "voice_method"), set(CALLS, "status_callback_method")), ("POST".to_owned(), "POST".to_owned()));
    assert_eq!((set(CALLS, "voice_fallback_url"), set(CALLS, "voice_fallback_method")), (spare.to_owned(), "GET".to_owned()));
    assert_eq!(set(TEXTS, "sms_url"), "https://linka.example/twilio/sms#rc=2&rp=ct,rt,5xx");
    // What a number is not for stays as it was.
    assert_eq!((set(CALLS, "sms_url"), set(TEXTS, "voice_url")), (String::new(), String::new()));
    let written = desk.written();
    let (status, said) = desk.set_up(&config, &[]).await;
    assert_eq!((status, desk.written(), said.matches("as it should be").count()), (Some(0), written, 2), "{said}");
    assert!(desk.network.faults().is_empty(), "{:?}", desk.network.faults());
}

#[tokio::test]
async fn a_number_nobody_has_or_that_cannot_is_named() {
    let desk = Desk::open().await;
    let config = desk.config("https://linka.example", "", &[("+420228889999", true, false), (CALLS, true, true), ("LINKA", false, true)]);
    let output = desk.run(&["twilio", "setup", "--json", "--config", text(&config)]).await;
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((output.status.code(), &value["dry_run"]), (Some(1), &Value::Bool(false)));
    let numbers = value["numbers"].as_array().expect("numbers");
    // A name that messages carry is nothing to set up.
    assert_eq!(numbers.len(), 2, "{value}");
    assert_eq!((&numbers[0]["sid"], &numbers[0]["changes"]), (&Value::Null, &Value::Array(Vec::new())));
    assert!(numbers[0]["problems"][0].as_str().is_some_and(|told| told.contains("no such number")), "{value}");
    assert!(numbers[1]["problems"][0].as_str().is_some_and(|told| told.contains("takes no messages")), "{value}");
    assert_eq!((&numbers[1]["changes"][0]["setting"], &numbers[1]["changes"][0]["was"]), (&"voice_url".into(), &"".into()));
    // The rest of it is set up all the same.
    assert!(desk.network.setting(CALLS, "voice_url").starts_with("https://linka.example/twilio/voice"));
    for (fallback, part) in [("linka.xml", "no address"), ("https://linka.example/x.xml", "the line's own host")] {
        let (status, said) = desk.set_up(&config, &["--fallback", fallback]).await;
        assert!(status == Some(1) && said.contains(part), "{said}");
    }
}

#[tokio::test]
async fn a_server_that_only_speaks_alike_gets_plain_addresses() {
    let desk = Desk::open().await;
    let config = desk.config("http://127.0.0.1:9/line/", "vendor = \"compatible\"", &[(TEXTS, true, true)]);
    assert_eq!(desk.set_up(&config, &[]).await.0, Some(0));
    assert_eq!(desk.network.setting(TEXTS, "voice_url"), "http://127.0.0.1:9/line/twilio/voice");
    assert_eq!(desk.network.setting(TEXTS, "sms_url"), "http://127.0.0.1:9/line/twilio/sms");
}

#[tokio::test]
async fn without_online_nobody_is_asked() {
    let desk = Desk::open().await;
    let (problems, warnings) = desk.check(&desk.usual(), &[]).await;
    assert!(problems.is_empty() && !tells(&warnings, &["public"]), "{problems:?} {warnings:?}");
    let (_, warnings) = desk.check(&desk.config("http://linka.example", "", &[(CALLS, true, false)]), &[]).await;
    assert!(tells(&warnings, &["public_url is http", "use https"]), "{warnings:?}");
    assert!(desk.network.requests().is_empty());
    let table = [
        ("https://linka.example", "vendor = \"twillio\"", CALLS, "twillio"),
        ("linka.example", "", CALLS, "public_url"),
        ("https://linka.example", "", "228880001", "228880001"),
        ("https://linka.example", "duty_phone = \"719\"", CALLS, "duty_phone"),
        ("https://linka.example", "parts_per_second = nan", CALLS, "parts_per_second is NaN"),
        ("https://linka.example", "[phone.limits]\ncalls_at_once = 0", CALLS, "calls_at_once is 0"),
        ("https://linka.example", "[phone.limits]\ncost_of_day = -5", CALLS, "cost_of_day is -5"),
        ("https://linka.example", "[[phone.numbers]]\nnumber = \"+420228880009\"\nvoice = true\nline = \"ustecka\"", CALLS, "the line “ustecka”, which is none; write one of"),
    ];
    for (public, more, number, part) in table {
        let (problems, _) = desk.check(&desk.config(public, more, &[(number, true, false)]), &["--online"]).await;
        assert!(tells(&problems, &["[phone", part]), "{part}: {problems:?}");
    }
    let nothing = desk.write("none.toml", "");
    let (problems, warnings) = desk.check(&nothing, &["--online"]).await;
    assert!(problems.len() == 1 && tells(&problems, &["no [phone], [telegram] or [matrix]", "nobody to ask", "leave --online out"]), "{problems:?} {warnings:?}");
    let account = [(SID, "AC123".to_owned()), desk.secrets[1].clone()];
    let (problems, _) = desk.check_with(&account, &desk.usual(), &[]).await;
    assert!(problems.len() == 1 && tells(&problems, &[SID, "AC and 32 digits"]), "{problems:?}");
}

#[tokio::test]
async fn a_line_that_is_set_up_and_reached_is_well() {
    let desk = Desk::open().await;
    let line = Line::serve_with(&desk.usual(), &desk.path("other"), &desk.secrets);
    let config = desk.config(&format!("http://{}", line.address), "", &[(CALLS, true, false), (TEXTS, false, true)]);
    let (problems, warnings) = desk.check(&config, &["--online"]).await;
    assert!(tells(&problems, &[CALLS, "voice_url is empty and should be http://127.0.0.1:", "run `linka twilio setup`"]), "{problems:?}");
    assert!(tells(&warnings, &[CALLS, "nobody answers calls while the line is down", "--fallback"]), "{warnings:?}");
    assert_eq!(desk.set_up(&config, &["--fallback", "https://spare.example/linka.xml"]).await.0, Some(0));
    let (problems, warnings) = desk.check(&config, &["--online"]).await;
    assert!(problems.is_empty() && !tells(&warnings, &["public address"]) && !tells(&warnings, &["line is down"]), "{problems:?} {warnings:?}");
    let wrong_path = desk.config(&format!("http://{}/line", line.address), "", &[(CALLS, true, false)]);
    let (_, warnings) = desk.check(&wrong_path, &["--online"]).await;
    assert!(tells(&warnings, &["public address", "is not this line's", "404"]), "{warnings:?}");
    let no_tls = desk.config(&format!("https://{}", line.address), "", &[(CALLS, true, false)]);
    let (_, warnings) = desk.check(&no_tls, &["--online"]).await;
    assert!(tells(&warnings, &["public address", "does not speak TLS"]), "{warnings:?}");
    let address = line.address;
    line.stop();
    let gone = desk.config(&format!("http://{address}"), "", &[(CALLS, true, false)]);
    let (_, warnings) = desk.check(&gone, &["--online"]).await;
    assert!(tells(&warnings, &["public address", "cannot be reached from here"]), "{warnings:?}");
    assert!(desk.network.faults().is_empty(), "{:?}", desk.network.faults());
}

#[tokio::test]
async fn what_keeps_the_provider_away_is_said() {
    let desk = Desk::open().await;
    let config = desk.config("http://127.0.0.1:9", "", &[(CALLS, true, true), ("+420228889999", true, false)]);
    desk.network.sets(CALLS, "voice_url", "https://demo.example/welcome");
    let (problems, _) = desk.check(&config, &["--online"]).await;
    assert!(tells(&problems, &[CALLS, "takes no messages", "sms = false"]), "{problems:?}");
    assert!(tells(&problems, &["+420228889999", "no such number"]), "{problems:?}");
    let (account, secret) = (desk.network.account(), desk.network.token());
    let wrong = [(SID, account.clone()), (TOKEN, "wrong".to_owned())];
    let (problems, _) = desk.check_with(&wrong, &config, &["--online"]).await;
    assert!(problems.len() == 1 && tells(&problems, &["refuses the credentials", SID, TOKEN]), "{problems:?}");
    let stranger = [(SID, format!("AC{}", "9".repeat(32))), (TOKEN, secret.clone())];
    let (problems, _) = desk.check_with(&stranger, &config, &["--online"]).await;
    assert!(problems.len() == 1 && tells(&problems, &["check LINKA_TWILIO_ACCOUNT_SID"]), "{problems:?}");
    // A key opens the numbers; the token is needed for signatures all the same.
    let (key, key_secret) = desk.network.api_key();
    let key = [("LINKA_TWILIO_API_KEY_SID", key), ("LINKA_TWILIO_API_KEY_SECRET", key_secret)];
    let by_key = [wrong.as_slice(), &key].concat();
    let (problems, _) = desk.check_with(&by_key, &config, &["--online"]).await;
    assert!(tells(&problems, &["the API refuses LINKA_TWILIO_AUTH_TOKEN,"]), "{problems:?}");
    desk.network.is_down();
    let (problems, _) = desk.check(&config, &["--online"]).await;
    assert!(problems.len() == 1 && tells(&problems, &["503", "try again later"]), "{problems:?}");
    let api = desk.network.rest_url();
    let nowhere = std::fs::read_to_string(&config).expect("a file").replace(&api, "http://127.0.0.1:9");
    let nowhere = desk.write("nowhere.toml", &nowhere);
    let (problems, _) = desk.check(&nowhere, &["--online"]).await;
    assert!(problems.len() == 1 && tells(&problems, &["http://127.0.0.1:9 cannot be reached", "api_url"]), "{problems:?}");
    let (status, told) = desk.set_up(&nowhere, &[]).await;
    assert!(status == Some(1) && told.contains("cannot be reached"), "{told}");
}

#[tokio::test]
async fn a_wrong_token_is_found_whoever_signs_in() {
    let desk = Desk::open().await;
    let config = desk.usual();
    let (key, key_secret) = desk.network.api_key();
    let with = |token: &str, more: &[Secret]| {
        let secrets = [(SID, desk.network.account()), (TOKEN, token.to_owned()), ("LINKA_TWILIO_API_KEY_SID", key.clone()), ("LINKA_TWILIO_API_KEY_SECRET", key_secret.clone())];
        [secrets.as_slice(), more].concat()
    };
    let said_of_tokens = async |secrets: Vec<Secret>| {
        let (problems, warnings) = desk.check_with(&secrets, &config, &["--online"]).await;
        [problems, warnings].concat().into_iter().filter(|told| told.contains("AUTH_TOKEN")).collect::<Vec<_>>()
    };
    let next = |token: &str| [("LINKA_TWILIO_AUTH_TOKEN_NEXT", token.to_owned())];
    let token = desk.network.token();
    assert_eq!(said_of_tokens(with(&token, &[])).await, Vec::<String>::new());
    assert!(tells(&said_of_tokens(with("wrong", &[])).await, &["the API refuses LINKA_TWILIO_AUTH_TOKEN,"]));
    assert!(tells(&said_of_tokens(with(&token, &next("wrong"))).await, &["the API refuses LINKA_TWILIO_AUTH_TOKEN_NEXT,"]));
    assert!(tells(&said_of_tokens(with("wrong", &next(&token))).await, &["no longer LINKA_TWILIO_AUTH_TOKEN:"]));
    // The provider lets a second token in and signs with the first.
    desk.network.takes_spare_token("spare-token");
    assert_eq!(said_of_tokens(with(&token, &next("spare-token"))).await, Vec::<String>::new());
    assert!(tells(&said_of_tokens(with("spare-token", &[])).await, &["signs its requests with another token"]));
    desk.network.tells_no_account();
    assert_eq!(said_of_tokens(with(&token, &[])).await, Vec::<String>::new());
    assert!(tells(&said_of_tokens(with("wrong", &[])).await, &["the API refuses LINKA_TWILIO_AUTH_TOKEN,"]));
    desk.network.takes_any_token();
    assert!(tells(&said_of_tokens(with("wrong", &[])).await, &["takes any token", "ring the line once"]));
    assert!(desk.network.faults().is_empty(), "{:?}", desk.network.faults());
}

#[tokio::test]
async fn secrets_come_from_the_environment_or_from_files() {
    let desk = Desk::open().await;
    let config = desk.usual();
    let file = |name: &str, text: &str| desk.write(name, text).to_string_lossy().into_owned();
    let (account, token) = (desk.network.account(), desk.network.token());
    // A file that an editor has ended with a line feed is as good.
    let from_files = [("LINKA_TWILIO_ACCOUNT_SID_FILE", file("sid", &format!("{account}\n"))), ("LINKA_TWILIO_AUTH_TOKEN_FILE", file("token", &format!("{token}\n")))];
    let setup = ["twilio", "setup", "--config", text(&config)];
    assert!(desk.run_with(&from_files, &setup).await.status.success());
    // What stands in the environment itself goes first.
    let both = [from_files.as_slice(), &[(TOKEN, "wrong".to_owned())]].concat();
    assert!(said(&desk.run_with(&both, &setup).await).contains("refuses the credentials"));
    let table: [(&[Secret], &[&str]); 6] = [
        (&[], &[SID, "not set", "LINKA_TWILIO_ACCOUNT_SID_FILE"]),
        (&[(SID, account.clone())], &[TOKEN, "not set", "LINKA_TWILIO_AUTH_TOKEN_FILE"]),
        (&[(SID, account.clone()), (TOKEN, " \n".to_owned())], &[TOKEN, "not set"]),
        (&[(SID, account.clone()), ("LINKA_TWILIO_AUTH_TOKEN_FILE", file("empty", "\n"))], &[TOKEN, "not set"]),
        (&[(SID, account.clone()), ("LINKA_TWILIO_AUTH_TOKEN_FILE", "/does/not/exist".to_owned())], &[TOKEN, "/does/not/exist"]),
        (&[desk.secrets[0].clone(), desk.secrets[1].clone(), ("LINKA_TWILIO_API_KEY_SID", "SK1".to_owned())], &["LINKA_TWILIO_API_KEY_SECRET", "only the other one"]),
    ];
    for (secrets, parts) in table {
        // A line that cannot tell the provider's requests from a stranger's does not start.
        for command in [["serve", "--config", text(&config)].as_slice(), &setup] {
            let output = desk.run_with(secrets, command).await;
            let told = said(&output);
            assert_eq!(output.status.code(), Some(1), "{command:?}: {told}");
            assert!(parts.iter().all(|part| told.contains(part)) && !told.contains("http://"), "{command:?} {parts:?}: {told}");
        }
        let (problems, _) = desk.check_with(secrets, &config, &[]).await;
        assert!(tells(&problems, parts), "{parts:?}: {problems:?}");
    }
}

#[tokio::test]
async fn the_document_for_the_worst_case_is_written() {
    let desk = Desk::open().await;
    // It knows no secret, and needs none.
    let write = async |config: &Path, more: &[&str]| desk.run_with(&[], &[&["twilio", "fallback", "--config", text(config)], more].concat()).await;
    let output = write(&desk.usual(), &[]).await;
    let document = String::from_utf8(output.stdout).expect("UTF-8");
    // The demo's coordinator.
    for part in ["<?xml", "<Number>+420719000100</Number>", &format!("callerId=\"{CALLS}\""), "language=\"cs-CZ\""] {
        assert!(document.contains(part), "{part}: {document}");
    }
    assert!(!document.contains("Alena") && !document.contains("linka.example"), "{document}");
    let duty = desk.config("https://linka.example", "duty_phone = \"+420719000111\"", &[(CALLS, true, false)]);
    let file = desk.path("linka.xml");
    assert!(write(&duty, &["--output", text(&file)]).await.status.success());
    let written = std::fs::read_to_string(&file).expect("a file");
    assert!(written.contains("<Number>+420719000111</Number>"), "{written}");
    assert!(said(&write(&duty, &["--line", "ustecky"]).await).contains("+420719000100"));
    let nowhere = write(&duty, &["--line", "usteky"]).await;
    assert!(nowhere.status.code() == Some(1) && said(&nowhere).contains("no line “usteky”; the lines are "), "{}", said(&nowhere));
    let none = desk.write("none.toml", "");
    assert!(said(&write(&none, &[]).await).contains("no phone network is configured"));
    let help = said(&desk.run(&["twilio", "fallback", "--help"]).await);
    assert!(help.contains("Bin") && help.contains("--fallback URL"), "{help}");
}

#[tokio::test]
async fn a_caller_reaches_the_phone_on_duty_while_the_line_is_down() {
    let desk = Desk::open().await;
    let config = desk.config("https://linka.example", "duty_phone = \"+420719000111\"", &[(CALLS, true, false)]);
    let document = String::from_utf8(desk.run(&["twilio", "fallback", "--config", text(&config)]).await.stdout).expect("UTF-8");
    assert_eq!(desk.set_up(&config, &["--fallback", "https://spare.example/linka.xml"]).await.0, Some(0));
    desk.network.reaches(Arc::new(move |request| {
        let hosted = (request.method() == Method::GET && request.uri().host() == Some("spare.example")).then(|| document.clone());
        let answer = Response::builder().status(if hosted.is_some() { 200 } else { 502 }).header("content-type", "text/xml");
        async move { answer.body(Body::from(hosted.unwrap_or_default())).expect("an answer") }.boxed()
    }));
    let (pavel, duty) = (desk.network.caller("+420719000201"), desk.network.handset("+420719000111"));
    pavel.dials(CALLS).await.hears(["linka má právě poruchu"]).await;
    assert_eq!(duty.rings().shows(), CALLS);
    duty.answers().await.is_bridged_with("+420719000201").hangs_up().await;
    pavel.dials(CALLS).await.hears(["linka má právě poruchu"]).await;
    duty.lets_it_ring().await;
    pavel.hears(["Zavolejte nám prosím později"]).await;
    pavel.is_over();
    desk.network.ends();
}
