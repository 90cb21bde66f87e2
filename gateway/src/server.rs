//! The listener: connections in, the application over each, an orderly end.

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, response::Response};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tower::{Service, ServiceExt};

use crate::{
    edge::client_address::PeerAddress,
    gateway::Gateway,
    http::{extended_connect::ExtendedConnect, normalise_path::NormalisePath},
    router::application,
};

/// A connection that sends no whole request head for so long, at its start or between requests, is closed.
const HEAD_TIMEOUT: Duration = Duration::from_mins(1);
/// The largest head of a request.
const HEAD_BYTES: usize = 64 * 1024;
/// The same as HTTP/2 counts it.
const HEADER_LIST_BYTES: u32 = 64 * 1024;
/// Requests a client may have under way on one HTTP/2 connection.
const CONCURRENT_STREAMS: u32 = 256;
/// A client that takes nothing of what it is sent for so long is gone.
const WRITE_TIMEOUT: Duration = Duration::from_mins(1);
const TLS_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait when the system has no file handles left.
const ACCEPT_RETRY: Duration = Duration::from_millis(100);

/// Serves until `shutdown`, then until the last request that is under way is answered.
pub async fn serve(listener: TcpListener, gateway: Gateway, shutdown: CancellationToken) -> io::Result<()> {
    let streams_end = gateway.streams_end().clone();
    let places = Arc::new(Semaphore::new(gateway.config().limits.connections));
    let tls = gateway.tls().map(|tls| TlsAcceptor::from(tls.server()));
    let application = application(gateway);
    let builder = connection_builder();
    let connections = GracefulShutdown::new();
    loop {
        // Without a place the next connection waits in the system's queue.
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream, peer) = tokio::select! {
            (place, accepted) = accepted => match accepted {
                Ok((stream, peer)) => (place, stream, peer),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_RETRY).await;
                    continue;
                }
            },
            () = shutdown.cancelled() => break,
        };
        let connection = Connection {
            builder: builder.clone(),
            application: application.clone(),
            peer,
            watcher: connections.watcher(),
        };
        let tls = tls.clone();
        tokio::spawn(async move {
            connection.serve(stream, tls).await;
            drop(place);
        });
    }
    drop(listener);
    streams_end.cancel();
    connections.shutdown().await;
    Ok(())
}

fn connection_builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(CONCURRENT_STREAMS)
        .max_header_list_size(HEADER_LIST_BYTES)
        .enable_connect_protocol()
        .keep_alive_interval(HEAD_TIMEOUT);
    builder
}

/// One client's connection.
struct Connection {
    builder: Builder<TokioExecutor>,
    application: NormalisePath<Router>,
    peer: SocketAddr,
    watcher: Watcher,
}

impl Connection {
    async fn serve(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        // Answers are small and written whole: waiting for more of them to fill a packet only adds time.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone before it was served");
            return;
        }
        let Some(tls) = tls else {
            return self.serve_over(stream).await;
        };
        match tokio::time::timeout(TLS_TIMEOUT, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.serve_over(stream).await,
            Ok(Err(error)) => tracing::debug!(%error, "a client and we do not agree on TLS"),
            Err(_) => tracing::debug!("a client took too long over TLS"),
        }
    }

    async fn serve_over(self, stream: impl AsyncRead + AsyncWrite + Send + 'static) {
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(WRITE_TIMEOUT));
        let service = TowerToHyperService::new(over_hyper(self.application, self.peer));
        let connection = self
            .builder
            .serve_connection_with_upgrades(TokioIo::new(Box::pin(stream)), service)
            .into_owned();
        if let Err(error) = self.watcher.watch(connection).await {
            tracing::debug!(error, "a connection ended in an error");
        }
    }
}

/// The application as hyper calls it.
fn over_hyper(
    application: NormalisePath<Router>,
    peer: SocketAddr,
) -> impl Service<http::Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
    ExtendedConnect::new(application).map_request(move |mut request: http::Request<Incoming>| {
        request.extensions_mut().insert(PeerAddress(peer));
        request.map(Body::new)
    })
}
