//! What must hold for any input of the phone gateway, driven by the targets beside.

pub mod property;
