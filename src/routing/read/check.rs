//! What single values cannot show: overlaps, and regions served twice or not at all.

use super::table::{Found, Notes, Table};
use crate::domain::{Lang, Region};
use crate::routing::{Line, Shift, Window};

/// Refuses opening hours that overlap; two lines of one day belong together or apart.
pub(super) fn new_hours(hours: &[Window], window: Window, text: &Found<&str>, notes: &mut Notes<'_>) {
    if let Some(other) = hours.iter().find(|other| other.overlaps(&window)) {
        notes.mistake(text.place.clone(), format!("opening hours {window} overlap {other}"), None);
    }
}

/// Refuses a shift that overlaps another of the same person, and warns of one that never
/// meets the opening hours.
pub(super) fn new_shift(shifts: &[Shift], shift: &Shift, hours: &[Window], text: &Found<&str>, notes: &mut Notes<'_>) {
    let clash = |other: &&Shift| other.operator == shift.operator && other.window.overlaps(&shift.window) && share_days(other, shift);
    if let Some(other) = shifts.iter().find(clash) {
        notes.mistake(text.place.clone(), format!("shift {} of `{}` overlaps {}", shift.window, shift.operator, other.window), None);
    }
    if !hours.iter().any(|window| window.overlaps(&shift.window)) {
        notes.warning(text.place.clone(), format!("shift {} of `{}` lies outside the opening hours", shift.window, shift.operator), None);
    }
}

fn share_days(a: &Shift, b: &Shift) -> bool {
    let before = |a: &Shift, b: &Shift| a.valid_to.zip(b.valid_from).is_some_and(|(last, first)| last < first);
    !before(a, b) && !before(b, a)
}

/// Warns of regions that two lines serve, or none.
pub(super) fn regions(root: &Table<'_>, lines: &[Line], notes: &mut Notes<'_>) {
    for region in Region::ALL {
        let serving: Vec<&str> = lines.iter().filter(|line| line.regions.contains(&region)).map(|line| line.id.as_str()).collect();
        let name = format!("{} {}", region.code(), region.name(Lang::Cs));
        match serving.as_slice() {
            [_] => {}
            [] => notes.warning(root.place.clone(), format!("no line serves {name}"), None),
            many => notes.warning(root.place.clone(), format!("{name} is served by {}; the first one gets it", many.join(" and ")), None),
        }
    }
}
