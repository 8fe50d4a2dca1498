//! Callers and writers before one gateway: signed webhooks over HTTP, each dialogue a call, three steps that
//! follow the address in the answer, and a message. The same requests for every server, see `run` beside.
//!
//! `cargo bench --bench gateway -- NAME BASE PID [SINK]`: the server's address, its process, and where the
//! provider's API is to be played for what the server sends by itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "a measurement stops where it cannot go on"
)]

mod caller;
mod process;
mod sink;
mod wire;

use caller::{Caller, EVENTS};
use process::Process;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use wire::Wires;

/// Events offered each second where their time is measured, and for how long.
const PER_SECOND: u32 = 300;
const SECONDS: u32 = 20;
/// A caller thinks a second about each step: the first ones have nothing to do until others have begun.
const RAMP_SECONDS: u32 = EVENTS - 1;
/// Connections of the flood, and how long it lasts.
const CONNECTIONS: u32 = 256;
const FLOOD: Duration = Duration::from_secs(10);
/// Messages a server still has to send after a flood leave within this: a number may send so many a second.
const REST: Duration = Duration::from_secs(6);

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [name, address, pid, rest @ ..] = arguments.as_slice() else {
        println!("left out: name a server, its address and its process; tests/bench/gateway/run does");
        return;
    };
    let address: SocketAddr = address.parse().expect("an address");
    let server = Process(pid.parse().expect("a process"));
    if let Some(address) = rest.first() {
        sink::open(address.parse().expect("an address")).await;
    }
    let wires = Arc::new(Wires::to(address));
    // What is slow only the first time is not measured.
    flood(&wires, 0, Duration::from_secs(2)).await;
    tokio::time::sleep(REST).await;
    let before = server.cpu_s();
    let Times { mut taken, mut late, refused, all } = open_loop(&wires).await;
    let steady = (server.cpu_s() - before) / f64::from(all) * 1e6;
    let (before, resident) = (server.cpu_s(), server.resident_mb());
    let done = flood(&wires, 1, FLOOD).await;
    let flat_out = (server.cpu_s() - before) / f64::from(done) * 1e6;
    println!(
        "{name:<10} {:>7.2} {:>7.2} {:>8.2} {:>9.2} {:>7} {:>9.0} {:>9.0} {:>9.0} {:>8.1} {:>8.1}",
        at(&mut taken, 50),
        at(&mut taken, 99),
        at(&mut taken, 100),
        at(&mut late, 99),
        refused,
        f64::from(done) / FLOOD.as_secs_f64(),
        steady,
        flat_out,
        resident,
        server.resident_mb()
    );
}

/// A share of times, in milliseconds.
fn at(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    times.get((times.len().max(1) - 1) * percent / 100).map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
}

/// What came of events at their intended times.
struct Times {
    /// From the intended time to the end of the answer.
    taken: Vec<Duration>,
    /// From the intended time to when this generator was ready: its own fault.
    late: Vec<Duration>,
    /// Events that were not answered as they should be.
    refused: usize,
    /// All events, those before the measured time too.
    all: u32,
}

/// Offers events at a fixed rate from a thread of its own, whether or not earlier ones are answered.
async fn open_loop(wires: &Arc<Wires>) -> Times {
    let (sender, mut ticks) = mpsc::unbounded_channel();
    let clockwork = std::thread::spawn(move || {
        let begun = Instant::now();
        for n in 0..PER_SECOND * (RAMP_SECONDS + SECONDS) {
            let intended = begun + Duration::from_secs_f64(f64::from(n) / f64::from(PER_SECOND));
            std::thread::sleep(intended.saturating_duration_since(Instant::now()));
            let _ = sender.send((n, intended));
        }
    });
    let callers: Vec<_> = (0..PER_SECOND / EVENTS * (RAMP_SECONDS + SECONDS)).map(|n| Arc::new(Mutex::new(Caller::new(3, n)))).collect();
    let mut tasks = JoinSet::new();
    while let Some((n, intended)) = ticks.recv().await {
        let late = intended.elapsed();
        // Each second another event of the same caller: the first, the second …
        let (place, event) = (n / EVENTS, n % EVENTS);
        let Some(caller) = place.checked_sub(event * PER_SECOND / EVENTS).and_then(|place| callers.get(place as usize)) else { continue };
        let (caller, wires) = (Arc::clone(caller), Arc::clone(wires));
        let is_measured = n >= PER_SECOND * RAMP_SECONDS;
        tasks.spawn(async move {
            let answered = caller.lock().await.goes_on(&wires).await;
            (is_measured, intended.elapsed(), late, answered)
        });
    }
    clockwork.join().expect("a clock");
    let mut times = Times { taken: Vec::new(), late: Vec::new(), refused: 0, all: 0 };
    for (is_measured, taken, late, answered) in tasks.join_all().await {
        times.all += 1;
        times.refused += usize::from(!answered);
        if is_measured {
            times.taken.push(taken);
            times.late.push(late);
        }
    }
    times
}

/// Callers one after another on each of many connections, as fast as they are answered; tells how many events.
async fn flood(wires: &Arc<Wires>, round: u32, span: Duration) -> u32 {
    let (next, done) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let until = Instant::now() + span;
    let mut tasks = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (next, done, wires) = (Arc::clone(&next), Arc::clone(&done), Arc::clone(wires));
        tasks.spawn(async move {
            while Instant::now() < until {
                let mut caller = Caller::new(round, next.fetch_add(1, Ordering::Relaxed));
                for _ in 0..EVENTS {
                    assert!(caller.goes_on(&wires).await, "an event was not answered as it should be");
                    done.fetch_add(u32::from(Instant::now() < until), Ordering::Relaxed);
                }
            }
        });
    }
    tasks.join_all().await;
    done.load(Ordering::Relaxed)
}
