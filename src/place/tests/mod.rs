//! What the place module must get right: the shared samples with their bars, a
//! table of attested forms of tricky names, typos, sentences without a place,
//! and the parts places play.

mod forms;
mod imports;
mod roles;
mod samples;
mod silence;
mod speed;
mod typos;
mod unknown;

use super::Gazetteer;
use std::sync::OnceLock;

/// The official list, where it lies beside the project.
fn official_csv() -> Option<String> {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/cz_municipalities.csv")).ok()
}

fn shared_lines(name: &str) -> Option<String> {
    std::fs::read_to_string(format!("{}/../shared/data/{name}", env!("CARGO_MANIFEST_DIR"))).ok()
}

fn builtin() -> &'static Gazetteer {
    static MADE: OnceLock<Gazetteer> = OnceLock::new();
    MADE.get_or_init(|| Gazetteer::builtin().unwrap())
}

/// The gazetteer with all municipalities, else the built-in one.
fn fullest() -> &'static Gazetteer {
    static MADE: OnceLock<Option<Gazetteer>> = OnceLock::new();
    MADE.get_or_init(|| official_csv().map(|csv| Gazetteer::with_official(&csv).unwrap())).as_ref().unwrap_or_else(builtin)
}

/// Both gazetteers, by name.
fn both() -> [(&'static str, &'static Gazetteer); 2] {
    [("built in", builtin()), ("official", fullest())]
}

/// Says where the samples are missing, so that a pass is not mistaken for a check.
fn left_out(what: &str) {
    eprintln!("left out: {what} is not beside the project");
}
