//! Whoever runs the server: a configuration, secrets in the environment or in files, `linka check`, and the
//! real process with the bot behind it.

use crate::process::Line;
use crate::telegram::{BotApi, SECRET, TOKEN};
use chrono::DateTime;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

struct Desk {
    api: BotApi,
    folder: TempDir,
}

impl Desk {
    async fn open() -> Self {
        let api = BotApi::open(Arc::new(|| DateTime::UNIX_EPOCH)).await;
        let desk = Self { api, folder: tempfile::tempdir().expect("a folder") };
        let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml")).expect("lines");
        let lines = desk.write("lines.toml", &text.replace("\"chat:jana\"", "\"telegram:7101\""));
        assert!(desk.run(&[], &["import", "lines", &lines.display().to_string()]).await.status.success());
        desk
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    }

    fn config(&self, more: &str) -> String {
        self.write("linka.toml", &format!("[telegram]\napi_url = \"{}\"\n{more}\n", self.api.url())).display().to_string()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    async fn run(&self, secrets: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linka"));
        command.arg("--data").arg(self.data()).args(arguments).envs(secrets.iter().copied());
        let output = tokio::task::spawn_blocking(move || command.output().expect("a run")).await.expect("an end");
        let said = said(&output);
        assert!(!said.contains(TOKEN) && !said.contains(SECRET) && !said.contains("panicked"), "{arguments:?}: {said}");
        output
    }

    /// What `linka check` says.
    async fn checks(&self, more: &str, secrets: &[(&str, &str)], online: bool) -> String {
        let config = self.config(more);
        let mut arguments = vec!["check", "--config", &config];
        arguments.extend(online.then_some("--online"));
        said(&self.run(secrets, &arguments).await)
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const GOOD: &[(&str, &str)] = &[("LINKA_TELEGRAM_TOKEN", TOKEN), ("LINKA_TELEGRAM_WEBHOOK_SECRET", SECRET)];

#[tokio::test]
async fn what_is_set_wrong_is_said_before_anybody_is_asked() {
    let desk = Desk::open().await;
    for (more, secrets, parts) in [
        ("", &[][..], &["LINKA_TELEGRAM_TOKEN", "LINKA_TELEGRAM_TOKEN_FILE"][..]),
        ("", &[("LINKA_TELEGRAM_TOKEN", "abc")], &["no bot's token", "BotFather"]),
        ("mode = \"webhook\"", GOOD, &["public_url is missing"]),
        ("mode = \"pooling\"", GOOD, &["unknown variant `pooling`", "`polling` or `webhook`"]),
        ("polling = true", GOOD, &["unknown field `polling`"]),
        ("public_url = \"https://linka.example\"", GOOD, &["mode = “webhook” only"]),
    ] {
        let said = desk.checks(more, secrets, false).await;
        assert!(parts.iter().all(|part| said.contains(part)), "{more}: {said}");
    }
    let lines = desk.folder.path().join("lines.toml");
    let named = std::fs::read_to_string(&lines).unwrap().replace("telegram:7101", "telegram:@jana");
    std::fs::write(&lines, named).unwrap();
    assert!(desk.run(&[], &["import", "lines", &lines.display().to_string()]).await.status.success());
    let said = desk.checks("", GOOD, false).await;
    assert!(said.contains("telegram:@jana is no chat"), "{said}");
    assert_eq!(desk.api.asked("getMe"), 0);
}

#[tokio::test]
async fn the_bot_api_is_asked_when_that_is_wanted() {
    let desk = Desk::open().await;
    let said = desk.checks("", GOOD, true).await;
    assert!(said.contains("ready:") && !said.contains("Bot API"), "{said}");
    desk.api.has_webhook(Some("https://jiny.example/hook"));
    let said = desk.checks("", GOOD, true).await;
    assert!(said.contains("https://jiny.example/hook") && said.contains("takes it away"), "{said}");
    desk.api.suffers(|whims| whims.no_privacy = true);
    let said = desk.checks("", GOOD, true).await;
    assert!(said.contains("/setprivacy"), "{said}");
    desk.api.suffers(|whims| whims.revoked = true);
    let said = desk.checks("", GOOD, true).await;
    assert!(said.contains("refuses the token"), "{said}");
    let said = said_unreached(&desk).await;
    assert!(said.contains("cannot be reached"), "{said}");
}

async fn said_unreached(desk: &Desk) -> String {
    let config = desk.write("nowhere.toml", "[telegram]\napi_url = \"http://127.0.0.1:9\"\n").display().to_string();
    said(&desk.run(GOOD, &["check", "--online", "--config", &config]).await)
}

#[tokio::test]
async fn a_served_line_answers_in_the_chat_and_goes_on_after_a_restart() {
    let desk = Desk::open().await;
    let token = desk.write("token", &format!("{TOKEN}\n")).display().to_string();
    let config = PathBuf::from(desk.config(""));
    let secrets = [("LINKA_TELEGRAM_TOKEN_FILE", token)];
    desk.api.writes(9001, 9001, "bydlení Most pro muže", None);
    let answered = async |who: i64, parts: &str| {
        let waited = tokio::time::timeout(Duration::from_secs(30), async {
            loop {
                if let Some(shown) = desk.api.next(who).filter(|shown| shown.text.contains(parts)) {
                    return shown;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        waited.await.unwrap_or_else(|_| panic!("no answer with {parts}"))
    };
    let start = || Line::serve_with(&config, &desk.data(), &secrets);
    let line = start();
    answered(9001, "Most").await;
    line.stop();
    desk.api.writes(9002, 9002, "bydlení Teplice pro ženu", None);
    let line = start();
    answered(9002, "Teplice").await;
    line.stop();
    assert!(desk.api.menus().iter().any(|(scope, ..)| scope == "all_private_chats"));
}
