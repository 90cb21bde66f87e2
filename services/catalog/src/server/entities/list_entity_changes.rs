//! `ListEntityChanges`: what changed in an entity since it was registered, newest first.

use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_catalog_model::{EntityRef, change::FieldChange};
use callboard_proto::catalog::v1 as proto;
use serde_json::Value;
use tonic::Status;

use super::get_entity;
use crate::{
    ingest::IngestError,
    server::{CatalogServer, convert, errors},
    store::change::{self, KEPT, Recorded},
};

/// Items a page when the request does not say.
const DEFAULT_LIMIT: u32 = 20;

pub(in crate::server) async fn list_entity_changes(
    server: &CatalogServer,
    request: proto::ListEntityChangesRequest,
) -> Result<proto::ListEntityChangesResponse, Status> {
    let restriction = server.admit(request.read).await?;
    let entity_ref = EntityRef::parse(&request.entity_ref)
        .map_err(|error| errors::entity(&error))?
        .to_string();
    let limit = request.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=KEPT).contains(&limit) {
        return Err(errors::invalid(format!("limit must be from 1 to {KEPT}")));
    }
    let revision = server.replica.index.revision();
    // What the index does not know yet may have hidden the entity from who asks.
    let before = before(&request.cursor)?.min(revision + 1);
    if get_entity::find_by_ref(server, &entity_ref, restriction.as_ref()).is_none() {
        return Err(errors::not_found(format!("No such entity {entity_ref}")));
    }
    // One more tells whether more follow.
    let mut rows = change::list(&server.pool, &entity_ref, before, i64::from(limit) + 1)
        .await
        .map_err(errors::database)?;
    let has_more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next_cursor = rows
        .last()
        .filter(|_| has_more)
        .map(|last| STANDARD.encode(last.revision.to_string()));
    Ok(proto::ListEntityChangesResponse {
        items: rows.into_iter().map(item).collect::<Result<_, _>>()?,
        next_cursor,
        revision,
    })
}

fn item(row: Recorded) -> Result<proto::RecordedChange, Status> {
    let fields: Vec<FieldChange> =
        serde_json::from_str(&row.fields).map_err(|error| errors::ingest(IngestError::Stored(error)))?;
    Ok(proto::RecordedChange {
        revision: row.revision,
        time: Some(convert::timestamp(row.changed_at)),
        location: row.location,
        fields: fields.into_iter().map(field).collect(),
        more_fields: row.more_fields.unsigned_abs(),
    })
}

fn field(change: FieldChange) -> proto::FieldChange {
    let json = |value: Value| value.to_string().into();
    proto::FieldChange {
        path: change.path,
        before: change.before.map(json),
        after: change.after.map(json),
        shortened: change.shortened,
    }
}

/// The revision that a page ended with; without a cursor nothing is too new.
fn before(cursor: &str) -> Result<i64, Status> {
    if cursor.is_empty() {
        return Ok(i64::MAX);
    }
    STANDARD
        .decode(cursor)
        .ok()
        .and_then(|text| String::from_utf8(text).ok()?.parse().ok())
        .ok_or_else(|| errors::invalid("Malformed cursor: not one of changes of an entity"))
}
