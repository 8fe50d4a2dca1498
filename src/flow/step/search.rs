//! `[search.…]`: asks the catalogue and says its answer.

use super::document::About;
use super::{Kind, Next, Way};
use crate::domain::Medium;
use crate::flow::Listing;
use crate::flow::act::Act;
use crate::flow::run::Run;
use crate::flow::say;
use crate::flow::shared::Shared;
use serde::Deserialize;
use toml::Spanned;

/// Longest answer read aloud when the file does not say, in seconds.
const VOICE_SECONDS: usize = 40;

/// A look-up in the catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    voice_seconds_max: Option<usize>,
    #[serde(default)]
    offer_sms: bool,
    found: Spanned<String>,
    none: Spanned<String>,
}

impl Search {
    pub(super) const ABOUT: About = About {
        table: "search",
        purpose: "Zeptá se katalogu a odpoví: nejvýš tři služby, nebo náhradní řešení, když nic nevyhovuje. Příchod sem podruhé pokračuje dalšími službami.",
        keys: &[
            ("voice_seconds_max", "Nejdelší čtená odpověď v sekundách, jinak 40. Delší se utne za větou."),
            ("offer_sms", "`true`: volajícímu přijde odpověď i v SMS, když to jeho číslo umí."),
            ("found", "Krok, když katalog něco našel."),
            ("none", "Krok, když nenašel nic."),
        ],
        example: "[search.answer]\nvoice_seconds_max = 40\noffer_sms = true\nfound = \"after_answer\"\nnone = \"hand_over\"",
    };

    fn look_up(run: &mut Run<'_>) -> Listing {
        let position = &run.position;
        let listing = (run.known.search)(&position.need, position.shown, position.lang, position.medium);
        run.acts.push(Act::LookedUp { need: position.need.clone(), services: listing.services.clone(), found: listing.found });
        listing
    }

    fn say(&self, run: &mut Run<'_>, listing: &Listing) {
        if !run.speaks() {
            return run.say_rendered(listing.text.clone());
        }
        let seconds_max = self.voice_seconds_max.unwrap_or(VOICE_SECONDS);
        run.say_rendered(say::cut_spoken(&listing.text, seconds_max, ""));
        if self.offer_sms && run.hand.sms_possible {
            let position = &run.position;
            let text = (run.known.search)(&position.need, position.shown, position.lang, Medium::Sms).text;
            run.acts.push(Act::AlsoSms { text });
            run.say_phrase("sms_follows");
        }
    }
}

impl Kind for Search {
    fn enter(&self, run: &mut Run<'_>) -> Next {
        run.say_back();
        let listing = Self::look_up(run);
        run.position.more = listing.more;
        if !listing.found && run.position.shown > 0 {
            run.say_phrase("no_more");
            return Next::Goto(self.found.get_ref().clone());
        }
        self.say(run, &listing);
        run.position.shown = run.position.shown.saturating_add(listing.services.len());
        Next::Goto(if listing.found { &self.found } else { &self.none }.get_ref().clone())
    }

    fn ways(&self, _shared: &Shared) -> Vec<Way<'_>> {
        vec![("nalezeno".to_owned(), &self.found, true), ("nic".to_owned(), &self.none, true)]
    }
}
