//! Asking for updates. The offset moves only over updates that are stored for good; what was taken before
//! comes again after a crash and is recognised by its name. Trouble means rest, never a storm.

use super::Listener;
use crate::channel::telegram::{NAME, Trouble, menus};
use crate::config::TelegramMode;
use crate::routing::Operator;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};
use teloxide::types::{BotCommandScope, ChatId, Recipient, Update};

/// The pause before updates are asked for again of which something could not be taken.
const NOT_TAKEN: Duration = Duration::from_secs(1);
/// The longest such pause.
const NOT_TAKEN_MAX: Duration = Duration::from_secs(30);
/// An answer without updates that comes sooner has not waited for any.
const HASTY: Duration = Duration::from_millis(200);

/// What became of one question for updates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Updates that came.
    pub came: usize,
    /// Those of them that are taken for good; the others come again.
    pub taken: usize,
}

impl Listener {
    /// Listens until it is dropped.
    pub async fn run(&self) {
        let mut troubles = 0;
        while let Err(trouble) = self.begin().await {
            self.rests(&trouble, &mut troubles).await;
        }
        if self.mode == TelegramMode::Webhook {
            return std::future::pending().await;
        }
        let (mut troubles, mut pause) = (0, NOT_TAKEN);
        loop {
            let asked = Instant::now();
            match self.turn(true).await {
                Ok(turn) => {
                    troubles = 0;
                    if turn.taken < turn.came {
                        tokio::time::sleep(pause).await;
                        pause = pause.saturating_mul(2).min(NOT_TAKEN_MAX);
                    } else {
                        pause = NOT_TAKEN;
                        if turn.came == 0 && asked.elapsed() < HASTY {
                            tokio::time::sleep(NOT_TAKEN).await;
                        }
                    }
                }
                Err(trouble) => self.rests(&trouble, &mut troubles).await,
            }
        }
    }

    async fn rests(&self, trouble: &Trouble, troubles: &mut u32) {
        let rest = trouble.rest(*troubles);
        let rest_s = rest.as_secs();
        match trouble {
            Trouble::Conflict(_) => tracing::error!(%trouble, rest_s, "another program uses the bot; stop it, or give the line a bot of its own"),
            Trouble::Token => tracing::error!(rest_s, "the bot's token is refused; nothing comes in over Telegram"),
            Trouble::TooMuch(_) | Trouble::Refused(_) | Trouble::NoAnswer => tracing::warn!(%trouble, rest_s, "no updates can be had; trying again"),
        }
        *troubles = troubles.saturating_add(1);
        tokio::time::sleep(rest).await;
    }

    /// Makes the Bot API send updates, or keep them, as it is set; sets the menus of commands, if it can.
    ///
    /// # Errors
    /// [`Trouble`] when the API does not do it.
    pub async fn begin(&self) -> Result<(), Trouble> {
        let account = self.account().await?;
        match &self.hook {
            Some((url, secret)) => self.talk.set_webhook(url.clone(), secret).await?,
            None => self.talk.delete_webhook().await?,
        }
        for (lang, menu) in menus(false) {
            if let Err(trouble) = self.talk.set_menu(BotCommandScope::AllPrivateChats, lang, menu).await {
                tracing::warn!(%trouble, "the menu of commands could not be set");
            }
        }
        for operator in &self.app.handbook().book.operators {
            self.shows_menu(operator).await;
        }
        tracing::info!(bot = account.name, mode = ?self.mode, "listening to Telegram");
        Ok(())
    }

    /// Sets the menu of an operator's own chat; there is none before the operator has written.
    pub(super) async fn shows_menu(&self, operator: &Operator) {
        let chats = operator.addresses.iter().filter(|point| point.channel == NAME).filter_map(|point| point.handle.parse().ok());
        for chat in chats.filter(|chat: &i64| *chat > 0) {
            for (lang, menu) in menus(true) {
                let scope = BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(chat)) };
                if let Err(trouble) = self.talk.set_menu(scope, lang, menu).await {
                    tracing::debug!(%trouble, operator = operator.id.as_str(), "the menu of an operator's chat could not be set");
                }
            }
        }
    }

    /// Asks for updates once and takes them; `patient` waits for some.
    ///
    /// # Errors
    /// [`Trouble`] when none can be had.
    pub async fn turn(&self, patient: bool) -> Result<Turn, Trouble> {
        let account = self.account().await?;
        let updates = self.talk.updates(self.offset.load(SeqCst), patient).await?;
        let taken = self.take(&updates, account).await;
        if updates.is_empty() {
            // All is confirmed. After a quiet week updates are numbered anew, perhaps lower than before.
            self.offset.store(0, SeqCst);
        }
        if let Some(last) = taken.checked_sub(1).and_then(|last| updates.get(last)) {
            self.offset.store(after(last), SeqCst);
        }
        Ok(Turn { came: updates.len(), taken })
    }
}

/// The offset behind an update.
fn after(update: &Update) -> i32 {
    i32::try_from(update.id.0).map_or(i32::MAX, |id| id.saturating_add(1))
}
