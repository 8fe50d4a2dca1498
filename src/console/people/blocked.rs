//! Blocked numbers on the page of the people: whom the line does not answer, who has decided so and why.

use super::{PATH, shown};
use crate::console::error::ConsoleError;
use crate::console::form::{Trouble, Typed};
use crate::console::inputs::Fields;
use crate::console::moment;
use crate::console::section::{Item, Refused, Section, Words};
use crate::console::visit::Visit;
use crate::domain::Lang;
use crate::handbook::ShutOut;
use crate::routing::called;
use crate::store::Blocked;
use axum::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// Names the section.
const CODE: &str = "blocked";

const fn words(lang: Lang) -> Words {
    Words {
        code: CODE,
        title: lang.pick("Blokovaná čísla", "Blocked numbers"),
        lead: lang.pick("Hovory a zprávy odtud linka nepřijme. Skrytá čísla se blokovat nedají.", "Calls and messages from there are not taken. Hidden numbers cannot be blocked."),
        add: lang.pick("+ Zablokovat číslo", "+ Block a number"),
        hint: lang.pick(
            "Číslo s předvolbou (+420719000201), nebo začátek čísla s hvězdičkou (+2357*) pro všechna, která tak začínají.",
            "A number with its prefix (+420719000201), or the beginning of one with a star (+2357*) for all that begin so.",
        ),
        added: lang.pick("Číslo je zablokované.", "The number is blocked."),
        removed: lang.pick("Číslo už blokované není.", "The number is not blocked any more."),
    }
}

/// The section as it stands.
///
/// # Errors
/// When the store fails.
pub(super) async fn section(visit: &Visit, refused: Option<Refused<'_>>) -> Result<Section, ConsoleError> {
    let (lang, blank) = (visit.lang, Typed::default());
    let mine = refused.filter(|refused| refused.code == CODE);
    let fields = Fields { typed: mine.map_or(&blank, |mine| mine.typed), lang };
    let fields = vec![fields.words("number", lang.pick("Číslo", "Number")).needed(), fields.words("reason", lang.pick("Důvod", "Reason")).needed()];
    let items = visit.app.store().blocked().await?.into_iter().map(|blocked| item(visit, blocked)).collect();
    Ok(Section::new(&words(lang), format!("{PATH}/{CODE}"), items, fields, mine, visit.done()))
}

fn item(visit: &Visit, blocked: Blocked) -> Item {
    let day = moment::date(moment::day_of(blocked.at), moment::day_of(visit.now), visit.lang);
    let detail = format!("{} ({}, {} {day})", blocked.reason, blocked.author, visit.lang.pick("od", "since"));
    Item { key: blocked.number.clone(), what: blocked.number, detail, ..Item::default() }
}

/// Blocks a number, or lets one in again.
///
/// # Errors
/// When the form is not ours or the store fails.
pub(in crate::console) async fn edit(visit: Visit, Form(typed): Form<Typed>) -> Result<Response, ConsoleError> {
    visit.confirm(typed.of("token"))?;
    if let Some(number) = typed.given("remove") {
        visit.app.store().unblock(number).await?;
        visit.takes_over().await;
        return Ok(done("removed"));
    }
    match read(&visit, &typed) {
        Ok(blocked) => {
            visit.app.store().block(&blocked).await?;
            visit.takes_over().await;
            Ok(done("added"))
        }
        Err(trouble) => {
            let page = shown(&visit, Some(Refused { code: CODE, typed: &typed, trouble: &trouble }), Trouble::default()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn done(what: &str) -> Response {
    Redirect::to(&format!("{PATH}?done={CODE}-{what}#{CODE}")).into_response()
}

/// Reads the form; whoever serves on the line is not blocked by a slip.
fn read(visit: &Visit, typed: &Typed) -> Result<Blocked, Trouble> {
    let t = |cs, en| visit.lang.pick(cs, en);
    let number = typed.of("number").replace(' ', "");
    let reason = typed.of("reason");
    if !Blocked::is_number(&number) {
        return Err(Trouble::one(t("Tohle není číslo. Napište ho s předvolbou, třeba +420719000201, nebo jako začátek s hvězdičkou, třeba +2357*.", "This is no number. Write it with its prefix, such as +420719000201, or as a beginning with a star, such as +2357*.")));
    }
    if reason.is_empty() || reason.chars().count() > Blocked::REASON_CHARACTERS_MAX {
        return Err(Trouble::one(t("Napište krátce důvod, ať mu rozumí i ostatní.", "Please write a short reason, so that others understand it too.")));
    }
    if let Some(whom) = visit.app.handbook().shuts_out(&number) {
        return Err(Trouble::one(refusal(visit, &number, &whom)));
    }
    Ok(Blocked { number, reason: reason.to_owned(), author: visit.user.clone(), at: visit.now })
}

/// Operators named where many would be shut out.
const NAMED_MAX: usize = 3;

/// Says who would be shut out and what to do instead.
fn refusal(visit: &Visit, number: &str, whom: &ShutOut) -> String {
    let (handbook, lang) = (visit.app.handbook(), visit.lang);
    let called = |operator| called(&handbook.book.operators, operator).to_owned();
    match whom {
        ShutOut::Line if !number.ends_with('*') => lang.pick("Tohle je číslo linky samé, blokovat ho nejde.", "This is the line’s own number and cannot be blocked.").to_owned(),
        ShutOut::Line => lang
            .pick("Takhle by linka zablokovala i své vlastní číslo. Zapište delší začátek nebo celé číslo.", "This would block the line’s own number too. Write a longer beginning or the whole number.")
            .to_owned(),
        ShutOut::Operator(operator) => match lang {
            Lang::Cs => format!("Tohle číslo má na lince {}. Nejdřív ho prosím odeberte z jejích spojení.", called(operator)),
            Lang::En => format!("This is the number of {}, an operator. Please take it off the contact points first.", called(operator)),
        },
        ShutOut::Operators(operators) => {
            let names = operators.iter().take(NAMED_MAX).map(called).collect::<Vec<_>>().join(", ");
            let more = operators.len().saturating_sub(NAMED_MAX);
            let names = match more {
                0 => names,
                more => format!("{names} {} {more}", lang.pick("a další, ještě", "and more, another")),
            };
            match lang {
                Lang::Cs => format!("Takhle by se na linku nedovolali operátoři: {names}. Zapište delší začátek nebo celé číslo."),
                Lang::En => format!("This would shut out operators: {names}. Write a longer beginning or the whole number."),
            }
        }
    }
}

/// Leads from the address of the form to the page it stands on.
pub(in crate::console) async fn back() -> Redirect {
    Redirect::to(&format!("{PATH}#{CODE}"))
}
