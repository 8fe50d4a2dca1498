//! Every generated form in one immutable index: exact look-up and look-up with
//! one typo. It knows forms and entry numbers, not what the entries are.

use super::{case::Cases, typo};
use crate::domain::fold;
use fst::Map;
use std::ops::Range;

/// How much of the name a form shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The whole name.
    Whole,
    /// With abbreviated words ("n. L.", "Mor.").
    Abbreviated,
    /// Without what follows the preposition ("Roudnice").
    WithoutTail,
    /// Without the leading adjective ("Krumlov").
    WithoutAdjective,
    /// A code that counts only in capitals ("HK").
    Capitals,
    /// The adjective of a region, which counts only beside the word "kraj".
    OfRegion,
}

/// One reading of a form: an entry in some cases.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) entry: u32,
    pub(super) cases: Cases,
    pub(super) shape: Shape,
    /// Where the form with its diacritics stands, empty when it has none.
    accented: Range<u32>,
}

/// A form on its way into the index.
struct Row {
    /// The first eight letters as a number, which spares most comparisons of texts.
    head: u64,
    /// Where the folded form stands.
    key: Range<u32>,
    reading: Reading,
}

/// Forms on their way into the index. The texts lie one behind the other in two
/// strings: a hundred thousand small allocations would be most of the time.
#[derive(Default)]
pub(super) struct Forms {
    keys: String,
    accents: String,
    rows: Vec<Row>,
}

impl Forms {
    /// Adds a lower-case form with its diacritics.
    pub(super) fn push(&mut self, form: &[&str], entry: u32, cases: Cases, shape: Shape) {
        let key = end(&self.keys);
        let accent = end(&self.accents);
        for (at, part) in form.iter().filter(|p| !p.is_empty()).enumerate() {
            if at > 0 {
                self.keys.push(' ');
                self.accents.push(' ');
            }
            fold_onto(&mut self.keys, part);
            self.accents.push_str(part);
        }
        if self.keys.get(index(key)..) == self.accents.get(index(accent)..) {
            self.accents.truncate(index(accent));
        }
        let accented = accent..end(&self.accents);
        let head = head(self.keys.get(index(key)..).unwrap_or_default());
        self.rows.push(Row { head, key: key..end(&self.keys), reading: Reading { entry, cases, shape, accented } });
    }
}

fn end(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn index(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn part<'a>(text: &'a str, at: &Range<u32>) -> &'a str {
    text.get(index(at.start)..index(at.end)).unwrap_or_default()
}

/// The first eight bytes as a number that sorts like them.
fn head(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (slot, byte) in bytes.iter_mut().zip(text.bytes()) {
        *slot = byte;
    }
    u64::from_be_bytes(bytes)
}

/// Folds a lower-case form; Czech letters without the detour over decomposition.
fn fold_onto(folded: &mut String, text: &str) {
    for letter in text.chars() {
        folded.push(match letter {
            'a'..='z' | '0'..='9' | ' ' => letter,
            'á' | 'ä' => 'a',
            'č' => 'c',
            'ď' => 'd',
            'é' | 'ě' => 'e',
            'í' => 'i',
            'ň' => 'n',
            'ó' | 'ö' => 'o',
            'ř' => 'r',
            'š' => 's',
            'ť' => 't',
            'ú' | 'ů' | 'ü' => 'u',
            'ý' => 'y',
            'ž' => 'z',
            other => {
                folded.push_str(&fold(other.encode_utf8(&mut [0; 4])));
                continue;
            }
        });
    }
}

/// All forms, ordered by key.
#[derive(Debug)]
pub(super) struct Index {
    map: Map<Vec<u8>>,
    readings: Vec<Reading>,
    accents: String,
}

const LENGTH_BITS: u32 = 12;

impl Index {
    pub(super) fn build(forms: Forms) -> Result<Self, fst::Error> {
        let Forms { keys, accents, mut rows } = forms;
        rows.sort_unstable_by(|a, b| {
            let texts = || part(&keys, &a.key).cmp(part(&keys, &b.key));
            a.head.cmp(&b.head).then_with(texts).then(a.reading.entry.cmp(&b.reading.entry))
        });
        let mut map = fst::MapBuilder::memory();
        let mut readings = Vec::with_capacity(rows.len());
        for group in rows.chunk_by(|a, b| a.head == b.head && part(&keys, &a.key) == part(&keys, &b.key)) {
            let Some(Row { key, .. }) = group.first() else { continue };
            let count = group.len().min((1 << LENGTH_BITS) - 1);
            map.insert(part(&keys, key), ((readings.len() as u64) << LENGTH_BITS) | count as u64)?;
            readings.extend(group.iter().take(count).map(|row| row.reading.clone()));
        }
        Ok(Self { map: map.into_map(), readings, accents })
    }

    /// Tells whether a letter written with diacritics is another one in this form;
    /// diacritics that were left out contradict nothing.
    pub(super) fn contradicts(&self, reading: &Reading, written: &str) -> bool {
        if written.is_ascii() {
            return false;
        }
        let accented = part(&self.accents, &reading.accented);
        accented.is_empty() || written.chars().zip(accented.chars()).any(|(wrote, is)| !wrote.is_ascii() && wrote != is)
    }

    /// Returns the readings of a folded form.
    pub(super) fn exact(&self, key: &str) -> &[Reading] {
        self.map.get(key).map_or(&[], |value| self.group(value))
    }

    /// Returns the readings of every form at most one typo away, with the form.
    pub(super) fn with_one_typo(&self, key: &str) -> Vec<(String, &[Reading])> {
        let found = typo::with_one_typo(self.map.as_fst(), key);
        found.into_iter().map(|(form, value)| (form, self.group(value))).collect()
    }

    /// Returns how many of the words, joined by blanks, are how some form begins.
    pub(super) fn reach<'a>(&self, words: impl Iterator<Item = &'a str>) -> usize {
        let map = self.map.as_fst();
        let mut node = map.root();
        let mut reached = 0;
        for word in words {
            let blank: &[u8] = if reached == 0 { b"" } else { b" " };
            for byte in blank.iter().chain(word.as_bytes()) {
                let Some(branch) = node.find_input(*byte) else { return reached };
                node = map.node(node.transition(branch).addr);
            }
            reached += 1;
        }
        reached
    }

    fn group(&self, value: u64) -> &[Reading] {
        let start = usize::try_from(value >> LENGTH_BITS).unwrap_or(usize::MAX);
        let count = usize::try_from(value & ((1 << LENGTH_BITS) - 1)).unwrap_or(0);
        self.readings.get(start..start.saturating_add(count)).unwrap_or(&[])
    }

    /// Returns how many different forms there are.
    pub(super) fn len(&self) -> usize {
        self.map.len()
    }
}
