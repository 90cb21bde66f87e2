//! The catalog in memory: entities in numbered slots, and the fields that refer to them by slot.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use roaring::RoaringBitmap;

use crate::entity::{EntityView, Record, Rows, by_key, splits};
use crate::field::Field;
use crate::order::{Place, SortedIds};
use crate::sets::Posting;

/// All of the index that is behind its lock.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) revision: i64,
    /// Goes up with every change of an entity, also within one revision.
    generation: u64,
    /// By slot; none for a slot that is free.
    records: Vec<Option<Arc<Record>>>,
    free: Vec<u32>,
    live: RoaringBitmap,
    /// The slots in the order of their references.
    references: SortedIds,
    by_reference: HashTable<u32>,
    by_uid: HashTable<u32>,
    hasher: DefaultHashBuilder,
    fields: HashMap<Box<str>, Field>,
    loading: bool,
}

impl State {
    /// A state that is filled by [`Self::insert`] alone, until [`Self::finish_loading`] makes it usable.
    pub(crate) fn for_loading() -> Self {
        Self {
            loading: true,
            ..Self::default()
        }
    }

    /// Tells this state from all others the index has had.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// Makes this the state that follows another.
    pub(crate) fn succeed(&mut self, other: &Self) {
        self.generation = other.generation + 1;
    }

    /// The slots that hold an entity.
    pub(crate) fn live(&self) -> &RoaringBitmap {
        &self.live
    }

    /// How many slots there are, free ones included.
    pub(crate) fn slots(&self) -> usize {
        self.records.len()
    }

    /// The slots in the order of their references.
    pub(crate) fn references(&self) -> &SortedIds {
        &self.references
    }

    /// Where a reference stands among the others.
    pub(crate) fn place(&self, reference: &str) -> Place {
        self.references.find(|slot| self.reference(slot).cmp(reference))
    }

    pub(crate) fn record(&self, slot: u32) -> Option<&Arc<Record>> {
        self.records.get(slot as usize)?.as_ref()
    }

    pub(crate) fn view(&self, slot: u32) -> Option<EntityView> {
        self.record(slot).cloned().map(EntityView)
    }

    /// The reference of the entity in a slot.
    pub(crate) fn reference(&self, slot: u32) -> &str {
        self.record(slot).map_or("", |record| record.entity_ref())
    }

    pub(crate) fn slot_of_reference(&self, reference: &str) -> Option<u32> {
        self.by_reference
            .find(self.hasher.hash_one(reference), |slot| {
                self.reference(*slot) == reference
            })
            .copied()
    }

    pub(crate) fn slot_of_uid(&self, uid: &str) -> Option<u32> {
        self.by_uid
            .find(self.hasher.hash_one(uid), |slot| self.uid(*slot) == uid)
            .copied()
    }

    /// The field of a key in lower case.
    pub(crate) fn field(&self, key: &str) -> Option<&Field> {
        self.fields.get(key)
    }

    pub(crate) fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.fields.values_mut()
    }

    /// For a key that may be that of a list with one of its elements appended: the entities that have this element.
    pub(crate) fn elements(&self, key: &str) -> impl Iterator<Item = &Posting> {
        splits(key).filter_map(|(list, element)| self.fields.get(list)?.element(element))
    }

    /// Adds an entity whose reference is not there yet.
    pub(crate) fn insert(&mut self, record: Arc<Record>, rows: &Rows) {
        self.generation += 1;
        let slot = self.free.pop().unwrap_or_else(|| {
            self.records.push(None);
            // Slots are numbered with 31 bits, which is more entities than fit into memory.
            u32::try_from(self.records.len() - 1).unwrap_or(u32::MAX)
        });
        let reference_hash = self.hasher.hash_one(record.entity_ref());
        let uid_hash = self.hasher.hash_one(record.uid());
        if !self.loading {
            let near = |slot| self.reference(slot).cmp(record.entity_ref());
            let place = self.references.find_nearby(near);
            self.references.insert(place, slot);
        }
        self.records[slot as usize] = Some(record);
        self.live.insert(slot);
        let Self {
            records,
            hasher,
            by_reference,
            by_uid,
            ..
        } = self;
        let text = |slot: u32, text: fn(&Record) -> &str| records[slot as usize].as_deref().map_or("", text);
        by_reference.insert_unique(reference_hash, slot, |slot| {
            hasher.hash_one(text(*slot, Record::entity_ref))
        });
        by_uid.insert_unique(uid_hash, slot, |slot| hasher.hash_one(text(*slot, Record::uid)));
        for rows in by_key(&rows.unpack()) {
            let key = rows[0].key;
            if !self.fields.contains_key(key) {
                let field = if self.loading {
                    Field::for_loading()
                } else {
                    Field::new()
                };
                self.fields.insert(key.into(), field);
            }
            match self.fields.get_mut(key) {
                Some(field) if self.loading => field.add_all(slot, rows),
                Some(field) => field.replace(slot, &[], rows),
                None => {}
            }
        }
    }

    /// Replaces the entity in a slot by another form of it, given the rows of both.
    pub(crate) fn update(&mut self, slot: u32, record: Arc<Record>, old: &Rows, new: &Rows) {
        self.generation += 1;
        let (old, new) = (old.unpack(), new.unpack());
        let (mut old, mut new) = (by_key(&old).peekable(), by_key(&new).peekable());
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(old), Some(new)) => old[0].key.cmp(new[0].key),
            };
            let before = if order.is_le() {
                old.next().unwrap_or_default()
            } else {
                &[]
            };
            let after = if order.is_ge() {
                new.next().unwrap_or_default()
            } else {
                &[]
            };
            let Some(row) = before.first().or(after.first()) else {
                break;
            };
            if before == after {
                continue;
            }
            if let Some(field) = self.fields.get_mut(row.key) {
                field.replace(slot, before, after);
                if field.is_empty() {
                    self.fields.remove(row.key);
                }
            } else {
                let mut field = Field::new();
                field.replace(slot, before, after);
                self.fields.insert(row.key.into(), field);
            }
        }
        if self.uid(slot) == record.uid() {
            self.records[slot as usize] = Some(record);
            return;
        }
        self.forget_uid(slot);
        self.records[slot as usize] = Some(record);
        let hash = self.hasher.hash_one(self.uid(slot));
        let Self {
            records,
            hasher,
            by_uid,
            ..
        } = self;
        by_uid.insert_unique(hash, slot, |slot| {
            hasher.hash_one(records[*slot as usize].as_deref().map_or("", Record::uid))
        });
    }

    /// Removes the entity in a slot, given its rows.
    pub(crate) fn remove(&mut self, slot: u32, rows: &Rows) {
        self.generation += 1;
        for rows in by_key(&rows.unpack()) {
            let key = rows[0].key;
            if let Some(field) = self.fields.get_mut(key) {
                field.replace(slot, rows, &[]);
                if field.is_empty() {
                    self.fields.remove(key);
                }
            }
        }
        let place = self.place(self.reference(slot));
        if place.found {
            self.references.remove(place);
        }
        let hash = self.hasher.hash_one(self.reference(slot));
        if let Ok(entry) = self.by_reference.find_entry(hash, |other| *other == slot) {
            entry.remove();
        }
        self.forget_uid(slot);
        self.records[slot as usize] = None;
        self.live.remove(slot);
        self.free.push(slot);
    }

    /// Puts references in order and gives back spare memory. The fields are sorted by the caller, several at a time.
    pub(crate) fn finish_loading(&mut self) {
        let mut slots: Vec<u32> = self.live.iter().collect();
        slots.sort_by(|left, right| self.reference(*left).cmp(self.reference(*right)));
        self.references = SortedIds::from_sorted(&slots);
        self.live.optimize();
        self.loading = false;
    }

    fn uid(&self, slot: u32) -> &str {
        self.record(slot).map_or("", |record| record.uid())
    }

    fn forget_uid(&mut self, slot: u32) {
        let hash = self.hasher.hash_one(self.uid(slot));
        if let Ok(entry) = self.by_uid.find_entry(hash, |other| *other == slot) {
            entry.remove();
        }
    }
}
