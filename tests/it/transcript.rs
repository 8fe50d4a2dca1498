//! Every conversation of `tests/flow`, played whole.

use linka::flow::{FlowSet, Transcript, never_walked};
use std::collections::BTreeSet;
use std::path::Path;

#[path = "../flow/world.rs"]
mod world;

#[test]
#[expect(clippy::disallowed_methods, reason = "UPDATE=1 rewrites the transcripts")]
fn transcripts_read_as_they_are_played() {
    let set = FlowSet::builtin().expect("the built-in flows are sound");
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flow"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    files.sort();
    let (mut walked, mut stale) = (BTreeSet::new(), Vec::new());
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let transcript = Transcript::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let played = world::within(&transcript, |world| transcript.play(&set, world)).unwrap();
        walked.extend(played.walked);
        if played.text != text {
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, &played.text).unwrap();
            }
            stale.push(path);
        }
    }
    let missed: Vec<String> = never_walked(set.current("worker").unwrap(), &walked).iter().map(|link| format!("{} → {}", link.from, link.to.get_ref())).collect();
    println!("links never walked: {} {}", missed.len(), missed.join(", "));
    assert!(stale.is_empty() || std::env::var_os("UPDATE").is_some(), "run with UPDATE=1 and read the difference: {stale:?}");
}
