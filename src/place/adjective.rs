//! Case forms of adjectives in place names ("Nový", "Česká", "Horní",
//! "Jindřichův"), from the nominative ending alone; the spoken forms
//! ("v Novym", "z Karlovejch") are among them.

use super::case::{Cases, Class, WordForm};

type Row = (Cases, Class, &'static [&'static str]);

const LOC_DAT: Cases = Cases::LOC.or(Cases::DAT);
const NOM_ACC: Cases = Cases::NOM.or(Cases::ACC);
const ACC_INS: Cases = Cases::ACC.or(Cases::INS);
const GEN_LOC: Cases = Cases::GEN.or(Cases::LOC);
const SINGULAR: Class = Class::M.or(Class::N);

const HARD_M: &[Row] = &[
    (NOM_ACC, Class::M, &["ý", "ej"]),
    (Cases::GEN, Class::M, &["ého", "ýho"]),
    (Cases::DAT, Class::M, &["ému", "ýmu"]),
    (Cases::LOC, Class::M, &["ém"]),
    (Cases::LOC.or(Cases::INS), Class::M, &["ým"]),
];
const HARD_F: &[Row] =
    &[(Cases::NOM, Class::F, &["á"]), (Cases::GEN.or(LOC_DAT), Class::F, &["é", "ý", "ej"]), (ACC_INS, Class::F, &["ou"])];
const HARD_N: &[Row] = &[
    (NOM_ACC, Class::N.or(Class::P), &["é", "ý"]),
    (Cases::GEN, Class::N, &["ého", "ýho"]),
    (Cases::DAT, Class::N, &["ému", "ýmu"]),
    (Cases::LOC, Class::N, &["ém"]),
    (Cases::LOC.or(Cases::INS), Class::N, &["ým"]),
    (Cases::DAT, Class::P, &["ým"]),
    (GEN_LOC, Class::P, &["ých", "ejch"]),
    (Cases::INS, Class::P, &["ými"]),
];
const SOFT: &[Row] = &[
    (Cases::ANY, Class::F, &["í"]),
    (NOM_ACC, Class::ANY, &["í"]),
    (Cases::GEN, SINGULAR, &["ího"]),
    (Cases::DAT, SINGULAR, &["ímu"]),
    (Cases::LOC.or(Cases::INS), SINGULAR, &["ím"]),
    (Cases::DAT, Class::P, &["ím"]),
    (GEN_LOC, Class::P, &["ích"]),
    (Cases::INS, Class::P, &["ími"]),
];
const OWNED_M: &[Row] = &[
    (NOM_ACC, Class::M, &["ův"]),
    (Cases::GEN, Class::M, &["ova"]),
    (LOC_DAT, Class::M, &["ovu"]),
    (Cases::LOC, Class::M, &["ově"]),
    (Cases::INS.or(Cases::LOC), Class::M, &["ovým", "ovém"]),
    (Cases::GEN, Class::M, &["ového"]),
];
const OWNED_F: &[Row] = &[
    (Cases::NOM, Class::F, &["ova"]),
    (Cases::GEN, Class::F, &["ovy"]),
    (LOC_DAT, Class::F, &["ově"]),
    (Cases::ACC, Class::F, &["ovu"]),
    (Cases::GEN.or(LOC_DAT), Class::F, &["ové"]),
    (ACC_INS, Class::F, &["ovou"]),
];
const OWNED_N: &[Row] = &[
    (NOM_ACC, Class::N, &["ovo"]),
    (Cases::GEN, Class::N, &["ova", "ového"]),
    (LOC_DAT, Class::N, &["ovu"]),
    (Cases::LOC, Class::N, &["ově", "ovém"]),
    (Cases::INS, Class::N, &["ovým"]),
];
const OWNED_P: &[Row] = &[
    (NOM_ACC, Class::P, &["ovy"]),
    (GEN_LOC, Class::P, &["ových", "ovejch"]),
    (Cases::DAT, Class::P, &["ovým"]),
    (Cases::INS, Class::P, &["ovými"]),
];

const ENDINGS: &[(&str, &[Row])] =
    &[("ův", OWNED_M), ("ova", OWNED_F), ("ovo", OWNED_N), ("ovy", OWNED_P), ("ý", HARD_M), ("á", HARD_F), ("é", HARD_N), ("í", SOFT)];

/// Returns the forms of a lower-case adjective, `None` when it does not look like one.
pub(super) fn decline(word: &str) -> Option<Vec<WordForm>> {
    let (ending, rows) = ENDINGS.iter().find(|(ending, _)| word.ends_with(ending) && word.len() > ending.len())?;
    let stem = word.strip_suffix(ending)?;
    Some(
        rows.iter()
            .flat_map(|(cases, class, endings)| endings.iter().map(move |e| WordForm::new(*cases, *class, format!("{stem}{e}"))))
            .collect(),
    )
}

/// Returns the forms of a name that is itself an adjective ("Sadská", "Slaný", "Hluboké").
///
/// Possessive endings and `-í` are left to nouns ("Koberovy", "Vrchlabí").
pub(super) fn decline_as_noun(word: &str) -> Option<Vec<WordForm>> {
    ["ý", "á", "é"].iter().any(|e| word.ends_with(e)).then(|| decline(word)).flatten()
}
