//! A third party that behaves: it shows what it was asked, streams, counts, and speaks WebSocket.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use axum::{
    Json, Router,
    body::Body,
    extract::{
        Path, Request, State,
        ws::{Message, WebSocketUpgrade},
    },
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use bytes::Bytes;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc, task::JoinHandle};

/// What the pages share with the test.
#[derive(Debug, Clone, Default)]
struct Counters {
    requests: Arc<AtomicUsize>,
    streams: Arc<AtomicUsize>,
    is_broken: Arc<AtomicUsize>,
}

/// The server; it ends with its value.
#[derive(Debug)]
pub struct ThirdParty {
    address: SocketAddr,
    counters: Counters,
    task: JoinHandle<()>,
}

impl ThirdParty {
    /// Starts it on HTTP/1.1.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let counters = Counters::default();
        let router = router(counters.clone());
        let task = tokio::spawn(async move {
            // Serving ends only with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self {
            address,
            counters,
            task,
        })
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests it has had.
    pub fn requests(&self) -> usize {
        self.counters.requests.load(Ordering::SeqCst)
    }

    /// How many of its event streams have a reader.
    pub fn streams(&self) -> usize {
        self.counters.streams.load(Ordering::SeqCst)
    }

    /// From now on `/cached` answers 500, or not any more.
    pub fn set_broken(&self, is_broken: bool) {
        self.counters.is_broken.store(usize::from(is_broken), Ordering::SeqCst);
    }
}

impl Drop for ThirdParty {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Its pages, for a server of another kind.
pub fn pages() -> Router {
    router(Counters::default())
}

fn router(counters: Counters) -> Router {
    Router::new()
        .route("/events", get(events))
        .route("/bytes/{length}", get(bytes))
        .route("/count", any(count))
        .route("/socket", get(socket))
        .route("/cached/{seconds}", get(cached))
        .route("/status/{status}", any(status))
        .route("/slow/{milliseconds}", any(slow))
        .route("/trailers", any(trailers))
        .route("/headers", get(headers))
        .fallback(echo)
        .with_state(counters)
}

/// What it was asked.
async fn echo(State(counters): State<Counters>, request: Request) -> Json<Value> {
    counters.requests.fetch_add(1, Ordering::SeqCst);
    let (head, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .unwrap_or_default();
    let headers: Vec<[String; 2]> = head
        .headers
        .iter()
        .map(|(name, value)| [name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()])
        .collect();
    Json(json!({
        "method": head.method.as_str(),
        "target": head.uri.path_and_query().map(ToString::to_string),
        "version": format!("{:?}", head.version),
        "headers": headers,
        "body": String::from_utf8_lossy(&body),
    }))
}

/// One event at once, another after a moment, then silence for as long as somebody listens.
async fn events(State(counters): State<Counters>) -> Response {
    let (sender, receiver) = mpsc::channel::<Result<Frame<Bytes>, Infallible>>(1);
    counters.streams.fetch_add(1, Ordering::SeqCst);
    tokio::spawn(async move {
        for event in ["data: first\n\n", "data: second\n\n"] {
            // Nobody may be listening any more.
            let _ = sender.send(Ok(Frame::data(Bytes::from(event)))).await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        sender.closed().await;
        counters.streams.fetch_sub(1, Ordering::SeqCst);
    });
    let body = StreamBody::new(futures_of(receiver));
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::new(body)).into_response()
}

/// So many bytes.
async fn bytes(Path(length): Path<u64>) -> Response {
    let (sender, receiver) = mpsc::channel::<Result<Frame<Bytes>, Infallible>>(1);
    tokio::spawn(async move {
        const PIECE: usize = 64 * 1024;
        let piece = Bytes::from(vec![b'x'; PIECE]);
        let mut left = length;
        while left > 0 {
            let size = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            if sender.send(Ok(Frame::data(piece.slice(..size)))).await.is_err() {
                return;
            }
            left -= u64::try_from(size).unwrap_or(left);
        }
    });
    let headers = [(header::CONTENT_LENGTH, length.to_string())];
    (headers, Body::new(StreamBody::new(futures_of(receiver)))).into_response()
}

/// How many bytes it was sent.
async fn count(request: Request) -> Json<Value> {
    let mut body = request.into_body();
    let (mut bytes, mut trailers) = (0, Value::Null);
    while let Some(frame) = body.frame().await {
        match frame.map(Frame::into_data) {
            Ok(Ok(data)) => bytes += data.len(),
            Ok(Err(frame)) => {
                trailers = json!(
                    frame
                        .into_trailers()
                        .map(|trailers| format!("{trailers:?}"))
                        .unwrap_or_default()
                );
            }
            Err(error) => return Json(json!({ "error": error.to_string() })),
        }
    }
    Json(json!({ "bytes": bytes, "trailers": trailers }))
}

/// Says back what it is told.
async fn socket(upgrade: WebSocketUpgrade) -> Response {
    upgrade.protocols(["chat"]).on_upgrade(async |mut socket| {
        while let Some(Ok(message)) = socket.recv().await {
            let answer = match message {
                Message::Text(text) => Message::Text(format!("echo {text}").into()),
                Message::Binary(bytes) => Message::Binary(bytes),
                _ => continue,
            };
            if socket.send(answer).await.is_err() {
                return;
            }
        }
    })
}

/// Fresh for so many seconds, then good for an hour when something fails; it can be revalidated.
async fn cached(State(counters): State<Counters>, Path(seconds): Path<u64>, headers: HeaderMap) -> Response {
    let count = counters.requests.fetch_add(1, Ordering::SeqCst) + 1;
    if counters.is_broken.load(Ordering::SeqCst) > 0 {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let caching = [
        (header::CACHE_CONTROL, format!("max-age={seconds}, stale-if-error=3600")),
        (header::ETAG, "\"one\"".to_owned()),
    ];
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|tag| tag.as_bytes().starts_with(b"\"one\""))
    {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, Json(json!({ "count": count }))).into_response()
}

async fn status(State(counters): State<Counters>, Path(status): Path<u16>) -> Response {
    counters.requests.fetch_add(1, Ordering::SeqCst);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let headers = [
        (header::SET_COOKIE, "session=1"),
        (header::LOCATION, "http://elsewhere.example/"),
        (header::WWW_AUTHENTICATE, "Basic"),
    ];
    (status, headers).into_response()
}

async fn slow(Path(milliseconds): Path<u64>) -> &'static str {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    "slow"
}

async fn trailers() -> Response {
    let (sender, receiver) = mpsc::channel::<Result<Frame<Bytes>, Infallible>>(4);
    let mut trailers = HeaderMap::new();
    trailers.insert(
        HeaderName::from_static("x-checksum"),
        header::HeaderValue::from_static("42"),
    );
    trailers.insert(
        HeaderName::from_static("x-private"),
        header::HeaderValue::from_static("no"),
    );
    for frame in [Frame::data(Bytes::from_static(b"body")), Frame::trailers(trailers)] {
        // There is room for both.
        let _ = sender.try_send(Ok(frame));
    }
    let body = Body::new(StreamBody::new(futures_of(receiver)));
    ([(header::TRAILER, "x-checksum, x-private")], body).into_response()
}

/// A body that is compressed whether or not anybody asked for that.
async fn headers() -> Response {
    let headers = [
        (header::CONTENT_ENCODING, "gzip"),
        (header::CONTENT_TYPE, "text/plain"),
        (header::ETAG, "\"tag\""),
        (header::SET_COOKIE, "session=1"),
    ];
    (headers, Bytes::from_static(b"\x1f\x8bnot really")).into_response()
}

fn futures_of<T>(mut receiver: mpsc::Receiver<T>) -> impl futures::Stream<Item = T> {
    futures::stream::poll_fn(move |context| receiver.poll_recv(context))
}
