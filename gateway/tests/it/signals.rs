//! Signals, from one replica to another.

use futures::{SinkExt, StreamExt};
use http::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::support::app::{STATIC_TOKEN, TestApp};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn connect(app: &TestApp, token: Option<&str>) -> Result<Socket, Error> {
    let url = format!("{}/api/signals", app.url().replacen("http", "ws", 1));
    let mut request = url.into_client_request().expect("a request");
    if let Some(token) = token {
        let token = token.parse().expect("a header value");
        request.headers_mut().insert("sec-websocket-protocol", token);
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

async fn subscribe(socket: &mut Socket, channel: &str) {
    let text = json!({"action": "subscribe", "channel": channel}).to_string();
    socket.send(Message::text(text)).await.expect("is sent");
    // A ping is answered after what came before it.
    socket.send(Message::Ping("x".into())).await.expect("is sent");
    while !matches!(socket.next().await, Some(Ok(Message::Pong(_)))) {}
}

async fn next(socket: &mut Socket) -> Value {
    while let Some(message) = socket.next().await {
        if let Message::Text(text) = message.expect("a message") {
            return serde_json::from_str(&text).expect("JSON");
        }
    }
    panic!("the connection ended");
}

async fn publish(app: &TestApp, recipients: &Value, message: &Value) -> u16 {
    let payload = json!({"recipients": recipients, "channel": "news", "message": message});
    let answer = app
        .call(Method::POST, "/api/events/bus/v1/events")
        .bearer(STATIC_TOKEN)
        .json(&json!({"event": {"topic": "signals", "payload": payload}}))
        .send()
        .await;
    answer.status.as_u16()
}

#[sqlx::test(migrations = "./migrations")]
async fn signals_reach_browsers_at_every_replica(pool: PgPool) {
    let (one, other) = (TestApp::start(pool.clone()).await, TestApp::start(pool).await);
    let token = one.guest_token().await;
    let mut guest = connect(&one, Some(&token)).await.expect("a connection");
    let mut nobody = connect(&other, None).await.expect("a connection");
    subscribe(&mut guest, "news").await;
    subscribe(&mut nobody, "news").await;

    // Published at the one replica, for a browser at the other.
    let to_guest = json!({"type": "user", "entityRef": "user:development/guest"});
    assert_eq!(publish(&other, &to_guest, &json!({"n": 1})).await, 201);
    assert_eq!(
        publish(&one, &json!({"type": "broadcast"}), &json!({"n": 2})).await,
        201
    );
    assert_eq!(next(&mut guest).await, json!({"channel": "news", "message": {"n": 1}}));
    assert_eq!(next(&mut guest).await, json!({"channel": "news", "message": {"n": 2}}));
    assert_eq!(next(&mut nobody).await, json!({"channel": "news", "message": {"n": 2}}));

    // A page that is opened now still gets what was sent to its user a moment ago.
    let mut late = connect(&other, Some(&token)).await.expect("a connection");
    let text = json!({"action": "subscribe", "channel": "news"}).to_string();
    late.send(Message::text(text)).await.expect("is sent");
    assert_eq!(next(&mut late).await, json!({"channel": "news", "message": {"n": 1}}));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_bad_token_is_refused_plainly(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let Err(Error::Http(response)) = connect(&app, Some("nonsense")).await else {
        panic!("it was let in");
    };
    assert_eq!(response.status(), 401);
    assert!(response.headers().get("upgrade").is_none());
    assert_eq!(response.headers()["content-length"], "0");
    let guest = app
        .as_guest(Method::POST, "/api/events/bus/v1/events")
        .await
        .json(&json!({"event": {"topic": "signals", "payload": {}}}))
        .send()
        .await;
    assert_eq!(guest.status, 403, "people do not publish");
}
