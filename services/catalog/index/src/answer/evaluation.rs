//! Predicates and full text filters, answered with sets of slots.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use crate::answer::resolved::Resolved;
use crate::field::lower;
use crate::query::{Predicate, TextFilter};
use crate::sets::Union;
use crate::state::State;

impl State {
    /// The slots for which all of the predicates hold.
    pub(crate) fn matching_all<'state>(
        &'state self,
        predicates: impl IntoIterator<Item = &'state Predicate>,
    ) -> Cow<'state, RoaringBitmap> {
        let mut wanted = Vec::new();
        let mut unwanted = Vec::new();
        for predicate in predicates {
            match predicate {
                Predicate::Not(inner) => unwanted.push(self.matching(inner)),
                other => wanted.push(self.matching(other)),
            }
            if wanted.last().is_some_and(|set| set.is_empty()) {
                return Cow::Owned(RoaringBitmap::new());
            }
        }
        // From the smallest on, so that each step has as little left as it can.
        wanted.sort_by_cached_key(|set| set.len());
        let mut wanted = wanted.into_iter();
        let mut result = wanted.next().unwrap_or(Cow::Borrowed(self.live()));
        for set in wanted {
            result = Cow::Owned(&*result & &*set);
        }
        for set in unwanted {
            result = Cow::Owned(&*result - &*set);
        }
        result
    }

    /// The visible slots, all of them without `visible`, for which a filter holds.
    pub(crate) fn matching_visible<'state>(
        &'state self,
        filter: Option<&'state Predicate>,
        visible: Option<&'state RoaringBitmap>,
    ) -> Cow<'state, RoaringBitmap> {
        match (filter, visible) {
            (None, None) => Cow::Borrowed(self.live()),
            (None, Some(visible)) => Cow::Borrowed(visible),
            (Some(filter), None) => self.matching_all([filter]),
            (Some(filter), Some(visible)) => Cow::Owned(&*self.matching_all([filter]) & visible),
        }
    }

    fn matching<'state>(&'state self, predicate: &'state Predicate) -> Cow<'state, RoaringBitmap> {
        match predicate {
            Predicate::All(predicates) => self.matching_all(predicates),
            Predicate::Any(predicates) => self.matching_any(predicates),
            Predicate::Not(inner) => Cow::Owned(self.live() - &*self.matching(inner)),
            Predicate::Exists { key } => Resolved::new(self, key).existing(),
            Predicate::In { key, values } => {
                Resolved::new(self, key).with_values(values.iter().map(|value| lower(value)))
            }
            Predicate::HasPrefix { key, prefix } => Cow::Owned(Resolved::new(self, key).with_prefix(&lower(prefix))),
            Predicate::Relation { relation_type, targets } => {
                let relation = Resolved::new(self, &relation_key(relation_type));
                if targets.is_empty() {
                    relation.existing()
                } else {
                    relation.with_values(targets.iter().map(|target| lower(target)))
                }
            }
        }
    }

    fn matching_any<'state>(&'state self, predicates: &'state [Predicate]) -> Cow<'state, RoaringBitmap> {
        if let [only] = predicates {
            return self.matching(only);
        }
        let mut union = Union::new(self.slots());
        for predicate in predicates {
            union.add_bitmap(&self.matching(predicate));
        }
        Cow::Owned(union.finish())
    }

    /// Whether a predicate holds for one slot. For a handful of entities this is quicker than to find all that match.
    pub(crate) fn holds(&self, slot: u32, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::All(predicates) => predicates.iter().all(|predicate| self.holds(slot, predicate)),
            Predicate::Any(predicates) => predicates.iter().any(|predicate| self.holds(slot, predicate)),
            Predicate::Not(inner) => !self.holds(slot, inner),
            Predicate::Exists { key } => Resolved::new(self, key).exists_for(slot),
            Predicate::In { key, values } => {
                let field = Resolved::new(self, key);
                values.iter().any(|value| field.has_value(slot, &lower(value)))
            }
            Predicate::HasPrefix { key, prefix } => Resolved::new(self, key).has_prefix(slot, &lower(prefix)),
            Predicate::Relation { relation_type, targets } => {
                let relation = Resolved::new(self, &relation_key(relation_type));
                if targets.is_empty() {
                    relation.exists_for(slot)
                } else {
                    targets.iter().any(|target| relation.has_value(slot, &lower(target)))
                }
            }
        }
    }

    /// The slots with the filter's term in one of its fields; none if the filter has no term and so filters nothing.
    pub(crate) fn containing(&self, filter: &TextFilter, ordered_by: Option<&str>) -> Option<RoaringBitmap> {
        let term = filter.term.trim();
        if term.is_empty() {
            return None;
        }
        let term = lower(term);
        let mut union = Union::new(self.slots());
        let mut search = |key: &str| Resolved::new(self, key).add_containing(&term, &mut union);
        if filter.fields.is_empty() {
            search(ordered_by.unwrap_or("metadata.uid"));
        } else {
            filter.fields.iter().for_each(|field| search(field));
        }
        Some(union.finish())
    }
}

fn relation_key(relation_type: &str) -> String {
    format!("relations.{relation_type}")
}
