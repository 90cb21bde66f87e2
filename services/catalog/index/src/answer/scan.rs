//! The rows of a result in order, from any place on.
//!
//! There are two ways to find the next few rows. To *walk* is to follow the order of the values and to pick whatever
//! matches: quick when much of the catalog matches. To *gather* is to look up the rank of each match and to keep the
//! smallest: quick when little matches. A walk is given as much work as gathering would be, so the two together never
//! cost more than twice the better one, however the matches are spread over the order.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::answer::resolved::Resolved;
use crate::entity::ELEMENT;
use crate::field::{Column, Field};
use crate::order::{ELEMENT_VALUE, Key, NO_VALUE, Nearest, Place, Row, SortedIds};
use crate::query::Position;
use crate::sets::{Bits, Posting};
use crate::state::State;

/// To sort a match costs as much as this many steps of a walk.
const STEPS_PER_SORTED_MATCH: usize = 4;

/// To gather a match costs as much as to read this many rows that are laid out in order.
const ROWS_PER_GATHERED_MATCH: usize = 16;

/// To write all matches down as bits costs as much as to look a row up among so many of them.
const MATCHES_PER_LOOKUP: usize = 256;

/// Which rows are wanted.
pub(crate) struct Scan<'query> {
    pub(crate) state: &'query State,
    /// The slots that match; when the scan is over a field, they all have a value of it.
    pub(crate) matches: &'query RoaringBitmap,
    /// Rows strictly behind this one, as seen in the direction of the scan.
    pub(crate) from: Option<&'query Position>,
    /// Whether the scan goes from the largest value to the smallest.
    pub(crate) descending: bool,
    /// Whether it goes so among the references of one value, or, in a scan of the references, at all.
    pub(crate) ties_descending: bool,
    /// How many rows are wanted.
    pub(crate) take: usize,
}

impl Scan<'_> {
    /// The rows in the order of the references.
    pub(crate) fn references(&self) -> Vec<Row> {
        let references = self.state.references();
        let place = self.from.map(|position| self.state.place(&position.reference));
        if let Some(rows) = self.walk_references(references, place) {
            return rows;
        }
        let bound = place.map(|place| self.directed((0, references.rank_at(place))));
        let mut nearest = Nearest::new(self.take);
        for slot in self.matches {
            let key = self.directed((0, references.rank(slot)));
            if bound.is_none_or(|bound| key > bound) {
                nearest.offer(key, Row { slot, value: NO_VALUE });
            }
        }
        nearest.finish()
    }

    /// The rows in the order of a field's values, those with the same value in the order of the references.
    pub(crate) fn field(&self, resolved: &Resolved<'_>) -> Vec<Row> {
        // Keys under which lists have their elements are rare to order by, so one way is enough for them.
        let walked = match resolved.field {
            Some(field) if !resolved.has_elements() => self.walk_values(field),
            _ => None,
        };
        walked.unwrap_or_else(|| self.gather(&Ranks::new(self.state, resolved, self.matches)))
    }

    /// How many steps a walk over so many rows may take; none if gathering is likely to be quicker from the outset.
    fn walking_budget(&self, rows: usize, matches: usize) -> Option<usize> {
        if self.take >= matches {
            // Everything is wanted, and a walk finds it in order: it is worth some steps in vain, but not many.
            return (rows / STEPS_PER_SORTED_MATCH <= matches).then_some(usize::MAX);
        }
        // The number of rows that a walk is likely to visit if the matches are spread evenly.
        let expected = self.take.saturating_mul(rows) / matches;
        (expected <= matches).then_some(matches)
    }

    fn walk_references(&self, references: &SortedIds, place: Option<Place>) -> Option<Vec<Row>> {
        let matches = usize::try_from(self.matches.len()).unwrap_or(usize::MAX);
        let mut left = self.walking_budget(references.len(), matches)?;
        let skip = place.and_then(|place| references.at(place));
        let slots = directed_ids(references, place, self.ties_descending).filter(|slot| Some(*slot) != skip);
        let mut rows = Vec::new();
        for slot in slots {
            if rows.len() >= self.take {
                break;
            }
            left = left.checked_sub(1)?;
            if self.matches.contains(slot) {
                rows.push(Row { slot, value: NO_VALUE });
            }
        }
        Some(rows)
    }

    fn walk_values(&self, field: &Field) -> Option<Vec<Row>> {
        let matches = usize::try_from(self.matches.len()).unwrap_or(usize::MAX);
        let field_rows = usize::try_from(field.rows()).unwrap_or(usize::MAX);
        // As many as a walk is likely to visit if the matches are spread evenly.
        let expected = self.take.min(matches).saturating_mul(field_rows) / matches.max(1);
        if let Some(sequence) = self.sequence(field, matches, expected) {
            return self.walk_sequence(field, sequence, matches);
        }
        let most = if field.column(self.state.slots()).is_some() {
            self.walking_budget(field_rows, matches)?
        } else {
            usize::MAX
        };
        let order = field.dictionary().order();
        let place = self.from.map(|position| field.dictionary().place(value_of(position)));
        let first = place.and_then(|place| order.at(place));
        let mut rows = Vec::new();
        let mut steps = 0_usize;
        for value in directed_ids(order, place, self.descending) {
            if rows.len() >= self.take {
                break;
            }
            let posting = field.posting(value);
            steps = steps.saturating_add(cost_of(posting, matches));
            if steps > most {
                break;
            }
            let bound = if first == Some(value) {
                self.reference_bound()
            } else {
                None
            };
            self.walk_ties(value, posting, bound, &mut rows);
        }
        field.note_walk(steps.saturating_sub(expected) as u64);
        (steps <= most).then_some(rows)
    }

    /// The rows of a field laid out in order, where reading them is likely to be quicker than gathering.
    fn sequence<'state>(&self, field: &'state Field, matches: usize, expected: usize) -> Option<&'state [Row]>
    where
        Self: 'state,
    {
        if self.ties_descending != self.descending {
            return None;
        }
        if expected > matches.saturating_mul(ROWS_PER_GATHERED_MATCH) {
            return None;
        }
        // Without it the walk would take no more steps than gathering.
        let steps = expected.min(matches) as u64;
        field.sequence(steps, self.state.references())
    }

    fn walk_sequence(&self, field: &Field, sequence: &[Row], matches: usize) -> Option<Vec<Row>> {
        let bound = self.from.map(|position| {
            let value = rank_of(Some(field), value_of(position));
            let references = self.state.references();
            (value, references.rank_at(self.state.place(&position.reference)))
        });
        let key = |row: &Row| {
            let order = field.dictionary().order();
            (order.rank(row.value), self.state.references().rank(row.slot))
        };
        let rows: Box<dyn Iterator<Item = &Row>> = if self.descending {
            let end = bound.map_or(sequence.len(), |bound| sequence.partition_point(|row| key(row) < bound));
            Box::new(sequence[..end].iter().rev())
        } else {
            let start = bound.map_or(0, |bound| sequence.partition_point(|row| key(row) <= bound));
            Box::new(sequence[start..].iter())
        };
        let most = matches.saturating_mul(2 * ROWS_PER_GATHERED_MATCH);
        // A walk that ends soon, as most do, is over before all matches could be written down.
        let soon = matches / MATCHES_PER_LOOKUP;
        let mut bits = None;
        let mut found = Vec::new();
        for (step, row) in rows.enumerate() {
            if found.len() >= self.take {
                break;
            }
            if step > most {
                return None;
            }
            let is_match = if step < soon {
                self.matches.contains(row.slot)
            } else {
                bits.get_or_insert_with(|| Bits::new(self.matches)).contains(row.slot)
            };
            if is_match {
                found.push(*row);
            }
        }
        Some(found)
    }

    /// Adds the matches with one value, in the order of their references, as far as more rows are wanted.
    fn walk_ties(&self, value: u32, posting: &Posting, bound: Option<u64>, rows: &mut Vec<Row>) {
        let references = self.state.references();
        let mut nearest = Nearest::new(self.take - rows.len());
        let mut offer = |slot| {
            let key = self.directed((0, references.rank(slot)));
            if bound.is_none_or(|bound| key.1 > bound) {
                nearest.offer(key, Row { slot, value });
            }
        };
        match posting {
            Posting::Empty => {}
            // Names, titles and the like: most walks meet nothing else.
            Posting::One(slot) => {
                let behind = bound.is_none_or(|bound| self.directed((0, references.rank(*slot))).1 > bound);
                if behind && self.matches.contains(*slot) {
                    rows.push(Row { slot: *slot, value });
                }
                return;
            }
            Posting::Few(_) => posting.for_each(|slot| {
                if self.matches.contains(slot) {
                    offer(slot);
                }
            }),
            Posting::Many(bitmap) => (&**bitmap & self.matches).into_iter().for_each(offer),
        }
        rows.extend(nearest.finish());
    }

    fn gather(&self, ranks: &Ranks<'_>) -> Vec<Row> {
        let references = self.state.references();
        let bound = self.from.map(|position| {
            let value = ranks.rank_of(value_of(position));
            self.directed((value, references.rank_at(self.state.place(&position.reference))))
        });
        let mut nearest = Nearest::new(self.take);
        for slot in self.matches {
            let reference = references.rank(slot);
            ranks.visit(slot, |rank, value| {
                let key = self.directed((rank, reference));
                if bound.is_none_or(|bound| key > bound) {
                    nearest.offer(key, Row { slot, value });
                }
            });
        }
        nearest.finish()
    }

    /// A key that grows in the direction of the scan.
    fn directed(&self, (value, reference): Key) -> Key {
        (
            if self.descending { !value } else { value },
            if self.ties_descending { !reference } else { reference },
        )
    }

    fn reference_bound(&self) -> Option<u64> {
        let rank = |position: &Position| self.state.references().rank_at(self.state.place(&position.reference));
        self.from.map(|position| self.directed((0, rank(position))).1)
    }
}

fn value_of(position: &Position) -> &str {
    position.value.as_deref().unwrap_or_default()
}

fn cost_of(posting: &Posting, matches: usize) -> usize {
    usize::try_from(posting.len()).unwrap_or(usize::MAX).min(matches)
}

/// All ids, or those from a place on with the one at the place, in one direction.
fn directed_ids(sorted: &SortedIds, place: Option<Place>, descending: bool) -> Box<dyn Iterator<Item = u32> + '_> {
    if descending {
        Box::new(sorted.backward(place.unwrap_or_else(|| sorted.last())))
    } else {
        Box::new(sorted.forward(place.unwrap_or(Place::FIRST)))
    }
}

/// The ranks of each slot's values.
pub(crate) struct Ranks<'state> {
    order: Option<&'state Field>,
    source: Source<'state>,
}

enum Source<'state> {
    Column(&'state Column),
    /// For fields without a column: rank and id of each value.
    Map(HashMap<u32, Vec<(u64, u32)>>),
}

impl<'state> Ranks<'state> {
    pub(crate) fn new(state: &State, resolved: &Resolved<'state>, matches: &RoaringBitmap) -> Self {
        let order = resolved.field;
        let column = order
            .filter(|_| !resolved.has_elements())
            .and_then(|field| field.column(state.slots()));
        let source = column.map_or_else(|| Source::Map(ranks_by_slot(resolved, matches)), Source::Column);
        Self { order, source }
    }

    /// The rank that a value has, or would have.
    fn rank_of(&self, value: &str) -> u64 {
        rank_of(self.order, value)
    }

    /// Visits rank and id of each value of a slot.
    #[inline]
    pub(crate) fn visit(&self, slot: u32, mut visit: impl FnMut(u64, u32)) {
        match &self.source {
            Source::Column(column) => {
                if let Some(field) = self.order {
                    let order = field.dictionary().order();
                    column.values(slot).iter().for_each(|id| visit(order.rank(*id), *id));
                }
            }
            Source::Map(map) => {
                map.get(&slot)
                    .into_iter()
                    .flatten()
                    .for_each(|(rank, id)| visit(*rank, *id));
            }
        }
    }
}

fn rank_of(field: Option<&Field>, value: &str) -> u64 {
    field.map_or(1, |field| {
        field.dictionary().order().rank_at(field.dictionary().place(value))
    })
}

fn ranks_by_slot(resolved: &Resolved<'_>, matches: &RoaringBitmap) -> HashMap<u32, Vec<(u64, u32)>> {
    let mut map: HashMap<u32, Vec<(u64, u32)>> = HashMap::new();
    if let Some(field) = resolved.field {
        let order = field.dictionary().order();
        for id in order.iter() {
            field.posting(id).for_each(|slot| {
                if matches.contains(slot) {
                    map.entry(slot).or_default().push((order.rank(id), id));
                }
            });
        }
    }
    let rank = rank_of(resolved.field, ELEMENT);
    for set in resolved.elements() {
        set.for_each(|slot| {
            let ranks = map.entry(slot).or_default();
            // The field itself may say the same, and so may another list.
            if matches.contains(slot) && ranks.iter().all(|(other, _)| *other != rank) {
                ranks.push((rank, ELEMENT_VALUE));
            }
        });
    }
    map
}
