//! Catalogs large enough for what the index does only with many rows: columns, ranking instead of walking, bitmaps, and
//! clearing away values out of use.

use callboard_catalog_index::{CatalogIndex, Change, Order, Predicate, Query, StoredEntity};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::arbitrary::{document, order, predicate, stored, text};
use crate::reference::{Reference, references};
use crate::{follow, refs};

const ENTITIES: usize = 6000;
const FACETS: [&str; 5] = [
    "metadata.group",
    "metadata.version",
    "spec.every",
    "metadata.tags",
    "metadata.group.g3",
];
const QUESTIONS: usize = 150;

struct Source {
    runner: TestRunner,
    revision: i64,
}

impl Source {
    fn sample<Of: Strategy>(&mut self, strategy: &Of) -> Of::Value {
        strategy
            .new_tree(&mut self.runner)
            .expect("a strategy without rejections")
            .current()
    }

    fn entity(&mut self, number: usize) -> StoredEntity {
        loop {
            self.revision += 1;
            let mut document = self.sample(&document());
            document["metadata"]["version"] = format!("Version {}", self.revision).into();
            document["metadata"]["group"] = json!([format!("g{}", number % 70), format!("g{}", number % 11)]);
            document["spec"]["every"] = (number % 3).into();
            let kind = ["Component", "API", "Group"][number % 3];
            if let Some(entity) = stored(
                kind,
                &format!("{}{number}", ["b", "a"][number % 2]),
                self.revision,
                document,
            ) {
                return entity;
            }
        }
    }
}

/// Predicates from one entity to nearly all.
fn narrowing() -> impl Strategy<Value = Predicate> {
    let refs = prop::collection::vec(0..ENTITIES, 1..40);
    prop_oneof![
        predicate(),
        (0_u8..70).prop_map(|group| Predicate::equals(format!("metadata.group.g{group}"), "true")),
        (0_u8..3).prop_map(|number| Predicate::equals("spec.every", number.to_string())),
        refs.prop_map(|numbers| Predicate::In {
            key: "metadata.name".to_owned(),
            values: numbers.into_iter().map(|number| format!("A{number}")).collect(),
        }),
        (0_u8..10).prop_map(|digit| Predicate::HasPrefix {
            key: "metadata.version".to_owned(),
            prefix: format!("version {digit}"),
        }),
    ]
}

fn any_order() -> impl Strategy<Value = Order> {
    let of_many = prop::sample::select(vec![
        "metadata.version",
        "metadata.group",
        "spec.every",
        "kind",
        "metadata.name",
    ]);
    prop_oneof![
        order(),
        (order(), of_many).prop_map(|(order, field)| Order {
            field: field.to_owned(),
            ..order
        }),
    ]
}

fn compare(source: &mut Source, index: &CatalogIndex, reference: &Reference) {
    assert_eq!(index.len(), reference.0.len());
    let questions = (
        prop::option::weighted(0.9, narrowing()),
        prop::option::weighted(0.9, any_order()),
        prop::option::weighted(0.2, text()),
        prop::sample::select(vec![7_usize, 100, 5000]),
        prop_oneof![Just(0_usize), 0_usize..ENTITIES],
    );
    for _ in 0..QUESTIONS {
        let (filter, order, text, limit, offset) = source.sample(&questions);
        let query = Query {
            filter,
            order: order.into_iter().collect(),
            text,
            limit: Some(limit),
            offset,
            ..Query::default()
        };
        let (rows, total) = reference.query(&query);
        let expected: Vec<String> = references(rows).into_iter().skip(offset).collect();
        let mut page = index.query(&query).expect("a valid query");
        assert_eq!(page.total_items, total, "{query:?}");
        // A few pages forwards, and the same way back.
        let mut seen = vec![refs(&page.items)];
        while seen.len() < 4
            && let Some(cursor) = page.next_cursor.take()
        {
            page = follow(index, &query, cursor);
            seen.push(refs(&page.items));
        }
        let known: Vec<String> = seen.concat();
        assert_eq!(known, expected[..known.len()], "{query:?}");
        assert_eq!(page.next_cursor.is_some(), known.len() < expected.len(), "{query:?}");
        seen.pop();
        while let Some(cursor) = page.prev_cursor.take() {
            page = follow(index, &query, cursor);
            assert_eq!(Some(refs(&page.items)), seen.pop(), "{query:?}");
        }
        assert!(seen.is_empty(), "{query:?}");
        let facet = FACETS[usize::try_from(total).expect("a small number") % FACETS.len()];
        let counted = index.facets(&[facet.to_owned()], query.filter.as_ref(), None);
        let counted: Vec<(String, u64)> = counted.facets[0]
            .values
            .iter()
            .map(|value| (value.value.clone(), value.count))
            .collect();
        assert_eq!(counted, reference.facet(facet, query.filter.as_ref(), None));
    }
}

#[test]
fn large_catalogs_are_the_same() {
    let mut source = Source {
        runner: TestRunner::deterministic(),
        revision: 0,
    };
    let mut reference = Reference::default();
    let entities: Vec<StoredEntity> = (0..ENTITIES).map(|number| source.entity(number)).collect();
    entities.iter().cloned().for_each(|entity| reference.upsert(entity));
    let index = CatalogIndex::new();
    index.load(entities, 1);
    compare(&mut source, &index, &reference);

    // Every second entity gets a new form, in batches, while columns are there.
    for batch in (0..ENTITIES).step_by(2).collect::<Vec<_>>().chunks(500) {
        let changed: Vec<StoredEntity> = batch.iter().map(|number| source.entity(*number)).collect();
        changed.iter().cloned().for_each(|entity| reference.upsert(entity));
        index.apply(changed.into_iter().map(Change::Upsert).collect(), source.revision);
    }
    compare(&mut source, &index, &reference);

    // Most are deleted, which leaves far more values out of use than in it; some of them come back.
    let gone: Vec<String> = reference
        .0
        .keys()
        .filter(|entity_ref| !entity_ref.ends_with('7'))
        .cloned()
        .collect();
    source.revision += 1;
    let revision = source.revision;
    for entity_ref in &gone {
        reference.delete(entity_ref);
    }
    index.apply(
        gone.into_iter()
            .map(|entity_ref| Change::Delete { entity_ref, revision })
            .collect(),
        revision,
    );
    compare(&mut source, &index, &reference);
    let back: Vec<StoredEntity> = (0..ENTITIES).step_by(3).map(|number| source.entity(number)).collect();
    back.iter().cloned().for_each(|entity| reference.upsert(entity));
    index.apply(back.into_iter().map(Change::Upsert).collect(), source.revision);
    compare(&mut source, &index, &reference);
}
