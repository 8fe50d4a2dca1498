//! A file somebody sends along with a message: a picture, a document, a voice note. What it is, is
//! read from its first bytes, never from what the sender calls it; its name is kept nowhere, for it
//! may name the client.

use super::{ATTACHMENT_BYTES_MAX, Lang};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident $extension:literal $mime:literal $kind:ident),+ $(,)?) => {
        /// A format the line takes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Format {
            $($(#[$doc])* $variant,)+
        }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the usual end of a file's name, which also stands in the database.
            #[must_use]
            pub const fn extension(self) -> &'static str {
                match self { $(Self::$variant => $extension),+ }
            }

            /// Reads what [`Format::extension`] wrote.
            #[must_use]
            pub fn from_extension(extension: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|format| format.extension() == extension)
            }

            /// Returns the media type.
            #[must_use]
            pub const fn mime(self) -> &'static str {
                match self { $(Self::$variant => $mime),+ }
            }

            /// Returns what a person would call it.
            #[must_use]
            pub const fn kind(self) -> AttachmentKind {
                match self { $(Self::$variant => AttachmentKind::$kind),+ }
            }
        }
    };
}

formats! {
    /// A photograph.
    Jpeg "jpg" "image/jpeg" Picture,
    /// A picture of a screen.
    Png "png" "image/png" Picture,
    /// A picture as newer phones keep it.
    Webp "webp" "image/webp" Picture,
    /// A document for reading.
    Pdf "pdf" "application/pdf" Document,
    /// A voice note of a chat.
    Ogg "ogg" "audio/ogg" Recording,
    /// A recording.
    Mp3 "mp3" "audio/mpeg" Recording,
    /// A recording as a phone network makes it.
    Wav "wav" "audio/wav" Recording,
    /// A recording of a phone.
    M4a "m4a" "audio/mp4" Recording,
}

/// What a person would call a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttachmentKind {
    /// Something to look at.
    Picture,
    /// Something to read.
    Document,
    /// Something to listen to.
    Recording,
}

impl AttachmentKind {
    /// Returns the label a person reads, in lower case.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Picture => lang.pick("obrázek", "picture"),
            Self::Document => lang.pick("dokument", "document"),
            Self::Recording => lang.pick("hlasová zpráva", "voice message"),
        }
    }
}

/// A file the store keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name in the store.
    pub id: Uuid,
    /// What it is.
    pub format: Format,
    /// How large it is, in bytes.
    pub bytes: u64,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AttachmentError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`ATTACHMENT_BYTES_MAX`].
    #[error("the file is larger than {ATTACHMENT_BYTES_MAX} bytes")]
    TooLarge,
    /// It is none of [`Format::ALL`].
    #[error("the file is of a kind the line does not take")]
    Format,
}

impl Attachment {
    /// Looks at the bytes of a file and says what it is.
    ///
    /// # Errors
    /// [`AttachmentError`] when the line does not take it.
    pub fn of(id: Uuid, bytes: &[u8]) -> Result<Self, AttachmentError> {
        if bytes.is_empty() {
            return Err(AttachmentError::Empty);
        }
        if bytes.len() > ATTACHMENT_BYTES_MAX {
            return Err(AttachmentError::TooLarge);
        }
        let format = format_of(bytes).ok_or(AttachmentError::Format)?;
        Ok(Self { id, format, bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX) })
    }

    /// Says what it is and how large: `obrázek, 240 kB`.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        let kilobytes = self.bytes.div_ceil(1_000);
        let size = if kilobytes < 1_000 { format!("{kilobytes} kB") } else { format!("{},{} MB", kilobytes / 1_000, kilobytes % 1_000 / 100) };
        let size = if lang == Lang::En { size.replace(',', ".") } else { size };
        format!("{}, {size}", self.format.kind().label(lang))
    }
}

/// Reads the signature a file begins with.
fn format_of(bytes: &[u8]) -> Option<Format> {
    let at = |from: usize, sign: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(sign));
    match bytes {
        _ if at(0, b"\xff\xd8\xff") => Some(Format::Jpeg),
        _ if at(0, b"\x89PNG\r\n\x1a\n") => Some(Format::Png),
        _ if at(0, b"RIFF") && at(8, b"WEBP") => Some(Format::Webp),
        _ if at(0, b"RIFF") && at(8, b"WAVE") => Some(Format::Wav),
        _ if at(0, b"%PDF-") => Some(Format::Pdf),
        _ if at(0, b"OggS") => Some(Format::Ogg),
        _ if at(0, b"ID3") || mpeg_frame(bytes) => Some(Format::Mp3),
        _ if at(4, b"ftypM4A") || at(4, b"ftypmp42") || at(4, b"ftypisom") => Some(Format::M4a),
        _ => None,
    }
}

/// Eleven set bits, then layer III (ISO/IEC 11172-3, frame header).
fn mpeg_frame(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, second, ..] if second & 0xe6 == 0xe2)
}

#[cfg(test)]
mod tests {
    use super::{Attachment, AttachmentError, Format};
    use crate::domain::{ATTACHMENT_BYTES_MAX, Lang};
    use uuid::Uuid;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let table: [(&[u8], Result<Format, AttachmentError>); 12] = [
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", Ok(Format::Jpeg)),
            (b"\x89PNG\r\n\x1a\n....", Ok(Format::Png)),
            (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Ok(Format::Webp)),
            (b"RIFF\x10\x00\x00\x00WAVEfmt ", Ok(Format::Wav)),
            (b"RIFF\x10\x00\x00\x00AVI LIST", Err(AttachmentError::Format)),
            (b"%PDF-1.7", Ok(Format::Pdf)),
            (b"OggS\x00\x02", Ok(Format::Ogg)),
            (b"\xff\xfb\x90\x00", Ok(Format::Mp3)),
            (b"\x00\x00\x00\x20ftypM4A ", Ok(Format::M4a)),
            (b"MZ\x90\x00", Err(AttachmentError::Format)),
            (b"<svg onload=alert(1)>", Err(AttachmentError::Format)),
            (b"", Err(AttachmentError::Empty)),
        ];
        for (bytes, expected) in table {
            assert_eq!(Attachment::of(Uuid::nil(), bytes).map(|file| file.format), expected, "{bytes:?}");
        }
        let large = [b"%PDF-".as_slice(), &vec![0; ATTACHMENT_BYTES_MAX]].concat();
        assert_eq!(Attachment::of(Uuid::nil(), &large), Err(AttachmentError::TooLarge));
    }

    #[test]
    fn a_size_is_said_as_people_say_it() {
        for (bytes, cs, en) in [(1, "dokument, 1 kB", "document, 1 kB"), (240_400, "dokument, 241 kB", "document, 241 kB"), (1_250_000, "dokument, 1,2 MB", "document, 1.2 MB")] {
            let file = Attachment { id: Uuid::nil(), format: Format::Pdf, bytes };
            assert_eq!((file.label(Lang::Cs), file.label(Lang::En)), (cs.to_owned(), en.to_owned()));
        }
    }
}
