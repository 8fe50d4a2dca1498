//! A letter as requests of the Bot API: which chat, which words, which buttons, which kind of file.

use super::press::Press;
use crate::channel::SendError;
use crate::domain::{Attachment, Barrier, Body, Choice, Format, Lang, Letter, LetterId};

/// Longest text of a message, in UTF-16 units.
pub(super) const TEXT_MAX: usize = 4_096;
/// Longest words beside a file, in UTF-16 units.
const CAPTION_MAX: usize = 1_024;
/// Letters of a row of buttons that are read on a phone without being cut.
const ROW_CHARACTERS_MAX: usize = 28;
/// Buttons side by side.
const ROW_BUTTONS_MAX: usize = 3;

/// What a request sends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outgoing<'a> {
    /// Words, perhaps with buttons.
    Words {
        /// The words.
        text: &'a str,
        /// Rows of buttons: what stands on each, and what it carries.
        rows: Vec<Vec<(String, String)>>,
    },
    /// Other words for a message that was sent, without its buttons.
    Change {
        /// The message.
        message: i32,
        /// The words.
        text: &'a str,
    },
    /// A file with a few words to it.
    File {
        /// Which.
        file: Attachment,
        /// How it is shown.
        shown: Shown,
        /// What it is called there: nothing that anybody has named.
        name: String,
        /// The words.
        caption: String,
    },
}

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// As a picture.
    Photo,
    /// As a voice note.
    Voice,
    /// As a document.
    Document,
}

/// The chat a letter goes to.
pub(super) fn chat(letter: &Letter) -> Result<i64, SendError> {
    let none = || SendError::Barred { barrier: Barrier::Unreachable, reason: "the address is no chat's number".to_owned() };
    letter.to.handle.parse().map_err(|_| none())
}

/// What is sent for a letter.
pub(super) fn outgoing(letter: &Letter) -> Result<Outgoing<'_>, SendError> {
    let never = |reason: &str| Err(SendError::Never { reason: reason.to_owned() });
    match &letter.body {
        Body::Text { file: Some(file), text, .. } => Ok(Outgoing::File { file: *file, shown: shown(file.format), name: file_name(*file, letter.lang), caption: cut(text) }),
        Body::Text { text, .. } if text.trim().is_empty() => never("nothing to write"),
        Body::Text { text, choices, .. } => Ok(Outgoing::Words { text, rows: rows(letter.id, choices) }),
        Body::Rewrite { text, .. } => match letter.reference.as_deref().and_then(message) {
            Some(message) => Ok(Outgoing::Change { message, text }),
            None => never("the message to be changed has no number"),
        },
        Body::Ring { .. } | Body::Join { .. } | Body::HangUp => never("nobody is called here"),
    }
}

/// The number a message has in its chat.
fn message(reference: &str) -> Option<i32> {
    reference.split_once(':')?.1.parse().ok()
}

const fn shown(format: Format) -> Shown {
    match format {
        Format::Jpeg | Format::Png | Format::Webp => Shown::Photo,
        Format::Ogg | Format::Mp3 | Format::M4a => Shown::Voice,
        Format::Pdf | Format::Wav => Shown::Document,
    }
}

fn file_name(file: Attachment, lang: Lang) -> String {
    format!("{}.{}", lang.pick("soubor", "file"), file.format.extension())
}

/// What stands beside a file is the line's own label, which is short; longer words are cut.
fn cut(text: &str) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= CAPTION_MAX
    };
    text.chars().take_while(fits).collect()
}

/// Buttons in their order, short ones side by side.
fn rows(letter: LetterId, choices: &[Choice]) -> Vec<Vec<(String, String)>> {
    let mut rows: Vec<Vec<(String, String)>> = Vec::new();
    let mut used = 0;
    for (n, choice) in choices.iter().enumerate() {
        let length = choice.label.chars().count();
        let button = (choice.label.clone(), Press { letter, choice: n }.data());
        if let Some(row) = rows.last_mut().filter(|row| row.len() < ROW_BUTTONS_MAX && used + length <= ROW_CHARACTERS_MAX) {
            row.push(button);
            used += length;
        } else {
            rows.push(vec![button]);
            used = length;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{Outgoing, Press, Shown, chat, cut, outgoing, rows};
    use crate::channel::SendError;
    use crate::domain::{Address, Attachment, Body, Choice, Delivery, EventKey, Expects, Format, Lang, Letter, LetterId, Sort};
    use chrono::DateTime;
    use uuid::Uuid;

    fn letter(to: &str, body: Body) -> Letter {
        let at = DateTime::UNIX_EPOCH;
        Letter {
            id: LetterId(Uuid::from_u128(7)),
            cause: EventKey::new("k"),
            to: Address::new("telegram", to),
            contact: None,
            operator: None,
            sort: Sort::Answer,
            urgent: false,
            lang: Lang::Cs,
            body,
            created_at: at,
            due_at: at,
            expires_at: None,
            delivery: Delivery::Sending,
            attempts: 1,
            own: None,
            reference: None,
        }
    }

    fn choices(labels: &[&str]) -> Vec<Choice> {
        labels.iter().map(|label| Choice { key: String::new(), label: (*label).to_owned(), value: "v".repeat(500) }).collect()
    }

    #[test]
    fn short_buttons_stand_side_by_side_and_all_keep_their_order() {
        let labels = ["Přijmout", "Odmítnout", "Praha a Středočeský kraj", "Ano", "Ne", "Nevím", "Jiné"];
        let rows = rows(LetterId(Uuid::from_u128(7)), &choices(&labels));
        let shape: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(|(label, _)| label.as_str()).collect()).collect();
        assert_eq!(shape, [vec!["Přijmout", "Odmítnout"], vec!["Praha a Středočeský kraj", "Ano"], vec!["Ne", "Nevím", "Jiné"]]);
        let carried: Vec<_> = rows.iter().flatten().map(|(_, data)| (data.len() <= 64, Press::read(data).unwrap().choice)).collect();
        assert_eq!(carried, (0..7).map(|n| (true, n)).collect::<Vec<_>>());
    }

    #[test]
    fn each_body_leaves_as_it_is_shown() {
        let file = |format| Attachment { id: Uuid::nil(), format, bytes: 3 };
        for (format, expected, name) in [(Format::Jpeg, Shown::Photo, "soubor.jpg"), (Format::Ogg, Shown::Voice, "soubor.ogg"), (Format::Pdf, Shown::Document, "soubor.pdf"), (Format::Wav, Shown::Document, "soubor.wav")] {
            let letter = letter("7", Body::file(file(format), "Soubor"));
            assert_eq!(outgoing(&letter), Ok(Outgoing::File { file: file(format), shown: expected, name: name.to_owned(), caption: "Soubor".to_owned() }));
        }
        let asked = Body::Text { text: "Ano?".into(), step: "s".into(), choices: choices(&["Ano"]), expects: Expects::Nothing, file: None };
        assert!(matches!(outgoing(&letter("7", asked)), Ok(Outgoing::Words { text: "Ano?", rows }) if rows.len() == 1));
        for body in [Body::text(" "), Body::HangUp, Body::Ring { whisper: "w".into(), seconds: 20, caller: None }] {
            assert!(matches!(outgoing(&letter("7", body)), Err(SendError::Never { .. })));
        }
    }

    #[test]
    fn words_beside_a_file_fit() {
        assert_eq!(cut("Ahoj"), "Ahoj");
        assert_eq!(cut(&"🙂".repeat(600)).encode_utf16().count(), 1_024);
    }

    #[test]
    fn only_a_number_is_a_chat() {
        let to = |handle| chat(&letter(handle, Body::HangUp));
        assert_eq!((to("7001"), to("-1001234567890")), (Ok(7001), Ok(-1_001_234_567_890)));
        assert!(matches!(to("@jana"), Err(SendError::Barred { .. })));
    }
}
