//! What a line is, on the page of its roster: its name, regions, coordinator, holidays and promise, and
//! how patient it is.

use super::desk::Desk;
use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields};
use crate::console::section::{Item, Words};
use crate::domain::{Address, Bilingual, Escalation, Lang, OperatorId, Region};
use crate::routing::Line;

/// Longest promise, in minutes of opening time: a week helps nobody any more.
const PROMISE_MAX: u32 = 7 * 24 * 60;
/// Longest silence after a contact was taken, in minutes.
const SILENT_MAX: u32 = 24 * 60;
/// Longest name of a line, in characters.
const NAME_MAX: usize = 80;

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "line",
        title: lang.pick("O lince", "About the line"),
        lead: lang.pick("Co má linka na starosti a kdo za ní stojí.", "What the line serves and who stands behind it."),
        add: lang.pick("Upravit", "Edit"),
        hint: lang.pick(
            "Příslib: do kolika minut provozní doby se někdo ozve. Koordinátor dostane, co nikdo nepřijme ani po všech opakováních. Po tichu se přijatý kontakt nabídne i dalším.",
            "Promise: within how many minutes of opening time somebody answers. The coordinator gets what nobody takes after all rounds. After the silence a taken contact is offered to others too.",
        ),
        added: lang.pick("Nastavení linky je uložené.", "The settings of the line are saved."),
        removed: "",
    }
}

pub(super) fn items(desk: &Desk<'_>, line: &Line) -> Vec<Item> {
    let (lang, t) = (desk.lang, |cs, en| desk.lang.pick(cs, en));
    let regions = line.regions.iter().map(|region| region.name(lang)).collect::<Vec<_>>().join(", ");
    let holidays = if line.holidays { t("zavřeno", "closed") } else { t("otevřeno jako jindy", "open as usual") };
    let values = [
        (t("Název", "Name"), line.name.get(lang).to_owned()),
        (t("Kraje", "Regions"), regions),
        (t("Koordinátor", "Coordinator"), desk.name(&line.coordinator).to_owned()),
        (t("O svátcích", "On public holidays"), holidays.to_owned()),
        (t("Příslib", "Promise"), format!("{} min", line.promise_minutes)),
        (t("Opakování před koordinátorem", "Rounds again before the coordinator"), format!("{}×", line.escalation.repeat)),
        (t("Ticho po přijetí", "Silence after taking"), format!("{} min", line.escalation.silent_minutes)),
        (t("Společná místnost", "Shared room"), line.room.as_ref().map_or_else(|| t("žádná", "none").to_owned(), ToString::to_string)),
    ];
    values.map(|(label, value)| Item { what: format!("{label}: {value}"), ..Item::default() }).into()
}

/// Returns the form as the line is now.
pub(super) fn filled(line: &Line) -> Typed {
    let mut pairs = vec![
        ("cs".to_owned(), line.name.cs.clone()),
        ("en".to_owned(), line.name.en.clone()),
        ("coordinator".to_owned(), line.coordinator.to_string()),
        ("promise".to_owned(), line.promise_minutes.to_string()),
        ("repeat".to_owned(), line.escalation.repeat.to_string()),
        ("silent".to_owned(), line.escalation.silent_minutes.to_string()),
        ("room".to_owned(), line.room.as_ref().map(ToString::to_string).unwrap_or_default()),
    ];
    pairs.extend(line.regions.iter().map(|region| (region.code().to_owned(), "1".to_owned())));
    if line.holidays {
        pairs.push(("holidays".to_owned(), "1".to_owned()));
    }
    Typed::new(pairs)
}

pub(super) fn fields(desk: &Desk<'_>, fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    let regions: Vec<(&'static str, &'static str)> = Region::ALL.iter().map(|region| (region.code(), region.name(fields.lang))).collect();
    vec![
        fields.words("cs", t("Název česky", "Name in Czech")).needed(),
        fields.words("en", t("Název anglicky", "Name in English")).needed(),
        fields.ticks("regions", t("Kraje návratu", "Regions of return"), &regions),
        fields.choice("coordinator", t("Koordinátor", "Coordinator"), t("vyberte", "choose"), &desk.people()).needed(),
        fields.number("promise", t("Příslib (minuty)", "Promise (minutes)")),
        fields.number("repeat", t("Opakování (0–9)", "Rounds again (0–9)")),
        fields.number("silent", t("Ticho po přijetí (minuty)", "Silence (minutes)")),
        fields.words("room", t("Společná místnost (kanál:adresa, může zůstat prázdná)", "Shared room (channel:address, may stay empty)")),
        fields.tick("holidays", t("o svátcích zavřeno", "closed on public holidays")),
    ]
}

pub(super) fn add(desk: &Desk<'_>, line: &Line, typed: &Typed) -> Result<Line, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let name = typed.given("cs").zip(typed.given("en")).map(|(cs, en)| Bilingual::new(cs, en));
    let short = |name: &Bilingual| [&name.cs, &name.en].iter().all(|text| text.chars().count() <= NAME_MAX);
    if !name.as_ref().is_some_and(short) {
        reading.problem("Vyplňte prosím název v obou jazycích, nejvýš 80 znaků.", "Please fill in the name in both languages, 80 characters at most.");
    }
    let coordinator = reading.chosen("coordinator", "Vyberte prosím koordinátora.", "Please choose the coordinator.").map(OperatorId::new);
    if coordinator.as_ref().is_some_and(|id| !desk.book.operators.iter().any(|operator| operator.id == *id)) {
        reading.problem("Takového koordinátora nikdo nezná.", "Nobody knows this coordinator.");
    }
    let promise = typed.of("promise").parse().ok().filter(|minutes| (1..=PROMISE_MAX).contains(minutes));
    if promise.is_none() {
        reading.problem("Příslib je počet minut, nejvýš 10080 (týden).", "The promise is a number of minutes, 10080 (a week) at most.");
    }
    let repeat = typed.given("repeat").map_or(Some(line.escalation.repeat), |text| text.parse().ok());
    if repeat.is_none() {
        reading.problem("Opakování je číslo od 0 do 9.", "The rounds are a number from 0 to 9.");
    }
    let silent = typed.given("silent").map_or(Some(line.escalation.silent_minutes), |text| text.parse().ok()).filter(|minutes| (1..=SILENT_MAX).contains(minutes));
    if silent.is_none() {
        reading.problem("Ticho je počet minut, 1 až 1440 (den).", "The silence is a number of minutes, 1 to 1440 (a day).");
    }
    let room = typed.given("room").map(Address::read);
    if room == Some(None) {
        reading.problem("Společnou místnost napište jako kanál, dvojtečku a adresu, třeba chat:mistnost.", "Write the shared room as channel, colon and address, such as chat:room.");
    }
    let (((name, coordinator), promise_minutes), (repeat, silent_minutes)) = reading.done(name.zip(coordinator).zip(promise).zip(repeat.zip(silent)))?;
    let line = &line.with_repeat(repeat).map_err(|refused| Trouble::refused(&refused, desk.lang))?;
    let escalation = Escalation { silent_minutes, ..line.escalation.clone() };
    let regions: Vec<Region> = Region::ALL.into_iter().filter(|region| typed.given(region.code()).is_some()).collect();
    let new = Line { name, coordinator, promise_minutes, escalation, regions, room: room.flatten(), holidays: typed.given("holidays").is_some(), ..line.clone() };
    let doubts = doubts(desk, line, &new);
    if doubts.is_empty() || typed.given("anyway").is_some() { Ok(new) } else { Err(Trouble { problems: doubts, passable: true }) }
}

/// Lists regions that two lines would serve, or none any more.
fn doubts(desk: &Desk<'_>, old: &Line, new: &Line) -> Vec<String> {
    let others = || desk.book.lines.iter().filter(|other| other.id != new.id);
    let twice = new.regions.iter().filter(|region| !old.regions.contains(region)).filter_map(|region| others().find(|other| other.regions.contains(region)).map(|other| (region, other)));
    let twice = twice.map(|(region, other)| match desk.lang {
        Lang::Cs => format!("{} už má na starosti linka {}.", region.name(Lang::Cs), other.name.cs),
        Lang::En => format!("{} is served by the line {} already.", region.name(Lang::En), other.name.en),
    });
    let lost = old.regions.iter().filter(|region| !new.regions.contains(region) && !others().any(|other| other.regions.contains(region)));
    let lost = lost.map(|region| match desk.lang {
        Lang::Cs => format!("{} by pak neměl na starosti nikdo.", region.name(Lang::Cs)),
        Lang::En => format!("Nobody would serve {} then.", region.name(Lang::En)),
    });
    twice.chain(lost).collect()
}
