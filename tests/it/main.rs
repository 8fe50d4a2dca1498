//! Everything that is tested through the public face of the line.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unused_async,
    missing_docs,
    unreachable_pub,
    reason = "a test says what it expects and stops where it is not so"
)]

mod cli;
mod contract;
mod fuzz;
mod judge;
mod kill;
mod matrix;
mod phone;
mod process;
mod store;
mod story;
mod telegram;
mod tidy;
mod transcript;
mod trouble;
mod twilio;
mod world;
