//! `GET /usage`.

use axum::{extract::State, response::Response};
use callboard_proto::proxy::v1::{GetUsageRequest, UsageBucket};
use http::{StatusCode, Uri};
use serde_json::{Value, json};

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{
        json_form::{duration_of, duration_text, time_of, time_text},
        query_parameters::QueryParameters,
        respond,
    },
    upstream::CallContext,
};

/// What went through the endpoints over time.
pub(super) async fn get_usage(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut query = QueryParameters::parse(&uri, &["route", "from", "to", "resolution"])?;
    let route = query.text("route").unwrap_or_default();
    let [from, to, resolution] = ["from", "to", "resolution"].map(|name| query.text(name));
    query.finish()?;
    let time = |name: &str, text: Option<String>| text.map(|text| time_of(name, &text)).transpose();
    let request = GetUsageRequest {
        route,
        from: time("from", from)?,
        to: time("to", to)?,
        resolution: resolution.map(|text| duration_of("resolution", &text)).transpose()?,
    };
    let answer = gateway.proxy().get_usage(&context, request).await?;
    let buckets: Vec<Value> = answer.buckets.iter().map(bucket).collect();
    let resolution = answer.resolution.map(duration_text);
    Ok(respond::json(
        StatusCode::OK,
        &json!({ "resolution": resolution, "buckets": buckets }),
    ))
}

fn bucket(bucket: &UsageBucket) -> Value {
    json!({
        "route": bucket.route,
        "time": bucket.time.and_then(time_text),
        "requests": bucket.requests,
        "clientErrors": bucket.client_errors,
        "serverErrors": bucket.server_errors,
        "cacheHits": bucket.cache_hits,
        "requestBytes": bucket.request_bytes,
        "responseBytes": bucket.response_bytes,
        "latencyP50Ms": bucket.latency_p50_ms,
        "latencyP90Ms": bucket.latency_p90_ms,
        "latencyP99Ms": bucket.latency_p99_ms,
    })
}
