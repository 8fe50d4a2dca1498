//! Ukrainian and Russian spelling of Czech names, letter by letter into folded
//! Latin ("Остраві" → "ostravi", "Праги" → "prahy"). The endings stay foreign;
//! the one-typo look-up bridges them.

/// Tells whether a text holds a Cyrillic letter.
pub(super) fn is_cyrillic(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

/// Writes lower-case Cyrillic in folded Latin; other letters stay.
pub(super) fn transliterate(text: &str) -> String {
    // ř is written рж in both languages; щ after š appears in names on -ště
    // behind a soft consonant Czech writes i: Вінаржице is Vinařice
    let text = text.replace("ржи", "рі").replace("ци", "ці").replace("чи", "чі").replace("жи", "жі").replace("ши", "ші");
    let text = text.replace("рж", "р").replace("ьо", "о").replace("йо", "о");
    let mut latin = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'а' | 'я' => latin.push('a'),
            'б' => latin.push('b'),
            'в' => latin.push('v'),
            'г' | 'ґ' => latin.push('h'),
            'д' => latin.push('d'),
            'е' | 'є' | 'э' | 'ё' => latin.push('e'),
            'ж' | 'з' => latin.push('z'),
            'и' | 'ы' => latin.push('y'),
            'і' | 'ї' => latin.push('i'),
            'й' => latin.push('j'),
            'к' => latin.push('k'),
            'л' => latin.push('l'),
            'м' => latin.push('m'),
            'н' => latin.push('n'),
            'о' => latin.push('o'),
            'п' => latin.push('p'),
            'р' => latin.push('r'),
            'с' | 'ш' => latin.push('s'),
            'т' => latin.push('t'),
            'у' | 'ю' => latin.push('u'),
            'ф' => latin.push('f'),
            'х' => latin.push_str("ch"),
            'ц' | 'ч' => latin.push('c'),
            'щ' => latin.push_str("st"),
            'ь' | 'ъ' | '\'' | '’' => {}
            other => latin.push(other),
        }
    }
    latin
}
