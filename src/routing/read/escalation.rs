//! `escalation` of a line: a list of steps, or a table with `steps` and how often they are repeated.

use super::table::{Notes, Table};
use super::{check, line::MINUTES_MAX};
use crate::routing::edit;
use crate::routing::{Escalation, Step, Target};

pub(super) fn read(line: &Table<'_>, notes: &mut Notes<'_>) -> Escalation {
    let silent = line.number("silent_minutes", (1, MINUTES_MAX), notes);
    let silent_minutes = silent.map_or(Escalation::SILENT_MINUTES, |found| found.value);
    let whole = line.is_table("escalation").then(|| line.table("escalation", notes)).flatten();
    let (tables, repeat) = match &whole {
        Some(whole) => {
            whole.only(&["steps", "repeat"], notes);
            let repeat = whole.number("repeat", (0, edit::REPEAT_MAX.into()), notes);
            (whole.tables("steps", notes), repeat.and_then(|found| u8::try_from(found.value).ok()).unwrap_or(0))
        }
        None => (line.tables("escalation", notes), 0),
    };
    let usual = Escalation { repeat, silent_minutes, ..Escalation::default() };
    if tables.is_empty() { usual } else { Escalation { steps: steps(&tables, repeat, notes), ..usual } }
}

fn steps(tables: &[Table<'_>], repeat: u8, notes: &mut Notes<'_>) -> Vec<Step> {
    let mut chain = Escalation { steps: Vec::new(), repeat, ..Escalation::default() };
    let mut sound = true;
    for table in tables {
        let Some(step) = step(table, notes) else { continue };
        chain.steps.push(step);
        sound = sound && check::taken(edit::chain(&chain), &table.place, notes);
    }
    let steps = chain.steps;
    if steps.last().is_some_and(|step| step.to != Target::Coordinator) {
        let place = tables.last().map_or(0..0, |table| table.place.clone());
        let hint = "add { after_minutes = …, to = \"coordinator\" }".to_owned();
        notes.mistake(place, "an escalation must end at the coordinator", Some(hint));
    }
    steps
}

fn step(table: &Table<'_>, notes: &mut Notes<'_>) -> Option<Step> {
    table.only(&["after_minutes", "to"], notes);
    table.needed("after_minutes", notes);
    let after = table.number("after_minutes", (0, MINUTES_MAX), notes);
    let to = table.needed_text("to", notes)?;
    match Target::try_from(to.value.to_owned()) {
        Ok(target) => Some(Step { after_minutes: after?.value, to: target }),
        Err(problem) => {
            notes.mistake(to.place, problem, None);
            None
        }
    }
}
