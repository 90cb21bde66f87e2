//! The first few of many rows, without sorting the many.

/// A row of a result: an entity, and which of its values put it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) slot: u32,
    /// The id of the value, or [`NO_VALUE`], or [`ELEMENT_VALUE`].
    pub(crate) value: u32,
}

/// The value of a row that is not ordered by one.
pub(crate) const NO_VALUE: u32 = u32::MAX;
/// The value `true` of a row that is there because it names an element of a list.
pub(crate) const ELEMENT_VALUE: u32 = u32::MAX - 1;

/// Where a row stands: the ranks of its value and of its reference.
pub(crate) type Key = (u64, u64);

/// Keeps the rows with the smallest keys.
pub(crate) struct Nearest {
    take: usize,
    kept: Vec<(Key, Row)>,
    /// Rows from this key on cannot be among the first any more.
    bound: Option<Key>,
}

impl Nearest {
    pub(crate) fn new(take: usize) -> Self {
        Self {
            take,
            kept: Vec::new(),
            bound: None,
        }
    }

    #[inline]
    pub(crate) fn offer(&mut self, key: Key, row: Row) {
        if self.bound.is_some_and(|bound| key >= bound) {
            return;
        }
        self.kept.push((key, row));
        // Twice as many as wanted, at least a cache line's worth, are halved at once: that is constant work a row.
        if self.kept.len() >= self.take.saturating_mul(2).max(128) {
            self.halve();
        }
    }

    /// The rows in the order of their keys.
    pub(crate) fn finish(mut self) -> Vec<Row> {
        if self.kept.len() > self.take {
            self.halve();
        }
        self.kept.sort_unstable_by_key(|(key, _)| *key);
        self.kept.into_iter().map(|(_, row)| row).collect()
    }

    fn halve(&mut self) {
        match self.take.checked_sub(1) {
            None => self.kept.clear(),
            Some(last) => {
                let (_, (key, _), _) = self.kept.select_nth_unstable_by_key(last, |(key, _)| *key);
                self.bound = Some(*key);
                self.kept.truncate(self.take);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_the_first_of_all(numbers in prop::collection::hash_set(any::<u64>(), 0..600), take in 0_usize..300) {
            let mut nearest = Nearest::new(take);
            let mut numbers: Vec<u64> = numbers.into_iter().collect();
            for (slot, number) in (0..).zip(&numbers) {
                nearest.offer((*number / 7, *number), Row { slot, value: NO_VALUE });
            }
            let found: Vec<u64> = nearest.finish().into_iter().map(|row| numbers[row.slot as usize]).collect();
            numbers.sort_unstable();
            numbers.truncate(take);
            prop_assert_eq!(found, numbers);
        }
    }
}
