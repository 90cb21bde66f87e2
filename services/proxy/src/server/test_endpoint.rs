//! `TestEndpoint`: a GET through settings that are not stored.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use callboard_proto::proxy::v1::{self as proto, TestEndpointRequest, TestEndpointResponse};
use callboard_service_kit::error::ServiceError;
use http::{HeaderMap, Method, Request as HttpRequest};
use tonic::{Request, Status};

use super::{ProxyServer, administrator, convert, get_endpoint::stored};
use crate::{
    endpoint::{Endpoint, Origin, SharedEndpoint, header_rules::RequestFacts},
    forward::request_body::RequestBody,
    upstream::{dialer::GuardedResolver, failure::Failure},
};

/// Somebody waits for the outcome.
const LONGEST: Duration = Duration::from_secs(10);

pub(super) async fn test_endpoint(
    server: &ProxyServer,
    request: Request<TestEndpointRequest>,
) -> Result<TestEndpointResponse, Status> {
    administrator::require(server, &request)?;
    let TestEndpointRequest {
        endpoint,
        path_and_query,
    } = request.into_inner();
    let asked = endpoint.ok_or_else(|| ServiceError::input("endpoint is missing"))?;
    let endpoint = endpoint_of(server, asked).await?;
    let path = format!("/{}", path_and_query.trim_start_matches('/'));
    let url = endpoint
        .target
        .join(&path)
        .map_err(|error| ServiceError::input(format!("path: {error}")))?;

    let mut request = HttpRequest::new(RequestBody::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = url;
    let facts = RequestFacts {
        is_signed_in: true,
        is_upgrade: false,
    };
    let mut headers = endpoint.headers.request(&HeaderMap::new(), facts);
    endpoint.headers.inject(&mut headers);
    *request.headers_mut() = headers;

    let host = endpoint.target.authority().host().trim_matches(['[', ']']).to_owned();
    let resolving = GuardedResolver::resolve(endpoint.upstream.policy(), &host);
    let addresses = tokio::time::timeout(LONGEST, resolving).await;
    let addresses = addresses.ok().and_then(Result::ok).unwrap_or_default();
    let begun = Instant::now();
    let limit = endpoint
        .settings
        .options
        .limits
        .response_timeout
        .clamp(Duration::from_millis(1), LONGEST);
    let outcome = tokio::time::timeout(limit, endpoint.upstream.send(request, false))
        .await
        .unwrap_or(Err(Failure::ResponseTimeout));
    let (status, error) = match outcome {
        Ok(response) => (Some(u32::from(response.status().as_u16())), String::new()),
        Err(failure) => (None, failure.reason().to_owned()),
    };
    Ok(TestEndpointResponse {
        status,
        duration: Some(convert::duration(begun.elapsed())),
        error,
        addresses: addresses.iter().map(ToString::to_string).collect(),
    })
}

/// The endpoint to try: one of the configuration as it is, since its secrets are known here alone; else what is asked for, with
/// the stored secrets where values are left out.
async fn endpoint_of(server: &ProxyServer, asked: proto::Endpoint) -> Result<SharedEndpoint, Status> {
    let registry = &server.registry;
    if let Some(configured) = registry.table.configured_by_id(&asked.id) {
        return Ok(configured);
    }
    let stored = match asked.id.as_str() {
        "" => None,
        id => registry.settings_of(stored(server, id).await?).ok(),
    };
    let id = asked.id.clone();
    let settings = convert::settings(asked, stored.as_ref())?;
    let endpoint = Endpoint::new(id, settings, Origin::Configuration, registry.policy.clone())
        .map_err(|error| ServiceError::input(error.to_string()))?;
    Ok(Arc::new(endpoint))
}
