//! What single values cannot show: clashes, as an edit would refuse them, and regions served twice
//! or not at all.

use super::table::{Notes, Place, Table};
use crate::domain::{Lang, Region};
use crate::routing::{Line, Refusal, Window};

/// Notes what an edit would refuse, in English and with its place; tells whether it is taken.
pub(super) fn taken(refusals: Vec<Refusal>, place: &Place, notes: &mut Notes<'_>) -> bool {
    let sound = refusals.is_empty();
    for refusal in refusals {
        notes.mistake(place.clone(), refusal.text.en, refusal.hint.map(|hint| hint.en));
    }
    sound
}

/// Warns of a window that never meets the opening hours.
pub(super) fn within_hours(hours: &[Window], window: Window, what: &str, place: &Place, notes: &mut Notes<'_>) {
    if !hours.iter().any(|open| open.overlaps(&window)) {
        notes.warning(place.clone(), format!("{what} lies outside the opening hours"), None);
    }
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
