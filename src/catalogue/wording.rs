//! The words an answer is made of: free places, who is taken, what it costs, what to ask.
//! Every function gives one fragment; the media put them together.

use super::constraint::family;
use super::freshness::date;
use super::rank::{age_unsaid, cuts};
use super::{CapacityState, Conditions, Hit, PricePer, Rule, Scope, Service};
use crate::domain::{Bilingual, Lang, Need, Place, Topic};
use chrono::NaiveDate;

/// Says in one sentence why a hit is shown.
pub(super) fn why(hit: &Hit, need: &Need, today: NaiveDate) -> Bilingual {
    let in_lang = |lang: Lang| {
        let (topic, kind) = (hit.topic.label(lang).to_lowercase(), hit.service.kind.label(lang));
        let what = if topic == kind { topic } else { format!("{topic}: {kind}") };
        let mut parts = vec![what, distance(hit, lang)];
        parts.extend(limits(&hit.service, need, lang));
        parts.push(known(hit, today, lang));
        parts.extend(questions(&hit.service, need, lang).into_iter().map(str::to_owned));
        parts.join("; ")
    };
    Bilingual::new(in_lang(Lang::Cs), in_lang(Lang::En))
}

/// Names the place of a service; of a secret shelter the region.
pub(super) fn place_of(place: &Place, lang: Lang) -> String {
    place.municipality.as_ref().map_or_else(|| place.region.name(lang).to_owned(), |town| town.name.clone())
}

/// Says how far a hit is from the place asked about.
pub(super) fn distance(hit: &Hit, lang: Lang) -> String {
    let step = match hit.scope {
        Scope::Orp => lang.pick("přímo v místě", "on the spot"),
        Scope::District => lang.pick("v okrese", "in the district"),
        Scope::Region => lang.pick("v kraji", "in the region"),
        Scope::Country => lang.pick("v jiném kraji", "in another region"),
    };
    match hit.distance_km {
        Some(km) if hit.scope != Scope::Orp => format!("{step}, {km:.0} km"),
        Some(_) | None => step.to_owned(),
    }
}

/// Says what is known and since when: "volno 2 místa (muži), ověřeno včera".
pub(super) fn known(hit: &Hit, today: NaiveDate, lang: Lang) -> String {
    let fresh = hit.freshness.words(today, lang);
    let beds_unknown = hit.capacity == CapacityState::Unknown && hit.service.kind.is_lodging();
    let words = match availability(hit, today, lang) {
        // the confirmation is of everything but the places, which nobody knows
        Some(places) if beds_unknown && !hit.freshness.is_old() => format!("{places}; {}{fresh}", lang.pick("ostatní ", "the rest ")),
        Some(places) if beds_unknown => format!("{places}; {fresh}"),
        Some(places) => format!("{places}, {fresh}"),
        None => fresh,
    };
    later(hit, today, lang).map_or_else(|| words.clone(), |later| format!("{}; {later}", words.trim_end_matches('.')))
}

/// Says that what is known of free places is not known of the day the client comes.
pub(super) fn later(hit: &Hit, today: NaiveDate, lang: Lang) -> Option<String> {
    let day = date(hit.later?, today, lang);
    Some(match lang {
        Lang::Cs => format!("to platí teď, na {day} se zeptejte"),
        Lang::En => format!("that is so now, please ask about {day}"),
    })
}

/// The same as briefly as a short message needs it.
pub(super) fn later_briefly(hit: &Hit, today: NaiveDate, lang: Lang) -> Option<String> {
    let day = date(hit.later?, today, lang);
    Some(format!("{} {day}", lang.pick("zeptejte se na", "ask about")))
}

/// Says what is known of free places; nothing for a service where that is not counted.
pub(super) fn availability(hit: &Hit, today: NaiveDate, lang: Lang) -> Option<String> {
    let lodging = hit.service.kind.is_lodging();
    let words = match (hit.capacity, lodging) {
        (CapacityState::Has, true) => free(hit.count, lang),
        (CapacityState::Has, false) => lang.pick("přijímají nové klienty", "takes new clients").to_owned(),
        (CapacityState::MustAssess, _) => lang.pick("o přijetí rozhodují po domluvě", "decides after a talk").to_owned(),
        (CapacityState::Unknown, true) => lang.pick("volná místa nevíme, ověřte", "free places not known, please ask").to_owned(),
        (CapacityState::Unknown, false) => return None,
        (CapacityState::Waitlist, _) => lang.pick("plno, vedou pořadník", "full, keeps a waiting list").to_owned(),
        (CapacityState::None, true) => lang.pick("plno", "full").to_owned(),
        (CapacityState::None, false) => lang.pick("nové klienty teď nepřijímají", "takes no new clients now").to_owned(),
    };
    Some(words + terms(hit, today, lang).as_str())
}

/// Adds whom the places are for and from when, as long as the report is believed.
fn terms(hit: &Hit, today: NaiveDate, lang: Lang) -> String {
    let believed = !matches!(hit.capacity, CapacityState::Unknown | CapacityState::MustAssess);
    let Some(report) = hit.service.capacity.as_ref().filter(|_| believed) else { return String::new() };
    let target = report.target.as_ref().filter(|_| hit.capacity == CapacityState::Has).map(|whom| format!(" ({})", whom.get(lang)));
    let from = report.available_from.filter(|day| *day > today).map(|day| match (hit.capacity, lang) {
        (CapacityState::Has, Lang::Cs) => format!(" od {}", date(day, today, lang)),
        (CapacityState::Has, Lang::En) => format!(" from {}", date(day, today, lang)),
        (_, Lang::Cs) => format!(", uvolní se {}", date(day, today, lang)),
        (_, Lang::En) => format!(", a place from {}", date(day, today, lang)),
    });
    target.unwrap_or_default() + from.unwrap_or_default().as_str()
}

/// Counts free places: "volno 2 místa".
fn free(count: Option<u16>, lang: Lang) -> String {
    match (count.filter(|n| *n > 0), lang) {
        (None, _) => lang.pick("volno", "free").to_owned(),
        (Some(1), Lang::Cs) => "volno 1 místo".to_owned(),
        (Some(n @ 2..=4), Lang::Cs) => format!("volno {n} místa"),
        (Some(n), Lang::Cs) => format!("volno {n} míst"),
        (Some(1), Lang::En) => "1 free place".to_owned(),
        (Some(n), Lang::En) => format!("{n} free places"),
    }
}

/// Says whom a service is for: sex, age, and parents unless the client is known to be one.
pub(super) fn limits(service: &Service, need: &Need, lang: Lang) -> Vec<String> {
    let parents = (service.kind.is_for_families() && family(&need.who) != Some(true)).then(|| parents_only(lang));
    parents.into_iter().chain(sex_limit(&service.conditions, lang)).map(str::to_owned).chain(age_limit(&service.conditions, lang)).collect()
}

/// Says of these limits only those nobody has said the client meets.
pub(super) fn unsaid(service: &Service, need: &Need, lang: Lang) -> Vec<String> {
    let (rules, who) = (&service.conditions, &need.who);
    let parents = (service.kind.is_for_families() && family(who).is_none()).then(|| parents_only(lang));
    let sex = sex_limit(rules, lang).filter(|_| who.sex.is_none());
    let age = age_limit(rules, lang).filter(|_| age_unsaid(rules, who) || who.age_band.is_some_and(|band| cuts(rules, band)));
    parents.into_iter().chain(sex).map(str::to_owned).chain(age).collect()
}

const fn parents_only(lang: Lang) -> &'static str {
    lang.pick("jen pro rodiče s dětmi", "only for parents with children")
}

const fn sex_limit(rules: &Conditions, lang: Lang) -> Option<&'static str> {
    match (rules.men, rules.women) {
        (Rule::No, _) => Some(lang.pick("jen ženy", "women only")),
        (_, Rule::No) => Some(lang.pick("jen muži", "men only")),
        (Rule::Yes | Rule::Ask, Rule::Yes | Rule::Ask) => None,
    }
}

fn age_limit(rules: &Conditions, lang: Lang) -> Option<String> {
    match (rules.age_min, rules.age_max) {
        (None, None) => None,
        (Some(least), None) => Some(match lang {
            Lang::Cs => format!("od {least} let"),
            Lang::En => format!("from {least} years"),
        }),
        (None, Some(most)) => Some(match lang {
            Lang::Cs => format!("do {most} let"),
            Lang::En => format!("up to {most} years"),
        }),
        (Some(least), Some(most)) => Some(match lang {
            Lang::Cs => format!("{least}–{most} let"),
            Lang::En => format!("{least}–{most} years"),
        }),
    }
}

/// Lists whom a service refuses, as far as its kind and its limits do not say it already.
pub(super) fn refuses(service: &Service, lang: Lang) -> Vec<&'static str> {
    let rules = &service.conditions;
    let lodging = service.kind.is_lodging();
    let both = rules.men != Rule::No && rules.women != Rule::No;
    let no = |applies: bool, rule: Rule, cs: &'static str, en: &'static str| (applies && rule == Rule::No).then(|| lang.pick(cs, en));
    let list = [
        no(lodging, rules.pets, "zvířata", "animals"),
        no(lodging && rules.women != Rule::No, rules.children, "děti", "children"),
        no(lodging && both, rules.couples, "páry", "couples"),
        no(true, rules.without_id, "lidi bez dokladů", "people without an ID"),
        no(true, rules.substitution, "lidi v substituci", "people in substitution treatment"),
        no(lodging, rules.debts, "lidi s dluhy", "people with debts"),
    ];
    list.into_iter().flatten().collect()
}

/// Lists what must be asked about this very client before anybody is sent.
pub(super) fn questions(service: &Service, need: &Need, lang: Lang) -> Vec<&'static str> {
    let (rules, who, lodging) = (&service.conditions, &need.who, service.kind.is_lodging());
    let ask = |said: Option<bool>, rule: Rule, cs: &'static str, en: &'static str| {
        (said == Some(true) && rule == Rule::Ask).then(|| lang.pick(cs, en))
    };
    let bed = |said: Option<bool>| said.filter(|_| lodging);
    let children =
        (bed(who.children) == Some(true) && rules.children == Rule::No).then(|| lang.pick("děti nepřijímá", "takes no children"));
    let access = (!lodging && who.disability == Some(true) && rules.wheelchair == Rule::No)
        .then(|| lang.pick("není bezbariérová", "not accessible by wheelchair"));
    let list = [
        need.restricted.then(|| lang.pick("přijetí posuzují jednotlivě, zavolejte předem", "each case is judged, please call first")),
        ask(bed(who.pet), rules.pets, "zvíře jen po domluvě", "animal only by agreement"),
        ask(bed(who.couple), rules.couples, "pár jen po domluvě", "couple only by agreement"),
        ask(bed(who.children.max(who.pregnant)), rules.children, "děti po domluvě", "children by agreement"),
        children,
        ask(who.disability, rules.wheelchair, "zeptejte se na přístup", "ask about access"),
        access,
        ask(who.without_id, rules.without_id, "bez dokladů po domluvě", "without an ID by agreement"),
        ask(who.substitution, rules.substitution, "substituci předem domluvte", "arrange substitution first"),
        ask(bed(Some(need.topics.contains(&Topic::Debts))), rules.debts, "na dluhy se ptají", "asks about debts"),
    ];
    list.into_iter().flatten().collect()
}

/// Says the price and the deposit.
pub(super) fn price(rules: &Conditions, lang: Lang) -> Vec<String> {
    let per = match rules.price_per {
        Some(PricePer::Night) => lang.pick("/noc", " a night"),
        Some(PricePer::Month) => lang.pick("/měsíc", " a month"),
        None => "",
    };
    let price = rules.price_czk.map(|czk| match czk {
        0 => lang.pick("zdarma", "free of charge").to_owned(),
        czk => format!("{} {}{per}", thousands(czk), lang.pick("Kč", "CZK")),
    });
    let deposit = rules.deposit_czk.filter(|czk| *czk > 0);
    let deposit = deposit.map(|czk| format!("{} {} {}", lang.pick("kauce", "deposit"), thousands(czk), lang.pick("Kč", "CZK")));
    price.into_iter().chain(deposit).collect()
}

/// Says how a place is arranged.
pub(super) fn arranging(rules: &Conditions, lang: Lang) -> Vec<String> {
    let from_prison = match rules.bookable_from_prison {
        Rule::Yes => Some(lang.pick("lze domluvit už z věznice", "can be booked from prison")),
        Rule::No => Some(lang.pick("z věznice domluvit nelze", "cannot be booked from prison")),
        Rule::Ask => None,
    };
    let notice = rules.days_in_advance.filter(|days| *days > 0).map(|days| match (days, lang) {
        (1, Lang::Cs) => "ozvěte se den předem".to_owned(),
        (2..=4, Lang::Cs) => format!("ozvěte se {days} dny předem"),
        (_, Lang::Cs) => format!("ozvěte se {days} dní předem"),
        (1, Lang::En) => "call a day ahead".to_owned(),
        (_, Lang::En) => format!("call {days} days ahead"),
    });
    from_prison.map(str::to_owned).into_iter().chain(notice).collect()
}

/// Groups the nine digits of a Czech number by three; anything else stays as it is written.
pub(super) fn phone(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("00420").or_else(|| digits.strip_prefix("420").filter(|rest| rest.len() == 9)).unwrap_or(&digits);
    match (national.get(..3), national.get(3..6), national.get(6..)) {
        (Some(a), Some(b), Some(c)) if c.len() == 3 => format!("{a} {b} {c}"),
        _ => number.trim().to_owned(),
    }
}

/// Writes an amount with a blank between thousands.
fn thousands(amount: u32) -> String {
    if amount < 1000 { amount.to_string() } else { format!("{} {:03}", amount / 1000, amount % 1000) }
}

/// Begins a sentence with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::{free, phone, thousands};
    use crate::domain::Lang;

    #[test]
    fn numbers_agree_with_their_nouns() {
        let table = [(1, "volno 1 místo"), (2, "volno 2 místa"), (4, "volno 4 místa"), (5, "volno 5 míst"), (21, "volno 21 míst")];
        for (count, words) in table {
            assert_eq!(free(Some(count), Lang::Cs), words);
        }
        assert_eq!(free(None, Lang::Cs), "volno");
        assert_eq!(thousands(5_000), "5 000");
    }

    #[test]
    fn phones_are_grouped_by_three() {
        for written in ["719123456", "+420 719 123 456", "00420719123456", "719 123 456"] {
            assert_eq!(phone(written), "719 123 456");
        }
        assert_eq!(phone("klapka 12"), "klapka 12");
    }
}
