//! QR codes of short texts (ISO/IEC 18004): bytes, versions 1 to 6, error correction M, which lets an
//! eighth of the picture be dirty. No more than a link on a sheet needs.

use std::fmt::Write;

/// Codewords that carry data, codewords of error correction in each block, and blocks, by version.
const VERSIONS: [(usize, usize, usize); 6] = [(16, 10, 1), (28, 16, 1), (44, 26, 1), (64, 18, 2), (86, 24, 2), (108, 16, 4)];
/// White squares around the picture.
const MARGIN: usize = 4;
/// Level M in the format's bits.
const LEVEL: u32 = 0b00;

/// A QR code as squares.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    size: usize,
    dark: Vec<bool>,
    /// Squares that carry no data.
    fixed: Vec<bool>,
}

impl Picture {
    /// Draws a text; `None` for one that is too long.
    #[must_use]
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        let version = VERSIONS.iter().position(|(data, ..)| text.len() + 2 <= *data)?;
        let plain = Self::framed(version).filled(&codewords(text, version)?);
        (0..8).map(|mask| plain.masked(mask)).min_by_key(Self::penalty)
    }

    /// Squares on a side, with the margin.
    #[must_use]
    pub(super) const fn side(&self) -> usize {
        self.size + 2 * MARGIN
    }

    /// Draws the dark squares as a path of SVG, a run at a time.
    #[must_use]
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let run = (x..self.size).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    // Writing to a text cannot fail.
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN);
                }
                x += run.max(1);
            }
        }
        path
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        self.dark.get(y * self.size + x).copied().unwrap_or_default()
    }

    fn is_fixed(&self, x: usize, y: usize) -> bool {
        self.fixed.get(y * self.size + x).copied().unwrap_or(true)
    }

    fn set(&mut self, x: usize, y: usize, dark: bool) {
        if let Some(square) = self.dark.get_mut(y * self.size + x) {
            *square = dark;
        }
    }

    fn fix(&mut self, x: usize, y: usize, dark: bool) {
        self.set(x, y, dark);
        if let Some(square) = self.fixed.get_mut(y * self.size + x) {
            *square = true;
        }
    }

    /// The squares every picture of a version has, with room for the format.
    fn framed(version: usize) -> Self {
        let size = 21 + 4 * version;
        let mut picture = Self { size, dark: vec![false; size * size], fixed: vec![false; size * size] };
        for n in 0..size {
            picture.fix(n, 6, n % 2 == 0);
            picture.fix(6, n, n % 2 == 0);
        }
        for (left, top) in [(0, 0), (size - 7, 0), (0, size - 7)] {
            picture.finder(left, top);
        }
        if version > 0 {
            let centre = size - 7;
            for (dx, dy) in (0..5).flat_map(|x| (0..5).map(move |y| (x, y))) {
                let edge = dx == 0 || dx == 4 || dy == 0 || dy == 4;
                picture.fix(centre - 2 + dx, centre - 2 + dy, edge || (dx, dy) == (2, 2));
            }
        }
        picture.format(0);
        picture
    }

    /// A corner people know QR codes by, and the white around it.
    fn finder(&mut self, left: usize, top: usize) {
        for (x, y) in (0..9_usize).flat_map(|x| (0..9_usize).map(move |y| (x, y))) {
            let ring = x.abs_diff(4).max(y.abs_diff(4));
            let at = (left + x).checked_sub(1).zip((top + y).checked_sub(1));
            if let Some((x, y)) = at.filter(|(x, y)| *x < self.size && *y < self.size) {
                self.fix(x, y, ring != 2 && ring != 4);
            }
        }
    }

    /// Writes level and mask, twice.
    fn format(&mut self, mask: u32) {
        let data = (LEVEL << 3) | mask;
        let rest = (0..10).fold(data, |rest, _| (rest << 1) ^ ((rest >> 9) * 0x537));
        let bits = ((data << 10) | rest) ^ 0x5412;
        let bit = |n: usize| (bits >> n) & 1 == 1;
        for n in 0..15 {
            let (x, y) = match n {
                0..=5 => (8, n),
                6 | 7 => (8, n + 1),
                8 => (7, 8),
                _ => (14 - n, 8),
            };
            self.fix(x, y, bit(n));
            let (x, y) = if n < 8 { (self.size - 1 - n, 8) } else { (8, self.size - 15 + n) };
            self.fix(x, y, bit(n));
        }
        self.fix(8, self.size - 8, true);
    }

    /// Lays the data in columns of two, from the right, up and down by turns.
    fn filled(mut self, words: &[u8]) -> Self {
        let mut bits = words.iter().flat_map(|word| (0..8).rev().map(move |n| (word >> n) & 1 == 1));
        let columns = (0..self.size).rev().filter(|x| *x != 6).collect::<Vec<_>>();
        for (n, pair) in columns.chunks(2).enumerate() {
            for step in 0..self.size {
                let y = if n % 2 == 0 { self.size - 1 - step } else { step };
                for x in pair {
                    if !self.is_fixed(*x, y) {
                        let dark = bits.next().unwrap_or_default();
                        self.set(*x, y, dark);
                    }
                }
            }
        }
        self
    }

    fn masked(&self, mask: u32) -> Self {
        let mut masked = self.clone();
        for (x, y) in (0..self.size).flat_map(|x| (0..self.size).map(move |y| (x, y))) {
            let turns = match mask {
                0 => (x + y) % 2,
                1 => y % 2,
                2 => x % 3,
                3 => (x + y) % 3,
                4 => (x / 3 + y / 2) % 2,
                5 => x * y % 2 + x * y % 3,
                6 => (x * y % 2 + x * y % 3) % 2,
                _ => ((x + y) % 2 + x * y % 3) % 2,
            } == 0;
            if turns && !self.is_fixed(x, y) {
                masked.set(x, y, !self.is_dark(x, y));
            }
        }
        masked.format(mask);
        masked
    }

    /// How hard the picture is to read: runs, blocks, what looks like a corner, and too much of one colour.
    fn penalty(&self) -> usize {
        let line = |n: usize, across: bool| (0..self.size).map(move |m| if across { self.is_dark(m, n) } else { self.is_dark(n, m) }).collect::<Vec<_>>();
        let lines = (0..self.size).flat_map(|n| [line(n, true), line(n, false)]);
        let runs: usize = lines.map(|line| runs(&line) + corners(&line)).sum();
        let inner = (1..self.size).flat_map(|x| (1..self.size).map(move |y| (x, y)));
        let same = |(x, y): &(usize, usize)| {
            let dark = self.is_dark(*x, *y);
            [self.is_dark(x - 1, *y), self.is_dark(*x, y - 1), self.is_dark(x - 1, y - 1)].iter().all(|other| *other == dark)
        };
        let dark = self.dark.iter().filter(|dark| **dark).count();
        let balance = (dark * 20).abs_diff(self.dark.len() * 10) / self.dark.len();
        runs + 3 * inner.filter(same).count() + 10 * balance
    }
}

fn runs(line: &[bool]) -> usize {
    line.chunk_by(|one, other| one == other).map(|run| if run.len() >= 5 { run.len() - 2 } else { 0 }).sum()
}

fn corners(line: &[bool]) -> usize {
    const CORNER: [bool; 11] = [true, false, true, true, true, false, true, false, false, false, false];
    let turned = || CORNER.iter().rev();
    40 * line.windows(11).filter(|seen| *seen == CORNER || seen.iter().eq(turned())).count()
}

/// The data in blocks with their error correction, a word of each block by turns.
fn codewords(text: &[u8], version: usize) -> Option<Vec<u8>> {
    let (data, correction, blocks) = VERSIONS.get(version).copied()?;
    let count = u8::try_from(text.len()).ok()?;
    // Four bits say bytes follow, eight how many; all that comes after is half a byte off.
    let halves: Vec<u8> = [0x04, count].into_iter().chain(text.iter().copied()).chain([0]).collect();
    let mut words: Vec<u8> = halves.windows(2).filter_map(|two| Some((two.first()? << 4) | (two.get(1)? >> 4))).collect();
    words.extend([0xec, 0x11].into_iter().cycle().take(data.checked_sub(words.len())?));
    let divided: Vec<Vec<u8>> = words.chunks(data / blocks).map(<[u8]>::to_vec).collect();
    let corrections: Vec<Vec<u8>> = divided.iter().map(|block| remainder(block, correction)).collect();
    Some(by_turns(&divided).chain(by_turns(&corrections)).collect())
}

/// A word of each block, then the next of each; all blocks are of one length.
fn by_turns(blocks: &[Vec<u8>]) -> impl Iterator<Item = u8> {
    let length = blocks.first().map_or(0, Vec::len);
    (0..length).flat_map(move |n| blocks.iter().filter_map(move |block| block.get(n).copied()))
}

/// What is left of a block divided by the generator of so many words of correction.
fn remainder(block: &[u8], correction: usize) -> Vec<u8> {
    let mut generator = vec![0; correction];
    if let Some(last) = generator.last_mut() {
        *last = 1;
    }
    let mut root = 1;
    for _ in 0..correction {
        for n in 0..correction {
            let next = generator.get(n + 1).copied().unwrap_or_default();
            if let Some(term) = generator.get_mut(n) {
                *term = times(*term, root) ^ next;
            }
        }
        root = times(root, 2);
    }
    let mut rest = vec![0_u8; correction];
    for word in block {
        let factor = word ^ rest.first().copied().unwrap_or_default();
        rest.rotate_left(1);
        if let Some(last) = rest.last_mut() {
            *last = 0;
        }
        rest.iter_mut().zip(&generator).for_each(|(rest, term)| *rest ^= times(*term, factor));
    }
    rest
}

/// Multiplies in the field of 256 with the polynomial of the standard.
fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0_u8, |product, n| {
        let doubled = (product << 1) ^ if product & 0x80 == 0 { 0 } else { 0x1d };
        doubled ^ if (b >> n) & 1 == 1 { a } else { 0 }
    })
}

#[cfg(test)]
mod tests {
    use super::{Picture, VERSIONS, codewords, times};

    /// Drawn by another program (python-qrcode): text, mask, rows.
    const KNOWN: &str = include_str!("qr/known.txt");

    fn rows(picture: &Picture) -> Vec<String> {
        let row = |y| (0..picture.size).map(|x| if picture.is_dark(x, y) { '#' } else { '.' }).collect();
        (0..picture.size).map(row).collect()
    }

    #[test]
    fn pictures_are_what_another_program_draws() {
        for known in KNOWN.split_terminator("\n\n") {
            let mut lines = known.lines();
            let (text, mask) = lines.next().unwrap().split_once(' ').unwrap();
            let version = VERSIONS.iter().position(|(data, ..)| text.len() + 2 <= *data).unwrap();
            let plain = Picture::framed(version).filled(&codewords(text.as_bytes(), version).unwrap());
            let expected: Vec<&str> = lines.collect();
            assert_eq!(rows(&plain.masked(mask.parse().unwrap())), expected, "{text}");
            let least = Picture::of(text.as_bytes()).unwrap().penalty();
            assert!((0..8).all(|mask| plain.masked(mask).penalty() >= least), "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_not_drawn() {
        assert!(Picture::of(&[b'x'; 106]).is_some());
        assert!(Picture::of(&[b'x'; 107]).is_none());
    }

    #[test]
    fn the_field_is_that_of_the_standard() {
        assert_eq!([times(0, 7), times(1, 7), times(2, 0x80), times(0x53, 0xca)], [0, 7, 0x1d, 0x8f]);
    }

    #[test]
    fn the_path_draws_each_run_once() {
        let picture = Picture::of(b"4F7K-9M2X").unwrap();
        assert_eq!(picture.side(), 29);
        assert!(picture.path().starts_with("M4 4h7v1h-7z"), "{}", picture.path());
        let dark: usize = picture.path().split('h').skip(1).filter_map(|run| run.split('v').next()?.parse::<usize>().ok()).sum();
        assert_eq!(dark, picture.dark.iter().filter(|dark| **dark).count());
    }
}
