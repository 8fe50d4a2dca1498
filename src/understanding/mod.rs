//! Free text of a worker turned into places, topics, the client, the release and flags – and
//! into the masked text, the only form that may be kept.
//!
//! Pure: no storage, no clock. [`understand`] masks first; whatever it returns, evidence
//! included, is taken from the masked text. Which words mean what stands in
//! `config/lexicon.toml` ([`Lexicon`]); how findings are weighed stands in the children.

mod mask;
mod words;
mod numeral;
mod lexicon;
mod clause;
mod kind;
mod need;
mod who;
mod when;
mod flag;
mod language;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod tests;

pub use lexicon::{Lexicon, LexiconError};
pub use mask::{Masked, Personal, bearer, mask, mask_but};

use crate::domain::{AgeBand, Evidence, Flag, Places, Release, Sex, Topic, Understood, Who};
use crate::place::{self, Finding, Gazetteer};
use chrono::{DateTime, Datelike, NaiveDate};
use chrono_tz::Tz;
use flag::{Cues, Raised};
use lexicon::{Hit, Sense};
use need::Asked;
use std::ops::Range;
use words::Words;

/// From how many days ahead a date in a report was meant for the year before.
const FAR_DAYS: i64 = 180;

/// Understands one message received `at` that instant in the line's zone.
///
/// Dates without a year and weekdays are relative to the day of `at`. A name that is also a
/// place ("pan Kolín") is a name. Never fails: what is not understood is left out.
#[must_use]
pub fn understand(text: &str, at: DateTime<Tz>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Understood {
    let mut findings = place::scan(gazetteer, text);
    let (surnames, spans): (Vec<_>, Vec<_>) = findings.iter().map(|finding| finding.words.clone()).partition(|span| mask::is_surname(text, span));
    let covers = mask::covers(text, &spans, surnames);
    findings.retain(|finding| !is_name(finding, &covers));
    let covered = Covered {
        text: mask::covered(text, &covers),
        personal: covers.iter().any(|cover| !cover.of_writer),
        sex: covers.iter().filter(|cover| !cover.of_writer).find_map(|cover| cover.sex),
        born: covers.iter().find_map(|cover| age_band(cover.year?, at.date_naive())),
        places: place::resolve_findings(gazetteer, text, &findings),
        explained: findings.iter().filter(|finding| finding.abroad.is_none()).filter_map(|finding| moved(&finding.words, &covers)).collect(),
    };
    read(&covered, at.date_naive(), gazetteer, lexicon)
}

/// Lists the single days a text names, in its order, with the bytes each is named in: "9. 12.",
/// "ve středu", "zítra", "9 Dec". A day without its year is the next one, or the one just past.
#[must_use]
pub fn days(text: &str, today: NaiveDate) -> Vec<(NaiveDate, Range<usize>)> {
    when::days(&Words::of(text), today)
}

/// The band of an age counted from the year of birth alone; the day is covered and forgotten.
fn age_band(year: i32, today: NaiveDate) -> Option<AgeBand> {
    let full = if year < 100 { if 1900 + year > today.year() - 100 && 2000 + year > today.year() - 14 { 1900 + year } else { 2000 + year } } else { year };
    u8::try_from(today.year() - full).ok().and_then(AgeBand::of)
}

fn is_name(finding: &Finding, covers: &[mask::Cover]) -> bool {
    covers.iter().any(|cover| cover.range.start < finding.words.end && finding.words.start < cover.range.end)
}

/// Where a stretch of the original stands in the masked text.
fn moved(span: &Range<usize>, covers: &[mask::Cover]) -> Option<Range<usize>> {
    let (mut removed, mut added) = (0, 0);
    for cover in covers.iter().take_while(|cover| cover.range.end <= span.start) {
        removed += cover.range.len();
        added += cover.kind.token().len();
    }
    let shift = |at: usize| (at + added).checked_sub(removed);
    Some(shift(span.start)?..shift(span.end)?)
}

/// A masked text and what is known of it before its words are read.
struct Covered {
    text: String,
    personal: bool,
    /// Man or woman, by the client's covered name.
    sex: Option<Sex>,
    /// The age band, by the client's covered date of birth.
    born: Option<AgeBand>,
    places: Places,
    /// Words already explained as places, in bytes.
    explained: Vec<Range<usize>>,
}

/// What was found, each with its words.
struct Findings {
    topics: Vec<Asked>,
    who: who::Described,
    release: Option<(Release, Range<usize>)>,
    flags: Vec<Raised>,
}

fn read(covered: &Covered, today: NaiveDate, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Understood {
    let words = Words::of(&covered.text);
    let explained = explained(&words, &covered.explained);
    let exact = |at: usize| explained.get(at).copied().unwrap_or(false) || gazetteer.is_everyday(words.word(at));
    let mut hits = lexicon.hits(&words, &exact);
    hits.retain(|hit| hit.span.clone().any(|at| !explained.get(at).copied().unwrap_or(false)));
    let offences = Cues::of(&words, &hits).offences();
    hits.retain(|hit| !is_about_offence(hit, &offences));
    let language = language::written(&words);
    let mut found = find(&words, &hits, today);
    found.who.who.sex = found.who.who.sex.or(covered.sex.filter(|_| found.who.who.couple.is_none()));
    found.who.who.age_band = found.who.who.age_band.or(covered.born);
    if covered.personal {
        found.flags.push((Flag::PersonalData, None));
    }
    if offences.iter().any(|(_, restricts)| *restricts) {
        found.flags.push((Flag::Restricted, None));
    }
    if language.is_foreign() {
        found.flags.push((Flag::ForeignLanguage, None));
    }
    found.flags.sort_by_key(|(flag, _)| *flag);
    found.flags.dedup_by_key(|(flag, _)| *flag);
    let hidden = stretches(&words, &offences);
    let masked = mask::replaced(&covered.text, hidden.iter().map(|range| (range.clone(), mask::OFFENCE_TOKEN)));
    Understood {
        places: covered.places.clone(),
        evidence: evidence(&words, &found, &hidden),
        kinds: kind::named_kinds(&masked),
        topics: found.topics.iter().map(|asked| asked.topic).collect(),
        who: found.who.who,
        release: found.release.map(|(release, _)| release),
        flags: found.flags.iter().map(|(flag, _)| *flag).collect(),
        masked,
        lang: language.lang(),
    }
}

/// Which words are part of a place name; both lists are in the order of the text.
fn explained(words: &Words<'_>, places: &[Range<usize>]) -> Vec<bool> {
    let mut places = places.iter().peekable();
    words
        .iter()
        .map(|word| {
            while places.next_if(|place| place.end <= word.range.start).is_some() {}
            places.peek().is_some_and(|place| place.start < word.range.end)
        })
        .collect()
}

fn is_about_offence(hit: &Hit, offences: &[(Range<usize>, bool)]) -> bool {
    matches!(hit.sense, Sense::Topic(..)) && offences.iter().any(|(span, _)| span.start < hit.span.end && hit.span.start < span.end)
}

fn find(words: &Words<'_>, hits: &[Hit], today: NaiveDate) -> Findings {
    let cues = Cues::of(words, hits);
    let mut flags: Vec<Raised> = Vec::new();
    let not_staff = cues.not_staff();
    let mut release = when::release(words, hits, today);
    let clauses = clause::Clauses::of(words, hits, not_staff.is_some());
    let mut who = who::who(words, hits, &clauses, not_staff.is_some());
    settle_released(&mut who.who, release.as_ref(), today);
    let mut topics = need::topics(words, hits, &clauses);
    let outcome = cues.outcome_report();
    if outcome.is_some() {
        let asks = hits.iter().any(|hit| hit.sense == Sense::Context(lexicon::Frame::Asks));
        topics.retain(|asked| asks && asked.weight >= need::ASKED);
        // the day of a report is behind us: "nastoupila 9.3." is not next year's
        release = release.filter(|(release, _)| !is_far(*release, today));
    } else if let Some(span) = cues.provider_update() {
        flags.push((Flag::ProviderUpdate, Some(span)));
        topics.clear();
        release = None;
        who = who::Described { who: Who::default(), evidence: Vec::new() };
    } else if cues.selling() {
        topics.clear();
        who = who::Described { who: Who::default(), evidence: Vec::new() };
    }
    let self_harm = cues.self_harm();
    if self_harm.is_some() && !topics.iter().any(|asked| asked.topic == Topic::Crisis) {
        topics.insert(0, Asked { topic: Topic::Crisis, weight: need::ASKED, trouble: true, span: self_harm.clone().unwrap_or_default() });
    }
    let urgent = cues.urgent(&who.who, release.as_ref().map(|(release, _)| *release), &topics, today);
    let urgent = urgent.or_else(|| self_harm.clone().map(|span| (Flag::Urgent, Some(span)))).filter(|_| !flags.iter().any(|(flag, _)| *flag == Flag::ProviderUpdate));
    flags.extend(urgent);
    flags.extend(cues.bulk(&who.who));
    for (flag, span) in [
        (Flag::SelfHarm, self_harm),
        (Flag::NotStaff, not_staff),
        (Flag::OutcomeReport, outcome),
        (Flag::WantsPerson, cues.wants_person()),
        (Flag::Abusive, cues.abusive()),
    ] {
        flags.extend(span.map(|span| (flag, Some(span))));
    }
    Findings { topics, who, release, flags }
}

/// More than half a year ahead.
fn is_far(release: Release, today: NaiveDate) -> bool {
    let (Release::On(day) | Release::Window(day, _)) = release;
    (day - today).num_days() > FAR_DAYS
}

/// A release behind us means out already; one ahead of us means not yet.
fn settle_released(who: &mut Who, release: Option<&(Release, Range<usize>)>, today: NaiveDate) {
    match release {
        Some((Release::On(day) | Release::Window(_, day), _)) if *day < today => who.released_already = Some(true),
        Some((Release::On(day) | Release::Window(day, _), _)) if *day > today => who.released_already = None,
        Some(_) | None => {}
    }
}

/// The bytes of words about an offence, in order and without overlaps.
fn stretches(words: &Words<'_>, offences: &[(Range<usize>, bool)]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = offences.iter().map(|(span, _)| words.bytes(span)).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            Some(_) | None => merged.push(span),
        }
    }
    merged
}

/// Names each finding with its words; words about an offence are not quoted.
fn evidence(words: &Words<'_>, found: &Findings, hidden: &[Range<usize>]) -> Vec<Evidence> {
    let topics = found.topics.iter().map(|asked| (format!("topic:{}", asked.topic.code()), asked.span.clone()));
    let who = found.who.evidence.iter().map(|(name, span)| (format!("who:{name}"), span.clone()));
    let release = found.release.iter().map(|(_, span)| ("release".to_owned(), span.clone()));
    let flags = found.flags.iter().filter_map(|(flag, span)| Some((format!("flag:{}", flag.code()), span.clone()?)));
    topics
        .chain(who)
        .chain(release)
        .chain(flags)
        .filter_map(|(found, span)| {
            let bytes = words.bytes(&span);
            let quoted = words.text.get(bytes.clone())?;
            let open = hidden.iter().all(|hidden| hidden.end <= bytes.start || bytes.end <= hidden.start);
            (open && !quoted.is_empty()).then(|| Evidence { found, words: quoted.to_owned() })
        })
        .collect()
}
