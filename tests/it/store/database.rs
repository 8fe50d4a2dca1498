//! The database itself: its writers, copies, schemas and addresses.

use super::{on_each, postgres};
use super::view::listed;
use super::sample::{at, address, worker, contact, letter, keep, apply, turn, known, situation, new};
use linka::domain::Effect;
use linka::store::{Ask, Filter, Store, StoreError};
use std::collections::BTreeSet;
use sqlx::Connection;

#[tokio::test]
async fn writers_come_one_after_the_other() {
    on_each(async |store| {
        let turns = (0..40).map(|n| {
            let store = store.clone();
            async move {
                let mut batch = store.begin().await.unwrap();
                let number = new(&mut batch, &Ask::Nothing, at(0)).await.next_number;
                let effects = [Effect::Introduce(worker()), keep(&contact(number))];
                apply(&mut batch, &format!("turn {n}"), &effects).await.unwrap();
                batch.commit().await.unwrap();
                number
            }
        });
        let numbers: BTreeSet<i64> = futures_util::future::join_all(turns).await.into_iter().collect();
        assert_eq!(numbers, (1001..=1040).collect());
    })
    .await;
}

#[tokio::test]
async fn two_programs_share_one_file_and_a_backup_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("linka.db").display());
    let (one, two) = (Store::open(&url).await.unwrap(), Store::open(&url).await.unwrap());
    assert!(one.is_sqlite());
    let write = async |store: &Store, from: i64| {
        for number in from..from + 30 {
            turn(store, &format!("{number}"), &[Effect::Introduce(worker()), keep(&contact(number))]).await;
        }
    };
    let copy = folder.path().join("copy.db");
    let ((), (), copied) = tokio::join!(write(&one, 2000), write(&two, 3000), one.backup(&copy));
    copied.unwrap();
    assert_eq!(listed(&two, &Filter::default(), 100).await.len(), 60);
    assert!(one.check().await.unwrap().damage.is_empty());
    assert!(matches!(one.backup(&copy).await, Err(StoreError::File { .. })), "never over a file");
    let restored = Store::open(&format!("sqlite:{}", copy.display())).await.unwrap();
    assert!(restored.check().await.unwrap().damage.is_empty());
    let mut late = letter("late", &address());
    late.contact = None;
    turn(&restored, "goes on", &[Effect::Send(late)]).await;
    for store in [one, two, restored] {
        store.close().await;
    }
    assert!(!folder.path().join("linka.db-wal").exists(), "the last writer empties the log");
}

#[tokio::test]
async fn what_is_stored_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("linka.db").display());
    let store = Store::open(&url).await.unwrap();
    known(&store, &[contact(1001)]).await;
    store.close().await;
    let store = Store::open(&url).await.unwrap();
    assert_eq!(situation(&store, &Ask::Worker { address: address(), contact: None, letter: None, original: None, call: None, texts: None, all: false }, at(1)).await.contact, Some(contact(1001)));
}

#[tokio::test]
async fn a_newer_schema_and_a_wrong_address_are_refused_kindly() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("linka.db");
    let url = format!("sqlite:{}", file.display());
    Store::open(&url).await.unwrap().close().await;
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        values (9999, 'later', true, x'00', 0)";
    sqlx::query(newer).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let refused = Store::open(&url).await.unwrap_err();
    assert!(matches!(refused, StoreError::Newer { version: 9999 }), "{refused:?}");
    assert!(refused.to_string().contains("newer"));
    assert!(matches!(Store::open("mysql://x").await, Err(StoreError::Address)));
    let nowhere = format!("sqlite:{}", folder.path().join("no/such/linka.db").display());
    assert!(matches!(Store::open(&nowhere).await, Err(StoreError::Open { .. })));
}

#[tokio::test]
async fn a_temporary_database_goes_with_its_last_user() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let other = store.clone();
    drop(store);
    turn(&other, "still there", &[]).await;
    other.close().await;
}

#[tokio::test]
async fn postgres_is_told_of_its_own_backup() {
    let Some(url) = postgres().await else { return println!("PostgreSQL was left out") };
    let store = Store::open(&url).await.unwrap();
    assert!(!store.is_sqlite());
    let told = store.backup(std::path::Path::new("copy.db")).await.unwrap_err();
    assert!(told.to_string().contains("pg_dump"), "{told}");
}

/// Both schemas have the same tables with the same columns in the same order.
#[test]
fn the_two_schemas_agree() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let steps = |dialect: &str| {
        let mut files: Vec<_> =
            std::fs::read_dir(folder.join(dialect)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files
    };
    let (sqlite, postgres) = (steps("sqlite"), steps("postgres"));
    let names = |files: &[std::path::PathBuf]| -> Vec<_> { files.iter().map(|f| f.file_name().unwrap().to_owned()).collect() };
    assert_eq!(names(&sqlite), names(&postgres));
    let mut all = 0;
    for (sqlite, postgres) in sqlite.iter().zip(&postgres) {
        let read = |file| columns(&std::fs::read_to_string(file).unwrap());
        assert_eq!(read(sqlite), read(postgres));
        all += read(sqlite).len();
    }
    assert!(all > 50, "the schema is read");
}

/// Every `table.column` of a migration, and every index, each in the order it is written.
fn columns(text: &str) -> Vec<String> {
    let mut table = None;
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("create table ") {
            table = name.split_whitespace().next().map(str::to_owned);
        } else if let Some((changed, column)) = line.strip_prefix("alter table ").and_then(|rest| rest.split_once(" add column ")) {
            found.extend(column.split_whitespace().next().map(|column| format!("{changed}.{column}")));
        } else if line.starts_with(')') {
            table = None;
        } else if line.starts_with("create index") {
            found.push(line.to_owned());
        } else if let (Some(table), Some(column)) = (&table, line.split_whitespace().next()) {
            let constraint = ["primary", "unique", "check", "foreign"].contains(&column);
            found.push(if constraint { line.trim().to_owned() } else { format!("{table}.{column}") });
        }
    }
    assert!(!found.is_empty(), "the schema is read");
    found
}
