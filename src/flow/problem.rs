//! A mistake an author made in a file: where it is, what it is, what was probably meant.

use std::fmt;
use std::ops::Range;

/// One mistake in a flow file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " — {hint}"))
    }
}

/// A file's name and text: what a place in bytes becomes a line and a column with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paper<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The file's text.
    pub source: &'a str,
}

impl Paper<'_> {
    /// Reports a mistake at a place given in bytes.
    pub(crate) fn problem(&self, span: Range<usize>, message: impl Into<String>, hint: Option<String>) -> Problem {
        let before = self.source.get(..span.start).unwrap_or(self.source);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Problem {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            message: message.into(),
            hint,
        }
    }

    /// Returns the source text of a place.
    pub(crate) fn text(&self, span: &Range<usize>) -> &str {
        self.source.get(span.clone()).unwrap_or_default()
    }
}

/// Finds the name that was probably meant.
pub(crate) fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(wrong, name), strsim::jaro_winkler(wrong, name), name))
        .filter(|(score, _, _)| *score >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map(|(_, _, name)| name)
}

/// Words a guess as a question, `None` without a guess.
pub(crate) fn did_you_mean<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::{Paper, did_you_mean};

    #[test]
    fn a_place_is_counted_in_lines_and_characters() {
        let paper = Paper { file: "a.toml", source: "čas = 1\nřád = \"x\"\n" };
        let at = paper.source.find("\"x\"").unwrap();
        let problem = paper.problem(at..at + 3, "wrong", Some("fix it".to_owned()));
        assert_eq!(problem.to_string(), "a.toml:2:7: wrong — fix it");
    }

    #[test]
    fn a_guess_is_made_only_for_near_names() {
        let names = ["question", "operator", "bye"];
        assert_eq!(did_you_mean("operater", names).as_deref(), Some("did you mean `operator`?"));
        assert_eq!(did_you_mean("xyz", names), None);
    }
}
