//! What a written message adds to what is known of the need.

use super::Position;
use crate::domain::{Destination, Flag, Need, Place, TEXT_CHARACTERS_MAX, Understood, Who};

/// Words a message must have to be kept as the person's own account.
const WORDS_MIN: usize = 3;

/// How much a message said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Heard {
    /// Nothing about a need.
    Nothing,
    /// For whom or when.
    Detail,
    /// A place or a topic.
    Named,
}

/// Takes what a message says of the need.
pub(crate) fn absorb(position: &mut Position, heard: &Understood) -> Heard {
    let before = position.need.clone();
    if heard.is_about_another(&position.need) {
        position.need = Need::default();
    }
    place(position, heard);
    rest(&mut position.need, heard);
    position.urgent |= heard.has(Flag::Urgent);
    let named = !heard.places.candidates.is_empty() || heard.places.one().is_some() || !heard.topics.is_empty();
    let said = if named {
        Heard::Named
    } else if position.need == before {
        Heard::Nothing
    } else {
        Heard::Detail
    };
    if said > Heard::Nothing {
        (position.shown, position.more, position.unsaid) = (0, false, true);
    }
    said
}

/// Keeps the masked words for whoever takes over, up to the length of one message.
pub(crate) fn keep_words(position: &mut Position, heard: &Understood) {
    let words = heard.masked.trim();
    if words.split_whitespace().count() < WORDS_MIN && heard.places.one().is_none() && heard.topics.is_empty() {
        return;
    }
    if !position.words.is_empty() {
        position.words.push('\n');
    }
    let left = TEXT_CHARACTERS_MAX.saturating_sub(position.words.chars().count());
    position.words.extend(words.chars().take(left));
}

fn place(position: &mut Position, heard: &Understood) {
    if let Some(destination) = heard.places.one() {
        position.assumed = heard.places.assumed && matches!(destination, Destination::Place(_));
        position.need.destination = Some(destination);
        position.namesakes.clear();
        position.further = further(heard);
    } else if !heard.places.candidates.is_empty() {
        position.need.destination = None;
        position.namesakes.clone_from(&heard.places.candidates);
        position.further = further(heard);
    }
}

/// Further places to ask about; a message about several clients goes to a person whole.
fn further(heard: &Understood) -> Vec<Place> {
    if heard.has(Flag::Bulk) { Vec::new() } else { heard.places.further.clone() }
}

fn rest(need: &mut Need, heard: &Understood) {
    for place in &heard.places.excluded {
        if !need.excluded.contains(place) {
            need.excluded.push(place.clone());
        }
    }
    if !heard.kinds.is_empty() || !heard.topics.is_empty() {
        need.kinds.clone_from(&heard.kinds);
    }
    if !heard.topics.is_empty() {
        need.topics.clone_from(&heard.topics);
    }
    need.release = heard.release.or(need.release);
    need.restricted |= heard.has(Flag::Restricted);
    need.who = merged(&need.who, &heard.who);
}

/// What is said later wins; what is not said stays.
fn merged(known: &Who, said: &Who) -> Who {
    Who {
        sex: said.sex.or(known.sex),
        children: said.children.or(known.children),
        age_band: said.age_band.or(known.age_band),
        couple: said.couple.or(known.couple),
        count: said.count.or(known.count),
        pet: said.pet.or(known.pet),
        disability: said.disability.or(known.disability),
        pregnant: said.pregnant.or(known.pregnant),
        no_income: said.no_income.or(known.no_income),
        foreigner: said.foreigner.or(known.foreigner),
        substitution: said.substitution.or(known.substitution),
        without_id: said.without_id.or(known.without_id),
        released_already: said.released_already.or(known.released_already),
    }
}
