//! The gRPC contract as JSON: one file a route or two that belong together.

pub(crate) mod audits;
mod bodies;
pub(crate) mod cancel_audit;
pub(crate) mod comparison;
pub(crate) mod get_report;
mod options;
pub(crate) mod schedules;
pub(crate) mod status;
pub(crate) mod watch_audit;
pub(crate) mod websites;

use axum::extract::Request;
use http::Uri;
use prost_types::Timestamp;
use serde::de::DeserializeOwned;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::read_body, query_parameters::QueryParameters},
};

/// A JSON body as a type of ours.
async fn read_json<T: DeserializeOwned>(gateway: &Gateway, request: Request) -> Result<T, ApiError> {
    let bytes = read_body(request.into_body(), gateway.config().limits.body_bytes).await?;
    serde_json::from_slice(&bytes)
        .map_err(|error| ApiError::input(format!("The body is not what is expected: {error}")))
}

/// A time of the query string.
fn time_parameter(parameters: &mut QueryParameters, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let Some(text) = parameters.text(name) else {
        return Ok(None);
    };
    let time = OffsetDateTime::parse(&text, &Rfc3339)
        .map_err(|_| ApiError::input(format!("'{name}' must be a time such as 2026-01-31T12:00:00Z")))?;
    Ok(Some(Timestamp {
        seconds: time.unix_timestamp(),
        nanos: i32::try_from(time.nanosecond()).unwrap_or_default(),
    }))
}

/// An enumeration's value of the query string, by its name without prefix, in any case.
fn enum_parameter<T: TryFrom<i32> + Into<i32>>(
    parameters: &mut QueryParameters,
    name: &str,
    from_name: impl FnOnce(&str) -> Option<T>,
) -> Result<i32, ApiError> {
    match parameters.text(name) {
        None => Ok(0),
        Some(text) => from_name(&text.to_uppercase())
            .map(Into::into)
            .ok_or_else(|| ApiError::input(format!("'{text}' is no value of '{name}'"))),
    }
}

/// The query string of a request, of which these parameters are known.
fn query(uri: &Uri, known: &[&str]) -> Result<QueryParameters, ApiError> {
    QueryParameters::parse(uri, known)
}
