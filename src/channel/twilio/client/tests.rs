//! The client against a stand-in that writes down what it hears, checks it against the published
//! shapes and answers as it is told.

use super::{Account, ApiError, Capabilities, Client, Credentials, Format, NewCall, NewMessage, NumberSettings, SetupError};
use crate::channel::twilio::{Form, Secret};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use chrono::{TimeZone, Utc};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const SID: &str = "AC0123456789abcdef0123456789abcdef";

type Answer = (u16, Vec<(&'static str, String)>, Vec<u8>);

#[derive(Default)]
struct Record {
    answers: VecDeque<Answer>,
    heard: Vec<(String, Form, HeaderMap)>,
}

/// The API's other side.
#[derive(Clone)]
struct StandIn {
    record: Arc<Mutex<Record>>,
    base: String,
}

impl StandIn {
    async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let record = Arc::new(Mutex::new(Record { answers: answers.into_iter().collect(), heard: Vec::new() }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(hear).with_state(record.clone());
        in_background(async move { axum::serve(listener, router).await.unwrap() });
        Self { record, base }
    }

    fn client(&self) -> Client {
        Client::new(&self.base, credentials()).unwrap()
    }

    fn heard(&self) -> Vec<(String, Form)> {
        self.record.lock().unwrap().heard.iter().map(|(line, form, _)| (line.clone(), form.clone())).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "the stand-in lives as long as its test")]
fn in_background(future: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(future);
}

async fn hear(State(record): State<Arc<Mutex<Record>>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> (StatusCode, HeaderMap, Vec<u8>) {
    let form = Form::parse(if method == Method::POST { &body } else { uri.query().unwrap_or_default().as_bytes() });
    let mut record = record.lock().unwrap();
    let line = format!("{method} {}", uri.path());
    record.heard.push((line.clone(), form.clone(), headers));
    let fault = misshapen(&line, &form);
    let (status, headers, body) = match fault {
        Some(fault) => (418, Vec::new(), json(&serde_json::json!({ "message": fault }))),
        None => record.answers.pop_front().unwrap_or((418, Vec::new(), b"nothing more to say".to_vec())),
    };
    let headers = headers.into_iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    (StatusCode::from_u16(status).unwrap(), headers, body)
}

/// What a request has that the published shapes do not know.
fn misshapen(line: &str, form: &Form) -> Option<String> {
    let shapes: serde_json::Value = serde_json::from_str(include_str!("../../../../tests/judge/shapes.json")).unwrap();
    let fits = |shape: &str| {
        let (shape, line): (Vec<_>, Vec<_>) = (shape.split('/').collect(), line.split('/').collect());
        let part = |(shape, part): (&&str, &&str)| {
            let (before, after) = shape.split_once('{').map_or((*shape, ""), |(before, rest)| (before, rest.split_once('}').unwrap().1));
            if shape.contains('{') { part.starts_with(before) && part.ends_with(after) && part.len() > after.len() } else { shape == part }
        };
        shape.len() == line.len() && shape.iter().zip(&line).all(part)
    };
    let Some((name, shape)) = shapes["operations"].as_object().unwrap().iter().find(|(shape, _)| fits(shape)) else {
        return Some(format!("{line} is not published"));
    };
    let unknown = form.pairs().find(|(key, value)| match &shape["parameters"][key] {
        serde_json::Value::Array(allowed) => !allowed.iter().any(|allowed| allowed == value),
        serde_json::Value::String(kind) if kind == "integer" => value.parse::<u32>().is_err(),
        serde_json::Value::String(kind) if kind == "url" => reqwest::Url::parse(value).is_err(),
        serde_json::Value::String(_) => false,
        _ => true,
    });
    let missing = shape["required"].as_array().unwrap().iter().find(|key| form.get(key.as_str().unwrap()).is_none());
    unknown.map(|pair| format!("{name}: {pair:?}")).or_else(|| missing.map(|key| format!("{name} lacks {key}")))
}

fn credentials() -> Credentials {
    Credentials { account_sid: SID.into(), user: "SK1".into(), secret: Secret::new("hush") }
}

fn json(value: &serde_json::Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn ok(value: &serde_json::Value) -> Answer {
    (200, Vec::new(), json(value))
}

fn path(rest: &str) -> String {
    format!("/2010-04-01/Accounts/{SID}{rest}")
}

fn form(pairs: &[(&str, &str)]) -> Form {
    pairs.iter().copied().collect()
}

fn message() -> NewMessage<'static> {
    let status_callback = Some("https://line.example.org/t/s/status?l=1#rc=2");
    NewMessage { to: "+420719000001", from: "+420719880000", body: "Dobrý den & díky", status_callback, validity_s: Some(600) }
}

#[tokio::test]
async fn a_message_is_sent_as_a_form_and_read_whatever_else_is_told() {
    let told = serde_json::json!({
        "sid": "SM1", "status": "queued", "error_code": null, "to": "+420719000001", "from": null, "body": "Dobrý den",
        "date_created": "Thu, 05 Feb 2026 08:00:00 +0000", "date_sent": null, "brand_new": {"x": [1]},
    });
    let api = StandIn::answering([(201, Vec::new(), json(&told))]).await;
    let created = api.client().create_message(&message()).await.unwrap();
    assert_eq!((created.sid.as_str(), created.status.as_str(), created.error_code, created.date_sent), ("SM1", "queued", None, None));
    assert_eq!(created.date_created, Some(Utc.with_ymd_and_hms(2026, 2, 5, 8, 0, 0).unwrap()));
    let sent = form(&[
        ("To", "+420719000001"),
        ("From", "+420719880000"),
        ("Body", "Dobrý den & díky"),
        ("StatusCallback", "https://line.example.org/t/s/status?l=1#rc=2"),
        ("ValidityPeriod", "600"),
    ]);
    assert_eq!(api.heard(), [(format!("POST {}", path("/Messages.json")), sent)]);
    let headers = api.record.lock().unwrap().heard[0].2.clone();
    assert_eq!(headers["authorization"], "Basic U0sxOmh1c2g=");
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    let shown = format!("{created:?} {:?} {:?}", message(), api.client());
    for secret in ["719000001", "Dobrý", "hush", "U0sx"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn messages_are_looked_at_and_listed() {
    let one = serde_json::json!({"sid": "SM1", "status": "undelivered", "error_code": "30003"});
    let listed = serde_json::json!({"messages": [{"sid": "SM2"}, {"sid": "SM3", "status": null}], "next_page_uri": null});
    let api = StandIn::answering([ok(&one), ok(&listed)]).await;
    let looked = api.client().message("SM1").await.unwrap();
    assert_eq!((looked.status.as_str(), looked.error_code), ("undelivered", Some(30_003)));
    let found = api.client().messages("+420719000001", "+420719880000").await.unwrap();
    assert_eq!(found.iter().map(|message| message.sid.as_str()).collect::<Vec<_>>(), ["SM2", "SM3"]);
    let asked = form(&[("To", "+420719000001"), ("From", "+420719880000"), ("PageSize", "200")]);
    assert_eq!(api.heard(), [(format!("GET {}", path("/Messages/SM1.json")), Form::default()), (format!("GET {}", path("/Messages.json")), asked)]);
}

#[tokio::test]
async fn calls_are_made_redirected_ended_and_withdrawn() {
    let call = serde_json::json!({"sid": "CA1", "status": "ringing"});
    let api = StandIn::answering(std::iter::repeat_n(ok(&call), 5)).await;
    let client = api.client();
    let url = "https://line.example.org/t/v/bridge?c=1";
    let status_callback = "https://line.example.org/t/v/status?c=1";
    let new = NewCall { to: "+420719000001", from: "+420719880000", url, status_callback, timeout_s: 25, time_limit_s: 3_600 };
    assert_eq!(client.create_call(&new).await.unwrap().sid, "CA1");
    assert_eq!(client.call("CA1").await.unwrap().status, "ringing");
    client.redirect_call("CA1", url).await.unwrap();
    client.complete_call("CA1").await.unwrap();
    client.cancel_call("CA1").await.unwrap();
    let (calls, one) = (path("/Calls.json"), path("/Calls/CA1.json"));
    let made = form(&[
        ("To", "+420719000001"),
        ("From", "+420719880000"),
        ("Url", url),
        ("Method", "POST"),
        ("Timeout", "25"),
        ("TimeLimit", "3600"),
        ("StatusCallback", status_callback),
        ("StatusCallbackMethod", "POST"),
        ("StatusCallbackEvent", "initiated"),
        ("StatusCallbackEvent", "ringing"),
        ("StatusCallbackEvent", "answered"),
        ("StatusCallbackEvent", "completed"),
    ]);
    let heard = [
        (format!("POST {calls}"), made),
        (format!("GET {one}"), Form::default()),
        (format!("POST {one}"), form(&[("Url", url), ("Method", "POST")])),
        (format!("POST {one}"), form(&[("Status", "completed")])),
        (format!("POST {one}"), form(&[("Status", "canceled")])),
    ];
    assert_eq!(api.heard(), heard);
}

#[tokio::test]
async fn calls_are_listed() {
    let listed = serde_json::json!({"calls": [{"sid": "CA2", "status": "queued", "start_time": null, "date_created": "Mon, 02 Feb 2026 09:00:00 +0000"}, {"sid": "CA1"}]});
    let api = StandIn::answering([ok(&listed), ok(&serde_json::json!({"calls": []}))]).await;
    let found = api.client().calls("+420719000001", "+420719880000").await.unwrap();
    assert_eq!(found.iter().map(|call| call.sid.as_str()).collect::<Vec<_>>(), ["CA2", "CA1"]);
    assert_eq!((found[0].date_created, found[1].date_created), (Some(Utc.with_ymd_and_hms(2026, 2, 2, 9, 0, 0).unwrap()), None));
    assert_eq!(api.client().calls_going_on().await, Ok(Vec::new()));
    let line = format!("GET {}", path("/Calls.json"));
    let of_phone = form(&[("To", "+420719000001"), ("From", "+420719880000"), ("PageSize", "50")]);
    assert_eq!(api.heard(), [(line.clone(), of_phone), (line, form(&[("Status", "in-progress"), ("PageSize", "1000")]))]);
}

#[tokio::test]
async fn numbers_are_listed_page_by_page_and_told_whom_to_call() {
    let first = serde_json::json!({
        "incoming_phone_numbers": [{"sid": "PN1", "phone_number": "+420719880000", "capabilities": {"voice": true, "SMS": false, "mms": false}}],
        "next_page_uri": path("/IncomingPhoneNumbers.json?PageSize=50&Page=1&PageToken=PT1"),
    });
    let second = serde_json::json!({"incoming_phone_numbers": [{"sid": "PN2", "phone_number": "+420719880001", "sms_url": ""}]});
    let api = StandIn::answering([ok(&first), ok(&second), ok(&serde_json::json!({"sid": "PN2", "phone_number": "+420719880001"}))]).await;
    let numbers = api.client().numbers().await.unwrap();
    assert_eq!(numbers.iter().map(|number| number.sid.as_str()).collect::<Vec<_>>(), ["PN1", "PN2"]);
    assert_eq!(numbers[0].capabilities, Some(Capabilities { voice: true, sms: false }));
    let url = "https://line.example.org/twilio/sms";
    let spare = "https://spare.example.org/voice.xml";
    let whom = NumberSettings { sms_url: Some(url), voice_fallback_url: Some(spare), status_callback: Some(url), ..NumberSettings::default() };
    api.client().update_number("PN2", &whom).await.unwrap();
    let lines: Vec<_> = api.heard().into_iter().skip(1).collect();
    let page = form(&[("PageSize", "50"), ("Page", "1"), ("PageToken", "PT1")]);
    let settings = form(&[
        ("SmsUrl", url),
        ("SmsMethod", "POST"),
        ("VoiceFallbackUrl", spare),
        ("VoiceFallbackMethod", "GET"),
        ("StatusCallback", url),
        ("StatusCallbackMethod", "POST"),
    ]);
    let heard = [
        (format!("GET {}", path("/IncomingPhoneNumbers.json")), page),
        (format!("POST {}", path("/IncomingPhoneNumbers/PN2.json")), settings),
    ];
    assert_eq!(lines, heard);

    let elsewhere = serde_json::json!({"incoming_phone_numbers": [], "next_page_uri": "https://evil.example/next"});
    let api = StandIn::answering([ok(&elsewhere)]).await;
    assert_eq!(api.client().numbers().await, Err(ApiError::Unfit("not on the API's host")));
}

#[tokio::test]
async fn the_account_answers_to_good_credentials_only() {
    let told = serde_json::json!({"sid": SID, "friendly_name": "Line", "status": "active", "type": "Full"});
    let wrong = serde_json::json!({"code": 20003, "message": "Authenticate", "more_info": "", "status": 401});
    let api = StandIn::answering([ok(&told), (401, Vec::new(), json(&wrong))]).await;
    let account = Account { sid: SID.into(), friendly_name: "Line".into(), status: "active".into(), kind: "Full".into(), auth_token: None };
    assert_eq!(api.client().account().await, Ok(account));
    let refused = ApiError::Refused { status: 401, code: Some(20_003), message: "Authenticate".into(), retry_after_s: None };
    assert_eq!(api.client().account().await, Err(refused));
}

#[tokio::test]
async fn refusals_are_told_apart_and_nothing_is_repeated() {
    let invalid = serde_json::json!({"code": 21211, "message": "The 'To' number +420719000001 is not a valid phone number.", "status": 400});
    let wait = vec![("retry-after", "7".to_owned())];
    let elsewhere = vec![("location", "https://evil.example/".to_owned())];
    let refused = |status, code, message: &str, retry_after_s| ApiError::Refused { status, code, message: message.into(), retry_after_s };
    let table = [
        ((400, Vec::new(), json(&invalid)), refused(400, Some(21_211), "The 'To' number … is not a valid phone number.", None)),
        ((429, wait, json(&serde_json::json!({"code": 20429, "message": "Too many"}))), refused(429, Some(20_429), "Too many", Some(7))),
        ((502, Vec::new(), b"<h1>Bad gateway</h1>".to_vec()), ApiError::NoAnswer),
        ((201, Vec::new(), b"<h1>What?</h1>".to_vec()), ApiError::NoAnswer),
        ((307, elsewhere, Vec::new()), refused(307, None, "", None)),
    ];
    for (answer, expected) in table {
        let api = StandIn::answering([answer]).await;
        assert_eq!(api.client().create_message(&message()).await, Err(expected.clone()));
        assert_eq!(api.heard().len(), 1, "{expected:?} was repeated");
        assert!(!expected.to_string().contains("719"));
    }
}

#[tokio::test]
async fn a_recording_is_fetched_from_the_api_alone() {
    let wav = path("/Recordings/RE1.wav");
    let here = |to: &str| (302, vec![("location", to.to_owned())], Vec::new());
    let sound = || (200, Vec::new(), vec![7; 1_000]);
    let api = StandIn::answering([sound(), here(&path("/Recordings/RE2.wav")), sound(), sound()]).await;
    let client = api.client();
    assert_eq!(client.recording("RE1", Format::Wav).await.unwrap().len(), 1_000);
    assert_eq!(client.recording("RE1", Format::Wav).await.unwrap().len(), 1_000);
    assert_eq!(client.recording_at(&format!("{}{}", api.base, path("/Recordings/RE1")), Format::Mp3).await.unwrap().len(), 1_000);
    let lines: Vec<_> = api.heard().into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, ["RE1.wav", "RE1.wav", "RE2.wav", "RE1.mp3"].map(|file| format!("GET {}", path(&format!("/Recordings/{file}")))));

    let unfit = |reason| Err(ApiError::Unfit(reason));
    for url in ["https://evil.example/RE1", "file:///etc/passwd", "http://127.0.0.1:1/RE1", "http://a:b@127.0.0.1/RE1"] {
        assert_eq!(client.recording_at(url, Format::Wav).await, unfit("not on the API's host"), "{url}");
    }
    assert_eq!(client.recording_at("RE1", Format::Wav).await, unfit("no address"));
    let api = StandIn::answering([here("http://127.0.0.1:1/RE1.wav"), (200, Vec::new(), vec![7; 5 * 1_024 * 1_024 + 1])]).await;
    assert_eq!(api.client().recording("RE1", Format::Wav).await, unfit("not on the API's host"));
    assert_eq!(api.client().recording("RE1", Format::Wav).await, unfit("larger than we take"));
    let api = StandIn::answering(std::iter::repeat_n(here(&wav), 9)).await;
    assert_eq!(api.client().recording("RE1", Format::Wav).await, unfit("moved too often"));
    assert_eq!(api.heard().len(), 3);
}

#[tokio::test]
async fn a_recording_is_deleted_once_and_for_all() {
    let gone = || (404, Vec::new(), json(&serde_json::json!({"code": 20404, "message": "gone"})));
    let api = StandIn::answering([(204, Vec::new(), Vec::new()), gone(), (500, Vec::new(), Vec::new())]).await;
    let client = api.client();
    assert_eq!([client.delete_recording("RE1").await, client.delete_recording("RE1").await], [Ok(()), Ok(())]);
    let refused = ApiError::Refused { status: 500, code: None, message: String::new(), retry_after_s: None };
    assert_eq!(client.delete_recording("RE1").await, Err(refused));
    assert_eq!(api.heard()[0].0, format!("DELETE {}", path("/Recordings/RE1.json")));
}

/// A server that takes one request and then does as it likes with the connection.
async fn rude(ending: &'static str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    in_background(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut request = [0; 4_096];
        let _ = connection.read(&mut request).await;
        let _ = connection.write_all(ending.as_bytes()).await;
        if ending.is_empty() {
            std::future::pending::<()>().await;
        }
    });
    Client::patient(&base, credentials(), Duration::from_millis(300)).unwrap()
}

#[tokio::test]
async fn what_may_have_gone_out_is_told_from_what_did_not() {
    // Silent; broken off within the head; broken off within the body.
    for ending in ["", "HTTP/1.1 20", "HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{\"sid\":"] {
        let client = rude(ending).await;
        assert_eq!(client.create_message(&message()).await, Err(ApiError::NoAnswer), "{ending}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client = Client::new(&format!("http://{closed}"), credentials()).unwrap();
    assert_eq!(client.create_message(&message()).await, Err(ApiError::NotSent));
}

#[tokio::test]
async fn a_look_alike_may_stand_under_a_path() {
    let client = |base: &str| Client::new(base, credentials());
    let table = ["https://api.example", "https://api.example/", "https://space.example/api/laml", "https://space.example/api/laml/"];
    let addresses = table.map(|base| client(base).unwrap().within(&["Calls", "CA1/../x.json"]).to_string());
    let rest = path("/Calls/CA1%2F..%2Fx.json");
    let expected = ["https://api.example", "https://api.example", "https://space.example/api/laml", "https://space.example/api/laml"];
    assert_eq!(addresses, expected.map(|base| format!("{base}{rest}")));
    for base in ["", "api.example", "ftp://api.example", "mailto:a@example"] {
        assert!(matches!(client(base), Err(SetupError::Address)), "{base}");
    }
}
