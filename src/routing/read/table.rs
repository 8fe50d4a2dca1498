//! A TOML table under a reader that notes every mistake and goes on.

use crate::routing::Mistake;
use crate::routing::mistake::{did_you_mean, position};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Bytes of the text a value was read from.
pub(super) type Place = Range<usize>;

/// A value together with where it stands.
#[derive(Debug, Clone)]
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// The mistakes and warnings of one text, as they are found.
pub(super) struct Notes<'t> {
    text: &'t str,
    mistakes: Vec<Mistake>,
    warnings: Vec<Mistake>,
}

impl<'t> Notes<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, mistakes: Vec::new(), warnings: Vec::new() }
    }

    pub(super) fn mistake(&mut self, place: Place, message: impl Into<String>, hint: Option<String>) {
        let mistake = self.note(&place, message.into(), hint);
        self.mistakes.push(mistake);
    }

    pub(super) fn warning(&mut self, place: Place, message: impl Into<String>, hint: Option<String>) {
        let warning = self.note(&place, message.into(), hint);
        self.warnings.push(warning);
    }

    pub(super) fn close(self) -> (Vec<Mistake>, Vec<Mistake>) {
        (self.mistakes, self.warnings)
    }

    fn note(&self, place: &Place, message: String, hint: Option<String>) -> Mistake {
        let (line, column) = position(self.text, place.start);
        Mistake { line, column, message, hint }
    }
}

/// A table with its place.
pub(super) struct Table<'a> {
    pub(super) place: Place,
    values: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    pub(super) fn root(root: &'a Spanned<DeTable<'a>>) -> Self {
        Self { place: 0..0, values: root.get_ref() }
    }

    /// Refuses every key that is not in `known`.
    pub(super) fn only(&self, known: &[&str], notes: &mut Notes<'_>) {
        for (key, _) in self.values {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let hint = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| format!("known here: {}", known.join(", ")));
                notes.mistake(key.span(), format!("unknown key `{name}`"), Some(hint));
            }
        }
    }

    /// Reads a text that may be missing; an empty one is a mistake.
    pub(super) fn text(&self, key: &str, notes: &mut Notes<'_>) -> Option<Found<&'a str>> {
        let value = self.find(key)?;
        let text = as_text(value, key, notes)?;
        if text.value.trim().is_empty() {
            notes.mistake(text.place, format!("`{key}` is empty"), None);
            return None;
        }
        Some(text)
    }

    /// Reads a text that must be there.
    pub(super) fn needed_text(&self, key: &str, notes: &mut Notes<'_>) -> Option<Found<&'a str>> {
        self.needed(key, notes)?;
        self.text(key, notes)
    }

    /// Reads one text or a list of texts; `None` when the key is missing.
    pub(super) fn texts(&self, key: &str, notes: &mut Notes<'_>) -> Option<Vec<Found<&'a str>>> {
        let value = self.find(key)?;
        match value.get_ref().as_array() {
            Some(values) => Some(values.iter().filter_map(|value| as_text(value, key, notes)).collect()),
            None => Some(as_text(value, key, notes).into_iter().collect()),
        }
    }

    /// Reads a whole number within bounds.
    pub(super) fn number(&self, key: &str, bounds: (u32, u32), notes: &mut Notes<'_>) -> Option<Found<u32>> {
        let value = self.find(key)?;
        let number = value.get_ref().as_integer().and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        let number = number.filter(|number| (bounds.0..=bounds.1).contains(number));
        if number.is_none() {
            notes.mistake(value.span(), format!("`{key}` must be a whole number from {} to {}", bounds.0, bounds.1), None);
        }
        number.map(|number| Found { value: number, place: value.span() })
    }

    /// Reads `true` or `false`.
    pub(super) fn flag(&self, key: &str, notes: &mut Notes<'_>) -> Option<bool> {
        let value = self.find(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            notes.mistake(value.span(), format!("`{key}` must be true or false"), None);
        }
        flag
    }

    /// Returns a date or a date with time as it is written, in quotes or without.
    pub(super) fn date(&self, key: &str, notes: &mut Notes<'_>) -> Option<Found<String>> {
        let value = self.find(key)?;
        let plain = value.get_ref();
        let text = plain.as_datetime().map(ToString::to_string).or_else(|| plain.as_str().map(str::to_owned));
        if text.is_none() {
            notes.mistake(value.span(), format!("`{key}` must be a date such as 2026-12-24"), None);
        }
        text.map(|text| Found { value: text, place: value.span() })
    }

    /// Reads a table that may be missing.
    pub(super) fn table(&self, key: &str, notes: &mut Notes<'_>) -> Option<Table<'a>> {
        as_table(self.find(key)?, key, notes)
    }

    /// Reads a list of tables; a missing one is empty.
    pub(super) fn tables(&self, key: &str, notes: &mut Notes<'_>) -> Vec<Table<'a>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let values = value.get_ref().as_array();
        if values.is_none() {
            notes.mistake(value.span(), format!("`{key}` must be a list of tables, written [[{key}]]"), None);
        }
        values.into_iter().flatten().filter_map(|value| as_table(value, key, notes)).collect()
    }

    /// Tells whether a table stands there.
    pub(super) fn is_table(&self, key: &str) -> bool {
        self.find(key).is_some_and(|value| value.get_ref().as_table().is_some())
    }

    /// Tells whether the key is there, and notes a mistake when it is not.
    pub(super) fn needed(&self, key: &str, notes: &mut Notes<'_>) -> Option<()> {
        if self.find(key).is_none() {
            notes.mistake(self.place.clone(), format!("`{key}` is missing"), None);
            return None;
        }
        Some(())
    }

    /// Tells whether the key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    fn find(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.values.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
    }
}

fn as_text<'a>(value: &'a Spanned<DeValue<'a>>, key: &str, notes: &mut Notes<'_>) -> Option<Found<&'a str>> {
    let text = value.get_ref().as_str();
    if text.is_none() {
        notes.mistake(value.span(), format!("`{key}` must be a text in quotes"), None);
    }
    text.map(|text| Found { value: text, place: value.span() })
}

fn as_table<'a>(value: &'a Spanned<DeValue<'a>>, key: &str, notes: &mut Notes<'_>) -> Option<Table<'a>> {
    let values = value.get_ref().as_table();
    if values.is_none() {
        notes.mistake(value.span(), format!("`{key}` must be a table"), None);
    }
    values.map(|values| Table { place: value.span(), values })
}
