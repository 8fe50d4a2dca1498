//! All case forms of a whole place name, one word or several.
//!
//! Words before a preposition are inflected, the rest is frozen ("Ústí | nad
//! Labem"). Of the inflected words, leading adjectives agree with the noun that
//! follows; what stands after the first noun stays ("Hradec | Králové") and is
//! also offered inflected ("Frýdku-Místku").

use super::{
    adjective,
    case::{Cases, Class, WordForm},
    noun,
};

/// Prepositions inside names; what follows them is not inflected.
const INNER: &[&str] = &["nad", "nade", "pod", "u", "v", "ve", "na", "za", "při", "a"];

/// One form of a name, lower case, with its diacritics, words parted by one blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameForm {
    pub(super) cases: Cases,
    /// The inflected words ("ústí", "dolních bojanovicích").
    pub(super) head: String,
}

/// A name cut into the part that is inflected and the part that is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// The forms of the inflected part.
    pub(super) heads: Vec<NameForm>,
    /// The forms of the noun without its leading adjective, where there is one.
    pub(super) without_adjective: Vec<NameForm>,
    /// The frozen part with its preposition: `nad`, `labem`.
    pub(super) tail: Vec<String>,
    /// The leading adjective in the nominative, where there is one.
    pub(super) adjective: Option<String>,
}

/// Generates the forms of a name.
pub(super) fn inflect(name: &str) -> Name {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    let cut = words.iter().skip(1).position(|w| INNER.contains(w)).map_or(words.len(), |at| at + 1);
    let (head, tail) = words.split_at_checked(cut).unwrap_or((&words, &[]));
    let adjectives = leading_adjectives(head);
    let (front, rest) = head.split_at_checked(adjectives).unwrap_or((&[], head));
    let nouns = noun_phrase(rest);
    let heads = front.iter().rev().fold(nouns.clone(), |forms, word| agree(word, &forms));
    Name {
        heads: merge(heads),
        without_adjective: if front.is_empty() { Vec::new() } else { merge(nouns) },
        tail: tail.iter().map(|w| (*w).to_owned()).collect(),
        adjective: front.first().map(|w| (*w).to_owned()),
    }
}

fn leading_adjectives(head: &[&str]) -> usize {
    let candidates = head.len().saturating_sub(1);
    head.iter().take(candidates).take_while(|w| adjective::decline(w).is_some()).count()
}

/// The noun and what belongs to it: frozen, or inflected in the same case.
fn noun_phrase(words: &[&str]) -> Vec<WordForm> {
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    let firsts = noun::decline(first);
    if rest.is_empty() {
        return firsts;
    }
    let frozen = rest.join(" ");
    let mut forms: Vec<WordForm> = firsts.iter().map(|f| WordForm::new(f.cases, f.class, format!("{} {frozen}", f.text))).collect();
    if let [second] = rest {
        for form in noun::decline(second) {
            forms.push(WordForm::new(form.cases, Class::ANY, format!("{first} {}", form.text)));
            let same_case = firsts.iter().filter(|f| f.cases.meets(form.cases));
            forms.extend(same_case.map(|f| WordForm::new(form.cases, Class::ANY, format!("{} {}", f.text, form.text))));
        }
    }
    forms
}

fn agree(word: &str, nouns: &[WordForm]) -> Vec<WordForm> {
    let adjectives = adjective::decline(word).unwrap_or_default();
    let possible = nominative_class(&adjectives, word);
    let mut forms = Vec::with_capacity(nouns.len() * 2);
    for noun in nouns.iter().filter(|n| n.class.meets(possible)) {
        for adjective in adjectives.iter().filter(|a| a.cases.meets(noun.cases) && a.class.meets(noun.class)) {
            forms.push(WordForm::new(both(adjective.cases, noun.cases), noun.class, format!("{} {}", adjective.text, noun.text)));
        }
    }
    forms
}

fn nominative_class(adjectives: &[WordForm], word: &str) -> Class {
    let nominatives = adjectives.iter().filter(|a| a.text == word && a.cases.meets(Cases::NOM)).map(|a| a.class);
    nominatives.reduce(Class::or).unwrap_or(Class::ANY)
}

fn both(one: Cases, other: Cases) -> Cases {
    [Cases::NOM, Cases::GEN, Cases::DAT, Cases::ACC, Cases::LOC, Cases::INS]
        .into_iter()
        .filter(|c| one.meets(*c) && other.meets(*c))
        .fold(Cases::NONE, Cases::or)
}

fn merge(forms: Vec<WordForm>) -> Vec<NameForm> {
    let mut merged: Vec<NameForm> = Vec::with_capacity(forms.len());
    for form in forms {
        match merged.iter_mut().find(|m| m.head == form.text) {
            Some(known) => known.cases = known.cases.or(form.cases),
            None => merged.push(NameForm { cases: form.cases, head: form.text }),
        }
    }
    merged
}

/// "nad Labem" → "n l", "n lab", "n labem", "nad l", "labem".
pub(super) fn shortened_tails(tail: &[String]) -> Vec<String> {
    let Some((preposition, rest)) = tail.split_first() else { return Vec::new() };
    let first = |text: &str, letters: usize| text.chars().take(letters).collect::<String>();
    let word = match rest {
        [word] => word,
        [adjective, noun] => return (1..=4).map(|letters| format!("{preposition} {} {noun}", first(adjective, letters))).collect(),
        _ => return Vec::new(),
    };
    let p = first(preposition, 1);
    let mut short = vec![format!("{p} {word}"), format!("{preposition} {}", first(word, 1)), word.clone()];
    short.extend((1..=3).map(|letters| format!("{p} {}", first(word, letters))));
    short.push(format!("{p}{}", first(word, 1)));
    short.dedup();
    short
}
