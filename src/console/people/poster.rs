//! The sheet for the wall of a prison: how its workers join, in Czech and English, on one page of A4.

use super::invite::numbers;
use crate::console::error::ConsoleError;
use crate::console::frame::{Frame, Tab};
use crate::console::moment;
use crate::console::qr;
use crate::console::visit::{Visit, page};
use crate::domain::{Guest, Lang, Validity};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

/// The sheet.
#[derive(Template)]
#[template(path = "people/poster.html")]
struct PosterPage {
    frame: Frame,
    prison: String,
    code: String,
    /// The link with the code in it, also as a picture.
    link: Option<Link>,
    numbers: String,
    until: [String; 2],
}

struct Link {
    url: String,
    /// How many squares the picture has on a side, its margin included.
    side: usize,
    /// The dark squares, as a path of SVG.
    path: String,
}

/// Shows the sheet while its code is taken.
///
/// # Errors
/// When there is no such sheet, or the store fails.
pub(in crate::console) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, ConsoleError> {
    let found = visit.app.store().invitation(&id).await?.filter(|found| found.validity(visit.now) == Validity::Open).ok_or(ConsoleError::NotFound)?;
    let Guest::Prison { name, .. } = &found.guest else { return Err(ConsoleError::NotFound) };
    let picture = |(_, url): (String, String)| {
        let drawn = qr::Picture::of(url.as_bytes()).filter(|_| url.contains(&found.code))?;
        Some(Link { side: drawn.side(), path: drawn.path(), url })
    };
    let day = |lang| moment::date(moment::day_of(found.expires_at), moment::day_of(visit.now), lang);
    page(&PosterPage {
        frame: visit.frame(Tab::Outside),
        prison: name.clone(),
        link: visit.app.ways_in(&found.code).into_iter().find_map(picture),
        numbers: numbers(&visit).join(", "),
        until: [day(Lang::Cs), day(Lang::En)],
        code: found.shown(),
    })
}
