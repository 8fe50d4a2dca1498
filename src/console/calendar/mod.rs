//! Calendars: addresses other programs fetch duty from, given out and revoked here, and rosters
//! that come as a calendar's file.

pub(super) mod address;
pub(super) mod feed;
