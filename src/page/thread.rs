//! From a stored conversation to what a device shows: who speaks, which buttons still
//! answer anything, how long a short message is. Reads nothing itself.

use super::bubble::{Bubble, Button, Side};
use super::moment;
use crate::channel::outward;
use crate::domain::{Body, Delivery, Lang, Letter, Medium, Sort, fold_for_sms, sms_parts};
use crate::handbook::{Handbook, Phrase};
use crate::store;
use chrono::{DateTime, Utc};

/// Messages a device shows; older ones are in the log.
pub(super) const BUBBLES_MAX: i64 = 60;
/// Signs that take two places in a short message (3GPP TS 23.038, extension table).
const EXTENSION: &str = "^{}\\[~]|€\u{c}";

/// One device, as far as its messages need to know it.
pub(super) struct Screen<'a> {
    /// Wordings and what channels can do.
    pub(super) handbook: &'a Handbook,
    /// The visitor's language.
    pub(super) lang: Lang,
    /// When the page is read.
    pub(super) now: DateTime<Utc>,
    /// Where a press is posted.
    pub(super) press_at: &'static str,
    /// Where files are.
    pub(super) files_at: &'static str,
    /// What a press carries besides.
    pub(super) carries: Vec<(&'static str, String)>,
    /// The key of the event a press would be.
    pub(super) key: &'a str,
}

impl Screen<'_> {
    /// Shows a worker's conversation: the buttons of the last question can be pressed until
    /// the worker says something else.
    pub(super) fn worker(&self, stored: &[store::Bubble]) -> Vec<Bubble> {
        let last_mine = stored.iter().rposition(|bubble| bubble.mine);
        let pressable = |place| last_mine.is_none_or(|mine| place > mine);
        stored.iter().enumerate().filter_map(|(place, bubble)| self.bubble(bubble, pressable(place))).collect()
    }

    /// Shows one message; `None` when there is nothing to see.
    pub(super) fn bubble(&self, stored: &store::Bubble, pressable: bool) -> Option<Bubble> {
        match &stored.letter {
            None => self.mine(stored),
            Some(letter) => self.theirs(letter, pressable),
        }
    }

    /// A note of the device itself.
    pub(super) fn aside(&self, id: String, words: &str, at: DateTime<Utc>) -> Bubble {
        self.plain(id, Side::Note, words.to_owned(), at)
    }

    /// Words with nothing around them.
    pub(super) fn plain(&self, id: String, side: Side, words: String, at: DateTime<Utc>) -> Bubble {
        Bubble {
            id,
            side,
            words,
            time: moment::near(at, self.now, self.lang),
            author: String::new(),
            meta: String::new(),
            file: None,
            buttons: Vec::new(),
            pressable: false,
            step: String::new(),
            press_at: self.press_at,
            key: self.key.to_owned(),
            carries: Vec::new(),
        }
    }

    fn mine(&self, stored: &store::Bubble) -> Option<Bubble> {
        let id = format!("m{}", stored.at.timestamp_micros());
        (!stored.words.is_empty()).then(|| self.plain(id, Side::Mine, stored.words.clone(), stored.at))
    }

    fn theirs(&self, letter: &Letter, pressable: bool) -> Option<Bubble> {
        let Body::Text { step, choices, .. } = &letter.body else { return None };
        let ability = self.handbook.ability(&letter.to.channel)?;
        let words = outward(letter, ability);
        let mut bubble = self.plain(letter.id.to_string(), Side::Theirs, words, letter.created_at);
        if ability.buttons {
            bubble.buttons = choices.iter().map(|choice| Button { value: choice.value.clone(), label: choice.label.clone() }).collect();
            bubble.pressable = pressable;
            bubble.step.clone_from(step);
            bubble.carries.clone_from(&self.carries);
            // Two presses on one page are two events.
            bubble.key = format!("{}-{:x}", self.key, letter.id.0.as_u64_pair().1);
        }
        if letter.sort == Sort::Relay && letter.operator.is_none() {
            self.name_operator(&mut bubble);
        }
        bubble.file = letter.body.attachment().map(|file| (format!("{}/{}", self.files_at, file.id), file.label(self.lang)));
        bubble.meta = self.meta(letter, ability.medium, &bubble.words);
        Some(bubble)
    }

    /// An operator's words come as "Operátor: …"; a device that can, shows the name above them.
    fn name_operator(&self, bubble: &mut Bubble) {
        let Some(words) = without_prefix(self.handbook, &bubble.words) else { return };
        bubble.author = bubble.words.strip_suffix(words).unwrap_or_default().trim_end_matches([':', ' ']).to_owned();
        bubble.words = words.to_owned();
    }

    fn meta(&self, letter: &Letter, medium: Medium, words: &str) -> String {
        let size = (medium == Medium::Sms).then(|| sms_size(words, self.lang));
        let fate = match letter.delivery {
            Delivery::Queued | Delivery::Sending => self.lang.pick("odesílá se", "being sent"),
            Delivery::Failed => self.lang.pick("nedoručeno", "not delivered"),
            Delivery::Unknown => self.lang.pick("možná odesláno", "perhaps sent"),
            Delivery::Sent | Delivery::Delivered | Delivery::Read | Delivery::Withdrawn => "",
        };
        size.into_iter().chain((!fate.is_empty()).then(|| fate.to_owned())).collect::<Vec<_>>().join(" · ")
    }
}

/// Words an operator's "Operátor: " or "Operátor (č. 1001): " stands before, without it; `None` when neither does.
pub(super) fn without_prefix<'w>(handbook: &Handbook, words: &'w str) -> Option<&'w str> {
    let (who, said) = words.split_once(": ")?;
    let who = who.split_once(" (").map_or(who, |(who, _)| who);
    let known = Lang::ALL.map(|lang| handbook.wording.phrases.say(Phrase::WorkerOperator, lang, &[]));
    known.iter().any(|name| who == name || who == fold_for_sms(name)).then_some(said)
}

/// Says how long a short message is: "2 zprávy · 213/306 znaků".
pub(super) fn sms_size(words: &str, lang: Lang) -> String {
    let folded = fold_for_sms(words);
    let parts = sms_parts(&folded);
    let used: usize = folded.chars().map(|sign| if EXTENSION.contains(sign) { 2 } else { 1 }).sum();
    let room = if parts == 1 { 160 } else { parts * 153 };
    let messages = match (lang, parts) {
        (Lang::Cs, 1) => "zpráva",
        (Lang::Cs, 2..=4) => "zprávy",
        (Lang::Cs, _) => "zpráv",
        (Lang::En, 1) => "message",
        (Lang::En, _) => "messages",
    };
    format!("{parts} {messages} · {used}/{room} {}", lang.pick("znaků", "characters"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_message_is_counted_as_it_is_sent() {
        assert_eq!(sms_size("", Lang::Cs), "1 zpráva · 0/160 znaků");
        assert_eq!(sms_size("Příliš žluťoučký kůň", Lang::Cs), "1 zpráva · 20/160 znaků");
        assert_eq!(sms_size(&"a".repeat(200), Lang::Cs), "2 zprávy · 200/306 znaků");
        assert_eq!(sms_size("[ok]", Lang::En), "1 message · 6/160 characters");
    }
}
