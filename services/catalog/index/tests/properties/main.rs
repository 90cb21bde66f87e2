//! The index compared with the obvious way to work out its answers, on random catalogs that change.

mod arbitrary;
mod large;
mod reference;

use std::collections::VecDeque;

use arbitrary::{document, entity_ref, field, order, predicate, stored, text};
use callboard_catalog_index::{CatalogIndex, Change, EntityView, ListQuery, Page, Query};
use proptest::prelude::*;
use reference::{Reference, references};
use serde_json::Value;

/// A catalog that was partly loaded and partly changed afterwards, in both forms.
#[derive(Debug)]
struct Pair {
    index: CatalogIndex,
    reference: Reference,
}

type Operation = ((&'static str, String), Option<Value>);

fn operations(most: usize) -> impl Strategy<Value = Vec<Operation>> {
    prop::collection::vec((entity_ref(), prop::option::weighted(0.75, document())), 0..most)
}

fn catalog() -> impl Strategy<Value = Pair> {
    (operations(25), operations(40), 1_usize..12).prop_map(|(loaded, applied, batch)| {
        let mut reference = Reference::default();
        let index = CatalogIndex::new();
        let mut revision = 0;
        let mut change = |((kind, name), document): Operation| {
            revision += 1;
            let Some(document) = document else {
                let entity_ref = format!("{}:default/{name}", kind.to_lowercase());
                return Some(Change::Delete { entity_ref, revision });
            };
            stored(kind, &name, revision, document).map(Change::Upsert)
        };
        let mut to_load = Vec::new();
        for operation in loaded {
            if let Some(Change::Upsert(entity)) = change(operation) {
                reference.upsert(entity.clone());
                to_load.push(entity);
            }
        }
        index.load(to_load, 0);
        let mut changes: VecDeque<Change> = applied.into_iter().filter_map(change).collect();
        for change in &changes {
            match change {
                Change::Upsert(entity) => reference.upsert(entity.clone()),
                Change::Delete { entity_ref, .. } => reference.delete(entity_ref),
            }
        }
        while !changes.is_empty() {
            let batch: Vec<Change> = changes.drain(..batch.min(changes.len())).collect();
            let revision = batch.last().map_or(0, Change::revision);
            index.apply(batch, revision);
        }
        Pair { index, reference }
    })
}

fn query() -> impl Strategy<Value = Query> {
    let limits = prop::sample::select(vec![Some(1), Some(2), Some(7), None]);
    (
        prop::option::of(predicate()),
        prop::option::weighted(0.2, predicate()),
        prop::collection::vec(order(), 0..2),
        prop::option::weighted(0.3, text()),
        limits,
        prop_oneof![3 => Just(0), 1 => 0_usize..5],
    )
        .prop_map(|(filter, restriction, order, text, limit, offset)| Query {
            filter,
            restriction,
            order,
            text,
            limit,
            offset,
            ..Query::default()
        })
}

fn refs(items: &[EntityView]) -> Vec<String> {
    items.iter().map(|view| view.entity_ref().to_owned()).collect()
}

/// Follows a cursor the way a client does: with nothing but the limit and what the caller may see.
fn follow(index: &CatalogIndex, query: &Query, cursor: String) -> Page {
    let next = Query {
        restriction: query.restriction.clone(),
        limit: query.limit,
        cursor: Some(cursor),
        ..Query::default()
    };
    index.query(&next).expect("a cursor of a page")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn pages_lead_through_the_whole_result_and_back(pair in catalog(), query in query()) {
        let (rows, total) = pair.reference.query(&query);
        let expected: Vec<String> = references(rows).into_iter().skip(query.offset).collect();
        let mut page = pair.index.query(&query).unwrap();
        prop_assert!(page.prev_cursor.is_none());
        let mut pages = vec![refs(&page.items)];
        while let Some(cursor) = page.next_cursor.take() {
            page = follow(&pair.index, &query, cursor);
            prop_assert_eq!(page.total_items, total);
            prop_assert!(!page.items.is_empty(), "a cursor leads to at least one row");
            pages.push(refs(&page.items));
        }
        prop_assert_eq!(page.total_items, total);
        prop_assert_eq!(pages.concat(), expected);
        // And back, each page in the same order as before.
        pages.pop();
        while let Some(cursor) = page.prev_cursor.take() {
            page = follow(&pair.index, &query, cursor);
            prop_assert!(page.next_cursor.is_some());
            prop_assert_eq!(Some(refs(&page.items)), pages.pop());
        }
        prop_assert!(pages.is_empty());
    }

    #[test]
    fn lists_are_the_same(
        pair in catalog(),
        filter in prop::option::of(predicate()),
        restriction in prop::option::weighted(0.2, predicate()),
        order in prop::collection::vec(order(), 0..4),
        limit in prop::option::of(0_usize..8),
        offset in prop::option::of(0_usize..8),
    ) {
        let query = ListQuery { filter, restriction, order, limit, offset };
        let list = pair.index.list(&query).unwrap();
        let (expected, has_more) = pair.reference.list(&query);
        prop_assert_eq!(refs(&list.items), expected);
        prop_assert_eq!(list.has_more, has_more);
    }

    #[test]
    fn facets_are_the_same(
        pair in catalog(),
        names in prop::collection::vec(field(), 0..4),
        filter in prop::option::of(predicate()),
        restriction in prop::option::of(predicate()),
    ) {
        let facets = pair.index.facets(&names, filter.as_ref(), restriction.as_ref());
        prop_assert_eq!(facets.facets.len(), names.len());
        for (facet, name) in facets.facets.into_iter().zip(&names) {
            let found: Vec<(String, u64)> = facet.values.into_iter().map(|value| (value.value, value.count)).collect();
            prop_assert_eq!(&facet.name, name);
            prop_assert_eq!(found, pair.reference.facet(name, filter.as_ref(), restriction.as_ref()));
        }
    }

    #[test]
    fn single_entities_are_the_same(pair in catalog(), predicate in predicate(), repeat in 1_usize..30) {
        prop_assert_eq!(pair.index.len(), pair.reference.0.len());
        let mut refs: Vec<String> = pair.reference.0.keys().cloned().collect();
        refs.push("component:default/nobody".to_owned());
        for (entity_ref, known) in &pair.reference.0 {
            let view = pair.index.get_by_ref(entity_ref).unwrap();
            let document: Value = serde_json::from_slice(&view.document()).unwrap();
            prop_assert_eq!(view.document(), &known.entity.document);
            prop_assert_eq!(view.entity_ref(), entity_ref);
            prop_assert_eq!(view.uid(), &known.entity.uid);
            prop_assert_eq!(view.revision(), known.entity.revision);
            prop_assert_eq!(view.etag(), document["metadata"]["etag"].as_str().unwrap());
            prop_assert_eq!(view.kind(), document["kind"].as_str().unwrap());
            prop_assert_eq!(view.namespace(), "default");
            prop_assert_eq!(view.name(), document["metadata"]["name"].as_str().unwrap());
            let by_uid = pair.index.get_by_uid(&known.entity.uid.to_uppercase()).unwrap();
            prop_assert_eq!(by_uid.uid(), view.uid());
            prop_assert_eq!(pair.index.matches(entity_ref, &predicate), pair.reference.matches(entity_ref, &predicate));
        }
        let many: Vec<String> = std::iter::repeat_n(refs, repeat).flatten().collect();
        let found = pair.index.get_by_refs(&many, Some(&predicate), None);
        prop_assert_eq!(found.len(), many.len());
        for (entity_ref, view) in many.iter().zip(found) {
            prop_assert_eq!(view.is_some(), pair.reference.matches(entity_ref, &predicate));
            prop_assert!(view.is_none_or(|view| view.entity_ref() == entity_ref));
        }
    }
}
