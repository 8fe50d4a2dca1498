//! Temporary covers on the page of the people: one line serves what is another's.

use crate::console::form::{Reading, Trouble, Typed};
use crate::console::inputs::{Field, Fields, span_hint};
use crate::console::label::{Badge, Tone};
use crate::console::roster::desk::Desk;
use crate::console::section::{Item, Words};
use crate::domain::{Lang, LineId, Region, RuleId};
use crate::routing::{Cover, Covered, Line};
use crate::store::{RosterEdit, RosterKind};

/// How a whole line is told from a region in a form.
const LINE: &str = "line:";

pub(super) const fn words(lang: Lang) -> Words {
    Words {
        code: "cover",
        title: lang.pick("Zástupy linek", "Covers"),
        lead: lang.pick("Jedna linka má na čas na starosti kraj nebo celou linku jiné.", "For a while one line serves a region or all of another."),
        add: lang.pick("+ Zapsat zástup linky", "+ Add a cover"),
        hint: span_hint(lang),
        added: lang.pick("Zástup linky je zapsaný.", "The cover is saved."),
        removed: lang.pick("Zástup linky je zrušený.", "The cover is removed."),
    }
}

pub(super) fn items(desk: &Desk<'_>) -> Vec<Item> {
    let mut covers: Vec<&Cover> = desk.book.covers.iter().collect();
    covers.sort_by_key(|cover| cover.from);
    let item = |cover: &Cover| Item {
        key: cover.id.to_string(),
        what: said(desk, cover),
        detail: desk.stretch(cover.span(), zone(desk, &cover.by)),
        badge: cover.span().covers(desk.now).then(|| Badge { tone: Tone::Busy, text: desk.lang.pick("právě teď", "now") }),
        past: cover.to <= desk.now,
    };
    covers.into_iter().map(item).collect()
}

fn said(desk: &Desk<'_>, cover: &Cover) -> String {
    let by = line_name(desk, &cover.by);
    match (&cover.of, desk.lang) {
        (Covered::Region(region), Lang::Cs) => format!("{} má na starosti linka {by}", region.name(Lang::Cs)),
        (Covered::Region(region), Lang::En) => format!("{} is served by the line {by}", region.name(Lang::En)),
        (Covered::Line(id), Lang::Cs) => format!("Linku {} má na starosti linka {by}", line_name(desk, id)),
        (Covered::Line(id), Lang::En) => format!("The line {} is served by the line {by}", line_name(desk, id)),
    }
}

fn line_name<'a>(desk: &'a Desk<'_>, id: &'a LineId) -> &'a str {
    desk.book.line(id).map_or(id.as_str(), |line| line.name.get(desk.lang))
}

fn zone(desk: &Desk<'_>, id: &LineId) -> chrono_tz::Tz {
    desk.book.line(id).map_or(Line::ZONE, |line| line.zone)
}

pub(super) fn fields(desk: &Desk<'_>, fields: Fields<'_>) -> Vec<Field> {
    let t = |cs, en| fields.lang.pick(cs, en);
    let name = |line: &Line| line.name.get(desk.lang).to_owned();
    let lines: Vec<(String, String)> = desk.book.lines.iter().map(|line| (line.id.to_string(), name(line))).collect();
    let regions = Region::ALL.iter().map(|region| (region.code().to_owned(), region.name(desk.lang).to_owned()));
    let whole = desk.book.lines.iter().map(|line| (format!("{LINE}{}", line.id), format!("{} {}", t("celá linka", "all of the line"), name(line))));
    let of: Vec<(String, String)> = regions.chain(whole).collect();
    let mut all = vec![
        fields.choice("of", t("Co se zastupuje", "What is covered"), t("vyberte", "choose"), &of).needed(),
        fields.choice("by", t("Která linka zastoupí", "Which line covers"), t("vyberte", "choose"), &lines).needed(),
    ];
    all.extend(fields.span());
    all
}

pub(super) fn add(desk: &Desk<'_>, typed: &Typed, id: RuleId) -> Result<RosterEdit, Trouble> {
    let mut reading = Reading::of(typed, desk.lang);
    let of = reading.chosen("of", "Vyberte prosím, co se zastupuje.", "Please choose what is covered.").and_then(covered);
    let by = reading.chosen("by", "Vyberte prosím linku, která zastoupí.", "Please choose the line that covers.").map(LineId::new);
    let span = reading.span(by.as_ref().map_or(Line::ZONE, |by| zone(desk, by)));
    let ((of, by), span) = reading.done(of.zip(by).zip(span))?;
    let cover = Cover { id, of, by, from: span.from, to: span.to };
    desk.book.with_cover(cover.clone()).map_err(|refused| Trouble::refused(&refused, desk.lang))?;
    RosterEdit::save(RosterKind::Cover, cover.id.as_str(), &cover).map_err(|error| Trouble::one(error.to_string()))
}

fn covered(value: &str) -> Option<Covered> {
    match value.strip_prefix(LINE) {
        Some(line) => Some(Covered::Line(LineId::new(line))),
        None => Region::from_code(value).map(Covered::Region),
    }
}

pub(super) fn remove(desk: &Desk<'_>, id: &RuleId) -> Result<RosterEdit, Trouble> {
    let gone = || Trouble::one(desk.lang.pick("Tenhle zástup už je zrušený.", "This cover is gone already."));
    desk.book.without_cover(id).map(|_| RosterEdit::remove(RosterKind::Cover, id.as_str())).ok_or_else(gone)
}
