//! The second case of Czech first names, for "místo Jany": the common patterns, and `None` where
//! a name is not one word or its pattern is not certain. Not a grammar of Czech.

/// Names whose form no pattern gives; the stem changes, or nothing does.
const ODD: [(&str, &str); 12] = [
    ("Karel", "Karla"),
    ("Pavel", "Pavla"),
    ("Daniel", "Daniela"),
    ("Samuel", "Samuela"),
    ("Gabriel", "Gabriela"),
    ("Michael", "Michaela"),
    ("Lev", "Lva"),
    ("Zdeněk", "Zdeňka"),
    ("Vítek", "Vítka"),
    ("Ester", "Ester"),
    ("Dagmar", "Dagmar"),
    ("Miriam", "Miriam"),
];

/// Returns the second case of a first name: `Jana` → `Jany`, `Tomáš` → `Tomáše`.
pub(super) fn genitive(name: &str) -> Option<String> {
    if !name.chars().all(char::is_alphabetic) || !name.chars().next()?.is_uppercase() {
        return None;
    }
    if let Some((_, form)) = ODD.iter().find(|(known, _)| *known == name) {
        return Some((*form).to_owned());
    }
    let last = name.chars().last()?;
    let stem = name.strip_suffix(last)?;
    match last {
        'a' if stem.ends_with(['ď', 'ť', 'ň']) => Some(softened(stem) + "i"),
        'a' if stem.ends_with(['š', 'ž', 'č', 'ř', 'c', 'j']) => Some(format!("{stem}i")),
        'a' => Some(format!("{stem}y")),
        'e' | 'ě' => Some(name.to_owned()),
        'í' | 'ý' => Some(format!("{name}ho")),
        // Marek, Radek, František: the vowel before the last letter falls out.
        'k' => stem.strip_suffix('e').map_or_else(|| Some(format!("{name}a")), |stem| Some(format!("{stem}ka"))),
        'š' | 'ž' | 'č' | 'ř' | 'c' | 'j' => Some(format!("{name}e")),
        'b' | 'd' | 'f' | 'g' | 'h' | 'l' | 'm' | 'n' | 'p' | 'r' | 's' | 't' | 'v' | 'x' | 'z' => Some(format!("{name}a")),
        _ => None,
    }
}

/// The hook of the last letter moves into the i: Táňa, Táni.
fn softened(stem: &str) -> String {
    let plain = |letter| match letter {
        'ď' => 'd',
        'ť' => 't',
        'ň' => 'n',
        other => other,
    };
    let mut letters: Vec<char> = stem.chars().collect();
    if let Some(last) = letters.last_mut() {
        *last = plain(*last);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::genitive;

    #[test]
    fn common_names_and_nothing_uncertain() {
        let table = [
            ("Jana", "Jany"),
            ("Marie", "Marie"),
            ("Lucie", "Lucie"),
            ("Táňa", "Táni"),
            ("Petr", "Petra"),
            ("Tomáš", "Tomáše"),
            ("Ondřej", "Ondřeje"),
            ("Karel", "Karla"),
            ("Marek", "Marka"),
            ("Dominik", "Dominika"),
            ("Jiří", "Jiřího"),
            ("Václav", "Václava"),
            ("Libuše", "Libuše"),
        ];
        for (name, form) in table {
            assert_eq!(genitive(name).as_deref(), Some(form), "{name}");
        }
        for name in ["", "jana", "Jana Vzorová", "Hugo", "J4n"] {
            assert_eq!(genitive(name), None, "{name}");
        }
    }
}
