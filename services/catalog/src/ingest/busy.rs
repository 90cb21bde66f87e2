//! Whether files are being taken in, and for how long.

use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// A pause between two files that does not end the stretch of work they belong to.
pub(crate) const PAUSE: Duration = Duration::from_millis(30);

/// The files being taken in by this process.
#[derive(Debug, Default)]
pub(crate) struct Workload(Mutex<Stretch>);

/// A file being taken in, for as long as it lives.
pub(crate) struct Busy<'workload>(&'workload Workload);

impl Workload {
    /// Marks that a file is being taken in.
    pub(crate) fn busy(&self) -> Busy<'_> {
        self.0.lock().begin(Instant::now());
        Busy(self)
    }

    /// For how long files have been taken in one after the other; `None` while none is.
    pub(crate) fn busy_for(&self) -> Option<Duration> {
        self.0.lock().length(Instant::now())
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.0.lock().end(Instant::now());
    }
}

/// Work without more than a short pause.
#[derive(Debug, Default)]
struct Stretch {
    files: usize,
    begun: Option<Instant>,
    /// When the last file was done.
    ended: Option<Instant>,
}

impl Stretch {
    fn begin(&mut self, now: Instant) {
        if self.length(now).is_none() {
            self.begun = Some(now);
        }
        self.files += 1;
    }

    fn end(&mut self, now: Instant) {
        self.files -= 1;
        self.ended = Some(now);
    }

    fn length(&self, now: Instant) -> Option<Duration> {
        let goes_on = self.files > 0 || self.ended.is_some_and(|ended| now - ended <= PAUSE);
        self.begun.filter(|_| goes_on).map(|begun| now - begun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_pause_does_not_end_a_stretch() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut stretch = Stretch::default();
        assert_eq!(stretch.length(at(0)), None);
        stretch.begin(at(0));
        stretch.end(at(2000));
        stretch.begin(at(2030));
        assert_eq!(stretch.length(at(9000)), Some(Duration::from_secs(9)));
        stretch.end(at(9000));
        assert_eq!(stretch.length(at(9031)), None);
        stretch.begin(at(9031));
        assert_eq!(stretch.length(at(9031)), Some(Duration::ZERO));
    }
}
