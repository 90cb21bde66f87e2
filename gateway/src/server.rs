//! The listener: connections in, the application over each, an orderly end.

use std::{convert::Infallible, io, time::Duration};

use axum::{Router, body::Body, response::Response};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::{Service, ServiceExt};

use crate::{gateway::Gateway, http::normalise_path::NormalisePath, router::application};

/// A connection that sends no whole request head for so long, at its start or between requests, is closed.
const HEAD_TIMEOUT: Duration = Duration::from_mins(1);
/// The largest head of a request.
const HEAD_BYTES: usize = 64 * 1024;
/// Requests a client may have under way on one HTTP/2 connection.
const CONCURRENT_STREAMS: u32 = 256;
/// How long to wait when the system has no file handles left.
const ACCEPT_RETRY: Duration = Duration::from_millis(100);

/// Serves until `shutdown`, then until the last request that is under way is answered.
pub async fn serve(listener: TcpListener, gateway: Gateway, shutdown: CancellationToken) -> io::Result<()> {
    let streams_end = gateway.streams_end().clone();
    let application = application(gateway);
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
        .keep_alive_interval(HEAD_TIMEOUT);
    let connections = GracefulShutdown::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_RETRY).await;
                    continue;
                }
            },
            () = shutdown.cancelled() => break,
        };
        // Answers are small and written whole: waiting for more of them to fill a packet only adds time.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection was gone before it was served");
            continue;
        }
        let service = TowerToHyperService::new(over_hyper(application.clone()));
        let connection = builder
            .serve_connection_with_upgrades(TokioIo::new(stream), service)
            .into_owned();
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(error, "a connection ended in an error");
            }
        });
    }
    drop(listener);
    streams_end.cancel();
    connections.shutdown().await;
    Ok(())
}

/// The application as hyper calls it.
fn over_hyper(
    application: NormalisePath<Router>,
) -> impl Service<http::Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
    application.map_request(|request: http::Request<Incoming>| request.map(Body::new))
}
