//! Tidiness as tests: imports point down, files open with their purpose, the core names no brand.

use std::path::{Path, PathBuf};

/// The layers, top first. A module may import only what stands below its row, or itself.
const LAYERS: &[&[&str]] = &[
    &["main", "cli"],
    &["console", "page", "gateway"],
    &["app"],
    &["store", "channel", "config"],
    &["decision"],
    &["handbook"],
    &["flow"],
    &["routing", "catalogue", "understanding"],
    &["place"],
    &["domain"],
];

/// Pairs that share a row and may import each other's names all the same, with the reason.
const ALLOWED: &[(&str, &str)] = &[
    // The demo shows the coordinator's log with the console's own timeline.
    ("page", "console"),
];

/// Modules that take values in and give values out: nothing of the outside world.
const PURE: &[&str] = &["domain", "place", "understanding", "catalogue", "routing", "flow", "handbook", "decision"];

/// What a pure module may not name.
const IMPURE: &[&str] = &["async fn", "sqlx::", "axum::", "tokio::", "std::fs", "std::env", "std::net", "tracing::", "Utc::now", "getrandom", "Uuid::new_v4", "Uuid::now_v7"];

/// Brands the core may not know.
const BRANDS: &[&str] = &["twilio", "telegram", "matrix"];

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    assert!(found.len() > 80, "only {} files were found", found.len());
    found
}

fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            found.push((path, text));
        }
    }
}

/// The top-level module a file belongs to.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).expect("a file under src");
    let first = inside.components().next().expect("a first part").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The code without its tests and comments.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    code.lines().map(|line| line.split("//").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs") || path.ends_with("oracle.rs")
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

#[test]
fn imports_point_down() {
    let mut upward = Vec::new();
    for (path, text) in sources() {
        let from = module(&path);
        if from == "lib" || is_test(&path) {
            continue;
        }
        let here = layer(&from).unwrap_or_else(|| panic!("{from} stands in no layer"));
        for row in LAYERS.iter().flat_map(|row| row.iter()) {
            let there = layer(row).expect("a layer");
            let names = code(&text).contains(&format!("crate::{row}::")) || code(&text).contains(&format!("use crate::{row};"));
            let allowed = ALLOWED.contains(&(from.as_str(), row));
            if names && *row != from && there <= here && !allowed {
                upward.push(format!("{} imports {row}", path.display()));
            }
        }
    }
    assert!(upward.is_empty(), "imports that do not point down:\n{}", upward.join("\n"));
}

#[test]
fn the_core_is_pure() {
    let mut impure = Vec::new();
    for (path, text) in sources() {
        if PURE.contains(&module(&path).as_str()) && !is_test(&path) {
            let code = code(&text);
            impure.extend(IMPURE.iter().filter(|word| code.contains(**word)).map(|word| format!("{}: {word}", path.display())));
            let lower = code.to_lowercase();
            impure.extend(BRANDS.iter().filter(|brand| lower.contains(**brand)).map(|brand| format!("{}: {brand}", path.display())));
        }
    }
    assert!(impure.is_empty(), "the core reaches outside:\n{}", impure.join("\n"));
}

#[test]
fn only_the_store_speaks_sql() {
    let outside = |(path, text): &(PathBuf, String)| module(path) != "store" && code(text).contains("sqlx::");
    let found: Vec<_> = sources().into_iter().filter(outside).map(|(path, _)| path).collect();
    assert!(found.is_empty(), "SQL outside the store: {found:?}");
}

#[test]
fn every_file_opens_with_its_purpose_and_stays_readable() {
    let mut untidy = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//!") {
            untidy.push(format!("{} does not open with //!", path.display()));
        }
        let lines = code(&text).lines().count();
        if lines > 400 && !is_test(&path) {
            untidy.push(format!("{} has {lines} lines", path.display()));
        }
        for mark in ["TO\u{44}O", "FIX\u{4d}E", "#[ign\u{6f}re"] {
            // A calendar's VTODO is none of ours.
            if text.replace("VTO\u{44}O", "").contains(mark) {
                untidy.push(format!("{} has {mark}", path.display()));
            }
        }
    }
    assert!(untidy.is_empty(), "{}", untidy.join("\n"));
}
