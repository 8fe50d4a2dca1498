//! The command line: one file a command. Arguments become a configuration, that becomes
//! an app; what is printed is printed here. Exit status: 0 answered, 1 a problem with
//! the input, 2 wrong usage.

mod ask;
mod backup;
mod bench;
mod block;
mod check;
mod demo;
mod export;
mod flow;
mod import;
mod invitation;
mod matrix;
mod occupied;
mod operator;
mod place;
mod prison;
mod roster;
mod route;
mod serve;
mod setup;
mod text;
mod twilio;
mod understand;
mod user;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Linka: a coordination line for post-prison care.
#[derive(Debug, Parser)]
#[command(name = "linka", version, about, long_about = None)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options every command takes, before or after its name.
#[derive(Debug, Clone, Args)]
struct Global {
    /// The folder of the database and files; created when missing [default: ./data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The configuration file
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the whole line with invented data, every channel simulated in the browser
    Demo(demo::Arguments),
    /// Run the line
    Serve(serve::Arguments),
    /// Check configuration, flows, lines, roster gaps and the database
    Check(check::Arguments),
    /// Understand the place in a text
    Place(place::Arguments),
    /// Understand a whole message: place, needs, who, when, flags, masked text
    Understand(understand::Arguments),
    /// Answer a question from the catalogue as a worker would get it
    Ask(ask::Arguments),
    /// Tell who gets a contact of a region, and why
    Route(route::Arguments),
    /// Check, draw or play declared conversations
    #[command(subcommand)]
    Flow(flow::Command),
    /// Import places, lines, services or a roster
    #[command(subcommand)]
    Import(import::Command),
    /// Export what an import takes
    #[command(subcommand)]
    Export(export::Command),
    /// Write a consistent copy of the database while the line runs
    Backup(backup::Arguments),
    /// Manage the users of the console
    #[command(subcommand)]
    User(user::Command),
    /// Set up the line's numbers at the provider of calls and messages
    #[command(subcommand)]
    Twilio(twilio::Command),
    /// Sign the line in to its homeserver, verify or sign it out
    #[command(subcommand)]
    Matrix(matrix::Command),
    /// Manage the prisons that sign in on the web page, by phone and by a code
    #[command(subcommand)]
    Prison(prison::Command),
    /// Manage the PINs and invitations of operators
    #[command(subcommand)]
    Operator(operator::Command),
    /// Manage the numbers nobody answers
    #[command(subcommand)]
    Block(block::Command),
    /// Measure the line on this machine
    Bench(bench::Arguments),
}

/// Runs the command that was asked for.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) if usage.kind() == ErrorKind::InvalidUtf8 => {
            complain(&anyhow::anyhow!("an argument is not UTF-8; check the encoding of the terminal or the script"));
            return ExitCode::from(1);
        }
        Err(usage) => {
            let _ = usage.print();
            return if usage.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            complain(&problem);
            ExitCode::from(if problem.is::<Usage>() { 2 } else { 1 })
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<()> {
    let global = cli.global;
    match cli.command {
        Command::Demo(arguments) => demo::run(&global, &arguments),
        Command::Serve(arguments) => serve::run(&global, &arguments),
        Command::Check(arguments) => check::run(&global, &arguments),
        Command::Place(arguments) => place::run(&global, &arguments),
        Command::Understand(arguments) => understand::run(&global, &arguments),
        Command::Ask(arguments) => ask::run(&global, &arguments),
        Command::Route(arguments) => route::run(&global, &arguments),
        Command::Flow(command) => flow::run(&global, &command),
        Command::Import(command) => import::run(&global, &command),
        Command::Export(command) => export::run(&global, &command),
        Command::Backup(arguments) => backup::run(&global, &arguments),
        Command::User(command) => user::run(&global, &command),
        Command::Twilio(command) => twilio::run(&global, &command),
        Command::Matrix(command) => matrix::run(&global, &command),
        Command::Prison(command) => prison::run(&global, &command),
        Command::Operator(command) => operator::run(&global, &command),
        Command::Block(command) => block::run(&global, &command),
        Command::Bench(arguments) => bench::run(&global, &arguments),
    }
}

/// A command whose answer says already what is wrong; only the exit status is left to tell.
#[derive(Debug, thiserror::Error)]
#[error("the answer says what is wrong")]
struct Answered;

/// A command that was not told what it needs.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(&'static str);

/// Prints a problem with its causes, each on lines of its own and each once.
fn complain(problem: &anyhow::Error) {
    if problem.is::<Answered>() {
        return;
    }
    let mut said = format!("linka: {problem}");
    for cause in problem.chain().skip(1).map(ToString::to_string) {
        let cause = format!("  {}", cause.trim_end().replace('\n', "\n  "));
        if !said.contains(cause.trim_start()) {
            said = format!("{said}\n{cause}");
        }
    }
    eprintln!("{said}");
}

/// Says how many: `1 line`, `2 lines`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Prints an answer; a reader that has gone away is no problem.
fn answer(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Runs a command that waits for the database.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
