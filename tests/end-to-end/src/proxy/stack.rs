//! A gateway and a proxy, and clients of theirs.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use bytes::Bytes;
use callboard_local::{Stack, StackOptions, Unit};
use callboard_service_kit::{config::Config, database::Database};
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::{body::Incoming, client::conn::http1};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::replica::Replica;

/// The token of a program that may do nothing special.
pub const JANE: &str = "token-of-jane";
/// Another one.
pub const JOE: &str = "token-of-joe";
/// One that may look after endpoints.
pub const ADMINISTRATOR: &str = "token-of-the-administrator";

/// The body of a request.
pub type Body = BoxBody<Bytes, std::io::Error>;

/// A running gateway and proxy. Stop it at the end of the test: that drops its databases.
#[derive(Debug)]
pub struct ProxyStack {
    /// The processes.
    pub stack: Stack,
    gateway: SocketAddr,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// Its body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Its body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header, empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl ProxyStack {
    /// Starts both with these `proxy` settings.
    pub async fn start(proxy: Value) -> Result<Self> {
        Self::start_with(proxy, json!({})).await
    }

    /// The same with more configuration.
    pub async fn start_with(proxy: Value, more: Value) -> Result<Self> {
        Self::start_in(proxy, more, &[]).await
    }

    /// The same with more environment.
    pub async fn start_in(proxy: Value, more: Value, environment: &[(&str, &str)]) -> Result<Self> {
        let program =
            |token: &str, subject: &str| json!({ "type": "static", "options": { "token": token, "subject": subject } });
        let mut options = StackOptions::for_tests()?;
        options.units = vec![Unit::Proxy, Unit::Gateway];
        options.overlays = vec![
            json!({
                "backend": { "auth": { "externalAccess": [
                    program(JANE, "jane"), program(JOE, "joe"), program(ADMINISTRATOR, "administrator"),
                ] } },
                "proxy": { "administrators": ["service:administrator"] },
            })
            .to_string(),
            json!({ "proxy": proxy }).to_string(),
            more.to_string(),
        ];
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        options.environment.extend(environment.iter().map(owned));
        let stack = Stack::start(options).await?;
        let gateway = stack.listen_address(Unit::Gateway).context("there is a gateway")?;
        Ok(Self { stack, gateway })
    }

    /// Ends both.
    pub async fn stop(self) {
        self.stack.stop().await;
    }

    /// Where the gateway listens.
    pub fn gateway(&self) -> SocketAddr {
        self.gateway
    }

    /// A plain connection to the gateway.
    pub async fn connect(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect(self.gateway).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// Sends a request over a connection of its own and waits for the head of the answer.
    pub async fn open(&self, request: Request<Body>) -> Result<Response<Incoming>> {
        let (mut sender, connection) = http1::handshake(TokioIo::new(self.connect().await?)).await?;
        tokio::spawn(connection.with_upgrades());
        Ok(sender.send_request(request).await?)
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: Request<Body>) -> Result<Answer> {
        let (head, body) = self.open(request).await?.into_parts();
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            body: body.collect().await?.to_bytes(),
        })
    }

    /// GET by a signed-in caller.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        self.send(request(Method::GET, path, Some(JANE), &[])?).await
    }

    /// JSON to and from the administration; null where a body is empty.
    pub async fn administer(&self, method: Method, path: &str, body: Option<&Value>) -> Result<(StatusCode, Value)> {
        let mut request = request(method, &format!("/api/proxy-admin/v1{path}"), Some(ADMINISTRATOR), &[])?;
        if let Some(body) = body {
            request
                .headers_mut()
                .insert(header::CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
            *request.body_mut() = full(body.to_string());
        }
        let answer = self.send(request).await?;
        Ok((answer.status, answer.json()))
    }

    /// The text that a query answers in a unit's database.
    pub async fn query_text(&self, unit: &str, query: &'static str) -> Result<String> {
        let config = Config::load(self.stack.config_files())?;
        let pool = Database::connect(&config, unit).await?;
        let text: Option<String> = sqlx::query_scalar(query).fetch_one(&pool).await?;
        Ok(text.unwrap_or_default())
    }

    /// Starts another proxy on the same database, beside the first.
    pub async fn second_proxy(&self) -> Result<Replica> {
        Replica::start(&self.stack).await
    }

    /// Sends bytes as they are and reads what comes back until the gateway closes the connection or is silent for a while.
    pub async fn raw(&self, bytes: &[u8]) -> Result<String> {
        const SILENCE: std::time::Duration = std::time::Duration::from_millis(700);
        let mut stream = self.connect().await?;
        stream.write_all(bytes).await?;
        let mut received = Vec::new();
        while let Ok(Ok(read)) = tokio::time::timeout(SILENCE, stream.read_buf(&mut received)).await {
            if read == 0 {
                break;
            }
        }
        Ok(String::from_utf8_lossy(&received).into_owned())
    }
}

/// A request without a body.
pub fn request(method: Method, path: &str, token: Option<&str>, headers: &[(&str, &str)]) -> Result<Request<Body>> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "portal.example");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Ok(request.body(full(Bytes::new()))?)
}

/// A body that is here already.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed()
}

/// The cookie `backstage-auth` of an answer.
pub fn user_cookie(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::SET_COOKIE).iter();
    cookies
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .find(|cookie| cookie.starts_with("backstage-auth="))
        .map(str::to_owned)
}
