//! `linka route --region CZ042`: who gets a contact of a region at an instant, and why.

use super::{Global, answer, block_on, setup};
use crate::domain::{Lang, Region, fold};
use crate::routing::{duty, explain, explain_cover, line_for};
use anyhow::{anyhow, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use serde_json::json;

/// What `linka route` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The region by its code, such as CZ042
    #[arg(long)]
    region: String,
    /// The instant, such as 2026-02-04T09:00:00+01:00 [default: now]
    #[arg(long, value_name = "RFC3339")]
    at: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let at = setup::instant(arguments.at.as_deref())?;
    let setup = setup::Setup::new(global)?;
    let Some(region) = Region::from_code(&arguments.region) else { bail!(unknown_region(&arguments.region)) };
    // What was true then stays true: a named instant is answered by the roster in force at it.
    let handbook = block_on(setup.stocked_as_of(at, arguments.at.as_ref().map(|_| at)))?;
    if handbook.book.lines.is_empty() {
        bail!("no line is set up in {} yet; import lines with `linka import lines FILE`", setup.place());
    }
    let line = line_for(&handbook.book.lines, region, at).ok_or_else(|| anyhow!("no line serves {} ({})", region.name(Lang::Cs), region.code()))?;
    let now = duty(line, at);
    let cover = explain_cover(&handbook.book.lines, region, at);
    let why = cover.into_iter().chain(explain(line, &handbook.book.operators, at, &now));
    let why: Vec<String> = why.map(|sentence| sentence.cs).collect();
    if arguments.json {
        let local = |at: DateTime<Utc>| at.with_timezone(&line.zone).to_rfc3339();
        let on_duty: Vec<_> = now.on_duty.iter().map(|person| json!({ "operator": person.operator, "order": person.order, "until": local(person.until) })).collect();
        let next_open = now.next_open.map(local);
        answer(&json!({ "line": line.id, "open": now.open, "on_duty": on_duty, "next_open": next_open, "why": why }).to_string());
        return Ok(());
    }
    answer(&why.join("\n"));
    Ok(())
}

/// Suggests the region whose code or name is near; else says how codes look.
fn unknown_region(text: &str) -> String {
    let wanted = fold(text.trim());
    let distance = |region: Region| {
        let letters = |known: &str| strsim::damerau_levenshtein(&fold(known), &wanted);
        // Digits of a code are no spelling: another one is another region.
        let name = fold(region.name(Lang::Cs));
        let short = name.trim_end_matches(" kraj").trim_start_matches("kraj ");
        letters(&name).min(letters(short))
    };
    let near = Region::ALL.into_iter().map(|region| (distance(region), region)).min_by_key(|(distance, _)| *distance);
    let near = near.filter(|(distance, _)| *distance <= wanted.chars().count() / 3);
    let hint = match near {
        Some((_, region)) => format!("did you mean {} ({})?", region.code(), region.name(Lang::Cs)),
        None => format!("write one of {}", Region::ALL.map(Region::code).join(", ")),
    };
    format!("“{text}” is no region; {hint}")
}

#[cfg(test)]
mod tests {
    use super::unknown_region;

    #[test]
    fn only_a_near_name_is_suggested() {
        let table = [
            ("CZ999", "write one of CZ010,"),
            ("", "write one of"),
            ("ustecky", "did you mean CZ042 (Ústecký kraj)?"),
            ("Ústeckí kraj", "CZ042"),
            ("vysocina", "CZ063"),
            ("xyz", "write one of"),
        ];
        for (text, expected) in table {
            assert!(unknown_region(text).contains(expected), "{text}: {}", unknown_region(text));
        }
    }
}
