//! Czech place names: which municipality, ORP, district or region a text means,
//! and which part the place plays in it.
//!
//! The tables are the project's own (`config/places/`); nothing is read, asked or
//! remembered at run time. Names are not stemmed: every case form is generated
//! once, and a text is compared with those forms. `understanding` calls [`scan`]
//! and [`resolve_findings`]; commands and the catalogue call [`resolve`] and
//! [`Gazetteer`]'s look-ups.

mod builder;
mod gazetteer;
mod official;
mod postcode;
mod tables;

mod adjective;
mod case;
mod forms;
mod noun;

mod index;
mod typo;

mod acceptance;
mod cyrillic;
mod doubt;
mod hit;
mod link;
mod misspelt;
mod narrow;
mod preposition;
mod refusal;
mod resolve;
mod role;
mod scan;
mod support;
mod token;
mod wording;
mod words;

#[cfg(test)]
mod tests;

pub use gazetteer::Gazetteer;
pub use resolve::{resolve, resolve_findings};
pub use scan::{Finding, Role, scan};
pub use tables::{Orp, Prison};

/// Why a list of places could not be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// One of the built-in tables does not say what it must.
    #[error("built-in table {table}, line {line}: {what}")]
    Table {
        /// The file under `config/places/`.
        table: &'static str,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong there.
        what: String,
    },
    /// The official list has no heading line that can be read.
    #[error(
        "the list of municipalities lacks the column {column} (found: {found}); \
         export it with code, name and ORP of each municipality, for example kod_obec, obec, kod_orp"
    )]
    Column {
        /// The missing column, with the headings that are accepted for it.
        column: &'static str,
        /// The headings of the file.
        found: String,
    },
    /// One line of the official list is wrong.
    #[error("list of municipalities, line {line}: {what}; correct that line and import again")]
    Line {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong there.
        what: String,
    },
    /// The official list holds far fewer or far more municipalities than there are.
    #[error(
        "the list holds {found} municipalities, about {expected} are expected; \
         is it cut off, or another code list? Nothing was imported"
    )]
    Count {
        /// How many were read.
        found: usize,
        /// How many there are in the country.
        expected: usize,
    },
    /// An area without any municipality: the list is not whole.
    #[error("the list has no municipality in the administrative district {name} ({code}); it is not whole, nothing was imported")]
    EmptyOrp {
        /// The four-digit code.
        code: String,
        /// Its name.
        name: String,
    },
    /// The index of forms could not be built.
    #[error("the index of place names could not be built")]
    Index(#[from] fst::Error),
}
