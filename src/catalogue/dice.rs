//! Chance that is always the same: dice thrown from a key, for invented data only.

/// Dice of one key. The same key throws the same numbers on every machine.
#[derive(Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Begins with the FNV-1a hash of `key`.
    pub(super) fn of(key: &str) -> Self {
        Self(key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// Throws a number from 0 to `sides` − 1 (`SplitMix64`).
    pub(super) fn throw(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bound = u64::from(sides.max(1));
        u32::try_from((mixed ^ (mixed >> 31)) % bound).unwrap_or(0)
    }

    /// Picks one of `list`, `None` when it is empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let number = self.throw(u32::try_from(list.len()).unwrap_or(u32::MAX));
        list.get(usize::try_from(number).ok()?)
    }

    /// Picks by weight; the weights need not add up to anything.
    pub(super) fn weigh<T: Copy>(&mut self, list: &[(u32, T)], otherwise: T) -> T {
        let mut left = self.throw(list.iter().map(|(weight, _)| weight).sum());
        for (weight, value) in list {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        otherwise
    }
}
