//! `ListUnprocessedEntities`: what waits, fails or conflicts, and why.

use callboard_catalog_model::EntityError;
use callboard_proto::catalog::v1 as proto;
use prost_types::Timestamp;
use time::OffsetDateTime;
use tonic::Status;

use super::{CatalogServer, convert, errors};
use crate::store::{conflict, entity_state};

pub(super) async fn list_unprocessed_entities(
    server: &CatalogServer,
    request: proto::ListUnprocessedEntitiesRequest,
) -> Result<proto::ListUnprocessedEntitiesResponse, Status> {
    use proto::UnprocessedReason as Reason;
    let wanted = request.reason();
    let is_wanted = |reason: Reason| wanted == Reason::Unspecified || wanted == reason;
    let mut items = Vec::new();
    for row in entity_state::list_unprocessed(&server.pool)
        .await
        .map_err(errors::database)?
    {
        let reason = if row.errors.is_some() {
            Reason::Failed
        } else {
            Reason::Pending
        };
        if !is_wanted(reason) {
            continue;
        }
        let complaints: Vec<EntityError> = match &row.errors {
            Some(text) => serde_json::from_str(text).map_err(|error| errors::ingest(error.into()))?,
            None => Vec::new(),
        };
        items.push(proto::UnprocessedEntity {
            entity_ref: row.entity_ref,
            reason: reason.into(),
            errors: complaints.into_iter().map(convert::entity_error).collect(),
            location: row.location_key.unwrap_or_default(),
            since: Some(timestamp(row.since)),
            unprocessed_entity: row.unprocessed.into(),
        });
    }
    if is_wanted(Reason::Conflict) {
        for row in conflict::list(&server.pool).await.map_err(errors::database)? {
            let error = EntityError::conflict(format!(
                "Detected conflicting entityRef {} already referenced by {} and now also {}",
                row.entity_ref,
                row.held_by.as_deref().unwrap_or("another location"),
                row.location
            ));
            items.push(proto::UnprocessedEntity {
                entity_ref: row.entity_ref,
                reason: Reason::Conflict.into(),
                errors: vec![convert::entity_error(error)],
                location: row.location,
                since: Some(timestamp(row.since)),
                unprocessed_entity: bytes::Bytes::new(),
            });
        }
    }
    Ok(proto::ListUnprocessedEntitiesResponse { items })
}

fn timestamp(moment: OffsetDateTime) -> Timestamp {
    // Nanoseconds of a second fit an i32.
    Timestamp {
        seconds: moment.unix_timestamp(),
        nanos: moment.nanosecond().cast_signed(),
    }
}
