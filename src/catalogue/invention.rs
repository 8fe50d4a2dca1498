//! One invented service: what the dice of its key say within the bounds of its kind.

use super::demo::{Plan, Seat, Tables};
use super::dice::Dice;
use super::freshness::ZONE;
use super::service::Coverage;
use super::{Capacity, CapacityState, Conditions, Kind, PricePer, Rule, Service};
use crate::domain::Bilingual;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::Deserialize;

/// Whom a planned service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Whom {
    All,
    Men,
    Women,
    Families,
    Young,
    Seniors,
}

/// Everything one service is made of.
pub(super) struct Frame<'a> {
    pub(super) tables: &'a Tables,
    pub(super) plan: &'a Plan,
    pub(super) seat: &'a Seat,
    pub(super) today: NaiveDate,
    pub(super) number: usize,
    pub(super) key: String,
}

/// Invents the service of `frame`.
pub(super) fn service(frame: &Frame<'_>) -> Service {
    let mut dice = Dice::of(&frame.key);
    let (plan, seat) = (frame.plan, frame.seat);
    let word = frame.tables.words.get(frame.number % frame.tables.words.len().max(1)).cloned().unwrap_or_default();
    let capacity = capacity(frame, &mut dice);
    let confirmed_at = confirmed(frame, capacity.as_ref(), &mut dice);
    let checked_at = confirmed_at.map(|at| at.max(days_ago(frame.today, dice.throw(20).into(), 10)));
    let street = dice.pick(&frame.tables.streets).cloned().unwrap_or_default();
    Service {
        id: Service::id_of(&frame.key),
        provider: provider(frame, &word, &mut dice),
        name: name(plan, seat, &word),
        kind: plan.kind,
        topics: plan.kind.topics().to_vec(),
        place: seat.place(),
        position: Some((seat.lat + scatter(&mut dice), seat.lon + scatter(&mut dice))),
        address: Some(format!("{street} {}", 1 + dice.throw(90))),
        secret: plan.secret,
        phone: Some(phone(frame.number)),
        email: None,
        web: None,
        hours: Some(hours(plan.kind, &mut dice)),
        conditions: conditions(plan, &mut dice),
        serves: serves(plan, seat, &mut dice),
        capacity,
        confirmed_at,
        checked_at,
        changed_at: confirmed_at.map(|at| at.checked_sub_days(Days::new(dice.throw(90).into())).unwrap_or(at)),
        ended: false,
        note: Bilingual::default(),
    }
    .guarded()
}

/// Returns the instant so many days before `today`; of today itself its first instant, so that
/// nothing invented lies in the future.
pub(super) fn days_ago(today: NaiveDate, days: u64, hour: u32) -> DateTime<Utc> {
    let day = today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let hour = if days == 0 { 0 } else { hour };
    let time = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
    ZONE.from_local_datetime(&time).earliest().map_or_else(|| time.and_utc(), |at| at.with_timezone(&Utc))
}

fn name(plan: &Plan, seat: &Seat, word: &str) -> String {
    if is_office(plan.kind) { format!("{} (ukázka), {}", plan.name, seat.name) } else { format!("{} {word}", plan.name) }
}

fn provider(frame: &Frame<'_>, word: &str, dice: &mut Dice) -> String {
    if is_office(frame.plan.kind) {
        return format!("Cvičný úřad, {}", frame.seat.name);
    }
    format!("{} {word}", dice.pick(&frame.tables.providers).cloned().unwrap_or_default())
}

/// An office is called by its town, not by an invented word.
const fn is_office(kind: Kind) -> bool {
    matches!(kind, Kind::Curator | Kind::ProbationCentre | Kind::LabourOffice)
}

/// A number of the range 719, which is not in use.
fn phone(number: usize) -> String {
    let tail = (100_000 + number * 37) % 1_000_000;
    format!("719 {:03} {:03}", tail / 1000, tail % 1000)
}

/// A few hundred metres, so that two services of one town do not stand on one point.
fn scatter(dice: &mut Dice) -> f64 {
    f64::from(dice.throw(200)) / 20_000.0 - 0.005
}

fn hours(kind: Kind, dice: &mut Dice) -> Bilingual {
    let office = Bilingual::new("po a st 8–17", "Mon and Wed 8–17");
    let house = [Bilingual::new("denně 8–20", "daily 8–20"), Bilingual::new("po–pá 8–16", "Mon–Fri 8–16")];
    let advice = [
        Bilingual::new("po–pá 8–16", "Mon–Fri 8–16"),
        Bilingual::new("po a st 8–17, út a čt 8–14", "Mon and Wed 8–17, Tue and Thu 8–14"),
        Bilingual::new("po–čt 9–15", "Mon–Thu 9–15"),
        Bilingual::new("po, st, pá 9–14", "Mon, Wed, Fri 9–14"),
    ];
    if kind == Kind::NightShelter {
        return Bilingual::new("denně 19–7", "daily 19–7");
    }
    if matches!(kind, Kind::CrisisBed | Kind::CrisisCentre) {
        return Bilingual::new("nepřetržitě", "day and night");
    }
    if is_office(kind) {
        return office;
    }
    let choice: &[Bilingual] = if kind.is_lodging() { &house } else { &advice };
    dice.pick(choice).cloned().unwrap_or_default()
}

fn conditions(plan: &Plan, dice: &mut Dice) -> Conditions {
    if plan.kind.is_lodging() { of_a_bed(plan, dice) } else { of_advice(dice) }
}

/// Advice takes nearly everybody; what varies is access and whether it begins in prison.
fn of_advice(dice: &mut Dice) -> Conditions {
    Conditions {
        men: Rule::Yes,
        women: Rule::Yes,
        age_min: dice.weigh(&[(3, None), (1, Some(15)), (1, Some(18))], None),
        children: Rule::Yes,
        couples: Rule::Yes,
        pets: Rule::Ask,
        without_id: dice.weigh(&[(8, Rule::Yes), (2, Rule::Ask)], Rule::Yes),
        debts: Rule::Yes,
        substitution: Rule::Yes,
        offence: dice.weigh(&[(6, Rule::Yes), (4, Rule::Ask)], Rule::Ask),
        wheelchair: dice.weigh(&[(5, Rule::Yes), (2, Rule::No), (3, Rule::Ask)], Rule::Ask),
        bookable_from_prison: dice.weigh(&[(6, Rule::Yes), (1, Rule::No), (3, Rule::Ask)], Rule::Ask),
        days_in_advance: dice.weigh(&[(7, None), (2, Some(2)), (1, Some(7))], None),
        price_czk: Some(0),
        ..Conditions::default()
    }
}

fn of_a_bed(plan: &Plan, dice: &mut Dice) -> Conditions {
    let (age_min, age_max) = ages(plan.whom);
    let takes = |yes: bool| if yes { Rule::Yes } else { Rule::No };
    let families = plan.whom == Whom::Families;
    let open_house = matches!(plan.kind, Kind::Hostel | Kind::SocialFlat);
    let (price_czk, price_per, deposit_czk) = price(plan.kind, dice);
    Conditions {
        men: takes(plan.whom != Whom::Women && !(families && plan.secret)),
        women: takes(plan.whom != Whom::Men),
        age_min,
        age_max,
        children: if families {
            Rule::Yes
        } else if open_house {
            Rule::Ask
        } else {
            Rule::No
        },
        couples: if families || open_house { dice.weigh(&[(2, Rule::Yes), (1, Rule::Ask)], Rule::Ask) } else { Rule::No },
        pets: dice.weigh(&[(2, Rule::Yes), (5, Rule::No), (3, Rule::Ask)], Rule::Ask),
        without_id: if plan.kind.is_nightly() {
            Rule::Yes
        } else {
            dice.weigh(&[(4, Rule::Yes), (3, Rule::No), (3, Rule::Ask)], Rule::Ask)
        },
        debts: debts(plan.kind, dice),
        substitution: dice.weigh(&[(4, Rule::Yes), (2, Rule::No), (4, Rule::Ask)], Rule::Ask),
        offence: dice.weigh(&[(2, Rule::Yes), (3, Rule::No), (5, Rule::Ask)], Rule::Ask),
        wheelchair: dice.weigh(&[(4, Rule::Yes), (4, Rule::No), (2, Rule::Ask)], Rule::Ask),
        bookable_from_prison: if plan.kind.is_nightly() {
            Rule::No
        } else {
            dice.weigh(&[(6, Rule::Yes), (1, Rule::No), (3, Rule::Ask)], Rule::Ask)
        },
        days_in_advance: if plan.kind.is_nightly() {
            None
        } else {
            dice.weigh(&[(5, None), (2, Some(3)), (2, Some(7)), (1, Some(14))], None)
        },
        deposit_czk,
        price_czk,
        price_per,
    }
}

/// Nobody is asked about debts for one night.
fn debts(kind: Kind, dice: &mut Dice) -> Rule {
    let thrown = dice.weigh(&[(8, Rule::Yes), (1, Rule::No), (1, Rule::Ask)], Rule::Yes);
    if kind.is_nightly() { Rule::Yes } else { thrown }
}

const fn ages(whom: Whom) -> (Option<u8>, Option<u8>) {
    match whom {
        Whom::Young => (Some(18), Some(26)),
        Whom::Seniors => (Some(65), None),
        Whom::All | Whom::Men | Whom::Women => (Some(18), None),
        Whom::Families => (None, None),
    }
}

/// Price, what it is paid for, and the deposit, all in CZK.
fn price(kind: Kind, dice: &mut Dice) -> (Option<u32>, Option<PricePer>, Option<u32>) {
    let step = dice.throw(6);
    if kind == Kind::CrisisBed {
        (Some(0), None, None)
    } else if kind == Kind::NightShelter {
        (Some(step * 20), Some(PricePer::Night), None)
    } else if matches!(kind, Kind::AsylumHouse | Kind::MothersHouse) {
        (Some(90 + step * 10), Some(PricePer::Night), None)
    } else if kind == Kind::Hostel {
        (Some(5_400 + step * 400), Some(PricePer::Month), Some(step * 1_000))
    } else {
        (Some(3_600 + step * 300), Some(PricePer::Month), dice.weigh(&[(2, None), (1, Some(3_000))], None))
    }
}

fn serves(plan: &Plan, seat: &Seat, dice: &mut Dice) -> Coverage {
    if plan.kind == Kind::Curator {
        Coverage::Orps(vec![seat.orp.clone()])
    } else if plan.secret || (plan.kind.is_lodging() && dice.throw(10) < 4) {
        Coverage::Country
    } else {
        Coverage::Regions(vec![seat.region])
    }
}

/// A third has places, a sixth has said so too long ago, the rest is full or silent.
fn capacity(frame: &Frame<'_>, dice: &mut Dice) -> Option<Capacity> {
    let kind = frame.plan.kind;
    let states: &[(u32, Option<CapacityState>)] = if kind.is_lodging() {
        &[
            (50, Some(CapacityState::Has)),
            (16, Some(CapacityState::None)),
            (12, Some(CapacityState::Waitlist)),
            (10, Some(CapacityState::MustAssess)),
            (12, None),
        ]
    } else {
        &[
            (50, Some(CapacityState::Has)),
            (5, Some(CapacityState::None)),
            (10, Some(CapacityState::Waitlist)),
            (5, Some(CapacityState::MustAssess)),
            (30, None),
        ]
    };
    let state = dice.weigh(states, None)?;
    let days = u32::from(kind.capacity_days());
    let age = if dice.throw(6) == 0 { days + 2 + dice.throw(10) } else { dice.throw(days.min(14).div_ceil(2)) };
    let by = dice.pick(&["sms", "obvolání", "telefon"]).copied().unwrap_or("sms");
    let count = (kind.is_lodging() && state == CapacityState::Has).then(|| 1 + dice.throw(4)).and_then(|count| u16::try_from(count).ok());
    let report = Capacity::reported(kind, state, count, by, days_ago(frame.today, age.into(), 9));
    Some(Capacity { target: target(frame.plan, count), available_from: available_from(frame, state, dice), ..report })
}

fn target(plan: &Plan, count: Option<u16>) -> Option<Bilingual> {
    count?;
    match plan.whom {
        Whom::Men => Some(Bilingual::new("muži", "men")),
        Whom::Women => Some(Bilingual::new("ženy", "women")),
        Whom::All | Whom::Families | Whom::Young | Whom::Seniors => None,
    }
}

fn available_from(frame: &Frame<'_>, state: CapacityState, dice: &mut Dice) -> Option<NaiveDate> {
    let (often, within) = match state {
        CapacityState::Has => (3, 18),
        CapacityState::None | CapacityState::Waitlist => (4, 30),
        CapacityState::MustAssess | CapacityState::Unknown => return None,
    };
    let says = frame.plan.kind.is_lodging() && !frame.plan.kind.is_nightly() && dice.throw(10) < often;
    let days = 2 + dice.throw(within);
    says.then(|| frame.today.checked_add_days(Days::new(days.into()))).flatten()
}

/// Whoever reported free places confirmed the entry; the others were asked now and then.
fn confirmed(frame: &Frame<'_>, capacity: Option<&Capacity>, dice: &mut Dice) -> Option<DateTime<Utc>> {
    let ages = [
        (10, Some(0)),
        (22, Some(1)),
        (18, Some(3)),
        (18, Some(7)),
        (14, Some(20)),
        (9, Some(60)),
        (5, Some(200)),
        (2, Some(400)),
        (2, None),
    ];
    let asked = dice.weigh(&ages, None).map(|days| days_ago(frame.today, days, 10));
    asked.max(capacity.map(|report| report.reported_at))
}
