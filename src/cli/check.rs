//! `linka check`: is everything declared right, and will somebody be there?

use super::{Global, answer, block_on, setup};
use crate::app::Clock;
use crate::domain::{Lang, Region};
use crate::routing::{Line, days, line_for, say_date, say_time};
use anyhow::bail;
use clap::Args;
use serde_json::json;

/// How far ahead gaps are looked for.
const GAP_DAYS: usize = 30;

/// What `linka check` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    let now = Clock::System.now();
    let (mut wrong, mut warnings) = (Vec::new(), Vec::new());
    let handbook = block_on(setup.answering(now))?;
    for region in Region::ALL {
        if line_for(&handbook.book.lines, region).is_none() {
            wrong.push(format!("{} ({}) is served by no line", region.name(Lang::Cs), region.code()));
        }
    }
    for line in &handbook.book.lines {
        warnings.extend(gaps(line, now));
        if handbook.operator(&line.coordinator).is_none() {
            wrong.push(format!("{}: the coordinator “{}” is not among the operators", line.name.cs, line.coordinator));
        }
    }
    if handbook.catalogue.is_empty() {
        warnings.push("the catalogue is empty; import services".to_owned());
    }
    if setup.configured || setup.data.join("linka.db").exists() {
        let findings = block_on(async { Ok(setup.store().await?.check().await?) })?;
        wrong.extend(findings.damage);
        wrong.extend(findings.adrift.iter().map(|number| format!("contact #{number} is open and nothing would move it")));
    }
    if arguments.json {
        answer(&json!({ "problems": wrong, "warnings": warnings }).to_string());
    } else {
        for warning in &warnings {
            answer(&format!("warning: {warning}"));
        }
        for problem in &wrong {
            answer(&format!("problem: {problem}"));
        }
        if wrong.is_empty() {
            answer(&format!("ready: {} lines, {} operators, {} municipalities", handbook.book.lines.len(), handbook.book.operators.len(), handbook.gazetteer.municipality_count()));
        }
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{} problems found", wrong.len()) }
}

fn gaps(line: &Line, now: chrono::DateTime<chrono::Utc>) -> Vec<String> {
    let today = now.with_timezone(&line.zone).date_naive();
    let day = |day: crate::routing::Day| {
        let told: Vec<String> = day.gaps.iter().map(|gap| format!("{}–{}", say_time(gap.from, line.zone), say_time(gap.to, line.zone))).collect();
        (!told.is_empty()).then(|| format!("{}: nobody on {} {}", line.name.cs, say_date(day.date, today, Lang::En), told.join(", ")))
    };
    days(line, now, GAP_DAYS).into_iter().filter_map(day).collect()
}
