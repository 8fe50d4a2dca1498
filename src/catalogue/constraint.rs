//! The hard constraints: why a service may not be offered to a client at all.
//!
//! A criterion that is not known of the client refuses nothing; a criterion the
//! service leaves open ("ask") refuses nothing either, but is said in the answer.

use super::{Conditions, Kind, Rule, Service};
use crate::domain::{AgeBand, Destination, Need, Place, Sex, Topic, Who};

/// Why a service may not be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// It has closed.
    Ended,
    /// It stands in a place the client must not go to.
    Excluded,
    /// It does not serve the place the client returns to.
    NotServed,
    /// It does not take this sex, or not both partners of a couple.
    Sex,
    /// The client is too young or too old.
    Age,
    /// It does not take children.
    Children,
    /// It takes only parents with children, and this client has none along.
    Childless,
    /// It does not take couples.
    Couple,
    /// It does not take animals.
    Pet,
    /// It does not take people with debts, and debts are what the client wants help with.
    Debts,
    /// It wants an identity card.
    Identity,
    /// It does not take people in substitution treatment.
    Substitution,
    /// It cannot be reached in a wheelchair.
    Wheelchair,
    /// It refuses the restricted group the client belongs to.
    Offence,
}

/// Returns the first hard constraint that `service` violates for `need`; `None` when it may be offered.
#[must_use]
pub fn refusal(service: &Service, need: &Need) -> Option<Refusal> {
    let (rules, who) = (&service.conditions, &need.who);
    let checks = [
        (Refusal::Ended, service.ended),
        (Refusal::Sex, wrong_sex(service.kind, rules, who)),
        (Refusal::Age, wrong_age(rules, who)),
        (Refusal::Identity, is(who.without_id) && rules.without_id == Rule::No),
        (Refusal::Substitution, is(who.substitution) && rules.substitution == Rule::No),
        (Refusal::Offence, need.restricted && rules.offence == Rule::No),
    ];
    let lodging = || refused_bed(service.kind, rules, need);
    let area = || (!served(service, need)).then_some(Refusal::NotServed);
    let place = || need.excluded.iter().any(|no| lies_in(&service.place, no)).then_some(Refusal::Excluded);
    checks.into_iter().find_map(|(why, violated)| violated.then_some(why)).or_else(lodging).or_else(area).or_else(place)
}

/// Children of a man alone mostly live elsewhere, so they refuse him no bed; the answer
/// and the order tell of it. Everybody else's children are taken to come along.
pub(super) fn children_come_along(who: &Who) -> bool {
    is(who.pregnant) || (is(who.children) && (who.sex != Some(Sex::Male) || is(who.couple)))
}

/// Tells whether the client belongs to a house for parents with children: yes with children or
/// expecting one, no when known to be childless, a minor or at an age without minor children;
/// `None` when nobody has said.
pub(super) fn family(who: &Who) -> Option<bool> {
    if is(who.pregnant) || is(who.children) {
        return Some(true);
    }
    let too_young_or_old = matches!(who.age_band, Some(AgeBand::Minor | AgeBand::Senior));
    (who.children == Some(false) || too_young_or_old).then_some(false)
}

fn refused_bed(kind: Kind, rules: &Conditions, need: &Need) -> Option<Refusal> {
    if !kind.is_lodging() {
        return None;
    }
    let who = &need.who;
    // a house full of children is no guess to make for somebody of a restricted group
    let childless = family(who).map_or(need.restricted, |family| !family);
    let checks = [
        (Refusal::Childless, kind.is_for_families() && childless),
        (Refusal::Debts, need.topics.contains(&Topic::Debts) && rules.debts == Rule::No),
        (Refusal::Children, children_come_along(who) && rules.children == Rule::No),
        (Refusal::Couple, is(who.couple) && rules.couples == Rule::No),
        (Refusal::Pet, is(who.pet) && rules.pets == Rule::No),
        (Refusal::Wheelchair, is(who.disability) && rules.wheelchair == Rule::No),
    ];
    checks.into_iter().find_map(|(why, violated)| violated.then_some(why))
}

fn wrong_sex(kind: Kind, rules: &Conditions, who: &Who) -> bool {
    let (no_men, no_women) = (rules.men == Rule::No, rules.women == Rule::No);
    if is(who.couple) && kind.is_lodging() {
        return no_men || no_women;
    }
    match who.sex {
        Some(Sex::Male) => no_men,
        Some(Sex::Female) => no_women,
        None => is(who.pregnant) && no_women,
    }
}

/// Only a band that lies wholly outside refuses: of a band cut in two the client may be in either part.
fn wrong_age(rules: &Conditions, who: &Who) -> bool {
    let Some((youngest, oldest)) = who.age_band.map(crate::domain::AgeBand::years) else { return false };
    rules.age_min.is_some_and(|least| oldest < least) || rules.age_max.is_some_and(|most| youngest > most)
}

fn served(service: &Service, need: &Need) -> bool {
    match &need.destination {
        Some(Destination::Place(home)) => service.serves.reaches(home, service.place.region),
        Some(Destination::Abroad(_)) | None => true,
    }
}

/// Tells whether `place` is inside `area`; where `place` is known less exactly it counts as inside.
fn lies_in(place: &Place, area: &Place) -> bool {
    if place.region != area.region || differ(place.district.as_ref(), area.district.as_ref()) {
        return false;
    }
    if differ(place.orp.as_ref(), area.orp.as_ref()) {
        return false;
    }
    match (&place.municipality, &area.municipality) {
        (Some(here), Some(there)) => match (&here.code, &there.code) {
            (Some(here), Some(there)) => here == there,
            _ => here.name == there.name,
        },
        _ => true,
    }
}

fn differ(here: Option<&String>, there: Option<&String>) -> bool {
    matches!((here, there), (Some(here), Some(there)) if here != there)
}

fn is(said: Option<bool>) -> bool {
    said == Some(true)
}

#[cfg(test)]
mod tests {
    use super::{Refusal, refusal};
    use crate::catalogue::tests::{need, place, service};
    use crate::catalogue::{Coverage, Kind, Rule, Service};
    use crate::domain::{AgeBand, Need, Place, Region, Sex, Topic};

    /// One row: what the service says, what the client is, what follows.
    type Row = (fn(&mut Service), fn(&mut Need), Option<Refusal>);

    #[test]
    fn each_hard_constraint_refuses() {
        let table: &[Row] = &[
            (|_| {}, |_| {}, None),
            (|s| s.ended = true, |_| {}, Some(Refusal::Ended)),
            (|s| s.conditions.men = Rule::No, |n| n.who.sex = Some(Sex::Male), Some(Refusal::Sex)),
            (|s| s.conditions.men = Rule::No, |n| n.who.sex = Some(Sex::Female), None),
            (|s| s.conditions.men = Rule::No, |_| {}, None),
            (|s| s.conditions.men = Rule::Ask, |n| n.who.sex = Some(Sex::Male), None),
            (|s| s.conditions.women = Rule::No, |n| n.who.sex = Some(Sex::Female), Some(Refusal::Sex)),
            (|s| s.conditions.women = Rule::No, |n| n.who.pregnant = Some(true), Some(Refusal::Sex)),
            (|s| s.conditions.women = Rule::No, |n| n.who.couple = Some(true), Some(Refusal::Sex)),
            (|s| s.conditions.age_max = Some(26), |n| n.who.age_band = Some(AgeBand::Adult), Some(Refusal::Age)),
            (|s| s.conditions.age_max = Some(20), |n| n.who.age_band = Some(AgeBand::Young), None),
            (|s| s.conditions.age_min = Some(18), |n| n.who.age_band = Some(AgeBand::Minor), Some(Refusal::Age)),
            (|s| s.conditions.age_min = Some(60), |n| n.who.age_band = Some(AgeBand::Adult), None),
            (|s| s.conditions.age_min = Some(65), |n| n.who.age_band = Some(AgeBand::Senior), None),
            (|s| s.conditions.children = Rule::No, |n| n.who.children = Some(true), Some(Refusal::Children)),
            (|s| s.conditions.children = Rule::No, |n| n.who.children = Some(false), None),
            (|s| s.conditions.children = Rule::No, |n| n.who.pregnant = Some(true), Some(Refusal::Children)),
            (|s| s.conditions.couples = Rule::No, |n| n.who.couple = Some(true), Some(Refusal::Couple)),
            (|s| s.conditions.pets = Rule::No, |n| n.who.pet = Some(true), Some(Refusal::Pet)),
            (|s| (s.conditions.pets, s.kind) = (Rule::No, Kind::DebtCounselling), |n| n.who.pet = Some(true), None),
            (|s| s.conditions.debts = Rule::No, |_| {}, None),
            (|s| s.conditions.debts = Rule::No, |n| n.topics = vec![Topic::Housing, Topic::Debts], Some(Refusal::Debts)),
            (|s| s.conditions.without_id = Rule::No, |n| n.who.without_id = Some(true), Some(Refusal::Identity)),
            (|s| s.conditions.substitution = Rule::No, |n| n.who.substitution = Some(true), Some(Refusal::Substitution)),
            (|s| s.conditions.wheelchair = Rule::No, |n| n.who.disability = Some(true), Some(Refusal::Wheelchair)),
            (|s| s.conditions.offence = Rule::No, |n| n.restricted = true, Some(Refusal::Offence)),
            (|s| s.conditions.offence = Rule::Yes, |n| n.restricted = true, None),
            (|s| s.serves = Coverage::Orps(vec!["4202".into()]), |_| {}, Some(Refusal::NotServed)),
            (|s| s.serves = Coverage::Regions(vec![Region::Praha]), |_| {}, Some(Refusal::NotServed)),
            (|s| s.serves = Coverage::Country, |_| {}, None),
            (|_| {}, |n| n.excluded = vec![place()], Some(Refusal::Excluded)),
            (|_| {}, |n| n.excluded = vec![Place::region(Region::Ustecky)], Some(Refusal::Excluded)),
            (|_| {}, |n| n.excluded = vec![Place::region(Region::Praha)], None),
            (|s| s.place = Place::region(Region::Ustecky), |n| n.excluded = vec![place()], Some(Refusal::Excluded)),
        ];
        for (row, (says, is, expected)) in table.iter().enumerate() {
            let (mut service, mut need) = (service(Kind::AsylumHouse), need());
            says(&mut service);
            is(&mut need);
            assert_eq!(refusal(&service, &need), *expected, "row {row}");
        }
    }

    #[test]
    fn a_family_house_takes_no_childless_client() {
        type Row = (fn(&mut Need), Option<Refusal>);
        let table: &[Row] = &[
            (|_| {}, None),
            (|n| n.who.children = Some(true), None),
            (|n| n.who.pregnant = Some(true), None),
            (|n| (n.who.children, n.who.pregnant) = (Some(false), Some(true)), None),
            (|n| n.who.children = Some(false), Some(Refusal::Childless)),
            (|n| (n.who.children, n.who.sex) = (Some(false), Some(Sex::Male)), Some(Refusal::Childless)),
            (|n| n.who.age_band = Some(AgeBand::Minor), Some(Refusal::Childless)),
            (|n| n.who.age_band = Some(AgeBand::Senior), Some(Refusal::Childless)),
            (|n| n.restricted = true, Some(Refusal::Childless)),
            (|n| (n.restricted, n.who.children) = (true, Some(true)), None),
            (|n| (n.who.age_band, n.who.children) = (Some(AgeBand::Minor), Some(true)), None),
        ];
        for (row, (is, expected)) in table.iter().enumerate() {
            let mut need = need();
            is(&mut need);
            assert_eq!(refusal(&service(Kind::MothersHouse), &need), *expected, "row {row}");
        }
    }

    #[test]
    fn children_elsewhere_refuse_a_father_no_bed() {
        let (mut service, mut need) = (service(Kind::AsylumHouse), need());
        service.conditions.children = Rule::No;
        (need.who.children, need.who.sex) = (Some(true), Some(Sex::Male));
        assert_eq!(refusal(&service, &need), None);
        need.who.couple = Some(true);
        assert_eq!(refusal(&service, &need), Some(Refusal::Children));
    }
}
