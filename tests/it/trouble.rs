//! A real process in trouble: a full disk, huge bodies, broken requests.

use crate::process::{Line, ask, write};
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
