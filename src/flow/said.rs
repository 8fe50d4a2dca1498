//! What was understood, said back in one short line: "Most, Ústecký kraj – bydlení,
//! muž, od 1. 12."

use super::Known;
use crate::domain::{AgeBand, Lang, Need, Release, Sex, Who};
use chrono::{Datelike, NaiveDate};

/// Words a need; empty when nothing is known.
pub(crate) fn need(need: &Need, lang: Lang, known: &Known<'_>) -> String {
    let place = need.destination.as_ref().map(|destination| (known.describe)(destination, lang));
    let rest: Vec<String> = [topics(need, lang), who(&need.who, lang), need.release.map(|release| date(release, lang)).unwrap_or_default()]
        .into_iter()
        .chain(need.excluded.iter().map(|place| excluded(place, lang, known)))
        .filter(|part| !part.is_empty())
        .collect();
    let parts = [place.unwrap_or_default(), rest.join(", ")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ")
}

/// Words the topics, in lower case.
pub(crate) fn topics(need: &Need, lang: Lang) -> String {
    need.topics.iter().map(|topic| lower_first(topic.label(lang))).collect::<Vec<_>>().join(", ")
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn excluded(place: &crate::domain::Place, lang: Lang, known: &Known<'_>) -> String {
    let name = place.municipality.as_ref().map_or_else(
        || (known.describe)(&crate::domain::Destination::Place(place.clone()), lang),
        |municipality| municipality.name.clone(),
    );
    format!("{} {name}", lang.pick("ne", "not"))
}

fn who(who: &Who, lang: Lang) -> String {
    let sex = who.sex.map(|sex| match sex {
        Sex::Male => lang.pick("muž", "a man"),
        Sex::Female => lang.pick("žena", "a woman"),
    });
    let told = [
        (who.couple, lang.pick("pár", "a couple"), ""),
        (who.pregnant, lang.pick("čeká dítě", "expecting a child"), ""),
        (who.children, lang.pick("s dětmi", "with children"), lang.pick("bez dětí", "without children")),
        (who.pet, lang.pick("se zvířetem", "with an animal"), ""),
        (who.disability, lang.pick("zdravotní postižení", "a disability"), ""),
        (who.no_income, lang.pick("bez příjmu", "no income"), ""),
        (who.foreigner, lang.pick("cizí občanství", "not a Czech citizen"), ""),
        (who.substitution, lang.pick("substituční léčba", "substitution treatment"), ""),
        (who.without_id, lang.pick("bez občanky", "no identity card"), ""),
        (who.released_already, lang.pick("už na svobodě", "already released"), ""),
    ];
    let told = told.into_iter().filter_map(|(is, yes, no)| is.map(|is| if is { yes } else { no }));
    let words: Vec<String> = sex
        .into_iter()
        .chain(told)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .chain(who.age_band.map(|band| age(band, lang)))
        .chain(who.count.filter(|count| *count > 1).map(|count| clients(count, lang)))
        .collect();
    words.join(", ")
}

fn age(band: AgeBand, lang: Lang) -> String {
    match (band.years(), lang) {
        ((from, u8::MAX), Lang::Cs) => format!("{from} let a více"),
        ((from, u8::MAX), Lang::En) => format!("{from} or older"),
        ((from, to), Lang::Cs) => format!("{from}–{to} let"),
        ((from, to), Lang::En) => format!("aged {from}–{to}"),
    }
}

/// Counts clients with the right Czech ending.
fn clients(count: u8, lang: Lang) -> String {
    match lang {
        Lang::Cs if (2..=4).contains(&count) => format!("{count} klienti"),
        Lang::Cs => format!("{count} klientů"),
        Lang::En => format!("{count} clients"),
    }
}

fn date(release: Release, lang: Lang) -> String {
    match release {
        Release::On(day) => format!("{} {}", lang.pick("od", "from"), written(day, lang)),
        Release::Window(from, to) => format!("{} {} {}", written(from, lang), lang.pick("až", "to"), written(to, lang)),
    }
}

fn written(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Cs => format!("{}. {}.", day.day(), day.month()),
        Lang::En => day.format("%-d %b").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::need;
    use crate::domain::{AgeBand, Destination, Lang, Need, Place, Region, Release, Sex, Topic, Who};
    use crate::flow::{Known, LineFacts, Listing};
    use chrono::NaiveDate;

    #[test]
    fn a_need_is_said_back_in_one_line() {
        let known = Known {
            line: &|_, _| LineFacts::default(),
            search: &|_, _, _, _| Listing::default(),
            describe: &|place, lang| place.region().map_or_else(String::new, |region| region.name(lang).to_owned()),
            postcode: &|_| None,
        };
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let place = || Some(Destination::Place(Place::region(Region::Ustecky)));
        let man = Who { sex: Some(Sex::Male), ..Who::default() };
        let mother = Who { sex: Some(Sex::Female), children: Some(true), age_band: Some(AgeBand::Young), ..Who::default() };
        let table = [
            (Need::default(), Lang::Cs, ""),
            (Need { destination: place(), ..Need::default() }, Lang::Cs, "Ústecký kraj"),
            (
                Need {
                    destination: place(),
                    topics: vec![Topic::Housing],
                    who: man,
                    release: Some(Release::On(day(12, 1))),
                    ..Need::default()
                },
                Lang::Cs,
                "Ústecký kraj – bydlení, muž, od 1. 12.",
            ),
            (
                Need {
                    topics: vec![Topic::Debts, Topic::Work],
                    who: mother,
                    release: Some(Release::Window(day(2, 21), day(2, 28))),
                    ..Need::default()
                },
                Lang::En,
                "debts, work, a woman, with children, aged 18–26, 21 Feb to 28 Feb",
            ),
            (
                Need { who: Who { count: Some(6), ..Who::default() }, excluded: vec![Place::region(Region::Praha)], ..Need::default() },
                Lang::Cs,
                "6 klientů, ne Praha",
            ),
        ];
        for (told, lang, expected) in table {
            assert_eq!(need(&told, lang, &known), expected);
        }
    }
}
