//! Unions of many small sets.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use crate::sets::posting::Posting;

/// Bitmaps up to this size are better marked slot by slot.
const SMALL: u64 = 64;

/// Collects slots. Large sets are united as bitmaps; the slots of small ones are marked one by one in a plain bit
/// array, which is far quicker than inserting each into a compressed bitmap.
pub(crate) struct Union {
    large: RoaringBitmap,
    small: Vec<u8>,
    slots: usize,
}

impl Union {
    pub(crate) fn new(slots: usize) -> Self {
        Self {
            large: RoaringBitmap::new(),
            small: Vec::new(),
            slots,
        }
    }

    pub(crate) fn add(&mut self, posting: &Posting) {
        match posting {
            Posting::Many(bitmap) => self.large |= &**bitmap,
            small => small.for_each(self.marker()),
        }
    }

    pub(crate) fn add_bitmap(&mut self, bitmap: &RoaringBitmap) {
        if bitmap.len() <= SMALL {
            bitmap.iter().for_each(self.marker());
        } else {
            self.large |= bitmap;
        }
    }

    fn marker(&mut self) -> impl FnMut(u32) {
        if self.small.is_empty() {
            self.small = vec![0; self.slots / 8 + 1];
        }
        |slot| self.small[slot as usize / 8] |= 1 << (slot % 8)
    }

    pub(crate) fn finish(self) -> RoaringBitmap {
        if self.small.is_empty() {
            return self.large;
        }
        self.large | RoaringBitmap::from_lsb0_bytes(0, &self.small)
    }
}

/// The union of a few sets, borrowed where it is just one of them.
pub(crate) fn union_of_few<'set>(mut sets: impl Iterator<Item = &'set Posting>) -> Cow<'set, RoaringBitmap> {
    let Some(first) = sets.next() else {
        return Cow::Owned(RoaringBitmap::new());
    };
    let mut union = first.as_bitmap();
    for set in sets {
        if !set.is_empty() {
            set.add_to(union.to_mut());
        }
    }
    union
}
