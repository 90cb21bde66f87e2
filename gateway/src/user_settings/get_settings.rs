//! `POST /multiget`.

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde_json::{Value, json};

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, respond},
    upstream::CallContext,
};

/// A page needs a handful; upstream's client asks for no more than 100.
const MOST_ITEMS: usize = 500;

/// Several of the caller's settings, with `null` for each there is not.
pub(crate) async fn get_settings(
    State(gateway): State<Gateway>,
    context: CallContext,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    let (user_entity_ref, _) = context.credentials.user()?;
    body.require("items");
    let items = body.each("items", |item| {
        item.require("bucket");
        item.require("key");
        (
            item.text("bucket").unwrap_or_default(),
            item.text("key").unwrap_or_default(),
        )
    });
    if items.len() > MOST_ITEMS {
        body.violated::<()>("items", &format!("must NOT have more than {MOST_ITEMS} items"));
    }
    body.finish()?;
    let (buckets, keys): (Vec<_>, Vec<_>) = items.into_iter().unzip();
    let values = gateway
        .user_settings()
        .get_many(user_entity_ref, &buckets, &keys)
        .await?;
    let items: Vec<Value> = values
        .into_iter()
        .map(|value| value.map_or(Value::Null, |value| json!({ "value": value })))
        .collect();
    Ok(respond::json(StatusCode::OK, &json!({ "items": items })))
}
