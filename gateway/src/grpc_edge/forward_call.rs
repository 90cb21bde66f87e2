//! One call, from a client to the service it is for.

use std::sync::Arc;

use callboard_service_kit::{
    grpc::{Deadline, Idempotent},
    identity::{Caller, Principal},
};
use http::{HeaderMap, HeaderName, Method as HttpMethod, Request, Response, Uri, Version, header};
use http_body_util::BodyExt;
use tonic::{Status, body::Body};
use tower::ServiceExt;

use super::{
    condition, frames,
    methods::{Access, Method},
};
use crate::{auth::credentials::Credentials, error::ApiError, gateway::Gateway, permission::check::condition_for};

/// What goes on to a service of a client's headers; everything else is between the client and the gateway.
const PASSED_HEADERS: [HeaderName; 6] = [
    header::CONTENT_TYPE,
    header::TE,
    header::USER_AGENT,
    HeaderName::from_static("grpc-timeout"),
    HeaderName::from_static("grpc-encoding"),
    HeaderName::from_static("grpc-accept-encoding"),
];

/// Answers a call; whatever goes wrong is a status.
pub(super) async fn forward_call(gateway: Gateway, request: Request<Body>) -> Response<Body> {
    forward(&gateway, request).await.unwrap_or_else(Status::into_http)
}

async fn forward(gateway: &Gateway, request: Request<Body>) -> Result<Response<Body>, Status> {
    let path = request.uri().path();
    let method = Method::find(path).ok_or_else(|| Status::unimplemented(format!("{path} is no method of ours")))?;
    let credentials = request
        .extensions()
        .get::<Arc<Credentials>>()
        .cloned()
        .ok_or_else(|| ApiError::authentication("Missing credentials"))?;
    let condition = permit(gateway, &credentials, method.access)?;
    let limits = &gateway.config().limits;

    let uri = Uri::builder()
        .path_and_query(path)
        .build()
        .map_err(ApiError::internal)?;
    let (head, body) = request.into_parts();
    let body = match condition {
        Some(fields) => frames::with_fields(body, &fields, limits.body_bytes).await?,
        None if method.is_unary => frames::bounded(body, limits.body_bytes),
        None => body,
    };
    let mut request = Request::new(body);
    *request.method_mut() = HttpMethod::POST;
    *request.version_mut() = Version::HTTP_2;
    *request.uri_mut() = uri;
    *request.headers_mut() = passed(&head.headers);
    request.extensions_mut().insert(Caller::clone(&credentials.caller));
    if method.is_unary && method.is_read {
        request.extensions_mut().insert(Idempotent);
    }
    let call = method.channel(gateway.channels()).oneshot(request);
    let response = match method.time_limit(limits.request_timeout) {
        Some(time_limit) => Deadline::after(time_limit).scope(call).await?,
        None => call.await?,
    };
    // Of no length known beforehand: gRPC-Web writes the trailers behind it.
    Ok(response.map(|body| Body::new(body.map_frame(|frame| frame))))
}

fn passed(headers: &HeaderMap) -> HeaderMap {
    PASSED_HEADERS
        .into_iter()
        .filter_map(|name| headers.get(&name).cloned().map(|value| (name, value)))
        .collect()
}

/// Refuses who may not make the call. What is to be written into the request of who may make it for some things only.
fn permit(gateway: &Gateway, credentials: &Credentials, access: Access) -> Result<Option<Vec<u8>>, ApiError> {
    match access {
        Access::Known => Ok(None),
        Access::Service if matches!(credentials.caller.principal, Principal::Service { .. }) => Ok(None),
        Access::Service => Err(ApiError::not_allowed("Only services may make this call")),
        Access::Permission(permission, place) => match condition_for(gateway, credentials, permission)? {
            None => Ok(None),
            Some(condition) => condition::fields(condition, place)
                .map(Some)
                .ok_or_else(|| ApiError::not_allowed("Unauthorized")),
        },
    }
}
