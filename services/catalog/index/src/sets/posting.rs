//! The set of entities that share a value, in the smallest form that fits its size.

use std::borrow::Cow;

use roaring::RoaringBitmap;

/// Up to this many slots are kept in a plain sorted list; a bitmap costs more than it saves below.
const FEW: usize = 64;

/// A set of slots. Most values of a catalog belong to one entity, so that case has no allocation at all.
#[derive(Clone, Debug, Default)]
pub(crate) enum Posting {
    #[default]
    Empty,
    One(u32),
    Few(Box<Few>),
    Many(Box<RoaringBitmap>),
}

/// Ascending slots, boxed so that a [`Posting`] stays two words long.
#[derive(Clone, Debug)]
pub(crate) struct Few(Vec<u32>);

impl Posting {
    pub(crate) fn insert(&mut self, slot: u32) {
        match self {
            Self::Empty => *self = Self::One(slot),
            Self::One(only) if *only == slot => {}
            Self::One(only) => *self = Self::Few(Box::new(Few(vec![slot.min(*only), slot.max(*only)]))),
            Self::Few(few) => {
                if let Err(index) = few.0.binary_search(&slot) {
                    few.0.insert(index, slot);
                    if few.0.len() > FEW {
                        *self = Self::Many(Box::new(few.0.iter().copied().collect()));
                    }
                }
            }
            Self::Many(bitmap) => {
                bitmap.insert(slot);
            }
        }
    }

    pub(crate) fn remove(&mut self, slot: u32) {
        match self {
            Self::Empty => {}
            Self::One(only) => {
                if *only == slot {
                    *self = Self::Empty;
                }
            }
            Self::Few(few) => {
                if let Ok(index) = few.0.binary_search(&slot) {
                    few.0.remove(index);
                    if let [only] = few.0[..] {
                        *self = Self::One(only);
                    }
                }
            }
            Self::Many(bitmap) => {
                // Half of the threshold, so that a set at the border does not change its form with every update.
                if bitmap.remove(slot) && bitmap.len() <= FEW as u64 / 2 {
                    *self = Self::Few(Box::new(Few(bitmap.iter().collect())));
                }
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Empty => 0,
            Self::One(_) => 1,
            Self::Few(few) => few.0.len() as u64,
            Self::Many(bitmap) => bitmap.len(),
        }
    }

    pub(crate) fn contains(&self, slot: u32) -> bool {
        match self {
            Self::Empty => false,
            Self::One(only) => *only == slot,
            Self::Few(few) => few.0.binary_search(&slot).is_ok(),
            Self::Many(bitmap) => bitmap.contains(slot),
        }
    }

    pub(crate) fn intersection_len(&self, other: &RoaringBitmap) -> u64 {
        match self {
            Self::Many(bitmap) => bitmap.intersection_len(other),
            small => small.small().iter().filter(|slot| other.contains(**slot)).count() as u64,
        }
    }

    /// Adds these slots to a union.
    pub(crate) fn add_to(&self, union: &mut RoaringBitmap) {
        match self {
            Self::Many(bitmap) => *union |= &**bitmap,
            small => union.extend(small.small()),
        }
    }

    pub(crate) fn as_bitmap(&self) -> Cow<'_, RoaringBitmap> {
        match self {
            Self::Many(bitmap) => Cow::Borrowed(bitmap),
            small => Cow::Owned(small.small().iter().copied().collect()),
        }
    }

    /// Visits every slot, ascending.
    pub(crate) fn for_each(&self, visit: impl FnMut(u32)) {
        match self {
            Self::Many(bitmap) => bitmap.iter().for_each(visit),
            small => small.small().iter().copied().for_each(visit),
        }
    }

    /// Gives back memory that growing left over.
    pub(crate) fn shrink(&mut self) {
        match self {
            Self::Few(few) => few.0.shrink_to_fit(),
            Self::Many(bitmap) => {
                bitmap.optimize();
            }
            Self::Empty | Self::One(_) => {}
        }
    }

    /// The slots of every form but the bitmap.
    fn small(&self) -> &[u32] {
        match self {
            Self::One(only) => std::slice::from_ref(only),
            Self::Few(few) => &few.0,
            Self::Empty | Self::Many(_) => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_form_is_the_same_set(
            operations in prop::collection::vec((any::<bool>(), 0_u32..200), 0..600),
            other in prop::collection::btree_set(0_u32..200, 0..100),
        ) {
            let mut posting = Posting::default();
            let mut expected = BTreeSet::new();
            for (insert, slot) in operations {
                if insert {
                    posting.insert(slot);
                    expected.insert(slot);
                } else {
                    posting.remove(slot);
                    expected.remove(&slot);
                }
                prop_assert_eq!(posting.len(), expected.len() as u64);
                prop_assert_eq!(posting.is_empty(), expected.is_empty());
                prop_assert_eq!(posting.contains(slot), expected.contains(&slot));
            }
            posting.shrink();
            let mut slots = Vec::new();
            posting.for_each(|slot| slots.push(slot));
            prop_assert_eq!(&slots, &expected.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(posting.as_bitmap().iter().collect::<Vec<_>>(), slots);
            let bitmap: RoaringBitmap = other.iter().copied().collect();
            prop_assert_eq!(posting.intersection_len(&bitmap), expected.intersection(&other).count() as u64);
            let mut union = bitmap;
            posting.add_to(&mut union);
            prop_assert_eq!(union.len(), expected.union(&other).count() as u64);
        }
    }
}
