//! The kinds of services, what each helps with and how long its report of free
//! places is worth anything. A person may name one; the catalogue keeps them.

use super::{Lang, Topic};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($variant:ident $code:literal $cs:literal $en:literal [$($topic:ident),+] $days:literal),+ $(,)?) => {
        /// A kind of service. The codes are stable: files and the database hold them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind {
            $(#[doc = $en] #[serde(rename = $code)] $variant,)+
        }

        impl Kind {
            /// Every kind, in the order of this table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the stable code, such as `asylum_house`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Returns the label a person reads, in lower case.
            #[must_use]
            pub const fn label(self, lang: Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($cs, $en)),+ }
            }

            /// Returns the topics this kind helps with, its own first.
            #[must_use]
            pub const fn topics(self) -> &'static [Topic] {
                match self { $(Self::$variant => &[$(Topic::$topic),+]),+ }
            }

            /// Returns for how many days a report of free places holds; afterwards nobody knows.
            #[must_use]
            pub const fn capacity_days(self) -> u16 {
                match self { $(Self::$variant => $days),+ }
            }
        }
    };
}

kinds! {
    AsylumHouse "asylum_house" "azylový dům" "asylum house" [Housing] 7,
    MothersHouse "mothers_house" "azylový dům pro rodiče s dětmi" "family asylum house" [Housing] 7,
    HalfwayHouse "halfway_house" "dům na půl cesty" "half-way house" [Housing] 14,
    SocialFlat "social_flat" "sociální byt" "social flat" [Housing] 14,
    Hostel "hostel" "ubytovna" "hostel" [Housing] 7,
    SeniorHome "senior_home" "domov pro seniory" "home for the elderly" [Housing] 14,
    CrisisBed "crisis_bed" "krizové lůžko" "crisis bed" [Housing, Crisis] 2,
    NightShelter "night_shelter" "noclehárna" "night shelter" [Housing] 1,
    DayCentre "day_centre" "nízkoprahové denní centrum" "day centre" [MaterialAid, Documents] 90,
    DebtCounselling "debt_counselling" "dluhová poradna" "debt counselling" [Debts, Legal] 90,
    CivicCounselling "civic_counselling" "občanská poradna" "citizens' advice" [Legal, Debts, Benefits, Documents] 90,
    LegalClinic "legal_clinic" "právní poradna" "legal advice" [Legal, Debts] 90,
    ContactCentre "contact_centre" "kontaktní centrum pro závislé" "drug contact centre" [Addiction] 90,
    AddictionClinic "addiction_clinic" "adiktologická ambulance" "addiction clinic" [Addiction, MentalHealth] 30,
    Aftercare "aftercare" "doléčovací program" "aftercare programme" [Addiction] 14,
    TherapeuticCommunity "therapeutic_community" "terapeutická komunita" "therapeutic community" [Addiction] 14,
    JobCounselling "job_counselling" "pracovní poradna" "job counselling" [Work] 90,
    JobAgency "job_agency" "pracovní agentura" "job agency" [Work] 14,
    SocialFirm "social_firm" "sociální firma" "social enterprise" [Work] 14,
    LabourOffice "labour_office" "úřad práce" "labour office" [Benefits, Work] 90,
    Curator "curator" "sociální kurátor" "social curator" [Curator, Benefits, Documents] 90,
    FoodBank "food_bank" "potravinová pomoc" "food bank" [MaterialAid] 14,
    MaterialBank "material_bank" "šatník a vybavení" "clothing and furniture" [MaterialAid] 14,
    CrisisCentre "crisis_centre" "krizové centrum" "crisis centre" [Crisis, MentalHealth] 30,
    PsychiatricClinic "psychiatric_clinic" "psychiatrická ambulance" "psychiatric clinic" [MentalHealth] 30,
    GeneralPractitioner "general_practitioner" "praktický lékař" "general practitioner" [Health] 30,
    FamilyCounselling "family_counselling" "rodinná poradna" "family counselling" [Family, MentalHealth] 90,
    ProbationCentre "probation_centre" "probační středisko" "probation centre" [Probation] 90,
    Outreach "outreach" "terénní program" "outreach programme" [Addiction, MaterialAid, Documents] 90,
    Accompaniment "accompaniment" "doprovod po propuštění" "accompaniment after release" [Transport, Documents] 30,
    Transport "transport" "doprava" "transport" [Transport] 14,
    OtherHelp "other_help" "jiná pomoc" "other help" [Other] 30,
}

impl Kind {
    /// Reads a code; an unknown one is `None`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Tells whether people sleep there: children, couples and animals then matter.
    #[must_use]
    pub fn is_lodging(self) -> bool {
        self.topics().first() == Some(&Topic::Housing)
    }

    /// Tells whether only parents with children, and women who expect one, are taken.
    #[must_use]
    pub const fn is_for_families(self) -> bool {
        matches!(self, Self::MothersHouse)
    }

    /// Tells whether beds are given night by night, so that a free one says nothing of a later day.
    #[must_use]
    pub fn is_nightly(self) -> bool {
        self.is_lodging() && self.capacity_days() <= 2
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use crate::domain::Topic;
    use std::collections::HashSet;

    #[test]
    fn reports_expire_by_kind() {
        let table =
            [(Kind::NightShelter, 1), (Kind::CrisisBed, 2), (Kind::AsylumHouse, 7), (Kind::HalfwayHouse, 14), (Kind::DebtCounselling, 90)];
        for (kind, days) in table {
            assert_eq!(kind.capacity_days(), days, "{kind:?}");
        }
    }

    #[test]
    fn codes_are_unique_and_every_topic_has_a_kind() {
        let codes: HashSet<_> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), Kind::ALL.len());
        for topic in Topic::ALL {
            assert!(Kind::ALL.iter().any(|kind| kind.topics().contains(&topic)), "{topic:?}");
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(*kind));
        }
    }
}
