//! Search by words, and what a restriction adds to other questions.

use std::time::Instant;

use callboard_catalog_index::{CatalogIndex, Direction, Highlighting, Order, Predicate, Query, SearchQuery};

use crate::{VALID, measure, millis, resident_bytes};

/// Puts all words in, then searches.
pub(crate) fn search(index: &CatalogIndex, entities: usize) {
    let before = resident_bytes();
    let start = Instant::now();
    index.index_words().expect("the text index works");
    println!(
        "words           {:>9.0} ms, {} bytes an entity",
        millis(start.elapsed()),
        resident_bytes().saturating_sub(before) / entities
    );
    let tags = Highlighting {
        before: "<b>",
        after: "</b>",
    };
    let team = || Some(Predicate::equals("relations.ownedBy", "group:default/group-payment-0"));
    for (text, restriction) in [
        ("payment", None),
        ("component payment", None),
        ("component 77", None),
        ("pa", None),
        ("payment", team()),
        ("paymnet", None),
        ("nowhere", None),
        ("", None),
    ] {
        let label = format!(
            "search: {text:?}{}",
            if restriction.is_some() { ", restricted" } else { "" }
        );
        let query = SearchQuery {
            text: text.to_owned(),
            restriction,
            limit: 25,
            facets: vec!["kind".to_owned(), "spec.type".to_owned()],
            ..SearchQuery::default()
        };
        let mut total = 0;
        measure(&label, || {
            let page = index.search(&query).expect("a valid search");
            total = page.total;
            page.hits
                .iter()
                .map(|hit| page.highlights(&hit.entity, tags).len())
                .sum()
        });
        println!("    {total} found");
    }
}

/// Pages and facets for somebody who may see what some groups own.
pub(crate) fn restricted(index: &CatalogIndex) {
    let claims = (0..20).map(|number| format!("group:default/group-payment-{number}"));
    let restriction = Predicate::Any(vec![
        Predicate::In {
            key: "relations.ownedBy".to_owned(),
            values: claims.collect(),
        },
        Predicate::equals("kind", "api"),
    ]);
    for restriction in [None, Some(restriction)] {
        let label = if restriction.is_some() {
            "restricted"
        } else {
            "unrestricted"
        };
        let query = Query {
            filter: Some(Predicate::equals("kind", "component")),
            restriction: restriction.clone(),
            order: vec![Order {
                field: "metadata.name".into(),
                direction: Direction::Ascending,
            }],
            limit: Some(20),
            ..Query::default()
        };
        measure(&format!("page, {label}"), || {
            index.query(&query).expect(VALID).items.len()
        });
        measure(&format!("facet: spec.type, {label}"), || {
            index
                .facets(&["spec.type".to_owned()], None, restriction.as_ref())
                .facets[0]
                .values
                .len()
        });
    }
}
