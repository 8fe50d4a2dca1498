//! Duty in people's own calendars.

use crate::world::{World, between, prague};
use axum::http::StatusCode;
use linka::domain::{LineId, OperatorId, RuleId};
use linka::routing::{Change, Override};

const PAGE: &str = "/console/roster/ustecky/import";

/// The beginning of each entry whose name has `words` in it.
fn starts(calendar: &str, words: &str) -> Vec<String> {
    let whole = calendar.replace("\r\n ", "");
    let named = whole.split("BEGIN:VEVENT").filter(|entry| entry.contains(words));
    named.filter_map(|entry| Some(entry.split_once("DTSTART:")?.1.split_once("\r\n")?.0.to_owned())).collect()
}

#[tokio::test]
async fn a_calendar_follows_the_roster() {
    let world = World::open_with("2026-02-02 08:00", |_| {}).await;
    let alena = world.coordinator().await;
    let address = alena.makes_calendar("operator", "jana").await;
    let (status, headers, before) = world.fetches(&address, None).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "text/calendar; charset=utf-8"));
    assert!(starts(&before, "Linka: Ústecký kraj – služba").contains(&"20260204T080000Z".to_owned()), "{before}");
    let tag = headers["etag"].to_str().unwrap().to_owned();
    let (status, _, again) = world.fetches(&address, Some(&format!("W/\"x\", {tag}"))).await;
    assert_eq!((status, again.as_str()), (StatusCode::NOT_MODIFIED, ""));
    world.clock("2026-02-02 12:00").await;
    assert_eq!(world.fetches(&address, None).await.2, before, "nothing has changed, not a byte");

    // Petr serves instead of Jana on Wednesday morning.
    let change = Change::Replace { operator: OperatorId::new("jana"), by: OperatorId::new("petr") };
    let id = RuleId::new("zaskok");
    world.changes_line("ustecky", |line| line.overrides.push(Override { id, from: prague("2026-02-04 09:00"), to: prague("2026-02-04 12:00"), change })).await;
    let (status, headers, after) = world.fetches(&address, Some(&tag)).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(headers["etag"].to_str().unwrap(), tag);
    let wednesday = starts(&after, "Ústecký").into_iter().find(|start| start.starts_with("20260204"));
    assert_eq!(wednesday.as_deref(), Some("20260204T110000Z"));

    // The line's own calendar names people.
    let line = alena.makes_calendar("line", "ustecky").await;
    let (_, _, whole) = world.fetches(&line, None).await;
    assert!(starts(&whole, "SUMMARY:Petr Smyšlený").contains(&"20260204T080000Z".to_owned()), "{whole}");
    assert!(world.app().await.handbook().line(&LineId::new("ustecky")).is_some());
    world.ends().await;
}

#[tokio::test]
async fn an_address_is_a_secret_that_can_be_taken_back() {
    let world = World::open().await;
    let alena = world.coordinator().await;
    let first = alena.makes_calendar("operator", "jana").await;
    let secret = first.rsplit('/').next().unwrap().trim_end_matches(".ics").to_owned();
    assert_eq!(secret.len(), 43, "256 random bits");
    assert!(!world.everything_stored().await.contains(&secret), "only the hash is kept");
    let page = alena.reads("/console/people").await;
    assert!(page.contains("adresa od") && !page.contains(&secret), "it is shown once");

    // A new address kills the old one; a revoked one is as dead as one that never was.
    let second = alena.makes_calendar("operator", "jana").await;
    assert_eq!(world.fetches(&first, None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(world.fetches(&second, None).await.0, StatusCode::OK);
    world.restarts().await;
    assert_eq!(world.fetches(&second, None).await.0, StatusCode::OK);
    let (status, _) = alena.sends("/console/calendar", &[("kind", "operator"), ("id", "jana"), ("revoke", "1")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, headers, revoked) = world.fetches(&second, None).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::NOT_FOUND, "text/plain; charset=utf-8"));
    for never in [second.replace(&second[second.len() - 8..], "AAAA.ics"), "/calendar/x.ics".to_owned(), "/calendar/%FF".to_owned(), second.replace(".ics", "")] {
        let (status, _, said) = world.fetches(&never, None).await;
        assert!(status.is_client_error() && (said == revoked || never.contains("%FF")), "{never}: {said}");
    }
    for (kind, id) in [("operator", "nikdo"), ("line", "nikde")] {
        assert_eq!(alena.sends("/console/calendar", &[("kind", kind), ("id", id)]).await.0, StatusCode::NOT_FOUND);
    }
    assert_eq!(alena.sends("/console/calendar", &[("kind", "prison"), ("id", "jana")]).await.0, StatusCode::BAD_REQUEST);
    world.ends().await;
}

#[tokio::test]
async fn a_roster_comes_from_a_calendar_when_it_was_looked_at() {
    let world = World::open().await;
    let alena = world.coordinator().await;
    let file = "BEGIN:VCALENDAR\r\n\
        BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Služba – Eva Pohádková\r\nDTSTART:20260204T090000\r\nDTEND:20260204T150000\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Eva Pohadkova\r\nDTSTART;TZID=Europe/Prague:20260204T220000\r\nDTEND;TZID=Europe/Prague:20260205T060000\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:Pert\r\nDTSTART:20260204T090000\r\nDTEND:20260204T150000\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    let serves = async |at: &str| {
        let app = world.app().await;
        let duty = linka::routing::duty(app.handbook().line(&LineId::new("ustecky")).unwrap(), prague(at));
        duty.on_duty.into_iter().map(|person| person.operator.0).collect::<Vec<_>>()
    };
    let before = serves("2026-02-04 10:00").await;
    let (status, preview) = alena.sends(PAGE, &[("text", file)]).await;
    assert_eq!(status, StatusCode::OK);
    for part in ["Navíc slouží: Eva Pohádková, St 4. 2. 2026 9:00–15:00", "Každý týden St 22:00–6:00: Eva Pohádková", "mimo provozní dobu", "Operátora „Pert“ nikdo nezná. Mysleli jste „Petr"] {
        assert!(preview.contains(part), "{part}: {preview}");
    }
    assert_eq!(serves("2026-02-04 10:00").await, before, "nothing is written yet");

    // Somebody changes the roster meanwhile: it is looked at again.
    let version = between(&preview, "name=\"version\" value=\"", "\"").to_owned();
    world.changes_line("ustecky", |line| line.promise_minutes += 1).await;
    let (status, again) = alena.sends(PAGE, &[("text", file), ("version", &version), ("write", "1")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.contains("Rozpis se mezitím změnil"), "{again}");
    let version = between(&again, "name=\"version\" value=\"", "\"").to_owned();
    let (status, _) = alena.sends(PAGE, &[("text", file), ("version", &version), ("write", "1")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(serves("2026-02-04 10:00").await.contains(&"eva".to_owned()), "{:?}", serves("2026-02-04 10:00").await);
    assert!(alena.reads("/console/roster/ustecky/history").await.contains("přibylo: Navíc slouží Eva Pohádková"));
    assert!(alena.reads("/console/roster/ustecky?done=import").await.contains("Rozpis z kalendáře je zapsaný."));

    // The same file once more has nothing to say.
    let (_, third) = alena.sends(PAGE, &[("text", file)]).await;
    assert!(third.contains("V rozpise by se nezměnilo nic.") && !third.contains("name=\"write\""), "{third}");
    for (text, said) in [("", "Soubor je prázdný."), ("a;b\n<script>", "Tohle není kalendář")] {
        let (status, page) = alena.sends(PAGE, &[("text", text)]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(said) && !page.contains("<script>"), "{page}");
    }
    world.ends().await;
}

#[tokio::test]
async fn a_file_of_a_megabyte_is_taken_and_a_larger_one_refused_kindly() {
    let world = World::open().await;
    let alena = world.coordinator().await;
    let size = |bytes: usize| format!("BEGIN:VCALENDAR\r\n{}", "é".repeat(bytes / 2));
    let (status, page) = alena.sends(PAGE, &[("text", &size(1_000_000))]).await;
    assert_eq!((status, page.contains("nezměnilo nic")), (StatusCode::OK, true));
    let (status, page) = alena.sends(PAGE, &[("text", &size(1_100_000))]).await;
    assert_eq!((status, page.contains("větší než 1 MB")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    world.ends().await;
}
