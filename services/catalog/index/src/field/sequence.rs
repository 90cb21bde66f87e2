//! The rows of a field in order, one behind the other in memory.
//!
//! To follow the order of a field's values is to jump from one end of memory to another: to the value, its slots, their ranks. Laid
//! out once, the same rows are read as fast as memory is, which makes a page cost the same in a catalog ten times as large. The
//! layout holds until the field changes, so it is made only when walks without it have taken about as long as making it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::order::Row;

/// Walks shorter than this do without.
const SHORT: u64 = 256;

/// The rows of a field by value, those with the same value by reference, if it has been worth while to lay them out.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    rows: OnceLock<Box<[Row]>>,
    /// Steps of walks that have been made without.
    walked: AtomicU64,
}

impl Sequence {
    /// The rows, for a walk of about so many steps; `lay_out` makes them of the field's `length` rows.
    pub(crate) fn rows(&self, steps: u64, length: u64, lay_out: impl FnOnce() -> Box<[Row]>) -> Option<&[Row]> {
        if let Some(rows) = self.rows.get() {
            return Some(rows);
        }
        self.note_walk(steps);
        if self.walked.load(Ordering::Relaxed) < length {
            return None;
        }
        Some(self.rows.get_or_init(lay_out))
    }

    /// Notes that a walk without the rows took so many steps more than were noted before.
    pub(crate) fn note_walk(&self, steps: u64) {
        if steps >= SHORT {
            self.walked.fetch_add(steps, Ordering::Relaxed);
        }
    }

    /// Forgets the rows: the field has changed.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_laid_out_when_walks_have_taken_as_long() {
        let mut sequence = Sequence::default();
        let lay_out = || Box::from([Row { slot: 1, value: 2 }]);
        assert_eq!(sequence.rows(SHORT - 1, 1, lay_out), None);
        assert_eq!(sequence.rows(500, 1000, lay_out), None);
        let expected = [Row { slot: 1, value: 2 }];
        assert_eq!(sequence.rows(500, 1000, lay_out), Some(&expected[..]));
        assert_eq!(sequence.rows(1, 1000, lay_out), Some(&expected[..]));
        sequence.forget();
        assert_eq!(sequence.rows(999, 1000, lay_out), None);
        sequence.note_walk(SHORT - 1);
        assert_eq!(sequence.rows(1, 1000, lay_out), None);
        sequence.note_walk(1000);
        assert_eq!(sequence.rows(1, 1000, lay_out), Some(&expected[..]));
    }
}
