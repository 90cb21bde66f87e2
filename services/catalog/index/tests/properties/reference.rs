//! What the index is to answer, worked out in the most obvious way: every question looks at every row of every entity.

use std::collections::{BTreeMap, BTreeSet};

use callboard_catalog_index::{Direction, ListQuery, Order, Predicate, Query, StoredEntity, TextFilter};
use callboard_catalog_model::search_rows::{SearchRow, search_rows};

/// The catalog by reference.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reference(pub(crate) BTreeMap<String, Known>);

#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) entity: StoredEntity,
    rows: Vec<SearchRow>,
}

/// A row of a result: the value it is ordered by and the reference.
pub(crate) type Row = (Option<String>, String);

impl Reference {
    pub(crate) fn upsert(&mut self, entity: StoredEntity) {
        let document = serde_json::from_slice(&entity.document).expect("JSON");
        let rows = search_rows(&document).expect("a document that the catalog would store");
        self.0.insert(entity.entity_ref.clone(), Known { entity, rows });
    }

    pub(crate) fn delete(&mut self, entity_ref: &str) {
        self.0.remove(entity_ref);
    }

    fn visible<'this>(
        &'this self,
        filter: Option<&'this Predicate>,
        restriction: Option<&'this Predicate>,
    ) -> impl Iterator<Item = &'this Known> {
        self.0.values().filter(move |known| {
            filter
                .into_iter()
                .chain(restriction)
                .all(|predicate| holds(known, predicate))
        })
    }

    /// All rows of a query, and how many entities they are.
    pub(crate) fn query(&self, query: &Query) -> (Vec<Row>, u64) {
        let order = query.order.first();
        let matching = self
            .visible(query.filter.as_ref(), query.restriction.as_ref())
            .filter(|known| query.text.as_ref().is_none_or(|text| contains(known, text, order)));
        let mut rows: Vec<Row> = matching.flat_map(|known| rows_of(known, order)).collect();
        rows.sort();
        if order.is_some_and(|order| order.direction == Direction::Descending) {
            rows.reverse();
        }
        let entities: BTreeSet<&String> = rows.iter().map(|(_, reference)| reference).collect();
        let total = entities.len() as u64;
        (rows, total)
    }

    /// The references of a list and whether more follow.
    pub(crate) fn list(&self, query: &ListQuery) -> (Vec<String>, bool) {
        if query.limit.is_none() && query.offset.is_none() {
            let query = Query {
                filter: query.filter.clone(),
                restriction: query.restriction.clone(),
                order: query.order.clone(),
                ..Query::default()
            };
            return (references(self.query(&query).0), false);
        }
        let mut rows = Vec::new();
        for known in self.visible(query.filter.as_ref(), query.restriction.as_ref()) {
            let mut keys: Vec<Vec<SortKey>> = query.order.iter().map(|order| sort_keys(known, order)).collect();
            for further in keys.iter_mut().skip(1) {
                further.truncate(1);
            }
            let rest: Vec<SortKey> = keys.iter().skip(1).map(|keys| keys[0].clone()).collect();
            for first in keys.first().cloned().unwrap_or_else(|| vec![SortKey::Missing]) {
                rows.push((first, rest.clone(), known.entity.entity_ref.clone()));
            }
        }
        rows.sort();
        let rows: Vec<String> = rows
            .into_iter()
            .map(|row| row.2)
            .skip(query.offset.unwrap_or(0))
            .collect();
        let limit = query.limit.unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        (rows.into_iter().take(limit).collect(), has_more)
    }

    pub(crate) fn facet(
        &self,
        name: &str,
        filter: Option<&Predicate>,
        restriction: Option<&Predicate>,
    ) -> Vec<(String, u64)> {
        let key = name.to_lowercase();
        let mut counts = BTreeMap::new();
        for known in self.visible(filter, restriction) {
            for row in known.rows.iter().filter(|row| row.key == key) {
                if let Some(original) = &row.original {
                    *counts.entry(original.clone()).or_default() += 1;
                }
            }
        }
        counts.into_iter().collect()
    }

    pub(crate) fn matches(&self, entity_ref: &str, predicate: &Predicate) -> bool {
        self.0.get(entity_ref).is_some_and(|known| holds(known, predicate))
    }
}

pub(crate) fn references(rows: Vec<Row>) -> Vec<String> {
    rows.into_iter().map(|(_, reference)| reference).collect()
}

/// Orders missing values behind all others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Ascending(String),
    Descending(std::cmp::Reverse<String>),
    Missing,
}

fn sort_keys(known: &Known, order: &Order) -> Vec<SortKey> {
    let mut keys: Vec<SortKey> = values(known, &order.field)
        .map(|value| match order.direction {
            Direction::Ascending => SortKey::Ascending(value.to_owned()),
            Direction::Descending => SortKey::Descending(std::cmp::Reverse(value.to_owned())),
        })
        .collect();
    keys.sort();
    if keys.is_empty() {
        keys.push(SortKey::Missing);
    }
    keys
}

fn rows_of(known: &Known, order: Option<&Order>) -> Vec<Row> {
    let reference = &known.entity.entity_ref;
    match order {
        None => vec![(None, reference.clone())],
        Some(order) => values(known, &order.field)
            .map(|value| (Some(value.to_owned()), reference.clone()))
            .collect(),
    }
}

fn values<'known>(known: &'known Known, key: &str) -> impl Iterator<Item = &'known str> {
    let key = key.to_lowercase();
    known
        .rows
        .iter()
        .filter(move |row| row.key == key)
        .filter_map(|row| row.value.as_deref())
}

fn contains(known: &Known, text: &TextFilter, order: Option<&Order>) -> bool {
    let term = text.term.trim().to_lowercase();
    let fields = if text.fields.is_empty() {
        vec![order.map_or("metadata.uid".to_owned(), |order| order.field.clone())]
    } else {
        text.fields.clone()
    };
    term.is_empty()
        || fields
            .iter()
            .any(|field| values(known, field).any(|value| value.contains(&term)))
}

fn holds(known: &Known, predicate: &Predicate) -> bool {
    let any_value = |key: &str, test: &dyn Fn(&str) -> bool| values(known, key).any(test);
    let exists = |key: &str| known.rows.iter().any(|row| row.key == key.to_lowercase());
    let is_one_of = |wanted: &[String]| {
        let wanted: Vec<String> = wanted.iter().map(|value| value.to_lowercase()).collect();
        move |value: &str| wanted.iter().any(|wanted| wanted == value)
    };
    match predicate {
        Predicate::All(predicates) => predicates.iter().all(|predicate| holds(known, predicate)),
        Predicate::Any(predicates) => predicates.iter().any(|predicate| holds(known, predicate)),
        Predicate::Not(predicate) => !holds(known, predicate),
        Predicate::Exists { key } => exists(key),
        Predicate::In { key, values } => any_value(key, &is_one_of(values)),
        Predicate::HasPrefix { key, prefix } => any_value(key, &|value| value.starts_with(&prefix.to_lowercase())),
        Predicate::Relation { relation_type, targets } => {
            let key = format!("relations.{relation_type}");
            if targets.is_empty() {
                exists(&key)
            } else {
                any_value(&key, &is_one_of(targets))
            }
        }
    }
}
