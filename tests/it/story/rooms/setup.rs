//! Whoever runs the server: the line signs in once, is checked, serves, and is signed out again.

use crate::matrix::{Homeserver, PASSWORD, Person};
use crate::process::Line;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

fn run(data: &Path, secrets: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linka"));
    command.arg("--data").arg(data).args(arguments).env_remove("LINKA_MATRIX_PASSWORD").envs(secrets.iter().copied());
    command.output().expect("a run")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

#[tokio::test]
async fn who_has_not_signed_in_is_told_how() {
    let folder = tempfile::tempdir().unwrap();
    let (data, config) = (folder.path().join("data"), written(folder.path(), "linka.toml", "[matrix]\n"));
    let config = config.display().to_string();
    for arguments in [&["check", "--config", &config][..], &["check", "--online", "--config", &config], &["matrix", "logout"], &["matrix", "verify"]] {
        let output = run(&data, &[("LINKA_MATRIX_RECOVERY_KEY", "x")], arguments);
        assert!(!output.status.success() && said(&output).contains("linka matrix login"), "{arguments:?}: {}", said(&output));
    }
    let login = ["matrix", "login", "--homeserver", "http://127.0.0.1:9", "--user", "linka"];
    let output = run(&data, &[], &login);
    assert!(said(&output).contains("LINKA_MATRIX_PASSWORD_FILE"), "{}", said(&output));
    let output = run(&data, &[("LINKA_MATRIX_PASSWORD", "x")], &["matrix", "login", "--homeserver", "nikde", "--user", "linka"]);
    assert!(said(&output).contains("write it like https://"), "{}", said(&output));
    let output = run(&data, &[("LINKA_MATRIX_PASSWORD", "x")], &login);
    assert!(!output.status.success() && !said(&output).contains("panicked"), "{}", said(&output));
    let output = run(&data, &[], &["check", "--config", &written(folder.path(), "wrong.toml", "[matrix]\nservers = []\n").display().to_string()]);
    assert!(said(&output).contains("unknown field `servers`"), "{}", said(&output));
}

#[tokio::test]
async fn the_line_signs_in_serves_and_is_signed_out() {
    let Some(server) = Homeserver::open().await else { return };
    let linka = server.register("linka").await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let password = written(folder.path(), "password", PASSWORD).display().to_string();
    let config = written(folder.path(), "linka.toml", "[matrix]\nallowed_servers = [\"zkouska.example\"]\n");
    let imported = run(&data, &[], &["import", "lines", concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml")]);
    assert!(imported.status.success(), "{}", said(&imported));
    let login = ["matrix", "login", "--homeserver", &server.url(), "--user", "linka"];
    let signed_in = run(&data, &[("LINKA_MATRIX_PASSWORD_FILE", &password)], &login);
    let key = said(&signed_in).lines().find_map(|line| line.strip_prefix("recovery key: ").map(str::to_owned)).unwrap_or_else(|| panic!("{}", said(&signed_in)));
    assert!(said(&signed_in).contains(&format!("signed in as {linka}")));
    assert!(said(&run(&data, &[("LINKA_MATRIX_PASSWORD_FILE", &password)], &login)).contains("signed in already"));
    let checked = run(&data, &[], &["check", "--online", "--config", &config.display().to_string()]);
    assert!(said(&checked).contains("ready:") && !said(&checked).contains("Matrix") && !said(&checked).contains("the device is not verified"), "{}", said(&checked));
    let verified = run(&data, &[("LINKA_MATRIX_RECOVERY_KEY", &key)], &["matrix", "verify"]);
    assert!(said(&verified).contains("the device is verified"), "{}", said(&verified));
    let wrong = run(&data, &[("LINKA_MATRIX_RECOVERY_KEY", "EsTc 1234")], &["matrix", "verify"]);
    assert!(said(&wrong).contains("does not fit"), "{}", said(&wrong));
    let vera = Person::joins(&server, "vera").await;
    let line = Line::serve_by(&config, &data);
    vera.writes(&linka, "bydlení Most pro muže").await;
    vera.waits(Duration::from_mins(1)).await;
    vera.expect(["Most"]);
    line.stop();
    vera.reads_all();
    vera.writes(&linka, "a Děčín?").await;
    let line = Line::serve_by(&config, &data);
    vera.waits(Duration::from_mins(1)).await;
    vera.expect([]);
    line.stop();
    let signed_out = run(&data, &[], &["matrix", "logout"]);
    assert!(said(&signed_out).contains("signed out"), "{}", said(&signed_out));
    assert!(!data.join("matrix").exists());
}
