//! `POST /api/events/bus/v1/events`: an event of another program with a service's token.

use axum::{extract::State, response::Response};
use callboard_service_kit::identity::Principal;
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, respond},
    signals::{Recipients, Signal},
    upstream::CallContext,
};

/// The payload of the topic `signals`, as upstream's signals plugin reads it.
#[derive(Deserialize)]
struct Published {
    recipients: OneOrMany,
    channel: String,
    message: Value,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum OneOrMany {
    Broadcast,
    User {
        #[serde(rename = "entityRef")]
        entity_ref: Refs,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Refs {
    One(String),
    Many(Vec<String>),
}

/// Passes an event on: `signals` goes to browsers. 201 when somebody listened, 204 when nobody does.
pub(crate) async fn publish_event(
    State(gateway): State<Gateway>,
    context: CallContext,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    if !matches!(context.caller.principal, Principal::Service { .. }) {
        return Err(ApiError::not_allowed("Only services may publish events"));
    }
    body.require("event");
    let event = body.object("event").unwrap_or_default();
    body.finish()?;
    if event.get("topic").and_then(Value::as_str) != Some("signals") {
        return Ok(respond::empty(StatusCode::NO_CONTENT));
    }
    let payload = event.get("payload").cloned().unwrap_or_default();
    let published: Published = serde_json::from_value(payload)
        .map_err(|error| ApiError::input(format!("request/body/event/payload is no signal: {error}")))?;
    let recipients = match published.recipients {
        OneOrMany::Broadcast => vec![Recipients::Broadcast],
        OneOrMany::User {
            entity_ref: Refs::One(entity_ref),
        } => vec![Recipients::user(&entity_ref)],
        OneOrMany::User {
            entity_ref: Refs::Many(entity_refs),
        } => entity_refs
            .iter()
            .map(|entity_ref| Recipients::user(entity_ref))
            .collect(),
    };
    for recipients in recipients {
        let signal = Signal {
            recipients,
            channel: published.channel.clone(),
            message: published.message.clone(),
        };
        gateway.signals().publish(signal).await;
    }
    Ok(respond::empty(StatusCode::CREATED))
}
