//! Pictures among letters: emoji and other signs that stand for no word. What is written with seven
//! bits leaves them out; where one is all that is said, a sign stands in for it.

use std::borrow::Cow;

/// Takes the pictures out of a text, and the blanks they leave.
pub(super) fn without_pictures(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_picture) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<_> = text.split('\n').map(|line| if line.chars().any(is_picture) { Cow::Owned(plain(line)) } else { Cow::Borrowed(line) }).collect();
    Cow::Owned(lines.join("\n"))
}

/// One line without its pictures. Behind a colon, between quotation marks and alone one was all that was said.
fn plain(line: &str) -> String {
    let said = line.replace(|c: char| is_picture(c) || c == JOINER, " ");
    let mut said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for sign in [".", ",", "!", "?", "“"] {
        said = said.replace(&format!(" {sign}"), sign);
    }
    said = said.replace("„ ", "„");
    let shown = line.chars().filter(|c| is_picture(*c)).map(stand_in).find(|sign| !sign.is_empty()).unwrap_or_default();
    if said.is_empty() {
        shown.clone_into(&mut said);
    } else if said.ends_with(':') {
        let told = line.trim_end_matches(|c: char| is_picture(c) || c == JOINER || c.is_whitespace());
        let behind = line.get(told.len()..).unwrap_or_default();
        if behind.contains(is_picture) {
            said.push_str(if behind.starts_with(' ') { " " } else { "" });
            said.push_str(shown);
        }
    }
    said.replace("„“", &format!("„{shown}“"))
}

/// What joins several pictures into one.
const JOINER: char = '\u{200d}';

/// Tells whether a character is a picture, or belongs to one (Unicode's blocks of symbols and
/// pictographs, <https://www.unicode.org/charts/#symbols>); arrows, bullets and marks that have a
/// plain sign are none.
const fn is_picture(c: char) -> bool {
    match c {
        '←' | '→' | '❓' | '❔' | '❕' | '❗' | '■' | '▪' | '○' | '●' | '◦' => false,
        '\u{2190}'..='\u{21ff}' | '\u{2900}'..='\u{297f}' => true, // arrows
        '\u{2300}'..='\u{23ff}' => true,                           // clocks, keys
        '\u{25a0}'..='\u{27bf}' => true,                           // shapes, weather, hands, hearts, ticks
        '\u{2b00}'..='\u{2bff}' => true,                           // stars, more shapes
        '\u{fe00}'..='\u{fe0f}' => true,                           // which look of a sign is meant
        '\u{1f000}'..='\u{1faff}' => true,                         // emoji
        '\u{e0020}'..='\u{e007f}' => true,                         // flags of regions
        _ => false,
    }
}

/// Returns what stands for a picture that is all that is said; what only belongs to one has nothing.
const fn stand_in(c: char) -> &'static str {
    match c {
        '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' => "",
        '👍' | '👌' | '🆗' | '✅' | '✔' | '✓' | '☑' => "OK",
        '☹' | '💔' | '😒'..='😔' | '😖' | '😞'..='😭' | '😿' | '🙁' | '🥺' => ":(",
        '☺' | '❤' | '♥' | '🌷'..='🌻' | '🎉' | '👏' | '💐' | '💓'..='💟' | '💪' | '😀'..='😏' | '😗'..='😝' | '😸'..='😻' | '🙂' | '🙃' | '🙌' | '🙏' | '🤗'
        | '🤝' | '🤩' | '🥰' | '🧡' | '🩷' => ":)",
        _ => "(symbol)",
    }
}

#[cfg(test)]
mod tests {
    use super::without_pictures;

    #[test]
    fn pictures_vanish_and_leave_no_gaps() {
        let table = [
            ("Děkuji 🙂 moc", "Děkuji moc"),
            ("🏠 Bydlení v Mostě 🙏🏽", "Bydlení v Mostě"),
            ("Mám to 👍.", "Mám to."),
            ("Platí ✔️, zítra v 9 ⏰!", "Platí, zítra v 9!"),
            ("První řádek 🎉\ndruhý  řádek", "První řádek\ndruhý  řádek"),
            ("Rodina 👨‍👩‍👧 přijede", "Rodina přijede"),
            ("Most → Praha, ● první", "Most → Praha, ● první"),
            ("bez obrázků  zůstává ", "bez obrázků  zůstává "),
        ];
        for (text, expected) in table {
            assert_eq!(without_pictures(text), expected, "{text}");
        }
    }

    #[test]
    fn a_picture_that_is_all_that_is_said_keeps_a_sign() {
        let table = [
            ("👍", "OK"),
            ("👍🏽👍🏽", "OK"),
            ("❤️", ":)"),
            ("😢", ":("),
            ("🏠", "(symbol)"),
            ("🇨🇿", "(symbol)"),
            ("Operátor: 👍", "Operátor: OK"),
            ("#1001 píše: 🙂 🙂", "#1001 píše: :)"),
            ("Kontakt #1001: bydlení. „🙏“ Převezmete ho?", "Kontakt #1001: bydlení. „:)“ Převezmete ho?"),
            ("Operátor: 👍 dobře", "Operátor: dobře"),
            ("\u{fe0f}", ""),
        ];
        for (text, expected) in table {
            assert_eq!(without_pictures(text), expected, "{text}");
        }
    }
}
