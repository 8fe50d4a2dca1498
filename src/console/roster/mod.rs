//! The roster of one line: what opens it, who serves and is asked, what differs, each kind of rule with its form.
//! Every edit goes through the checks of `routing`; what is refused comes back as it was typed, and
//! what is taken is kept as a version. The rules are in a file each; this one reads and writes.

mod change;
mod closure;
pub(super) mod desk;
pub(super) mod history;
mod hours;
pub(super) mod import;
mod rotation;
mod settings;
mod shift;
pub(super) mod special;
mod step;

use self::desk::{Desk, Stored, overtaken};
use super::calendar::address::FeedView;
use super::contact::fresh_key;
use super::duty::Plan;
use super::error::ConsoleError;
use super::form::{Trouble, Typed};
use super::inputs::Fields;
use super::frame::{Frame, Tab};
use super::section::{Item, Refused, Section, Words};
use super::visit::{Visit, page};
use super::watch::{self, Group};
use crate::domain::{CalendarOf, Lang, LineId, RULES_MAX, RuleId};
use crate::routing::Line;
use crate::store::{RosterEdit, RosterKind};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// A kind of rule of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Hours,
    Shift,
    Rotation,
    Change,
    Special,
    Closure,
    Step,
    Settings,
}

impl Rule {
    /// In the order of the page: what changes most often stands first.
    const ALL: [Self; 8] =
        [Self::Change, Self::Shift, Self::Rotation, Self::Step, Self::Hours, Self::Special, Self::Closure, Self::Settings];

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.words(Lang::Cs).code == code)
    }

    const fn words(self, lang: Lang) -> Words {
        match self {
            Self::Hours => hours::words(lang),
            Self::Shift => shift::words(lang),
            Self::Rotation => rotation::words(lang),
            Self::Change => change::words(lang),
            Self::Special => special::words(lang),
            Self::Closure => closure::words(lang),
            Self::Step => step::words(lang),
            Self::Settings => settings::words(lang),
        }
    }

    fn items(self, desk: &Desk<'_>, line: &Line) -> Vec<Item> {
        match self {
            Self::Hours => hours::items(desk, line),
            Self::Shift => shift::items(desk, line),
            Self::Rotation => rotation::items(desk, line),
            Self::Change => change::items(desk, line),
            Self::Special => special::items(desk, line),
            Self::Closure => closure::items(desk, line),
            Self::Step => step::items(desk, line),
            Self::Settings => settings::items(desk, line),
        }
    }

    fn fields(self, desk: &Desk<'_>, typed: &Typed) -> Vec<super::inputs::Field> {
        let fields = Fields { typed, lang: desk.lang };
        match self {
            Self::Hours => hours::fields(fields),
            Self::Shift => shift::fields(desk, fields),
            Self::Rotation => rotation::fields(desk, fields),
            Self::Change => change::fields(desk, fields),
            Self::Special => special::fields(fields),
            Self::Closure => closure::fields(fields),
            Self::Step => step::fields(fields),
            Self::Settings => settings::fields(desk, fields),
        }
    }

    /// Returns the line with one rule more.
    fn add(self, desk: &Desk<'_>, line: &Line, typed: &Typed, key: &str) -> Result<Line, Trouble> {
        if self.items(desk, line).len() >= RULES_MAX {
            return Err(Trouble::one(desk.lang.pick(
                "Víc pravidel už se sem nevejde. Odeberte prosím ta, která neplatí.",
                "No more rules fit here. Please remove those that no longer hold.",
            )));
        }
        match self {
            Self::Hours => hours::add(desk, line, typed),
            Self::Shift => shift::add(desk, line, typed),
            Self::Rotation => rotation::add(desk, line, typed),
            Self::Change => change::add(desk, line, typed, RuleId::new(key)),
            Self::Special => special::add(desk, line, typed),
            Self::Closure => closure::add(desk, line, typed),
            Self::Step => step::add(desk, line, typed),
            Self::Settings => settings::add(desk, line, typed),
        }
    }

    /// Returns the line with one rule less; `None` when there is no such rule.
    fn removed(self, line: &Line, key: &str) -> Option<Line> {
        let n = key.parse().ok()?;
        match self {
            Self::Hours => line.without_hours(n),
            Self::Shift => line.without_shift(n),
            Self::Rotation => line.without_rotation(n),
            Self::Change => line.without_override(n),
            Self::Special => line.without_special_day(n),
            Self::Closure => line.without_closure(n),
            Self::Step => line.without_step(n),
            Self::Settings => None,
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "roster/roster.html")]
struct RosterPage {
    frame: Frame,
    name: String,
    id: String,
    /// Which lines there are: id, name, whether it is this one.
    lines: Vec<(String, String, bool)>,
    /// How the line is now and in the coming days.
    plan: Plan,
    /// What wants an eye in the coming days.
    watch: Vec<Group>,
    /// Every kind of rule.
    sections: Vec<Section>,
    /// The address of the line's calendar.
    feed: FeedView,
    /// Where a roster is imported.
    import: String,
    /// The version of the line the page shows.
    version: i64,
}

impl RosterPage {
    /// Who serves and is asked stands on the left, when the line is open on the right.
    fn columns(&self) -> [&[Section]; 2] {
        let (left, right) = self.sections.split_at(self.sections.len().min(4));
        [left, right]
    }
}

/// Shows the roster of a line.
///
/// # Errors
/// When there is no such line, or the store fails.
pub(super) async fn show(visit: Visit, Path(line): Path<String>) -> Result<Response, ConsoleError> {
    shown(&visit, &line, None).await
}

/// Leads from the address of a form to the page it stands on.
pub(super) async fn back(Path((line, rule)): Path<(String, String)>) -> Redirect {
    Redirect::to(&format!("{}#{}", address(&line), super::address::encode(&rule)))
}

/// Adds or takes away one rule.
///
/// # Errors
/// When the form is not ours, there is no such line or kind of rule, or the store fails.
pub(super) async fn edit(visit: Visit, Path((id, code)): Path<(String, String)>, Form(typed): Form<Typed>) -> Result<Response, ConsoleError> {
    visit.confirm(typed.of("token"))?;
    let rule = Rule::from_code(&code).ok_or(ConsoleError::NotFound)?;
    let (version, stored) = (version(&visit, &id).await?, Stored::read(&visit).await?);
    let desk = stored.desk(&visit);
    let line = desk.book.line(&LineId::new(id.as_str())).ok_or(ConsoleError::NotFound)?;
    let made = if typed.of("version") != version.to_string() {
        Err(overtaken(&visit, &desk, &id).await?)
    } else if let Some(key) = typed.given("remove") {
        Ok(rule.removed(line, key).ok_or(ConsoleError::Form)?)
    } else {
        rule.add(&desk, line, &typed, &fresh_key()?)
    };
    let trouble = match made {
        Err(trouble) => trouble,
        Ok(line) => {
            let edit = RosterEdit::save(RosterKind::Line, &id, &line)?;
            if stored.write(&visit, &[edit]).await? {
                let done = if typed.given("remove").is_some() { "removed" } else { "added" };
                return Ok(Redirect::to(&format!("{}?done={code}-{done}#{code}", address(&id))).into_response());
            }
            overtaken(&visit, &desk, &id).await?
        }
    };
    let page = shown(&visit, &id, Some(Refused { code: &code, typed: &typed, trouble: &trouble })).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Returns the address of a line's page.
pub(super) fn address(line: &str) -> String {
    format!("/console/roster/{}", super::address::encode(line))
}

async fn version(visit: &Visit, line: &str) -> Result<i64, ConsoleError> {
    Ok(visit.app.store().roster_version(Some((RosterKind::Line, line))).await?)
}

async fn shown(visit: &Visit, id: &str, refused: Option<Refused<'_>>) -> Result<Response, ConsoleError> {
    let (version, stored) = (version(visit, id).await?, Stored::read(visit).await?);
    let desk = stored.desk(visit);
    let line = desk.book.line(&LineId::new(id)).ok_or(ConsoleError::NotFound)?;
    let (blank, filled) = (Typed::default(), settings::filled(line));
    let section = |rule: Rule| {
        let (words, mine) = (rule.words(visit.lang), refused.filter(|refused| refused.code == rule.words(Lang::Cs).code));
        let typed = mine.filter(|mine| mine.typed.given("remove").is_none()).map_or(if rule == Rule::Settings { &filled } else { &blank }, |mine| mine.typed);
        let action = format!("{}/{}", address(id), words.code);
        Section::new(&words, action, rule.items(&desk, line), rule.fields(&desk, typed), mine, visit.done())
    };
    let feeds = visit.app.store().calendar_feeds().await?;
    page(&RosterPage {
        frame: visit.frame(Tab::Duty),
        name: line.name.get(visit.lang).to_owned(),
        id: id.to_owned(),
        lines: desk.book.lines.iter().map(|line| (address(line.id.as_str()), line.name.get(visit.lang).to_owned(), line.id.as_str() == id)).collect(),
        plan: Plan::of_line(&desk, line),
        watch: watch::of_line(&desk, line),
        sections: Rule::ALL.map(section).into(),
        import: format!("{}/import", address(id)),
        feed: FeedView::new(&desk, &feeds, &CalendarOf::Line(line.id.clone())),
        version,
    })
}
