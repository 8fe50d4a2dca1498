//! Rotations on the page of a roster.

use super::desk::Desk;
use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields};
use crate::console::label::{Badge, Tone};
use crate::console::section::{Item, Words};
use crate::domain::{Lang, OperatorId};
use crate::routing::{Line, Rotation, Turn, Window, say_window};

/// The people one form takes; a longer row is imported.
const PEOPLE: [&str; 6] = ["person-1", "person-2", "person-3", "person-4", "person-5", "person-6"];
const LABELS: [(&str, &str); 6] =
    [("1. na řadě", "1st"), ("2. na řadě", "2nd"), ("3. na řadě", "3rd"), ("4. na řadě", "4th"), ("5. na řadě", "5th"), ("6. na řadě", "6th")];

/// The lengths of a turn one can choose, as they are stored, with their words.
const TURNS: [(&str, &str, &str); 5] = [
    ("day", "každý den", "every day"),
    ("2 days", "po dvou dnech", "every two days"),
    ("week", "každý týden", "every week"),
    ("2 weeks", "po dvou týdnech", "every two weeks"),
    ("4 weeks", "po čtyřech týdnech", "every four weeks"),
];

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "rotation",
        title: lang.pick("Střídání", "Rotations"),
        lead: lang.pick("Stejná služba, každý den nebo týden někdo jiný.", "The same duty, somebody else each day or week."),
        add: lang.pick("+ Přidat střídání", "+ Add a rotation"),
        hint: lang.pick(
            "První v řadě začíná dnem začátku. Druhý čas vyplňte, jen když se v těch dnech slouží dvakrát.",
            "The first one begins on the day of the start. The second times are for days with two windows.",
        ),
        added: lang.pick("Střídání je přidané a platí od svého začátku.", "The rotation is added and holds from its start."),
        removed: lang.pick("Střídání je odebrané.", "The rotation is removed."),
    }
}

pub(super) fn items(desk: &Desk<'_>, line: &Line) -> Vec<Item> {
    let item = |(at, rotation): (usize, &Rotation)| {
        let past = rotation.valid_to.is_some_and(|last| last < desk.today);
        let outside = !rotation.windows.iter().any(|window| line.hours.iter().any(|open| open.overlaps(window)));
        Item {
            key: at.to_string(),
            what: rotation.windows.iter().map(|window| say_window(*window, desk.lang)).collect::<Vec<_>>().join(", "),
            detail: detail(desk, rotation),
            badge: outside.then(|| Badge { tone: Tone::Warn, text: desk.lang.pick("mimo provozní dobu", "outside the opening hours") }),
            past,
        }
    };
    line.rotations.iter().enumerate().map(item).collect()
}

fn detail(desk: &Desk<'_>, rotation: &Rotation) -> String {
    let row = rotation.people.iter().map(|who| desk.name(who)).collect::<Vec<_>>().join(" → ");
    let now = rotation.person_on(desk.today).map(|who| format!("{} {}", desk.lang.pick("dnes je na řadě", "today it is the turn of"), desk.name(who)));
    let order = (rotation.order > 1).then(|| match desk.lang {
        Lang::Cs => format!("{}. v pořadí", rotation.order),
        Lang::En => format!("place {}", rotation.order),
    });
    let validity = desk.validity(Some(rotation.first_day()), rotation.valid_to);
    let parts = [Some(format!("{}: {row}", turn(rotation.turn, desk.lang))), now, order, Some(validity)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn turn(turn: Turn, lang: Lang) -> String {
    let stored = turn.to_string();
    TURNS.iter().find(|(code, ..)| *code == stored).map_or(stored.clone(), |(_, cs, en)| lang.pick(cs, en).to_owned())
}

pub(super) fn fields(desk: &Desk<'_>, fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    let people = desk.people();
    let turns: Vec<(String, String)> = TURNS.iter().map(|(code, cs, en)| ((*code).to_owned(), fields.lang.pick(cs, en).to_owned())).collect();
    let row = PEOPLE.into_iter().zip(LABELS).map(|(name, (cs, en))| fields.choice(name, fields.lang.pick(cs, en), "–", &people));
    let rest = [
        fields.choice("turn", t("Střídají se", "They change"), t("každý týden", "every week"), &turns),
        fields.date("start", t("Začátek", "Start")).needed(),
        fields.order(),
        fields.days(),
        fields.time("from", t("Od", "From")).needed(),
        fields.time("to", t("Do", "To")).needed(),
        fields.time("from2", t("Druhý čas od", "Second time from")),
        fields.time("to2", t("Druhý čas do", "Second time to")),
        fields.date("valid_to", t("Platí do (nepovinné)", "Valid to (optional)")),
    ];
    row.chain(rest).collect()
}

pub(super) fn add(desk: &Desk<'_>, line: &Line, typed: &Typed) -> Result<Line, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let people: Vec<OperatorId> = PEOPLE.iter().filter_map(|name| typed.given(name)).map(OperatorId::new).collect();
    let windows = reading.windows("from", "to");
    let second = second(&mut reading, typed);
    let start = reading.needed_date("start");
    let (order, valid_to) = (reading.order(), reading.date("valid_to"));
    let turn = typed.given("turn").map_or(Ok(Turn::Weeks(1)), |text| Turn::try_from(text.to_owned()));
    if turn.is_err() {
        reading.problem("Vyberte prosím, jak se lidé střídají.", "Please choose how people change.");
    }
    let (start, mut windows) = reading.done(start.zip(windows))?;
    windows.extend(second);
    let rotation = Rotation { people, windows, order, start, turn: turn.unwrap_or(Turn::Weeks(1)), valid_from: None, valid_to };
    line.with_rotation(&desk.book.operators, rotation).map_err(|refused| Trouble::refused(&refused, desk.lang))
}

fn second(reading: &mut Reading<'_>, typed: &Typed) -> Vec<Window> {
    if typed.given("from2").is_none() && typed.given("to2").is_none() {
        return Vec::new();
    }
    let times = reading.times("from2", "to2");
    let days = typed.days();
    times.map(|(from, to)| days.into_iter().map(|weekday| Window { weekday, from, to }).collect()).unwrap_or_default()
}
