//! Linka: a coordination line for post-prison care.

pub mod domain;
