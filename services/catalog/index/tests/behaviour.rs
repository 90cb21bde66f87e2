//! What random catalogs do not show: ancestry, the order of changes, and readers beside a writer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bytes::Bytes;
use callboard_catalog_index::{
    Ancestor, CatalogIndex, Change, Direction, EntityView, ListQuery, Order, Predicate, Query, QueryError, StoredEntity,
};
use serde_json::{Value, json};

fn entity(name: &str, revision: i64, parents: &[&str], spec: &Value) -> StoredEntity {
    let document = json!({
        "kind": "Component", "metadata": {"name": name, "uid": format!("uid-{name}"), "etag": format!("e{revision}")}, "spec": spec,
    });
    StoredEntity {
        entity_ref: reference(name),
        uid: format!("uid-{name}"),
        revision,
        document: Bytes::from(document.to_string()),
        parents: parents.iter().map(|parent| reference(parent)).collect(),
    }
}

fn reference(name: &str) -> String {
    format!("component:default/{name}")
}

fn catalog(entities: &[(&str, &[&str])]) -> CatalogIndex {
    let index = CatalogIndex::new();
    let entities = entities
        .iter()
        .map(|(name, parents)| entity(name, 1, parents, &json!({"type": name})));
    index.load(entities.collect(), 1);
    index
}

fn upsert(name: &str, revision: i64, spec: &Value) -> Change {
    Change::Upsert(entity(name, revision, &[], spec))
}

fn delete(name: &str, revision: i64) -> Change {
    Change::Delete {
        entity_ref: reference(name),
        revision,
    }
}

type Lineage = Vec<(String, Vec<String>)>;

/// The names of an entity and its ancestors, each with those of its parents.
fn lineage(index: &CatalogIndex, name: &str, restriction: Option<&Predicate>) -> Lineage {
    let short = |entity_ref: &str| entity_ref.rsplit('/').next().unwrap_or_default().to_owned();
    let ancestors = index.ancestry(&reference(name), restriction).unwrap_or_default();
    let pair = |ancestor: &Ancestor| {
        let parents = ancestor.parents.iter().map(|parent| short(parent)).collect();
        (short(ancestor.entity.entity_ref()), parents)
    };
    ancestors.iter().map(pair).collect()
}

fn expected(lineage: &[(&str, &[&str])]) -> Lineage {
    let owned = |(name, parents): &(&str, &[&str])| {
        let parents = parents.iter().map(|parent| (*parent).to_owned()).collect();
        ((*name).to_owned(), parents)
    };
    lineage.iter().map(owned).collect()
}

#[test]
fn ancestry_goes_up_to_the_roots_and_names_each_once() {
    let index = catalog(&[
        ("root", &[]),
        ("left", &["root"]),
        ("right", &["root", "unseen"]),
        ("child", &["left", "right"]),
    ]);
    assert_eq!(
        lineage(&index, "child", None),
        expected(&[
            ("child", &["left", "right"]),
            ("left", &["root"]),
            ("right", &["root"]),
            ("root", &[])
        ])
    );
    assert_eq!(lineage(&index, "root", None), expected(&[("root", &[])]));
    assert!(index.ancestry(&reference("nobody"), None).is_none());
}

#[test]
fn ancestry_survives_circles() {
    let index = catalog(&[("a", &["b"]), ("b", &["a", "b"])]);
    assert_eq!(
        lineage(&index, "a", None),
        expected(&[("a", &["b"]), ("b", &["a", "b"])])
    );
}

#[test]
fn ancestry_is_cut_where_it_may_not_be_seen() {
    let index = catalog(&[
        ("root", &[]),
        ("secret", &["root"]),
        ("open", &[]),
        ("child", &["secret", "open"]),
    ]);
    let restriction = Predicate::Not(Box::new(Predicate::equals("spec.type", "secret")));
    assert_eq!(
        lineage(&index, "child", Some(&restriction)),
        expected(&[("child", &["open"]), ("open", &[])])
    );
    assert!(index.ancestry(&reference("secret"), Some(&restriction)).is_none());
}

#[test]
fn the_newest_revision_of_an_entity_counts() {
    let index = CatalogIndex::new();
    index.apply(
        vec![
            upsert("a", 5, &json!({"type": "new"})),
            upsert("a", 4, &json!({"type": "old"})),
        ],
        5,
    );
    assert_eq!(index.revision(), 5);
    index.apply(vec![upsert("a", 3, &json!({"type": "older"})), delete("a", 2)], 4);
    assert_eq!(index.revision(), 5, "the revision never goes back");
    assert!(index.matches(&reference("a"), &Predicate::equals("spec.type", "new")));
    index.apply(vec![delete("a", 6), delete("nobody", 6)], 6);
    assert!(index.is_empty());
    assert!(index.get_by_uid("uid-a").is_none());
    index.apply(vec![delete("a", 7), upsert("a", 8, &json!({}))], 8);
    assert_eq!(index.get_by_ref(&reference("a")).unwrap().etag(), "e8");
}

#[test]
fn a_repeated_entity_of_a_load_counts_once() {
    let index = CatalogIndex::new();
    let revisions = [3, 9, 4];
    index.load(
        revisions
            .map(|revision| entity("a", revision, &[], &json!({"at": revision})))
            .to_vec(),
        9,
    );
    assert_eq!(index.len(), 1);
    assert_eq!(index.get_by_ref(&reference("a")).unwrap().revision(), 9);
    let facets = index.facets(&["spec.at".to_owned()], None, None);
    assert_eq!(facets.facets[0].values.len(), 1);
    index.load(vec![], 10);
    assert!(index.is_empty());
    assert_eq!(index.revision(), 10);
}

#[test]
fn a_new_uid_replaces_the_old_one() {
    let index = catalog(&[("a", &[])]);
    let mut renewed = entity("a", 2, &[], &json!({}));
    renewed.uid = "uid-b".to_owned();
    index.apply(vec![Change::Upsert(renewed)], 2);
    assert!(index.get_by_uid("uid-a").is_none());
    assert_eq!(index.get_by_uid("UID-B").unwrap().entity_ref(), reference("a"));
}

#[test]
fn a_page_without_rows_still_counts() {
    let index = catalog(&[("a", &[]), ("b", &[])]);
    let page = index
        .query(&Query {
            limit: Some(0),
            ..Query::default()
        })
        .unwrap();
    assert_eq!((page.items.len(), page.total_items), (0, 2));
    assert!(page.next_cursor.is_none() && page.prev_cursor.is_none());
    let page = index
        .query(&Query {
            count: false,
            limit: Some(1),
            ..Query::default()
        })
        .unwrap();
    assert_eq!(page.total_items, 0);
    let next = index
        .query(&Query {
            cursor: page.next_cursor,
            ..Query::default()
        })
        .unwrap();
    assert_eq!(
        (next.items.len(), next.total_items),
        (1, 0),
        "the cursor knows that nobody wanted a count"
    );
}

#[test]
fn a_cursor_outlives_the_row_it_points_to() {
    let index = catalog(&[("a", &[]), ("b", &[]), ("c", &[]), ("d", &[])]);
    let order = vec![Order {
        field: "metadata.name".to_owned(),
        direction: Direction::Descending,
    }];
    let first = index
        .query(&Query {
            order,
            limit: Some(2),
            ..Query::default()
        })
        .unwrap();
    index.apply(vec![delete("c", 2)], 2);
    let second = index
        .query(&Query {
            cursor: first.next_cursor,
            limit: Some(2),
            ..Query::default()
        })
        .unwrap();
    let names: Vec<&str> = second.items.iter().map(EntityView::name).collect();
    assert_eq!(names, ["b", "a"]);
    assert!(second.next_cursor.is_none());
}

#[test]
fn a_cursor_does_not_carry_what_its_reader_may_see() {
    let index = catalog(&[("a", &[]), ("b", &[]), ("c", &[])]);
    let restriction = Some(Predicate::Not(Box::new(Predicate::equals("metadata.name", "b"))));
    let first = index
        .query(&Query {
            restriction: restriction.clone(),
            limit: Some(1),
            ..Query::default()
        })
        .unwrap();
    let next = |restriction| {
        let query = Query {
            cursor: first.next_cursor.clone(),
            restriction,
            ..Query::default()
        };
        index
            .query(&query)
            .unwrap()
            .items
            .iter()
            .map(|view| view.name().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(next(restriction), ["c"]);
    assert_eq!(next(None), ["b", "c"]);
}

#[test]
fn bad_questions_are_refused() {
    let index = catalog(&[("a", &[])]);
    let query = Query {
        cursor: Some("nonsense".to_owned()),
        ..Query::default()
    };
    assert!(matches!(index.query(&query), Err(QueryError::MalformedCursor(_))));
    let deep = (0..60).fold(Predicate::All(vec![]), |inner, _| Predicate::Not(Box::new(inner)));
    assert_eq!(
        index
            .query(&Query {
                filter: Some(deep),
                ..Query::default()
            })
            .unwrap_err(),
        QueryError::PredicateTooDeep
    );
}

#[test]
fn readers_see_whole_entities_while_a_writer_works() {
    const ENTITIES: usize = 300;
    let index = CatalogIndex::new();
    let spec = |round: i64| json!({"round": round, "same": format!("r{round}")});
    let all = |round: i64| (0..ENTITIES).map(move |number| entity(&format!("n{number:03}"), round, &[], &spec(round)));
    index.load(all(1).collect(), 1);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let list = index.list(&ListQuery::default()).unwrap();
                    assert_eq!(list.items.len(), ENTITIES);
                    let counted: u64 = index.facets(&["spec.round".to_owned()], None, None).facets[0]
                        .values
                        .iter()
                        .map(|value| value.count)
                        .sum();
                    assert_eq!(counted, ENTITIES as u64);
                    let of_both = index.facets(&["spec.round".to_owned(), "spec.same".to_owned()], None, None);
                    let counts = |facet: usize| {
                        of_both.facets[facet]
                            .values
                            .iter()
                            .map(|value| value.count)
                            .collect::<Vec<_>>()
                    };
                    assert_eq!(counts(0).iter().sum::<u64>(), counts(1).iter().sum::<u64>());
                }
            });
        }
        for round in 2..12 {
            index.apply(all(round).map(Change::Upsert).collect(), round);
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(index.revision(), 11);
    assert!(
        index
            .facets(
                &["spec.round".to_owned()],
                Some(&Predicate::equals("spec.same", "r11")),
                None
            )
            .facets[0]
            .values
            .len()
            == 1
    );
}
