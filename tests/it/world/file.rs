//! Files that people of a story send: the first bytes of each format, and nothing behind them.

use super::World;
use linka::channel::sim::Received;
use linka::domain::{Format, Said};

const fn bytes(format: Format) -> &'static [u8] {
    match format {
        Format::Jpeg => b"\xff\xd8\xff\xe0 a picture",
        Format::Png => b"\x89PNG\r\n\x1a\n a picture",
        Format::Webp => b"RIFF....WEBP a picture",
        Format::Pdf => b"%PDF-1.7 a document",
        Format::Ogg => b"OggS a recording",
        Format::Mp3 => b"ID3 a recording",
        Format::Wav => b"RIFF....WAVE a recording",
        Format::M4a => b"....ftypM4A  a recording",
    }
}

impl World {
    /// A channel has taken a file from somebody.
    pub(super) async fn attached(&self, format: Format, words: &str) -> Said {
        let file = self.app().await.keep_file(&self.key(), bytes(format)).await.expect("a file the line takes");
        Said::Attached { file, words: words.to_owned() }
    }

    /// A message came with a file, which can be opened.
    pub async fn expect_file(&self, received: &Received, format: Format) {
        let file = received.letter.body.attachment().unwrap_or_else(|| panic!("no file with: {}", received.words));
        let stored = self.app().await.store().attachment(file.id).await.expect("the store");
        assert_eq!(stored, Some((format, bytes(format).to_vec())));
    }

    /// The file of a message is kept no more.
    pub async fn expect_no_file(&self, received: &Received) {
        let file = received.letter.body.attachment().unwrap_or_else(|| panic!("no file with: {}", received.words));
        assert_eq!(self.app().await.store().attachment(file.id).await.expect("the store"), None);
    }
}
