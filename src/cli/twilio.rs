//! `linka twilio …`: the line's numbers at the provider, and what callers hear while the line is down.

use super::{Answered, Global, answer, block_on, setup};
use crate::app::Clock;
use crate::channel::twilio::voice::VOICE;
use crate::config::Phone;
use crate::domain::LineId;
use crate::gateway::{self, Exchange, Look};
use crate::handbook::Handbook;
use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// What can be done about the numbers.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Set whom the configured numbers call at the provider; says what was and what is
    Setup(SetupArguments),
    /// Write the document callers are answered with while the line is down
    ///
    /// It joins the caller with the phone on duty (`duty_phone` of `[phone]`, else the coordinator's) and knows
    /// nothing else. Host it where it is there when the line is not: as a `TwiML` Bin in the provider's
    /// console, or as a file of type text/xml on any other web server; then name its address with
    /// `linka twilio setup --fallback URL`. Write it anew when the phone on duty changes.
    Fallback(FallbackArguments),
}

/// What `linka twilio setup` takes.
#[derive(Debug, Args)]
pub(super) struct SetupArguments {
    /// Say what would change and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Where the document of `linka twilio fallback` is hosted
    #[arg(long, value_name = "URL")]
    fallback: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What `linka twilio fallback` takes.
#[derive(Debug, Args)]
pub(super) struct FallbackArguments {
    /// The line whose coordinator is called [default: the first one]
    #[arg(long, value_name = "ID")]
    line: Option<String>,
    /// The file to write; left out, it is printed
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// There is nothing to set up.
const NO_PHONE: &str = "no phone network is configured; add [phone] to the configuration (config/linka.toml shows how) and name it with --config";

pub(super) fn run(global: &Global, command: &Command) -> anyhow::Result<()> {
    let setup = setup::Setup::new(global)?;
    match command {
        Command::Setup(arguments) => set_up(&setup, arguments),
        Command::Fallback(arguments) => fall_back(&setup, arguments),
    }
}

fn set_up(setup: &setup::Setup, arguments: &SetupArguments) -> anyhow::Result<()> {
    let exchange = setup.exchange()?.context(NO_PHONE)?;
    let fallback = arguments.fallback.as_deref();
    if let Some(url) = fallback {
        check_fallback(url, &exchange.phone)?;
    }
    let looks = block_on(async {
        let looks = exchange.look(fallback).await.map_err(|error| anyhow!(gateway::trouble(&error, &exchange.phone.api_url)))?;
        let mut done = Vec::new();
        for look in looks {
            done.push(if arguments.dry_run { look } else { set(&exchange, look, fallback).await });
        }
        Ok(done)
    })?;
    let is_wrong = looks.iter().any(|look| !look.problems.is_empty());
    if arguments.json {
        answer(&json!({ "dry_run": arguments.dry_run, "numbers": looks }).to_string());
    } else {
        for look in &looks {
            tell(look, arguments.dry_run);
        }
    }
    if is_wrong { Err(Answered.into()) } else { Ok(()) }
}

/// Sets one number; what does not come out as wanted joins its problems.
async fn set(exchange: &Exchange, mut look: Look, fallback: Option<&str>) -> Look {
    if look.changes.is_empty() {
        return look;
    }
    match exchange.set(&look, fallback).await {
        Ok(after) => {
            let kept = after.changes.iter().map(|change| format!("{}: the provider keeps {} as “{}”", look.number, change.setting, change.was));
            look.problems.extend(kept);
            look.changes.retain(|change| !after.changes.iter().any(|kept| kept.setting == change.setting));
        }
        Err(error) => {
            look.problems.push(format!("{}: nothing was set; {}", look.number, gateway::trouble(&error, &exchange.phone.api_url)));
            look.changes.clear();
        }
    }
    look
}

fn tell(look: &Look, dry_run: bool) {
    let is = if dry_run { "would be" } else { "is now" };
    let unchanged = look.changes.is_empty() && look.problems.is_empty();
    answer(&format!("{}{}", look.number, if unchanged { ": as it should be" } else { "" }));
    for change in &look.changes {
        answer(&format!("  {} was “{}”, {is} “{}”", change.setting, change.was, change.now));
    }
    for problem in &look.problems {
        answer(&format!("  problem: {problem}"));
    }
    if look.sid.is_some() && !look.has_fallback {
        answer("  nobody answers calls while the line is down; see `linka twilio fallback --help`");
    }
}

/// The document must be there when the line is not.
fn check_fallback(url: &str, phone: &Phone) -> anyhow::Result<()> {
    let read = |url: &str| reqwest::Url::parse(url).ok().filter(|url| url.has_host() && matches!(url.scheme(), "http" | "https"));
    let Some(there) = read(url) else { bail!("--fallback “{url}” is no address; write it as https://…") };
    if read(&phone.public_url).is_some_and(|own| own.host() == there.host()) {
        bail!("--fallback {url} is on the line's own host; host it where it is there when the line is not");
    }
    Ok(())
}

fn fall_back(setup: &setup::Setup, arguments: &FallbackArguments) -> anyhow::Result<()> {
    let phone = setup.config.phone.as_ref().context(NO_PHONE)?;
    let handbook = block_on(setup.stocked(Clock::System.now()))?;
    let line = arguments.line.as_deref().map(LineId::new);
    let duty = duty_phone(phone, &handbook, line.as_ref())?;
    let document = gateway::fallback(&handbook, phone, &duty, line.as_ref())?;
    if let Some(file) = &arguments.output {
        return std::fs::write(file, document).with_context(|| format!("cannot write {}", file.display()));
    }
    answer(&document);
    Ok(())
}

/// The phone that is set for the service, else the one of a line's coordinator.
fn duty_phone(phone: &Phone, handbook: &Handbook, line: Option<&LineId>) -> anyhow::Result<String> {
    if let (Some(duty), None) = (&phone.duty_phone, line) {
        return Ok(duty.clone());
    }
    let lines = &handbook.book.lines;
    let found = match line {
        Some(id) => lines.iter().find(|one| one.id == *id).ok_or_else(|| anyhow!("there is no line “{id}”; the lines are {}", ids(handbook)))?,
        None => lines.first().context("no line is set up; set [phone] duty_phone, or import lines with `linka import lines FILE`")?,
    };
    let coordinator = handbook.book.operators.iter().find(|one| one.id == found.coordinator);
    let voice = coordinator.and_then(|one| one.addresses.iter().find(|address| address.channel == VOICE));
    let voice = voice.or_else(|| coordinator.and_then(|one| one.addresses.iter().find(|address| address.is_number())));
    voice.map(|address| address.handle.clone()).ok_or_else(|| anyhow!("the coordinator of {} has no phone; set [phone] duty_phone", found.name.cs))
}

fn ids(handbook: &Handbook) -> String {
    handbook.book.lines.iter().map(|line| line.id.to_string()).collect::<Vec<_>>().join(", ")
}
