//! `GET /api/audit/v1/events`.

use axum::{extract::State, response::Response};
use http::{StatusCode, Uri};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::audit_store::{Selection, StoredEvent};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{query_parameters::QueryParameters, respond},
    permission::names::AUDIT_READ,
    upstream::CallContext,
};

const DEFAULT_PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 1000;

/// Recorded changes, newest first.
pub(crate) async fn list_audit_events(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    gateway.permissions().require(&context.credentials, &AUDIT_READ)?;
    let (selection, limit) = parse(&uri)?;
    let mut events = gateway.audit_log().list(&selection, i64::from(limit) + 1).await?;
    let has_more = events.len() > limit as usize;
    events.truncate(limit as usize);
    let next_cursor = events
        .last()
        .filter(|_| has_more)
        .map(|event| event.event_id.to_string());
    let items = events.iter().map(item).collect::<Result<Vec<_>, _>>()?;
    let mut body = json!({ "items": items });
    if let Some(cursor) = next_cursor {
        body["nextCursor"] = json!(cursor);
    }
    Ok(respond::json(StatusCode::OK, &body))
}

fn parse(uri: &Uri) -> Result<(Selection, u32), ApiError> {
    let mut parameters = QueryParameters::parse(
        uri,
        &["limit", "cursor", "actor", "action", "notAction", "since", "until"],
    )?;
    let limit = parameters.count("limit").unwrap_or(DEFAULT_PAGE);
    let cursor = parameters.text("cursor");
    let actor = parameters.text("actor");
    let action = parameters.text("action");
    let not_actions = parameters.list("notAction");
    let since = parameters.text("since");
    let until = parameters.text("until");
    parameters.finish()?;
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(ApiError::input(format!(
            "Invalid limit, must be between 1 and {LARGEST_PAGE}"
        )));
    }
    let before_id = cursor
        .map(|cursor| {
            cursor
                .parse()
                .map_err(|_| ApiError::input("Malformed cursor, could not be parsed"))
        })
        .transpose()?;
    let time = |text: Option<String>, name: &str| {
        text.map(|text| OffsetDateTime::parse(&text, &Rfc3339))
            .transpose()
            .map_err(|_| ApiError::input(format!("Invalid {name}, must be a time such as 2026-01-31T12:00:00Z")))
    };
    let selection = Selection {
        before_id,
        actor,
        action: action.as_deref().map(beginning),
        not_actions: not_actions.iter().map(|action| beginning(action)).collect(),
        since: time(since, "since")?,
        until: time(until, "until")?,
    };
    Ok((selection, limit))
}

/// `catalog.` and `catalog.*` both name all actions that begin so.
fn beginning(action: &str) -> String {
    action.trim_end_matches('*').to_owned()
}

fn item(event: &StoredEvent) -> Result<Value, ApiError> {
    let outcome = match event.status {
        499 => "unknown",
        200..=399 => "succeeded",
        401 | 403 => "refused",
        _ => "failed",
    };
    let mut item = json!({
        "id": event.event_id.to_string(),
        "at": event.at.format(&Rfc3339).map_err(ApiError::internal)?,
        "requestId": event.request_id,
        "actor": event.actor,
        "action": event.action,
        "method": event.method,
        "path": event.path,
        "status": event.status,
        "outcome": outcome,
    });
    let more = [
        ("resource", &event.resource),
        ("address", &event.address),
        ("userAgent", &event.user_agent),
    ];
    for (name, text) in more {
        if let Some(text) = text {
            item[name] = json!(text);
        }
    }
    Ok(item)
}
