//! The Bot API over HTTP: `/bot<token>/<method>` with JSON or a form with files, `/file/bot<token>/<path>`.

use super::state::{BOT_ID, Webhook};
use super::{BotApi, Inner, TOKEN, shape};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Path, State};
use axum::http::{Request, Response, header};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Weak;

/// What a method is asked with.
pub struct Asking {
    pub method: String,
    pub parameters: Map<String, Value>,
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A refusal: its status, its text, and what stands in `parameters`.
pub struct Refusal(pub u16, pub String, pub Option<Value>);

impl Refusal {
    pub fn bad(text: &str) -> Self {
        Self(400, format!("Bad Request: {text}"), None)
    }

    pub fn forbidden(text: &str) -> Self {
        Self(403, format!("Forbidden: {text}"), None)
    }

    pub fn conflict(text: &str) -> Self {
        Self(409, format!("Conflict: {text}"), None)
    }

    pub fn too_much(seconds: u32) -> Self {
        Self(429, format!("Too Many Requests: retry after {seconds}"), Some(json!({"retry_after": seconds})))
    }
}

pub type Answer = Result<Value, Refusal>;

impl Asking {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).and_then(Value::as_str)
    }

    /// A number, which a form writes as text.
    pub fn number(&self, name: &str) -> Option<i64> {
        let value = self.parameters.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    /// A file of a form, named by what stands in the parameter.
    pub fn file(&self, name: &str) -> Option<&Vec<u8>> {
        let attached = self.text(name).and_then(|value| value.strip_prefix("attach://"));
        self.files.get(attached.unwrap_or(name))
    }
}

/// Answers until the stand-in is gone.
pub async fn serve(listener: tokio::net::TcpListener, api: Weak<Inner>) {
    let routes = axum::Router::new()
        .route("/{bot}/{method}", axum::routing::post(asked))
        .route("/file/{bot}/{*path}", axum::routing::get(fetched))
        .layer(axum::extract::DefaultBodyLimit::max(60 * 1_024 * 1_024))
        .with_state(api);
    axum::serve(listener, routes).await.expect("a server");
}

async fn asked(State(api): State<Weak<Inner>>, Path((bot, method)): Path<(String, String)>, request: Request<Body>) -> Response<Body> {
    let Some(api) = BotApi::from(&api) else { return Response::default() };
    if bot != format!("bot{TOKEN}") || api.state().whims.revoked {
        return refused(&Refusal(401, "Unauthorized".to_owned(), None));
    }
    let asking = read(method.to_ascii_lowercase(), request).await;
    api.state().asked.push(asking.method.clone());
    if let Err(refusal) = api.judges(&asking) {
        return refused(&refusal);
    }
    let lost = {
        let mut state = api.state();
        let lost = asking.method.starts_with("send") && state.whims.silent > 0;
        state.whims.silent -= u32::from(lost);
        lost
    };
    let answer = if asking.method == "getupdates" { api.updates(&asking).await } else { api.does(&asking) };
    if lost {
        let broken = futures_util::stream::iter([Err::<Bytes, _>(std::io::Error::other("lost"))]);
        return Response::new(Body::from_stream(broken));
    }
    match answer {
        Ok(result) => answered(200, &json!({"ok": true, "result": result})),
        Err(refusal) => refused(&refusal),
    }
}

fn refused(Refusal(status, text, parameters): &Refusal) -> Response<Body> {
    let mut answer = json!({"ok": false, "error_code": status, "description": text});
    if let (Some(parameters), Some(parts)) = (parameters, answer.as_object_mut()) {
        parts.insert("parameters".to_owned(), parameters.clone());
    }
    answered(*status, &answer)
}

fn answered(status: u16, answer: &Value) -> Response<Body> {
    Response::builder().status(status).header(header::CONTENT_TYPE, "application/json").body(Body::from(answer.to_string())).expect("a response")
}

async fn read(method: String, request: Request<Body>) -> Asking {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let mut asking = Asking { method, parameters: Map::new(), files: BTreeMap::new() };
    if kind.starts_with("multipart/form-data") {
        let mut form = Multipart::from_request(request, &()).await.expect("a form");
        while let Some(part) = form.next_field().await.expect("a part") {
            let (name, is_file) = (part.name().unwrap_or_default().to_owned(), part.file_name().is_some());
            let bytes = part.bytes().await.expect("its bytes").to_vec();
            if is_file {
                asking.files.insert(name, bytes);
            } else {
                asking.parameters.insert(name, String::from_utf8(bytes).expect("text").into());
            }
        }
    } else {
        let body = Bytes::from_request(request, &()).await.expect("a body");
        asking.parameters = serde_json::from_slice(&body).unwrap_or_default();
    }
    asking
}

async fn fetched(State(api): State<Weak<Inner>>, Path((bot, path)): Path<(String, String)>) -> Response<Body> {
    let Some(api) = BotApi::from(&api) else { return Response::default() };
    let found = api.state().files.get(path.trim_start_matches("files/")).map(|(_, bytes)| bytes.clone());
    match found.filter(|_| bot == format!("bot{TOKEN}")) {
        Some(bytes) => Response::new(Body::from(bytes)),
        None => answered(404, &json!({"ok": false, "error_code": 404, "description": "Not Found"})),
    }
}

impl BotApi {
    /// Only documented methods, only with documented parameters.
    fn judges(&self, asking: &Asking) -> Result<(), Refusal> {
        let Some(known) = shape::parameters(&asking.method) else {
            self.state().fault(format!("no method {}", asking.method));
            return Err(Refusal(404, "Not Found".to_owned(), None));
        };
        let unknown: Vec<_> = asking.parameters.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        self.state().fault(format!("{} was asked with {unknown:?}", asking.method));
        Err(Refusal::bad(&format!("unknown parameters {unknown:?}")))
    }

    fn does(&self, asking: &Asking) -> Answer {
        match asking.method.as_str() {
            "getme" => Ok(self.me()),
            "sendmessage" => self.sends_words(asking),
            "sendphoto" => self.sends_file(asking, "photo"),
            "sendvoice" => self.sends_file(asking, "voice"),
            "senddocument" => self.sends_file(asking, "document"),
            "sendchataction" => self.shows_action(asking),
            "editmessagetext" => self.edits(asking),
            "answercallbackquery" => self.acknowledges(asking),
            "getfile" => self.finds_file(asking),
            "setwebhook" => self.sets_webhook(asking),
            "deletewebhook" => {
                self.state().webhook = None;
                Ok(true.into())
            }
            "getwebhookinfo" => Ok(self.tells_webhook()),
            "setmycommands" => self.sets_menu(asking),
            other => panic!("{other} stands in the table and nothing does it"),
        }
    }

    fn me(&self) -> Value {
        let hears = self.state().whims.no_privacy;
        json!({"id": BOT_ID, "is_bot": true, "first_name": "Linka", "username": "LinkaBot", "can_join_groups": true, "can_read_all_group_messages": hears, "supports_inline_queries": false, "can_connect_to_business": false, "has_main_web_app": false})
    }

    fn acknowledges(&self, asking: &Asking) -> Answer {
        let mut state = self.state();
        match asking.text("callback_query_id").and_then(|query| state.queries.get_mut(query)) {
            Some(done) => {
                *done = true;
                Ok(true.into())
            }
            None => Err(Refusal::bad("query is too old and response timeout expired or query ID is invalid")),
        }
    }

    fn sets_webhook(&self, asking: &Asking) -> Answer {
        let (url, secret) = (asking.text("url").unwrap_or_default(), asking.text("secret_token").unwrap_or_default());
        if asking.number("max_connections") != Some(1) {
            self.state().fault("updates sent side by side overtake each other".to_owned());
        }
        if !url.starts_with("https://") {
            return Err(Refusal::bad("bad webhook: An HTTPS URL must be provided for webhook"));
        }
        let plain = secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if !plain || !(1..=256).contains(&secret.len()) {
            return Err(Refusal::bad("secret token contains unallowed characters"));
        }
        self.state().webhook = Some(Webhook { url: url.to_owned(), secret: secret.to_owned(), error: None });
        self.0.woken.notify_waiters();
        Ok(true.into())
    }

    fn tells_webhook(&self) -> Value {
        let state = self.state();
        let (url, error) = state.webhook.as_ref().map_or(("", None), |webhook| (webhook.url.as_str(), webhook.error.clone()));
        json!({"url": url, "has_custom_certificate": false, "pending_update_count": state.updates.len(), "last_error_message": error})
    }

    fn sets_menu(&self, asking: &Asking) -> Answer {
        let commands = asking.parameters.get("commands").and_then(Value::as_array).cloned().unwrap_or_default();
        let word = |command: &Value| command["command"].as_str().unwrap_or_default().to_owned();
        let good = |command: &Value| {
            let said = command["description"].as_str().unwrap_or_default().chars().count();
            (1..=32).contains(&word(command).len()) && word(command).bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') && (3..=256).contains(&said)
        };
        if commands.is_empty() || commands.len() > 100 || !commands.iter().all(good) {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        let scope = &asking.parameters["scope"];
        let chat = scope["chat_id"].as_i64();
        let mut state = self.state();
        if chat.is_some_and(|chat| !state.people.contains_key(&chat)) {
            return Err(Refusal::bad("chat not found"));
        }
        let scope = format!("{}{}", scope["type"].as_str().unwrap_or_default(), chat.map(|chat| format!(" {chat}")).unwrap_or_default());
        state.menus.push((scope, asking.text("language_code").unwrap_or_default().to_owned(), commands.iter().map(word).collect()));
        Ok(true.into())
    }
}
