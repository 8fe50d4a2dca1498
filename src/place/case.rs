//! Grammatical case and gender as small sets, so that one written form can stand
//! for several of them. Used by the generators of forms and by the reader of
//! prepositions; it knows no names.

/// A set of cases; Czech forms often serve several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cases(u8);

impl Cases {
    pub(super) const NONE: Self = Self(0);
    pub(super) const NOM: Self = Self(1);
    pub(super) const GEN: Self = Self(2);
    pub(super) const DAT: Self = Self(4);
    pub(super) const ACC: Self = Self(8);
    pub(super) const LOC: Self = Self(16);
    pub(super) const INS: Self = Self(32);
    pub(super) const ANY: Self = Self(63);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A set of declension classes: masculine, feminine, neuter, plural.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(u8);

impl Class {
    pub(super) const M: Self = Self(1);
    pub(super) const F: Self = Self(2);
    pub(super) const N: Self = Self(4);
    pub(super) const P: Self = Self(8);
    pub(super) const ANY: Self = Self(15);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One form of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WordForm {
    pub(super) cases: Cases,
    pub(super) class: Class,
    pub(super) text: String,
}

impl WordForm {
    pub(super) fn new(cases: Cases, class: Class, text: String) -> Self {
        Self { cases, class, text }
    }
}
