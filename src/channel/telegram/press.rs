//! What a button carries: the letter it stands under, and which of its choices it is. The letter knows the
//! question and the value, however long they are; a button holds no more than 64 bytes.

use crate::domain::LetterId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// A pressed button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    /// The letter the button stands under.
    pub letter: LetterId,
    /// Which of its choices, counted from zero.
    pub choice: usize,
}

impl Press {
    /// Writes what the button carries.
    #[must_use]
    pub fn data(&self) -> String {
        format!("{}.{}", URL_SAFE_NO_PAD.encode(self.letter.0.as_bytes()), self.choice)
    }

    /// Reads what [`Press::data`] wrote; anybody may send anything here.
    #[must_use]
    pub fn read(data: &str) -> Option<Self> {
        let (letter, choice) = data.split_once('.')?;
        let letter = Uuid::from_slice(&URL_SAFE_NO_PAD.decode(letter).ok()?).ok()?;
        let plain = !choice.is_empty() && choice.len() <= 3 && choice.bytes().all(|digit| digit.is_ascii_digit());
        Some(Self { letter: LetterId(letter), choice: choice.parse().ok().filter(|_| plain)? })
    }
}

#[cfg(test)]
mod tests {
    use super::Press;
    use crate::domain::LetterId;
    use proptest::prelude::{prop_assert_eq, proptest};
    use uuid::Uuid;

    #[test]
    fn a_button_carries_its_letter_and_its_place() {
        for choice in [0, 1, 9, 99, 999] {
            let press = Press { letter: LetterId(Uuid::from_u128(u128::MAX - 7)), choice };
            let data = press.data();
            assert!(data.len() <= 26, "{data}");
            assert_eq!(Press::read(&data), Some(press));
        }
        for data in ["", ".", "AAAA.1", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA.", "AAAAAAAAAAAAAAAAAAAAAA.+1", "AAAAAAAAAAAAAAAAAAAAAA.1000", "AAAAAAAAAAAAAAAAAAAAAA.1.2", "č.1"] {
            assert_eq!(Press::read(data), None, "{data}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_a_press_or_none(data in "\\PC{0,70}") {
            if let Some(press) = Press::read(&data) {
                prop_assert_eq!(Press::read(&press.data()), Some(press));
            }
        }
    }
}
