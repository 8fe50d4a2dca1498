//! A walk over the index that accepts words at most one slip of the pen away:
//! one letter too many, missing, wrong, or two neighbours swapped
//! (Damerau–Levenshtein distance 1), as bit masks of positions in the word.

/// The longest word this can look for, in bytes.
const LENGTH_MAX: usize = 60;

/// Accepts every key at most one edit away from one word.
pub(super) struct OneTypo {
    places: Box<[u64; 256]>,
    end: u64,
}

/// Which positions of the word can have been reached.
#[derive(Clone, Copy)]
pub(super) struct Reached {
    exact: u64,
    one_edit: u64,
    half_swapped: u64,
}

impl OneTypo {
    /// Prepares the walk; `None` when the word is empty or too long.
    pub(super) fn new(word: &str) -> Option<Self> {
        if word.is_empty() || word.len() > LENGTH_MAX {
            return None;
        }
        let mut places = Box::new([0_u64; 256]);
        for (at, byte) in word.bytes().enumerate() {
            if let Some(mask) = places.get_mut(usize::from(byte)) {
                *mask |= 1 << at;
            }
        }
        Some(Self { places, end: 1 << word.len() })
    }
}

impl fst::Automaton for OneTypo {
    type State = Reached;

    fn start(&self) -> Reached {
        Reached { exact: 1, one_edit: 0b10, half_swapped: 0 }
    }

    fn is_match(&self, state: &Reached) -> bool {
        (state.exact | state.one_edit) & self.end != 0
    }

    fn can_match(&self, state: &Reached) -> bool {
        state.exact | state.one_edit | state.half_swapped != 0
    }

    fn accept(&self, state: &Reached, byte: u8) -> Reached {
        let here = self.places.get(usize::from(byte)).copied().unwrap_or(0);
        let exact = (state.exact & here) << 1;
        let kept = (state.one_edit & here) << 1;
        let extra = state.exact;
        let wrong = state.exact << 1;
        let missing = exact << 1;
        let swapped = (state.half_swapped & here) << 2;
        let within = self.end | (self.end - 1);
        Reached { exact, one_edit: (kept | extra | wrong | missing | swapped) & within, half_swapped: state.exact & (here >> 1) }
    }
}
