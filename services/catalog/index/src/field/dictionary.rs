//! The distinct texts of a field, numbered and sorted.
//!
//! All texts lie one after the other in a single string. That takes a fraction of the memory of one allocation each, and
//! makes a text search one pass over contiguous memory.

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use memchr::memmem::Finder;

use crate::order::{Place, SortedIds, grow_gently};

/// Follows every text, so that a search term that does not hold it never matches across two texts.
const SEPARATOR: char = '\0';

/// Texts that nobody uses any more are cleared away when they outnumber the others by this many.
const TOLERATED_DEAD: usize = 1024;

/// Texts numbered from 0, in the order in which they were added, with their alphabetical order beside it.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    text: String,
    /// By id: where its text, with the separator, ends.
    ends: Vec<u32>,
    /// The ids in use, by their texts' bytes.
    order: SortedIds,
    live: usize,
    /// Finds the texts in use without their order, where they are looked for often enough to be worth the memory.
    hashed: Option<Box<Hashed>>,
    /// While a catalog is loaded texts are only hashed, and `order` is made at the end.
    is_loading: bool,
}

#[derive(Debug, Default)]
struct Hashed {
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Hashed {
    fn find(&self, hash: u64, text: &str, dictionary: &Dictionary) -> Option<u32> {
        self.table.find(hash, |id| dictionary.text(*id) == text).copied()
    }

    fn insert(&mut self, hash: u64, id: u32, dictionary: &Dictionary) {
        let Self { table, hasher } = self;
        table.insert_unique(hash, id, |id| hasher.hash_one(dictionary.text(*id)));
    }
}

impl Dictionary {
    /// A dictionary that is filled in bulk: nothing but [`Self::intern`] works until [`Self::sorted`] has made the
    /// final one of it.
    pub(crate) fn for_loading() -> Self {
        Self {
            hashed: Some(Box::default()),
            is_loading: true,
            ..Self::default()
        }
    }

    /// The text of an id.
    pub(crate) fn text(&self, id: u32) -> &str {
        text_of(&self.text, &self.ends, id)
    }

    /// The ids and their order.
    pub(crate) fn order(&self) -> &SortedIds {
        &self.order
    }

    /// Where a text stands or would stand.
    pub(crate) fn place(&self, text: &str) -> Place {
        self.order.find(|id| self.text(id).cmp(text))
    }

    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        match &self.hashed {
            Some(hashed) => hashed.find(hashed.hasher.hash_one(text), text, self),
            None => self.order.at(self.place(text)),
        }
    }

    /// How many texts are in use.
    pub(crate) fn len(&self) -> usize {
        self.live
    }

    /// Whether texts are found by their hash.
    pub(crate) fn is_hashed(&self) -> bool {
        self.hashed.is_some()
    }

    /// From now on texts are found by their hash.
    pub(crate) fn hash(&mut self) {
        let mut hashed = Box::<Hashed>::default();
        hashed.table.reserve(self.live, |_| 0);
        for id in self.order.iter() {
            hashed.insert(hashed.hasher.hash_one(self.text(id)), id, self);
        }
        self.hashed = Some(hashed);
    }

    /// The ids of all texts with a prefix, in order.
    pub(crate) fn with_prefix<'this>(&'this self, prefix: &'this str) -> impl Iterator<Item = u32> + 'this {
        self.order
            .forward(self.place(prefix))
            .take_while(move |id| self.text(*id).starts_with(prefix))
    }

    /// The id of a text, which is added if it is not there; none if the dictionary is full.
    pub(crate) fn intern(&mut self, text: &str) -> Option<u32> {
        let Some(mut hashed) = self.hashed.take() else {
            return self.intern_sorted(text);
        };
        let hash = hashed.hasher.hash_one(text);
        let id = hashed.find(hash, text, self).or_else(|| {
            let id = if self.is_loading {
                self.append(text)
            } else {
                self.intern_sorted(text)
            }?;
            hashed.insert(hash, id, self);
            Some(id)
        });
        self.hashed = Some(hashed);
        id
    }

    /// Forgets a text. Its id is not used again before the dictionary is made anew.
    pub(crate) fn remove(&mut self, id: u32) {
        let place = self.place(self.text(id));
        if self.order.at(place) == Some(id) {
            self.order.remove(place);
            self.live -= 1;
            if let Some(hashed) = &mut self.hashed {
                let hash = hashed.hasher.hash_one(text_of(&self.text, &self.ends, id));
                if let Ok(entry) = hashed.table.find_entry(hash, |other| *other == id) {
                    entry.remove();
                }
            }
        }
    }

    /// Whether so many ids are out of use that the dictionary should be made anew.
    pub(crate) fn is_worn(&self) -> bool {
        self.ends.len() > 2 * self.live + TOLERATED_DEAD
    }

    /// The same texts, numbered in their order, and for each new id the old one.
    pub(crate) fn sorted(&self) -> (Self, Vec<u32>) {
        let old_ids: Vec<u32> = if self.is_loading {
            let mut ids: Vec<u32> = (0..).take(self.ends.len()).collect();
            // Stable, because that sort makes use of runs: catalogs arrive nearly in order.
            ids.sort_by(|left, right| self.text(*left).cmp(self.text(*right)));
            ids
        } else {
            self.order.iter().collect()
        };
        let length = old_ids
            .iter()
            .map(|id| self.text(*id).len() + SEPARATOR.len_utf8())
            .sum();
        let mut sorted = Self {
            text: String::with_capacity(length),
            ends: Vec::with_capacity(old_ids.len()),
            ..Self::default()
        };
        for id in &old_ids {
            // It is shorter than or as long as the text it is copied from, so it always fits.
            sorted.append(self.text(*id));
        }
        let new_ids: Vec<u32> = (0..).take(old_ids.len()).collect();
        sorted.order = SortedIds::from_sorted(&new_ids);
        (sorted, old_ids)
    }

    /// The ids of all texts that contain a term, in no particular order. Texts out of use may be among them.
    pub(crate) fn containing(&self, term: &str) -> Vec<u32> {
        let finder = Finder::new(term);
        if term.contains(SEPARATOR) {
            // Such a term might match across texts.
            return self
                .order
                .iter()
                .filter(|id| finder.find(self.text(*id).as_bytes()).is_some())
                .collect();
        }
        let text = self.text.as_bytes();
        let mut ids = Vec::new();
        let (mut id, mut from) = (0_usize, 0_usize);
        while from < text.len()
            && let Some(found) = finder.find(&text[from..])
        {
            let at = from + found;
            // Matches ascend: the text of the next one is near this one's when there are many, and far when few.
            id += gallop(&self.ends[id..], |end| *end as usize <= at);
            ids.push(u32::try_from(id).unwrap_or(u32::MAX));
            from = self.ends[id] as usize;
        }
        ids
    }

    fn intern_sorted(&mut self, text: &str) -> Option<u32> {
        let place = self.order.find_nearby(|id| self.text(id).cmp(text));
        if let Some(id) = self.order.at(place) {
            return Some(id);
        }
        let id = self.append(text)?;
        self.order.insert(place, id);
        Some(id)
    }

    fn append(&mut self, text: &str) -> Option<u32> {
        let id = u32::try_from(self.ends.len()).ok()?;
        let length = self.text.len() + text.len() + SEPARATOR.len_utf8();
        let end = u32::try_from(length).ok()?;
        if self.text.capacity() < length {
            self.text.reserve_exact(text.len() + length / 8 + 16);
        }
        self.text.push_str(text);
        self.text.push(SEPARATOR);
        grow_gently(&mut self.ends, id as usize + 1);
        self.ends.push(end);
        self.live += 1;
        Some(id)
    }
}

fn text_of<'text>(text: &'text str, ends: &[u32], id: u32) -> &'text str {
    let id = id as usize;
    let start = id.checked_sub(1).map_or(0, |before| ends[before] as usize);
    &text[start..ends[id] as usize - SEPARATOR.len_utf8()]
}

/// The length of the longest start of an ascending list whose elements are all `before`.
fn gallop<Element>(elements: &[Element], before: impl Fn(&Element) -> bool) -> usize {
    let mut step = 1;
    while step < elements.len() && before(&elements[step]) {
        step *= 2;
    }
    let from = step / 2;
    let to = (step + 1).min(elements.len());
    from + elements[from..to].partition_point(before)
}

/// Lower case as search rows have it; texts that are in lower case already are not copied.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn galloping_finds_the_border() {
        for length in 0..40_usize {
            let numbers: Vec<usize> = (0..length).collect();
            for border in 0..=length {
                assert_eq!(
                    gallop(&numbers, |number| *number < border),
                    border,
                    "{border} of {length}"
                );
            }
        }
    }

    #[test]
    fn lower_case_is_not_copied() {
        assert!(matches!(lower("a-b/1"), Cow::Borrowed("a-b/1")));
        assert_eq!(lower("A\u{130}"), "ai\u{307}");
    }

    fn check(dictionary: &Dictionary, expected: &BTreeMap<String, u32>) {
        assert_eq!(dictionary.live, expected.len());
        let ids: Vec<u32> = expected.values().copied().collect();
        assert_eq!(dictionary.order().iter().collect::<Vec<_>>(), ids);
        for (text, id) in expected {
            assert_eq!(dictionary.text(*id), text);
            assert_eq!(dictionary.find(text), Some(*id));
        }
        for term in ["", "a", "ab", "b\0", "\0", "ü", "aa"] {
            let prefixed: Vec<u32> = expected
                .iter()
                .filter(|(text, _)| text.starts_with(term))
                .map(|(_, id)| *id)
                .collect();
            assert_eq!(dictionary.with_prefix(term).collect::<Vec<_>>(), prefixed);
            let containing: BTreeSet<u32> = expected
                .iter()
                .filter(|(text, _)| text.contains(term))
                .map(|(_, id)| *id)
                .collect();
            let live: BTreeSet<u32> = ids.iter().copied().collect();
            let found = dictionary
                .containing(term)
                .into_iter()
                .filter(|id| live.contains(id))
                .collect();
            assert_eq!(containing, found, "{term:?}");
        }
    }

    proptest! {
        #[test]
        fn texts_are_numbered_sorted_and_searched(
            loaded in prop::collection::vec("[abü\0]{0,4}", 0..60),
            operations in prop::collection::vec((any::<bool>(), "[abü\0]{0,4}"), 0..60),
        ) {
            let mut loading = Dictionary::for_loading();
            for text in &loaded {
                let id = loading.intern(text).unwrap();
                prop_assert_eq!(loading.text(id), text);
            }
            let (mut dictionary, old_ids) = loading.sorted();
            prop_assert_eq!(old_ids.len(), dictionary.live);
            let mut expected: BTreeMap<String, u32> =
                (0..).zip(&old_ids).map(|(id, old)| (loading.text(*old).to_owned(), id)).collect();
            check(&dictionary, &expected);
            for (number, (add, text)) in operations.into_iter().enumerate() {
                if number == 20 {
                    dictionary.hash();
                }
                if add {
                    let id = dictionary.intern(&text).unwrap();
                    prop_assert_eq!(*expected.entry(text).or_insert(id), id);
                } else if let Some(id) = expected.remove(&text) {
                    dictionary.remove(id);
                }
            }
            check(&dictionary, &expected);
            let (sorted, old_ids) = dictionary.sorted();
            let expected = (0..).zip(old_ids).map(|(id, old)| (dictionary.text(old).to_owned(), id)).collect();
            check(&sorted, &expected);
        }
    }
}
