//! Small integers kept in the order of the texts they stand for, each with a number that says where it stands.
//!
//! The numbers ("labels") make two texts comparable without looking at them: whichever has the smaller label comes
//! first. They leave gaps, so that an insertion usually labels nothing but itself; when a gap is used up, the labels of
//! one chunk are spread anew, and when its whole range is used up, those of all.

use std::cmp::Ordering;

/// The most ids in a chunk. An insertion moves at most this many, and relabels rarely more.
const CHUNK: usize = 256;
/// Chunks are not filled up when they are made in bulk, so that the first insertions do not split them all.
const BULK_CHUNK: usize = 192;
/// One above the largest label; a doubled label still fits.
const LABELS: u64 = 1 << 62;
/// A new id keeps no more distance than this from the one before it, so that a run of ascending texts (names that end in a
/// number) does not halve the gap it falls into with each of them.
const LONGEST_STEP: u64 = 1 << 32;
/// Spreading a chunk must leave room for some halvings of each gap, or it would have to be done over and over.
const LEAST_STEP: u64 = 1 << 10;

/// Where an id stands or would stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    chunk: usize,
    index: usize,
    /// Whether an id stands there that equals what was looked for.
    pub(crate) found: bool,
}

impl Place {
    /// The place before all ids.
    pub(crate) const FIRST: Self = Self {
        chunk: 0,
        index: 0,
        found: false,
    };
}

/// Ids in the order of their texts. The texts live elsewhere: searching takes a closure that compares.
#[derive(Debug, Default)]
pub(crate) struct SortedIds {
    /// None of them is empty.
    chunks: Vec<Vec<u32>>,
    /// By id.
    labels: Vec<u64>,
    /// The chunk that took the last insertion.
    recent: usize,
}

impl SortedIds {
    /// Takes over ids that are already in order.
    pub(crate) fn from_sorted(ids: &[u32]) -> Self {
        let mut sorted = Self {
            chunks: ids.chunks(BULK_CHUNK).map(<[u32]>::to_vec).collect(),
            labels: vec![0; ids.iter().max().map_or(0, |largest| *largest as usize + 1)],
            recent: 0,
        };
        sorted.relabel_all();
        sorted
    }

    pub(crate) fn len(&self) -> usize {
        self.chunks.iter().map(Vec::len).sum()
    }

    /// Searches; `compare` says how the text of an id stands to the one looked for.
    pub(crate) fn find(&self, compare: impl Fn(u32) -> Ordering) -> Place {
        let after = self
            .chunks
            .partition_point(|chunk| compare(chunk[0]) != Ordering::Greater);
        self.find_in(after.checked_sub(1), compare)
    }

    /// The same for a text that is likely to stand near the last one inserted, as changes come in batches in the order of their
    /// references.
    pub(crate) fn find_nearby(&self, compare: impl Fn(u32) -> Ordering) -> Place {
        let begins_before = |chunk: &Vec<u32>| compare(chunk[0]) != Ordering::Greater;
        let is_here = self.chunks.get(self.recent).is_some_and(begins_before)
            && !self.chunks.get(self.recent + 1).is_some_and(begins_before);
        if is_here {
            return self.find_in(Some(self.recent), compare);
        }
        self.find(compare)
    }

    fn find_in(&self, chunk: Option<usize>, compare: impl Fn(u32) -> Ordering) -> Place {
        let Some(chunk) = chunk else {
            return Place::FIRST;
        };
        let (index, found) = match self.chunks[chunk].binary_search_by(|id| compare(*id)) {
            Ok(index) => (index, true),
            Err(index) => (index, false),
        };
        Place { chunk, index, found }
    }

    /// The id that was found at a place.
    pub(crate) fn at(&self, place: Place) -> Option<u32> {
        place.found.then(|| self.chunks[place.chunk][place.index])
    }

    /// Twice the label of the id: even, so that odd numbers can stand for texts between two ids.
    pub(crate) fn rank(&self, id: u32) -> u64 {
        self.labels[id as usize] << 1
    }

    /// The rank of what was looked for: that of its id, or, when there is none, a number between the ranks of its
    /// neighbours.
    pub(crate) fn rank_at(&self, place: Place) -> u64 {
        match self.at(place) {
            Some(id) => self.rank(id),
            None => (self.label_before(place.chunk, place.index) << 1) | 1,
        }
    }

    /// Puts an id where a search that did not find it said it belongs.
    pub(crate) fn insert(&mut self, place: Place, id: u32) {
        if self.labels.len() <= id as usize {
            grow_gently(&mut self.labels, id as usize + 1);
            self.labels.resize(id as usize + 1, 0);
        }
        let Place { chunk, index, .. } = place;
        let low = self.label_before(chunk, index);
        let high = self.label_from(chunk, index);
        if self.chunks.is_empty() {
            self.chunks.push(Vec::new());
        }
        self.chunks[chunk].insert(index, id);
        self.recent = chunk;
        if high - low >= 2 {
            self.labels[id as usize] = low + ((high - low) / 2).min(LONGEST_STEP);
        } else {
            self.spread(chunk);
        }
        if self.chunks[chunk].len() > CHUNK {
            // Texts that arrive in order leave full chunks behind instead of half full ones.
            let at_end = index + 1 == self.chunks[chunk].len() && chunk + 1 == self.chunks.len();
            let middle = if at_end { index } else { CHUNK / 2 };
            let upper = self.chunks[chunk].split_off(middle);
            self.chunks.insert(chunk + 1, upper);
        }
    }

    /// Takes out the id that was found at a place.
    pub(crate) fn remove(&mut self, place: Place) {
        let Place { chunk, index, .. } = place;
        self.chunks[chunk].remove(index);
        if self.chunks[chunk].is_empty() {
            self.chunks.remove(chunk);
        } else if let Some(next) = self.chunks.get(chunk + 1)
            && self.chunks[chunk].len() + next.len() <= CHUNK / 2
        {
            let next = self.chunks.remove(chunk + 1);
            self.chunks[chunk].extend(next);
        }
    }

    /// All ids in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        self.chunks.iter().flatten().copied()
    }

    /// The ids from a place on, the one found there among them.
    pub(crate) fn forward(&self, place: Place) -> impl Iterator<Item = u32> {
        let (first, rest) = match self.chunks.get(place.chunk..) {
            Some([first, rest @ ..]) => (&first[place.index..], rest),
            _ => (&[][..], &[][..]),
        };
        first.iter().chain(rest.iter().flatten()).copied()
    }

    /// The ids up to a place, the one found there among them, last first.
    pub(crate) fn backward(&self, place: Place) -> impl Iterator<Item = u32> {
        let (rest, first) = match self.chunks.get(..=place.chunk) {
            Some([rest @ .., last]) => (rest, &last[..place.index + usize::from(place.found)]),
            _ => (&[][..], &[][..]),
        };
        first
            .iter()
            .rev()
            .chain(rest.iter().rev().flat_map(|chunk| chunk.iter().rev()))
            .copied()
    }

    /// The place behind all ids.
    pub(crate) fn last(&self) -> Place {
        Place {
            chunk: self.chunks.len().saturating_sub(1),
            index: self.chunks.last().map_or(0, Vec::len),
            found: false,
        }
    }

    /// The label of the id before a place; 0, which no id has, at the start.
    fn label_before(&self, chunk: usize, index: usize) -> u64 {
        let before = match index.checked_sub(1) {
            Some(index) => self.chunks.get(chunk).and_then(|chunk| chunk.get(index)),
            None => chunk.checked_sub(1).and_then(|chunk| self.chunks[chunk].last()),
        };
        before.map_or(0, |id| self.labels[*id as usize])
    }

    /// The label of the id at a place; one above all labels at the end.
    fn label_from(&self, chunk: usize, index: usize) -> u64 {
        let here = self.chunks.get(chunk).and_then(|chunk| chunk.get(index));
        let id = here.or_else(|| self.chunks.get(chunk + 1).map(|chunk| &chunk[0]));
        id.map_or(LABELS, |id| self.labels[*id as usize])
    }

    /// Spreads the labels of a chunk evenly over its range.
    fn spread(&mut self, chunk: usize) {
        let low = self.label_before(chunk, 0);
        let high = self.label_from(chunk + 1, 0);
        let step = (high - low) / (self.chunks[chunk].len() as u64 + 1);
        if step < LEAST_STEP {
            self.relabel_all();
            return;
        }
        let mut label = low;
        for id in &self.chunks[chunk] {
            label += step;
            self.labels[*id as usize] = label;
        }
    }

    fn relabel_all(&mut self) {
        let step = LABELS / (self.len() as u64 + 1);
        let mut label = 0;
        for id in self.chunks.iter().flatten() {
            label += step;
            self.labels[*id as usize] = label;
        }
    }
}

/// Makes room for `length` elements with a reserve of an eighth: doubling would waste memory on large tables.
pub(crate) fn grow_gently<Element>(elements: &mut Vec<Element>, length: usize) {
    if elements.capacity() < length {
        let reserve = (length / 8).max(4);
        elements.reserve_exact(length + reserve - elements.len());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(sorted: &SortedIds, texts: &[u64], expected: &[u32]) {
        assert_eq!(sorted.iter().collect::<Vec<_>>(), expected);
        assert_eq!(sorted.len(), expected.len());
        assert!(
            sorted
                .chunks
                .iter()
                .all(|chunk| !chunk.is_empty() && chunk.len() <= CHUNK)
        );
        assert!(expected.is_sorted_by(|left, right| sorted.rank(*left) < sorted.rank(*right)));
        for probe in [0, 500, 501, u64::MAX] {
            let place = sorted.find(|id| texts[id as usize].cmp(&probe));
            let rank = sorted.rank_at(place);
            for id in expected {
                assert_eq!(sorted.rank(*id).cmp(&rank), texts[*id as usize].cmp(&probe));
            }
            let from: Vec<u32> = expected
                .iter()
                .copied()
                .filter(|id| texts[*id as usize] >= probe)
                .collect();
            assert_eq!(sorted.forward(place).collect::<Vec<_>>(), from);
            let mut to: Vec<u32> = expected
                .iter()
                .copied()
                .filter(|id| texts[*id as usize] <= probe)
                .collect();
            to.reverse();
            assert_eq!(sorted.backward(place).collect::<Vec<_>>(), to);
        }
        assert_eq!(sorted.forward(Place::FIRST).count(), expected.len());
        assert_eq!(sorted.backward(sorted.last()).count(), expected.len());
    }

    fn insert(sorted: &mut SortedIds, texts: &mut Vec<u64>, text: u64) -> bool {
        let place = sorted.find(|id| texts[id as usize].cmp(&text));
        assert_eq!(sorted.find_nearby(|id| texts[id as usize].cmp(&text)), place);
        if place.found {
            return false;
        }
        texts.push(text);
        sorted.insert(place, u32::try_from(texts.len() - 1).unwrap());
        true
    }

    #[test]
    fn long_runs_in_one_gap_keep_the_order() {
        for descending in [false, true] {
            let mut texts = vec![0, u64::MAX];
            let mut sorted = SortedIds::from_sorted(&[0, 1]);
            for number in 1..20_000_u64 {
                let text = if descending { 1_000_000 - number } else { number };
                assert!(insert(&mut sorted, &mut texts, text));
            }
            let mut expected: Vec<u32> = (0..20_001).collect();
            expected.sort_by_key(|id| texts[*id as usize]);
            check(&sorted, &texts, &expected);
        }
    }

    proptest! {
        #[test]
        fn insertions_and_removals_keep_the_order(
            start in prop::collection::btree_set(0_u64..1000, 0..600),
            operations in prop::collection::vec((any::<bool>(), 0_u64..1000), 0..600),
        ) {
            let mut texts: Vec<u64> = start.into_iter().collect();
            let mut expected: Vec<u32> = (0..u32::try_from(texts.len()).unwrap()).collect();
            let mut sorted = SortedIds::from_sorted(&expected);
            for (add, text) in operations {
                if add {
                    if insert(&mut sorted, &mut texts, text) {
                        expected.push(u32::try_from(texts.len() - 1).unwrap());
                    }
                } else {
                    let place = sorted.find(|id| texts[id as usize].cmp(&text));
                    if let Some(id) = sorted.at(place) {
                        sorted.remove(place);
                        expected.retain(|other| *other != id);
                    }
                }
            }
            expected.sort_by_key(|id| texts[*id as usize]);
            check(&sorted, &texts, &expected);
        }
    }
}
