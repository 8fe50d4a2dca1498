//! The pages of the roster as a browser meets them.

use super::{Browser, now};
use crate::domain::{Address, LineId};
use crate::routing::{Line, duty};
use axum::http::{StatusCode, header};
use chrono::{DateTime, Utc};

/// A form with what must be said about it.
type Refusal = (&'static str, Vec<(&'static str, &'static str)>, &'static [&'static str]);
/// Fields by name, as they are typed.
type Fields = &'static [(&'static str, &'static str)];

const USTECKY: &str = "/console/roster/ustecky";

impl Browser {
    /// What a hidden field of a page says.
    async fn hidden(&self, page: &str, name: &str) -> String {
        let text = self.text(page).await;
        text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// Sends a form of a page of the roster.
    async fn sends(&self, page: &str, rule: &str, fields: &[(&str, &str)]) -> (StatusCode, String, String) {
        let (token, version) = (self.word().await, self.hidden(page, "version").await);
        let all: Vec<(&str, &str)> = [("token", token.as_str()), ("version", version.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let (status, headers, text) = self.post(&format!("{page}/{rule}"), &all).await;
        let location = headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        (status, location, text)
    }

    /// Sends a form that is taken.
    async fn saves(&self, page: &str, rule: &str, fields: &[(&str, &str)]) {
        let (status, location, text) = self.sends(page, rule, fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{rule}: {}", said(&text));
        let done = if fields.iter().any(|(name, _)| *name == "remove") { "removed" } else { "added" };
        assert_eq!(location, format!("{page}?done={rule}-{done}#{rule}"));
        let shown = self.text(location.split('#').next().unwrap()).await;
        assert!(shown.contains("<p class=\"notice good\" role=\"status\">✓ "), "{rule} is confirmed");
    }

    /// Sends a form that is refused, and returns what is said about it.
    async fn refused(&self, page: &str, rule: &str, fields: &[(&str, &str)]) -> String {
        let before = self.app.store().roster_version(None).await.unwrap();
        let (status, _, text) = self.sends(page, rule, fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{rule}");
        assert_eq!(self.app.store().roster_version(None).await.unwrap(), before, "nothing is saved");
        for (name, value) in fields.iter().filter(|(name, value)| !name.starts_with("day-") && !value.is_empty() && *name != "remove") {
            let kept = text.contains(&format!("name=\"{name}\" type=\"date\" value=\"{value}\""))
                || text.contains(&format!("name=\"{name}\" value=\"{value}\""))
                || text.contains(&format!("<option value=\"{value}\" selected>"));
            assert!(kept, "{name} = {value} is kept");
        }
        said(&text)
    }

    fn line(&self, id: &str) -> Line {
        self.app.handbook().line(&LineId::new(id)).unwrap().clone()
    }

    fn serves(&self, id: &str, at: &str) -> Vec<String> {
        duty(&self.line(id), instant(at)).on_duty.iter().map(|person| person.operator.to_string()).collect()
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    format!("{text}:00+01:00").parse().unwrap()
}

/// What stands in the alert of a page.
fn said(text: &str) -> String {
    text.split("role=\"alert\">").nth(1).and_then(|rest| rest.split("</div>").next()).unwrap_or("no alert").to_owned()
}

#[tokio::test]
async fn every_kind_of_rule_is_added_and_taken_away() {
    let browser = Browser::signed_in().await;
    assert_eq!(browser.serves("ustecky", "2026-12-02T10:00"), ["jana", "petr"]);
    let forms: [(&str, Fields, &str); 9] = [
        ("hours", &[("day-tu", "1"), ("day-fr", "1"), ("from", "8:00"), ("to", "24:00")], "Út 8:00–24:00"),
        ("shift", &[("operator", "eva"), ("order", "3"), ("day-tu", "1"), ("from", "8"), ("to", "12.30"), ("valid_from", "2026-12-01")], "Út 8:00–12:30 Eva Pohádková"),
        (
            "rotation",
            &[("person-1", "marie"), ("person-2", "tomas"), ("turn", "week"), ("start", "2026-11-27"), ("day-fr", "1"), ("from", "8:00"), ("to", "12:00"), ("from2", "13:00"), ("to2", "24:00"), ("order", "1")],
            "Pá 8:00–12:00, Pá 13:00–24:00",
        ),
        ("change", &[("off", "jana"), ("on", "hana"), ("from_date", "2026-12-02"), ("from_time", "9:00"), ("to_time", "12:00")], "Slouží Hana Nápodobová, ne Jana Vzorová"),
        ("special", &[("date", "2026-12-23"), ("from", "9:00"), ("to", "11:00"), ("cs", "Před Vánoci kratší")], "středa 23. 12.: 9:00–11:00"),
        ("closure", &[("from_date", "2026-12-30"), ("to_date", "2026-12-31"), ("cs", "Inventura <b>celá</b>")], "30. 12. 2026 – 31. 12. 2026"),
        ("step", &[("after", "5"), ("to", "all_on_duty")], "Po 5 min všichni ve službě"),
        ("step", &[("after", "10"), ("to", "coordinator")], "Po 10 min koordinátor"),
        (
            "line",
            &[("repeat", "2"), ("silent", "20"), ("cs", "Ústecko"), ("en", "Ústí"), ("CZ042", "1"), ("coordinator", "koordinatorka"), ("promise", "90"), ("room", "chat: lidé")],
            "O svátcích: otevřeno jako jindy",
        ),
    ];
    for (rule, fields, shown) in forms {
        browser.saves(USTECKY, rule, fields).await;
        let page = browser.text(USTECKY).await;
        assert!(page.contains(shown), "{rule}: {shown}");
    }
    assert_eq!(browser.serves("ustecky", "2026-12-02T10:00"), ["hana", "petr"]);
    assert_eq!(browser.serves("ustecky", "2026-12-02T13:00"), ["jana", "petr"]);
    assert_eq!((browser.serves("ustecky", "2026-12-04T14:00"), browser.serves("ustecky", "2026-12-11T09:00")), (vec!["tomas".into()], vec!["marie".into()]));
    assert_eq!(browser.line("ustecky").promise_minutes, 90);
    assert_eq!(browser.line("ustecky").room, Some(Address::new("chat", "lidé")));
    let chain = browser.line("ustecky").escalation;
    assert_eq!((chain.steps.len(), chain.repeat, chain.silent_minutes, chain.round_minutes()), (4, 2, 20, 10));
    let page = browser.text(USTECKY).await;
    assert!(page.contains("předtím ještě 2× znovu od začátku, takže až po 30 min; vždy poslední"));
    assert!(page.contains("Inventura &#60;b&#62;celá") && !page.contains("<b>celá"), "words are text");
    let history = browser.text(&format!("{USTECKY}/history")).await;
    let order: Vec<usize> = ["Název: Ústecko", "Koho se linka ptá – přibylo: Po 10 min koordinátor (vždy poslední)", "Koho se linka ptá – přibylo: Po 5 min všichni ve službě", "Inventura", "Před Vánoci kratší", "Hana Nápodobová", "Střídání – přibylo:", "Eva Pohádková", "Provozní doba – přibylo: Út 8:00–24:00", "Linka je založená"]
        .iter()
        .map(|part| history.find(part).unwrap_or_else(|| panic!("{part}: {history}")))
        .collect();
    assert!(order.is_sorted(), "the newest first: {order:?}");
    assert!(history.contains("<strong>alena</strong>") && history.contains("<strong>ukázková data</strong>"));
    for (rule, key) in [("change", "0"), ("special", "0"), ("closure", "0"), ("rotation", "0"), ("shift", "4"), ("hours", "3"), ("hours", "2"), ("step", "2"), ("step", "0")] {
        browser.saves(USTECKY, rule, &[("remove", key)]).await;
    }
    let line = browser.line("ustecky");
    assert_eq!(line.escalation.steps.len(), 2);
    assert_eq!((line.hours.len(), line.shifts.len(), line.overrides.len() + line.special.len() + line.closures.len() + line.rotations.len()), (2, 4, 0));
    assert_eq!(browser.serves("ustecky", "2026-12-02T10:00"), ["jana", "petr"]);
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_the_form_with_everything_typed() {
    let browser = Browser::signed_in().await;
    browser.saves(USTECKY, "closure", &[("from_date", "2026-12-28"), ("cs", "Malujeme")]).await;
    browser.saves(USTECKY, "special", &[("date", "2026-12-23")]).await;
    browser.saves(USTECKY, "change", &[("off", "jana"), ("on", "hana"), ("from_date", "2026-12-02")]).await;
    let days = [("day-mo", "1"), ("day-we", "1")];
    let with = |fields: &[(&'static str, &'static str)]| days.iter().chain(fields).copied().collect::<Vec<_>>();
    let table: [Refusal; 23] = [
        ("hours", with(&[("from", "14:00"), ("to", "16:00")]), &["Provozní doba Po 14:00–16:00 se překrývá s Po 9:00–15:00."]),
        ("hours", with(&[("from", "25:00"), ("to", "16:00")]), &["„25:00“ není čas"]),
        ("hours", vec![("from", "8:00"), ("to", "9:00")], &["aspoň jeden den"]),
        ("shift", with(&[("operator", "jana"), ("order", "2"), ("from", "14:00"), ("to", "16:00")]), &["Směna Po 14:00–16:00 (Jana Vzorová) se překrývá se směnou Po 9:00–15:00 téže osoby."]),
        ("shift", with(&[("order", "1"), ("from", "14:00"), ("to", "16:00")]), &["Vyberte prosím, kdo bude sloužit."]),
        ("shift", with(&[("operator", "eva"), ("order", "0"), ("from", "14:00"), ("to", "16:00"), ("valid_from", "2026-12-02"), ("valid_to", "2026-12-01")]), &["Pořadí je číslo"]),
        ("shift", with(&[("operator", "eva"), ("order", "1"), ("from", "14:00"), ("to", "16:00"), ("valid_from", "2026-12-02"), ("valid_to", "2026-12-01")]), &["Směna přestává platit dřív, než začne."]),
        ("rotation", with(&[("start", "2026-12-02"), ("from", "9:00"), ("to", "10:00")]), &["Ve střídání nikdo není."]),
        ("change", vec![("from_date", "2026-12-09")], &["kdo nebude sloužit, kdo bude, nebo obojí"]),
        ("change", vec![("off", "petr"), ("on", "petr"), ("from_date", "2026-12-09")], &["Nikdo nemůže zaskočit sám za sebe."]),
        ("change", vec![("off", "petr"), ("on", "hana"), ("from_date", "2026-12-09"), ("to_date", "2026-12-08")], &["Záskok končí dřív, než začíná."]),
        ("change", vec![("off", "jana"), ("on", "eva"), ("from_date", "2026-12-02"), ("from_time", "9:00"), ("to_time", "12:00")], &["odporuje záskoku", "Eva Pohádková", "Hana Nápodobová"]),
        ("special", vec![("date", "2026-12-23"), ("from", "9:00"), ("to", "11:00")], &["23. 12. 2026 (zavřeno) už je vyhlášená mimořádná provozní doba"]),
        ("closure", vec![("from_date", "2026-12-27"), ("to_date", "2026-12-29"), ("cs", "Stěhování")], &["Stěhování", "Malujeme", "se překrývá s uzavřením"]),
        ("closure", vec![("from_date", "2026-12-27")], &["co se má volajícím říct"]),
        ("closure", vec![("from_date", "2025-12-27"), ("cs", "Malujeme")], &["už uplynul", "den a rok"]),
        ("change", vec![("off", "jana"), ("on", "eva"), ("from_date", "2025-12-03")], &["už uplynul, záskok by nic nezměnil"]),
        ("step", vec![("after", "9"), ("to", "on_duty 3")], &["Krok „po 9 min 3. ve službě“ by nepřišel na řadu, dřív je „po 8 min koordinátor“."]),
        ("step", vec![("after", "2"), ("to", "coordinator")], &["Krok „po 3 min druhý ve službě“ by nepřišel na řadu"]),
        ("step", vec![("after", "3"), ("to", "on_duty 2")], &["už tu je"]),
        ("step", vec![("after", "brzy")], &["0 až 120", "koho se má linka zeptat"]),
        ("line", vec![("cs", "Ústecko"), ("en", "Ústí"), ("coordinator", "koordinatorka"), ("promise", "60"), ("repeat", "10"), ("silent", "15")], &["Opakovat se dá nejvýš 9×."]),
        ("line", vec![("cs", "Ústecko"), ("en", "Ústí"), ("coordinator", "koordinatorka"), ("promise", "60"), ("room", "lidé")], &["kanál, dvojtečku a adresu"]),
    ];
    for (rule, fields, parts) in table {
        let said = browser.refused(USTECKY, rule, &fields).await;
        for part in parts {
            assert!(said.contains(part), "{rule}: {part}: {said}");
        }
    }
    let unknown = browser.sends(USTECKY, "shift", &with(&[("operator", "jara"), ("from", "16:00"), ("to", "18:00")])).await;
    assert!(unknown.0 == StatusCode::UNPROCESSABLE_ENTITY && said(&unknown.2).contains("nikdo nezná. Mysleli jste „jana“?"), "{}", said(&unknown.2));
    let one_of_two = with(&[("operator", "hana"), ("order", "1"), ("from", "16:00"), ("to", "18:00")]);
    browser.saves(USTECKY, "shift", &one_of_two).await;
    assert!(browser.refused(USTECKY, "shift", &[one_of_two.as_slice(), &[("day-th", "1")]].concat()).await.contains("Po 16:00–18:00"), "all days or none");
}

#[tokio::test]
async fn what_only_looks_wrong_may_be_saved_all_the_same() {
    let browser = Browser::signed_in().await;
    let people = "/console/people";
    browser.saves(people, "away", &[("operator", "hana"), ("from_date", "2026-12-01"), ("to_date", "2026-12-31")]).await;
    let idle = [("off", "jana"), ("from_date", "2026-12-03")];
    let table: [(&[(&str, &str)], &str); 4] = [
        (&idle, "Jana Vzorová v té době (čt 3. 12. 2026) podle rozpisu neslouží"),
        (&[("on", "eva"), ("from_date", "2026-12-03")], "je linka zavřená"),
        (&[("off", "jana"), ("on", "petr"), ("from_date", "2026-12-02")], "Petr Smyšlený v té době (st 2. 12. 2026) už podle rozpisu slouží"),
        (&[("off", "jana"), ("on", "hana"), ("from_date", "2026-12-02")], "Hana Nápodobová má nepřítomnost út 1. 12. 2026 – 31. 12. 2026"),
    ];
    for (fields, part) in table {
        let said = browser.refused(USTECKY, "change", fields).await;
        assert!(said.contains("Opravdu to tak má být?") && said.contains(part), "{part}: {said}");
    }
    browser.saves(USTECKY, "change", &[idle.as_slice(), &[("anyway", "1")]].concat()).await;
    assert!(browser.text(USTECKY).await.contains("nic nemění"));
    let taken = [("cs", "Ústecký kraj"), ("en", "Ústí Region"), ("CZ010", "1"), ("coordinator", "koordinatorka"), ("promise", "60"), ("holidays", "1")];
    let (status, _, text) = browser.sends(USTECKY, "line", &taken).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = said(&text);
    assert!(said.contains("už má na starosti linka Praha") && said.contains("Ústecký kraj by pak neměl na starosti nikdo"), "{said}");
}

#[tokio::test]
async fn nobody_writes_over_what_somebody_else_has_just_changed() {
    let browser = Browser::signed_in().await;
    let (token, old) = (browser.word().await, browser.hidden(USTECKY, "version").await);
    browser.saves(USTECKY, "closure", &[("from_date", "2026-12-28"), ("cs", "Malujeme")]).await;
    browser.saves("/console/roster/praha", "closure", &[("from_date", "2026-12-28"), ("cs", "Jinde")]).await;
    let form = |version: &str| [("token".to_owned(), token.clone()), ("version".to_owned(), version.to_owned()), ("from_date".to_owned(), "2026-12-29".to_owned()), ("cs".to_owned(), "Stěhování".to_owned())];
    let send = async |version: &str| {
        let form = form(version);
        let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(&format!("{USTECKY}/closure"), &fields).await
    };
    let (status, _, text) = send(&old).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said(&text).contains("Rozpis se mezitím změnil (alena, dnes 10:15)"), "{}", said(&text));
    assert!(text.contains("Malujeme") && text.contains("value=\"Stěhování\""), "the new state, and what was typed");
    let stale = browser.post(&format!("{USTECKY}/closure"), &[("token", &token), ("version", &old), ("remove", "0")]).await;
    assert_eq!((stale.0, browser.line("ustecky").closures.len()), (StatusCode::UNPROCESSABLE_ENTITY, 1), "nothing else is removed by mistake");
    let fresh = text.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(send(fresh).await.0, StatusCode::SEE_OTHER, "sent again it is taken");
    assert_eq!(browser.line("ustecky").closures.len(), 2);
}

#[tokio::test]
async fn absences_and_covers_show_where_they_matter() {
    let browser = Browser::signed_in().await;
    let people = "/console/people";
    browser.saves(people, "away", &[("operator", "jana"), ("substitute", "petr"), ("from_date", "2026-12-01"), ("to_date", "2026-12-03")]).await;
    browser.saves(people, "away", &[("operator", "marie"), ("from_date", "2026-11-30")]).await;
    browser.saves(people, "cover", &[("of", "CZ041"), ("by", "ustecky"), ("from_date", "2026-12-02")]).await;
    browser.saves(USTECKY, "change", &[("on", "eva"), ("order", "2"), ("from_date", "2026-11-30")]).await;
    browser.saves(USTECKY, "special", &[("date", "2026-12-07"), ("from", "9:00"), ("to", "10:00")]).await;
    assert_eq!(browser.serves("ustecky", "2026-12-02T10:00"), ["petr"]);
    let duty = browser.text("/console/duty").await;
    for part in ["nepřítomnost: Jana → Petr", "nepřítomnost: Marie", "navíc: Eva", "mimořádně: 9:00–10:00", "Marie má nepřítomnost a nikdo nezastupuje", "chybí zástup"] {
        assert!(duty.contains(part), "{part}");
    }
    let table: [(&str, Fields, &str); 5] = [
        ("away", &[("operator", "jana"), ("from_date", "2026-12-03"), ("to_date", "2026-12-05")], "Nepřítomnost 3. 12. 2026 – 5. 12. 2026 (Jana Vzorová) se překrývá s nepřítomností 1. 12. 2026 – 3. 12. 2026 téže osoby."),
        ("away", &[("operator", "eva"), ("substitute", "eva"), ("from_date", "2026-12-03")], "Nikdo nemůže zastupovat sám sebe."),
        ("away", &[("operator", "eva"), ("substitute", "jana"), ("from_date", "2026-12-03")], "Jana Vzorová má v té době taky nepřítomnost"),
        ("cover", &[("of", "CZ041"), ("by", "praha"), ("from_date", "2026-12-02")], "Karlovarský kraj → Praha a Středočeský kraj 2. 12. 2026 se překrývá se zástupem Karlovarský kraj → Ústecký kraj"),
        ("cover", &[("of", "line:praha"), ("by", "praha"), ("from_date", "2026-12-02")], "Linka nemůže zastupovat sama sebe."),
    ];
    for (rule, fields, part) in table {
        let said = browser.refused(people, rule, fields).await;
        assert!(said.contains(part), "{rule}: {said}");
    }
    let answer = browser.text("/console/duty?date=2026-12-02&time=10:15&region=CZ041").await;
    for part in ["Dostane to Petr", "Zástup: Karlovarský kraj má do 2. 12. na starosti Linka Ústecký kraj", "Jana má nepřítomnost do 3. 12., zástup Petr"] {
        assert!(answer.contains(part), "{part}: {}", answer.split("id=\"dry\"").nth(1).unwrap());
    }
    for (rule, ids) in [("away", browser.app.handbook().book.absences.iter().map(|one| one.id.clone()).collect::<Vec<_>>()), ("cover", browser.app.handbook().book.covers.iter().map(|one| one.id.clone()).collect())] {
        for id in ids {
            browser.saves(people, rule, &[("remove", id.as_str())]).await;
        }
    }
    let book = browser.app.handbook().book.clone();
    assert!(book.absences.is_empty() && book.covers.is_empty());
}

#[tokio::test]
async fn the_past_is_answered_by_the_roster_of_that_time() {
    let browser = Browser::signed_in().await;
    let then = "/console/duty?date=2026-11-25&time=10:15&region=CZ042";
    browser.app.clock().move_to(now() + chrono::TimeDelta::days(2));
    browser.saves(USTECKY, "shift", &[("remove", "0")]).await;
    browser.saves(USTECKY, "shift", &[("remove", "0")]).await;
    let past = browser.text(then).await;
    assert!(past.contains("Dostane to Jana, pak Petr. Když nepřijme nikdo, dostane to Koordinátorka Alena Příkladná."), "{}", past.split("id=\"dry\"").nth(1).unwrap());
    assert!(past.contains("podle rozpisu platného tehdy"));
    let next = browser.text("/console/duty?date=2026-12-02&time=10:15&region=CZ042").await;
    assert!(next.contains("Dostane to Petr") && !next.contains("platného tehdy"));
    for query in ["date=zitra&time=10:15&region=CZ042", "date=2026-12-02&time=&region=CZ042", "date=2026-12-02&time=10:15&region=CZ999"] {
        let page = browser.text(&format!("/console/duty?{query}")).await;
        assert!(page.contains("class=\"trouble\" role=\"alert\""), "{query}");
    }
}

#[tokio::test]
async fn strangers_forms_and_unknown_rosters_do_nothing() {
    let browser = Browser::signed_in().await;
    let token = browser.word().await;
    let table = [
        (USTECKY, "closure", "x", StatusCode::FORBIDDEN),
        (USTECKY, "nothing", token.as_str(), StatusCode::NOT_FOUND),
        (USTECKY, "import", "x", StatusCode::FORBIDDEN),
        ("/console/roster/nikde", "import", &token, StatusCode::NOT_FOUND),
        ("/console", "calendar", "x", StatusCode::FORBIDDEN),
        ("/console", "calendar", &token, StatusCode::BAD_REQUEST),
        ("/console/roster/nikde", "closure", &token, StatusCode::NOT_FOUND),
        ("/console/people", "away", "x", StatusCode::FORBIDDEN),
        ("/console/people", "nothing", &token, StatusCode::NOT_FOUND),
    ];
    for (page, rule, token, expected) in table {
        let (status, ..) = browser.post(&format!("{page}/{rule}"), &[("token", token), ("from_date", "2026-12-28"), ("cs", "x")]).await;
        assert_eq!(status, expected, "{page}/{rule}");
    }
    assert_eq!(browser.sends(USTECKY, "closure", &[("remove", "7")]).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(browser.sends(USTECKY, "line", &[("remove", "0")]).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(browser.sends(USTECKY, "step", &[("remove", "2")]).await.0, StatusCode::BAD_REQUEST, "the coordinator stays");
    for path in ["/console/roster/nikde", "/console/roster/nikde/history", "/console/roster/nikde/import"] {
        assert_eq!(browser.get(path).await.0, StatusCode::NOT_FOUND);
    }
    let (status, headers, _) = browser.get(&format!("{USTECKY}/shift")).await;
    assert_eq!((status, headers.get(header::LOCATION).unwrap().to_str().unwrap()), (StatusCode::SEE_OTHER, "/console/roster/ustecky#shift"));
}
