//! A list in two levels, such as the fourteen regions in five areas: two key presses
//! on the phone, two buttons in a chat.

use crate::domain::Lang;
use serde::Deserialize;
use toml::Spanned;

/// A list file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The first level.
    pub area: Vec<Area>,
}

/// An entry of the first level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its key.
    pub key: Spanned<String>,
    /// Its Czech label.
    pub cs: Spanned<String>,
    /// Its English label.
    pub en: Spanned<String>,
    /// What it holds.
    pub items: Vec<ListItem>,
}

/// An entry of the second level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListItem {
    /// Its key.
    pub key: Spanned<String>,
    /// The region's code; keys are never stored.
    pub value: Spanned<String>,
    /// Its Czech label.
    pub cs: Spanned<String>,
    /// Its English label.
    pub en: Spanned<String>,
}

impl Area {
    /// Returns the label of one language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &Spanned<String> {
        match lang {
            Lang::Cs => &self.cs,
            Lang::En => &self.en,
        }
    }
}

impl ListItem {
    /// Returns the label of one language.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &Spanned<String> {
        match lang {
            Lang::Cs => &self.cs,
            Lang::En => &self.en,
        }
    }
}

impl List {
    /// Finds an area by its key.
    #[must_use]
    pub fn area(&self, key: &str) -> Option<&Area> {
        self.area.iter().find(|area| area.key.get_ref() == key)
    }

    /// Lists the entries of every area.
    pub fn items(&self) -> impl Iterator<Item = &ListItem> {
        self.area.iter().flat_map(|area| &area.items)
    }
}
