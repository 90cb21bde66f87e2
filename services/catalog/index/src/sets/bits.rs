//! Numbers as bits, for many questions whether one is among them: slots, or documents of the text index.

use roaring::RoaringBitmap;

/// A container of the bitmap stands for as many slots.
const SLOTS_PER_CONTAINER: usize = 1 << 16;
/// Containers with more slots are bits already.
const MOST_IN_ARRAY: usize = 4096;
/// Begins a bitmap that has runs in it, in the lower half of its first number.
const COOKIE_WITH_RUNS: u32 = 12347;
/// With runs, fewer containers have no table of where they begin.
const LEAST_FOR_OFFSETS: usize = 4;

/// A flat array of bits.
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// None of the numbers below `length`.
    pub(crate) fn none(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    /// The bits of some slots.
    ///
    /// To ask a bitmap for its members one after the other takes longer than to have it written in its portable form, where most
    /// of it is bits as they are wanted (<https://github.com/RoaringBitmap/RoaringFormatSpec>).
    pub(crate) fn new(slots: &RoaringBitmap) -> Self {
        let length = slots.max().map_or(0, |last| last as usize / SLOTS_PER_CONTAINER + 1);
        let mut bits = Self::none(length * SLOTS_PER_CONTAINER);
        let mut portable = Vec::with_capacity(slots.serialized_size());
        let written = slots
            .serialize_into(&mut portable)
            .ok()
            .and_then(|()| bits.read(&portable));
        if written.is_none() {
            slots.iter().for_each(|slot| bits.set(slot as usize));
        }
        bits
    }

    #[inline]
    pub(crate) fn contains(&self, slot: u32) -> bool {
        let word = self.0.get(slot as usize / 64);
        word.is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    /// Sets a number, which is below the length.
    #[inline]
    pub(crate) fn set(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    /// Adds those of others of the same length.
    pub(crate) fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Keeps those that are among others of the same length.
    pub(crate) fn intersect(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Visits them in order.
    pub(crate) fn for_each(&self, mut visit: impl FnMut(u32)) {
        for (first, word) in (0..).step_by(64).zip(&self.0) {
            let mut left = *word;
            while left != 0 {
                visit(first + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    /// Sets all from one slot to another.
    fn set_all(&mut self, first: usize, last: usize) {
        let (first_word, last_word) = (first / 64, last / 64);
        for word in first_word..=last_word {
            let from = if word == first_word { first % 64 } else { 0 };
            let to = if word == last_word { last % 64 } else { 63 };
            self.0[word] |= (u64::MAX << from) & (u64::MAX >> (63 - to));
        }
    }

    /// None if it is not in the portable form.
    fn read(&mut self, portable: &[u8]) -> Option<()> {
        let (cookie, mut rest) = number(portable)?;
        let has_runs = cookie & 0xffff == COOKIE_WITH_RUNS;
        let (count, run_flags) = if has_runs {
            let count = (cookie >> 16) as usize + 1;
            let (flags, after) = rest.split_at_checked(count.div_ceil(8))?;
            rest = after;
            (count, flags)
        } else {
            let (count, after) = number(rest)?;
            rest = after;
            (count as usize, &[][..])
        };
        let (descriptions, after) = rest.split_at_checked(count * 4)?;
        rest = after;
        if !has_runs || count >= LEAST_FOR_OFFSETS {
            rest = rest.get(count * 4..)?;
        }
        for (position, description) in halves(descriptions).collect::<Vec<_>>().chunks_exact(2).enumerate() {
            let first = description[0] * SLOTS_PER_CONTAINER;
            let length = description[1] + 1;
            let is_run = run_flags
                .get(position / 8)
                .is_some_and(|flags| flags >> (position % 8) & 1 == 1);
            let size = if is_run {
                2 + 4 * halves(rest).next()?
            } else if length > MOST_IN_ARRAY {
                SLOTS_PER_CONTAINER / 8
            } else {
                2 * length
            };
            let (container, after) = rest.split_at_checked(size)?;
            rest = after;
            if is_run {
                for run in halves(&container[2..]).collect::<Vec<_>>().chunks_exact(2) {
                    self.set_all(first + run[0], first + run[0] + run[1]);
                }
            } else if length > MOST_IN_ARRAY {
                let words = self.0.get_mut(first / 64..)?.iter_mut();
                for (word, bytes) in words.zip(container.as_chunks::<8>().0) {
                    *word = u64::from_le_bytes(*bytes);
                }
            } else {
                halves(container).for_each(|slot| self.set(first + slot));
            }
        }
        Some(())
    }
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u32::from_le_bytes(*number), rest))
}

/// Numbers of 16 bits.
fn halves(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let halves = bytes.as_chunks::<2>().0.iter();
    halves.map(|half| u16::from_le_bytes(*half).into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(slots: &RoaringBitmap) {
        let bits = Bits::new(slots);
        let mut read = Bits::none(bits.0.len() * 64);
        let mut portable = Vec::new();
        slots.serialize_into(&mut portable).unwrap();
        assert_eq!(read.read(&portable), Some(()), "the portable form is known");
        assert_eq!(read.0, bits.0);
        let end = slots.max().unwrap_or_default() + 70_000;
        let contained: RoaringBitmap = (0..end).filter(|slot| bits.contains(*slot)).collect();
        assert_eq!(contained, *slots);
        assert!(!bits.contains(u32::MAX));
        let mut visited = Vec::new();
        bits.for_each(|slot| visited.push(slot));
        assert!(slots.iter().eq(visited));
    }

    #[test]
    fn they_are_those_of_the_slots() {
        check(&RoaringBitmap::new());
        check(&[0, 63, 64, 200, 65_535, 65_536, 300_000].into_iter().collect());
        // Arrays, bits and runs, alone and together, with a table of offsets and without.
        for step in [1, 2, 15, 17, 1000] {
            for end in [60_000, 200_000, 300_000] {
                let mut slots: RoaringBitmap = (5..end).step_by(step).collect();
                check(&slots);
                slots.insert_range(70_000..150_000);
                slots.insert_range(90_000..90_003);
                check(&slots);
                slots.optimize();
                check(&slots);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn whatever_they_are(
            slots in prop::collection::btree_set(0_u32..200_000, 0..9000),
            first in 0_u32..200_000,
            length in 0_u32..9000,
        ) {
            let mut slots: RoaringBitmap = slots.into_iter().collect();
            slots.insert_range(first..first + length);
            slots.optimize();
            check(&slots);
        }
    }
}
