//! Whom an event is about: by its name, else by who was invited, else by who invites. A name is
//! taken whole (in either order) or as one word that only one person has; nothing is guessed.

use super::content::{Block, Content};
use crate::domain::{Bilingual, OperatorId, fold};
use crate::routing::mistake::nearest;
use crate::routing::{Line, Operator, Refusal};

/// Words of an event's name that name nobody.
const DUTY: [&str; 24] = [
    "sluzba", "sluzby", "sluzbu", "slouzi", "smena", "smeny", "smenu", "pohotovost", "operator", "operatorka", "linka", "lince", "linky", "linku", "na", "pro", "duty", "shift",
    "on", "call", "oncall", "line", "the", "of",
];
/// What stands before and behind names.
const TITLES: [&str; 14] = ["koordinator", "koordinatorka", "mgr", "bc", "ing", "phdr", "judr", "mudr", "rndr", "paeddr", "dr", "dis", "phd", "mba"];

/// Finds whom an event is about.
///
/// # Errors
/// When nobody or more than one is named, with who was probably meant.
pub(super) fn serves(block: &Block, line: &Line, operators: &[Operator]) -> Result<OperatorId, Refusal> {
    let summary = block.value("SUMMARY");
    let bare = without(words(summary), &DUTY.map(str::to_owned));
    let ours = [words(&line.name.cs), words(&line.name.en)].concat();
    let rest = without(bare.clone(), &ours);
    for words in [words(summary), bare, rest.clone()] {
        if let Some(found) = named(&words, operators)? {
            return Ok(found);
        }
    }
    if !rest.is_empty() {
        return Err(several(summary, operators).unwrap_or_else(|| unknown(summary, &rest, operators)));
    }
    let mut invited: Vec<OperatorId> = block.all("ATTENDEE").filter_map(|one| person(one, operators)).collect();
    invited.dedup();
    match (invited.as_slice(), block.find("ORGANIZER").and_then(|one| person(one, operators))) {
        ([one], _) => Ok(one.clone()),
        ([], Some(organizer)) => Ok(organizer),
        ([], None) => Err(Refusal::new("nepoznáme, kdo slouží: v názvu ani mezi pozvanými není nikdo z operátorů", "nobody on duty can be told: neither its name nor its guests are operators")),
        ([_, _, ..], _) => Err(many()),
    }
}

/// Splits a name into words without titles, marks and case.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !TITLES.contains(word)).map(str::to_owned).collect()
}

fn without(mut words: Vec<String>, noise: &[String]) -> Vec<String> {
    words.retain(|word| !noise.contains(word));
    words
}

/// Finds who has exactly this name; `None` where nobody has.
fn named(words: &[String], operators: &[Operator]) -> Result<Option<OperatorId>, Refusal> {
    let sorted = |mut words: Vec<String>| {
        words.sort();
        words
    };
    let wanted = sorted(words.to_vec());
    let whole = |operator: &&Operator| sorted(self::words(&operator.name)) == wanted;
    let id = |operator: &&Operator| sorted(self::words(operator.id.as_str())) == wanted;
    let part = |operator: &&Operator| matches!(words, [one] if self::words(&operator.name).contains(one));
    if words.is_empty() {
        return Ok(None);
    }
    for found in [operators.iter().filter(whole).collect::<Vec<_>>(), operators.iter().filter(part).collect(), operators.iter().filter(id).collect()] {
        match found.as_slice() {
            [] => {}
            [one] => return Ok(Some(one.id.clone())),
            [..] => {
                let names = found.iter().map(|operator| operator.name.as_str()).collect::<Vec<_>>().join(", ");
                let who = words.join(" ");
                return Err(Refusal::new(format!("„{who}“ může být víc lidí: {names}; napište celé jméno"), format!("`{who}` may be several people: {names}; write the whole name")));
            }
        }
    }
    Ok(None)
}

/// Says that several people are named, where each part of the name is one.
fn several(summary: &str, operators: &[Operator]) -> Option<Refusal> {
    let plain = summary.replace(" a ", ",").replace(" and ", ",");
    let parts: Vec<Vec<String>> = plain.split([',', ';', '+', '&', '/']).map(|part| without(words(part), &DUTY.map(str::to_owned))).filter(|part| !part.is_empty()).collect();
    let all = parts.len() > 1 && parts.iter().all(|part| matches!(named(part, operators), Ok(Some(_))));
    all.then(many)
}

fn many() -> Refusal {
    Refusal::new("v jedné události je víc lidí; udělejte z ní pro každého jednu", "one event names several people; make one for each")
}

fn unknown(summary: &str, rest: &[String], operators: &[Operator]) -> Refusal {
    let who: String = summary.chars().filter(|c| !c.is_control()).take(60).collect();
    let names = || operators.iter().flat_map(|operator| {
        let name = words(&operator.name);
        [name.join(" "), name.iter().rev().map(String::as_str).collect::<Vec<_>>().join(" ")].into_iter().chain(name).map(move |known| (known, &operator.name))
    });
    let known: Vec<(String, &String)> = names().collect();
    let near = nearest(&rest.join(" "), known.iter().map(|(known, _)| known.as_str())).and_then(|near| known.iter().find(|(known, _)| known == near));
    let hint = near.map(|(_, name)| Bilingual::new(format!("mysleli jste „{name}“?"), format!("did you mean `{name}`?")));
    Refusal { hint, ..Refusal::new(format!("operátora „{who}“ nikdo nezná"), format!("unknown operator `{who}`")) }
}

/// Finds the operator of an invitation: by the name beside it, or by its e-mail.
fn person(invited: &Content, operators: &[Operator]) -> Option<OperatorId> {
    let mail = invited.value.trim();
    let mail = mail.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).and_then(|_| mail.get(7..)).unwrap_or(mail);
    let known = |operator: &&Operator| operator.addresses.iter().any(|address| !mail.is_empty() && address.handle.eq_ignore_ascii_case(mail));
    let by_name = || named(&words(invited.param("CN")?), operators).ok().flatten();
    operators.iter().find(known).map(|operator| operator.id.clone()).or_else(by_name)
}
