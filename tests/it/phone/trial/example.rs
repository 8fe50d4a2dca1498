//! The checked documents handed over with the line are documents this network takes.

use super::{LINE, PAVEL, document, network};
use crate::phone::{document as read, verb};

#[tokio::test]
async fn the_shared_examples_are_taken() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/examples/twiml");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("left out: no documents at {folder}");
        return;
    };
    let mut seen = 0;
    for entry in entries {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("a document");
        let root = read::read("text/xml", text.as_bytes()).expect("a document");
        verb::read(&root, false).unwrap_or_else(|wrong| panic!("{wrong:?} in\n{text}"));
        let network = network(move |heard| if heard.path == "/voice" { document(text.clone()) } else { document("<Response/>".to_owned()) }).await;
        network.owns("+420719880000");
        network.caller(PAVEL).dials(LINE).await.listens().await;
        network.passes(120_000).await;
        assert_eq!(network.live_calls(), 0);
        network.ends();
        seen += 1;
    }
    assert_eq!(seen, 11, "documents in {folder}");
}
