//! `linka check`: is everything declared right, and will somebody be there?

use super::{Global, answer, block_on, counted, setup};
use crate::app::Clock;
use crate::domain::{FORECAST_DAYS, Lang, Region};
use crate::config::PhoneSecrets;
use crate::gateway::matrix::House;
use crate::gateway::{self, Findings, Shelf};
use crate::handbook::Handbook;
use crate::routing::{self, WarningKind, line_for};
use anyhow::bail;
use clap::Args;
use serde_json::json;

/// How a line is set up.
const IMPORT_LINES: &str = "import lines with `linka import lines FILE` (config/demo/lines.toml is an example)";

/// Why nobody can be asked.
const NOBODY: &str = "there is no [phone], [telegram] or [matrix] in the configuration, so there is nobody to ask; add one of them, or leave --online out";
const NO_CONFIGURATION: &str = "no configuration is named, so there is nobody to ask; name it with --config FILE, or leave --online out";

/// What a node without the account learns.
const ELSEWHERE: &str = "Matrix: nobody is signed in on this node; rooms are listened to and written to by the node that has the account, and by none while it is down";

/// What `linka check` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Ask the providers too, and knock at the line's own public address
    #[arg(long)]
    online: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    let now = Clock::System.now();
    let (mut wrong, mut warnings) = (Vec::new(), Vec::new());
    let handbook = block_on(setup.stocked(now))?;
    if setup.is_demo() {
        warnings.push(format!("there is no database in {} yet: this is the built-in demo; {IMPORT_LINES}", setup.place()));
    }
    if handbook.book.lines.is_empty() {
        wrong.push(format!("no line is set up in {} yet; {IMPORT_LINES}", setup.place()));
    } else {
        let unserved = Region::ALL.into_iter().filter(|region| line_for(&handbook.book.lines, *region, now).is_none());
        wrong.extend(unserved.map(|region| format!("{} ({}) is served by no line", region.name(Lang::Cs), region.code())));
    }
    for line in &handbook.book.lines {
        let refused = routing::chain_refusals(&line.escalation);
        wrong.extend(refused.into_iter().map(|refused| format!("{}: escalation: {}", line.name.cs, refused.text.en)));
    }
    let points = if setup.has_database() { block_on(async { Ok(setup.store().await?.points().await?) })? } else { Vec::new() };
    for group in routing::alike(&routing::warnings(&handbook.book, &points, now, FORECAST_DAYS)) {
        let lines = group.all.iter().filter_map(|warning| handbook.line(&warning.line)).map(|line| line.name.cs.as_str());
        let told = format!("{}: {}", lines.collect::<Vec<_>>().join(", "), group.first.text.en);
        match group.first.kind {
            // Such a coordinator catches nothing, ever; one who is away will be back.
            WarningKind::NoCoordinator => wrong.push(told),
            // Without a database nobody can have been asked.
            WarningKind::Unproven if !setup.has_database() => {}
            _ => warnings.push(told),
        }
    }
    if handbook.catalogue.is_empty() {
        warnings.push("the catalogue is empty; import it with `linka import services FILE`".to_owned());
    }
    if setup.has_database() {
        let findings = block_on(async { Ok(setup.store().await?.check().await?) })?;
        wrong.extend(findings.damage);
        wrong.extend(findings.adrift.iter().map(|number| format!("contact #{number} is open and nothing would move it")));
    }
    let phone = phone_network(&setup, arguments.online);
    wrong.extend(phone.problems);
    wrong.extend(setup.config.phone.as_ref().map(|phone| gateway::strays(phone, &handbook.book.lines)).unwrap_or_default());
    warnings.extend(phone.warnings);
    wrong.extend(arguments.online.then(|| nobody(&setup)).flatten().map(str::to_owned));
    let telegram = chat(&setup, arguments.online);
    wrong.extend(telegram.problems);
    wrong.extend(setup.config.telegram.iter().flat_map(|_| gateway::telegram::strays(&handbook.book)));
    warnings.extend(telegram.warnings);
    let matrix = rooms(&setup, arguments.online);
    wrong.extend(matrix.problems);
    wrong.extend(setup.config.matrix.iter().flat_map(|_| gateway::matrix::strays(&handbook.book)));
    warnings.extend(matrix.warnings);
    if let Err(error) = block_on(key(&setup, &mut wrong)) {
        wrong.push(format!("{error:#}"));
    }
    let recorded = recorded(&setup, &handbook, &mut warnings);
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
            let (lines, operators) = (handbook.book.lines.len(), handbook.book.operators.len());
            let places = counted(handbook.gazetteer.municipality_count(), "municipality", "municipalities");
            answer(&format!("ready: {}, {}, {places}{recorded}", counted(lines, "line", "lines"), counted(operators, "operator", "operators")));
        }
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{} found", counted(wrong.len(), "problem", "problems")) }
}

/// Why nobody can be asked, where that is so.
fn nobody(setup: &setup::Setup) -> Option<&'static str> {
    let config = &setup.config;
    let somebody = config.phone.is_some() || config.telegram.is_some() || config.matrix.is_some();
    (!somebody).then_some(if setup.configured { NOBODY } else { NO_CONFIGURATION })
}

/// What is not well about the phone network; nobody is asked unless that is wanted.
fn phone_network(setup: &setup::Setup, online: bool) -> Findings {
    match setup.exchange() {
        Ok(Some(exchange)) => {
            let asked = async { Ok(gateway::inspect(&exchange, &PhoneSecrets::read()?).await) };
            let mut findings = if online { block_on(asked).unwrap_or_else(|error| unusable(&error)) } else { Findings::default() };
            findings.warnings.splice(0..0, gateway::hints(&exchange.phone));
            findings
        }
        Ok(None) => Findings::default(),
        Err(error) => unusable(&error),
    }
}

/// What is not well about the bot; nobody is asked unless that is wanted.
fn chat(setup: &setup::Setup, online: bool) -> Findings {
    match setup.outpost() {
        Ok(Some(outpost)) => {
            let asked = async { Ok(gateway::telegram::inspect(&outpost).await) };
            let mut findings = if online { block_on(asked).unwrap_or_else(|error| unusable(&error)) } else { Findings::default() };
            findings.warnings.splice(0..0, gateway::telegram::hints(&outpost.telegram));
            findings
        }
        Ok(None) => Findings::default(),
        Err(error) => unusable(&error),
    }
}

/// What is not well about the account in encrypted rooms; nobody is asked unless that is wanted.
fn rooms(setup: &setup::Setup, online: bool) -> Findings {
    match setup.house() {
        Ok(Some(house)) if !house.has_account() => Findings { warnings: vec![ELSEWHERE.to_owned()], ..Findings::default() },
        Ok(Some(_)) if online => block_on(async { Ok(gateway::matrix::inspect(&House::account(&setup.data)).await) }).unwrap_or_else(|error| unusable(&error)),
        Ok(_) => Findings::default(),
        Err(error) => unusable(&error),
    }
}

fn unusable(error: &anyhow::Error) -> Findings {
    Findings { problems: vec![format!("{error:#}")], ..Findings::default() }
}

/// Looks whether stored files can be opened.
async fn key(setup: &setup::Setup, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    if !setup.has_database() {
        setup::Setup::data_key()?;
        return Ok(());
    }
    let sealed = setup.store().await?.sealed_elsewhere().await?;
    if sealed > 0 {
        let sealed = counted(usize::try_from(sealed).unwrap_or(usize::MAX), "stored file", "stored files");
        let file = setup.key_file();
        wrong.push(format!("{sealed} cannot be opened: the key is another one or missing; put the right one into {} or LINKA_DATA_KEY", file.display()));
    }
    Ok(())
}

/// Says how many prompts are recorded, and names recordings that are never played.
fn recorded(setup: &setup::Setup, handbook: &Handbook, warnings: &mut Vec<String>) -> String {
    let Some(folder) = setup.config.phone.as_ref().and_then(|phone| phone.audio.as_deref()) else { return String::new() };
    let shelf = Shelf::read(handbook, Some(folder));
    warnings.extend(shelf.warnings().iter().cloned());
    let of = |lang: Lang| format!("{} {}", lang.code(), shelf.count(lang));
    format!(", prompts recorded: {}", Lang::ALL.map(of).join(", "))
}
