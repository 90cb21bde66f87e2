use std::{
    convert::Infallible,
    panic::AssertUnwindSafe,
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use futures::{FutureExt, future::BoxFuture};
use http::{HeaderMap, Request, Response, header::AUTHORIZATION};
use tokio_util::sync::CancellationToken;
use tonic::{Code, Status, body::Body};
use tower::{Layer, Service};
use tracing::{Instrument, Span};

use super::{about::About, body::GuardedBody};
use crate::{
    error::{ErrorCode, ServiceError},
    grpc::{Deadline, is_open},
    identity::{Caller, CallerTokens},
    lifecycle::tasks::panic_text,
    telemetry::propagation,
};

/// Puts around every call what [the module](super) promises.
#[derive(Clone)]
pub(super) struct CallLayer {
    shared: Arc<Shared>,
}

struct Shared {
    unit: &'static str,
    tokens: CallerTokens,
    shutdown: CancellationToken,
    about: About,
}

impl CallLayer {
    pub(super) fn new(unit: &'static str, tokens: CallerTokens, shutdown: CancellationToken) -> Self {
        Self {
            shared: Arc::new(Shared {
                unit,
                tokens,
                shutdown,
                about: About::now(),
            }),
        }
    }
}

impl<S> Layer<S> for CallLayer {
    type Service = CallService<S>;

    fn layer(&self, inner: S) -> CallService<S> {
        CallService {
            inner,
            shared: self.shared.clone(),
        }
    }
}

#[derive(Clone)]
pub(super) struct CallService<S> {
    inner: S,
    shared: Arc<Shared>,
}

impl<S> Service<Request<Body>> for CallService<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        // The clone keeps the readiness for the next call; the one that was polled ready takes this one.
        let clone = self.inner.clone();
        let inner = std::mem::replace(&mut self.inner, clone);
        let shared = self.shared.clone();
        let span = span_of(shared.unit, &request);
        propagation::adopt(&span, request.headers());
        // Read here, before tonic starts its own timer for the same header, which would say CANCELLED.
        let deadline = Deadline::from_headers(request.headers());
        async move { Ok(serve(&shared, inner, request, deadline).await) }
            .instrument(span)
            .boxed()
    }
}

/// The span of a call: `catalog.get_entity_by_name`.
fn span_of(unit: &str, request: &Request<Body>) -> Span {
    let (service, method) = service_and_method(request.uri().path());
    tracing::info_span!(
        "rpc",
        otel.name = format!("{unit}.{}", snake_case(method)),
        otel.kind = "server",
        rpc.system = "grpc",
        rpc.service = service,
        rpc.method = method,
        caller = tracing::field::Empty,
    )
}

async fn serve<S>(shared: &Shared, inner: S, mut request: Request<Body>, deadline: Option<Deadline>) -> Response<Body>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Send,
    S::Future: Send,
{
    let span = Span::current();
    let path = request.uri().path().to_owned();
    let mut record = Record::new(&path);
    let is_open = is_open(&path);
    if !is_open {
        match verify(&shared.tokens, request.headers()) {
            Ok(caller) => {
                span.record("caller", tracing::field::display(&caller));
                record.caller = Some(caller.clone());
                request.extensions_mut().insert(caller);
            }
            Err(error) => return refuse(record, error.into()),
        }
    }
    let mut response = match deadline {
        None => answer(inner, request).await,
        Some(deadline) => {
            request.extensions_mut().insert(deadline);
            match tokio::time::timeout_at(deadline.at(), deadline.scope(answer(inner, request))).await {
                Ok(response) => response,
                Err(_) => Err(Status::deadline_exceeded("the deadline has passed")),
            }
        }
    };
    if is_open && let Ok(response) = &mut response {
        shared.about.write_to(response.headers_mut());
    }
    match response {
        Err(status) => refuse(record, status),
        Ok(response) => match Status::from_header_map(response.headers()) {
            // The status is already in the head: there is no body to guard.
            Some(status) => {
                record.finish(status.code());
                response
            }
            None => {
                response.map(|body| Body::new(GuardedBody::new(body, span, deadline, shared.shutdown.clone(), record)))
            }
        },
    }
}

/// Calls the unit's own service; a panic in it becomes `INTERNAL`.
async fn answer<S>(mut inner: S, request: Request<Body>) -> Result<Response<Body>, Status>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
{
    let call = AssertUnwindSafe(async move { inner.call(request).await });
    match call.catch_unwind().await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(never)) => match never {},
        Err(panic) => Err(ServiceError::internal(&format!("panic: {}", panic_text(panic.as_ref()))).into()),
    }
}

fn refuse(record: Record, status: Status) -> Response<Body> {
    record.finish(status.code());
    status.into_http()
}

fn verify(tokens: &CallerTokens, headers: &HeaderMap) -> Result<Caller, ServiceError> {
    let refused = |message: &str| ServiceError::new(ErrorCode::AuthenticationError, message);
    let header = headers
        .get(AUTHORIZATION)
        .ok_or_else(|| refused("Missing credentials"))?;
    let token = header
        .to_str()
        .ok()
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(|| refused("Illegal token"))?;
    tokens.verify(token).map_err(|reason| {
        tracing::debug!(%reason, "refused a caller token");
        refused("Illegal token")
    })
}

/// What is known of a call when it ends.
pub(super) struct Record {
    service: String,
    method: String,
    caller: Option<Caller>,
    begin: Instant,
}

impl Record {
    fn new(path: &str) -> Self {
        let (service, method) = service_and_method(path);
        Self {
            service: service.to_owned(),
            method: method.to_owned(),
            caller: None,
            begin: Instant::now(),
        }
    }

    /// Counts the call and writes its access line.
    pub(super) fn finish(self, code: Code) {
        let seconds = self.begin.elapsed().as_secs_f64();
        let Self {
            service,
            method,
            caller,
            ..
        } = self;
        let caller = caller.as_ref().map(ToString::to_string);
        tracing::debug!(target: "callboard::access", service, method, ?code, caller, seconds, "call");
        // Anybody can ask for anything: a method we do not have, or would not tell about, must not become a time series.
        let method = match code {
            Code::Unimplemented | Code::Unauthenticated => String::new(),
            _ => format!("{service}/{method}"),
        };
        metrics::counter!("callboard_grpc_server_calls_total", "method" => method.clone(), "code" => name_of(code))
            .increment(1);
        metrics::histogram!("callboard_grpc_server_call_seconds", "method" => method).record(seconds);
    }
}

fn service_and_method(path: &str) -> (&str, &str) {
    path.trim_start_matches('/').split_once('/').unwrap_or((path, ""))
}

fn snake_case(name: &str) -> String {
    let mut result = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() && !result.is_empty() {
            result.push('_');
        }
        result.push(character.to_ascii_lowercase());
    }
    result
}

/// The name of a code as the gRPC specification writes it, in lower case.
const fn name_of(code: Code) -> &'static str {
    match code {
        Code::Ok => "ok",
        Code::Cancelled => "cancelled",
        Code::Unknown => "unknown",
        Code::InvalidArgument => "invalid_argument",
        Code::DeadlineExceeded => "deadline_exceeded",
        Code::NotFound => "not_found",
        Code::AlreadyExists => "already_exists",
        Code::PermissionDenied => "permission_denied",
        Code::ResourceExhausted => "resource_exhausted",
        Code::FailedPrecondition => "failed_precondition",
        Code::Aborted => "aborted",
        Code::OutOfRange => "out_of_range",
        Code::Unimplemented => "unimplemented",
        Code::Internal => "internal",
        Code::Unavailable => "unavailable",
        Code::DataLoss => "data_loss",
        Code::Unauthenticated => "unauthenticated",
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicBool, Ordering},
        time::Duration,
    };

    use tower::{ServiceExt, service_fn};

    use super::*;
    use crate::config::Config;

    fn layer() -> (CallLayer, CallerTokens) {
        let yaml = "backend: {auth: {keys: [{secret: c2VjcmV0LXNlY3JldC1zZWNyZXQtb25l}]}}";
        let tokens = CallerTokens::from_config(&Config::from_yaml(yaml).unwrap(), "catalog").unwrap();
        (
            CallLayer::new("catalog", tokens.clone(), CancellationToken::new()),
            tokens,
        )
    }

    #[tokio::test]
    async fn the_server_itself_ends_a_call_at_its_deadline() {
        let (layer, tokens) = layer();
        let has_finished = Arc::new(AtomicBool::new(false));
        let flag = has_finished.clone();
        let service = layer.layer(service_fn(move |_request: Request<Body>| {
            let flag = flag.clone();
            async move {
                tokio::time::sleep(Duration::from_millis(200)).await;
                flag.store(true, Ordering::Relaxed);
                Ok(Response::new(Body::empty()))
            }
        }));
        let token = tokens.sign(&Caller::anonymous(), "catalog").unwrap();
        let request = Request::builder()
            .uri("/a.B/C")
            .header("grpc-timeout", "50m")
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        let response = service.oneshot(request).await.unwrap();
        let status = Status::from_header_map(response.headers()).unwrap();
        assert_eq!(status.code(), Code::DeadlineExceeded);
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!has_finished.load(Ordering::Relaxed), "the handler goes on for nobody");
    }

    #[test]
    fn spans_are_named_after_unit_and_method() {
        let (service, method) = service_and_method("/callboard.catalog.v1.CatalogService/GetEntityByName");
        assert_eq!(service, "callboard.catalog.v1.CatalogService");
        assert_eq!(snake_case(method), "get_entity_by_name");
        assert_eq!(service_and_method("/nothing"), ("/nothing", ""));
    }
}
