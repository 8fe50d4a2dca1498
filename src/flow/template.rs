//! Texts with variables. Strict: an unknown variable is found when a file is read,
//! so rendering cannot meet one.

use super::{Flow, Hand, Known, LineFacts, Position, said};
use crate::domain::{Lang, Medium};
use minijinja::{Environment, Error, UndefinedBehavior, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Variables every text may use, beside `phrase.NAME` and the names given in `save`.
pub(crate) const VARIABLES: [&str; 22] = [
    "contact.number",
    "contact.reachable",
    "contact.promised",
    "contact.beside",
    "worker",
    "locked_until",
    "line.name",
    "line.open",
    "line.next_open",
    "line.closed_text",
    "promise.due",
    "topic.label",
    "destination.name",
    "destination.region",
    "destination.known",
    "need.said",
    "need.known",
    "need.count",
    "words",
    "search.more",
    "lang",
    "medium",
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("digits", |text: String| digits(&text));
    environment.add_filter("sentence", |text: String| sentence(&text));
    environment
});

/// Everything a text may speak of.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The flow the text stands in.
    pub flow: &'a Flow,
    /// Where the conversation stands.
    pub position: &'a Position,
    /// The surroundings.
    pub known: &'a Known<'a>,
    /// This contact.
    pub hand: &'a Hand,
}

/// Fills a text in; a text that cannot be filled in is empty.
pub(crate) fn render(source: &str, facts: Facts<'_>) -> String {
    if !source.contains("{{") && !source.contains("{%") {
        return source.to_owned();
    }
    try_render(source, facts).unwrap_or_default()
}

/// Fills a text in and keeps the reason when that fails.
pub(crate) fn try_render(source: &str, facts: Facts<'_>) -> Result<String, Error> {
    let rendered = ENVIRONMENT.render_str(source, values(source, facts))?;
    Ok(rendered.trim().to_owned())
}

/// Tells whether a condition holds; a broken one does not.
pub(crate) fn holds(condition: &str, facts: Facts<'_>) -> bool {
    let expression = ENVIRONMENT.compile_expression(condition);
    expression.and_then(|expression| expression.eval(values(condition, facts))).is_ok_and(|value| value.is_true())
}

/// Lists the variables a text uses.
pub(crate) fn variables(source: &str) -> Result<BTreeSet<String>, Error> {
    Ok(ENVIRONMENT.template_from_str(source)?.undeclared_variables(true).into_iter().collect())
}

/// Lists the variables a condition uses.
pub(crate) fn condition_variables(source: &str) -> Result<BTreeSet<String>, Error> {
    Ok(ENVIRONMENT.compile_expression(source)?.undeclared_variables(true).into_iter().collect())
}

/// Fills in a phrase of one option.
pub(crate) fn option(phrase: &str, label: &str, key: &str) -> String {
    let values = BTreeMap::from([("label", Value::from(label)), ("key", Value::from(key))]);
    ENVIRONMENT.render_str(phrase, Value::from(values)).unwrap_or_else(|_| format!("{key} {label}"))
}

/// Reads a number digit by digit.
fn digits(text: &str) -> String {
    let digits: Vec<String> = text.chars().filter(|c| !c.is_whitespace()).map(String::from).collect();
    digits.join(", ")
}

/// Closes a sentence with one full stop, also after "od 1. 12.".
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

fn values(source: &str, facts: Facts<'_>) -> Value {
    let Facts { flow, position, hand, .. } = facts;
    let lang = position.lang;
    let mut values: BTreeMap<String, Value> =
        position.saved.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect();
    for name in flow.saved_names() {
        values.entry(name.to_owned()).or_insert_with(|| Value::from(""));
    }
    // Only what the text speaks of is worked out.
    let mut set = |name: &str, value: &dyn Fn() -> Value| {
        if source.contains(name) {
            values.insert(name.to_owned(), value());
        }
    };
    set("contact", &|| group([("number", Value::from(hand.contact_number.clone())), ("reachable", Value::from(hand.reachable)), ("promised", Value::from(hand.promised)), ("beside", Value::from(hand.beside.clone()))]));
    set("worker", &|| Value::from(hand.worker.clone()));
    set("locked_until", &|| Value::from(hand.locked_until.clone()));
    set("words", &|| Value::from(position.words.clone()));
    set("lang", &|| Value::from(lang.code()));
    set("medium", &|| Value::from(position.medium.name()));
    set("search", &|| group([("more", Value::from(position.more))]));
    set("topic", &|| group([("label", Value::from(said::topics(&position.need, lang)))]));
    set("destination", &|| destination(facts));
    set("need", &|| need(facts));
    set("line", &|| line(facts));
    set("promise", &|| promise(facts));
    set("phrase", &|| {
        let phrases = flow.shared.phrases.iter().map(|(name, text)| (name.get_ref().clone(), Value::from(text.get(lang))));
        Value::from(phrases.collect::<BTreeMap<String, Value>>())
    });
    Value::from(values)
}

fn group<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(BTreeMap::from(entries))
}

fn destination(Facts { position, known, .. }: Facts<'_>) -> Value {
    let destination = position.need.destination.as_ref();
    let region = destination.and_then(crate::domain::Destination::region).map_or("", |region| region.name(position.lang));
    let name = destination.map(|destination| (known.describe)(destination, position.lang)).unwrap_or_default();
    group([("name", Value::from(name)), ("region", Value::from(region)), ("known", Value::from(destination.is_some()))])
}

fn need(facts: Facts<'_>) -> Value {
    let Facts { position, .. } = facts;
    let need = &position.need;
    let known = need.destination.is_some() || !need.topics.is_empty() || !position.namesakes.is_empty();
    let count = need.who.count.map(|count| count.to_string()).unwrap_or_default();
    group([
        ("said", Value::from(said::need(need, position.lang, facts.known))),
        ("known", Value::from(known)),
        ("count", Value::from(count)),
    ])
}

fn line(facts: Facts<'_>) -> Value {
    let line = line_facts(facts);
    group([
        ("name", Value::from(line.name)),
        ("open", Value::from(line.open)),
        ("next_open", Value::from(spoken(line.next_open, facts))),
        ("closed_text", Value::from(line.closed_text.unwrap_or_default())),
    ])
}

fn promise(facts: Facts<'_>) -> Value {
    group([("due", Value::from(spoken(line_facts(facts).promise_due, facts)))])
}

fn line_facts(Facts { position, known, .. }: Facts<'_>) -> LineFacts {
    (known.line)(position.need.destination.as_ref(), position.lang)
}

fn spoken(text: String, Facts { position, .. }: Facts<'_>) -> String {
    if position.medium == Medium::Voice { aloud(&text, position.lang) } else { text }
}

/// Full hours are spoken without `:00`.
fn aloud(text: &str, lang: Lang) -> String {
    text.replace(":00", lang.pick(" hodin", " o'clock"))
}

#[cfg(test)]
mod tests {
    use super::{condition_variables, digits, option, sentence, variables};

    #[test]
    fn numbers_are_read_digit_by_digit() {
        assert_eq!(digits("4821"), "4, 8, 2, 1");
    }

    #[test]
    fn a_sentence_has_one_full_stop() {
        for (text, expected) in [("muž, od 1. 12.", "muž, od 1. 12."), ("Most", "Most."), ("", "")] {
            assert_eq!(sentence(text), expected);
        }
    }

    #[test]
    fn variables_are_found_with_their_dots() {
        let found = variables("{% if line.open %}{{ contact.number | digits }}{% endif %} {{ question }}").unwrap();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["contact.number", "line.open", "question"]);
        let found = condition_variables("line.open and not destination.known").unwrap();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["destination.known", "line.open"]);
        assert!(variables("{{ open").is_err());
    }

    #[test]
    fn an_option_is_written_by_its_phrase() {
        assert_eq!(option("{{ label }}: {{ key }}.", "Bydlení", "jedna"), "Bydlení: jedna.");
    }
}
