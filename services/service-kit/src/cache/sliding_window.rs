//! Counting over all replicas what somebody does in a sliding span of time.
//!
//! Two counters in the shared cache: this window's and the last one's, of which as much counts as of the sliding window lies in
//! it. The crates for rate limits count within one process.

use std::time::Duration;

use super::CacheNamespace;
use crate::clock::SharedClock;

/// Counts, by key.
#[derive(Clone)]
pub struct SlidingWindow {
    counters: CacheNamespace,
    seconds: u64,
    clock: SharedClock,
}

/// What is counted for a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// In the window that ends now, with what was just added.
    pub used: u64,
    /// Seconds until it is certainly less.
    pub reset_seconds: u64,
}

impl std::fmt::Debug for SlidingWindow {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SlidingWindow")
            .field("seconds", &self.seconds)
            .finish_non_exhaustive()
    }
}

impl SlidingWindow {
    /// Counts in a part of the cache, over windows of whole seconds.
    pub fn new(counters: CacheNamespace, window: Duration, clock: SharedClock) -> Self {
        Self {
            counters,
            seconds: window.as_secs().max(1),
            clock,
        }
    }

    /// Adds to what is counted for a key; adding nothing only looks. `None` when the store does not answer: nobody may be held up
    /// by that.
    pub async fn add(&self, key: &str, amount: u32) -> Option<Counted> {
        let now = self.clock.unix_seconds();
        let (window, elapsed) = (now / self.seconds, now % self.seconds);
        let name = |window: u64| format!("{key} {window}");
        let (this, last) = (name(window), name(window.saturating_sub(1)));
        // A counter is needed for its own window and the next.
        let life = Duration::from_secs(2 * self.seconds);
        let (this, last) = tokio::join!(
            self.counters.add(&this, amount, life),
            self.counters.add(&last, 0, life)
        );
        let left = self.seconds - elapsed;
        let carried = u128::from(last.unwrap_or(0)) * u128::from(left) / u128::from(self.seconds);
        Some(Counted {
            used: this?.saturating_add(u64::try_from(carried).unwrap_or(u64::MAX)),
            reset_seconds: left,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicU64, Ordering},
        },
        time::UNIX_EPOCH,
    };

    use super::*;
    use crate::{cache::Cache, config::Config};

    #[tokio::test]
    async fn keys_are_counted_apart_over_a_sliding_window() {
        let seconds = Arc::new(AtomicU64::new(6000));
        let clock = {
            let seconds = seconds.clone();
            move || UNIX_EPOCH + Duration::from_secs(seconds.load(Ordering::Relaxed))
        };
        let cache = Cache::from_config(&Config::from_yaml("a: 1").unwrap(), "test").unwrap();
        let window = SlidingWindow::new(cache.namespace("rate"), Duration::from_mins(1), Arc::new(clock));
        let used = async |key: &str, amount: u32| window.add(key, amount).await.unwrap().used;
        for expected in 1..=4 {
            assert_eq!(used("jane", 1).await, expected);
        }
        assert_eq!(used("jane", 0).await, 4, "looking adds nothing");
        assert_eq!(used("joe", 1).await, 1);
        seconds.store(6090, Ordering::Relaxed);
        assert_eq!(
            window.add("jane", 1).await.unwrap(),
            Counted {
                used: 3,
                reset_seconds: 30
            },
            "half of it counts"
        );
        seconds.store(6300, Ordering::Relaxed);
        assert_eq!(used("jane", 0).await, 0);
    }
}
