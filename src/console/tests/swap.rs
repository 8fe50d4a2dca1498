//! Swaps of shifts on the page of the people.

use super::{Browser, now};
use crate::domain::{Address, Event, EventKey, Heard, LineId, Said, SwapState, What, Via};
use crate::routing::duty;
use axum::http::{StatusCode, header};

const PEOPLE: &str = "/console/people";

impl Browser {
    /// An operator writes from the own chat.
    async fn operator_writes(&self, operator: &str, words: &str) {
        let heard = Heard { from: Address::new("chat", operator), said: Said::Text(words.to_owned()), about: None, introduced: None, via: Via::default() };
        self.app.accept(Event { key: EventKey::new(format!("{operator}:{words}")), at: now(), what: What::Heard(heard) }).await.unwrap();
    }

    async fn answers_swap(&self, swap: &str, answer: &str) -> (StatusCode, String, String) {
        let token = self.word().await;
        let (status, headers, text) = self.post(&format!("{PEOPLE}/swap"), &[("token", &token), ("swap", swap), ("answer", answer)]).await;
        let location = headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        (status, location, text)
    }

    async fn swap(&self, at: usize) -> crate::domain::Swap {
        self.app.store().swaps_since(now()).await.unwrap().remove(at)
    }

    fn serves_on_monday(&self) -> Vec<String> {
        let handbook = self.app.handbook();
        let line = handbook.line(&LineId::new("ustecky")).unwrap();
        duty(line, "2026-11-30T10:00:00+01:00".parse().unwrap()).on_duty.iter().map(|person| person.operator.to_string()).collect()
    }
}

#[tokio::test]
async fn what_operators_ask_each_other_for_is_seen_and_settled() {
    let browser = Browser::signed_in().await;
    assert!(browser.text(PEOPLE).await.contains("O výměnu teď nikdo nežádá"));
    browser.operator_writes("jana", "vyměnit 30. 11. s Evou").await;
    let page = browser.text(PEOPLE).await;
    for part in ["Jana Vzorová → Eva Pohádková, Ústecký kraj", "čeká na odpověď", "po 30. 11. 2026 9:00–15:00 Eva Pohádková", "požádáno dnes 10:15", "Vyřídit<span class=\"away\"> Jana Vzorová → Eva Pohádková, Ústecký kraj</span>"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let id = browser.swap(0).await.id.to_string();
    let (status, location, _) = browser.answers_swap(&id, "agree").await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/console/people?done=swap-agreed#swap"));
    assert_eq!(browser.serves_on_monday(), ["eva", "petr"]);
    let page = browser.text("/console/people?done=swap-agreed").await;
    for part in ["✓ Výměna platí, oba o tom dostanou zprávu.", "<span class=\"chip good\">platí</span>", "rozhodnuto dnes 10:15 (alena v konzoli)"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let (status, _, text) = browser.answers_swap(&id, "refuse").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("už je rozhodnuto"), "{status}");
    let history = browser.text("/console/roster/ustecky/history").await;
    assert!(history.contains("<strong>alena</strong>") && history.contains("Slouží Eva Pohádková, ne Jana Vzorová"));
}

#[tokio::test]
async fn a_swap_the_two_agreed_on_is_their_work() {
    let browser = Browser::signed_in().await;
    browser.operator_writes("jana", "vyměnit 30. 11. s Evou").await;
    browser.operator_writes("eva", "výměna ano 30. 11.").await;
    assert_eq!(browser.serves_on_monday(), ["eva", "petr"]);
    assert!(browser.text("/console/roster/ustecky/history").await.contains("<strong>Jana Vzorová a Eva Pohádková</strong>"));
    assert!(browser.text(PEOPLE).await.contains("rozhodnuto dnes 10:15 (Eva Pohádková)"));
}

#[tokio::test]
async fn what_cannot_be_is_said_and_nothing_happens() {
    let browser = Browser::signed_in().await;
    browser.operator_writes("jana", "vyměnit 30. 11. s Evou").await;
    let id = browser.swap(0).await.id.to_string();
    let token = browser.word().await;
    let away = [("token", token.as_str()), ("operator", "eva"), ("from_date", "2026-11-30")];
    assert_eq!(browser.post(&format!("{PEOPLE}/away"), &away).await.0, StatusCode::SEE_OTHER);
    let (status, _, text) = browser.answers_swap(&id, "agree").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains("Eva Pohádková má nepřítomnost 30. 11. 2026, která zasahuje do směny"), "{text}");
    assert_eq!((browser.swap(0).await.state, browser.serves_on_monday()), (SwapState::Pending, vec!["jana".to_owned(), "petr".to_owned()]));
    assert_eq!(browser.answers_swap("nothing", "agree").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(browser.answers_swap(&id, "perhaps").await.0, StatusCode::BAD_REQUEST);
    let foreign = browser.post(&format!("{PEOPLE}/swap"), &[("token", "x"), ("swap", &id), ("answer", "agree")]).await;
    assert_eq!(foreign.0, StatusCode::FORBIDDEN);
    let (status, location, _) = browser.answers_swap(&id, "refuse").await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/console/people?done=swap-refused#swap"));
    assert_eq!(browser.swap(0).await.state, SwapState::Declined);
    assert!(browser.text(PEOPLE).await.contains("<span class=\"chip calm\">odmítnuto</span>"));
}
