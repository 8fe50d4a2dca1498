//! Linka: a coordination line for post-prison care, one binary over one database.
#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod catalogue;
pub mod channel;
pub mod cli;
pub mod config;
pub mod console;
pub mod decision;
pub mod domain;
pub mod flow;
pub mod gateway;
pub mod handbook;
pub mod page;
pub mod place;
pub mod routing;
pub mod store;
pub mod understanding;
