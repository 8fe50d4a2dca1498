//! The answer a person gets, made for what the person holds in the hand. The order is the
//! same everywhere: what was understood, dated free places and conditions, whom to call.

use super::fallback::Fallback;
use super::freshness::{date, day_of};
use super::{CapacityState, Found, Scope, spoken, text_message, written};
use crate::domain::{Destination, Lang, Medium, Need, Release, Topic, Who};
use chrono::{DateTime, NaiveDate, Utc};

/// Everything the wording of one answer depends on besides what was found.
pub(super) struct Asked<'a> {
    pub(super) need: &'a Need,
    pub(super) place: Option<String>,
    pub(super) lang: Lang,
    pub(super) today: NaiveDate,
}

/// Writes the answer. `place_words` names the understood place ("Most, Ústecký kraj"); without
/// them the need's own destination is named. A short message, folded, is at most two parts; a
/// spoken answer takes at most 40 seconds.
#[must_use]
pub fn answer(
    found: &Found,
    fallbacks: &[Fallback],
    need: &Need,
    place_words: Option<&str>,
    lang: Lang,
    medium: Medium,
    now: DateTime<Utc>,
) -> String {
    let today = day_of(now);
    let place = place_words.map(str::to_owned).or_else(|| named(need, lang));
    let asked = Asked { need, place, lang, today };
    match medium {
        Medium::Chat | Medium::Web => written::write(found, fallbacks, &asked),
        Medium::Sms => text_message::write(found, fallbacks, &asked),
        Medium::Voice => spoken::write(found, fallbacks, &asked),
    }
}

/// Says back what was understood: place, topics, client, day. A conversation has its own
/// words for that; a single answer begins with these.
#[must_use]
pub fn say_back(need: &Need, place_words: Option<&str>, lang: Lang, now: DateTime<Utc>) -> Option<String> {
    let place = place_words.map(str::to_owned).or_else(|| named(need, lang));
    let asked = &Asked { need, place, lang, today: day_of(now) };
    let mut details: Vec<String> =
        asked.need.topics.iter().filter(|topic| **topic != Topic::Other).map(|topic| topic.label(asked.lang).to_lowercase()).collect();
    details.extend(client(&asked.need.who, asked.lang));
    details.extend(asked.need.release.map(|release| day(release, asked.today, asked.lang)));
    let details = Some(details.join(", ")).filter(|text| !text.is_empty());
    let text = [asked.place.clone(), details].into_iter().flatten().collect::<Vec<_>>().join(" – ");
    let text = text.trim_end_matches('.');
    (!text.is_empty()).then(|| format!("{}: {text}.", asked.lang.pick("Rozumím", "Understood")))
}

/// Says what the hits are when they are not simply what was asked for.
pub(super) fn opening(found: &Found, asked: &Asked<'_>) -> Option<String> {
    let lang = asked.lang;
    if found.hits.is_empty() {
        return Some(lang.pick("Nic vhodného teď v přehledu nemáme.", "We know of nothing suitable now.").to_owned());
    }
    let mut sentences: Vec<&str> = widened(found, lang).into_iter().collect();
    let beds = found.hits.iter().filter(|hit| hit.service.kind.is_lodging()).count();
    let free = found.hits.iter().any(|hit| hit.service.kind.is_lodging() && hit.capacity == CapacityState::Has);
    if beds > 0 && !free {
        sentences.push(lang.pick("O volném místě teď jistě nevíme, zavolejte prosím.", "We know of no free place for sure, please call."));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn widened(found: &Found, lang: Lang) -> Option<&'static str> {
    if !found.widened() || found.asked == Scope::Country {
        return None;
    }
    let some_near = found.hits.iter().any(|hit| hit.scope <= found.asked);
    Some(match (some_near, found.scope) {
        (true, Scope::Orp | Scope::District) => {
            lang.pick("Přímo v místě toho je málo, přidáváme okres.", "There is little on the spot, so the district is added.")
        }
        (true, Scope::Region) => {
            lang.pick("Přímo v místě toho je málo, přidáváme kraj.", "There is little on the spot, so the region is added.")
        }
        (true, Scope::Country) => {
            lang.pick("V okolí toho je málo, přidáváme i jiné kraje.", "There is little around, so other regions are added.")
        }
        (false, Scope::Orp | Scope::District) => {
            lang.pick("Přímo v místě nic vhodného nevíme, nejblíž v okrese:", "Nothing suitable on the spot; the nearest in the district:")
        }
        (false, Scope::Region) => {
            lang.pick("Přímo v místě nic vhodného nevíme, nejblíž v kraji:", "Nothing suitable on the spot; the nearest in the region:")
        }
        (false, Scope::Country) => {
            lang.pick("Přímo v kraji nic vhodného nevíme, nejblíž jinde:", "Nothing suitable in the region; the nearest elsewhere:")
        }
    })
}

fn named(need: &Need, lang: Lang) -> Option<String> {
    match need.destination.as_ref()? {
        Destination::Place(place) => {
            let region = place.region.name(lang);
            let town = place.municipality.as_ref().map(|town| town.name.as_str()).filter(|town| *town != region);
            Some(town.map_or_else(|| region.to_owned(), |town| format!("{town}, {region}")))
        }
        Destination::Abroad(_) => Some(lang.pick("návrat do zahraničí", "return abroad").to_owned()),
    }
}

fn client(who: &Who, lang: Lang) -> Vec<String> {
    let said = |fact: Option<bool>, cs: &'static str, en: &'static str| (fact == Some(true)).then(|| lang.pick(cs, en));
    let sex = who.sex.map(|sex| sex.label(lang));
    let age = who.age_band.map(|band| band.label(lang));
    let facts = [
        said(who.couple, "pár", "couple"),
        sex,
        age,
        said(who.pregnant, "čeká dítě", "expecting"),
        said(who.children, "děti", "children"),
        said(who.pet, "zvíře", "animal"),
        said(who.disability, "zdravotní omezení", "disability"),
        said(who.substitution, "substituce", "substitution"),
        said(who.without_id, "bez dokladů", "no ID"),
    ];
    facts.into_iter().flatten().map(str::to_owned).collect()
}

fn day(release: Release, today: NaiveDate, lang: Lang) -> String {
    let word = lang.pick("výstup", "release");
    match release {
        Release::On(day) => format!("{word} {}", date(day, today, lang)),
        Release::Window(first, last) => format!("{word} {} – {}", date(first, today, lang), date(last, today, lang)),
    }
}
