//! A limit of requests at once, with a short queue.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// How long a request waits for its turn.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// No turn came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// The places of an endpoint.
#[derive(Debug)]
pub struct Slots {
    places: Arc<Semaphore>,
    /// As many may wait as may be under way.
    queue: usize,
    waiting: AtomicUsize,
    longest_wait: Duration,
}

impl Slots {
    /// So many requests at once, and as many that wait.
    pub fn new(places: u32) -> Self {
        let places = usize::try_from(places.max(1)).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            queue: places,
            waiting: AtomicUsize::new(0),
            longest_wait: LONGEST_WAIT,
        }
    }

    /// A place, held until it is dropped; at once or after a short wait.
    pub async fn take(&self) -> Result<OwnedSemaphorePermit, Full> {
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Ok(place);
        }
        let _waiting = Waiting::join(&self.waiting, self.queue).ok_or(Full)?;
        match timeout(self.longest_wait, self.places.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(Full),
        }
    }
}

/// One that waits, counted until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(count: &'a AtomicUsize, most: usize) -> Option<Self> {
        let waiting = Self(count);
        (count.fetch_add(1, Ordering::Relaxed) < most).then_some(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn some_wait_and_the_rest_is_turned_away() {
        let slots = Arc::new(Slots {
            longest_wait: Duration::from_millis(50),
            ..Slots::new(1)
        });
        let held = slots.take().await.unwrap();
        let (first, second, ()) = tokio::join!(slots.take(), slots.take(), async { drop(held) });
        assert!(second.is_err(), "the queue is full");
        drop(first.unwrap());

        let _held = slots.take().await.unwrap();
        assert_eq!(slots.take().await.map(drop), Err(Full), "nobody waits for ever");
        assert_eq!(slots.waiting.load(Ordering::Relaxed), 0);
    }
}
