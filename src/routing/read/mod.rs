//! Lines, operators and shifts from a TOML text, such as `config/demo/lines.toml`.
//!
//! A text is taken whole or not at all: every mistake is listed with its place and, where
//! there is one, the likely meaning. What is only unwise becomes a warning of the [`Book`].
//! The file itself is read by the caller.

mod away;
mod check;
mod closure;
mod escalation;
mod line;
mod operator;
mod rule;
mod table;

use super::{Book, RoutingError};
use table::{Notes, Table};
use toml::de::DeTable;

/// Reads lines and operators.
///
/// # Errors
/// [`RoutingError::Mistakes`] with every mistake of the text.
pub fn read_lines(toml_text: &str) -> Result<Book, RoutingError> {
    let mut notes = Notes::new(toml_text);
    let (root, broken) = DeTable::parse_recoverable(toml_text);
    let is_whole = broken.is_empty();
    for error in broken {
        notes.mistake(error.span().unwrap_or(0..0), error.message().trim(), None);
    }
    // What is missing from a text that breaks off was perhaps written behind the break.
    let book = if is_whole { read_book(&Table::root(&root), &mut notes) } else { Book::default() };
    let (mut mistakes, warnings) = notes.close();
    if mistakes.is_empty() {
        return Ok(Book { warnings, ..book });
    }
    mistakes.sort();
    mistakes.dedup();
    Err(RoutingError::Mistakes(mistakes))
}

fn read_book(root: &Table<'_>, notes: &mut Notes<'_>) -> Book {
    root.only(&["coordinator", "operator", "line", "absence", "cover"], notes);
    let operators = operator::read(root, notes);
    let coordinator = root.text("coordinator", notes);
    let lines = line::read(root, coordinator, &operators, notes);
    check::regions(root, &lines, notes);
    let mut book = Book::new(lines, operators, Vec::new(), Vec::new());
    away::absences(root, &mut book, notes);
    away::covers(root, &mut book, notes);
    book.gathered()
}

#[cfg(test)]
mod tests;
