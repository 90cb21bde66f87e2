//! Opens connections: name to addresses, the check of each address, the way through a company's egress proxy.

use std::{
    future::Future,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::OnceLock,
    task::{Context, Poll},
    time::Duration,
};

use http::{HeaderValue, Uri, uri::Scheme};
use hyper_util::{
    client::{
        legacy::connect::{Connected, Connection, HttpConnector, dns::Name, proxy::Tunnel},
        proxy::matcher::Matcher,
    },
    rt::TokioIo,
};
use tokio::net::TcpStream;
use tower::Service;

use super::addresses::AddressPolicy;

/// A connection that is silent for so long is asked whether it is still there.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// Why no connection stands.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DialError {
    /// The name leads nowhere.
    #[error("the name {0} cannot be resolved")]
    NameNotFound(String),
    /// Every address of the name is one that this endpoint may not connect to.
    #[error("{0} is not on the public internet, and this endpoint may connect to nothing else")]
    PrivateAddress(String),
    /// It took too long.
    #[error("no connection within {} ms", .0.as_millis())]
    Timeout(Duration),
    /// Anything else; the text of it stays in the log.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

/// Resolves names, and lets only addresses through that the policy allows. What it answers is what is connected to, so that
/// a name cannot lead elsewhere between check and connection.
#[derive(Debug, Clone)]
pub struct GuardedResolver {
    policy: AddressPolicy,
}

impl GuardedResolver {
    /// The addresses of a host that may be connected to.
    pub async fn resolve(policy: &AddressPolicy, host: &str) -> Result<Vec<IpAddr>, DialError> {
        // The port is of no interest here; the caller sets its own.
        let found = tokio::net::lookup_host((host, 0))
            .await
            .map_err(|_| DialError::NameNotFound(host.to_owned()))?;
        let found: Vec<IpAddr> = found.map(|address| address.ip()).collect();
        if found.is_empty() {
            return Err(DialError::NameNotFound(host.to_owned()));
        }
        let allowed: Vec<IpAddr> = found.into_iter().filter(|address| policy.allows(*address)).collect();
        if allowed.is_empty() {
            return Err(DialError::PrivateAddress(host.to_owned()));
        }
        Ok(allowed)
    }
}

impl Service<Name> for GuardedResolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = DialError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, DialError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), DialError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let policy = self.policy.clone();
        Box::pin(async move {
            let addresses = Self::resolve(&policy, name.as_str()).await?;
            let addresses: Vec<SocketAddr> = addresses.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect();
            Ok(addresses.into_iter())
        })
    }
}

/// `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` of this process.
fn egress() -> &'static Matcher {
    static EGRESS: OnceLock<Matcher> = OnceLock::new();
    EGRESS.get_or_init(Matcher::from_env)
}

/// The `Proxy-Authorization` that a plain http request to this URL has to carry itself, because it goes through an egress proxy.
pub fn egress_authorization(uri: &Uri) -> Option<HeaderValue> {
    if uri.scheme() != Some(&Scheme::HTTP) {
        return None;
    }
    egress().intercept(uri)?.basic_auth().cloned()
}

/// Opens TCP connections for one endpoint.
#[derive(Debug, Clone)]
pub struct Dialer {
    target: HttpConnector<GuardedResolver>,
    egress: HttpConnector,
    policy: AddressPolicy,
}

impl Dialer {
    /// A dialer that connects where the policy allows.
    pub fn new(policy: AddressPolicy, timeout: Duration) -> Self {
        let timeout = (!timeout.is_zero()).then_some(timeout);
        let mut target = HttpConnector::new_with_resolver(GuardedResolver { policy: policy.clone() });
        target.enforce_http(false);
        target.set_nodelay(true);
        target.set_keepalive(Some(KEEPALIVE));
        target.set_connect_timeout(timeout);
        let mut egress = HttpConnector::new();
        egress.enforce_http(false);
        egress.set_nodelay(true);
        egress.set_keepalive(Some(KEEPALIVE));
        egress.set_connect_timeout(timeout);
        Self { target, egress, policy }
    }
}

impl Service<Uri> for Dialer {
    type Response = Dialled;
    type Error = DialError;
    type Future = Pin<Box<dyn Future<Output = Result<Dialled, DialError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), DialError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let mut dialer = self.clone();
        Box::pin(async move {
            // An address in place of a name is connected to without the resolver being asked.
            if let Some(address) = literal(&uri)
                && !dialer.policy.allows(address)
            {
                return Err(DialError::PrivateAddress(address.to_string()));
            }
            let Some(intercept) = egress().intercept(&uri) else {
                let stream = dialer
                    .target
                    .call(uri)
                    .await
                    .map_err(|error| dial_error(error.into()))?;
                return Ok(Dialled {
                    stream,
                    through_egress: false,
                });
            };
            let proxy = intercept.uri().clone();
            if uri.scheme() == Some(&Scheme::HTTPS) {
                let mut tunnel = Tunnel::new(proxy, dialer.egress);
                if let Some(authorization) = intercept.basic_auth() {
                    tunnel = tunnel.with_auth(authorization.clone());
                }
                let stream = tunnel.call(uri).await.map_err(|error| dial_error(error.into()))?;
                return Ok(Dialled {
                    stream,
                    through_egress: false,
                });
            }
            let stream = dialer
                .egress
                .call(proxy)
                .await
                .map_err(|error| dial_error(error.into()))?;
            Ok(Dialled {
                stream,
                through_egress: true,
            })
        })
    }
}

/// The address that stands in place of a host name.
fn literal(uri: &Uri) -> Option<IpAddr> {
    let host = uri.host()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Finds our own error among the causes of the connector's.
fn dial_error(error: Box<dyn std::error::Error + Send + Sync>) -> DialError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error.as_ref());
    while let Some(current) = cause {
        match current.downcast_ref::<DialError>() {
            Some(DialError::NameNotFound(name)) => return DialError::NameNotFound(name.clone()),
            Some(DialError::PrivateAddress(name)) => return DialError::PrivateAddress(name.clone()),
            _ => cause = current.source(),
        }
    }
    DialError::Other(error)
}

/// An open TCP connection.
#[derive(Debug)]
pub struct Dialled {
    stream: TokioIo<TcpStream>,
    /// The other end is an egress proxy that wants whole URLs.
    through_egress: bool,
}

impl Connection for Dialled {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.through_egress)
    }
}

impl hyper::rt::Read for Dialled {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: hyper::rt::ReadBufCursor<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl hyper::rt::Write for Dialled {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }
}

/// A connector that gives up after a while, whatever it is doing: resolving, connecting, shaking hands.
#[derive(Debug, Clone)]
pub struct InTime<C> {
    inner: C,
    /// Zero means no limit.
    limit: Duration,
}

impl<C> InTime<C> {
    /// Limits a connector.
    pub fn new(inner: C, limit: Duration) -> Self {
        Self { inner, limit }
    }
}

impl<C> Service<Uri> for InTime<C>
where
    C: Service<Uri, Error = Box<dyn std::error::Error + Send + Sync>>,
    C::Future: Send + 'static,
    C::Response: 'static,
{
    type Response = C::Response;
    type Error = Box<dyn std::error::Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.inner.call(uri);
        let limit = self.limit;
        Box::pin(async move {
            if limit.is_zero() {
                return connecting.await;
            }
            match tokio::time::timeout(limit, connecting).await {
                Ok(result) => result,
                Err(_) => Err(DialError::Timeout(limit).into()),
            }
        })
    }
}
