//! Phone numbers, e-mails and street addresses. The writer's own number is left, somebody must call back.

use super::piece::{Kind, Pieces};
use super::{Cover, Personal};
use std::ops::Range;

/// Finds e-mail addresses, except those of prisons, courts and offices.
pub(super) fn emails(text: &str) -> Vec<Cover> {
    let mut found: Vec<Cover> = Vec::new();
    for (at, _) in text.match_indices(['@', '＠']) {
        let floor = found.last().map_or(0, |last| last.range.end);
        let Some(before) = text.get(floor..at) else { continue };
        let start = before.char_indices().rev().take_while(|(_, c)| is_address(*c)).last().map_or(at, |(start, _)| floor + start);
        let behind = text.get(at..).unwrap_or_default();
        let mut chars = behind.char_indices();
        let Some((_, sign)) = chars.next() else { continue };
        let end = chars.take_while(|(_, c)| is_address(*c)).last().map_or(at, |(end, c)| at + end + c.len_utf8());
        let domain = text.get(at + sign.len_utf8()..end).unwrap_or_default().trim_end_matches('.');
        let end = at + sign.len_utf8() + domain.len();
        if start < at && domain.contains('.') && !is_office(domain) {
            found.push(Cover::new(start..end, Personal::Email));
        }
    }
    found
}

fn is_address(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

fn is_office(domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    ["vscr.cz", "justice.cz", "gov.cz", "mpsv.cz", "pmscr.cz", "pms.cz", "uradprace.cz"].iter().any(|office| domain.ends_with(office))
}

/// Finds phone numbers that are not the writer's own.
pub(super) fn phones(pieces: &Pieces<'_>, _places: &[Range<usize>]) -> Vec<Cover> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match phone_end(pieces, at) {
            Some(last) => {
                if !is_own(pieces, at) {
                    let mut range = pieces.bytes(at, last);
                    range.start -= usize::from(pieces.lead(at).ends_with('+'));
                    found.push(Cover::new(range, Personal::Phone));
                }
                at = last + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the last group of the Czech, Slovak or Ukrainian phone number that begins at `at`.
fn phone_end(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    if pieces.lead(at).ends_with('#') {
        return None;
    }
    let mut digits = String::new();
    let mut best = None;
    for next in at..at + 6 {
        let group = pieces.digits(next);
        let lead = pieces.lead(next);
        if group.is_empty() || (next > at && !(lead.chars().count() <= 2 && lead.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '.' | '/' | '(' | ')')))) {
            break;
        }
        digits.push_str(group);
        if digits.len() > 14 {
            break;
        }
        let shaped = next == at || (at..next).all(|group| pieces.digits(group).len() <= 5) && pieces.digits(next).len() >= 2;
        if shaped && is_phone(&digits) {
            best = Some(next);
        }
    }
    best
}

fn is_phone(digits: &str) -> bool {
    let local = digits.strip_prefix("00420").or_else(|| digits.strip_prefix("420").filter(|rest| rest.len() == 9)).unwrap_or(digits);
    match local.len() {
        9 => local.starts_with(['2', '3', '4', '5', '6', '7', '9']),
        12 => ["421", "380", "48"].iter().any(|country| local.starts_with(country)),
        14 => local.starts_with("00421") || local.starts_with("00380"),
        10 => local.starts_with("09") || local.starts_with("06"),
        _ => false,
    }
}

/// The words before say whose number it is; a number nobody explains is taken for a client's.
fn is_own(pieces: &Pieces<'_>, at: usize) -> bool {
    for back in 1..=7 {
        let Some(before) = at.checked_sub(back) else { break };
        if back > 1 && pieces.begins_sentence(before + 1) {
            break;
        }
        if pieces.is_covered(before, Personal::Name) {
            return false;
        }
        let word = pieces.word(before);
        if CLIENT.iter().any(|stem| word.starts_with(stem)) || matches!(word, "jeho" | "jeji" | "jejich" | "nej" | "ni" | "ho" | "mu" | "ji" | "nim") {
            return false;
        }
        if WRITER.iter().any(|stem| word.starts_with(stem)) || matches!(word, "me" | "mi" | "mne" | "muj" | "moje" | "nas" | "nam" | "sem" | "linka" | "linku") {
            return true;
        }
    }
    called_back(pieces, at)
}

/// "tel. 719 000 000, ozvěte se prosím": the call is asked for behind the number.
fn called_back(pieces: &Pieces<'_>, at: usize) -> bool {
    let behind = (at + 1..at + 7).take_while(|next| !pieces.begins_sentence(*next));
    behind.map(|next| pieces.word(next)).take_while(|word| !CLIENT.iter().any(|stem| word.starts_with(stem))).any(|word| {
        ["zavol", "volejte", "ozvete", "prozvon", "kontaktujte"].iter().any(|stem| word.starts_with(stem))
    })
}

const CLIENT: &[&str] =
    &["klient", "odsouz", "vezen", "matk", "otec", "otc", "syn", "dcer", "sestr", "bratr", "partner", "manzel", "pritel", "propust"];
const WRITER: &[&str] =
    &["zavol", "volejte", "volat", "ozvete", "ozvat", "klapk", "kancelar", "sluzebn", "pevn", "kontaktujte", "veznice", "ustredn", "prozvon", "menime", "zmena"];

/// Words that announce a street.
const STREET: &[&str] =
    &["ul", "ulice", "ulici", "nam", "namesti", "trida", "tride", "tr", "nabrezi", "bytem", "adresa", "adrese", "adresou"];

/// Finds streets with a house number.
pub(super) fn addresses(pieces: &Pieces<'_>, _places: &[Range<usize>]) -> Vec<Cover> {
    (0..pieces.len()).filter_map(|at| address(pieces, at)).collect()
}

fn address(pieces: &Pieces<'_>, at: usize) -> Option<Cover> {
    let number = pieces.digits(at);
    if number.is_empty() || number.len() > 4 {
        return None;
    }
    let cover = |from: usize, to: usize| Cover::new(pieces.bytes(from, to), Personal::Address);
    if let Some(from) = house_word(pieces, at) {
        return Some(cover(from, number_end(pieces, at)));
    }
    if is_of_court(pieces, at) {
        return None;
    }
    let from = street_start(pieces, at)?;
    let value = |at: usize| pieces.digits(at).parse::<u32>().unwrap_or(0);
    let slashed = pieces.lead(at + 1).trim() == "/" && (1..=4).contains(&pieces.digits(at + 1).len()) && (value(at) > 31 || value(at + 1) > 12);
    let told = (from.saturating_sub(3)..at).any(|before| STREET.contains(&pieces.word(before)) && !is_us(pieces, before));
    let named = from.checked_sub(1).is_some_and(|before| pieces.is_covered(before, Personal::Name));
    let is_day = pieces.lead(at + 1).starts_with('.') && (!pieces.digits(at + 1).is_empty() || is_month(pieces.word(at + 1)));
    let years = matches!(pieces.word(at + 1), "let" | "r" | "roku" | "roky" | "leta" | "lety");
    let shaped = (slashed && number.len() + pieces.digits(at + 1).len() >= 3) || told || (named && number.len() <= 4 && !is_day && !years && !pieces.lead(at).contains(['(', ',']));
    (shaped && !is_day && !years).then(|| cover(from, number_end(pieces, at)))
}

/// "tr. č. 187", "12 Nt 345/2026": a section of the law, a file of a court.
fn is_of_court(pieces: &Pieces<'_>, at: usize) -> bool {
    let act = pieces.before(at, 2) == "tr" && matches!(pieces.before(at, 1), "c" | "cin" | "z" | "zak" | "r");
    let year = pieces.digits(at + 1).len() == 4 && pieces.digits(at + 1).starts_with(['1', '2']);
    let file = pieces.before(at, 1).len() <= 3 && at > 1 && !pieces.digits(at - 2).is_empty() && year;
    act || file
}

/// "k nám do" is no "nám." of a square.
fn is_us(pieces: &Pieces<'_>, at: usize) -> bool {
    let us = matches!(pieces.before(at, 1), "k" | "ke" | "pro" | "s") || matches!(pieces.word(at + 1), "do" | "na" | "v" | "ve" | "z" | "ze" | "u" | "k");
    pieces.word(at) == "nam" && us
}

/// "do Kaplice 20. ledna" is a day.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["led", "unor", "brez", "dub", "kvet", "cerv", "srp", "zari", "rij", "listopad", "prosin", "zar"];
    MONTHS.iter().any(|month| word.starts_with(month))
}

/// "č. p. 12", "čp. 12", "č.ev. 3": returns the first piece.
fn house_word(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    match (pieces.before(at, 2), pieces.before(at, 1)) {
        ("c", "p" | "ev" | "o") | ("cislo", "popisne") => at.checked_sub(2),
        (_, "cp" | "chp") => at.checked_sub(1),
        _ => None,
    }
}

/// Returns the first word of the street name that ends before `at`.
fn street_start(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    let mut from = None;
    for back in 1..=4 {
        let Some(before) = at.checked_sub(back) else { break };
        let is_name = pieces.at(before).is_some_and(|piece| piece.kind == Kind::Word && (piece.capital || back > 1 && matches!(piece.text.as_str(), "nad" | "pod" | "na" | "u" | "v" | "k" | "za")));
        if !is_name || !pieces.lead(before + 1).chars().all(|c| c == ' ' || c == '.') {
            let told = STREET.contains(&pieces.word(before)) && back > 1;
            return if told { Some(before + 1) } else if back == 1 { lower_street(pieces, at) } else { from };
        }
        if pieces.at(before).is_some_and(|piece| piece.capital) && !STREET.contains(&pieces.word(before)) {
            from = Some(before);
        }
    }
    from
}

/// "ul. dlouha 12" in lower case: the one or two words behind the street word.
fn lower_street(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    (2..=3)
        .filter_map(|back| at.checked_sub(back))
        .find(|before| matches!(pieces.word(*before), "ul" | "ulice" | "ulici" | "nam" | "namesti" | "tr" | "trida"))
        .map(|before| before + 1)
}

/// Includes the orientation number and its letter: `4444/99a`.
fn number_end(pieces: &Pieces<'_>, at: usize) -> usize {
    let mut last = at;
    if pieces.lead(at + 1).trim() == "/" && (1..=4).contains(&pieces.digits(at + 1).len()) {
        last = at + 1;
    }
    if pieces.lead(last + 1).is_empty() && pieces.word(last + 1).len() == 1 {
        last += 1;
    }
    // "12a3": what is stuck to the number goes with it
    while pieces.lead(last + 1).is_empty() && !pieces.digits(last + 1).is_empty() {
        last += 1;
    }
    last
}
