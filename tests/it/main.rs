//! Everything that is tested through the public face of the line.

mod contract;
mod story;
mod tidy;
mod transcript;
mod world;
