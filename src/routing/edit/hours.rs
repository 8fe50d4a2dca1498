//! Checks of what opens and closes a line.

use crate::domain::Lang;
use crate::routing::wall::Wall;
use crate::routing::{Closure, Line, Refusal, Span, SpecialDay, Window, say};
use chrono::{Datelike, NaiveDate};

/// Refuses opening hours that overlap; two of one day belong together or apart.
pub(in crate::routing) fn window(hours: &[Window], new: Window) -> Option<Refusal> {
    let other = hours.iter().find(|other| other.overlaps(&new))?;
    let cs = |window: &Window| say::window(*window, Lang::Cs);
    Some(Refusal::new(
        format!("provozní doba {} se překrývá s {}", cs(&new), cs(other)),
        format!("opening hours {new} overlap {other}"),
    ))
}

/// Refuses a closure that ends before it begins or overlaps another.
pub(in crate::routing) fn closure(line: &Line, new: &Closure) -> Vec<Refusal> {
    if new.to <= new.from {
        return vec![Refusal::new("uzavření končí dřív, než začíná", "this closure ends before it begins")];
    }
    let said = |one: &Closure, lang| format!("{} ({})", say::stretch(one.span(), line.zone, lang), one.text.get(lang));
    let clash = |other: &&Closure| other.span().common(&new.span()).is_some();
    let refused = |other: &Closure| {
        Refusal::new(
            format!("uzavření {} se překrývá s uzavřením {}", said(new, Lang::Cs), said(other, Lang::Cs)),
            format!("closure {} overlaps closure {}", said(new, Lang::En), said(other, Lang::En)),
        )
    };
    line.closures.iter().filter(clash).map(refused).collect()
}

/// Refuses a second special day of one date, and hours that overlap each other or a neighbouring
/// special day's.
pub(in crate::routing) fn special(line: &Line, new: &SpecialDay) -> Vec<Refusal> {
    if line.special.iter().any(|other| other.date == new.date) {
        let refusal = |lang: Lang| format!("{} {} ({})", say::day_and_month(new.date, lang), new.date.year(), said(line, new.date, lang));
        return vec![Refusal::new(
            format!("na {} už je vyhlášená mimořádná provozní doba", refusal(Lang::Cs)),
            format!("there are special hours on {} already", refusal(Lang::En)),
        )];
    }
    let wall = Wall::exact(line.zone);
    let spans = |special: &SpecialDay| special.windows().map(|window| wall.span(window, special.date)).collect::<Vec<Span>>();
    let own = spans(new);
    let inside = own.iter().enumerate().flat_map(|(at, span)| own.iter().skip(at + 1).map(move |other| (*span, *other)));
    let near = line.special.iter().filter(|other| other.date.signed_duration_since(new.date).num_days().abs() <= 2);
    let outside = near.flat_map(spans).flat_map(|other| own.iter().map(move |span| (*span, other)));
    let clashes = inside.chain(outside).filter(|(span, other)| span.common(other).is_some());
    let stretch = |span, lang| say::stretch(span, line.zone, lang);
    let refused = |(span, other)| {
        Refusal::new(
            format!("mimořádná provozní doba {} se překrývá s {}", stretch(span, Lang::Cs), stretch(other, Lang::Cs)),
            format!("special hours {} overlap {}", stretch(span, Lang::En), stretch(other, Lang::En)),
        )
    };
    clashes.map(refused).collect()
}

/// Says the hours a date has.
fn said(line: &Line, date: NaiveDate, lang: Lang) -> String {
    let hours = line.special_on(date).map_or(&[] as &[_], |special| &special.hours);
    if hours.is_empty() {
        return lang.pick("zavřeno", "closed").to_owned();
    }
    hours.iter().map(|times| format!("{}–{}", times.from.spoken(), times.to.spoken())).collect::<Vec<_>>().join(", ")
}
