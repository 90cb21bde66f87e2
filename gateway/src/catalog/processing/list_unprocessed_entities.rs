//! `GET /entities/unprocessed/failed` and `GET /entities/unprocessed/pending`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::{ListUnprocessedEntitiesRequest, UnprocessedEntity, UnprocessedReason};
use http::{StatusCode, Uri};
use serde_json::{Map, Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::error_value;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// Entities whose last processing failed, and those that lost to another location's.
pub(crate) async fn list_failed_entities(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut items = list(&gateway, &context, &uri, UnprocessedReason::Failed).await?;
    items.extend(list(&gateway, &context, &uri, UnprocessedReason::Conflict).await?);
    Ok(body("failed", &items))
}

/// Entities that wait for their first processing.
pub(crate) async fn list_pending_entities(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    Ok(body(
        "pending",
        &list(&gateway, &context, &uri, UnprocessedReason::Pending).await?,
    ))
}

async fn list(
    gateway: &Gateway,
    context: &CallContext,
    uri: &Uri,
    reason: UnprocessedReason,
) -> Result<Vec<UnprocessedEntity>, ApiError> {
    QueryParameters::none(uri)?;
    let request = ListUnprocessedEntitiesRequest { reason: reason.into() };
    Ok(gateway
        .catalog()
        .list_unprocessed_entities(context, request)
        .await?
        .items)
}

fn body(kind: &str, items: &[UnprocessedEntity]) -> Response {
    let entities: Vec<Value> = items.iter().map(entity_value).collect();
    respond::json(StatusCode::OK, &json!({ "type": kind, "entities": entities }))
}

fn entity_value(item: &UnprocessedEntity) -> Value {
    let mut value = Map::new();
    value.insert("entity_ref".to_owned(), item.entity_ref.clone().into());
    // A descriptor too broken to be parsed is left out.
    let document = serde_json::from_slice(&item.unprocessed_entity).unwrap_or(Value::Null);
    value.insert("unprocessed_entity".to_owned(), document);
    value.insert("errors".to_owned(), item.errors.iter().map(error_value).collect());
    value.insert("location_key".to_owned(), item.location.clone().into());
    let since = item
        .since
        .as_ref()
        .and_then(|since| OffsetDateTime::from_unix_timestamp(since.seconds).ok());
    let since = since.and_then(|since| since.format(&Rfc3339).ok());
    value.insert("since".to_owned(), since.into());
    value.insert("reason".to_owned(), reason_name(item.reason()).into());
    Value::Object(value)
}

fn reason_name(reason: UnprocessedReason) -> &'static str {
    match reason {
        UnprocessedReason::Failed => "failed",
        UnprocessedReason::Conflict => "conflict",
        UnprocessedReason::Pending | UnprocessedReason::Unspecified => "pending",
    }
}
