//! Pages of a query, forwards and backwards.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use crate::answer::resolved::Resolved;
use crate::answer::scan::Scan;
use crate::entity::{ELEMENT, EntityView};
use crate::order::{ELEMENT_VALUE, Row};
use crate::query::{Cursor, DEFAULT_LIMIT, Direction, Page, Position, Query, QueryError};
use crate::state::State;

/// A page as far as it needs the index: handing out the entities themselves needs no lock.
pub(crate) fn page(state: &State, query: &Query, visible: Option<&RoaringBitmap>) -> Result<Page, QueryError> {
    let (request, is_initial) = match &query.cursor {
        Some(cursor) => (Cursor::decode(cursor)?, false),
        None => (initial(query)?, true),
    };
    let offset = if is_initial { query.offset } else { 0 };
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let order = request.order.as_ref();
    let field = order.map(|order| Resolved::new(state, &order.field));
    let matches = matches(state, &request, visible, field.as_ref());
    let mut page = Page {
        items: Vec::new(),
        total_items: if request.count { matches.len() } else { 0 },
        next_cursor: None,
        prev_cursor: None,
        revision: state.revision,
    };
    if limit == 0 {
        return Ok(page);
    }
    let descending = order.is_some_and(|order| order.direction == Direction::Descending) != request.backward;
    let scan = Scan {
        state,
        matches: &matches,
        from: request.position.as_ref(),
        descending,
        ties_descending: descending,
        // One more tells whether more rows follow.
        take: offset.saturating_add(limit).saturating_add(1),
    };
    let mut rows = match &field {
        Some(field) => scan.field(field),
        None => scan.references(),
    };
    rows.drain(..offset.min(rows.len()));
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    if request.backward {
        rows.reverse();
    }
    page.items = rows.iter().filter_map(|row| state.view(row.slot)).collect();
    let position = |row: &Row| position(state, field.as_ref(), *row);
    let first = if is_initial {
        rows.first().map(position)
    } else {
        request.first.clone()
    };
    if has_more || request.backward {
        let next = Cursor {
            backward: false,
            // An empty page before everything: what follows it starts at the start.
            position: rows.last().map(position),
            first: first.clone(),
            ..request.clone()
        };
        page.next_cursor = Some(next.encode()?);
    }
    let start = rows.first().map(position);
    if !is_initial && start.is_some() && start != first {
        let previous = Cursor {
            backward: true,
            position: start,
            first,
            ..request
        };
        page.prev_cursor = Some(previous.encode()?);
    }
    Ok(page)
}

/// All rows of a query at once.
pub(crate) fn everything(
    state: &State,
    query: &Query,
    visible: Option<&RoaringBitmap>,
) -> Result<Vec<EntityView>, QueryError> {
    let request = initial(query)?;
    let order = request.order.as_ref();
    let field = order.map(|order| Resolved::new(state, &order.field));
    let descending = order.is_some_and(|order| order.direction == Direction::Descending);
    let scan = Scan {
        state,
        matches: &matches(state, &request, visible, field.as_ref()),
        from: None,
        descending,
        ties_descending: descending,
        take: usize::MAX,
    };
    let rows = match &field {
        Some(field) => scan.field(field),
        None => scan.references(),
    };
    Ok(rows.into_iter().filter_map(|row| state.view(row.slot)).collect())
}

fn initial(query: &Query) -> Result<Cursor, QueryError> {
    if let Some(filter) = &query.filter {
        filter.check_depth()?;
    }
    Ok(Cursor {
        filter: query.filter.clone(),
        order: query.order.first().cloned(),
        text: query.text.clone().filter(|text| !text.term.trim().is_empty()),
        count: query.count,
        backward: false,
        position: None,
        first: None,
    })
}

fn matches<'state>(
    state: &'state State,
    request: &'state Cursor,
    visible: Option<&'state RoaringBitmap>,
    field: Option<&Resolved<'state>>,
) -> Cow<'state, RoaringBitmap> {
    let mut matches = state.matching_visible(request.filter.as_ref(), visible);
    if let Some(field) = field {
        let valued = field.valued();
        matches = if matches.len() == state.live().len() {
            valued
        } else {
            Cow::Owned(&*matches & &*valued)
        };
    }
    if let Some(text) = &request.text {
        let ordered_by = request.order.as_ref().map(|order| order.field.as_str());
        if let Some(containing) = state.containing(text, ordered_by) {
            matches = Cow::Owned(&*matches & containing);
        }
    }
    matches
}

fn position(state: &State, field: Option<&Resolved<'_>>, row: Row) -> Position {
    let value = field.map(|field| match field.field {
        Some(field) if row.value != ELEMENT_VALUE => field.dictionary().text(row.value),
        _ => ELEMENT,
    });
    Position {
        value: value.map(str::to_owned),
        reference: state.reference(row.slot).to_owned(),
    }
}
