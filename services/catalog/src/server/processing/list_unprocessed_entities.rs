//! `ListUnprocessedEntities`: what waits, fails or conflicts, why, since when and from where.

use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_catalog_model::EntityError;
use callboard_proto::catalog::v1 as proto;
use serde::{Deserialize, Serialize};
use tonic::Status;

use crate::{
    server::{CatalogServer, convert, errors},
    store::unprocessed::{self, After, Reason, Unprocessed},
};

/// Items a page when the request does not say.
const DEFAULT_LIMIT: u32 = 100;
/// Most items a page.
const MAX_LIMIT: u32 = 1000;

/// The last item of a page.
#[derive(Serialize, Deserialize)]
struct Cursor {
    #[serde(rename = "ref")]
    entity_ref: String,
    reason: i32,
    location: String,
}

pub(in crate::server) async fn list_unprocessed_entities(
    server: &CatalogServer,
    request: proto::ListUnprocessedEntitiesRequest,
) -> Result<proto::ListUnprocessedEntitiesResponse, Status> {
    let reason = match request.reason() {
        proto::UnprocessedReason::Unspecified => None,
        proto::UnprocessedReason::Pending => Some(Reason::Pending),
        proto::UnprocessedReason::Failed => Some(Reason::Failed),
        proto::UnprocessedReason::Conflict => Some(Reason::Conflict),
    };
    let limit = request.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(errors::invalid(format!("limit must be from 1 to {MAX_LIMIT}")));
    }
    let after = after(&request.cursor)?;
    let total = unprocessed::count(&server.pool, reason)
        .await
        .map_err(errors::database)?;
    // One more tells whether more follow.
    let mut rows = unprocessed::list(&server.pool, reason, &after, i64::from(limit) + 1)
        .await
        .map_err(errors::database)?;
    let has_more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next_cursor = rows.last().filter(|_| has_more).map(cursor);
    Ok(proto::ListUnprocessedEntitiesResponse {
        items: rows.into_iter().map(item).collect::<Result<_, _>>()?,
        total_items: total.unsigned_abs(),
        next_cursor,
    })
}

fn item(row: Unprocessed) -> Result<proto::UnprocessedEntity, Status> {
    let complaints: Vec<EntityError> = match (&row.errors, Reason::of_number(row.reason)) {
        (Some(text), _) => serde_json::from_str(text).map_err(|error| errors::ingest(error.into()))?,
        (None, Some(Reason::Conflict)) => vec![EntityError::conflict(format!(
            "Detected conflicting entityRef {} already referenced by {} and now also {}",
            row.entity_ref,
            row.held_by.as_deref().unwrap_or("another location"),
            row.location
        ))],
        (None, _) => Vec::new(),
    };
    let reason = match Reason::of_number(row.reason) {
        Some(Reason::Pending) => proto::UnprocessedReason::Pending,
        Some(Reason::Failed) => proto::UnprocessedReason::Failed,
        Some(Reason::Conflict) => proto::UnprocessedReason::Conflict,
        None => proto::UnprocessedReason::Unspecified,
    };
    Ok(proto::UnprocessedEntity {
        entity_ref: row.entity_ref,
        reason: reason.into(),
        errors: complaints.into_iter().map(convert::entity_error).collect(),
        location: row.location,
        since: Some(convert::timestamp(row.since)),
        unprocessed_entity: row.emitted.unwrap_or_default().into(),
        uid: row.entity_id.map(|id| id.to_string()).unwrap_or_default(),
        emitted_by: row.emitted_by.unwrap_or_default(),
        next_try: row.next_try.map(convert::timestamp),
    })
}

fn cursor(last: &Unprocessed) -> String {
    let cursor = Cursor {
        entity_ref: last.entity_ref.clone(),
        reason: last.reason,
        location: last.location.clone(),
    };
    STANDARD.encode(serde_json::json!(cursor).to_string())
}

fn after(cursor: &str) -> Result<After, Status> {
    if cursor.is_empty() {
        return Ok(After::default());
    }
    let json = STANDARD
        .decode(cursor)
        .map_err(|_| errors::invalid("Malformed cursor: not base64"))?;
    let Cursor {
        entity_ref,
        reason,
        location,
    } = serde_json::from_slice(&json)
        .map_err(|_| errors::invalid("Malformed cursor: not a cursor of unprocessed entities"))?;
    // A text of Postgres holds everything but NUL.
    if entity_ref.contains('\0') || location.contains('\0') {
        return Err(errors::invalid("Malformed cursor: holds NUL"));
    }
    Ok(After {
        entity_ref,
        reason,
        location,
    })
}
