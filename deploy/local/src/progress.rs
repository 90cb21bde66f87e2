//! What the person at the terminal sees while a stack starts, runs and stops.

use std::{sync::Arc, time::Instant};

/// Takes the lines that tell how far a start or stop is.
#[derive(Clone)]
pub struct Progress {
    started: Instant,
    sink: Arc<dyn Fn(&str) + Send + Sync>,
}

impl Progress {
    /// Prints each line with the seconds since the start.
    pub fn terminal() -> Self {
        Self::new(|line| println!("{line}"))
    }

    /// Says nothing; for tests.
    pub fn silent() -> Self {
        Self::new(|_| {})
    }

    /// Hands each line to a function.
    pub fn new(sink: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self {
            // A stop-watch for people, not a clock that behaviour depends on.
            started: Instant::now(),
            sink: Arc::new(sink),
        }
    }

    /// Says one thing.
    pub(crate) fn say(&self, text: impl AsRef<str>) {
        let seconds = self.started.elapsed().as_secs_f64();
        (self.sink)(&format!("[{seconds:5.1} s] {}", text.as_ref()));
    }
}

impl std::fmt::Debug for Progress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Progress")
    }
}
