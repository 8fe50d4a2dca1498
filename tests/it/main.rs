//! Everything that is tested through the public face of the line.

mod cli;
mod contract;
mod kill;
mod process;
mod store;
mod story;
mod tidy;
mod transcript;
mod trouble;
mod world;
