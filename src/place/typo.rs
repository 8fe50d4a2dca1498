//! A walk over the index that finds the words at most one slip of the pen away:
//! one letter too many, missing, wrong, or two neighbours swapped
//! (Damerau–Levenshtein distance 1). Only the branches one slip can reach are
//! looked at, so a look-up stays within microseconds.

use fst::raw::{Fst, Node, Output};

/// The longest word looked for, in bytes; nothing longer is a name.
const LENGTH_MAX: usize = 60;

/// Returns every key of `map` at most one edit away from `word`, in order, with its value.
pub(super) fn with_one_typo(map: &Fst<Vec<u8>>, word: &str) -> Vec<(String, u64)> {
    let mut walk = Walk { map, word: word.as_bytes(), found: Vec::new() };
    if !word.is_empty() && word.len() <= LENGTH_MAX {
        walk.run();
    }
    walk.found.sort_unstable();
    walk.found.dedup();
    walk.found.into_iter().map(|(form, value)| (String::from_utf8_lossy(&form).into_owned(), value)).collect()
}

struct Walk<'a> {
    map: &'a Fst<Vec<u8>>,
    word: &'a [u8],
    found: Vec<(Vec<u8>, u64)>,
}

impl<'a> Walk<'a> {
    /// Follows the word itself and tries every slip at each letter on the way.
    fn run(&mut self) {
        let (mut node, mut value) = (self.map.root(), Output::zero());
        for at in 0..=self.word.len() {
            self.slip(node, value, at);
            let Some((next, sum)) = self.word.get(at).and_then(|byte| self.step(node, value, *byte)) else { break };
            (node, value) = (next, sum);
            if at + 1 == self.word.len() {
                self.follow(node, value, at + 1, at + 1, &[]);
            }
        }
    }

    fn slip(&mut self, node: Node<'a>, value: Output, at: usize) {
        self.follow(node, value, at, at + 1, &[]);
        if let (Some(here), Some(next)) = (self.word.get(at).copied(), self.word.get(at + 1).copied())
            && let Some((second, sum)) = self.step(node, value, next)
            && let Some((third, sum)) = self.step(second, sum, here)
        {
            self.follow(third, sum, at, at + 2, &[next, here]);
        }
        for branch in node.transitions() {
            let (below, sum) = (self.map.node(branch.addr), value.cat(branch.out));
            self.follow(below, sum, at, at + 1, &[branch.inp]);
            self.follow(below, sum, at, at, &[branch.inp]);
        }
    }

    fn step(&self, node: Node<'a>, value: Output, byte: u8) -> Option<(Node<'a>, Output)> {
        let branch = node.transition(node.find_input(byte)?);
        Some((self.map.node(branch.addr), value.cat(branch.out)))
    }

    /// Follows the word from `rest` to its end; the key found is its first `kept` bytes, `slipped` and that rest.
    fn follow(&mut self, mut node: Node<'a>, mut value: Output, kept: usize, rest: usize, slipped: &[u8]) {
        let Some(rest) = self.word.get(rest..) else { return };
        for byte in rest {
            let Some((next, sum)) = self.step(node, value, *byte) else { return };
            (node, value) = (next, sum);
        }
        if node.is_final() {
            let form = [self.word.get(..kept).unwrap_or_default(), slipped, rest].concat();
            self.found.push((form, value.cat(node.final_output()).value()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::with_one_typo;

    #[test]
    fn one_slip_is_found_and_two_are_not() {
        let keys = ["brno", "brod", "decin", "most", "mostek"];
        let map = fst::Map::from_iter(keys.iter().zip(1..)).unwrap();
        let found = |word: &str| with_one_typo(map.as_fst(), word).into_iter().map(|(form, _)| form).collect::<Vec<_>>();
        for (word, expected) in [
            ("brno", vec!["brno"]),
            ("bron", vec!["brno", "brod"]),
            ("bno", vec!["brno"]),
            ("decim", vec!["decin"]),
            ("xdecin", vec!["decin"]),
            ("ecin", vec!["decin"]),
            ("decinn", vec!["decin"]),
            ("moste", vec!["most", "mostek"]),
            ("mosta", vec!["most"]),
            ("brn", vec!["brno"]),
            ("edcni", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(found(word), expected, "{word}");
        }
        assert_eq!(with_one_typo(map.as_fst(), "deicn"), [("decin".to_owned(), 3)]);
    }
}
