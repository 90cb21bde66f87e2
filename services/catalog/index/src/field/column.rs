//! The values of a field by entity: the other direction of its postings.
//!
//! Made when a field is first ordered by or counted in this direction, and kept up to date from then on.

/// Marks a cell as the number of a list.
const LIST: u32 = 1 << 31;
/// The cell of an entity that has no value.
const NONE: u32 = u32::MAX;

/// For each slot the ids of its values.
#[derive(Debug, Default)]
pub(crate) struct Column {
    /// An id, `NONE`, or with the highest bit set an index into `lists`.
    cells: Vec<u32>,
    lists: Vec<Box<[u32]>>,
    free_lists: Vec<u32>,
}

impl Column {
    pub(crate) fn with_slots(slots: usize) -> Self {
        Self {
            cells: vec![NONE; slots],
            ..Self::default()
        }
    }

    /// The ids of the values of a slot.
    #[inline]
    pub(crate) fn values(&self, slot: u32) -> &[u32] {
        match self.cells.get(slot as usize) {
            None | Some(&NONE) => &[],
            Some(cell) if cell & LIST == 0 => std::slice::from_ref(cell),
            Some(cell) => &self.lists[(cell ^ LIST) as usize],
        }
    }

    /// Adds one id to those of a slot.
    pub(crate) fn add(&mut self, slot: u32, id: u32) {
        match self.values(slot) {
            [] => self.set(slot, &[id]),
            present => {
                let ids: Vec<u32> = present.iter().copied().chain([id]).collect();
                self.set(slot, &ids);
            }
        }
    }

    /// Replaces the ids of a slot.
    pub(crate) fn set(&mut self, slot: u32, ids: &[u32]) {
        let index = slot as usize;
        if self.cells.len() <= index {
            self.cells.resize(index + 1, NONE);
        }
        let cell = self.cells[index];
        if cell != NONE && cell & LIST != 0 {
            self.lists[(cell ^ LIST) as usize] = Box::default();
            self.free_lists.push(cell ^ LIST);
        }
        self.cells[index] = match ids {
            [] => NONE,
            [id] if id & LIST == 0 => *id,
            several => self.add_list(several),
        };
    }

    fn add_list(&mut self, ids: &[u32]) -> u32 {
        let list = ids.into();
        if let Some(index) = self.free_lists.pop() {
            self.lists[index as usize] = list;
            return LIST | index;
        }
        self.lists.push(list);
        // There are fewer lists than slots, and slots are below 2^31.
        LIST | u32::try_from(self.lists.len() - 1).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_none_one_or_several() {
        let mut column = Column::with_slots(2);
        column.set(0, &[7]);
        column.set(1, &[1, 2, 3]);
        column.add(5, 9);
        column.add(5, 4);
        assert_eq!(column.values(0), [7]);
        assert_eq!(column.values(1), [1, 2, 3]);
        assert!(column.values(4).is_empty());
        assert_eq!(column.values(5), [9, 4]);
        assert!(column.values(100).is_empty());
        column.set(1, &[]);
        column.set(0, &[5, 6]);
        assert_eq!(column.values(0), [5, 6]);
        assert!(column.values(1).is_empty());
        assert_eq!(column.lists.len(), 2, "the list of slot 1 is used again");
    }
}
