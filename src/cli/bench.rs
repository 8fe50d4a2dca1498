//! `linka bench`: measures the line on this machine, on the real engine and a real file.
//!
//! Events are offered at their intended times whether or not earlier ones are done (an open
//! loop), and their time counts from the intended one. Figures of another machine or a busy
//! minute compare with nothing; `cargo bench --bench skeleton` in the same minute gives the
//! bare cost of a durable commit here.

use super::{Global, answer, block_on, setup};
use crate::app::{App, Clock, demo_book, save_book, save_services, seats};
use crate::catalogue::{Catalogue, invent_many};
use crate::domain::{Address, Event, EventKey, Heard, Lang, Medium, Said, What, Via};
use crate::handbook::{Handbook, inquiry};
use crate::routing::{Line, RoutingError, duty, read_lines};
use crate::store::{Filter, Store};
use crate::understanding::understand;
use anyhow::Context;
use clap::Args;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// What `linka bench` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Events for each measurement of the inbox
    #[arg(long, default_value_t = 10_000)]
    events: u32,
    /// Events a second where their time is measured
    #[arg(long, default_value_t = 1_000)]
    rate: u32,
    /// Contacts in the list of the console
    #[arg(long, default_value_t = 100_000)]
    contacts: u32,
    /// Services in the catalogue
    #[arg(long, default_value_t = 7_000)]
    services: usize,
}

/// What workers write in the measurements: each is understood, searched and answered.
const TEXTS: [&str; 4] =
    ["bydlení Most, muž 45 let, ven 1. 12.", "dluhy Ostrava", "azylak pro zenu s detmi do Kladna, od pondeli", "klient jde do Jihlavy, hleda praci"];

pub(super) fn run(_global: &Global, arguments: &Arguments) -> anyhow::Result<()> {
    block_on(async {
        let folder = std::env::temp_dir().join(format!("linka-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let measured = measure(arguments, &folder).await;
        let _ = std::fs::remove_dir_all(&folder);
        measured
    })
}

async fn measure(arguments: &Arguments, folder: &std::path::Path) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut handbook = Handbook::builtin()?;
    answer(&format!("read everything declared     {:>9.1} ms", ms(started.elapsed())));
    let seats = seats(&handbook.gazetteer);
    let services = invent_many(arguments.services, Clock::System.now(), &seats);
    let indexing = Instant::now();
    handbook.catalogue = Arc::new(Catalogue::new(services.clone()));
    answer(&format!("index {:>7} services       {:>9.1} ms", arguments.services, ms(indexing.elapsed())));
    handbook.book = Arc::new(demo_book()?);
    look_ups(&handbook);
    duties(&handbook);
    let url = format!("sqlite:{}", folder.join("bench.db").display());
    let store = Store::open(&url).await?;
    save_book(&store, &demo_book()?, Clock::System.now(), "bench").await?;
    save_services(&store, &services).await?;
    let opening = Instant::now();
    let app = App::start(store, setup::demo_channels(), Clock::System, handbook, true).await?;
    answer(&format!("start over a filled database {:>9.1} ms", ms(opening.elapsed())));
    sustained(&app, "first messages", Round::first("a"), arguments.events).await?;
    sustained(&app, "answers to a question", Round::answer("a"), arguments.events).await?;
    open_loop(&app, arguments.rate, arguments.events).await?;
    app.run_loops();
    conversations(&app, arguments.events).await?;
    fill(&app, arguments.contacts).await?;
    lists(&app).await?;
    answer(&format!("resident memory              {:>9.1} MB", resident_mb()));
    app.stop().await;
    Ok(())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Prints the middle, the 99th of a hundred and the slowest of many times.
fn spread(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len().saturating_sub(1)) * share / 100).copied().unwrap_or_default();
    answer(&format!("{what:<28} p50 {:>8.3} ms   p99 {:>8.3} ms   max {:>8.3} ms", ms(at(50)), ms(at(99)), ms(at(100))));
}

fn look_ups(handbook: &Handbook) {
    let now = Clock::System.now();
    let mut times = Vec::new();
    for text in TEXTS.iter().cycle().take(4_000) {
        let begun = Instant::now();
        let understood = understand(text, now.with_timezone(&Line::ZONE), &handbook.gazetteer, &handbook.lexicon);
        let need = understood.need();
        let listing = inquiry::listing(handbook, &need, 0, Lang::Cs, Medium::Sms, now);
        times.push(begun.elapsed());
        std::hint::black_box(listing);
    }
    spread("understand, search, write", times);
}

fn duties(handbook: &Handbook) {
    let lines: Vec<&Line> = handbook.book.lines.iter().collect();
    decided("duty decisions", &lines);
    match full_line() {
        Ok(line) => decided("duty, 50 rules", &[&line]),
        Err(mistakes) => answer(&format!("duty, 50 rules: {mistakes}")),
    }
}

/// Decides who is on duty at every minute of most of a year.
fn decided(what: &str, lines: &[&Line]) {
    let now = Clock::System.now();
    let begun = Instant::now();
    let mut served = 0_usize;
    for (n, line) in (0..400_000).zip(lines.iter().cycle()) {
        let at = now.checked_add_signed(chrono::TimeDelta::minutes(n)).unwrap_or(now);
        served += duty(line, at).on_duty.len();
    }
    std::hint::black_box(served);
    answer(&format!("{what:<28} {:>9.0} /s", 400_000.0 / begun.elapsed().as_secs_f64()));
}

/// A line with 24 shifts, 4 rotations, 10 overrides, 8 absences and 4 closures, spread over the
/// coming year.
fn full_line() -> Result<Line, RoutingError> {
    let now = Clock::System.now();
    let day = |n: i64| now.checked_add_signed(chrono::TimeDelta::days(n)).unwrap_or(now).date_naive();
    let who = |n: i64| format!("o{}", n % 8);
    let mut text = "coordinator = \"o0\"\n".to_owned();
    let mut add = |part: String| text.push_str(&part);
    (0..8).for_each(|n| add(format!("[[operator]]\nid = \"o{n}\"\nname = \"Operator {n}\"\naddresses = [\"chat:o{n}\"]\n")));
    add("[[line]]\nid = \"full\"\nname = { cs = \"Plná\", en = \"Full\" }\nregions = [\"CZ042\"]\nhours = \"Mo-Fr 08:00-18:00\"\n".to_owned());
    for (n, weekday) in (0..24).zip(["Mo", "Tu", "We", "Th", "Fr"].into_iter().cycle()) {
        let hours = ["08:00-10:00", "10:00-12:00", "12:00-14:00", "14:00-16:00", "16:00-18:00"].into_iter().cycle().nth(n / 5).unwrap_or_default();
        add(format!("[[line.shift]]\noperator = \"o{}\"\nwindow = \"{weekday} {hours}\"\norder = 1\n", n % 4));
    }
    for n in 0..4 {
        let hours = ["08:00-12:00", "12:00-14:00", "14:00-16:00", "16:00-18:00"].into_iter().cycle().nth(n).unwrap_or_default();
        add(format!("[[line.rotation]]\npeople = [\"o4\", \"o5\", \"o6\", \"o7\"]\nwindow = \"Mo-Fr {hours}\"\norder = 2\nstart = {}\nturn = \"{} days\"\n", day(0), n + 1));
    }
    for n in 0..10 {
        add(format!("[[line.override]]\nfrom = {0}\nto = {0}\nreplace = \"{1}\"\nby = \"{2}\"\n", day(27 * n), who(n), who(n + 1)));
    }
    for n in 0..4 {
        add(format!("[[line.closure]]\nfrom = {0}\nto = {0}\ntext = {{ cs = \"Zavřeno.\", en = \"Closed.\" }}\n", day(60 * n + 5)));
    }
    for n in 0..8 {
        add(format!("[[absence]]\noperator = \"{}\"\nfrom = {}\nto = {}\nsubstitute = \"{}\"\n", who(n), day(30 * n + 10), day(30 * n + 13), who(n + 3)));
    }
    let mut book = read_lines(&text)?;
    book.lines.pop().ok_or_else(|| RoutingError::Mistakes(Vec::new()))
}

/// Workers who wait for their answers at the same time.
const SENDERS: u32 = 256;

/// Messages of many workers, one each.
#[derive(Debug, Clone, Copy)]
struct Round {
    /// Whose: each group has addresses of its own.
    group: &'static str,
    /// Their first message, or the answer to what the line asked back.
    answer: bool,
}

impl Round {
    const fn first(group: &'static str) -> Self {
        Self { group, answer: false }
    }

    const fn answer(group: &'static str) -> Self {
        Self { group, answer: true }
    }

    /// What the `n`-th worker writes.
    fn message(self, n: u32) -> Event {
        let Self { group, answer } = self;
        let said = if answer { "1" } else { TEXTS.get(n as usize % TEXTS.len()).copied().unwrap_or_default() };
        let from = Address::new("chat", format!("bench-{group}-{n}"));
        let heard = Heard { from, said: Said::Text(said.to_owned()), about: None, introduced: None, via: Via::default() };
        Event { key: EventKey::new(format!("bench:{group}:{answer}:{n}")), at: Clock::System.now(), what: What::Heard(heard) }
    }

    /// Offers the messages as fast as they are answered.
    async fn offer(self, app: &Arc<App>, workers: u32) -> anyhow::Result<()> {
        let mut tasks = JoinSet::new();
        for sender in 0..SENDERS {
            let app = Arc::clone(app);
            tasks.spawn(async move {
                let mut n = sender;
                while n < workers {
                    app.accept(self.message(n)).await.map(drop)?;
                    n += SENDERS;
                }
                anyhow::Ok(())
            });
        }
        while let Some(done) = tasks.join_next().await {
            done??;
        }
        Ok(())
    }
}

async fn sustained(app: &Arc<App>, what: &str, round: Round, workers: u32) -> anyhow::Result<()> {
    let begun = Instant::now();
    round.offer(app, workers).await?;
    answer(&format!("{what:<28} {:>9.0} /s durable", f64::from(workers) / begun.elapsed().as_secs_f64()));
    Ok(())
}

/// Messages with everything around them: each worker writes, gets the letters, answers and gets
/// the next ones; the channel's reports on the letters are events too.
async fn conversations(app: &Arc<App>, workers: u32) -> anyhow::Result<()> {
    let before = app.store().events().await?;
    let begun = Instant::now();
    Round::first("c").offer(app, workers).await?;
    Round::answer("c").offer(app, workers).await?;
    app.settle().await?;
    let seconds = begun.elapsed().as_secs_f64();
    let events = f64::from(u32::try_from(app.store().events().await? - before)?);
    answer(&format!("whole conversations          {:>9.0} /s durable, {:.1} events in each", events / seconds, events / f64::from(workers)));
    Ok(())
}

/// At a fixed rate from a thread of its own, timed from the intended instant.
async fn open_loop(app: &Arc<App>, per_second: u32, events: u32) -> anyhow::Result<()> {
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let clockwork = std::thread::spawn(move || {
        let begun = Instant::now();
        for n in 0..events {
            let intended = begun + Duration::from_secs_f64(f64::from(n) / f64::from(per_second));
            std::thread::sleep(intended.saturating_duration_since(Instant::now()));
            if sender.send((n, intended)).is_err() {
                return;
            }
        }
    });
    let mut tasks = JoinSet::new();
    while let Some((n, intended)) = receiver.recv().await {
        let app = Arc::clone(app);
        tasks.spawn(async move {
            app.accept(Round::first("b").message(n)).await.map(drop)?;
            anyhow::Ok(intended.elapsed())
        });
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.push(done??);
    }
    let _ = clockwork.join();
    spread(&format!("reply committed at {per_second}/s"), times);
    Ok(())
}

/// Adds contacts until the list has about as many as asked for.
async fn fill(app: &Arc<App>, contacts: u32) -> anyhow::Result<()> {
    let page = app.store().contacts(&Filter::default(), None, 1).await?;
    let there = page.rows.first().map_or(0, |contact| u32::try_from(contact.number - 1_000).unwrap_or(0));
    if contacts > there {
        sustained(app, "more first messages", Round::first("d"), contacts - there).await?;
    }
    Ok(())
}

/// The console's list: the first page, a later page, and pages of filters.
async fn lists(app: &App) -> anyhow::Result<()> {
    let filters = [
        ("list, first page", Filter::default()),
        ("list, one region", Filter { region: Some(crate::domain::Region::Ustecky), ..Filter::default() }),
        ("list, waiting", Filter { stage: Some(crate::domain::Stage::Waiting), ..Filter::default() }),
        ("list, needs attention", Filter { attention: true, ..Filter::default() }),
    ];
    for (what, filter) in filters {
        let mut times = Vec::new();
        let mut after = None;
        for _ in 0..40 {
            let begun = Instant::now();
            let page = app.store().contacts(&filter, after, 50).await?;
            times.push(begun.elapsed());
            after = page.next;
        }
        spread(what, times);
    }
    Ok(())
}

/// Resident memory of this process, as Linux tells it; 0 where it does not.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_024.0
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_full_line_has_fifty_rules() {
        let line = super::full_line().unwrap();
        let rules = [line.shifts.len(), line.rotations.len(), line.overrides.len(), line.absences.len(), line.closures.len()];
        assert_eq!((rules, rules.iter().sum()), ([24, 4, 10, 8, 4], 50));
    }
}
