//! The REST over a real connection: what is granted, what is refused and with which words.

use super::{JANA, LINE, PAVEL, PETR, network, say, says, status, told};
use crate::phone::Network;
use serde_json::Value;

/// Resource, form, status, code, a part of the text.
type Refused<'a> = (&'a str, &'a [(&'a str, &'a str)], u16, u64, &'a str);

fn url(network: &Network, resource: &str) -> String {
    let (path, query) = resource.split_once('?').map_or((resource, String::new()), |(path, query)| (path, format!("?{query}")));
    format!("{}/2010-04-01/Accounts/{}/{path}.json{query}", network.rest_url(), network.account())
}

/// Posts a form; the status and the answer.
pub(super) async fn post(network: &Network, resource: &str, form: &[(&str, &str)]) -> (u16, Value) {
    let request = reqwest::Client::new().post(url(network, resource)).basic_auth(network.account(), Some(network.token())).form(form);
    let response = request.send().await.expect("an answer");
    (response.status().as_u16(), response.json().await.expect("JSON"))
}

/// Posts a form that must be granted.
pub(super) async fn create(network: &Network, resource: &str, form: &[(&str, &str)]) -> Value {
    let (status, made) = post(network, resource, form).await;
    assert_eq!(status, 201, "{made}");
    made
}

pub(super) async fn get(network: &Network, resource: &str) -> (u16, Value) {
    let request = reqwest::Client::new().get(url(network, resource)).basic_auth(network.account(), Some(network.token()));
    let response = request.send().await.expect("an answer");
    (response.status().as_u16(), response.json().await.expect("JSON"))
}

pub(super) fn field<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

#[tokio::test]
async fn refusals_have_the_documented_words() {
    let network = network(|_| status(204)).await;
    network.owns_for("+420228880001", true, false);
    network.refuses(JANA, 21_610);
    network.refuses("+420228889999", 21_614);
    let long = "a".repeat(1_601);
    let table: &[Refused] = &[
        ("Messages", &[("From", LINE), ("Body", "a")], 400, 21_604, "A 'To' phone number is required."),
        ("Messages", &[("To", PAVEL), ("Body", "a")], 400, 21_603, "A 'From' phone number is required."),
        ("Messages", &[("To", PAVEL), ("From", LINE)], 400, 21_602, "Message body is required."),
        ("Messages", &[("To", "anonymous"), ("From", LINE), ("Body", "a")], 400, 21_211, "The 'To' number anonymous is not a valid phone number."),
        ("Messages", &[("To", PAVEL), ("From", LINE), ("Body", &long)], 400, 21_617, "1600 character limit"),
        ("Messages", &[("To", LINE), ("From", LINE), ("Body", "a")], 400, 21_266, "cannot be the same"),
        ("Messages", &[("To", PAVEL), ("From", "+420228880001"), ("Body", "a")], 400, 21_606, "SMS-capable"),
        ("Messages", &[("To", PAVEL), ("From", "+420228880002"), ("Body", "a")], 400, 21_659, "is not a Twilio phone number"),
        ("Messages", &[("To", JANA), ("From", LINE), ("Body", "a")], 400, 21_610, "unsubscribed"),
        ("Messages", &[("To", "+420228889999"), ("From", LINE), ("Body", "a")], 400, 21_614, "not a valid mobile number"),
        ("Calls", &[("From", LINE), ("Url", "https://line.example.org/a")], 400, 21_201, "No 'To'"),
        ("Calls", &[("To", PAVEL), ("Url", "https://line.example.org/a")], 400, 21_213, "No 'From'"),
        ("Calls", &[("To", PAVEL), ("From", LINE)], 400, 21_205, "Url"),
        ("Calls", &[("To", PAVEL), ("From", JANA), ("Url", "https://line.example.org/a")], 400, 21_210, "not yet verified"),
        ("Calls/CA0", &[("Status", "completed")], 404, 20_404, "was not found"),
    ];
    for (resource, form, status, code, text) in table {
        let (answered, error) = post(&network, resource, form).await;
        assert_eq!((answered, error["code"].as_u64(), error["status"].as_u64()), (*status, Some(*code), Some(u64::from(*status))), "{form:?}: {error}");
        assert!(field(&error, "message").contains(text), "{error}");
        assert_eq!(field(&error, "more_info"), format!("https://www.twilio.com/docs/errors/{code}"));
    }
    let asked = network.requests();
    assert_eq!(asked.len(), table.len());
    assert!(asked.iter().all(|asked| asked.method == "POST" && asked.path.starts_with("/2010-04-01/Accounts/AC") && asked.at == network.now()));
    network.ends();
}

#[tokio::test]
async fn what_fits_no_shape_is_refused_and_a_fault() {
    let network = network(|_| status(204)).await;
    let wrong: &[(&str, &[(&str, &str)])] = &[
        ("Messages", &[("to", PAVEL)]),
        ("Messages", &[("To", PAVEL), ("From", LINE), ("Body", "a"), ("ValidityPeriod", "0")]),
        ("Messages", &[("To", PAVEL), ("From", LINE), ("Body", "a"), ("StatusCallback", "/relative")]),
        ("Messages", &[("To", PAVEL), ("To", JANA), ("From", LINE), ("Body", "a")]),
        ("Calls", &[("To", PAVEL), ("From", LINE), ("Url", "https://a.example"), ("StatusCallbackEvent", "initiated ringing")]),
        ("Calls", &[("To", PAVEL), ("From", LINE), ("Url", "https://a.example"), ("Timeout", "601")]),
    ];
    for (resource, form) in wrong {
        let (status, error) = post(&network, resource, form).await;
        assert_eq!((status, error["code"].as_u64()), (400, Some(20_001)), "{form:?}");
        assert_eq!(network.takes_faults().len(), 1, "{form:?}");
    }
    let json = reqwest::Client::new().post(url(&network, "Messages")).basic_auth(network.account(), Some(network.token())).json(&1).send().await.unwrap();
    assert_eq!(json.status(), 415);
    assert_eq!((get(&network, "Queues").await.0, network.takes_faults().len()), (404, 2));
    network.ends();
}

#[tokio::test]
async fn the_account_is_closed_to_strangers() {
    let network = network(|_| status(204)).await;
    let client = reqwest::Client::new();
    let account = format!("{}/2010-04-01/Accounts/{}.json", network.rest_url(), network.account());
    let (key, secret) = network.api_key();
    for (name, word, status) in [(network.account(), network.token(), 200), (key, secret, 200), (network.account(), "wrong".to_owned(), 401)] {
        assert_eq!(client.get(&account).basic_auth(name, Some(word)).send().await.unwrap().status(), status);
    }
    let refused: Value = client.get(&account).send().await.unwrap().json().await.unwrap();
    assert_eq!((refused["code"].as_u64(), field(&refused, "message")), (Some(20_003), "Authenticate"));
    network.ends();
}

#[tokio::test]
async fn a_call_is_ordered_and_its_document_fetched_when_it_is_answered() {
    let network = network(|heard| if heard.path == "/hello" { says(&say("Voláme zpět.")) } else { status(204) }).await;
    let order = [
        ("To", JANA),
        ("From", LINE),
        ("Url", "https://line.example.org/hello"),
        ("Timeout", "20"),
        ("StatusCallback", "https://line.example.org/call"),
        ("StatusCallbackEvent", "initiated"),
        ("StatusCallbackEvent", "ringing"),
        ("StatusCallbackEvent", "answered"),
        ("StatusCallbackEvent", "completed"),
    ];
    let made = create(&network, "Calls", &order).await;
    assert_eq!(field(&made, "direction"), "outbound-api");
    let jana = network.handset(JANA);
    assert_eq!(jana.rings().shows(), LINE);
    assert_eq!(network.live_calls(), 1);
    jana.answers().await.hears(["Voláme zpět"]).await;
    jana.is_over();
    assert_eq!(told(&network, "/call", "CallStatus"), ["initiated", "ringing", "in-progress", "completed"]);
    assert_eq!(told(&network, "/hello", "Direction"), ["outbound-api"]);
    create(&network, "Calls", &order).await;
    jana.lets_it_ring().await.ended_as("no-answer");
    assert_eq!(told(&network, "/call", "CallStatus").last().unwrap(), "no-answer");
    network.ends();
}

#[tokio::test]
async fn a_live_call_is_redirected_and_an_ended_one_is_not() {
    let network = network(|heard| match heard.path.as_str() {
        "/voice" => says(&format!("<Dial callerId=\"{LINE}\"><Number>{JANA}</Number></Dial>{}", say("Nikdy."))),
        "/elsewhere" => says(&format!("{}<Pause length=\"60\"/>", say("Jste jinde."))),
        _ => status(204),
    })
    .await;
    let (pavel, jana) = (network.caller(PAVEL), network.handset(JANA));
    pavel.dials(LINE).await;
    jana.rings();
    let call = format!("Calls/{}", pavel.sid());
    let (status, moved) = post(&network, &call, &[("Url", "https://line.example.org/elsewhere"), ("Method", "POST")]).await;
    assert_eq!((status, field(&moved, "status")), (200, "in-progress"));
    network.settles().await;
    jana.is_over().ended_as("canceled");
    network.passes(1_000).await;
    assert_eq!(pavel.sid(), field(&moved, "sid"));
    let (status, _) = post(&network, &call, &[("Twiml", &format!("<Response>{}</Response>", say("Loučíme se.")))]).await;
    assert_eq!(status, 200);
    pavel.hears(["Jste jinde", "Loučíme se"]).await;
    pavel.is_over();
    let (status, error) = post(&network, &call, &[("Status", "completed")]).await;
    assert_eq!((status, error["code"].as_u64(), field(&error, "message")), (400, Some(21_220), "Call is not in-progress. Cannot redirect."));
    network.ends();
}

#[tokio::test]
async fn a_connected_callee_can_be_taken_away_and_a_ringing_one_cancelled() {
    let network = network(|heard| match heard.path.as_str() {
        "/voice" => says(&format!("<Dial callerId=\"{LINE}\" action=\"https://line.example.org/after\"><Number>{JANA}</Number></Dial>")),
        "/whereto" => says(&say("Ještě slovo.")),
        _ => says(&say("Na shledanou.")),
    })
    .await;
    let (pavel, jana) = (network.caller(PAVEL), network.handset(JANA));
    pavel.dials(LINE).await;
    let (status, _) = post(&network, &format!("Calls/{}", jana.sid()), &[("Status", "canceled")]).await;
    assert_eq!(status, 200);
    pavel.hears(["Na shledanou"]).await;
    jana.ended_as("canceled");
    pavel.dials(LINE).await;
    jana.answers().await.is_bridged_with(PAVEL);
    post(&network, &format!("Calls/{}", jana.sid()), &[("Url", "https://line.example.org/whereto")]).await;
    jana.hears(["Ještě slovo"]).await;
    pavel.hears(["Na shledanou"]).await;
    pavel.is_over();
    network.ends();
}

#[tokio::test]
async fn an_order_whose_answer_is_lost_is_found_by_listing() {
    let network = network(|_| status(204)).await;
    network.accepts_but_never_answers();
    let form = [("To", PAVEL), ("From", LINE), ("Body", "Ahoj")];
    let lost = reqwest::Client::new().post(url(&network, "Messages")).basic_auth(network.account(), Some(network.token())).form(&form).send().await;
    assert!(lost.is_err(), "no answer leaves");
    network.accepts_and_hangs();
    let client = reqwest::Client::builder().timeout(std::time::Duration::from_millis(300)).build().unwrap();
    let lost = client.post(url(&network, "Messages")).basic_auth(network.account(), Some(network.token())).form(&form).send().await;
    assert!(lost.unwrap_err().is_timeout());
    network.settles().await;
    assert_eq!(network.inbox(PAVEL).len(), 2);
    let (_, page) = get(&network, "Messages?To=%2B420719000201&DateSent=2026-02-02&PageSize=1").await;
    assert_eq!((page["messages"].as_array().unwrap().len(), page["page_size"].as_u64()), (1, Some(1)));
    let next = format!("{}{}", network.rest_url(), field(&page, "next_page_uri"));
    let next: Value = reqwest::Client::new().get(next).basic_auth(network.account(), Some(network.token())).send().await.unwrap().json().await.unwrap();
    assert_eq!((next["messages"].as_array().unwrap().len(), next["next_page_uri"].is_null()), (1, true));
    for (query, found) in [("DateSent=2026-02-03", 0), ("DateSent%3E=2026-02-02T08:59:00Z", 2), ("DateSent%3C=2026-02-01", 0), ("To=%2B420719000999", 0)] {
        let (_, page) = get(&network, &format!("Messages?{query}")).await;
        assert_eq!(page["messages"].as_array().unwrap().len(), found, "{query}");
    }
    network.ends();
}

#[tokio::test]
async fn calls_are_listed_and_looked_at() {
    let network = network(|_| says("<Pause length=\"5\"/>")).await;
    network.caller(PAVEL).dials(LINE).await.listens().await;
    create(&network, "Calls", &[("To", PETR), ("From", LINE), ("Url", "https://line.example.org/voice")]).await;
    let (_, list) = get(&network, "Calls?Status=ringing").await;
    assert_eq!((list["calls"].as_array().unwrap().len(), field(&list["calls"][0], "to")), (1, PETR));
    let (_, call) = get(&network, &format!("Calls/{}", network.caller(PAVEL).sid())).await;
    assert_eq!((field(&call, "status"), field(&call, "duration"), field(&call, "from")), ("completed", "5", PAVEL));
    network.handset(PETR).declines().await;
    let (_, none) = get(&network, "Recordings?CallSid=CA1").await;
    assert!(none["recordings"].as_array().unwrap().is_empty());
    network.ends();
}

#[tokio::test]
async fn a_number_is_found_and_set_up() {
    let network = network(|_| status(204)).await;
    let (_, list) = get(&network, "IncomingPhoneNumbers?PhoneNumber=%2B420228880000").await;
    let number = &list["incoming_phone_numbers"][0];
    assert_eq!((field(number, "voice_url"), &number["capabilities"]["sms"]), ("https://line.example.org/voice", &Value::Bool(true)));
    let path = format!("IncomingPhoneNumbers/{}", field(number, "sid"));
    let (status, set) = post(&network, &path, &[("VoiceFallbackUrl", "https://spare.example.org/voice.xml"), ("VoiceFallbackMethod", "GET"), ("SmsUrl", "")]).await;
    assert_eq!((status, field(&set, "voice_fallback_method"), field(&set, "sms_url")), (200, "GET", ""));
    assert_eq!(network.setting(LINE, "voice_fallback_url"), "https://spare.example.org/voice.xml");
    assert_eq!(get(&network, &path).await.0, 200);
    network.ends();
}
