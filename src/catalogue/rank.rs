//! The order of services that may be offered: surely for this client's family, nearer scope or
//! not full, surely for this client's age, made for the need, open for the date, free places,
//! open questions, recently confirmed, distance.

use super::constraint::family;
use super::distance::kilometres;
use super::freshness::{Freshness, day_of};
use super::search::Scope;
use super::service::Coverage;
use super::{Capacity, CapacityState, Conditions, Rule, Service};
use crate::domain::{AgeBand, Destination, Need, Place, Release, Topic, Who};
use chrono::{DateTime, NaiveDate, Utc};

/// Services of another region this near are as good as those of the own region.
pub(super) const BORDER_KM: f64 = 40.0;
/// For so many days after its report a full house is taken to be full still: people stay for months.
const FULL_DAYS: i64 = 21;
/// From this age on a limit says nothing about an adult.
const ADULT_YEARS: u8 = 18;

/// One question to the catalogue, with everything that is the same for each service.
#[derive(Debug)]
pub(super) struct Question<'a> {
    pub(super) need: &'a Need,
    pub(super) home: Option<&'a Place>,
    pub(super) position: Option<(f64, f64)>,
    pub(super) now: DateTime<Utc>,
    pub(super) today: NaiveDate,
    arrival: Option<(NaiveDate, NaiveDate)>,
}

impl<'a> Question<'a> {
    pub(super) fn new(need: &'a Need, position: Option<(f64, f64)>, now: DateTime<Utc>, today: NaiveDate) -> Self {
        let home = match &need.destination {
            Some(Destination::Place(place)) => Some(place),
            Some(Destination::Abroad(_)) | None => None,
        };
        Self { need, home, position, now, today, arrival: arrival(need, today) }
    }

    /// Returns how far from the client's home the service lies.
    pub(super) fn scope_of(&self, service: &Service) -> Scope {
        let Some(home) = self.home else { return Scope::Country };
        let local = !service.kind.is_lodging();
        let same = |a: Option<&String>, b: Option<&String>| a.is_some() && a == b;
        let listed = |codes: &[String], code: Option<&String>| local && code.is_some_and(|code| codes.contains(code));
        if same(service.place.orp.as_ref(), home.orp.as_ref()) {
            return Scope::Orp;
        }
        match &service.serves {
            Coverage::Orps(codes) if listed(codes, home.orp.as_ref()) => return Scope::Orp,
            Coverage::Districts(codes) if listed(codes, home.district.as_ref()) => return Scope::District,
            Coverage::Orps(_) | Coverage::Districts(_) | Coverage::Regions(_) | Coverage::Country => {}
        }
        if same(service.place.district.as_ref(), home.district.as_ref()) {
            return Scope::District;
        }
        let regional = match &service.serves {
            Coverage::Regions(regions) => local && regions.contains(&home.region),
            Coverage::Country => local,
            Coverage::Orps(_) | Coverage::Districts(_) => false,
        };
        if regional || service.place.region == home.region { Scope::Region } else { Scope::Country }
    }

    /// Returns the distance from the client's home; a secret shelter has none.
    pub(super) fn distance(&self, service: &Service) -> Option<f64> {
        Some(kilometres(self.position?, service.position?))
    }

    /// Returns what may be said of free places. A bed given night by night says nothing of a
    /// later day, and a service that judges a restricted group never promises a place.
    pub(super) fn state_of(&self, service: &Service) -> CapacityState {
        let Some(report) = &service.capacity else { return CapacityState::Unknown };
        let state = match self.arrival {
            Some((first, _)) if service.kind.is_nightly() && ends_before(report, first) => CapacityState::Unknown,
            Some(_) | None => report.state_at(self.now),
        };
        if self.need.restricted && state == CapacityState::Has { CapacityState::MustAssess } else { state }
    }

    /// Returns the day of arrival when the report of beds, though believed today, says nothing of
    /// that day any more.
    pub(super) fn later(&self, service: &Service) -> Option<NaiveDate> {
        let (first, _) = self.arrival?;
        let report = service.capacity.as_ref().filter(|_| service.kind.is_lodging())?;
        let told = matches!(self.state_of(service), CapacityState::Has | CapacityState::None | CapacityState::Waitlist);
        (told && ends_before(report, first)).then_some(first)
    }

    /// Tells whether a place said to be free later is free when the client comes.
    pub(super) fn open_for_date(&self, service: &Service) -> bool {
        let from = service.capacity.as_ref().and_then(|report| report.available_from);
        self.arrival.zip(from).is_none_or(|((_, last), day)| day <= last)
    }

    /// Tells whether nobody can be taken when the client comes; a house full today may have a
    /// place weeks later.
    pub(super) fn is_full(&self, service: &Service) -> bool {
        let dated = self.arrival.is_some() && service.capacity.as_ref().is_some_and(|report| report.available_from.is_some());
        let frees_in_time = dated && self.open_for_date(service);
        matches!(self.state_of(service), CapacityState::None | CapacityState::Waitlist) && !frees_in_time && !self.is_long_after(service)
    }

    /// Tells whether the client comes so long after the report that a full house tells nothing.
    fn is_long_after(&self, service: &Service) -> bool {
        let ends = service.capacity.as_ref().map(|report| day_of(report.expires_at));
        self.later(service).zip(ends).is_some_and(|(day, ends)| day.signed_duration_since(ends).num_days() > FULL_DAYS)
    }

    /// Tells whether it takes only parents with children and nobody has said whether there are any.
    pub(super) fn family_unsaid(&self, service: &Service) -> bool {
        service.kind.is_for_families() && family(&self.need.who).is_none()
    }

    /// Tells whether it lies in another region, and not just over the border.
    pub(super) fn is_far(&self, service: &Service, scope: Scope) -> bool {
        scope == Scope::Country && self.home.is_some() && self.distance(service).is_none_or(|km| km > BORDER_KM)
    }

    /// Tells whether the service wants to know earlier than there is time left.
    fn is_short_notice(&self, service: &Service) -> bool {
        let left = self.arrival.map(|(first, _)| first.signed_duration_since(self.today).num_days());
        left.zip(service.conditions.days_in_advance).is_some_and(|(left, notice)| left < i64::from(notice))
    }

    /// Packs the whole order into one number, the smallest first.
    pub(super) fn penalty(&self, service: &Service, topic: Topic, scope: Scope, age: Freshness) -> u32 {
        let distance = self.distance(service);
        let far = self.is_far(service, scope);
        let lodging = service.kind.is_lodging();
        let full = lodging && self.is_full(service);
        let secondary = service.topics.first() != Some(&topic);
        let parts = [
            (1, u32::from(self.family_unsaid(service))),
            (2, u32::from(full) * 2 + u32::from(far)),
            (1, u32::from(age_unsaid(&service.conditions, &self.need.who))),
            (1, u32::from(secondary)),
            (1, u32::from(!self.open_for_date(service))),
            (3, capacity_rank(lodging, self.state_of(service))),
            (3, self.open_questions(service)),
            (3, u32::from(age.rank())),
            (13, hundreds_of_metres(distance)),
        ];
        parts.into_iter().fold(0, |packed, (bits, value)| (packed << bits) | value.min((1 << bits) - 1))
    }

    /// Counts what would have to be asked about this client.
    fn open_questions(&self, service: &Service) -> u32 {
        let (rules, who, need) = (&service.conditions, &self.need.who, self.need);
        let said = |fact: Option<bool>, rule: Rule| fact == Some(true) && rule != Rule::Yes;
        let lodging = service.kind.is_lodging();
        let from_prison = who.released_already != Some(true) && rules.bookable_from_prison == Rule::No;
        let questions = [
            lodging && said(who.pet, rules.pets),
            lodging && said(who.couple, rules.couples),
            lodging && (said(who.children, rules.children) || said(who.pregnant, rules.children)),
            said(who.disability, rules.wheelchair),
            said(who.without_id, rules.without_id),
            said(who.substitution, rules.substitution),
            lodging && who.no_income == Some(true) && rules.deposit_czk.is_some_and(|czk| czk > 0),
            lodging && need.topics.contains(&Topic::Debts) && rules.debts != Rule::Yes,
            lodging && from_prison && self.arrival.is_some(),
            self.is_short_notice(service),
            who.age_band.is_some_and(|band| cuts(rules, band)),
        ];
        questions.into_iter().map(u32::from).sum()
    }
}

/// The first and the last day the client may come; a release in the past means today.
fn arrival(need: &Need, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let days = match need.release {
        Some(Release::On(day)) => Some((day, day)),
        Some(Release::Window(first, last)) => Some((first, last.max(first))),
        None => released(&need.who).then_some((today, today)),
    };
    days.map(|(first, last)| (first.max(today), last.max(today)))
}

fn released(who: &Who) -> bool {
    who.released_already == Some(true)
}

/// An age band that lies partly outside the limits: the exact age must be asked.
pub(super) fn cuts(rules: &Conditions, band: AgeBand) -> bool {
    let (youngest, oldest) = band.years();
    rules.age_min.is_some_and(|least| youngest < least) || rules.age_max.is_some_and(|most| oldest > most)
}

/// Tells whether it is bound to an age and nobody has said how old the client is. That a client
/// is of age is taken for granted: few in prison are not.
pub(super) fn age_unsaid(rules: &Conditions, who: &Who) -> bool {
    who.age_band.is_none() && (rules.age_max.is_some() || rules.age_min.is_some_and(|least| least > ADULT_YEARS))
}

fn ends_before(report: &Capacity, day: NaiveDate) -> bool {
    day > day_of(report.expires_at)
}

/// A bed is free or not; an advice room with no report takes people like one that said so.
fn capacity_rank(lodging: bool, state: CapacityState) -> u32 {
    match (state, lodging) {
        (CapacityState::Has, _) | (CapacityState::MustAssess | CapacityState::Unknown, false) => 0,
        (CapacityState::MustAssess, true) => 1,
        (CapacityState::Unknown, true) => 2,
        (CapacityState::Waitlist, _) => 3,
        (CapacityState::None, _) => 4,
    }
}

/// Nearness to a hundred metres, up to 819 km; an unknown distance comes last.
fn hundreds_of_metres(distance: Option<f64>) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance is positive and `as` saturates")]
    distance.map_or(u32::MAX, |km| (km * 10.0) as u32)
}
