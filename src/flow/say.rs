//! How a question looks on a medium: options spoken or numbered by the phrases of
//! `_common.toml`, and one message for everything said in a turn.

use super::{Act, Choice, Expects, Prompt, Shared, shared::Does, template};
use crate::domain::{Lang, Medium, fold_for_sms, sms_parts};

/// Parts a message may have before it is sent as two.
const SMS_PARTS_MAX: usize = 3;

/// Adds the options to a text where the medium shows none by itself; on the phone also the phrase that
/// leads to the next page.
pub(crate) fn with_options(text: &str, options: &[Choice], shared: &Shared, lang: Lang, medium: Medium, further: Option<&str>) -> String {
    let lines: Vec<String> = match medium {
        Medium::Chat | Medium::Web => return text.to_owned(),
        Medium::Sms => {
            options.iter().map(|option| template::option(shared.phrase("option_text", lang), &option.label, &option.key)).collect()
        }
        Medium::Voice => spoken(options, shared, lang, further),
    };
    let between = separator(medium);
    std::iter::once(text.to_owned()).chain(lines).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(between)
}

fn spoken(options: &[Choice], shared: &Shared, lang: Lang, further: Option<&str>) -> Vec<String> {
    let phrase = shared.phrase("option_voice", lang);
    let line = |label: &str, key: &str| template::option(phrase, label, shared.spoken_key(key, lang));
    let mut lines: Vec<String> = options.iter().map(|option| line(&option.label, &option.key)).collect();
    lines.extend(further.map(|name| line(shared.phrase(name, lang), shared.key_of(Does::More))));
    lines
}

const fn separator(medium: Medium) -> &'static str {
    match medium {
        Medium::Chat | Medium::Web => "\n\n",
        Medium::Sms => "\n",
        Medium::Voice => " ",
    }
}

/// Joins the messages of a turn into one; a short message only while it stays short.
pub(crate) fn joined(acts: Vec<Act>, medium: Medium) -> Vec<Act> {
    let mut whole: Vec<Act> = Vec::new();
    for act in acts {
        match (last_said(&mut whole), act) {
            (_, Act::Say(next)) if is_empty(&next) => {}
            (Some(last), Act::Say(next)) if fits(last, &next, medium) => join(last, next, medium),
            (_, act) => whole.push(act),
        }
    }
    whole
}

/// The last message; what is recorded in between does not part it from the next one.
fn last_said(acts: &mut [Act]) -> Option<&mut Prompt> {
    let said = acts.iter_mut().rev().map(|act| match act {
        Act::Say(prompt) => Some(Some(prompt)),
        Act::HandOver { .. } | Act::Ended { .. } => Some(None),
        Act::AlsoSms { .. } | Act::LookedUp { .. } | Act::Promise { .. } | Act::PassedOn { .. } | Act::Saved { .. } => None,
    });
    said.flatten().next().flatten()
}

fn is_empty(prompt: &Prompt) -> bool {
    prompt.text.is_empty() && prompt.options.is_empty() && prompt.expects == Expects::Nothing
}

fn fits(last: &Prompt, next: &Prompt, medium: Medium) -> bool {
    let short = || sms_parts(&fold_for_sms(&format!("{}\n{}", last.text, next.text))) <= SMS_PARTS_MAX;
    last.expects == Expects::Nothing && (medium != Medium::Sms || short())
}

fn join(last: &mut Prompt, next: Prompt, medium: Medium) {
    let text =
        [last.text.as_str(), next.text.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(separator(medium));
    *last = Prompt { text, ..next };
}

/// Cuts a spoken text at the end of a sentence, so that it takes no longer than this.
pub(crate) fn cut_spoken(text: &str, seconds_max: usize, rest: &str) -> String {
    let characters_max = seconds_max.saturating_mul(SPOKEN_PER_SECOND);
    if text.chars().count() <= characters_max {
        return text.to_owned();
    }
    let head: String = text.chars().take(characters_max).collect();
    let end = head.rfind(". ").map_or(head.len(), |at| at + 1);
    format!("{} {rest}", head.get(..end).unwrap_or(&head).trim_end()).trim_end().to_owned()
}

/// Characters a voice reads in a second: 300 in 20 seconds.
pub(crate) const SPOKEN_PER_SECOND: usize = 15;
