//! One request, passed on.

use axum::{
    body::Body,
    extract::{Request, State},
    response::Response,
};
use bytes::Bytes;
use callboard_proto::proxy::v1::{ForwardResponse, RequestHead, ResponseHead, forward_response::Part};
use callboard_service_kit::{error::ErrorCode, hop_by_hop, identity::Principal};
use futures::StreamExt;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header};
use http_body::Body as _;
use hyper::upgrade::OnUpgrade;
use tokio::sync::{mpsc, oneshot};
use tonic::Streaming;

use super::{
    PREFIX, Unidentified,
    messages::{of_proto, to_proto},
    proxied_body::ProxiedBody,
    request_messages::{RequestMessages, Rest},
    tunnel,
};
use crate::{
    auth::authenticate::bearer_token, edge::client_address::ClientAddress, error::ApiError, gateway::Gateway,
    http::normalise_path::original_uri, upstream::CallContext,
};

/// Pieces of a tunnel that may wait to be sent.
const TUNNEL_PIECES: usize = 4;
/// How often a request is passed on whose replica of the proxy service dies before it answers.
const MOST_ATTEMPTS: usize = 3;

/// `ANY /api/proxy/...`.
pub(crate) async fn forward(
    State(gateway): State<Gateway>,
    context: CallContext,
    mut request: Request,
) -> Result<Response, ApiError> {
    if request.headers().get_all(header::HOST).iter().count() > 1 {
        return Err(ApiError::input("The header Host occurs more than once"));
    }
    let unidentified = request.extensions_mut().remove::<Unidentified>();
    let is_cross_origin = request.headers().contains_key(header::ORIGIN);
    let upgrade = wanted_upgrade(&request).map(|protocol| (protocol, hyper::upgrade::on(&mut request)));
    let by_cookie = context.caller.principal != Principal::Anonymous && bearer_token(request.headers()).is_none();
    // Browsers send cookies along with the sockets of any page, and ask nobody before.
    if by_cookie && upgrade.is_some() && !is_from_here(request.headers()) {
        return Err(ApiError::not_allowed(
            "A page of another site may not open a connection",
        ));
    }
    if upgrade.is_some() && !request.body().is_end_stream() {
        return Err(ApiError::input("A request that asks for another protocol has no body"));
    }
    let protocol = upgrade.as_ref().map(|(protocol, _)| protocol);
    let head = RequestHead {
        caller_by_cookie: by_cookie,
        ..head_of(&gateway, &request, protocol)
    };

    let (broken_sender, broken) = oneshot::channel();
    let mut repeatable = None;
    let (rest, tunnel) = match upgrade {
        Some((_, on_upgrade)) => {
            let (sender, pieces) = mpsc::channel(TUNNEL_PIECES);
            (Rest::Tunnel(pieces), Some((on_upgrade, sender)))
        }
        None if head.has_body => (Rest::Body(request.into_body(), Some(broken_sender)), None),
        None => {
            repeatable = request.method().is_idempotent().then_some(request);
            (Rest::Nothing, None)
        }
    };
    let call = ask(&gateway, &context, RequestMessages::new(head, rest));
    let (mut answer, broken) = until_broken(call, broken).await?;
    // A replica that died has answered nothing; another one may, where asking again does no harm.
    let mut attempts = 1;
    while let (Err(error), Some(request)) = (&answer, &repeatable)
        && error.is_unavailable()
        && attempts < MOST_ATTEMPTS
    {
        attempts += 1;
        let head = RequestHead {
            caller_by_cookie: by_cookie,
            ..head_of(&gateway, request, None)
        };
        answer = ask(&gateway, &context, RequestMessages::new(head, Rest::Nothing)).await;
    }
    let answer = answer.map_err(|error| match unidentified {
        // Why the caller is not known says more than that.
        Some(Unidentified(reason)) if error.status() == StatusCode::UNAUTHORIZED => reason,
        _ => error,
    });
    let (head, messages) = answer?;
    response(head, messages, tunnel, broken, is_cross_origin)
}

/// Sends the messages of a request to the proxy service. Returns the head of the answer, and what follows it.
async fn ask(
    gateway: &Gateway,
    context: &CallContext,
    request: RequestMessages,
) -> Result<(ResponseHead, Streaming<ForwardResponse>), ApiError> {
    let mut messages = gateway.proxy().forward(context, request).await?;
    let head = head_of_answer(&mut messages).await?;
    Ok((head, messages))
}

/// Waits for the answer of a call, unless the client's own body breaks off before.
async fn until_broken<T>(
    call: impl Future<Output = T>,
    mut broken: oneshot::Receiver<()>,
) -> Result<(T, Option<oneshot::Receiver<()>>), ApiError> {
    tokio::pin!(call);
    tokio::select! {
        biased;
        answer = &mut call => Ok((answer, Some(broken))),
        broken = &mut broken => match broken {
            Ok(()) => Err(ApiError::input("The request's body broke off")),
            // It was read to its end, or there was none.
            Err(_) => Ok((call.await, None)),
        },
    }
}

/// The protocol that a client wants to go on with. HTTP/2 has another way, which browsers use only where it is offered.
fn wanted_upgrade(request: &Request) -> Option<String> {
    if request.version() != Version::HTTP_11 {
        return None;
    }
    let is_asked = hop_by_hop::named_by_connection(request.headers()).contains(&header::UPGRADE);
    let protocol = request.headers().get(header::UPGRADE)?.to_str().ok()?;
    is_asked.then(|| protocol.to_owned())
}

fn head_of(gateway: &Gateway, request: &Request, upgrade: Option<&String>) -> RequestHead {
    let uri = original_uri(request);
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    let mut headers = request.headers().clone();
    hop_by_hop::remove(&mut headers);
    // Whether trailers are welcome is for the third party to know: it sends none otherwise.
    if takes_trailers(request.headers()) {
        headers.insert(header::TE, HeaderValue::from_static("trailers"));
    }
    // HTTP/2 has the host beside the path instead.
    if !headers.contains_key(header::HOST)
        && let Some(host) = uri
            .authority()
            .and_then(|host| HeaderValue::try_from(host.as_str()).ok())
    {
        headers.insert(header::HOST, host);
    }
    let client = request.extensions().get::<ClientAddress>();
    RequestHead {
        method: request.method().as_str().to_owned(),
        // The router has found the prefix, in whichever case it was written.
        path_and_query: target.get(PREFIX.len()..).unwrap_or_default().to_owned(),
        headers: to_proto(&headers),
        client_origin: gateway.config().backend_base_url.origin().ascii_serialization(),
        client_address: client.map_or_else(String::new, |ClientAddress(client)| client.to_string()),
        upgrade: upgrade.cloned().unwrap_or_default(),
        has_body: upgrade.is_none() && !request.body().is_end_stream(),
        caller_by_cookie: false,
    }
}

/// Whether the page that sends a request came from the host that it sends it to.
fn is_from_here(headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin
        .and_then(|origin| origin.split_once("://"))
        .is_some_and(|(_, origin)| Some(origin) == host)
}

fn takes_trailers(headers: &HeaderMap) -> bool {
    let encodings = headers
        .get_all(header::TE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    encodings
        .flat_map(|value| value.split(','))
        .any(|encoding| encoding.trim().eq_ignore_ascii_case("trailers"))
}

/// The head of the answer. Interim ones are dropped: the server library cannot send them.
async fn head_of_answer(messages: &mut Streaming<ForwardResponse>) -> Result<ResponseHead, ApiError> {
    loop {
        match messages.next().await {
            Some(Ok(ForwardResponse {
                part: Some(Part::Head(head)),
            })) => return Ok(head),
            Some(Ok(ForwardResponse {
                part: Some(Part::Informational(_)),
            })) => {}
            Some(Err(status)) => return Err(status.into()),
            Some(Ok(_)) | None => return Err(ApiError::internal("the proxy service answered without a head")),
        }
    }
}

fn response(
    head: ResponseHead,
    messages: Streaming<ForwardResponse>,
    tunnel: Option<(OnUpgrade, mpsc::Sender<Bytes>)>,
    broken: Option<oneshot::Receiver<()>>,
    is_cross_origin: bool,
) -> Result<Response, ApiError> {
    let status = u16::try_from(head.status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.ok_or_else(|| ApiError::internal("the proxy service answered without a status"))?;
    let mut headers = of_proto(head.headers);
    let body = match (status, tunnel) {
        (StatusCode::SWITCHING_PROTOCOLS, Some((on_upgrade, sender))) => {
            headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
            tokio::spawn(tunnel::carry(on_upgrade, sender, messages));
            Body::empty()
        }
        (StatusCode::SWITCHING_PROTOCOLS, None) => {
            return Err(ApiError::new(
                ErrorCode::InternalError,
                "a third party switched protocols unasked",
            ));
        }
        _ => Body::new(ProxiedBody::new(messages, broken)),
    };
    if is_cross_origin {
        expose(&mut headers);
    }
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// Lets scripts of other origins read the headers that the endpoint lets through.
fn expose(headers: &mut HeaderMap) {
    let names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
    if let Ok(names) = HeaderValue::try_from(names.join(", ")) {
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_host_are_from_here() {
        for (origin, expected) in [
            (Some("https://portal.example"), true),
            (Some("https://evil.example"), false),
            (Some("https://portal.example.evil.example"), false),
            (Some("null"), false),
            (None, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("portal.example"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(is_from_here(&headers), expected, "{origin:?}");
        }
    }
}
