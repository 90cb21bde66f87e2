//! Plain lists, by limit and offset.

use roaring::RoaringBitmap;

use crate::answer::page::everything;
use crate::answer::resolved::Resolved;
use crate::answer::scan::{Ranks, Scan};
use crate::entity::EntityView;
use crate::query::{Direction, List, ListQuery, Order, Query, QueryError};
use crate::state::State;

/// Stands behind every rank, ascending or descending.
const MISSING: u64 = u64::MAX;

pub(crate) fn list(state: &State, query: &ListQuery, visible: Option<&RoaringBitmap>) -> Result<List, QueryError> {
    if query.limit.is_none() && query.offset.is_none() {
        let query = Query {
            filter: query.filter.clone(),
            order: query.order.clone(),
            ..Query::default()
        };
        return Ok(List {
            items: everything(state, &query, visible)?,
            has_more: false,
            revision: state.revision,
        });
    }
    let matches = state.matching_visible(query.filter.as_ref(), visible);
    let offset = query.offset.unwrap_or(0);
    let limit = query.limit.unwrap_or(usize::MAX);
    let take = offset.saturating_add(limit).saturating_add(1);
    let mut slots = match &query.order[..] {
        [] => by_reference(state, &matches, take),
        [order] => by_field(state, &matches, order, take),
        orders => by_fields(state, &matches, orders, take),
    };
    slots.drain(..offset.min(slots.len()));
    let has_more = slots.len() > limit;
    slots.truncate(limit);
    let items: Vec<EntityView> = slots.into_iter().filter_map(|slot| state.view(slot)).collect();
    Ok(List {
        items,
        has_more,
        revision: state.revision,
    })
}

fn by_reference(state: &State, matches: &RoaringBitmap, take: usize) -> Vec<u32> {
    let scan = Scan {
        state,
        matches,
        from: None,
        descending: false,
        ties_descending: false,
        take,
    };
    scan.references().into_iter().map(|row| row.slot).collect()
}

/// Entities with a value in the order of the values, then those without; ties by reference, ascending.
fn by_field(state: &State, matches: &RoaringBitmap, order: &Order, take: usize) -> Vec<u32> {
    let field = Resolved::new(state, &order.field);
    let valued = matches & &*field.valued();
    let descending = order.direction == Direction::Descending;
    let scan = Scan {
        state,
        matches: &valued,
        from: None,
        descending,
        ties_descending: false,
        take,
    };
    let mut slots: Vec<u32> = scan.field(&field).into_iter().map(|row| row.slot).collect();
    if slots.len() < take {
        slots.extend(by_reference(state, &(matches - valued), take - slots.len()));
    }
    slots
}

/// Entities by the values of several fields, each missing value behind all others.
///
/// An entity with several values of the first field is there with each of them, as with one order alone. Of the further
/// fields only the value that comes first counts: all combinations of them could be far more rows than there are
/// entities.
fn by_fields(state: &State, matches: &RoaringBitmap, orders: &[Order], take: usize) -> Vec<u32> {
    let fields: Vec<Resolved<'_>> = orders.iter().map(|order| Resolved::new(state, &order.field)).collect();
    let ranks: Vec<Ranks<'_>> = fields.iter().map(|field| Ranks::new(state, field, matches)).collect();
    let directed = |column: usize, rank: u64| match orders[column].direction {
        Direction::Ascending => rank,
        Direction::Descending => !rank,
    };
    let width = orders.len() + 1;
    let (mut keys, mut slots) = (Vec::new(), Vec::new());
    let mut further = Vec::with_capacity(width);
    for slot in matches {
        further.clear();
        for (column, ranks) in ranks.iter().enumerate().skip(1) {
            let mut best = MISSING;
            ranks.visit(slot, |rank, _| best = best.min(directed(column, rank)));
            further.push(best);
        }
        further.push(state.references().rank(slot));
        let mut push = |first: u64| {
            keys.push(first);
            keys.extend_from_slice(&further);
            slots.push(slot);
        };
        let mut is_missing = true;
        ranks[0].visit(slot, |rank, _| {
            is_missing = false;
            push(directed(0, rank));
        });
        if is_missing {
            push(MISSING);
        }
    }
    let key = |row: usize| &keys[row * width..(row + 1) * width];
    let mut rows: Vec<usize> = (0..slots.len()).collect();
    if take < rows.len() {
        rows.select_nth_unstable_by(take, |left, right| key(*left).cmp(key(*right)));
        rows.truncate(take);
    }
    rows.sort_unstable_by(|left, right| key(*left).cmp(key(*right)));
    rows.into_iter().map(|row| slots[row]).collect()
}
