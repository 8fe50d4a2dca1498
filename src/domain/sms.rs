//! Short messages: the GSM 7-bit alphabet (3GPP TS 23.038), folding into it and counting parts.

use super::pictograph::without_pictures;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION: &str = "^{}\\[~]|€\u{c}";

/// Units one character takes in the 7-bit alphabet: 1, 2 for the extension table, `None` outside it.
fn septets(c: char) -> Option<usize> {
    match c {
        ' ' | '0'..='9' | 'A'..='Z' | 'a'..='z' => Some(1),
        _ if BASIC.contains(c) => Some(1),
        _ if EXTENSION.contains(c) => Some(2),
        _ => None,
    }
}

/// Counts the parts a text is sent in: 160 septets alone and 153 when joined,
/// or 70 and 67 UTF-16 units as soon as one character lies outside the 7-bit alphabet.
#[must_use]
pub fn parts(text: &str) -> usize {
    let sizes: Option<Vec<usize>> = text.chars().map(septets).collect();
    match sizes {
        Some(sizes) => count(&sizes, 160, 153),
        None => count(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67),
    }
}

/// A character never straddles two parts, so parts are filled one character at a time.
fn count(sizes: &[usize], alone_max: usize, joined_max: usize) -> usize {
    if sizes.iter().sum::<usize>() <= alone_max {
        return 1;
    }
    let (mut parts, mut used) = (1, 0);
    for size in sizes {
        if used + size > joined_max {
            parts += 1;
            used = 0;
        }
        used += size;
    }
    parts
}

/// Units one character of a text takes in the 7-bit alphabet once it is folded.
#[must_use]
pub fn units(c: char) -> usize {
    septets(c).unwrap_or_else(|| fold_for_sms(c.encode_utf8(&mut [0; 4])).chars().filter_map(septets).sum())
}

/// Folds a text into the 7-bit alphabet: typographic signs become plain ones, marks and pictures
/// are dropped, what still has no place becomes `?`. The result never costs UCS-2.
#[must_use]
pub fn fold_for_sms(text: &str) -> String {
    let text = &*without_pictures(text);
    // Most texts hold no loose marks, and composing costs more than all the rest.
    if text.chars().any(is_loose_mark) { folded(text.nfc()) } else { folded(text.chars()) }
}

fn is_loose_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

fn folded(text: impl Iterator<Item = char>) -> String {
    let mut folded = String::with_capacity(text.size_hint().0);
    for c in text {
        match c {
            ' ' | '0'..='9' | 'A'..='Z' | 'a'..='z' => folded.push(c),
            '„' | '“' | '”' | '«' | '»' => folded.push('"'),
            '‚' | '‘' | '’' | '`' | '´' => folded.push('\''),
            '–' | '—' | '‒' | '−' | '‐' | '‑' | '•' | '·' | '■' | '▪' | '○' | '●' | '◦' => folded.push('-'),
            '…' => folded.push_str("..."),
            '→' => folded.push_str("->"),
            '←' => folded.push_str("<-"),
            '❓' | '❔' => folded.push('?'),
            '❗' | '❕' => folded.push('!'),
            '×' => folded.push('x'),
            '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            'é' => folded.push('e'),
            'É' => folded.push('E'),
            _ if let Some(plain) = without_mark(c) => folded.push(plain),
            _ if septets(c).is_some() => folded.push(c),
            _ if c.is_whitespace() => folded.push(' '),
            _ => folded.extend(unmarked(c)),
        }
    }
    folded
}

/// Czech letters with marks, which are most of what is folded; looking into the alphabet and decomposing
/// them costs many times more.
const fn without_mark(c: char) -> Option<char> {
    Some(match c {
        'á' => 'a',
        'č' => 'c',
        'ď' => 'd',
        'ě' => 'e',
        'í' => 'i',
        'ň' => 'n',
        'ó' => 'o',
        'ř' => 'r',
        'š' => 's',
        'ť' => 't',
        'ú' | 'ů' => 'u',
        'ý' => 'y',
        'ž' => 'z',
        'Á' => 'A',
        'Č' => 'C',
        'Ď' => 'D',
        'Ě' => 'E',
        'Í' => 'I',
        'Ň' => 'N',
        'Ó' => 'O',
        'Ř' => 'R',
        'Š' => 'S',
        'Ť' => 'T',
        'Ú' | 'Ů' => 'U',
        'Ý' => 'Y',
        'Ž' => 'Z',
        _ => return None,
    })
}

fn unmarked(c: char) -> impl Iterator<Item = char> {
    let base = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
    base.map(|c| if septets(c).is_some() { c } else { '?' })
}

#[cfg(test)]
mod tests {
    use super::{fold_for_sms, parts};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn parts_follow_the_alphabet_and_the_length() {
        let table: [(String, usize); 9] = [
            (String::new(), 1),
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            ("ř".repeat(70), 1),
            ("ř".repeat(71), 2),
        ];
        for (text, expected) in table {
            assert_eq!(parts(&text), expected, "{} × {:?}", text.chars().count(), text.chars().next());
        }
    }

    /// Counts as a phone would: letter by letter into parts, and into one part when all fits there.
    fn counted_slowly(text: &str) -> usize {
        let septets = text.chars().all(|c| super::septets(c).is_some());
        let size = |c: char| if septets { super::septets(c).unwrap() } else { c.len_utf16() };
        let fill = |max: usize| {
            let mut parts = vec![0];
            for c in text.chars() {
                if parts.last().unwrap() + size(c) > max {
                    parts.push(0);
                }
                *parts.last_mut().unwrap() += size(c);
            }
            parts.len()
        };
        let alone = fill(if septets { 160 } else { 70 });
        if alone == 1 { 1 } else { fill(if septets { 153 } else { 67 }) }
    }

    proptest! {
        #[test]
        fn parts_are_counted_as_a_slow_oracle_counts(text in "([a-z€\\[]|[ěščřž🙂]{0,1}){0,400}") {
            prop_assert_eq!(parts(&text), counted_slowly(&text));
        }

        #[test]
        fn whatever_is_folded_stays_in_the_small_alphabet(text in "(\\PC|[\u{0}-\u{2fff}🙂\u{301}\u{30c}]){0,200}") {
            let folded = fold_for_sms(&text);
            prop_assert!(folded.chars().all(|c| super::septets(c).is_some()), "{folded:?}");
            prop_assert_eq!(fold_for_sms(&folded), folded);
        }
    }

    #[test]
    fn folding_leaves_nothing_that_costs_more() {
        assert_eq!(fold_for_sms("Příliš „žluťoučký“ kůň – 2 místa…"), "Prilis \"zlutoucky\" kun - 2 mista...");
        assert_eq!(fold_for_sms("azylový dům\u{a0}v Mostě"), "azylovy dum v Moste");
        assert_eq!(fold_for_sms("Привіт 😀"), "??????");
        assert_eq!(fold_for_sms("Místo 👍 je ❗️"), "Misto je !");
        assert_eq!(fold_for_sms("Operátor: ❤️"), "Operator: :)");
        assert_eq!(fold_for_sms("Pr\u{30c}i\u{301}lis\u{30c} a\u{308}"), "Prilis ä");
    }
}
