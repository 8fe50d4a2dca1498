//! `linka route --region CZ042`: who gets a contact of a region at an instant, and why.

use super::{Global, answer, block_on, setup};
use crate::domain::{Lang, Region};
use crate::routing::{duty, explain, line_for};
use anyhow::{anyhow, bail};
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
    let Some(region) = Region::from_code(&arguments.region) else { bail!(unknown_region(&arguments.region)) };
    let handbook = block_on(setup::Setup::new(global)?.answering(at))?;
    let line = line_for(&handbook.book.lines, region).ok_or_else(|| anyhow!("no line serves {}; import lines first", region.name(Lang::Cs)))?;
    let now = duty(line, at);
    let why: Vec<String> = explain(line, &handbook.book.operators, at, &now).into_iter().map(|sentence| sentence.cs).collect();
    if arguments.json {
        let on_duty: Vec<_> = now.on_duty.iter().map(|person| json!({ "operator": person.operator, "order": person.order })).collect();
        let next_open = now.next_open.map(|at| at.with_timezone(&line.zone).to_rfc3339());
        answer(&json!({ "line": line.id, "open": now.open, "on_duty": on_duty, "next_open": next_open, "why": why }).to_string());
        return Ok(());
    }
    answer(&why.join("\n"));
    Ok(())
}

fn unknown_region(text: &str) -> String {
    let wanted = crate::domain::fold(text);
    let near = Region::ALL.into_iter().max_by(|a, b| {
        let score = |region: &Region| {
            let name = crate::domain::fold(region.name(Lang::Cs));
            strsim::jaro_winkler(&name, &wanted).max(strsim::jaro_winkler(&region.code().to_lowercase(), &wanted))
        };
        score(a).total_cmp(&score(b))
    });
    let hint = near.map(|region| format!("; did you mean {} ({})?", region.code(), region.name(Lang::Cs))).unwrap_or_default();
    format!("“{text}” is no region{hint}")
}
