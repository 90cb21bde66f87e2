//! One kept-alive HTTP/1.1 connection, as little code as possible between the clock and the socket.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::Url;

/// An answer that takes longer is an error.
const ANSWER_TIMEOUT: Duration = Duration::from_mins(2);

/// Where a server is and how it is spoken to.
#[derive(Debug, Clone)]
pub struct Target {
    address: String,
    host: HeaderValue,
    authorization: Option<HeaderValue>,
}

impl Target {
    /// `url` is the server's root, `http://host:port`; `token` is sent as a bearer token with each request.
    pub fn new(url: &Url, token: Option<&str>) -> Result<Self> {
        if url.scheme() != "http" {
            bail!("{url} is not an http: address; load is put on a server directly, without TLS");
        }
        let host = url.host_str().with_context(|| format!("{url} has no host"))?;
        let port = url
            .port_or_known_default()
            .with_context(|| format!("{url} has no port"))?;
        let address = format!("{host}:{port}");
        Ok(Self {
            host: HeaderValue::from_str(&address)?,
            address,
            authorization: token
                .map(|token| HeaderValue::from_str(&format!("Bearer {token}")))
                .transpose()
                .context("the token cannot stand in a header")?,
        })
    }
}

impl Target {
    /// `host:port`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The head of a GET, for whoever reads the answer from the socket.
    pub(crate) fn get_head(&self, path: &str) -> Vec<u8> {
        let mut head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n", self.address).into_bytes();
        if let Some(authorization) = &self.authorization {
            head.extend_from_slice(b"authorization: ");
            head.extend_from_slice(authorization.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}

/// A request that can be sent any number of times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    method: Method,
    path: String,
    body: Bytes,
}

impl Call {
    /// A GET of path and query string.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            body: Bytes::new(),
        }
    }

    /// A POST of JSON.
    pub fn post(path: impl Into<String>, body: &serde_json::Value) -> Self {
        Self {
            method: Method::POST,
            path: path.into(),
            body: body.to_string().into(),
        }
    }

    /// A DELETE.
    pub fn delete(path: impl Into<String>) -> Self {
        Self {
            method: Method::DELETE,
            path: path.into(),
            body: Bytes::new(),
        }
    }

    /// Path and query string, to name the request in messages.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// Its status code.
    pub status: StatusCode,
    /// Its body, not decompressed; none is asked for compressed.
    pub body: Bytes,
}

/// One connection. After an error it opens a new one for the next request.
#[derive(Debug)]
pub struct Connection {
    target: Target,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Connection {
    /// Connects with the first request.
    pub fn new(target: Target) -> Self {
        Self { target, sender: None }
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, call: &Call) -> Result<Answer> {
        let answer = tokio::time::timeout(ANSWER_TIMEOUT, self.exchange(call))
            .await
            .unwrap_or_else(|_| Err(anyhow::anyhow!("no answer within {} s", ANSWER_TIMEOUT.as_secs())));
        if answer.is_err() {
            self.sender = None;
        }
        answer.with_context(|| format!("{} {}", call.method, call.path))
    }

    async fn exchange(&mut self, call: &Call) -> Result<Answer> {
        let mut sender = match self.sender.take() {
            Some(sender) if !sender.is_closed() => sender,
            _ => self.connect().await?,
        };
        sender.ready().await?;
        let mut request = Request::builder()
            .method(call.method.clone())
            .uri(&call.path)
            .header(header::HOST, self.target.host.clone());
        if let Some(authorization) = &self.target.authorization {
            request = request.header(header::AUTHORIZATION, authorization.clone());
        }
        if !call.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let response = sender.send_request(request.body(Full::new(call.body.clone()))?).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        self.sender = Some(sender);
        Ok(Answer { status, body })
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>> {
        let stream = TcpStream::connect(&self.target.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends when the sender is dropped or the server closes; what goes wrong before is seen by the sender.
        tokio::spawn(connection);
        Ok(sender)
    }
}
