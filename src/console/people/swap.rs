//! Swaps of shifts on the page of the people: what operators asked each other for and how it ended.
//! One that waits can be answered for the one who was asked; that becomes one event, like any order.

use super::{PATH, shown};
use crate::console::contact::fresh_key;
use crate::console::error::ConsoleError;
use crate::console::form::{Trouble, Typed};
use crate::console::label::{Badge, Tone};
use crate::console::moment::Moment;
use crate::console::roster::desk::{Desk, Stored};
use crate::console::visit::Visit;
use crate::domain::{Author, Event, EventKey, Lang, OperatorId, Order, Span, Swap, SwapState, What};
use crate::routing::{Line, swap_holds, swap_overrides};
use axum::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;

/// How long a swap whose shifts are over stays on the page.
const SHOWN_AFTER: TimeDelta = TimeDelta::days(30);

/// The section.
#[derive(Default)]
pub(super) struct SwapsView {
    /// What still lies ahead, what waits first.
    pub(super) items: Vec<SwapView>,
    /// What is over, or came to nothing.
    pub(super) past: Vec<SwapView>,
    /// What has just been done.
    pub(super) done: Option<&'static str>,
    /// Why an answer was not taken.
    pub(super) trouble: Trouble,
}

/// One swap.
pub(super) struct SwapView {
    /// Names it in its form; empty when it is settled.
    pub(super) key: String,
    /// Who asks whom.
    pub(super) what: String,
    /// Who would serve when, or who does.
    pub(super) hands: Vec<String>,
    /// How it stands.
    pub(super) badge: Badge,
    /// Who settled it, and when.
    pub(super) settled: String,
}

/// Puts the section together.
///
/// # Errors
/// When the store fails.
pub(super) async fn view(visit: &Visit, desk: &Desk<'_>, trouble: Trouble) -> Result<SwapsView, ConsoleError> {
    let since = visit.now.checked_sub_signed(SHOWN_AFTER).unwrap_or(visit.now);
    let mut swaps = visit.app.store().swaps_since(since).await?;
    swaps.sort_by_key(|swap| (swap.state != SwapState::Pending, swap.shift.from));
    let ahead = |swap: &&Swap| swap.state == SwapState::Pending || (swap.state == SwapState::Accepted && swap.ends() > visit.now);
    let (items, past): (Vec<&Swap>, Vec<&Swap>) = swaps.iter().partition(ahead);
    let done = visit.done().and_then(|done| match done {
        "swap-agreed" => Some(visit.lang.pick("Výměna platí, oba o tom dostanou zprávu.", "The swap holds, both are told.")),
        "swap-refused" => Some(visit.lang.pick("Výměna je odmítnutá, oba o tom dostanou zprávu.", "The swap is declined, both are told.")),
        _ => None,
    });
    let shown = |swaps: Vec<&Swap>| swaps.into_iter().map(|swap| one(desk, swap)).collect();
    Ok(SwapsView { items: shown(items), past: shown(past), done, trouble })
}

fn one(desk: &Desk<'_>, swap: &Swap) -> SwapView {
    let line = desk.book.line(&swap.line);
    let zone = line.map_or(Line::ZONE, |line| line.zone);
    let leg = |(_, takes, span): (&OperatorId, &OperatorId, Span)| format!("{} {}", desk.stretch(span, zone), desk.name(takes));
    let name = line.map_or(swap.line.as_str(), |line| line.name.get(desk.lang));
    SwapView {
        key: if swap.state == SwapState::Pending { swap.id.to_string() } else { String::new() },
        what: format!("{} → {}, {name}", desk.name(&swap.from), desk.name(&swap.to)),
        hands: swap.legs().map(leg).collect(),
        badge: badge(desk, swap),
        settled: settled(desk, swap),
    }
}

fn badge(desk: &Desk<'_>, swap: &Swap) -> Badge {
    let lang = desk.lang;
    let (tone, text) = match swap.state {
        SwapState::Pending => (Tone::Warn, lang.pick("čeká na odpověď", "waits for an answer")),
        SwapState::Accepted if !swap_holds(desk.book, swap) => (Tone::Warn, lang.pick("v rozpisu už není", "no longer in the roster")),
        SwapState::Accepted => (Tone::Good, lang.pick("platí", "holds")),
        SwapState::Declined => (Tone::Calm, lang.pick("odmítnuto", "declined")),
        SwapState::Withdrawn => (Tone::Calm, lang.pick("vzato zpět", "taken back")),
        SwapState::Expired => (Tone::Calm, lang.pick("bez odpovědi", "not answered")),
    };
    Badge { tone, text }
}

fn settled(desk: &Desk<'_>, swap: &Swap) -> String {
    let at = |at| {
        let at = Moment::of(at, desk.now, desk.lang);
        format!("{} {}", at.day, at.time)
    };
    let asked = format!("{} {}", desk.lang.pick("požádáno", "asked"), at(swap.asked_at));
    let who = match &swap.settled_by {
        Some(Author::Operator(id)) => desk.name(id).to_owned(),
        Some(Author::User(user)) => format!("{user} {}", desk.lang.pick("v konzoli", "in the console")),
        Some(Author::Line | Author::Worker) | None => String::new(),
    };
    match swap.settled_at {
        Some(settled) if who.is_empty() => format!("{asked}, {} {}", desk.lang.pick("skončilo", "ended"), at(settled)),
        Some(settled) => format!("{asked}, {} {} ({who})", desk.lang.pick("rozhodnuto", "settled"), at(settled)),
        None => asked,
    }
}

/// Answers a swap for the one who was asked.
///
/// # Errors
/// When the form is not ours or names no swap, or the event is not taken.
pub(in crate::console) async fn answer(visit: Visit, Form(typed): Form<Typed>) -> Result<Response, ConsoleError> {
    visit.confirm(typed.of("token"))?;
    let agreed = match typed.of("answer") {
        "agree" => true,
        "refuse" => false,
        _ => return Err(ConsoleError::Form),
    };
    let swap = find(&visit, typed.of("swap")).await?.ok_or(ConsoleError::Form)?;
    let trouble = match trouble(&visit, &swap, agreed).await? {
        Some(trouble) => Some(trouble),
        None => settle(&visit, &swap, agreed).await?,
    };
    if let Some(trouble) = trouble {
        let page = shown(&visit, None, trouble).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let done = if agreed { "agreed" } else { "refused" };
    Ok(Redirect::to(&format!("{PATH}?done=swap-{done}#swap")).into_response())
}

/// Orders the answer; says why when the swap still stands open then.
async fn settle(visit: &Visit, swap: &Swap, agreed: bool) -> Result<Option<Trouble>, ConsoleError> {
    let key = EventKey::new(format!("console:{}:swap:{}:{}", visit.user, swap.id, fresh_key()?));
    let what = What::Ordered { by: visit.user.clone(), order: Order::AnswerSwap { swap: swap.id.clone(), agreed } };
    visit.app.accept(Event { key, at: visit.now, what }).await?;
    let after = find(visit, swap.id.as_str()).await?.map(|swap| swap.state);
    let wanted = if agreed { SwapState::Accepted } else { SwapState::Declined };
    if after == Some(wanted) {
        return Ok(None);
    }
    let open = visit.lang.pick("Výměnu se nepodařilo uzavřít, mezitím se něco změnilo.", "The swap could not be settled, something has changed meanwhile.");
    Ok(Some(Trouble::one(open)))
}

/// Says what keeps an answer from being taken.
async fn trouble(visit: &Visit, swap: &Swap, agreed: bool) -> Result<Option<Trouble>, ConsoleError> {
    let said = |cs, en| Ok(Some(Trouble::one(visit.lang.pick(cs, en))));
    if swap.state != SwapState::Pending {
        return said("O téhle výměně už je rozhodnuto.", "This swap is settled already.");
    }
    if swap.begins() <= visit.now {
        return said("Směna už začala, výměna nejde.", "The shift has begun, it cannot be swapped.");
    }
    if !agreed {
        return Ok(None);
    }
    let (stored, others) = (Stored::read(visit).await?, visit.app.store().swaps_since(visit.now).await?);
    let refused = swap_overrides(&stored.book, &others, swap).err();
    Ok(refused.map(|refusals| Trouble::refused(&refusals, visit.lang)))
}

async fn find(visit: &Visit, id: &str) -> Result<Option<Swap>, ConsoleError> {
    let since = visit.now.checked_sub_signed(SHOWN_AFTER).unwrap_or(visit.now);
    let swaps = visit.app.store().swaps_since(since).await?;
    Ok(swaps.into_iter().find(|swap| swap.id.as_str() == id))
}

impl SwapsView {
    /// Returns what a person reads where nobody asked for anything.
    pub(super) const fn empty(lang: Lang) -> &'static str {
        lang.pick("O výměnu teď nikdo nežádá. Operátoři si o ni píšou sami, třeba „vyměnit 9. 12. s Petrem“.", "Nobody asks for a swap now. Operators write to each other themselves, such as “swap 9 December with Petr”.")
    }
}
