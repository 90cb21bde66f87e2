//! Whether files are being taken in, and how much has been.

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

    /// How many entities have been written since files have been taken in one after the other; `None` while none is.
    pub(crate) fn written(&self) -> Option<usize> {
        self.0.lock().written(Instant::now())
    }
}

impl Busy<'_> {
    /// Counts entities that the file has changed.
    pub(crate) fn wrote(&self, entities: usize) {
        self.0.0.lock().written += entities;
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
    written: usize,
    /// When the last file was done.
    ended: Option<Instant>,
}

impl Stretch {
    fn begin(&mut self, now: Instant) {
        if self.written(now).is_none() {
            self.written = 0;
        }
        self.files += 1;
    }

    fn end(&mut self, now: Instant) {
        self.files -= 1;
        self.ended = Some(now);
    }

    fn written(&self, now: Instant) -> Option<usize> {
        let goes_on = self.files > 0 || self.ended.is_some_and(|ended| now - ended <= PAUSE);
        goes_on.then_some(self.written)
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
        assert_eq!(stretch.written(at(0)), None);
        stretch.begin(at(0));
        stretch.written += 7;
        stretch.end(at(2000));
        stretch.begin(at(2030));
        stretch.written += 1;
        assert_eq!(stretch.written(at(9000)), Some(8));
        stretch.end(at(9000));
        assert_eq!(stretch.written(at(9031)), None);
        stretch.begin(at(9031));
        assert_eq!(stretch.written(at(9031)), Some(0));
    }
}
