//! Endpoints: listed, made, tried, changed, deleted, their cache emptied. One handler a route.

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    response::Response,
};
use callboard_proto::proxy::v1 as proto;
use http::{StatusCode, Uri};
use serde::Deserialize;
use serde_json::json;

use super::endpoint_json::EndpointJson;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{query_parameters::QueryParameters, respond},
    upstream::{ById, CallContext},
};

/// A body, or what is wrong with it.
type Body<T> = Result<Json<T>, JsonRejection>;

/// `GET /endpoints`.
pub(super) async fn list_endpoints(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    QueryParameters::none(&uri)?;
    let answer = gateway
        .proxy()
        .list_endpoints(&context, proto::ListEndpointsRequest {})
        .await?;
    let items: Vec<EndpointJson> = answer.items.into_iter().map(Into::into).collect();
    Ok(respond::json(StatusCode::OK, &json!({ "items": items })))
}

/// `POST /endpoints`.
pub(super) async fn create_endpoint(
    State(gateway): State<Gateway>,
    context: CallContext,
    body: Body<EndpointJson>,
) -> Result<Response, ApiError> {
    let request = proto::CreateEndpointRequest {
        endpoint: Some(read(body)?.into_proto()?),
    };
    let answer = gateway.proxy().create_endpoint(&context, request).await?;
    one(StatusCode::CREATED, answer.endpoint)
}

/// `GET /endpoints/{id}`.
pub(super) async fn get_endpoint(ById { gateway, context, id }: ById) -> Result<Response, ApiError> {
    let answer = gateway
        .proxy()
        .get_endpoint(&context, proto::GetEndpointRequest { id })
        .await?;
    one(StatusCode::OK, answer.endpoint)
}

/// `PUT /endpoints/{id}`.
pub(super) async fn update_endpoint(
    ById { gateway, context, id }: ById,
    body: Body<EndpointJson>,
) -> Result<Response, ApiError> {
    let request = proto::UpdateEndpointRequest {
        endpoint: Some(read(body)?.with_id(id).into_proto()?),
    };
    let answer = gateway.proxy().update_endpoint(&context, request).await?;
    one(StatusCode::OK, answer.endpoint)
}

/// `DELETE /endpoints/{id}`.
pub(super) async fn delete_endpoint(ById { gateway, context, id }: ById) -> Result<Response, ApiError> {
    gateway
        .proxy()
        .delete_endpoint(&context, proto::DeleteEndpointRequest { id })
        .await?;
    Ok(respond::empty(StatusCode::NO_CONTENT))
}

/// `POST /endpoints/{id}/purge`.
pub(super) async fn purge_endpoint_cache(ById { gateway, context, id }: ById) -> Result<Response, ApiError> {
    gateway
        .proxy()
        .purge_endpoint_cache(&context, proto::PurgeEndpointCacheRequest { id })
        .await?;
    Ok(respond::empty(StatusCode::NO_CONTENT))
}

/// The body of a trial.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TestJson {
    endpoint: EndpointJson,
    #[serde(default)]
    path: String,
}

/// `POST /endpoints/test`.
pub(super) async fn test_endpoint(
    State(gateway): State<Gateway>,
    context: CallContext,
    body: Body<TestJson>,
) -> Result<Response, ApiError> {
    let TestJson { endpoint, path } = read(body)?;
    let request = proto::TestEndpointRequest {
        endpoint: Some(endpoint.into_proto()?),
        path_and_query: path,
    };
    let answer = gateway.proxy().test_endpoint(&context, request).await?;
    let duration = std::time::Duration::try_from(answer.duration.unwrap_or_default()).unwrap_or_default();
    let mut body = json!({ "durationMs": duration.as_secs_f64() * 1000.0, "addresses": answer.addresses });
    if let Some(status) = answer.status {
        body["status"] = status.into();
    }
    if !answer.error.is_empty() {
        body["error"] = answer.error.into();
    }
    Ok(respond::json(StatusCode::OK, &body))
}

fn read<T>(body: Body<T>) -> Result<T, ApiError> {
    body.map(|Json(body)| body)
        .map_err(|rejection| ApiError::input(rejection.body_text()))
}

fn one(status: StatusCode, endpoint: Option<proto::Endpoint>) -> Result<Response, ApiError> {
    let endpoint = endpoint.ok_or_else(|| ApiError::internal("the proxy service answered without an endpoint"))?;
    Ok(respond::json(status, &EndpointJson::from(endpoint)))
}
