//! Names of lines and operators behind their ids, for the pages.

use crate::domain::{Bilingual, Lang, LineId, OperatorId};
use crate::handbook::Handbook;
use std::collections::HashMap;

/// The names a page needs, taken once for each page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Lines by id.
    pub(crate) lines: HashMap<LineId, Bilingual>,
    /// Operators by id.
    pub(crate) operators: HashMap<OperatorId, String>,
}

impl Names {
    /// Takes the names of a handbook, operators by their whole names.
    #[must_use]
    pub(crate) fn of(handbook: &Handbook) -> Self {
        Self {
            lines: handbook.book.lines.iter().map(|line| (line.id.clone(), line.name.clone())).collect(),
            operators: handbook.book.operators.iter().map(|operator| (operator.id.clone(), operator.name.clone())).collect(),
        }
    }

    /// Names a line; one that has been removed keeps its id.
    #[must_use]
    pub(crate) fn line(&self, id: &LineId, lang: Lang) -> String {
        self.lines.get(id).map_or_else(|| id.to_string(), |name| name.get(lang).to_owned())
    }

    /// Names an operator; one who has left keeps the id.
    #[must_use]
    pub(crate) fn operator(&self, id: &OperatorId) -> String {
        self.operators.get(id).cloned().unwrap_or_else(|| id.to_string())
    }
}
