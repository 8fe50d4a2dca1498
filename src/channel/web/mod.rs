//! The worker's web page as a channel: a letter is delivered by lying in the store,
//! where the page reads it. The page itself is `page::worker`.

use super::{Channel, Handed, SendError};
use crate::domain::{Ability, Delivery, Letter, Medium};
use futures_util::future::BoxFuture;

/// The channel's name in addresses.
pub const NAME: &str = "web";

/// The web page of workers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Web;

impl Channel for Web {
    fn name(&self) -> &str {
        NAME
    }

    fn ability(&self) -> Ability {
        Ability { medium: Medium::Web, buttons: true, two_way: true, idempotent: true, inline: false, ends_rings: false, files: true, edits: false, threads: false, characters_max: 4_000 }
    }

    fn send<'a>(&'a self, _letter: &'a Letter) -> BoxFuture<'a, Result<Handed, SendError>> {
        Box::pin(std::future::ready(Ok(Delivery::Sent.into())))
    }
}
