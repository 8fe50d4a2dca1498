//! A message must not be able to make the look-up slow: bounds far above the
//! usual times, so that only a change of order is noticed.

use super::builtin;
use crate::place::resolve;
use std::time::{Duration, Instant};

#[test]
fn a_long_message_is_read_at_once() {
    let text = "klient z plzne do decina, ubytovna v litvinove nebo v ceske lype ".repeat(60);
    builtin();
    let start = Instant::now();
    let places = resolve(builtin(), &text);
    assert!(places.destination.is_some());
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}
