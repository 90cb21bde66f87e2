//! What went through each endpoint: counted in memory, added up in the database by minute, hour and day.

pub mod histogram;
pub mod writer;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, SystemTime},
};

use callboard_service_kit::clock::SharedClock;
use parking_lot::Mutex;

use self::histogram::Histogram;

/// The lengths of buckets that are kept, in seconds, the shortest first, and for how long each is kept.
pub const RESOLUTIONS: [(u32, Duration); 3] = [
    (60, Duration::from_hours(2 * 24)),
    (3600, Duration::from_hours(40 * 24)),
    (24 * 3600, Duration::from_hours(800 * 24)),
];
const SHORTEST_SECONDS: u64 = 60;

/// What went through one endpoint in one stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// All requests.
    pub requests: u64,
    /// Answers of 400 to 499.
    pub client_errors: u64,
    /// Answers of 500 and more, and those that never came.
    pub server_errors: u64,
    /// Answers out of the cache.
    pub cache_hits: u64,
    /// Bytes of request bodies.
    pub request_bytes: u64,
    /// Bytes of response bodies.
    pub response_bytes: u64,
    /// Times until the head of the response.
    pub latency: Histogram,
}

/// One request that is over.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outcome {
    /// Its status; 0 when it never had one.
    pub status: u16,
    /// Whether the answer came out of the cache.
    pub is_cache_hit: bool,
    /// Bytes of its body.
    pub request_bytes: u64,
    /// Bytes of the answer's body.
    pub response_bytes: u64,
    /// Until the head of the answer.
    pub latency: Duration,
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        self.requests += 1;
        match outcome.status {
            400..=499 => self.client_errors += 1,
            0 | 500.. => self.server_errors += 1,
            _ => {}
        }
        self.cache_hits += u64::from(outcome.is_cache_hit);
        self.request_bytes += outcome.request_bytes;
        self.response_bytes += outcome.response_bytes;
        self.latency.add(outcome.latency);
    }
}

/// A route and the minute, in seconds since 1970.
pub type Bucket = (Arc<str>, u64);

/// Counts requests. Clones share the counts.
#[derive(Clone)]
pub struct Usage {
    clock: SharedClock,
    counts: Arc<Mutex<BTreeMap<Bucket, Counts>>>,
}

impl Usage {
    /// Nothing counted so far.
    pub fn new(clock: SharedClock) -> Self {
        Self {
            clock,
            counts: Arc::default(),
        }
    }

    /// Counts a request.
    pub fn add(&self, route: &Arc<str>, outcome: &Outcome) {
        let minute = self.clock.unix_seconds() / SHORTEST_SECONDS * SHORTEST_SECONDS;
        self.counts
            .lock()
            .entry((route.clone(), minute))
            .or_default()
            .add(outcome);
    }

    /// Everything counted since the last time.
    fn take(&self) -> BTreeMap<Bucket, Counts> {
        std::mem::take(&mut self.counts.lock())
    }

    /// Gives back what could not be written.
    fn give_back(&self, counts: BTreeMap<Bucket, Counts>) {
        let mut present = self.counts.lock();
        for (bucket, counts) in counts {
            present.entry(bucket).or_default().merge(&counts);
        }
    }

    /// Now.
    pub fn now(&self) -> SystemTime {
        self.clock.now()
    }
}

impl Counts {
    fn merge(&mut self, other: &Self) {
        self.requests += other.requests;
        self.client_errors += other.client_errors;
        self.server_errors += other.server_errors;
        self.cache_hits += other.cache_hits;
        self.request_bytes += other.request_bytes;
        self.response_bytes += other.response_bytes;
        self.latency.merge(&other.latency);
    }
}

#[cfg(test)]
mod tests {
    use callboard_service_kit::clock::SystemClock;

    use super::*;

    #[test]
    fn outcomes_are_counted_by_their_kind_and_given_back() {
        let usage = Usage::new(Arc::new(SystemClock));
        let route: Arc<str> = "/r".into();
        for status in [200, 304, 404, 429, 500, 502, 0] {
            let outcome = Outcome {
                status,
                request_bytes: 1,
                response_bytes: 2,
                ..Outcome::default()
            };
            usage.add(&route, &outcome);
        }
        let taken = usage.take();
        let total = |taken: &BTreeMap<Bucket, Counts>| {
            taken.values().fold(Counts::default(), |mut sum, counts| {
                sum.merge(counts);
                sum
            })
        };
        let counts = total(&taken);
        assert_eq!((counts.requests, counts.client_errors, counts.server_errors), (7, 2, 3));
        assert_eq!((counts.request_bytes, counts.response_bytes), (7, 14));
        assert!(usage.take().is_empty());
        usage.give_back(taken.clone());
        usage.give_back(taken);
        assert_eq!(total(&usage.take()).requests, 14);
    }
}
