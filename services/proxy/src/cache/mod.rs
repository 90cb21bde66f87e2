//! Answers of third parties, kept by the rules of RFC 9111 (as the library `http-cache-semantics` knows them) in the unit's cache
//! store, so that all replicas share them.

mod directives;
mod entry;
mod recording;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use callboard_service_kit::{cache::CacheNamespace, clock::SharedClock};
use http::{HeaderMap, Method, Request, Uri, header};
use http_cache_semantics::{AfterResponse, BeforeRequest, CacheOptions, CachePolicy};
use parking_lot::{Mutex, RwLock};

pub use self::recording::Recording;
use self::{directives::Directives, entry::Entry};
use crate::endpoint::{Endpoint, settings::CacheScope};

/// An answer with a validator is kept for so long after it went stale: asking whether it still holds costs less than its body.
const KEPT_FOR_REVALIDATION: Duration = Duration::from_hours(1);

/// The cache of answers. Clones share it.
#[derive(Clone)]
pub struct ResponseCache {
    shared: Arc<Shared>,
}

struct Shared {
    store: CacheNamespace,
    clock: SharedClock,
    max_entry_bytes: usize,
    /// How often each endpoint's answers were forgotten on purpose, by route.
    generations: RwLock<HashMap<String, i64>>,
    /// What is being revalidated behind the back of a client.
    under_way: Mutex<HashSet<String>>,
}

/// What the cache needs to know of a request.
#[derive(Debug, Clone)]
pub struct Question {
    key: String,
    options: CacheOptions,
    /// With the headers that go to the third party, without those that the endpoint adds: they are the same for everybody.
    request: Request<()>,
}

/// What the cache has to say.
#[derive(Debug)]
pub enum Found {
    /// Nothing that helps.
    Nothing,
    /// An answer that can be given as it is.
    Fresh(Stored),
    /// An answer that may be given while it is checked whether it still holds.
    StaleWhileRevalidate(Stored),
    /// An answer that must be checked first, by a request with these headers.
    MustRevalidate(Stored, HeaderMap),
}

/// A stored answer.
#[derive(Debug, Clone)]
pub struct Stored {
    entry: Entry,
    /// Its headers as of now, `Age` included.
    pub headers: HeaderMap,
}

impl Stored {
    /// Its body.
    pub fn body(&self) -> Bytes {
        self.entry.body.clone()
    }

    /// Its status.
    pub fn status(&self) -> http::StatusCode {
        self.entry.status
    }
}

/// What an answer to a conditional request means.
#[derive(Debug)]
pub enum Revalidated {
    /// The stored answer still holds.
    Holds(Box<Stored>),
    /// The answer is a new one.
    Changed,
}

impl ResponseCache {
    /// A cache in this part of the store, for answers of at most so many bytes.
    pub fn new(store: CacheNamespace, clock: SharedClock, max_entry_bytes: usize) -> Self {
        Self {
            shared: Arc::new(Shared {
                store,
                clock,
                max_entry_bytes,
                generations: RwLock::default(),
                under_way: Mutex::default(),
            }),
        }
    }

    /// Sets how often each endpoint's answers were forgotten; those from before are not found any more.
    pub fn set_generations(&self, generations: HashMap<String, i64>) {
        *self.shared.generations.write() = generations;
    }

    /// Whether a request is the cache's business at all, and how it asks.
    pub fn question(
        &self,
        endpoint: &Endpoint,
        user: &str,
        method: &Method,
        url: &Uri,
        sent: &HeaderMap,
    ) -> Option<Question> {
        let shared = match endpoint.settings.options.cache {
            CacheScope::None => return None,
            CacheScope::PerUser => false,
            CacheScope::Shared => true,
        };
        let generation = self
            .shared
            .generations
            .read()
            .get(endpoint.route())
            .copied()
            .unwrap_or(0);
        let revision = match &endpoint.origin {
            crate::endpoint::Origin::Configuration => 0,
            crate::endpoint::Origin::Api { revision, .. } => *revision,
        };
        let who = if shared { "*" } else { user };
        let key = format!("{} {generation} {revision} {who} {url}", endpoint.route());
        let mut headers = sent.clone();
        headers.remove(header::HOST);
        let mut request = Request::new(());
        *request.method_mut() = method.clone();
        *request.uri_mut() = url.clone();
        *request.headers_mut() = headers;
        let options = CacheOptions {
            shared,
            ..CacheOptions::default()
        };
        Some(Question { key, options, request })
    }

    /// Looks for an answer.
    pub async fn find(&self, question: &Question) -> Found {
        let Some(entry) = self
            .shared
            .store
            .get(&question.key)
            .await
            .and_then(|bytes| Entry::decode(&bytes))
        else {
            return Found::Nothing;
        };
        let now = self.shared.clock.now();
        match entry.policy.before_request(&question.request, now) {
            BeforeRequest::Fresh(head) => Found::Fresh(Stored {
                headers: head.headers,
                entry,
            }),
            // Another variant of the same resource.
            BeforeRequest::Stale { matches: false, .. } => Found::Nothing,
            BeforeRequest::Stale { request, .. } => {
                let headers = entry.headers_at(now);
                let may_be_stale = entry.is_within(entry.directives.while_revalidate, now)
                    && !Directives::insist(question.request.headers());
                let stored = Stored { entry, headers };
                if may_be_stale {
                    Found::StaleWhileRevalidate(stored)
                } else {
                    Found::MustRevalidate(stored, request.headers)
                }
            }
        }
    }

    /// Whether a stored answer may be given because the third party fails.
    pub fn may_stand_in(&self, question: &Question, stored: &Stored) -> bool {
        stored
            .entry
            .is_within(stored.entry.directives.if_error, self.shared.clock.now())
            && !Directives::insist(question.request.headers())
    }

    /// What the third party's answer to a conditional request means. A stored answer that still holds is kept on.
    pub async fn revalidated(
        &self,
        question: &Question,
        stored: &Stored,
        status: http::StatusCode,
        received: &HeaderMap,
    ) -> Revalidated {
        let mut response = http::Response::new(());
        *response.status_mut() = status;
        *response.headers_mut() = sane(received);
        let now = self.shared.clock.now();
        match stored.entry.policy.after_response(&question.request, &response, now) {
            AfterResponse::Modified(..) => Revalidated::Changed,
            AfterResponse::NotModified(policy, head) => {
                let entry = Entry::new(
                    policy,
                    stored.entry.status,
                    &head.headers,
                    stored.entry.body.clone(),
                    now,
                    question.options.shared,
                );
                self.keep(&question.key, &entry).await;
                Revalidated::Holds(Box::new(Stored {
                    headers: head.headers,
                    entry,
                }))
            }
        }
    }

    /// Begins to record an answer, if it may be stored.
    pub fn record(&self, question: &Question, status: http::StatusCode, received: &HeaderMap) -> Option<Recording> {
        let length = received
            .get(header::CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        // A cookie is one person's; and what is too large need not be tried.
        if received.contains_key(header::SET_COOKIE)
            || length.is_some_and(|length| length > self.shared.max_entry_bytes)
        {
            return None;
        }
        let mut response = http::Response::new(());
        *response.status_mut() = status;
        *response.headers_mut() = sane(received);
        let now = self.shared.clock.now();
        let policy = CachePolicy::new_options(&question.request, &response, now, question.options);
        if !policy.is_storable() {
            return None;
        }
        let entry = Entry::new(
            policy,
            status,
            response.headers(),
            Bytes::new(),
            now,
            question.options.shared,
        );
        entry
            .is_worth_keeping()
            .then(|| Recording::new(self.clone(), question.key.clone(), entry, self.shared.max_entry_bytes))
    }

    /// Forgets the answer to a question, because a request has changed what it was about.
    pub async fn forget(&self, question: &Question) {
        self.shared.store.delete(&question.key).await;
    }

    /// Leave to revalidate in the background, unless somebody does already.
    pub fn begin_revalidation(&self, question: &Question) -> Option<UnderWay> {
        let is_first = self.shared.under_way.lock().insert(question.key.clone());
        is_first.then(|| UnderWay {
            cache: self.clone(),
            key: question.key.clone(),
        })
    }

    async fn keep(&self, key: &str, entry: &Entry) {
        if let Some(bytes) = entry.encode() {
            self.shared.store.set(key, bytes, Some(entry.life())).await;
        }
    }
}

/// A revalidation under way; it is over when this is dropped.
pub struct UnderWay {
    cache: ResponseCache,
    key: String,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.cache.shared.under_way.lock().remove(&self.key);
    }
}

/// Headers without an `Age` that is too large to be added up.
fn sane(received: &HeaderMap) -> HeaderMap {
    const OLDEST: u64 = 10 * 365 * 24 * 3600;
    let mut headers = received.clone();
    let age = headers
        .get(header::AGE)
        .and_then(|age| age.to_str().ok()?.parse::<u64>().ok());
    if age.is_none_or(|age| age > OLDEST) {
        headers.remove(header::AGE);
    }
    headers
}

/// Whether a client that has these headers holds the answer with those already.
pub fn client_holds(sent: &HeaderMap, stored: &HeaderMap) -> bool {
    let Some(etag) = stored.get(header::ETAG).and_then(|etag| etag.to_str().ok()) else {
        return false;
    };
    let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    sent.get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || weak(tag) == weak(etag))
}

/// The time from one moment to another, none when they are the other way round.
fn since(then: SystemTime, now: SystemTime) -> Duration {
    now.duration_since(then).unwrap_or_default()
}

#[cfg(test)]
mod tests;
