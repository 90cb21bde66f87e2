//! Between the messages of the wire and the types of the index.

use callboard_catalog_index::{DEEPEST_PREDICATE, Direction, EntityView, Order, Predicate};
use callboard_catalog_model::{EntityError, projection::Projection};
use callboard_proto::catalog::v1::{self as proto, predicate::Condition};
use prost_types::Timestamp;
use time::OffsetDateTime;
use tonic::Status;

use super::errors;
use crate::store::location::Location;

/// A condition of the wire; absent means everything.
pub(super) fn predicate(message: Option<proto::Predicate>) -> Result<Option<Predicate>, Status> {
    message.map(|message| condition(message, 0)).transpose()
}

fn condition(message: proto::Predicate, depth: usize) -> Result<Predicate, Status> {
    // The index refuses it as well; here it keeps this function from running out of stack.
    if depth > DEEPEST_PREDICATE {
        return Err(errors::invalid(format!(
            "Invalid query: nested deeper than {DEEPEST_PREDICATE} levels"
        )));
    }
    let members = |list: proto::PredicateList| -> Result<Vec<Predicate>, Status> {
        list.predicates
            .into_iter()
            .map(|member| condition(member, depth + 1))
            .collect()
    };
    Ok(match message.condition {
        None => Predicate::All(Vec::new()),
        Some(Condition::All(list)) => Predicate::All(members(list)?),
        Some(Condition::Any(list)) => Predicate::Any(members(list)?),
        Some(Condition::Not(member)) => Predicate::Not(Box::new(condition(*member, depth + 1)?)),
        Some(Condition::Exists(field)) => Predicate::Exists { key: field.key },
        Some(Condition::In(field)) => Predicate::In {
            key: field.key,
            values: field.values,
        },
        Some(Condition::HasPrefix(field)) => Predicate::HasPrefix {
            key: field.key,
            prefix: field.prefix,
        },
        Some(Condition::Relation(relation)) => Predicate::Relation {
            relation_type: relation.r#type,
            targets: relation.target_refs,
        },
    })
}

/// Unspecified means ascending.
pub(super) fn order(field: proto::OrderField) -> Order {
    let direction = match field.direction() {
        proto::SortDirection::Desc => Direction::Descending,
        proto::SortDirection::Asc | proto::SortDirection::Unspecified => Direction::Ascending,
    };
    Order {
        field: field.field,
        direction,
    }
}

/// What of the documents to return.
pub(super) fn projection(fields: &[String]) -> Result<Projection, Status> {
    Projection::parse(fields).map_err(|error| errors::entity(&error))
}

/// An entity as it travels. Whole documents are passed on as they are stored.
pub(super) fn entity(view: &EntityView, projection: &Projection) -> Result<proto::Entity, Status> {
    let document = if projection.is_whole() {
        view.document()
    } else {
        let parsed = serde_json::from_slice(&view.document())
            .map_err(|error| errors::ingest(crate::ingest::IngestError::Stored(error)))?;
        projection.apply(&parsed).to_string().into()
    };
    Ok(proto::Entity {
        r#ref: view.entity_ref().to_owned(),
        uid: view.uid().to_owned(),
        etag: view.etag().to_owned(),
        kind: view.kind().to_owned(),
        namespace: view.namespace().to_owned(),
        name: view.name().to_owned(),
        revision: view.revision(),
        document,
    })
}

/// A whole entity.
pub(super) fn whole_entity(view: &EntityView) -> Result<proto::Entity, Status> {
    entity(view, &Projection::default())
}

pub(super) fn entity_error(error: EntityError) -> proto::EntityError {
    proto::EntityError {
        name: error.name,
        message: error.message,
        cause: error.cause.map(|cause| Box::new(entity_error(*cause))),
    }
}

pub(super) fn location(row: Location) -> proto::Location {
    proto::Location {
        id: row.id.to_string(),
        r#type: row.location_type,
        target: row.target,
        entity_ref: row.entity_ref,
    }
}

pub(super) fn timestamp(moment: OffsetDateTime) -> Timestamp {
    // Nanoseconds of a second fit an i32.
    Timestamp {
        seconds: moment.unix_timestamp(),
        nanos: moment.nanosecond().cast_signed(),
    }
}
