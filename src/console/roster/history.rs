//! Every version of a line's roster, the newest first: when it was changed, by whom, and what.

use super::desk::{Desk, Stored};
use super::{Rule, address};
use crate::console::error::ConsoleError;
use crate::console::frame::{Frame, Tab};
use crate::console::moment::Moment;
use crate::console::visit::{Visit, page};
use crate::domain::LineId;
use crate::routing::Line;
use crate::store::{RosterKind, RosterVersion};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

/// Versions on the page; older ones are still kept.
const VERSIONS_MAX: i64 = 200;
/// Changes said of one version; an import may change everything.
const CHANGES_MAX: usize = 12;

/// The page.
#[derive(Template)]
#[template(path = "roster/history.html")]
struct HistoryPage {
    frame: Frame,
    name: String,
    url: String,
    versions: Vec<VersionView>,
    cut: bool,
}

/// One version.
struct VersionView {
    moment: Moment,
    author: String,
    changes: Vec<String>,
    more: usize,
}

/// Shows the history of a line.
///
/// # Errors
/// When there never was such a line, or the store fails.
pub(in crate::console) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, ConsoleError> {
    let stored = Stored::read(&visit).await?;
    let desk = stored.desk(&visit);
    // One more than is shown: the last one shown is compared with it.
    let versions: Vec<RosterVersion<Line>> = visit.app.store().roster_history(RosterKind::Line, &id, VERSIONS_MAX + 1).await?;
    let newest = versions.iter().find_map(|version| version.body.as_ref()).ok_or(ConsoleError::NotFound)?;
    let name = desk.book.line(&LineId::new(id.as_str())).unwrap_or(newest).name.get(visit.lang).to_owned();
    let shown = usize::try_from(VERSIONS_MAX).unwrap_or(usize::MAX);
    let before = versions.iter().skip(1).map(Some).chain([None]);
    let views = versions.iter().zip(before).take(shown).map(|(version, before)| view(&desk, version, before));
    page(&HistoryPage { frame: visit.frame(Tab::Duty), name, url: address(&id), versions: views.collect(), cut: versions.len() > shown })
}

fn view(desk: &Desk<'_>, version: &RosterVersion<Line>, before: Option<&RosterVersion<Line>>) -> VersionView {
    let mut changes = match (&version.body, before.and_then(|before| before.body.as_ref())) {
        (Some(line), Some(before)) => differences(desk, before, line),
        (Some(_), None) => vec![desk.lang.pick("Linka je založená.", "The line was set up.").to_owned()],
        (None, _) => vec![desk.lang.pick("Linka je zrušená.", "The line was removed.").to_owned()],
    };
    let more = changes.len().saturating_sub(CHANGES_MAX);
    changes.truncate(CHANGES_MAX);
    VersionView { moment: Moment::of(version.at, desk.now, desk.lang), author: desk.author(&version.author), changes, more }
}

/// Says which rules came and which went.
fn differences(desk: &Desk<'_>, before: &Line, after: &Line) -> Vec<String> {
    let mut said = Vec::new();
    for rule in Rule::ALL {
        let [old, new] = [before, after].map(|line| in_words(desk, rule, line));
        let title = rule.words(desk.lang).title;
        said.extend(left(&new, &old).map(|one| format!("{title} – {}: {one}", desk.lang.pick("přibylo", "added"))));
        said.extend(left(&old, &new).map(|one| format!("{title} – {}: {one}", desk.lang.pick("ubylo", "removed"))));
    }
    if before.zone != after.zone {
        said.push(desk.lang.pick("Změnilo se časové pásmo linky.", "The line's time zone changed.").to_owned());
    }
    if said.is_empty() {
        said.push(desk.lang.pick("Beze změny pravidel.", "No rule changed.").to_owned());
    }
    said
}

fn in_words(desk: &Desk<'_>, rule: Rule, line: &Line) -> Vec<String> {
    let item = |item: crate::console::section::Item| if item.detail.is_empty() { item.what } else { format!("{} ({})", item.what, item.detail) };
    rule.items(desk, line).into_iter().map(item).collect()
}

/// Lists what stands in `one` and not in `other`.
fn left<'a>(one: &'a [String], other: &'a [String]) -> impl Iterator<Item = &'a String> {
    one.iter().filter(|rule| !other.contains(rule))
}
