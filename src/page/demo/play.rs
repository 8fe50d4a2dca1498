//! What goes on on the stage at one instant, read once for all its parts.

use super::caller::Caller;
use super::cast::{CAST, Role};
use super::clock::Clock;
use super::desk::Desk;
use super::log::Log;
use super::scene::Scene;
use super::stage::Parts;
use crate::app::App;
use crate::domain::{Address, Contact, Lang, Region};
use crate::handbook::Handbook;
use crate::page::PageError;
use crate::page::thread::BUBBLES_MAX;
use crate::page::worker::session::Session;
use crate::routing::{Line, line_for};
use crate::store;
use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// The line shown before anybody has asked for a place.
const FIRST_REGION: Region = Region::Ustecky;

/// One look at everything.
pub(super) struct Play {
    pub(super) app: Arc<App>,
    pub(super) handbook: Arc<Handbook>,
    pub(super) scene: Scene,
    pub(super) lang: Lang,
    pub(super) now: DateTime<Utc>,
    pub(super) role: Role,
    /// The worker's address; `None` before the worker has signed in to the page.
    pub(super) address: Option<Address>,
    /// What was said on the worker's device.
    pub(super) thread: Vec<store::Bubble>,
    /// The contact everything else is about: the chosen one, else the worker's own.
    pub(super) contact: Option<Contact>,
}

impl Play {
    /// Reads what goes on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) async fn read(app: Arc<App>, scene: Scene, lang: Lang, headers: &HeaderMap) -> Result<Self, PageError> {
        let role = Role::named(&scene.who).or(CAST.first().copied()).ok_or(PageError::Form)?;
        let address = match role.address(&scene) {
            Some(address) => Some(address),
            None => Session::read(&app, headers).await?.map(|session| session.address()),
        };
        let thread = match &address {
            Some(address) => app.store().thread(address, BUBBLES_MAX).await?,
            None => Vec::new(),
        };
        let contact = contact(&app, &scene, &thread).await?;
        Ok(Self { handbook: app.handbook(), now: app.clock().now(), app, scene, lang, role, address, thread, contact })
    }

    /// Returns the line in play: the contact's, else the first one.
    pub(super) fn line(&self) -> Option<&Line> {
        let own = self.contact.as_ref().and_then(|contact| contact.line.as_ref()).and_then(|line| self.handbook.line(line));
        own.or_else(|| line_for(&self.handbook.book.lines, FIRST_REGION, self.now)).or_else(|| self.handbook.book.lines.first())
    }

    /// Puts the parts of the stage together.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) async fn parts(&self, trouble: String) -> Result<Parts, PageError> {
        let (desk, log) = (Desk::of(self).await?, Log::of(self).await?);
        Ok(Parts { clock: Clock::of(self), caller: Caller::of(self)?, desk, log, trouble })
    }
}

/// The chosen contact, else the one the worker's last letter belongs to.
async fn contact(app: &App, scene: &Scene, thread: &[store::Bubble]) -> Result<Option<Contact>, PageError> {
    if scene.contact > 0 {
        return Ok(app.store().contact_by_number(scene.contact).await?);
    }
    let own = thread.iter().rev().find_map(|bubble| bubble.letter.as_ref()?.contact);
    match own {
        Some(id) => Ok(app.store().contact(id).await?),
        None => Ok(None),
    }
}
