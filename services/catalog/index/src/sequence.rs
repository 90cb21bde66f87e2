//! The rows of a field in order, one behind the other in memory.
//!
//! To follow the order of a field's values is to jump from one end of memory to another: to the value, its slots, their ranks. Laid
//! out once, the same rows are read as fast as memory is, which makes a page cost the same in a catalog ten times as large. The
//! layout holds until the field changes, so it is made only when walks without it have taken about as long as making it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use roaring::RoaringBitmap;

use crate::nearest::Row;

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
        if steps < SHORT || self.walked.fetch_add(steps, Ordering::Relaxed) + steps < length {
            return None;
        }
        Some(self.rows.get_or_init(lay_out))
    }

    /// Forgets the rows: the field has changed.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Slots as bits, for many questions whether one is among them.
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// The bits of slots, all of them below `length`.
    pub(crate) fn new(slots: &RoaringBitmap, length: usize) -> Self {
        let mut bits = vec![0; length.div_ceil(64)];
        for slot in slots {
            bits[slot as usize / 64] |= 1 << (slot % 64);
        }
        Self(bits)
    }

    #[inline]
    pub(crate) fn contains(&self, slot: u32) -> bool {
        self.0[slot as usize / 64] >> (slot % 64) & 1 == 1
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
    }

    #[test]
    fn bits_are_those_of_the_slots() {
        let slots: RoaringBitmap = [0, 63, 64, 200].into_iter().collect();
        let bits = Bits::new(&slots, 201);
        let contained: Vec<u32> = (0..201).filter(|slot| bits.contains(*slot)).collect();
        assert_eq!(contained, [0, 63, 64, 200]);
    }
}
