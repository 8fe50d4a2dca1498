//! Prompts a person has spoken: which texts have a recording, how a prompt is cut into what is played
//! and what is read, and the signed addresses under which the provider fetches the files. What is
//! declared is told by the flows and wordings; nothing here changes a word.

mod cut;
mod link;
mod serve;
mod shelf;

pub(super) use serve::serve;
pub use shelf::Shelf;

use crate::app::Clock;
use crate::channel::twilio::Secret;
use crate::channel::twilio::voice::{Links, Piece, Recorded};
use crate::domain::Lang;
use cut::Known;
use link::Signer;
use std::sync::Arc;

/// The recorded prompts of a line, ready to be played.
#[derive(Clone)]
pub struct Prompts {
    shelf: Arc<Shelf>,
    signer: Signer,
    links: Links,
    clock: Clock,
}

impl Prompts {
    /// Puts recordings behind addresses that are signed with the first of these tokens and believed
    /// when signed with any.
    #[must_use]
    pub fn new(shelf: Shelf, tokens: &[Secret], links: Links, clock: Clock) -> Self {
        Self { shelf: Arc::new(shelf), signer: Signer::new(tokens), links, clock }
    }

    fn piece(&self, known: &Known) -> Piece {
        match (&known.file, known.read_in) {
            (Some(file), _) => Piece::Played(self.links.at(&self.signer.address(known.lang, file, self.clock.now()))),
            (None, read_in) => Piece::Read(known.text.clone(), read_in.unwrap_or(known.lang)),
        }
    }
}

impl Recorded for Prompts {
    fn pieces(&self, text: &str, lang: Lang) -> Vec<Piece> {
        let pieces = cut::cut(text, self.shelf.known(lang));
        pieces.into_iter().map(|piece| piece.map_or_else(|words| Piece::Read(words.to_owned(), lang), |known| self.piece(known))).collect()
    }
}

#[cfg(test)]
mod tests;
