//! "Who gets it?": the answer for any instant and region, with the reasons, as the flows would get it.
//! What has passed is answered by the roster that was in force then.

use super::contacts::regions;
use super::error::ConsoleError;
use super::field::Pick;
use super::form::{read_date, read_time};
use super::moment;
use super::visit::Visit;
use crate::app::stored_book;
use crate::domain::{Lang, Region};
use crate::routing::{Book, Duty, Line, Span, called, duty, explain, explain_cover, line_for, say_when};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;

/// What the address asks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    date: String,
    time: String,
    region: String,
}

/// The form with its answer.
pub(super) struct DryRun {
    /// The day.
    pub(super) date: String,
    /// The time.
    pub(super) time: String,
    /// The regions.
    pub(super) regions: Vec<Pick>,
    /// What cannot be understood.
    pub(super) problems: Vec<&'static str>,
    /// Who gets it.
    pub(super) answer: Option<Answer>,
}

/// Who gets a contact, and why.
pub(super) struct Answer {
    /// Day, time and region.
    pub(super) head: String,
    /// The line: address and name.
    pub(super) line: (String, String),
    /// Who gets it, in a sentence.
    pub(super) who: String,
    /// Whether somebody is on duty.
    pub(super) served: bool,
    /// Whether the roster of that time was asked, not today's.
    pub(super) past: bool,
    /// Why, in sentences.
    pub(super) why: Vec<String>,
}

/// Fills in the form and answers it.
///
/// # Errors
/// When the store fails.
pub(super) async fn run(visit: &Visit, asked: &Asked) -> Result<DryRun, ConsoleError> {
    let lang = visit.lang;
    let blank = asked.date.is_empty() && asked.time.is_empty() && asked.region.is_empty();
    let (date, time) = (read_date(&asked.date), read_time(&asked.time));
    let region = Region::from_code(&asked.region);
    let mut form = DryRun {
        date: date.map_or_else(|| if blank { moment::day_of(visit.now).to_string() } else { asked.date.clone() }, |date| date.to_string()),
        time: if blank { moment::time(visit.now) } else { asked.time.clone() },
        regions: regions(&asked.region, lang),
        problems: Vec::new(),
        answer: None,
    };
    if blank {
        return Ok(form);
    }
    let problem = |wrong: bool, cs, en| wrong.then(|| lang.pick(cs, en));
    form.problems.extend(problem(date.is_none(), "Vyplňte prosím den.", "Please fill in the day."));
    form.problems.extend(problem(time.is_none(), "Napište prosím čas, třeba 10:15.", "Please write a time such as 10:15."));
    form.problems.extend(problem(region.is_none(), "Vyberte prosím kraj.", "Please choose a region."));
    let Some(((date, time), region)) = date.zip(time).zip(region) else { return Ok(form) };
    let local = date.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(i64::from(time.of_day())));
    let Some(at) = local.map(|local| Span::on_wall(moment::ZONE, local, local).from) else { return Ok(form) };
    form.answer = if at < visit.now {
        answer(&stored_book(visit.app.store(), Some(at)).await?, region, at, visit)
    } else {
        answer(&visit.app.handbook().book, region, at, visit)
    };
    if form.answer.is_none() {
        form.problems.push(lang.pick("Tento kraj nemá na starosti žádná linka.", "No line serves this region."));
    }
    Ok(form)
}

fn answer(book: &Book, region: Region, at: DateTime<Utc>, visit: &Visit) -> Option<Answer> {
    let lang = visit.lang;
    let line = line_for(&book.lines, region, at)?;
    let state = duty(line, at);
    let cover = explain_cover(&book.lines, region, at);
    let why = cover.iter().chain(&explain(line, &book.operators, at, &state)).map(|why| why.get(lang).to_owned()).collect();
    let day = moment::short_day(moment::day_of(at), moment::day_of(visit.now), lang);
    Some(Answer {
        head: format!("{day} {}, {}", moment::time(at), region.name(lang)),
        line: (super::roster::address(line.id.as_str()), line.name.get(lang).to_owned()),
        who: who(book, line, &state, at, visit),
        served: !state.on_duty.is_empty(),
        past: at < visit.now,
        why,
    })
}

/// Says who is asked one after another; behind everybody stands the coordinator.
fn who(book: &Book, line: &Line, state: &Duty, at: DateTime<Utc>, visit: &Visit) -> String {
    let coordinator = line.coordinator_at(at).unwrap_or(&line.coordinator);
    let coordinator = book.operators.iter().find(|operator| operator.id == *coordinator).map_or(coordinator.as_str(), |operator| &operator.name);
    let mut asked = String::new();
    let mut before = None;
    for person in &state.on_duty {
        let same = before == Some(person.order);
        asked.push_str(match before {
            None => "",
            Some(_) if same => visit.lang.pick(" a současně ", " together with "),
            Some(_) => visit.lang.pick(", pak ", ", then "),
        });
        asked.push_str(called(&book.operators, &person.operator));
        before = Some(person.order);
    }
    match (visit.lang, state.open, state.on_duty.is_empty()) {
        (Lang::Cs, true, false) => format!("Dostane to {asked}. Když nepřijme nikdo, dostane to {coordinator}."),
        (Lang::En, true, false) => format!("It goes to {asked}. When nobody takes it, it goes to {coordinator}."),
        (Lang::Cs, true, true) => format!("Nikdo neslouží, dostane to hned {coordinator}."),
        (Lang::En, true, true) => format!("Nobody is on duty, it goes to {coordinator} at once."),
        (Lang::Cs, false, _) => format!("Linka je zavřená, pracovník dostane příslib. {}", opens(line, state, visit)),
        (Lang::En, false, _) => format!("The line is closed, the worker gets a promise. {}", opens(line, state, visit)),
    }
}

fn opens(line: &Line, state: &Duty, visit: &Visit) -> String {
    state.next_open.map_or_else(String::new, |at| {
        format!("{} {}.", visit.lang.pick("Otevře", "It opens"), say_when(at, line.zone, visit.now, visit.lang))
    })
}
