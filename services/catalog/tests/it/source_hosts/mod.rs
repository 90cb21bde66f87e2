//! Files read from source hosts: each host is simulated by a server that holds to the paths, paging, rate limits and errors of
//! its published API.

mod bitbucket_and_others;
mod github;
mod gitlab;
mod shared_bodies;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::Response,
};
use callboard_catalog::{
    reader::{Read, ReadError, Readers},
    settings::Settings,
};
use callboard_catalog_model::LocationRef;
use callboard_service_kit::config::Config;
use parking_lot::Mutex;

/// A request as the host saw it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// `GET /path?query`.
    pub(crate) line: String,
    pub(crate) authorization: String,
    pub(crate) if_none_match: String,
    pub(crate) accept: String,
    pub(crate) body: String,
    /// The server's own address, for links in answers.
    pub(crate) base: String,
}

type Answering = dyn Fn(&Seen) -> Response + Send + Sync;

/// A simulated host on a free port, for as long as the test runs.
pub(crate) struct Host {
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

#[derive(Clone)]
struct Shared {
    address: String,
    answer: Arc<Answering>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Host {
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let shared = Shared {
            address: address.clone(),
            answer: Arc::new(answer),
            seen: Arc::default(),
        };
        let seen = Arc::clone(&shared.seen);
        let app = Router::new().fallback(handle).with_state(shared);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, seen }
    }

    /// The validators of the requests so far.
    pub(crate) fn conditions(&self) -> Vec<String> {
        let seen = self.seen.lock();
        seen.iter().map(|seen| seen.if_none_match.clone()).collect()
    }

    /// The request lines so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen.lock().iter().map(|seen| seen.line.clone()).collect()
    }
}

async fn handle(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let text = |name: &str| {
        let value = parts.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let seen = Seen {
        line: format!("{} {}", parts.method, parts.uri),
        authorization: text("authorization"),
        if_none_match: text("if-none-match"),
        accept: text("accept"),
        body: String::from_utf8(body.to_vec()).unwrap(),
        base: format!("http://{}", shared.address),
    };
    shared.seen.lock().push(seen.clone());
    (shared.answer)(&seen)
}

/// An answer with headers.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Response {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.into()).unwrap()
}

pub(crate) fn json(value: &serde_json::Value) -> Response {
    answer(200, &[("content-type", "application/json")], value.to_string())
}

pub(crate) fn readers(yaml: &str) -> Readers {
    let config = Config::from_yaml(yaml).unwrap();
    Readers::new(&Settings::from_config(&config).unwrap()).unwrap()
}

pub(crate) fn url(target: &str) -> LocationRef {
    LocationRef::new("url", target).unwrap()
}

/// The text of a file, and its validator.
pub(crate) async fn read(readers: &Readers, target: &str) -> Result<(String, Option<String>), ReadError> {
    match readers.read(&url(target), None).await? {
        Read::Content { body, etag } => Ok((String::from_utf8(body.to_vec()).unwrap(), etag)),
        Read::NotModified => panic!("304 to a plain request"),
    }
}

/// The addresses that a pattern stands for.
pub(crate) async fn list(readers: &Readers, target: &str) -> Result<Vec<String>, ReadError> {
    let files = readers.list(&url(target)).await?;
    Ok(files.into_iter().map(|file| file.target).collect())
}
