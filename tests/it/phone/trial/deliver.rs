//! A line of its own, reached in both ways: signed over the address the world knows it by.

use super::{LINE, PAVEL, network, say};
use crate::phone::{over_http, sign, within};
use axum::body::Bytes;
use axum::extract::OriginalUri;
use axum::http::{HeaderMap, header};
use axum::routing::post;

fn line(token: String) -> axum::Router {
    let voice = async move |OriginalUri(uri): OriginalUri, headers: HeaderMap, body: Bytes| {
        let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).unwrap();
        let url = format!("https://{}{}", headers["host"].to_str().unwrap(), uri.path_and_query().unwrap());
        assert_eq!(headers["x-twilio-signature"], sign(&token, &url, &form), "{url}");
        assert!(headers.contains_key("i-twilio-idempotency-token"));
        ([(header::CONTENT_TYPE, "text/xml")], format!("<Response>{}</Response>", say("Dobrý den.")))
    };
    axum::Router::new().route("/voice", post(voice))
}

#[tokio::test]
async fn a_line_is_reached_within_the_process_and_over_a_connection() {
    let network = network(|_| unreachable!("another line")).await;
    let pavel = network.caller(PAVEL);
    network.reaches(within(line(network.token())));
    pavel.dials(LINE).await.hears(["Dobrý den"]).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut server = tokio::task::JoinSet::new();
    let app = line(network.token());
    server.spawn(async move { axum::serve(listener, app).await.unwrap() });
    network.reaches(over_http(address));
    pavel.dials(LINE).await.hears(["Dobrý den"]).await;
    server.shutdown().await;
    network.reaches(over_http(address));
    pavel.dials(LINE).await.hears(["application error"]).await;
    let answered: Vec<_> = network.deliveries().iter().map(|delivery| delivery.status).collect();
    assert_eq!(answered, [Some(200), Some(200), None, None]);
    network.ends();
}
