//! The answer a person gets, made for what the person holds in the hand. The order is the
//! same everywhere: what was understood, dated free places and conditions, whom to call.

use super::fallback::{Fallback, FallbackKind};
use super::freshness::{date, day_of};
use super::{CapacityState, Found, Scope, Wish, spoken, text_message, wish, written};
use crate::domain::{Destination, Kind, Lang, Medium, Need, Region, Release, Topic, Who};
use chrono::{DateTime, NaiveDate, Utc};

/// How much is said of each service where room is short.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    Full,
    Brief,
    Bare,
}

/// An answer and how much of what was found it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What to say.
    pub text: String,
    /// How many of the hits are named in it, counted from the first; the others are for "more".
    pub told: usize,
}

/// Everything the wording of one answer depends on besides what was found.
pub(super) struct Asked<'a> {
    pub(super) need: &'a Need,
    pub(super) place: Option<String>,
    pub(super) lang: Lang,
    pub(super) today: NaiveDate,
}

/// Writes the answer. `place_words` names the understood place ("Most, Ústecký kraj"); without
/// them the need's own destination is named. A short message, folded, is at most two parts; a
/// spoken answer takes at most 20 seconds.
#[must_use]
pub fn answer(
    found: &Found,
    fallbacks: &[Fallback],
    need: &Need,
    place_words: Option<&str>,
    lang: Lang,
    medium: Medium,
    now: DateTime<Utc>,
) -> Answer {
    let today = day_of(now);
    let place = place_words.map(str::to_owned).or_else(|| named(need, lang));
    let asked = Asked { need, place, lang, today };
    match medium {
        Medium::Chat | Medium::Web => Answer { text: written::write(found, fallbacks, &asked), told: found.hits.len() },
        Medium::Sms => text_message::write(found, fallbacks, &asked),
        Medium::Voice => spoken::write(found, fallbacks, &asked),
    }
}

/// Says back what was understood: place, topics or the kinds named, client, day. A conversation
/// has its own words for that; a single answer begins with these.
#[must_use]
pub fn say_back(need: &Need, place_words: Option<&str>, lang: Lang, now: DateTime<Utc>) -> Option<String> {
    let place = place_words.map(str::to_owned).or_else(|| named(need, lang));
    let mut details = wanted(need, lang);
    details.extend(client(&need.who, lang));
    details.extend(need.release.map(|release| day(release, day_of(now), lang)));
    let details = Some(details.join(", ")).filter(|text| !text.is_empty());
    let text = [place, details].into_iter().flatten().collect::<Vec<_>>().join(" – ");
    let text = text.trim_end_matches('.');
    (!text.is_empty()).then(|| format!("{}: {text}.", lang.pick("Rozumím", "Understood")))
}

/// The topics in words; where a kind was named, the kind stands for its topic.
fn wanted(need: &Need, lang: Lang) -> Vec<String> {
    // an asylum house may be one for families, which nobody needs to hear
    let spoken_of = |kind: &&Kind| **kind != Kind::MothersHouse || !need.kinds.contains(&Kind::AsylumHouse);
    let kinds: Vec<Kind> = need.kinds.iter().filter(spoken_of).copied().collect();
    let covered = |topic: &Topic| kinds.iter().any(|kind| kind.topics().contains(topic));
    let asked = |kind: &&Kind| need.topics.is_empty() || kind.topics().iter().any(|topic| need.topics.contains(topic));
    let named = kinds.iter().filter(asked).map(|kind| kind.label(lang).to_owned());
    let topics = need.topics.iter().filter(|topic| **topic != Topic::Other && !covered(topic)).map(|topic| topic.label(lang).to_lowercase());
    named.chain(topics).collect()
}

/// Says what the hits are when they are not simply what was asked for. A later page has nothing
/// to open with: what was said of the first still holds.
pub(super) fn opening(found: &Found, asked: &Asked<'_>) -> Option<String> {
    if found.hits.is_empty() {
        return nothing(found, asked);
    }
    if found.skipped > 0 {
        return None;
    }
    let wish = wish::sentence(found.wish, asked);
    // that the named kind is full says as much of free places
    let places = places_unknown(found, asked.lang).filter(|_| !matches!(found.wish, Wish::Full(_)) || wish.is_none());
    let near = wish.is_some() && found.scope <= Scope::Region;
    let aimless = (asked.need.topics.is_empty() && asked.need.kinds.is_empty())
        .then(|| asked.lang.pick("Napište prosím i to, co klient potřebuje. Začít může u kurátora.", "Please write what the client needs, too. The curator is a good start."));
    let sentences = [aimless.map(str::to_owned), wish, widened(found, asked).filter(|_| !near).map(str::to_owned), places];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Says that there is nothing, unless what to do says it already: a curator without a number, a
/// place nobody has named, a return abroad.
fn nothing(found: &Found, asked: &Asked<'_>) -> Option<String> {
    if !at_home(asked.need) || is_for_curator(asked.need) {
        return None;
    }
    Some(if found.skipped > 0 {
        asked.lang.pick("Další vhodné služby už v přehledu nemáme.", "We know of no further suitable services.").to_owned()
    } else {
        asked.lang.pick("Nic vhodného teď v přehledu nemáme.", "We know of nothing suitable now.").to_owned()
    })
}

/// Tells whether the client returns to a Czech place that is known.
pub(super) const fn at_home(need: &Need) -> bool {
    matches!(need.destination, Some(Destination::Place(_)))
}

/// Tells whether the curator, and nothing else, was asked for.
pub(super) fn is_for_curator(need: &Need) -> bool {
    let curator = |topic: &Topic| *topic == Topic::Curator;
    need.topics.iter().all(curator) && need.kinds.iter().all(|kind| *kind == Kind::Curator)
}

/// Picks what is worth saying besides the services: nothing offered twice, a bed for the night only
/// to those who look for one, no promise of a line while the place is not known.
pub(super) fn beside<'a>(found: &Found, fallbacks: &'a [Fallback], asked: &Asked<'_>) -> Vec<&'a Fallback> {
    let topics = &asked.need.topics;
    let beds = topics.iter().any(|topic| matches!(topic, Topic::Housing | Topic::Crisis)) || (topics.is_empty() && asked.need.kinds.is_empty());
    let new = |fallback: &&Fallback| fallback.service.is_none_or(|id| found.hits.iter().all(|hit| hit.service.id != id));
    let fits = |fallback: &&Fallback| match fallback.kind {
        FallbackKind::NightShelter => beds || asked.need.kinds.iter().any(|kind| kind.is_lodging()),
        FallbackKind::Line => at_home(asked.need),
        FallbackKind::Curator | FallbackKind::Abroad | FallbackKind::Place => true,
    };
    fallbacks.iter().filter(new).filter(fits).collect()
}

fn places_unknown(found: &Found, lang: Lang) -> Option<String> {
    let beds = || found.hits.iter().filter(|hit| hit.service.kind.is_lodging());
    let free = beds().any(|hit| hit.capacity == CapacityState::Has);
    (beds().next().is_some() && !free)
        .then(|| lang.pick("O volném místě teď jistě nevíme, zavolejte prosím.", "We know of no free place for sure, please call.").to_owned())
}

fn widened(found: &Found, asked: &Asked<'_>) -> Option<&'static str> {
    if !found.widened() || found.asked == Scope::Country {
        return None;
    }
    let lang = asked.lang;
    let in_prague = asked.need.destination.as_ref().and_then(Destination::region) == Some(Region::Praha);
    let some_near = found.hits.iter().any(|hit| hit.scope <= found.asked);
    let some_home = found.hits.iter().any(|hit| hit.scope <= Scope::Region);
    Some(match found.scope {
        Scope::Orp | Scope::District if some_near => {
            lang.pick("Přímo v místě je toho málo, přidáváme okres.", "There is little on the spot, so the district is added.")
        }
        Scope::Orp | Scope::District => {
            lang.pick("Přímo v místě o ničem vhodném nevíme, tohle je nejblíž.", "We know of nothing suitable on the spot; this is the nearest.")
        }
        Scope::Region if some_near => {
            lang.pick("Přímo v místě je toho málo, přidáváme zbytek kraje.", "There is little on the spot, so the rest of the region is added.")
        }
        Scope::Region => {
            lang.pick("Přímo v místě o ničem vhodném nevíme, tohle je nejblíž v kraji.", "We know of nothing suitable on the spot; this is the nearest in the region.")
        }
        Scope::Country if some_home => lang.pick("V okolí je toho málo, přidáváme i jiné kraje.", "There is little around, so other regions are added."),
        Scope::Country if in_prague => {
            lang.pick("V Praze o ničem vhodném nevíme, tohle je nejblíž jinde.", "We know of nothing suitable in Prague; this is the nearest elsewhere.")
        }
        Scope::Country => {
            lang.pick("V kraji o ničem vhodném nevíme, tohle je nejblíž jinde.", "We know of nothing suitable in the region; this is the nearest elsewhere.")
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
        who.children.map(|some| if some { lang.pick("s dětmi", "with children") } else { lang.pick("bez dětí", "without children") }),
        said(who.pet, "se zvířetem", "with an animal"),
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
