//! The proxy of one audit: plain HTTP is forwarded, everything else is tunnelled.

use std::{
    convert::Infallible,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use futures::future::BoxFuture;
use http::{HeaderName, Method, Request, Response, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioIo},
};
use parking_lot::Mutex;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_util::task::AbortOnDropHandle;

use super::policy::{AddressPolicy, ConnectError};

type Body = BoxBody<Bytes, hyper::Error>;

/// What a proxy must not pass on.
const HOP_BY_HOP: [HeaderName; 6] = [
    header::CONNECTION,
    header::PROXY_AUTHORIZATION,
    header::PROXY_AUTHENTICATE,
    header::TE,
    header::UPGRADE,
    HeaderName::from_static("proxy-connection"),
];

/// A proxy for one audit. Dropping it cuts every connection made through it.
#[derive(Debug)]
pub struct Guard {
    address: SocketAddr,
    shared: Arc<Shared>,
    _server: AbortOnDropHandle<()>,
}

#[derive(Debug)]
struct Shared {
    policy: Arc<AddressPolicy>,
    /// Whether what is reached now is what is audited.
    is_page: AtomicBool,
    refusal: Mutex<Option<String>>,
    failure: Mutex<Option<String>>,
}

impl Guard {
    /// Listens on a free port of this machine. Until [`Self::page_found`] every host has to be one that may be audited.
    pub async fn start(policy: Arc<AddressPolicy>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            policy,
            is_page: AtomicBool::new(true),
            refusal: Mutex::new(None),
            failure: Mutex::new(None),
        });
        let server = tokio::spawn(serve(listener, shared.clone()));
        Ok(Self {
            address,
            shared,
            _server: AbortOnDropHandle::new(server),
        })
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// From now on hosts that a page loads something from may be reached too.
    pub fn page_found(&self) {
        self.shared.is_page.store(false, Ordering::Relaxed);
    }

    /// Why the last connection could not be made, if it could not.
    pub fn failure(&self) -> Option<String> {
        self.shared.failure.lock().clone()
    }

    /// The last thing that was refused, in one sentence.
    pub fn refusal(&self) -> Option<String> {
        self.shared.refusal.lock().clone()
    }
}

impl Shared {
    async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, ConnectError> {
        let result = self
            .policy
            .connect(host, port, self.is_page.load(Ordering::Relaxed))
            .await;
        *self.failure.lock() = match &result {
            Err(ConnectError::Io(error)) => Some(format!("no connection to {host}:{port}: {error}")),
            _ => None,
        };
        if let Err(ConnectError::Refused(refusal)) = &result {
            tracing::debug!(%refusal, "refused");
            *self.refusal.lock() = Some(refusal.to_string());
        }
        let stream = result?;
        // Requests are small and wait for their answers.
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let client = Client::builder(TokioExecutor::new()).build(Connector(shared.clone()));
    let mut connections = JoinSet::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "the browser's connection could not be accepted");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
        };
        let _ = stream.set_nodelay(true);
        let (shared, client) = (shared.clone(), client.clone());
        connections.spawn(async move {
            let tunnels = Arc::new(Mutex::new(JoinSet::new()));
            let service = hyper::service::service_fn(|request| {
                let (shared, client, tunnels) = (shared.clone(), client.clone(), tunnels.clone());
                async move { Ok::<_, Infallible>(handle(&shared, &client, &tunnels, request).await) }
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .preserve_header_case(true)
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades();
            // A browser that is gone in the middle is no news.
            let _ = connection.await;
            let mut open = std::mem::take(&mut *tunnels.lock());
            while open.join_next().await.is_some() {}
        });
    }
}

async fn handle(
    shared: &Arc<Shared>,
    client: &Client<Connector, Incoming>,
    tunnels: &Mutex<JoinSet<()>>,
    request: Request<Incoming>,
) -> Response<Body> {
    if request.method() == Method::CONNECT {
        return tunnel(shared, tunnels, request).await;
    }
    if request.uri().scheme_str() != Some("http") {
        return answer(
            StatusCode::BAD_REQUEST,
            "only http is forwarded; the rest is tunnelled".to_owned(),
        );
    }
    match client.request(end_to_end(request)).await {
        Ok(response) => {
            let (mut parts, body) = response.into_parts();
            for name in HOP_BY_HOP {
                parts.headers.remove(name);
            }
            Response::from_parts(parts, body.boxed())
        }
        Err(error) => refused_or_failed(&error),
    }
}

/// The request as it goes to the server.
fn end_to_end(mut request: Request<Incoming>) -> Request<Incoming> {
    for name in HOP_BY_HOP {
        request.headers_mut().remove(name);
    }
    *request.version_mut() = http::Version::HTTP_11;
    request
}

async fn tunnel(shared: &Arc<Shared>, tunnels: &Mutex<JoinSet<()>>, request: Request<Incoming>) -> Response<Body> {
    let Some(authority) = request.uri().authority() else {
        return answer(
            StatusCode::BAD_REQUEST,
            "a tunnel leads to a host and a port".to_owned(),
        );
    };
    let port = authority.port_u16().unwrap_or(443);
    let mut stream = match shared.connect(authority.host(), port).await {
        Ok(stream) => stream,
        Err(ConnectError::Refused(refusal)) => return answer(StatusCode::FORBIDDEN, refusal.to_string()),
        Err(ConnectError::Io(error)) => return answer(StatusCode::BAD_GATEWAY, error.to_string()),
    };
    tunnels.lock().spawn(async move {
        if let Ok(upgraded) = hyper::upgrade::on(request).await {
            let _ = tokio::io::copy_bidirectional(&mut TokioIo::new(upgraded), &mut stream).await;
        }
    });
    answer(StatusCode::OK, String::new())
}

fn refused_or_failed(failure: &(dyn std::error::Error + 'static)) -> Response<Body> {
    let mut cause = Some(failure);
    while let Some(error) = cause {
        if let Some(ConnectError::Refused(refusal)) = error.downcast_ref() {
            return answer(StatusCode::FORBIDDEN, refusal.to_string());
        }
        cause = error.source();
    }
    answer(StatusCode::BAD_GATEWAY, failure.to_string())
}

fn answer(status: StatusCode, text: String) -> Response<Body> {
    let mut response = Response::new(Full::new(Bytes::from(text)).map_err(|never| match never {}).boxed());
    *response.status_mut() = status;
    response
}

/// Connects the forwarding client through the policy.
#[derive(Debug, Clone)]
struct Connector(Arc<Shared>);

impl tower::Service<Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = ConnectError;
    type Future = BoxFuture<'static, Result<TokioIo<TcpStream>, ConnectError>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let shared = self.0.clone();
        Box::pin(async move {
            let host = uri.host().unwrap_or_default();
            let stream = shared.connect(host, uri.port_u16().unwrap_or(80)).await?;
            Ok(TokioIo::new(stream))
        })
    }
}
