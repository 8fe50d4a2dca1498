//! A real process in trouble: a full disk, huge bodies, broken requests.

use crate::process::{Line, ask, ask_from, write};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use linka::domain::EventKey;
use linka::store::Store;

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    // The demo's data are written first, on a disk that has room.
    Line::start(folder.path()).stop();
    let room = std::fs::metadata(folder.path().join("linka.db")).expect("the database").len() / 1_024 + 600;
    let line = Line::start_on_small_disk(folder.path(), u32::try_from(room).expect("a small disk"));
    let mut acknowledged = Vec::new();
    let mut refused = None;
    for n in 0..3_000 {
        if write(line.address, n, "bydleni+Most") {
            acknowledged.push(n);
        } else {
            refused = Some(n);
            break;
        }
    }
    let refused = refused.expect("a disk that fills up");
    assert!(ask(line.address, "GET /healthz HTTP/1.1", b"").starts_with("HTTP/1.1 200"), "the line still answers");
    line.kill();
    let line = Line::start(folder.path());
    assert!(write(line.address, refused, "bydleni+Most"), "with room again, the refused message is taken");
    line.stop();
    let url = format!("sqlite:{}", folder.path().join("linka.db").display());
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let store = Store::open(&url).await.expect("the database");
        let mut batch = store.begin().await.expect("a batch");
        for n in acknowledged {
            let key = EventKey::new(format!("demo:chat:belusice-{n}:{}", crate::process::key(n)));
            assert!(crate::world::accepted(&mut batch, &key).await, "message {n} was acknowledged and lost");
        }
        drop(batch);
        assert!(store.check().await.expect("a check").damage.is_empty());
    });
}

#[test]
fn strange_requests_get_an_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = Line::start(folder.path());
    let huge = vec![b'a'; 10 * 1_024 * 1_024];
    let table: [(&str, &[u8], &[&str]); 8] = [
        ("GET /healthz HTTP/1.1", b"", &["200"]),
        ("GET /readyz HTTP/1.1", b"", &["200"]),
        ("GET /metrics HTTP/1.1", b"", &["200"]),
        ("POST /demo/write HTTP/1.1", &huge, &["413"]),
        ("POST /w/in HTTP/1.1", &huge, &["413"]),
        ("POST /demo/write HTTP/1.1", b"device=chat&words=%ff%fe\xff", &["400", "422", "200", "303"]),
        ("POST /demo/write HTTP/1.1", b"", &["400", "422", "200"]),
        ("GET /nothing-here HTTP/1.1", b"", &["404"]),
    ];
    for (request, body, statuses) in table {
        let answer = ask(line.address, request, body);
        assert!(statuses.iter().any(|status| answer.starts_with(&format!("HTTP/1.1 {status}"))), "{request}: {}", answer.lines().next().unwrap_or_default());
    }
    line.stop();
}

const LINES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config/demo/lines.toml");

/// Runs a command on a data folder.
fn run(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linka")).arg("--data").arg(data).args(arguments).output().expect("a run")
}

/// Runs a command that must fail with 1 and say all of `parts`.
fn refuses(data: &Path, arguments: &[&str], parts: &[&str]) {
    let output = run(data, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + String::from_utf8_lossy(&output.stdout).as_ref();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
    for part in parts {
        assert!(said.contains(part), "{arguments:?} should say “{part}”: {said}");
    }
}

/// Asks again until the answer fits.
fn until(what: &str, mut fits: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !fits() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what} did not come");
        std::thread::yield_now();
    }
}

#[test]
fn a_folder_belongs_to_one_running_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = folder.path().display().to_string();
    let line = Line::start(folder.path());
    // The address is printed first; the demo's data are written before the first answer.
    assert!(ask(line.address, "GET /readyz HTTP/1.1", b"").starts_with("HTTP/1.1 200"));
    let process = format!("linka demo, process {}", line.id());
    for command in ["demo", "serve"] {
        refuses(folder.path(), &[command, "--listen", "127.0.0.1:0"], &[&name, &process, "--data"]);
    }
    let copy = folder.path().join("copy.db").display().to_string();
    for short in [&["check"] as &[&str], &["backup", &copy], &["user", "add", "marie"], &["import", "lines", LINES]] {
        let output = run(folder.path(), short);
        assert!(output.status.success(), "{short:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    line.kill();
    Line::start(folder.path()).stop();
}

#[test]
fn a_fresh_line_says_that_it_is_not_set_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert!(run(data, &["user", "add", "alena"]).status.success());
    refuses(data, &["check"], &["no line is set up", "linka import lines FILE"]);
    refuses(data, &["route", "--region", "CZ042"], &["no line is set up", "linka import lines FILE"]);
    refuses(data, &["ask", "bydlení Most"], &["no services", "linka import services FILE"]);
    let line = Line::serve(data, &data.join("log"));
    let page = ask(line.address, "GET /w HTTP/1.1", b"");
    assert!(page.starts_with("HTTP/1.1 503") && page.contains("Linka ještě není nastavená") && page.contains("linka import lines"), "{page}");
    assert!(page.contains("content-security-policy"), "{page}");
    assert!(ask(line.address, "POST /w/say HTTP/1.1", b"key=abcdefgh-1234&words=x").contains("není nastavená"));
    let output = run(data, &["import", "lines", LINES]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    until("the imported line", || ask(line.address, "GET /w HTTP/1.1", b"").starts_with("HTTP/1.1 200"));
    assert!(run(data, &["check"]).status.success());
    let said = String::from_utf8(run(data, &["check"]).stdout).expect("UTF-8");
    assert!(said.contains("ready: 8 lines") && said.contains("the catalogue is empty"), "{said}");
    line.stop();
}

#[test]
fn forms_of_other_pages_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = Line::start(folder.path());
    let form = b"device=chat&who=belusice&run=1&contact=0&key=foreign-0001&words=bydleni+Most&code=BEL&pin=246810";
    for path in ["/demo/write", "/demo/clock", "/w/in", "/w/say", "/w/out", "/console/sign-in"] {
        let request = format!("POST {path} HTTP/1.1");
        let answer = ask_from(line.address, &request, "http://evil.example", form);
        assert!(answer.starts_with("HTTP/1.1 403"), "{path}: {answer}");
        assert!(!ask(line.address, &request, form).starts_with("HTTP/1.1 403"), "{path}");
    }
    line.stop();
}

#[test]
fn figures_are_described_and_there_from_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = Line::start(folder.path());
    let figures = ask(line.address, "GET /metrics HTTP/1.1", b"");
    for name in ["linka_events_total", "linka_letters_total", "linka_batches_failed_total", "linka_batch_events", "linka_sign_ins_refused_total"] {
        assert!(figures.contains(&format!("# HELP {name} ")) && figures.contains(&format!("\n{name}")), "{name} is missing:\n{figures}");
    }
    assert!(figures.contains("linka_batches_failed_total 0"), "{figures}");
    line.stop();
}

#[test]
fn the_log_tells_requests_and_refused_sign_ins_but_no_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    let line = Line::serve(folder.path(), &log);
    ask(line.address, "POST /console/sign-in HTTP/1.1", b"name=tajna-alena&password=hadam");
    ask(line.address, "POST /w/in HTTP/1.1", b"code=TAJNA&pin=112233");
    ask(line.address, "GET /console/contact/4711?q=hledane HTTP/1.1", b"");
    line.stop();
    let said = std::fs::read_to_string(&log).expect("the log");
    for part in ["no line is set up yet", "a sign-in was refused", "door=\"console\"", "door=\"worker\"", "a request was answered", "/console/contact/{number}", "status=401", "stopping"] {
        assert!(said.contains(part), "“{part}” is missing:\n{said}");
    }
    for secret in ["tajna-alena", "hadam", "TAJNA", "112233", "4711", "hledane", "\u{1b}["] {
        assert!(!said.contains(secret), "“{secret}” is in the log:\n{said}");
    }
}

#[test]
fn an_unreachable_server_is_said_soon_and_clearly() {
    let folder = tempfile::tempdir().expect("a folder");
    // It listens and never says a word.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("an address");
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("an address").local_addr().expect("its port");
    let table = [(silent.local_addr().expect("its port"), "no answer within"), (gone, "refused")];
    for (address, part) in table {
        let config = folder.path().join("linka.toml");
        std::fs::write(&config, format!("[database]\nurl = \"postgres://linka:tajne@{address}/linka\"\n")).expect("a file");
        let begun = Instant::now();
        refuses(folder.path(), &["check", "--config", &config.display().to_string()], &["cannot open the database on 127.0.0.1", part]);
        assert!(begun.elapsed() < Duration::from_secs(8), "{address} took {:?}", begun.elapsed());
    }
}

#[test]
fn while_all_is_well_a_watcher_outside_hears_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let watcher = std::net::TcpListener::bind("127.0.0.1:0").expect("a watcher");
    let config = folder.path().join("linka.toml");
    let url = format!("http://{}/ping", watcher.local_addr().expect("its address"));
    std::fs::write(&config, format!("[heartbeat]\nurl = \"{url}\"\nseconds = 1\n")).expect("a configuration");
    let (heard, listening) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for mut call in watcher.incoming().take(2).map(|call| call.expect("a call")) {
            let mut first = String::new();
            std::io::BufRead::read_line(&mut std::io::BufReader::new(&call), &mut first).expect("a request");
            std::io::Write::write_all(&mut call, b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").expect("an answer");
            heard.send(first).expect("a test that listens");
        }
    });
    let line = Line::serve_by(&config, folder.path());
    for _ in 0..2 {
        let first = listening.recv_timeout(Duration::from_secs(30)).expect("a heartbeat");
        assert!(first.starts_with("GET /ping "), "{first}");
    }
    line.stop();
}
