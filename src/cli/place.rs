//! `linka place TEXT`: the places of a text and the part each plays.

use super::{Global, setup, text};
use crate::domain::{Lang, Places};
use crate::place::{Gazetteer, resolve};
use clap::Args;
use serde_json::{Value, json};

/// What `linka place` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The text
    text: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Read one text a line from standard input and print one JSON object a line
    #[arg(long)]
    json_lines: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let gazetteer = setup::Setup::new(global)?.gazetteer()?;
    text::each(arguments.text.as_deref(), arguments.json_lines, |text| {
        let places = resolve(&gazetteer, text);
        if arguments.json || arguments.json_lines {
            return as_json(&places).to_string();
        }
        let said = in_words(&gazetteer, &places);
        if said.is_empty() { "žádné místo".to_owned() } else { said.join("\n") }
    })
}

/// The stable shape scripts read.
pub(super) fn as_json(places: &Places) -> Value {
    json!({
        "destination": places.destination,
        "candidates": places.candidates,
        "origin": places.origin,
        "excluded": places.excluded,
        "abroad": places.abroad,
    })
}

/// The places with their parts, each on a line of its own.
pub(super) fn in_words(gazetteer: &Gazetteer, places: &Places) -> Vec<String> {
    let name = |place| gazetteer.describe(place, Lang::Cs);
    let mut said = Vec::new();
    said.extend(places.destination.as_ref().map(|place| format!("místo návratu: {}", name(place))));
    said.extend(places.further.iter().map(|place| format!("také: {}", name(place))));
    said.extend(places.candidates.iter().map(|place| format!("možná: {}", name(place))));
    said.extend(places.origin.as_ref().map(|place| format!("odkud: {}", name(place))));
    said.extend(places.excluded.iter().map(|place| format!("tam ne: {}", name(place))));
    said.extend(places.abroad.as_ref().map(|country| format!("zahraničí: {country}")));
    said
}
