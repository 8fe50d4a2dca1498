//! Why an edit of the roster is refused: in both languages, naming both sides of a clash.

use super::mistake::nearest;
use super::{Book, LineId, Operator, OperatorId};
use crate::domain::Bilingual;

/// One reason why an edit is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub text: Bilingual,
    /// What was probably meant.
    pub hint: Option<Bilingual>,
}

impl Refusal {
    /// Words a reason in both languages.
    pub fn new(cs: impl Into<String>, en: impl Into<String>) -> Self {
        Self { text: Bilingual::new(cs, en), hint: None }
    }

    /// Somebody nobody knows, with whom was probably meant.
    pub(super) fn unknown(operators: &[Operator], who: &str) -> Self {
        let known = operators.iter().flat_map(|operator| [operator.id.as_str(), operator.name.as_str()]);
        let text = Bilingual::new(format!("operátora „{who}“ nikdo nezná"), format!("unknown operator `{who}`"));
        Self { text, hint: meant(who, known) }
    }

    /// A line nobody knows, with which was probably meant.
    #[must_use]
    pub fn unknown_line(book: &Book, id: &LineId) -> Self {
        let text = Bilingual::new(format!("linku „{id}“ nikdo nezná"), format!("unknown line `{id}`"));
        Self { text, hint: meant(id.as_str(), book.lines.iter().map(|line| line.id.as_str())) }
    }
}

fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Bilingual> {
    nearest(word, known).map(|name| Bilingual::new(format!("mysleli jste „{name}“?"), format!("did you mean `{name}`?")))
}

/// Notes everybody of `people` whom nobody knows.
pub(super) fn strangers<'a>(operators: &[Operator], people: impl IntoIterator<Item = &'a OperatorId>) -> Vec<Refusal> {
    let stranger = |who: &&OperatorId| !operators.iter().any(|operator| operator.id == **who);
    people.into_iter().filter(stranger).map(|who| Refusal::unknown(operators, who.as_str())).collect()
}

/// Returns the whole name of a person; the id where nobody knows it.
pub(super) fn whole_name<'a>(operators: &'a [Operator], id: &'a OperatorId) -> &'a str {
    operators.iter().find(|operator| operator.id == *id).map_or(id.as_str(), |operator| &operator.name)
}
