//! Random catalogs and questions, from small alphabets, so that things meet.

use bytes::Bytes;
use callboard_catalog_index::{Direction, Order, Predicate, StoredEntity, TextFilter};
use proptest::prelude::*;
use serde_json::{Value, json};

const FIELDS: &[&str] = &[
    "kind",
    "metadata.name",
    "metadata.namespace",
    "Metadata.Title",
    "metadata.uid",
    "metadata.tags",
    "metadata.tags.java",
    "metadata.tags.a.b",
    "metadata.annotations.a.b/c",
    "spec.x",
    "spec.x.y",
    "spec.x.true",
    "spec.type",
    "spec.rank",
    "spec.none",
    "relations.ownedBy",
    "relations.OWNEDBY",
    "relations",
    "spec",
    "",
];

const VALUES: &[&str] = &[
    "java",
    "Java",
    "JAVA",
    "a.b",
    "true",
    "True",
    "y",
    "b",
    "ü",
    "É",
    "é",
    "1",
    "",
    "default",
    "group:default/a",
];

pub(crate) fn field() -> impl Strategy<Value = String> {
    prop::sample::select(FIELDS).prop_map(str::to_owned)
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(VALUES).prop_map(str::to_owned), "[a-c]{0,2}"]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => value().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => (0..20).prop_map(Value::from),
        1 => Just(Value::from("x".repeat(201))),
    ]
}

fn nested() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            1 => prop::collection::btree_map(prop::sample::select(vec!["y", "true", "java", "a.b"]), inner, 0..3)
                .prop_map(|members| json!(members)),
        ]
    })
}

/// The reference of one of a few entities, so that they are changed and deleted again.
pub(crate) fn entity_ref() -> impl Strategy<Value = (&'static str, String)> {
    (prop::sample::select(vec!["Component", "API", "Group"]), "[a-d][0-9]?")
}

pub(crate) fn document() -> impl Strategy<Value = Value> {
    let metadata = (
        prop::option::of(value()),
        prop::option::of(prop::collection::vec(value(), 0..4)),
        prop::option::of(value()),
        prop::option::of(Just("default")),
    );
    let spec = (
        prop::option::of(nested()),
        prop::option::of(scalar()),
        prop::option::of(0..5),
    );
    let owners = prop::collection::vec(
        prop::sample::select(vec!["group:default/a", "group:default/b", "user:default/c"]),
        0..3,
    );
    (metadata, spec, owners).prop_map(|((title, tags, annotation, namespace), (x, of_type, rank), owners)| {
        let mut document = json!({"apiVersion": "backstage.io/v1alpha1", "metadata": {}, "spec": {}});
        let mut set = |parent: &str, name: &str, value: Option<Value>| {
            if let Some(value) = value {
                document[parent][name] = value;
            }
        };
        set("metadata", "title", title.map(Value::from));
        set("metadata", "tags", tags.map(Value::from));
        set(
            "metadata",
            "annotations",
            annotation.map(|value| json!({"a.b/c": value})),
        );
        set("metadata", "namespace", namespace.map(Value::from));
        set("spec", "x", x);
        set("spec", "type", of_type);
        set("spec", "rank", rank.map(Value::from));
        document["relations"] = owners
            .into_iter()
            .map(|owner| json!({"type": "ownedBy", "targetRef": owner}))
            .collect();
        document
    })
}

/// Makes a stored entity of a document, or nothing if the catalog would not have stored it.
pub(crate) fn stored(kind: &str, name: &str, revision: i64, mut document: Value) -> Option<StoredEntity> {
    let uid = format!(
        "uid-{}-{}",
        kind.to_lowercase(),
        name.len() * 7 + usize::from(revision % 3 == 0)
    );
    document["kind"] = kind.into();
    document["metadata"]["name"] = name.to_uppercase().into();
    document["metadata"]["uid"] = uid.clone().into();
    document["metadata"]["etag"] = format!("etag-{revision}").into();
    callboard_catalog_model::search_rows::search_rows(&document).ok()?;
    Some(StoredEntity {
        entity_ref: format!("{}:default/{name}", kind.to_lowercase()),
        uid,
        revision,
        document: Bytes::from(document.to_string()),
        parents: vec![],
    })
}

pub(crate) fn predicate() -> impl Strategy<Value = Predicate> {
    let leaf = prop_oneof![
        2 => field().prop_map(|key| Predicate::Exists { key }),
        4 => (field(), prop::collection::vec(value(), 0..3)).prop_map(|(key, values)| Predicate::In { key, values }),
        1 => (field(), prop::collection::vec(value(), 17..20)).prop_map(|(key, values)| Predicate::In { key, values }),
        2 => (field(), value()).prop_map(|(key, prefix)| Predicate::HasPrefix { key, prefix }),
        1 => prop::collection::vec(value(), 0..2)
            .prop_map(|targets| Predicate::Relation { relation_type: "ownedBY".to_owned(), targets }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Predicate::All),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Predicate::Any),
            inner.prop_map(|inner| Predicate::Not(Box::new(inner))),
        ]
    })
}

pub(crate) fn order() -> impl Strategy<Value = Order> {
    let direction = prop_oneof![Just(Direction::Ascending), Just(Direction::Descending)];
    (field(), direction).prop_map(|(field, direction)| Order { field, direction })
}

pub(crate) fn text() -> impl Strategy<Value = TextFilter> {
    let term = prop_oneof![
        value(),
        Just(" JA ".to_owned()),
        Just("%".to_owned()),
        Just("u".to_owned())
    ];
    (term, prop::collection::vec(field(), 0..3)).prop_map(|(term, fields)| TextFilter { term, fields })
}
