//! `[branch.…]`: chooses a way without asking.

use super::document::About;
use super::{Kind, Next, Way};
use crate::flow::run::Run;
use crate::flow::shared::Shared;
use crate::flow::template;
use serde::Deserialize;
use toml::Spanned;

/// A fork in the way.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    when: Vec<When>,
    #[serde(rename = "else")]
    otherwise: Spanned<String>,
    #[serde(default)]
    says_back: bool,
}

/// One condition and its way.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct When {
    #[serde(rename = "if")]
    condition: Spanned<String>,
    goto: Spanned<String>,
}

impl Branch {
    pub(super) const ABOUT: About = About {
        table: "branch",
        purpose: "Rozcestí: vybere cestu podle toho, co už je známo, a na nic se neptá.",
        keys: &[
            ("when", "Podmínky po řadě, každá s krokem: `{ if = \"line.open\", goto = \"operator\" }`. Platí první splněná."),
            ("else", "Krok, když neplatí žádná."),
            ("says_back", "`true`: než se pokračuje, zopakuje se, co linka pochopila a ještě neřekla."),
        ],
        example: "[branch.hand_over]\nwhen = [{ if = \"line.open\", goto = \"operator\" }]\nelse = \"closed\"",
    };
}

impl Kind for Branch {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        if self.says_back {
            run.say_back();
        }
        let chosen = self.when.iter().find(|when| template::holds(when.condition.get_ref(), run.facts()));
        Next::Goto(chosen.map_or(&self.otherwise, |when| &when.goto).get_ref().clone())
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        let when = self.when.iter().map(|when| (when.condition.get_ref().clone(), &when.goto, true));
        when.chain([("jinak".to_owned(), &self.otherwise, true)]).collect()
    }

    fn conditions(&self) -> Vec<&Spanned<String>> {
        self.when.iter().map(|when| &when.condition).collect()
    }
}
