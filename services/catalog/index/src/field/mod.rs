//! One field of the catalog: its values, who has them, and in which order they stand.

mod column;
mod dictionary;
mod sequence;
mod spellings;

use std::collections::HashMap;
use std::sync::OnceLock;

use roaring::RoaringBitmap;

use crate::entity::Row;
use crate::field::dictionary::Dictionary;
use crate::field::sequence::Sequence;
use crate::field::spellings::Spellings;
use crate::order::{self, SortedIds, grow_gently};
use crate::sets::Posting;

pub(crate) use column::Column;
pub(crate) use dictionary::lower;
pub(crate) use spellings::Spelling;

/// A field with fewer rows than this never gets a column: visiting all of them is quick.
const ROWS_WITHOUT_COLUMN: u64 = 4096;
/// Nor does one that so few of the entities have, or fields that hardly anybody has would take memory for everybody.
const SLOTS_PER_ROW: u64 = 64;

/// A field with more values than this, each of which has so many rows on the average, finds them by their hash: they are looked for
/// by every entity that refers to the same few thousand others.
const VALUES_WITHOUT_HASH: usize = 1024;
const ROWS_PER_HASHED_VALUE: u64 = 2;

/// The inverted index of one key.
#[derive(Debug)]
pub(crate) struct Field {
    dictionary: Dictionary,
    /// By value id: the slots that have the value.
    postings: Vec<Posting>,
    spellings: Spellings,
    /// The values that are a list's element for every slot that has them: these slots also have `<key>.<value> = true`.
    elements: RoaringBitmap,
    /// The values that are so for some of their slots only.
    partly_elements: HashMap<u32, Posting>,
    /// The slots with any value.
    valued: Posting,
    /// The slots with a null row; they may have values as well.
    nulls: Posting,
    /// How many pairs of a value and a slot there are.
    rows: u64,
    column: OnceLock<Column>,
    sequence: Sequence,
}

impl Field {
    /// An empty field to be filled in bulk, see [`Self::sort`].
    pub(crate) fn for_loading() -> Self {
        Self {
            dictionary: Dictionary::for_loading(),
            ..Self::new()
        }
    }

    /// An empty field.
    pub(crate) fn new() -> Self {
        Self {
            dictionary: Dictionary::default(),
            postings: Vec::new(),
            spellings: Spellings::default(),
            elements: RoaringBitmap::new(),
            partly_elements: HashMap::new(),
            valued: Posting::Empty,
            nulls: Posting::Empty,
            rows: 0,
            column: OnceLock::new(),
            sequence: Sequence::default(),
        }
    }

    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    pub(crate) fn posting(&self, id: u32) -> &Posting {
        &self.postings[id as usize]
    }

    pub(crate) fn spellings(&self) -> &Spellings {
        &self.spellings
    }

    /// The slots with any value but null.
    pub(crate) fn valued(&self) -> &Posting {
        &self.valued
    }

    /// The slots with a null row.
    pub(crate) fn nulls(&self) -> &Posting {
        &self.nulls
    }

    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.valued.is_empty() && self.nulls.is_empty()
    }

    /// The slots for which a value is an element of a list.
    pub(crate) fn element(&self, value: &str) -> Option<&Posting> {
        if self.elements.is_empty() && self.partly_elements.is_empty() {
            return None;
        }
        let id = self.dictionary.find(value)?;
        if self.elements.contains(id) {
            Some(self.posting(id))
        } else {
            self.partly_elements.get(&id)
        }
    }

    /// The values by slot, for fields where looking there is worth its memory.
    pub(crate) fn column(&self, slots: usize) -> Option<&Column> {
        if self.rows < ROWS_WITHOUT_COLUMN || self.rows * SLOTS_PER_ROW < slots as u64 {
            return None;
        }
        Some(self.column.get_or_init(|| {
            let mut column = Column::with_slots(slots);
            for id in self.dictionary.order().iter() {
                self.posting(id).for_each(|slot| column.add(slot, id));
            }
            column
        }))
    }

    /// All rows by value, those with the same value by reference, where a walk of so many steps makes it worth while.
    pub(crate) fn sequence(&self, steps: u64, references: &SortedIds) -> Option<&[order::Row]> {
        self.sequence.rows(steps, self.rows, || {
            let mut rows = Vec::with_capacity(usize::try_from(self.rows).unwrap_or_default());
            for value in self.dictionary.order().iter() {
                let first = rows.len();
                self.posting(value)
                    .for_each(|slot| rows.push(order::Row { slot, value }));
                rows[first..].sort_unstable_by_key(|row| references.rank(row.slot));
            }
            rows.into()
        })
    }

    /// Notes that a walk over the values took so many steps more than was expected.
    pub(crate) fn note_walk(&self, steps: u64) {
        self.sequence.note_walk(steps);
    }

    /// Adds the first rows of a slot.
    pub(crate) fn add_all(&mut self, slot: u32, rows: &[Row<'_>]) {
        for row in rows {
            match row.value {
                None => self.nulls.insert(slot),
                Some(value) => {
                    self.valued.insert(slot);
                    self.add(slot, value, row);
                }
            }
        }
    }

    /// Replaces the rows of a slot. Both lists are sorted by value and are of this field alone.
    pub(crate) fn replace(&mut self, slot: u32, old: &[Row<'_>], new: &[Row<'_>]) {
        if old == new {
            return;
        }
        self.sequence.forget();
        let (mut old_rest, mut new_rest) = (old, new);
        loop {
            let order = match (old_rest, new_rest) {
                ([], []) => break,
                ([_, ..], []) => std::cmp::Ordering::Less,
                ([], [_, ..]) => std::cmp::Ordering::Greater,
                ([old, ..], [new, ..]) => old.value.cmp(&new.value),
            };
            let removed = order.is_le().then(|| take_first(&mut old_rest)).flatten();
            let added = order.is_ge().then(|| take_first(&mut new_rest)).flatten();
            if removed == added {
                continue;
            }
            if let Some(Row { value: Some(value), .. }) = removed {
                self.remove(slot, value);
            }
            if let Some(row @ Row { value: Some(value), .. }) = added {
                self.add(slot, value, &row);
            }
        }
        set(&mut self.valued, slot, new.iter().any(|row| row.value.is_some()));
        set(&mut self.nulls, slot, new.iter().any(|row| row.value.is_none()));
        if self.dictionary.is_worn() {
            self.sort();
        } else if let Some(column) = self.column.get_mut() {
            let values = new.iter().filter_map(|row| row.value);
            let ids: Vec<u32> = values.filter_map(|value| self.dictionary.find(value)).collect();
            column.set(slot, &ids);
        }
    }

    /// Numbers the values by their order and gives back what memory can be given back: the end of a bulk load, and
    /// from time to time a cleaning.
    pub(crate) fn sort(&mut self) {
        let (dictionary, old_ids) = self.dictionary.sorted();
        self.dictionary = dictionary;
        let postings = old_ids.iter().map(|old| {
            let mut posting = std::mem::take(&mut self.postings[*old as usize]);
            posting.shrink();
            posting
        });
        self.postings = postings.collect();
        self.valued.shrink();
        self.nulls.shrink();
        self.spellings = std::mem::take(&mut self.spellings).renumbered(&old_ids);
        if !self.elements.is_empty() || !self.partly_elements.is_empty() {
            let ids = (0..).zip(&old_ids);
            self.partly_elements = ids
                .clone()
                .filter_map(|(id, old)| Some((id, self.partly_elements.remove(old)?)))
                .collect();
            self.elements = ids
                .filter(|(_, old)| self.elements.contains(**old))
                .map(|(id, _)| id)
                .collect();
        }
        self.column = OnceLock::new();
        self.sequence.forget();
    }

    fn add(&mut self, slot: u32, value: &str, row: &Row<'_>) {
        if !self.dictionary.is_hashed()
            && self.dictionary.len() > VALUES_WITHOUT_HASH
            && self.rows > ROWS_PER_HASHED_VALUE * self.dictionary.len() as u64
        {
            self.dictionary.hash();
        }
        // A dictionary is full at four gigabytes of text, or about twenty million different values; a value beyond
        // that cannot be searched for.
        let Some(id) = self.dictionary.intern(value) else {
            return;
        };
        if self.postings.len() <= id as usize {
            grow_gently(&mut self.postings, id as usize + 1);
            self.postings.resize_with(id as usize + 1, Posting::default);
        }
        let posting = &mut self.postings[id as usize];
        self.spellings.add(id, posting, slot, row.original);
        if row.element {
            if posting.is_empty() {
                self.elements.insert(id);
            } else if !self.elements.contains(id) {
                self.partly_elements.entry(id).or_default().insert(slot);
            }
        } else if self.elements.remove(id) {
            self.partly_elements.insert(id, posting.clone());
        }
        posting.insert(slot);
        self.rows += 1;
    }

    fn remove(&mut self, slot: u32, value: &str) {
        let Some(id) = self.dictionary.find(value) else {
            return;
        };
        let posting = &mut self.postings[id as usize];
        posting.remove(slot);
        self.rows -= 1;
        self.spellings.remove(id, posting, slot);
        if let Some(marked) = self.partly_elements.get_mut(&id) {
            marked.remove(slot);
            if marked.is_empty() {
                self.partly_elements.remove(&id);
            }
        }
        if posting.is_empty() {
            self.elements.remove(id);
            self.dictionary.remove(id);
        }
    }
}

fn take_first<'text>(rows: &mut &[Row<'text>]) -> Option<Row<'text>> {
    let (first, rest) = rows.split_first()?;
    *rows = rest;
    Some(*first)
}

fn set(posting: &mut Posting, slot: u32, present: bool) {
    if present {
        posting.insert(slot);
    } else {
        posting.remove(slot);
    }
}
