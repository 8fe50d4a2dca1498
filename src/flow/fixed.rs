//! What is always said in the same words on the phone: what a person can record once, and what the
//! voice of another language reads.

use super::{Flow, FlowSet};
use crate::domain::{Lang, Medium};

/// What begins something that may change.
const MARKS: [&str; 3] = ["{{", "{%", "{#"];

/// A text that is always the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The step or phrase it stands in, by which its recording is named.
    pub name: String,
    /// The language of the conversation it is said in.
    pub lang: Lang,
    /// The words.
    pub text: String,
    /// Whose voice reads it, where that is not the conversation's.
    pub read_in: Option<Lang>,
}

impl FlowSet {
    /// Lists what is always said in the same words, phrases first. A step of another flow than
    /// `main` goes by the flow's name too: `survey.hello`.
    #[must_use]
    pub fn fixed(&self, main: &str) -> Vec<Fixed> {
        let mut all: Vec<Fixed> = self.flows().next().map(phrases).unwrap_or_default();
        for flow in self.flows() {
            let named = |step: &str| if flow.name == main { step.to_owned() } else { format!("{}.{step}", flow.name) };
            for (name, step) in &flow.steps {
                let wording = step.texts().map(|texts| texts.on(Medium::Voice)).filter(|_| flow.runs_on(Medium::Voice));
                let texts = Lang::ALL.into_iter().filter_map(|lang| Some((lang, wording?.spanned(lang)?.get_ref())));
                all.extend(texts.filter_map(|(lang, text)| Some(Fixed { name: named(name.get_ref()), lang, text: filled(text, flow, lang)?, read_in: None })));
            }
        }
        all
    }
}

/// The phrases all flows share.
fn phrases(flow: &Flow) -> Vec<Fixed> {
    let mut all = Vec::new();
    for (name, wording) in &flow.shared.phrases {
        let read_in = flow.shared.read_in.get(name.get_ref().as_str()).copied();
        let texts = Lang::ALL.into_iter().filter_map(|lang| Some((lang, wording.spanned(lang)?.get_ref())));
        all.extend(texts.filter_map(|(lang, text)| Some(Fixed { name: name.get_ref().clone(), lang, text: filled(text, flow, lang)?, read_in })));
    }
    all
}

/// Puts phrases into a text; `None` when it says something that may change, or nothing.
fn filled(text: &str, flow: &Flow, lang: Lang) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}")?;
        let name = name.trim().strip_prefix("phrase.")?;
        filled.push_str(before);
        filled.push_str(flow.shared.phrases.get(name)?.get(lang));
        rest = after;
    }
    filled.push_str(rest);
    let filled = filled.trim();
    (!filled.is_empty() && !MARKS.iter().any(|mark| filled.contains(mark))).then(|| filled.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Fixed;
    use crate::domain::Lang;
    use crate::flow::FlowSet;
    use std::collections::BTreeMap;

    #[test]
    fn what_never_changes_can_be_recorded() {
        let all = FlowSet::builtin().unwrap().fixed("worker");
        let find = |name: &str, lang: Lang| all.iter().find(|fixed| fixed.name == name && fixed.lang == lang);
        let hello = find("hello", Lang::Cs).map(|fixed| fixed.text.as_str()).unwrap();
        assert!(hello.starts_with("Dobrý den, Linka spolupráce.") && hello.contains("For English, press nine."), "{hello}");
        assert!(find("hello", Lang::En).is_some());
        assert_eq!(find("crisis", Lang::Cs).map(|fixed| &fixed.text), find("crisis_numbers_voice", Lang::Cs).map(|fixed| &fixed.text));
        assert!(find("closed", Lang::Cs).is_none(), "names the line and its hours");
        assert!(find("option_voice", Lang::Cs).is_none());
        assert_eq!(find("english_offer", Lang::Cs).and_then(|fixed| fixed.read_in), Some(Lang::En));
        assert_eq!(find("hello", Lang::Cs).and_then(|fixed| fixed.read_in), None);
    }

    #[test]
    fn a_name_means_one_text() {
        let mut known: BTreeMap<(String, Lang), String> = BTreeMap::new();
        for Fixed { name, lang, text, .. } in FlowSet::builtin().unwrap().fixed("worker") {
            let other = known.insert((name.clone(), lang), text.clone());
            assert!(other.is_none_or(|other| other == text), "{name} is two texts");
        }
    }
}
