//! `linka understand TEXT`: everything one message says.

use super::{Global, place, setup, text};
use crate::console::label;
use crate::domain::{Flag, Lang, Release, Topic, Understood};
use crate::place::Gazetteer;
use crate::routing::Line;
use crate::understanding::understand;
use clap::Args;
use serde_json::{Value, json};

/// What `linka understand` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The text
    text: Option<String>,
    /// When it was written, such as 2026-02-04T09:00:00+01:00 [default: now]
    #[arg(long, value_name = "RFC3339")]
    at: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Read one text a line from standard input and print one JSON object a line
    #[arg(long)]
    json_lines: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let at = setup::instant(arguments.at.as_deref())?.with_timezone(&Line::ZONE);
    let setup = setup::Setup::new(global)?;
    let (gazetteer, lexicon) = (setup.gazetteer()?, setup.lexicon()?);
    text::each(arguments.text.as_deref(), arguments.json_lines, |text| {
        let understood = understand(text, at, &gazetteer, &lexicon);
        if arguments.json || arguments.json_lines { as_json(&understood).to_string() } else { in_words(&gazetteer, &understood) }
    })
}

/// The stable shape scripts read: that of `linka place` and more.
fn as_json(understood: &Understood) -> Value {
    let (on, window) = match understood.release {
        Some(Release::On(day)) => (Some(day), None),
        Some(Release::Window(from, to)) => (None, Some([from, to])),
        None => (None, None),
    };
    let mut value = place::as_json(&understood.places);
    let more = json!({
        "topics": understood.topics.iter().map(|topic| topic.code()).collect::<Vec<_>>(),
        "who": understood.who,
        "release_on": on,
        "release_window": window,
        "flags": understood.flags.iter().map(|flag| flag.code()).collect::<Vec<_>>(),
        "masked": understood.masked,
        "evidence": understood.evidence,
    });
    if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
    value
}

fn in_words(gazetteer: &Gazetteer, understood: &Understood) -> String {
    let lang = Lang::Cs;
    let topics: Vec<_> = understood.topics.iter().map(|topic: &Topic| topic.label(lang)).collect();
    let flags: Vec<_> = understood.flags.iter().map(|flag: &Flag| flag.label(lang)).collect();
    let mut said = vec![format!("text: {}", understood.masked)];
    said.extend(place::in_words(gazetteer, &understood.places));
    said.push(format!("potřeba: {}", if topics.is_empty() { "neuvedena".to_owned() } else { topics.join(", ") }));
    let who = label::who(&understood.who, lang);
    said.extend((!who.is_empty()).then(|| format!("klient: {}", who.join(", "))));
    said.extend((!flags.is_empty()).then(|| format!("příznaky: {}", flags.join(", "))));
    said.extend(understood.release.map(|release| match release {
        Release::On(day) => format!("propuštění: {day}"),
        Release::Window(from, to) => format!("propuštění: {from} až {to}"),
    }));
    said.extend(understood.evidence.iter().filter_map(|evidence| Some(format!("  „{}“ → {}", evidence.words, found(&evidence.found)?))));
    said.join("\n")
}

/// Names a finding for people; `None` for one whose kind has no word of its own.
fn found(finding: &str) -> Option<&'static str> {
    let (kind, code) = finding.split_once(':').unwrap_or((finding, ""));
    match kind {
        "topic" => Topic::from_code(code).map(|topic| topic.label(Lang::Cs)),
        "flag" => Flag::from_code(code).map(|flag| flag.label(Lang::Cs)),
        "who" => Some("klient"),
        "release" => Some("propuštění"),
        _ => None,
    }
}
