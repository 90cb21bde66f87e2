//! The WebSocket, over HTTP/1.1 and inside an HTTP/2 connection.

use anyhow::{Context, Result};
use callboard_end_to_end::proxy::{
    raw_server::{RawServer, Script},
    stack::{JANE, ProxyStack, full, request, user_cookie},
    third_party::ThirdParty,
};
use futures::{SinkExt, StreamExt};
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Empty};
use hyper::{
    body::{Bytes, Incoming},
    client::conn::http2,
    ext::Protocol,
    upgrade::Upgraded,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest, protocol::Role},
};

type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// Sends a large message to a third party that returns it, and says goodbye.
async fn carries_much_and_closes<S>(socket: &mut WebSocketStream<S>) -> Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let large = Message::binary(vec![7_u8; 3_000_000]);
    socket.send(large.clone()).await?;
    assert_eq!(socket.next().await.context("an answer")??, large);
    socket.close(None).await?;
    while let Some(message) = socket.next().await {
        assert!(message?.is_close());
    }
    Ok(())
}

#[tokio::test]
async fn web_sockets_are_tunnelled() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/t": third.url() } })).await?;
    let mut upgrade = format!("ws://{}/api/proxy/t/socket", portal.gateway()).into_client_request()?;
    let stranger = tokio_tungstenite::connect_async(upgrade.clone()).await;
    assert!(stranger.is_err(), "an upgrade needs credentials like any other request");
    upgrade
        .headers_mut()
        .insert(header::AUTHORIZATION, format!("Bearer {JANE}").parse()?);
    upgrade
        .headers_mut()
        .insert(header::SEC_WEBSOCKET_PROTOCOL, "chat".parse()?);
    let (mut socket, response) = tokio_tungstenite::connect_async(upgrade).await?;
    assert_eq!(response.headers()[header::SEC_WEBSOCKET_PROTOCOL], "chat");
    socket.send(Message::text("hello")).await?;
    assert_eq!(socket.next().await.context("an answer")??, Message::text("echo hello"));
    carries_much_and_closes(&mut socket).await?;

    let refused = Request::get("/api/proxy/t/status/403")
        .header(header::HOST, "x")
        .header(header::AUTHORIZATION, format!("Bearer {JANE}"))
        .header(header::CONNECTION, "upgrade")
        .header(header::UPGRADE, "websocket")
        .body(full(""))?;
    assert_eq!(
        portal.send(refused).await?.status,
        StatusCode::FORBIDDEN,
        "a third party may decline"
    );
    portal.stop().await;
    Ok(())
}

/// A connection of a browser that speaks HTTP/2.
struct Browser {
    sender: http2::SendRequest<Empty<Bytes>>,
    origin: String,
}

impl Browser {
    async fn connect(portal: &ProxyStack) -> Result<Self> {
        let stream = TcpStream::connect(portal.gateway()).await?;
        let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let mut browser = Self {
            sender,
            origin: format!("http://{}", portal.gateway()),
        };
        // What the server offers has arrived with its first answer.
        let request = Request::get(format!("{}/.backstage/health/v1/liveness", browser.origin)).body(Empty::new())?;
        browser.sender.send_request(request).await?;
        Ok(browser)
    }

    async fn open(
        &mut self,
        path: &str,
        protocol: &'static str,
        headers: &[(&str, &str)],
    ) -> Result<Response<Incoming>> {
        let mut request = Request::builder()
            .method(Method::CONNECT)
            .uri(format!("{}{path}", self.origin))
            .header(header::SEC_WEBSOCKET_VERSION, "13")
            .extension(Protocol::from_static(protocol));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Ok(self.sender.send_request(request.body(Empty::new())?).await?)
    }
}

async fn socket(response: Response<Incoming>) -> Result<Socket> {
    anyhow::ensure!(response.status() == StatusCode::OK, "{response:?}");
    let upgraded = hyper::upgrade::on(response).await?;
    Ok(WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Client, None).await)
}

/// A refusal is told as any other error of the portal's.
async fn is_refused(response: Response<Incoming>, status: StatusCode, word: &str) -> Result<()> {
    assert_eq!(response.status(), status);
    assert!(response.headers().contains_key("x-request-id"), "{response:?}");
    let body: Value = serde_json::from_slice(&response.into_body().collect().await?.to_bytes())?;
    assert_eq!(body["response"]["statusCode"], status.as_u16());
    assert!(
        body["error"]["message"]
            .as_str()
            .is_some_and(|text| text.contains(word)),
        "{body}"
    );
    Ok(())
}

/// RFC 8441.
#[tokio::test]
async fn web_sockets_open_inside_an_http2_connection() -> Result<()> {
    let third = ThirdParty::start().await?;
    let careless = RawServer::start(Script::AnswerAndClose(
        b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: made-up\r\n\r\n"
            .to_vec(),
    ))
    .await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/t": third.url(), "/careless": careless.url() } })).await?;
    let token = format!("Bearer {JANE}");
    let jane = [("authorization", token.as_str()), ("sec-websocket-protocol", "chat")];
    let mut browser = Browser::connect(&portal).await?;

    let stranger = browser.open("/api/proxy/t/socket", "websocket", &[]).await?;
    assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED);
    let response = browser.open("/api/proxy/t/socket", "websocket", &jane).await?;
    assert_eq!(response.headers()[header::SEC_WEBSOCKET_PROTOCOL], "chat");
    for name in [header::CONNECTION, header::UPGRADE, header::SEC_WEBSOCKET_ACCEPT] {
        assert!(!response.headers().contains_key(&name), "{name} belongs to HTTP/1.1");
    }
    let mut first = socket(response).await?;
    let mut second = socket(browser.open("/api/proxy/t/socket", "websocket", &jane).await?).await?;
    first.send(Message::text("one")).await?;
    second.send(Message::text("two")).await?;
    assert_eq!(second.next().await.context("an answer")??, Message::text("echo two"));
    assert_eq!(first.next().await.context("an answer")??, Message::text("echo one"));
    carries_much_and_closes(&mut first).await?;

    let declined = browser.open("/api/proxy/t/status/403", "websocket", &jane).await?;
    assert_eq!(declined.status(), StatusCode::FORBIDDEN, "a third party may decline");
    let unknown = browser.open("/api/proxy/t/socket", "connect-udp", &jane).await?;
    is_refused(unknown, StatusCode::NOT_IMPLEMENTED, "connect-udp").await?;
    let careless = browser.open("/api/proxy/careless/socket", "websocket", &jane).await?;
    is_refused(careless, StatusCode::BAD_GATEWAY, "key").await?;

    let mut signals = socket(browser.open("/api/signals", "websocket", &[]).await?).await?;
    signals.send(Message::Ping("x".into())).await?;
    assert_eq!(signals.next().await.context("an answer")??, Message::Pong("x".into()));
    second.send(Message::text("still here")).await?;
    assert_eq!(
        second.next().await.context("an answer")??,
        Message::text("echo still here")
    );
    portal.stop().await;
    Ok(())
}

/// Pages of other sites may open sockets, and browsers send the portal's cookie along.
#[tokio::test]
async fn a_cookie_opens_sockets_for_pages_of_the_portal_only() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start_with(
        json!({ "endpoints": { "/t": { "target": third.url(), "credentials": "cookie" } } }),
        json!({ "auth": { "providers": { "guest": {} } } }),
    )
    .await?;
    let session = portal
        .send(request(Method::GET, "/api/auth/guest/refresh", None, &[])?)
        .await?;
    let cookie = user_cookie(&session.headers).context("signing in sets the cookie")?;
    let mut browser = Browser::connect(&portal).await?;
    let here = format!("http://{}", portal.gateway());
    for (origin, expected) in [(here.as_str(), 200), ("https://evil.example", 403), ("null", 403)] {
        let headers = [("cookie", cookie.as_str()), ("origin", origin)];
        let response = browser.open("/api/proxy/t/socket", "websocket", &headers).await?;
        assert_eq!(response.status().as_u16(), expected, "{origin}");
    }
    portal.stop().await;
    Ok(())
}
