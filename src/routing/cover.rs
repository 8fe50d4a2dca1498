//! Which line serves a region at an instant: its own, or one that covers for a while.

use super::{Line, Span, say};
use crate::domain::{Bilingual, Lang, LineId, Region, RuleId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A stretch in which a line serves what is another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The stable name.
    pub id: RuleId,
    /// What is covered.
    pub of: Covered,
    /// The line that covers.
    pub by: LineId,
    /// The first covered instant.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub to: DateTime<Utc>,
}

impl Cover {
    /// Returns the covered stretch.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

/// What a cover takes over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Covered {
    /// One region.
    Region(Region),
    /// Every region of a line.
    Line(LineId),
}

/// Finds the line that serves `region` at `at`: the first one that claims it, or the one that
/// covers then. A covering line that is itself covered passes on; a circle ends with its last line.
#[must_use]
pub fn line_for(lines: &[Line], region: Region, at: DateTime<Utc>) -> Option<&Line> {
    let covers = covers(lines, region, at);
    covers.last().map(|(line, _)| *line).or_else(|| own_line(lines, region))
}

/// Says which covers lead to the line of [`line_for`]; nothing when the region has its own.
#[must_use]
pub fn explain_cover(lines: &[Line], region: Region, at: DateTime<Utc>) -> Vec<Bilingual> {
    let one = |(line, cover): &(&Line, &Cover)| {
        let until = |lang| say::until(cover.to, line.zone, lang);
        let whose = |lang: Lang| match &cover.of {
            Covered::Region(region) => region.name(lang).to_owned(),
            Covered::Line(id) => lines.iter().find(|line| line.id == *id).map_or_else(|| id.to_string(), |line| line.name.get(lang).to_owned()),
        };
        Bilingual::new(
            format!("Zástup: {} má {} na starosti {}.", whose(Lang::Cs), until(Lang::Cs), line.title(Lang::Cs)),
            format!("Cover: {} serves {} {}.", line.title(Lang::En), whose(Lang::En), until(Lang::En)),
        )
    };
    covers(lines, region, at).iter().map(one).collect()
}

fn own_line(lines: &[Line], region: Region) -> Option<&Line> {
    lines.iter().find(|line| line.regions.contains(&region))
}

/// Lists the covers in force one after another, each with the line that covers.
fn covers(lines: &[Line], region: Region, at: DateTime<Utc>) -> Vec<(&Line, &Cover)> {
    let mut here = own_line(lines, region);
    let mut seen: Vec<&LineId> = here.iter().map(|line| &line.id).collect();
    let mut found = Vec::new();
    while let Some((line, cover)) = cover_of(lines, region, here, at).filter(|(line, _)| !seen.contains(&&line.id)) {
        found.push((line, cover));
        seen.push(&line.id);
        here = Some(line);
    }
    found
}

/// The cover of the region itself counts before that of the whole line.
fn cover_of<'a>(lines: &'a [Line], region: Region, here: Option<&Line>, at: DateTime<Utc>) -> Option<(&'a Line, &'a Cover)> {
    let all = || lines.iter().flat_map(|line| line.covers.iter().map(move |cover| (line, cover)));
    let other = |line: &Line| here.is_none_or(|here| here.id != line.id);
    let of_region = all().find(|(line, cover)| cover.of == Covered::Region(region) && cover.span().covers(at) && other(line));
    let first = of_region.filter(|_| here.is_none_or(|here| here.regions.contains(&region)));
    first.or_else(|| {
        let id = &here?.id;
        all().find(|(line, cover)| matches!(&cover.of, Covered::Line(of) if of == id) && cover.span().covers(at) && other(line))
    })
}
