//! The texts a command understands: the one given, or one a line from standard input. A line that
//! cannot be read gets its own answer, and the rest goes on.

use super::{Usage, answer, counted};
use crate::domain::TEXT_CHARACTERS_MAX;
use anyhow::{Context, bail};
use serde_json::json;
use std::io::BufRead;

/// Bytes of a line that are looked at: more than the longest text takes.
const LINE_BYTES_MAX: usize = TEXT_CHARACTERS_MAX * 4 + 64;

/// Answers one text, or each line of standard input in its order.
///
/// # Errors
/// When there is no text or there are two, and after the last line when some could not be read.
pub(super) fn each(text: Option<&str>, json_lines: bool, told: impl Fn(&str) -> String) -> anyhow::Result<()> {
    match (text, json_lines) {
        (Some(text), false) => {
            answer(&told(bounded(text, "the text")));
            Ok(())
        }
        (None, true) => lines(std::io::stdin().lock(), told),
        (Some(_), true) => Err(Usage("give either a text or --json-lines, not both").into()),
        (None, false) => Err(Usage("give a text, or --json-lines and the texts on standard input").into()),
    }
}

fn lines(mut input: impl BufRead, told: impl Fn(&str) -> String) -> anyhow::Result<()> {
    let (mut number, mut bad) = (0, 0);
    while let Some(line) = next(&mut input).context("cannot read standard input")? {
        number += 1;
        let Some(text) = read(&line) else {
            bad += 1;
            answer(&json!({ "error": format!("line {number} is not UTF-8"), "line": number }).to_string());
            continue;
        };
        answer(&told(bounded(text, &format!("line {number}"))));
    }
    if bad == 0 { Ok(()) } else { bail!("{} of {number} could not be read", counted(bad, "line", "lines")) }
}

/// The next line without its end; what is beyond the bound is passed over.
fn next(input: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let bound = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
    if std::io::Read::take(&mut *input, bound).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|last| *last == b'\n').is_none() {
        input.skip_until(b'\n')?;
    }
    line.pop_if(|last| *last == b'\r');
    Ok(Some(line))
}

/// The text of a line; a letter that the bound cut in two is no mistake.
fn read(line: &[u8]) -> Option<&str> {
    match std::str::from_utf8(line) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() && line.len() == LINE_BYTES_MAX => std::str::from_utf8(line.get(..error.valid_up_to())?).ok(),
        Err(_) => None,
    }
}

/// Cuts a text to what the line takes of one message, and says so beside the answer.
pub(super) fn bounded<'a>(text: &'a str, what: &str) -> &'a str {
    let Some((end, _)) = text.char_indices().nth(TEXT_CHARACTERS_MAX) else { return text };
    eprintln!("linka: {what} is longer than {TEXT_CHARACTERS_MAX} characters; its end was left out");
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{LINE_BYTES_MAX, bounded, next, read};
    use crate::domain::TEXT_CHARACTERS_MAX;

    #[test]
    fn lines_come_one_by_one_and_bounded() {
        let long = "ř".repeat(LINE_BYTES_MAX);
        let text = format!("one\r\n\n{long}\nx\u{e9}\nlast");
        let mut input = text.as_bytes();
        let mut read_next = || next(&mut input).unwrap();
        assert_eq!(read_next().as_deref(), Some(b"one".as_slice()));
        assert_eq!(read_next().as_deref(), Some(b"".as_slice()));
        let cut = read_next().unwrap();
        assert_eq!(cut.len(), LINE_BYTES_MAX);
        assert_eq!(bounded(read(&cut).unwrap(), "it").chars().count(), TEXT_CHARACTERS_MAX);
        assert_eq!(read_next().as_deref(), Some("xé".as_bytes()));
        assert_eq!(read_next().as_deref(), Some(b"last".as_slice()));
        assert_eq!(read_next(), None);
    }

    #[test]
    fn a_letter_cut_by_the_bound_is_no_mistake_but_a_broken_one_is() {
        let mut line = vec![b'a'; LINE_BYTES_MAX - 1];
        line.push(0xc5);
        assert_eq!(read(&line).map(str::len), Some(LINE_BYTES_MAX - 1));
        assert_eq!(read(b"a\xc5"), None);
        assert_eq!(read(b"a\xff b"), None);
    }
}
