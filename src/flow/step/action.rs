//! `[action.…]`: does something the person does not see.

use super::document::About;
use super::{Kind, Next, Way};
use crate::flow::act::Act;
use crate::flow::run::Run;
use crate::flow::shared::Shared;
use serde::Deserialize;
use toml::Spanned;

/// Things to do, in order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    #[serde(rename = "do")]
    deeds: Vec<Deed>,
    goto: Spanned<String>,
}

/// One thing to do.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Deed {
    /// Promises an answer to this text.
    Promise(Promise),
    /// Adds the text to the contact.
    PassOn(Body),
    /// Saves a value.
    Save(Save),
}

/// What is promised. Topic and place may be named, but the contact has them anyway.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Promise {
    #[expect(dead_code, reason = "the contact carries it")]
    topic: Option<String>,
    #[expect(dead_code, reason = "the contact carries it")]
    destination: Option<String>,
    body: Spanned<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    body: Spanned<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Save {
    name: Spanned<String>,
    value: Spanned<String>,
}

impl Action {
    pub(super) const ABOUT: About = About {
        table: "action",
        purpose: "Udělá něco na pozadí a jde dál.",
        keys: &[
            (
                "do",
                "Co udělat, po řadě: `{ promise = { body = \"…\" } }` slíbí odpověď, `{ pass_on = { body = \"…\" } }` přidá text ke kontaktu, `{ save = { name = \"…\", value = \"…\" } }` uloží hodnotu.",
            ),
            ("goto", "Další krok."),
        ],
        example: "[action.promise]\ndo = [{ promise = { body = \"{{ question }}\" } }]\ngoto = \"confirm\"",
    };
}

impl Kind for Action {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        for deed in &self.deeds {
            match deed {
                Deed::Promise(Promise { body, .. }) => {
                    let body = run.render(body.get_ref());
                    run.acts.push(Act::Promise { body });
                }
                Deed::PassOn(Body { body }) => {
                    let body = run.render(body.get_ref());
                    run.acts.push(Act::PassedOn { body });
                }
                Deed::Save(Save { name, value }) => {
                    let value = run.render(value.get_ref());
                    run.save(name.get_ref(), &value);
                }
            }
        }
        Next::Goto(self.goto.get_ref().clone())
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        vec![(String::new(), &self.goto, true)]
    }

    fn templates(&self) -> Vec<&Spanned<String>> {
        let template = |deed| match deed {
            &Deed::Promise(Promise { ref body, .. }) | &Deed::PassOn(Body { ref body }) => body,
            Deed::Save(save) => &save.value,
        };
        self.deeds.iter().map(template).collect()
    }

    fn saves(&self) -> Vec<&Spanned<String>> {
        let name = |deed| match deed {
            &Deed::Promise(_) | &Deed::PassOn(_) => None,
            Deed::Save(save) => Some(&save.name),
        };
        self.deeds.iter().filter_map(name).collect()
    }
}
