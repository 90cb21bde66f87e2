//! Responses kept for as long as the catalog does not change.
//!
//! A response is stored with the revision it was computed at, and served only while the gateway is sure that the catalog has no
//! later one. Entries live in memory and, where `backend.cache` is a store that replicas share, there too. The key holds everything a response depends on: path and query, the encodings the client takes, and who may see
//! it. Correctness never depends on the cache: switched off, every request just takes the long way.

mod revisions;
mod shared;
mod watch;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use callboard_service_kit::cache::Cache as Store;
use http::{HeaderMap, Method, StatusCode, header};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

pub(crate) use self::revisions::Revisions;
use self::shared::SharedResponses;
pub use self::watch::watch_revisions;
use crate::{
    auth::credentials::Credentials,
    edge::access_log::{CacheOutcome, Exchange},
    error::ApiError,
    gateway::Gateway,
    http::conditional::hex,
};

/// Larger responses are not worth the room they take.
const LARGEST_BODY: usize = 1024 * 1024;
/// What an entry takes beside its texts.
const ENTRY_OVERHEAD: usize = 512;

/// Marks a response that depends on nothing but the request and the catalog at this revision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ComputedAt(pub(crate) i64);

/// When a response was computed. Revisions of two epochs have nothing to do with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
struct At {
    epoch: Arc<str>,
    revision: i64,
}

#[derive(Debug)]
struct CachedResponse {
    at: At,
    headers: HeaderMap,
    body: Bytes,
}

impl CachedResponse {
    fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.headers_mut() = self.headers.clone();
        response
    }
}

/// The cache, bounded by the memory it takes.
#[derive(Debug)]
pub(crate) struct ResponseCache {
    entries: Cache<String, Arc<CachedResponse>>,
    shared: Option<SharedResponses>,
    is_enabled: bool,
}

impl ResponseCache {
    /// A cache of at most `max_bytes`. `policy` is what decides what callers may see; another one makes other entries.
    pub(crate) fn new(max_bytes: u64, policy: &str, store: &Store) -> Self {
        let weigh = |key: &String, entry: &Arc<CachedResponse>| {
            u32::try_from(key.len() + entry.body.len() + ENTRY_OVERHEAD).unwrap_or(u32::MAX)
        };
        Self {
            entries: Cache::builder().max_capacity(max_bytes).weigher(weigh).build(),
            shared: SharedResponses::new(store, hex(&Sha256::digest(policy))),
            is_enabled: max_bytes > 0,
        }
    }

    fn key(request: &Request, visibility: &str) -> String {
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        let encodings = request
            .headers()
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok());
        let mut key = String::with_capacity(target.len() + encodings.map_or(0, str::len) + visibility.len() + 2);
        key.push_str(target);
        // No header value and no key of what may be seen holds a line break, so the parts cannot be mistaken for each other.
        key.push('\n');
        key.push_str(encodings.unwrap_or_default());
        key.push('\n');
        key.push_str(visibility);
        key
    }

    fn get(&self, key: &str, at: &At) -> Option<Response> {
        let entry = self.entries.get(key)?;
        let is_current = entry.at.epoch == at.epoch && entry.at.revision >= at.revision;
        is_current.then(|| entry.response())
    }

    /// What another replica has computed at this revision.
    async fn get_shared(&self, key: &str, at: &At) -> Option<Response> {
        let entry = Arc::new(self.shared.as_ref()?.get(key, at).await?);
        self.entries.insert(key.to_owned(), entry.clone());
        Some(entry.response())
    }

    /// Forgets what this process holds.
    fn forget(&self) {
        self.entries.invalidate_all();
    }

    fn put(&self, key: String, entry: CachedResponse) {
        if let Some(shared) = &self.shared {
            shared.put(&key, &entry);
        }
        self.entries.insert(key, Arc::new(entry));
    }
}

/// Answers a GET from the cache, or stores what the inner layers answer.
pub(crate) async fn serve_from_cache(State(gateway): State<Gateway>, request: Request, next: Next) -> Response {
    let cache = gateway.response_cache();
    if !cache.is_enabled || request.method() != Method::GET {
        return next.run(request).await;
    }
    let Some(credentials) = request.extensions().get::<Arc<Credentials>>().cloned() else {
        return next.run(request).await;
    };
    let visibility = gateway.permissions().visibility(&credentials);
    let key = ResponseCache::key(&request, visibility.key());
    let exchange = request.extensions().get::<Arc<Exchange>>().cloned();
    let note = |outcome| {
        if let Some(exchange) = &exchange {
            exchange.set_cache(outcome);
        }
    };
    let revisions = gateway.revisions();
    let epoch = revisions.epoch_name();
    let known = revisions.current().map(|revision| At {
        epoch: epoch.clone(),
        revision,
    });
    if let Some(response) = known.as_ref().and_then(|at| cache.get(&key, at)) {
        note(CacheOutcome::Hit);
        return response;
    }
    if let Some(at) = &known
        && let Some(response) = cache.get_shared(&key, at).await
    {
        note(CacheOutcome::Hit);
        return response;
    }
    let response = next.run(request).await;
    let Some(ComputedAt(revision)) = response.extensions().get::<ComputedAt>().copied() else {
        return response;
    };
    note(CacheOutcome::Miss);
    if known.is_none() || response.status() != StatusCode::OK {
        return response;
    }
    let (parts, body) = response.into_parts();
    // The body is in memory already, as one piece or as its compressed form in the making.
    let body = match axum::body::to_bytes(body, usize::MAX).await {
        Ok(body) => body,
        Err(error) => return ApiError::internal(error).into_response(),
    };
    if body.len() <= LARGEST_BODY {
        let entry = CachedResponse {
            at: At { epoch, revision },
            headers: parts.headers.clone(),
            // In room of its own: what it was written into may be twice as large.
            body: Bytes::copy_from_slice(&body),
        };
        cache.put(key, entry);
    }
    Response::from_parts(parts, Body::from(body))
}
