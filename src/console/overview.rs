//! The first page: how much waits, who is on duty, what to look at.

use super::contacts::filled;
use super::duty::{Gap, LineView, Roster};
use super::error::ConsoleError;
use super::frame::{Frame, Tab};
use super::label::{self, Tone, counted};
use super::moment;
use super::names::Names;
use super::row::Row;
use super::visit::{Visit, page};
use crate::domain::{Lang, Review, Stage};
use crate::store::{Attention, Filter};
use askama::Template;
use axum::response::Response;

/// Contacts shown; the rest is one click away.
const ROWS: i64 = 8;
/// Gaps shown.
const GAPS: usize = 6;

/// Shows the overview.
///
/// # Errors
/// When the store fails.
pub(super) async fn show(visit: Visit) -> Result<Response, ConsoleError> {
    let attention = visit.app.store().attention(visit.now).await?;
    let looked = filled(&visit.app, &Filter { attention: true, ..Filter::default() }, None, ROWS).await?;
    let handbook = visit.app.handbook();
    let roster = Roster::of(&handbook.book, visit.now, visit.lang);
    let mut gaps = roster.gaps();
    let gaps_more = gaps.len().saturating_sub(GAPS);
    gaps.truncate(GAPS);
    let names = Names::of(&handbook);
    page(&OverviewPage {
        frame: visit.frame(Tab::Overview),
        today: label::sentence(&moment::long_day(moment::day_of(visit.now), visit.lang)),
        counters: counters(&attention, visit.lang),
        lines: roster.lines(),
        gaps,
        gaps_more,
        rows: looked.rows.iter().map(|contact| Row::of(contact, &names, visit.now, visit.lang)).collect(),
    })
}

fn counters(attention: &Attention, lang: Lang) -> Vec<Counter> {
    let stage = |of: Stage| attention.stages.iter().find(|(stage, _)| *stage == of).map_or(0, |(_, count)| *count);
    let open: i64 = Stage::ALL.iter().filter(|stage| **stage != Stage::Closed).map(|one| stage(*one)).sum();
    let unreviewed = attention.reviews.iter().find(|(review, _)| *review == Review::New).map_or(0, |(_, count)| *count);
    let waiting = stage(Stage::Waiting);
    let loud = |count: i64, tone: Tone| if count > 0 { tone } else { Tone::Calm };
    let counter =
        |tone, count: i64, cs: &str, en: &str, url: &str| Counter { tone, count, label: lang.pick(cs, en).to_owned(), url: url.to_owned() };
    vec![
        counter(
            Tone::Calm,
            open,
            counted(open, "otevřený kontakt", "otevřené kontakty", "otevřených kontaktů"),
            if open == 1 { "open contact" } else { "open contacts" },
            "/console/contacts",
        ),
        counter(
            loud(waiting, Tone::Warn),
            waiting,
            counted(waiting, "čeká na operátora", "čekají na operátora", "čeká na operátora"),
            "waiting for an operator",
            "/console/contacts?stage=waiting",
        ),
        counter(
            loud(attention.overdue, Tone::Loud),
            attention.overdue,
            counted(attention.overdue, "příslib po termínu", "přísliby po termínu", "příslibů po termínu"),
            if attention.overdue == 1 { "promise overdue" } else { "promises overdue" },
            "/console/contacts?attention=1",
        ),
        counter(Tone::Calm, unreviewed, "ke kontrole", "to review", "/console/contacts?review=new"),
    ]
}

/// The overview.
#[derive(Template)]
#[template(path = "overview.html")]
pub(super) struct OverviewPage {
    /// The page around it.
    pub(super) frame: Frame,
    /// The day in full.
    pub(super) today: String,
    /// What waits.
    pub(super) counters: Vec<Counter>,
    /// Every line as it is now.
    pub(super) lines: Vec<LineView>,
    /// The nearest gaps.
    pub(super) gaps: Vec<Gap>,
    /// How many more there are.
    pub(super) gaps_more: usize,
    /// Contacts to look at.
    pub(super) rows: Vec<Row>,
}

/// One number with its list behind it.
pub(super) struct Counter {
    /// How loud.
    pub(super) tone: Tone,
    /// How many.
    pub(super) count: i64,
    /// Of what.
    pub(super) label: String,
    /// The list.
    pub(super) url: String,
}

#[cfg(test)]
mod tests {
    use super::counters;
    use crate::domain::{Lang, Stage};
    use crate::store::Attention;

    #[test]
    fn one_is_one_in_both_languages() {
        let attention = |count| Attention { stages: vec![(Stage::Held, count)], overdue: count, ..Attention::default() };
        let words = |count, lang| counters(&attention(count), lang).into_iter().map(|counter| counter.label).collect::<Vec<_>>().join(", ");
        assert_eq!(words(1, Lang::En), "open contact, waiting for an operator, promise overdue, to review");
        assert_eq!(words(2, Lang::En), "open contacts, waiting for an operator, promises overdue, to review");
        assert_eq!(words(1, Lang::Cs), "otevřený kontakt, čeká na operátora, příslib po termínu, ke kontrole");
    }
}
