//! What can be wrong with a file of services.

use std::fmt;
use thiserror::Error;

/// Why a file of services was refused; nothing of it is taken then.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// The file is no table at all.
    #[error("the file cannot be read as CSV: save it as CSV in UTF-8, with one header line")]
    Table(#[source] csv::Error),
    /// A column without which nothing works is missing.
    #[error("the header has no column “{0}”: `linka export services` prints a table with the right header")]
    Column(&'static str),
    /// The file has a header and nothing else.
    #[error("the file has no service: an empty catalogue is never imported")]
    Empty,
    /// Values that cannot be understood.
    #[error("{} in the file:\n{}", count(.0.len()), list(.0))]
    Mistakes(Vec<Mistake>),
}

/// One value that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line of the file, the header being 1.
    pub line: u64,
    /// The column's name.
    pub column: String,
    /// What is wrong and what to write instead.
    pub advice: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.advice)
    }
}

fn count(mistakes: usize) -> String {
    if mistakes == 1 { "1 mistake".to_owned() } else { format!("{mistakes} mistakes") }
}

fn list(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| format!("  {mistake}")).collect::<Vec<_>>().join("\n")
}
