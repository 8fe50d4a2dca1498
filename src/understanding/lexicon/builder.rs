//! Turns the written word list into the index of stems and phrases; every mistake is told with its line.

use super::file::{File, LexiconError, Lists};
use super::sense::{Criterion, Cue, Frame, Sense, Strength};
use super::{Element, Lexicon, Phrase, Stem, TYPO_STEM_MIN, without_one};
use crate::domain::{Topic, fold};
use std::collections::HashMap;

/// Reads the text of a word list and indexes it.
pub(super) fn built(text: &str) -> Result<Lexicon, LexiconError> {
    let file: File = toml::from_str(text).map_err(|error| LexiconError::Toml(Box::new(error)))?;
    let mut builder = Builder { text, lexicon: Lexicon::default(), known: HashMap::new() };
    for (name, lists) in &file.topic {
        let topic = Topic::from_code(name.get_ref())
            .ok_or_else(|| builder.unknown("topic", name, Topic::ALL.iter().map(|topic| topic.code())))?;
        builder.all(Sense::Topic(topic, Strength::Thing), &lists.things)?;
        builder.all(Sense::Topic(topic, Strength::Trouble), &lists.troubles)?;
        builder.all(Sense::Topic(topic, Strength::Need), &lists.needs)?;
        builder.all(Sense::Topic(topic, Strength::Hint), &lists.hints)?;
    }
    builder.section("who", &file.who, Criterion::CODES, Sense::Who)?;
    builder.section("flag", &file.flag, Cue::CODES, Sense::Flag)?;
    builder.section("context", &file.context, Frame::CODES, Sense::Context)?;
    builder.all(Sense::Ignore, &file.ignore)?;
    Ok(builder.lexicon)
}

struct Builder<'a> {
    text: &'a str,
    lexicon: Lexicon,
    known: HashMap<Stem, usize>,
}

impl Builder<'_> {
    fn section<T: Copy>(&mut self, kind: &'static str, lists: &Lists, codes: &[(&str, T)], sense: impl Fn(T) -> Sense) -> Result<(), LexiconError> {
        for (name, phrases) in lists {
            let (_, value) = codes
                .iter()
                .find(|(code, _)| code == name.get_ref())
                .ok_or_else(|| self.unknown(kind, name, codes.iter().map(|(code, _)| *code)))?;
            self.all(sense(*value), phrases)?;
        }
        Ok(())
    }

    fn all(&mut self, sense: Sense, phrases: &[toml::Spanned<String>]) -> Result<(), LexiconError> {
        phrases.iter().try_for_each(|phrase| self.add(sense, phrase))
    }

    fn add(&mut self, sense: Sense, phrase: &toml::Spanned<String>) -> Result<(), LexiconError> {
        let problem = |problem| LexiconError::Phrase { line: self.line(phrase), phrase: phrase.get_ref().clone(), problem };
        let parts: Vec<&str> = phrase.get_ref().split_whitespace().collect();
        match (parts.first(), parts.last()) {
            (None, _) | (_, None) => return Err(problem("is empty")),
            (Some(&("_" | "..")), _) | (_, Some(&"..")) => return Err(problem("must begin and end with a word")),
            _ => {}
        }
        if parts.iter().any(|part| part.split('|').any(|word| word.trim_matches('*').is_empty() || word.trim_end_matches('*').contains('*'))) {
            return Err(problem("has a * that is not at the end of a word"));
        }
        let elements: Vec<Element> = parts.iter().map(|part| self.element(part)).collect();
        let at = self.lexicon.phrases.len();
        if let Some(Element::Stems(first)) = elements.first() {
            for stem in first {
                if let Some(phrases) = self.lexicon.by_first.get_mut(*stem) {
                    phrases.push(at);
                }
            }
        }
        self.lexicon.phrases.push(Phrase { sense, elements });
        Ok(())
    }

    fn element(&mut self, part: &str) -> Element {
        match part {
            "_" => Element::Any,
            ".." => Element::Gap,
            words => Element::Stems(words.split('|').map(|word| self.stem(word)).collect()),
        }
    }

    fn stem(&mut self, word: &str) -> usize {
        let open = word.ends_with('*');
        let stem = Stem { text: fold(word.trim_end_matches('*')), open };
        if let Some(known) = self.known.get(&stem) {
            return *known;
        }
        let at = self.lexicon.stems.len();
        let exact = if open { &mut self.lexicon.prefix } else { &mut self.lexicon.whole };
        exact.entry(stem.text.clone()).or_default().push(at);
        if stem.text.chars().count() >= TYPO_STEM_MIN {
            for key in without_one(&stem.text) {
                let near = self.lexicon.near.entry(key).or_default();
                if near.last() != Some(&at) {
                    near.push(at);
                }
            }
        }
        self.known.insert(stem.clone(), at);
        self.lexicon.stems.push(stem);
        self.lexicon.by_first.push(Vec::new());
        at
    }

    fn unknown<'b>(&self, kind: &'static str, name: &toml::Spanned<String>, known: impl Iterator<Item = &'b str>) -> LexiconError {
        let nearest = known.map(|code| (strsim::osa_distance(code, name.get_ref()), code)).min();
        let hint = nearest.filter(|(far, _)| *far <= 3).map_or_else(String::new, |(_, code)| format!(" – did you mean “{code}”?"));
        LexiconError::Unknown { line: self.line(name), kind, name: name.get_ref().clone(), hint }
    }

    fn line<T>(&self, at: &toml::Spanned<T>) -> usize {
        self.text.get(..at.span().start).unwrap_or_default().matches('\n').count() + 1
    }
}
