//! Collecting what a query of the text index finds.

use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::search::words::{KEY, SLOT};
use crate::sets::Bits;

/// An entity that was found, as the text index knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) score: Score,
    pub(crate) slot: u32,
    /// The number of its reference: the slot may be another's by now.
    pub(crate) key: u64,
}

/// Collects whatever is in one of the slots.
pub(crate) struct InSlots(pub(crate) Arc<Bits>);

/// The same within one segment.
pub(crate) struct InSlotsOfSegment {
    slots: Arc<Bits>,
    slot: Arc<dyn ColumnValues<u64>>,
    key: Arc<dyn ColumnValues<u64>>,
    found: Vec<Found>,
}

impl Collector for InSlots {
    type Fruit = Vec<Found>;
    type Child = InSlotsOfSegment;

    fn for_segment(&self, _ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        // Every document has both, so the default is nobody's.
        let column = |name| segment.fast_fields().column_first_or_default::<u64>(name);
        Ok(InSlotsOfSegment {
            slots: Arc::clone(&self.0),
            slot: column(SLOT)?,
            key: column(KEY)?,
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        Ok(segments.concat())
    }
}

impl SegmentCollector for InSlotsOfSegment {
    type Fruit = Vec<Found>;

    fn collect(&mut self, doc: DocId, score: Score) {
        // Slots are numbers of 31 bits.
        let slot = u32::try_from(self.slot.get_val(doc)).unwrap_or(u32::MAX);
        if self.slots.contains(slot) {
            self.found.push(Found {
                score,
                slot,
                key: self.key.get_val(doc),
            });
        }
    }

    fn harvest(self) -> Vec<Found> {
        self.found
    }
}
