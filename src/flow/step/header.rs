//! The part of a flow's header that says where special messages lead.

use crate::domain::{Flag, Understood};
use serde::Deserialize;
use toml::Spanned;

/// What a message may carry, and the step it leads to; the gravest comes first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct On {
    /// Somebody's life is in danger.
    pub self_harm: Option<Spanned<String>>,
    /// The writer wants a person.
    pub wants_person: Option<Spanned<String>>,
    /// The message is not from staff.
    pub not_staff: Option<Spanned<String>>,
    /// The message is about several clients.
    pub bulk: Option<Spanned<String>>,
    /// The message reports how it went.
    pub outcome_report: Option<Spanned<String>>,
    /// A service reports its free places.
    pub provider_update: Option<Spanned<String>>,
    /// The message is in a language the line does not speak.
    pub foreign_language: Option<Spanned<String>>,
}

impl On {
    /// Lists the ways that are declared.
    pub fn links(&self) -> Vec<(Flag, &Spanned<String>)> {
        let ways = [
            (Flag::SelfHarm, &self.self_harm),
            (Flag::WantsPerson, &self.wants_person),
            (Flag::NotStaff, &self.not_staff),
            (Flag::Bulk, &self.bulk),
            (Flag::OutcomeReport, &self.outcome_report),
            (Flag::ProviderUpdate, &self.provider_update),
            (Flag::ForeignLanguage, &self.foreign_language),
        ];
        ways.into_iter().filter_map(|(flag, way)| Some((flag, way.as_ref()?))).collect()
    }

    /// Finds the way of a message. In the middle of an account only a threat to life counts.
    pub fn of(&self, heard: &Understood, mid_account: bool) -> Option<(Flag, &Spanned<String>)> {
        // English is no Czech, but the line speaks it.
        let spoken = |flag: Flag| flag == Flag::ForeignLanguage && heard.lang.is_some();
        let counts = |flag: Flag| heard.has(flag) && !spoken(flag) && (!mid_account || flag == Flag::SelfHarm);
        self.links().into_iter().find(|(flag, _)| counts(*flag))
    }
}
