//! `GET /entities/unprocessed/failed` and `GET /entities/unprocessed/pending`, whole as upstream has them, and
//! `GET /entities/unprocessed`, page by page.

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
    permission::names::INGESTION_READ,
    upstream::CallContext,
};

/// How many entities a call to the catalog asks for when all are wanted.
const PART: u32 = 1000;
/// More than this are not put into one answer; who wants them pages.
const MOST_AT_ONCE: usize = 10_000;

/// A page of whatever waits, failed or lost, or of one of them.
pub(crate) async fn list_unprocessed_entities(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut parameters = QueryParameters::parse(&uri, &["reason", "limit", "cursor"])?;
    let reason = parameters.one_of("reason", &["pending", "failed", "conflict"]);
    let limit = parameters.count("limit");
    let cursor = parameters.text("cursor");
    parameters.finish()?;
    let request = ListUnprocessedEntitiesRequest {
        reason: match reason {
            Some("pending") => UnprocessedReason::Pending,
            Some("failed") => UnprocessedReason::Failed,
            Some(_) => UnprocessedReason::Conflict,
            None => UnprocessedReason::Unspecified,
        }
        .into(),
        limit,
        cursor: cursor.unwrap_or_default(),
    };
    let page = gateway.catalog().list_unprocessed_entities(&context, request).await?;
    let items: Vec<Value> = page.items.iter().map(entity_value).collect();
    let mut page_info = Map::new();
    if let Some(cursor) = page.next_cursor {
        page_info.insert("nextCursor".to_owned(), cursor.into());
    }
    Ok(respond::json(
        StatusCode::OK,
        &json!({ "items": items, "totalItems": page.total_items, "pageInfo": page_info }),
    ))
}

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
    let mut parameters = QueryParameters::parse(uri, &["owner"])?;
    let owner = parameters.text("owner");
    parameters.finish()?;
    // What is not processed yet has no owner that a condition could be about.
    gateway.permissions().require(&context.credentials, &INGESTION_READ)?;
    let mut items = Vec::new();
    let mut cursor = String::new();
    while items.len() < MOST_AT_ONCE {
        let request = ListUnprocessedEntitiesRequest {
            reason: reason.into(),
            limit: Some(PART),
            cursor,
        };
        let page = gateway.catalog().list_unprocessed_entities(context, request).await?;
        let is_wanted = |item: &UnprocessedEntity| owner.as_ref().is_none_or(|owner| is_owned_by(item, owner));
        items.extend(page.items.into_iter().filter(is_wanted));
        match page.next_cursor {
            Some(next) => cursor = next,
            None => break,
        }
    }
    Ok(items)
}

/// Whether a descriptor names an owner, in exactly this spelling.
fn is_owned_by(item: &UnprocessedEntity, owner: &str) -> bool {
    let document: Value = serde_json::from_slice(&item.unprocessed_entity).unwrap_or_default();
    document["spec"]["owner"] == owner
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
    if !item.uid.is_empty() {
        value.insert("entity_id".to_owned(), item.uid.clone().into());
    }
    if !item.emitted_by.is_empty() {
        value.insert("emitted_by".to_owned(), item.emitted_by.clone().into());
    }
    value.insert(
        "since".to_owned(),
        moment(item.since.as_ref().map(|since| since.seconds)).into(),
    );
    if let Some(next) = moment(item.next_try.as_ref().map(|next| next.seconds)) {
        value.insert("next_update_at".to_owned(), next.into());
    }
    value.insert("reason".to_owned(), reason_name(item.reason()).into());
    Value::Object(value)
}

fn moment(unix_seconds: Option<i64>) -> Option<String> {
    let moment = OffsetDateTime::from_unix_timestamp(unix_seconds?).ok()?;
    moment.format(&Rfc3339).ok()
}

fn reason_name(reason: UnprocessedReason) -> &'static str {
    match reason {
        UnprocessedReason::Failed => "failed",
        UnprocessedReason::Conflict => "conflict",
        UnprocessedReason::Pending | UnprocessedReason::Unspecified => "pending",
    }
}
