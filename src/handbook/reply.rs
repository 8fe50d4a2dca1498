//! Answers an operator has ready: one word with a slash stands for a whole message.

use super::command::{Words, beginning};
use crate::domain::{Bilingual, Lang, fold};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Characters of an answer shown in the list.
const SHOWN_CHARACTERS_MAX: usize = 60;

/// One answer as the file declares it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    words: Words,
    text: Bilingual,
}

/// Every answer, longest words first.
#[derive(Debug, Clone, Default)]
pub struct Replies {
    by_word: Vec<(String, usize)>,
    answers: Vec<Reply>,
}

impl Replies {
    /// Takes the table of a file; `taken` tells which words mean something already.
    pub(super) fn check(replies: BTreeMap<String, Reply>, taken: impl Fn(&str) -> bool, mistakes: &mut Vec<String>) -> Self {
        let mut all = Self::default();
        for (name, reply) in replies {
            for lang in Lang::ALL {
                if reply.text.get(lang).trim().is_empty() {
                    mistakes.push(format!("[replies.{name}] {} is empty", lang.code()));
                }
            }
            for word in reply.words.all().map(fold) {
                if taken(&word) || all.by_word.iter().any(|(known, _)| *known == word) {
                    mistakes.push(format!("the word „{word}“ stands twice"));
                }
                all.by_word.push((word, all.answers.len()));
            }
            all.answers.push(reply);
        }
        all.by_word.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        all
    }

    /// Finds the answer a text with a slash begins with, and what stands behind the word.
    #[must_use]
    pub fn find<'a>(&self, text: &'a str) -> Option<(&Bilingual, &'a str)> {
        let (answer, rest) = beginning(&self.by_word, text.trim().strip_prefix('/')?)?;
        Some((&self.answers.get(answer)?.text, rest))
    }

    /// Lists the words and how each answer begins.
    #[must_use]
    pub fn list(&self, lang: Lang) -> String {
        let line = |reply: &Reply| {
            let word = reply.words.of(lang).first().map_or("", String::as_str);
            let text = reply.text.get(lang);
            let end = text.char_indices().nth(SHOWN_CHARACTERS_MAX).map_or(text.len(), |(at, _)| at);
            let cut = text.get(..end).unwrap_or(text);
            format!("/{word} – {cut}{}", if end < text.len() { "…" } else { "" })
        };
        self.answers.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::Lang;
    use crate::handbook::wording::Wording;

    #[test]
    fn a_word_with_a_slash_is_a_whole_answer() {
        let replies = Wording::builtin().unwrap().replies;
        let (text, rest) = replies.find("/overuji do tří hodin").unwrap();
        assert!(text.cs.contains("Ověřuji"), "{}", text.cs);
        assert_eq!(rest, "do tří hodin");
        assert!(replies.find("ověřuji to").is_none(), "without the slash it is what the operator says");
        assert!(replies.find("/nic").is_none());
        assert!(replies.list(Lang::Cs).lines().count() >= 4);
    }

    #[test]
    fn a_word_that_is_a_command_is_refused() {
        let text = include_str!("../../flows/_operator.toml").replace("cs = [\"ověřuji\"]", "cs = [\"pauza\"]");
        assert!(Wording::read(&text).unwrap_err().to_string().contains("„pauza“ stands twice"));
    }
}
