//! The last look at words before they leave: folded where a medium needs it.

use crate::domain::{Ability, Letter, Medium, fold_for_sms};

/// Returns the words of a letter as the person gets them.
#[must_use]
pub fn outward(letter: &Letter, ability: &Ability) -> String {
    let words = letter.body.words();
    match ability.medium {
        Medium::Sms => fold_for_sms(words),
        Medium::Chat | Medium::Web | Medium::Voice => words.to_owned(),
    }
}
