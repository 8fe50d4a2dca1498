//! `[[operator]]`: a person and the ways to reach them.

use super::table::{Found, Notes, Table};
use crate::domain::Lang;
use crate::routing::{ContactPoint, Operator, OperatorId, Reach, RuleId};

pub(super) fn read(root: &Table<'_>, notes: &mut Notes<'_>) -> Vec<Operator> {
    let mut operators: Vec<Operator> = Vec::new();
    for table in root.tables("operator", notes) {
        table.only(&["id", "name", "languages", "addresses", "reach", "contacts_max"], notes);
        let Some(operator) = read_one(&table, notes) else { continue };
        if operators.iter().any(|other| other.id == operator.id) {
            notes.mistake(table.place.clone(), format!("operator `{}` is declared twice", operator.id), None);
        }
        operators.push(operator);
    }
    operators
}

fn read_one(table: &Table<'_>, notes: &mut Notes<'_>) -> Option<Operator> {
    let id = slug(table, notes);
    let name = table.needed_text("name", notes);
    let languages = table.texts("languages", notes);
    let languages = languages.map_or_else(|| vec![Lang::Cs], |texts| texts.iter().filter_map(|text| language(text, notes)).collect());
    let addresses = table.texts("addresses", notes).unwrap_or_default();
    let addresses: Vec<ContactPoint> = addresses.iter().filter_map(|text| address(text, notes)).collect();
    if addresses.is_empty() {
        notes.warning(table.place.clone(), "this operator has no address and cannot be reached", None);
    }
    let reach = table.texts("reach", notes).unwrap_or_default();
    let reach = reach.iter().filter_map(|text| step(text, &addresses, notes)).collect();
    let contacts_max = table.number("contacts_max", (1, 99), notes).and_then(|found| u8::try_from(found.value).ok());
    Some(Operator { id: OperatorId(id?), name: name?.value.trim().to_owned(), languages, addresses, reach, contacts_max })
}

/// A step of the personal rule is written `sms 2` and names one of the operator's own channels.
fn step(text: &Found<&str>, addresses: &[ContactPoint], notes: &mut Notes<'_>) -> Option<Reach> {
    let step = Reach::try_from(text.value.to_owned());
    let known = |step: &Reach| addresses.iter().any(|address| address.channel == step.channel);
    match step {
        Ok(step) if known(&step) => Some(step),
        Ok(step) => {
            notes.mistake(text.place.clone(), format!("this operator has no address on `{}`", step.channel), None);
            None
        }
        Err(problem) => {
            notes.mistake(text.place.clone(), problem, None);
            None
        }
    }
}

/// Reads an `id`: lower-case letters, digits, hyphens.
pub(super) fn slug(table: &Table<'_>, notes: &mut Notes<'_>) -> Option<String> {
    let id = table.needed_text("id", notes)?;
    plain_id(&id, notes)
}

/// Reads an `id` that may be left out.
pub(super) fn own_id(table: &Table<'_>, usual: impl FnOnce() -> String, notes: &mut Notes<'_>) -> Option<RuleId> {
    let id = table.text("id", notes).map_or_else(|| Some(usual()), |id| plain_id(&id, notes));
    id.map(RuleId)
}

fn plain_id(id: &Found<&str>, notes: &mut Notes<'_>) -> Option<String> {
    let plain = id.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !plain {
        let hint = "use lower-case letters without diacritics, digits and hyphens".to_owned();
        notes.mistake(id.place.clone(), format!("`{}` is not an id", id.value), Some(hint));
        return None;
    }
    Some(id.value.to_owned())
}

fn language(text: &Found<&str>, notes: &mut Notes<'_>) -> Option<Lang> {
    let lang = Lang::from_code(text.value);
    if lang.is_none() {
        notes.mistake(text.place.clone(), format!("`{}` is not a language of the line", text.value), Some("use cs or en".to_owned()));
    }
    lang
}

/// An address is written `sms:+420719000101`: the channel's name, a colon, the handle.
pub(super) fn address(text: &Found<&str>, notes: &mut Notes<'_>) -> Option<ContactPoint> {
    let read = ContactPoint::read(text.value);
    if read.is_none() {
        notes.mistake(text.place.clone(), format!("`{}` is not an address", text.value), Some("write \"sms:+420719000101\"".to_owned()));
    }
    read
}
