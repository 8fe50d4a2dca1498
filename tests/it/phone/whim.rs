//! What can go wrong with the network, as words for stories; each stays until it is taken back.

use super::Network;
use super::rest::answer::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong now.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fault of its own that a story turns on")]
pub(super) struct Whims {
    pub repeats: bool,
    pub reorders: bool,
    pub loses_end_of_ring: bool,
    pub statuses_first: bool,
    pub is_down: bool,
    pub any_voice: bool,
    pub loses_early_keys: bool,
    pub no_farewell: bool,
    pub sha256: bool,
    pub any_token: bool,
    pub no_account: bool,
    pub spare_token: String,
    pub cut: u32,
    pub hang: u32,
    pub throttled: u32,
    pub unreachable: u32,
    pub slow_ms: i64,
    pub silent: BTreeSet<String>,
    pub lost: BTreeMap<String, u32>,
    pub refused: BTreeMap<String, u32>,
}

impl Whims {
    /// Whether the answer to what was just made is cut off, or never given.
    pub(super) fn loses_answer(&mut self) -> (bool, bool) {
        let (cut, hang) = (self.cut > 0, self.hang > 0);
        self.cut = self.cut.saturating_sub(1);
        self.hang = self.hang.saturating_sub(1);
        (cut, hang)
    }
}

impl Network {
    /// Every webhook is delivered twice; the two answers must be the same to the byte.
    pub fn repeats_webhooks(&self) {
        self.exchange().whims.repeats = true;
    }

    /// Of two statuses about one thing the later arrives first.
    pub fn reorders_statuses(&self) {
        self.exchange().whims.reorders = true;
    }

    /// Nobody is told that a called phone stopped ringing or that its call is over.
    pub fn loses_end_of_ring(&self) {
        self.exchange().whims.loses_end_of_ring = true;
    }

    /// Statuses of a new call or message arrive before the request that made it is answered.
    pub fn statuses_before_answer(&self) {
        self.exchange().whims.statuses_first = true;
    }

    /// The next request that makes a call or message is carried out, but the connection breaks before the answer.
    pub fn accepts_but_never_answers(&self) {
        self.exchange().whims.cut += 1;
    }

    /// The same, but the connection stays open and silent, until the asker gives up by its own clock.
    pub fn accepts_and_hangs(&self) {
        self.exchange().whims.hang += 1;
    }

    /// Requests are answered with 503, calls do not come through, statuses wait.
    pub fn is_down(&self) {
        self.exchange().whims.is_down = true;
    }

    /// All is well again; what waited is sent at the next step.
    pub fn is_up(&self) {
        self.exchange().whims.is_down = false;
    }

    /// The next requests are refused as too many.
    pub fn throttles(&self, requests: u32) {
        self.exchange().whims.throttled = requests;
    }

    /// Every call and message to a number is refused with a code such as 21211, 21610 or 21614.
    pub fn refuses(&self, number: &str, code: u32) {
        assert!(Refusal::known(code, number).is_some(), "no text is known for {code}");
        self.exchange().whims.refused.insert(number.to_owned(), code);
    }

    /// Statuses of messages to a number and of calls with it are never sent; only a look shows them.
    pub fn never_reports(&self, number: &str) {
        self.exchange().whims.silent.insert(number.to_owned());
    }

    /// Messages to a number are accepted and then lost with a code such as 30003 or 30008.
    pub fn loses_message(&self, number: &str, code: u32) {
        self.exchange().whims.lost.insert(number.to_owned(), code);
    }

    /// A number is as good as any again.
    pub fn forgives(&self, number: &str) {
        let whims = &mut self.exchange().whims;
        whims.refused.remove(number);
        whims.lost.remove(number);
        whims.silent.remove(number);
    }

    /// The line takes so long to answer each webhook; 0 ends it.
    pub fn webhooks_take(&self, ms: i64) {
        self.exchange().whims.slow_ms = ms;
    }

    /// The next webhooks find no connection to the line.
    pub fn cannot_connect(&self, times: u32) {
        self.exchange().whims.unreachable = times;
    }

    /// Whoever asks is let in: a look-alike server that judges no tokens.
    pub fn takes_any_token(&self) {
        self.exchange().whims.any_token = true;
    }

    /// A look-alike server that tells nothing of accounts.
    pub fn tells_no_account(&self) {
        self.exchange().whims.no_account = true;
    }

    /// Requests are let in by a second token too; webhooks are signed with the first.
    pub fn takes_spare_token(&self, token: &str) {
        token.clone_into(&mut self.exchange().whims.spare_token);
    }

    /// Webhooks are signed with the newer algorithm.
    pub fn signs_with_sha256(&self) {
        self.exchange().whims.sha256 = true;
    }

    /// Keys pressed outside a question are lost. The provider does not say whether it keeps them.
    pub fn loses_early_keys(&self) {
        self.exchange().whims.loses_early_keys = true;
    }

    /// The action of a Dial is not asked when the caller hung up. The provider does not say whether it is.
    pub fn says_no_farewell(&self) {
        self.exchange().whims.no_farewell = true;
    }

    /// A look-alike server with voices of its own.
    pub fn takes_any_voice(&self) {
        self.exchange().whims.any_voice = true;
    }
}
