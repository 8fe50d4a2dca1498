//! The catalogue as the coordinator reads it: what there is, how fresh it is.

use super::address;
use super::contacts::regions;
use super::error::ConsoleError;
use super::field::{Pick, Select};
use super::frame::{Frame, Tab};
use super::label::{Tone, counted};
use super::moment;
use super::visit::{Visit, page};
use crate::catalogue::{CapacityState, Freshness, Rule, Service};
use crate::domain::{Lang, Region, Topic, fold};
use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::sync::Arc;

/// Services on one page.
const ROWS: usize = 50;

/// What an address asks for.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    region: String,
    topic: String,
    page: String,
}

/// Shows the catalogue, which lies in memory: filtering it is cheap at any size we know.
///
/// # Errors
/// When the page cannot be written.
pub(super) async fn list(visit: Visit, asked: Result<Query<Asked>, QueryRejection>) -> Result<Response, ConsoleError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (lang, today) = (visit.lang, moment::day_of(visit.now));
    let handbook = visit.app.handbook();
    let mut found: Vec<&Arc<Service>> = handbook.catalogue.services().filter(|service| asked.wants(service)).collect();
    found.sort_by_cached_key(|service| (service.place.region, town(service), fold(&service.name)));
    let old = found.iter().filter(|service| Freshness::of(service.heard_at(), today).is_old()).count();
    let number = asked.page.parse::<usize>().unwrap_or(0).min(found.len() / ROWS);
    let shown = found.iter().skip(number * ROWS).take(ROWS);
    page(&ServicesPage {
        frame: visit.frame(Tab::Services),
        words: asked.q.clone(),
        selects: asked.selects(lang),
        summary: summary(found.len(), old, lang),
        services: shown.map(|service| ServiceView::of(service, visit.now, today, lang)).collect(),
        newer: number.checked_sub(1).map(|page| asked.url(page)),
        older: (found.len() > (number + 1) * ROWS).then(|| asked.url(number + 1)),
    })
}

impl Asked {
    fn wants(&self, service: &Service) -> bool {
        let region = self.region.is_empty() || service.place.region.code() == self.region;
        let topic = self.topic.is_empty() || service.topics.iter().any(|topic| topic.code() == self.topic);
        region && topic && !service.ended && self.says(service)
    }

    /// Every word of the search stands somewhere in the entry; a secret shelter's town is no word of it.
    fn says(&self, service: &Service) -> bool {
        let words = fold(&self.q);
        if words.trim().is_empty() {
            return true;
        }
        let text = fold(&format!("{} {} {} {}", service.name, service.provider, service.kind.label(Lang::Cs), town(service)));
        words.split_whitespace().all(|word| text.contains(word))
    }

    fn selects(&self, lang: Lang) -> Vec<Select> {
        let topics = Topic::ALL.iter().map(|topic| Pick::new(topic.code(), topic.label(lang), Some(&self.topic))).collect();
        vec![
            Select { name: "region", label: lang.pick("Kraj", "Region"), options: regions(&self.region, lang) },
            Select { name: "topic", label: lang.pick("Potřeba", "Need"), options: topics },
        ]
    }

    fn url(&self, page: usize) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        address::with("/console/services", [("q", self.q.as_str()), ("region", &self.region), ("topic", &self.topic), ("page", &page)])
    }
}

/// Names the municipality; of a secret shelter nothing.
fn town(service: &Service) -> String {
    service.place.municipality.as_ref().filter(|_| !service.secret).map(|town| town.name.clone()).unwrap_or_default()
}

fn summary(count: usize, old: usize, lang: Lang) -> String {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    match lang {
        Lang::Cs => {
            let services = counted(number(count), "služba", "služby", "služeb");
            let old = if old > 0 { format!(", z toho {old} dlouho neověřených") } else { String::new() };
            format!("{count} {services}{old}.")
        }
        Lang::En => format!("Services: {count}, not confirmed for long: {old}."),
    }
}

/// The catalogue.
#[derive(Template)]
#[template(path = "services.html")]
pub(super) struct ServicesPage {
    /// The page around it.
    pub(super) frame: Frame,
    /// The words searched for.
    pub(super) words: String,
    /// Region and topic.
    pub(super) selects: Vec<Select>,
    /// How many there are and how many are stale.
    pub(super) summary: String,
    /// The services of this page.
    pub(super) services: Vec<ServiceView>,
    /// The page before.
    pub(super) newer: Option<String>,
    /// The page after.
    pub(super) older: Option<String>,
}

/// One service as one row.
pub(super) struct ServiceView {
    /// What it is called.
    pub(super) name: String,
    /// What it is.
    pub(super) kind: &'static str,
    /// Who runs it.
    pub(super) provider: String,
    /// The municipality; of a secret one only the region is known here.
    pub(super) place: String,
    /// The region.
    pub(super) region: &'static str,
    /// Street; a secret one is never shown.
    pub(super) address: String,
    /// Free places in words.
    pub(super) capacity: String,
    /// How loud.
    pub(super) capacity_tone: Tone,
    /// For whom, and until when it holds.
    pub(super) capacity_note: String,
    /// What it asks of a client.
    pub(super) conditions: String,
    /// The phone.
    pub(super) phone: String,
    /// When somebody answers it.
    pub(super) hours: String,
    /// When somebody who knows last spoke.
    pub(super) confirmed: String,
    /// Whether that is too long ago.
    pub(super) old: bool,
}

impl ServiceView {
    fn of(service: &Arc<Service>, now: DateTime<Utc>, today: NaiveDate, lang: Lang) -> Self {
        let shown = Service::clone(service).guarded();
        let fresh = Freshness::of(shown.heard_at(), today);
        let (capacity_tone, capacity, capacity_note) = capacity(&shown, now, today, lang);
        Self {
            name: shown.name.clone(),
            kind: shown.kind.label(lang),
            provider: shown.provider.clone(),
            place: if shown.secret { lang.pick("utajená adresa", "secret address").to_owned() } else { town(&shown) },
            region: Region::name(shown.place.region, lang),
            address: shown.address.clone().unwrap_or_default(),
            capacity,
            capacity_tone,
            capacity_note,
            conditions: conditions(&shown, lang),
            phone: shown.phone.clone().unwrap_or_default().replace(' ', "\u{a0}"),
            hours: shown.hours.as_ref().map(|hours| hours.get(lang).to_owned()).unwrap_or_default(),
            confirmed: fresh.words(today, lang),
            old: fresh.is_old(),
        }
    }
}

/// Says what is known of free places; an expired report is no knowledge.
fn capacity(service: &Service, now: DateTime<Utc>, today: NaiveDate, lang: Lang) -> (Tone, String, String) {
    let Some(report) = &service.capacity else {
        return (Tone::Calm, lang.pick("nehlásí se", "not reported").to_owned(), String::new());
    };
    let (tone, word) = match report.state_at(now) {
        CapacityState::Has => (Tone::Good, lang.pick("volno", "free")),
        CapacityState::MustAssess => (Tone::Calm, lang.pick("rozhodují po domluvě", "decides after a talk")),
        CapacityState::Unknown => (Tone::Warn, lang.pick("nevíme, ověřte", "not known, please ask")),
        CapacityState::Waitlist => (Tone::Calm, lang.pick("plno, pořadník", "full, waiting list")),
        CapacityState::None => (Tone::Calm, lang.pick("plno", "full")),
    };
    let count = report.count.filter(|count| *count > 0 && tone == Tone::Good).map(|count| format!(" {count}")).unwrap_or_default();
    let until = last_day(moment::day_of(report.expires_at), today, lang);
    let target = report.target.as_ref().map(|whom| whom.get(lang).to_owned());
    let from = report
        .available_from
        .filter(|day| *day > today)
        .map(|day| format!("{} {}", lang.pick("od", "from"), moment::date(day, today, lang)));
    let held = (now < report.expires_at).then(|| format!("{} {until}", lang.pick("platí do", "holds until")));
    let note = target.into_iter().chain(from).chain(held).collect::<Vec<_>>().join(", ");
    (tone, format!("{word}{count}"), note)
}

/// Names the last day of something, in the case that follows "do".
fn last_day(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    match day.signed_duration_since(today).num_days() {
        0 => lang.pick("dneška", "today").to_owned(),
        1 => lang.pick("zítřka", "tomorrow").to_owned(),
        _ => moment::date(day, today, lang),
    }
}

/// Lists who is taken, who is not and what it costs, in a few words.
fn conditions(service: &Service, lang: Lang) -> String {
    let rules = &service.conditions;
    let t = |cs, en| lang.pick(cs, en);
    let sex = match (rules.men, rules.women) {
        (Rule::No, _) => Some(t("jen ženy", "women only").to_owned()),
        (_, Rule::No) => Some(t("jen muži", "men only").to_owned()),
        (Rule::Yes | Rule::Ask, Rule::Yes | Rule::Ask) => None,
    };
    let age = match (rules.age_min, rules.age_max) {
        (None, None) => None,
        (Some(least), None) => Some(format!("{} {least} {}", t("od", "from"), t("let", "years"))),
        (None, Some(most)) => Some(format!("{} {most} {}", t("do", "up to"), t("let", "years"))),
        (Some(least), Some(most)) => Some(format!("{least}–{most} {}", t("let", "years"))),
    };
    let no = [
        (rules.without_id, t("bez dokladů ne", "no one without an ID")),
        (rules.children, t("děti ne", "no children")),
        (rules.couples, t("páry ne", "no couples")),
        (rules.pets, t("zvířata ne", "no animals")),
        (rules.substitution, t("substituce ne", "no substitution treatment")),
    ];
    let no = no.into_iter().filter(|(rule, _)| *rule == Rule::No && service.kind.is_lodging()).map(|(_, text)| text.to_owned());
    let booked = (rules.bookable_from_prison == Rule::Yes).then(|| t("lze domluvit z věznice", "can be booked from prison").to_owned());
    let deposit = rules.deposit_czk.filter(|czk| *czk > 0).map(|czk| format!("{} {czk}\u{a0}{}", t("kauce", "deposit"), t("Kč", "CZK")));
    sex.into_iter().chain(age).chain(no).chain(booked).chain(deposit).collect::<Vec<_>>().join(", ")
}
