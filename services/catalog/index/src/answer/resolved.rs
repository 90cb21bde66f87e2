//! A key of a query, looked up: everything the index knows under it.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use crate::entity::ELEMENT;
use crate::field::{Field, lower};
use crate::sets::{Posting, Union, union_of_few};
use crate::state::State;

/// More values than this are united over a bit array.
const FEW_VALUES: usize = 16;

/// The rows under one key: those of its field, and those that lists have there for each of their elements.
pub(crate) struct Resolved<'state> {
    pub(crate) field: Option<&'state Field>,
    /// The slots that have the value `true` there because it names an element of one of their lists.
    elements: Vec<&'state Posting>,
    slots: usize,
}

impl<'state> Resolved<'state> {
    /// Looks up a key in any case.
    pub(crate) fn new(state: &'state State, key: &str) -> Self {
        let key = lower(key);
        Self {
            field: state.field(&key),
            elements: state.elements(&key).collect(),
            slots: state.slots(),
        }
    }

    /// The slots with any row under the key.
    pub(crate) fn existing(&self) -> Cow<'state, RoaringBitmap> {
        union_of_few(
            self.field
                .into_iter()
                .flat_map(|field| [field.valued(), field.nulls()])
                .chain(self.elements()),
        )
    }

    /// The slots with any value but null.
    pub(crate) fn valued(&self) -> Cow<'state, RoaringBitmap> {
        union_of_few(self.field.into_iter().map(Field::valued).chain(self.elements()))
    }

    /// The slots with one of the values, which are in lower case.
    pub(crate) fn with_values<'value>(
        &self,
        values: impl ExactSizeIterator<Item = Cow<'value, str>>,
    ) -> Cow<'state, RoaringBitmap> {
        let few = values.len() <= FEW_VALUES;
        let sets: Vec<&Posting> = values.flat_map(|value| self.postings(&value)).collect();
        if few {
            return union_of_few(sets.into_iter());
        }
        Cow::Owned(self.unite(sets.into_iter()))
    }

    /// The slots with a value that starts with a prefix in lower case.
    pub(crate) fn with_prefix(&self, prefix: &str) -> RoaringBitmap {
        let of_field = self
            .field
            .into_iter()
            .flat_map(|field| field.dictionary().with_prefix(prefix).map(|id| field.posting(id)));
        let of_elements = self.elements().filter(|_| ELEMENT.starts_with(prefix));
        self.unite(of_field.chain(of_elements))
    }

    /// Adds the slots with a value that contains a text in lower case.
    pub(crate) fn add_containing(&self, text: &str, union: &mut Union) {
        if let Some(field) = self.field {
            for id in field.dictionary().containing(text) {
                union.add(field.posting(id));
            }
        }
        for set in self.elements().filter(|_| ELEMENT.contains(text)) {
            union.add(set);
        }
    }

    /// Whether a slot has any row under the key.
    pub(crate) fn exists_for(&self, slot: u32) -> bool {
        self.field
            .is_some_and(|field| field.valued().contains(slot) || field.nulls().contains(slot))
            || self.elements().any(|set| set.contains(slot))
    }

    /// Whether a slot has a value, which is in lower case.
    pub(crate) fn has_value(&self, slot: u32, value: &str) -> bool {
        self.postings(value).any(|set| set.contains(slot))
    }

    /// Whether a slot has a value that starts with a prefix in lower case.
    pub(crate) fn has_prefix(&self, slot: u32, prefix: &str) -> bool {
        self.field.is_some_and(|field| {
            field.valued().contains(slot)
                && field
                    .dictionary()
                    .with_prefix(prefix)
                    .any(|id| field.posting(id).contains(slot))
        }) || self
            .elements()
            .any(|set| ELEMENT.starts_with(prefix) && set.contains(slot))
    }

    /// The slots that have the value `true` because of an element.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &'state Posting> {
        self.elements.iter().copied()
    }

    /// Whether anything but the field itself has rows under the key.
    pub(crate) fn has_elements(&self) -> bool {
        !self.elements.is_empty()
    }

    fn postings(&self, value: &str) -> impl Iterator<Item = &'state Posting> + use<'state> {
        let of_field = self
            .field
            .and_then(|field| Some(field.posting(field.dictionary().find(value)?)));
        let of_elements = if value == ELEMENT {
            self.elements.clone()
        } else {
            Vec::new()
        };
        of_field.into_iter().chain(of_elements)
    }

    fn unite<'set>(&self, sets: impl Iterator<Item = &'set Posting>) -> RoaringBitmap {
        let mut union = Union::new(self.slots);
        for set in sets {
            union.add(set);
        }
        union.finish()
    }
}
