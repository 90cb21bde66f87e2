//! The gRPC server every unit runs.
//!
//! Around the unit's services it puts: health (per service, following the unit's readiness) and reflection; a caller
//! token on every call; the caller's deadline, for the answer and for the calls made to produce it; a trace span, counters and
//! an access line per call; panics turned into `INTERNAL`; and a drain at shutdown that lets calls finish.

pub(crate) mod about;
mod body;
mod call;

use std::{convert::Infallible, io, net::SocketAddr, time::Duration};

use axum::response::IntoResponse;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::{
    body::Body,
    server::NamedService,
    service::{Routes, RoutesBuilder},
    transport::{Server, server::TcpIncoming},
};
use tonic_health::{ServingStatus, server::HealthReporter};

pub use self::about::RELEASE;
use self::call::CallLayer;
use super::tls::{Tls, incoming};
use super::{CONNECTION_WINDOW_BYTES, FRAME_BYTES, STREAM_WINDOW_BYTES};
use crate::{
    config::{Config, ConfigError},
    identity::CallerTokens,
    lifecycle::{Lifecycle, Readiness},
    unit,
};

const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// Why a unit cannot serve gRPC.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The address is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The port cannot be opened.
    #[error("gRPC port: {0}")]
    Io(#[from] io::Error),
    /// The descriptors for reflection are broken.
    #[error("gRPC reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
}

/// A unit's gRPC server, its port already open.
#[derive(Debug)]
pub struct GrpcServer {
    unit: &'static str,
    listener: TcpListener,
    tokens: CallerTokens,
    tls: Option<Tls>,
    routes: RoutesBuilder,
    service_names: Vec<&'static str>,
}

impl GrpcServer {
    /// Opens `backend.services.<unit>.listen`.
    pub async fn bind(config: &Config, unit: &'static str, tokens: CallerTokens) -> Result<Self, ServerError> {
        Ok(Self {
            unit,
            tls: Tls::from_config(config)?,
            listener: unit::grpc_listen(config, unit)?.bind().await?,
            tokens,
            routes: Routes::builder(),
            service_names: Vec::new(),
        })
    }

    /// The address it listens on.
    pub fn local_address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Adds a service. Set its message limits before, with [`max_message_bytes`](super::max_message_bytes).
    #[must_use]
    pub fn service<S>(mut self, service: S) -> Self
    where
        S: tower::Service<http::Request<Body>, Error = Infallible> + NamedService + Clone + Send + Sync + 'static,
        S::Response: IntoResponse,
        S::Future: Send + 'static,
    {
        self.routes.add_service(service);
        self.service_names.push(S::NAME);
        self
    }

    /// Lets clients ask what there is: pass `callboard_proto::FILE_DESCRIPTOR_SET`.
    pub fn reflection(mut self, descriptors: &'static [u8]) -> Result<Self, ServerError> {
        let mut builder = tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(descriptors)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .with_service_name("grpc.health.v1.Health");
        for name in &self.service_names {
            builder = builder.with_service_name(*name);
        }
        self.routes.add_service(builder.build_v1()?);
        Ok(self)
    }

    /// Serves as a task of the unit, until it stops.
    pub fn serve(self, lifecycle: &Lifecycle) {
        let Self {
            unit,
            listener,
            tokens,
            tls,
            mut routes,
            service_names,
        } = self;
        let (reporter, health) = tonic_health::server::health_reporter();
        routes.add_service(health);
        let shutdown = lifecycle.shutdown_token();
        lifecycle.spawn(
            "grpc-health",
            report_health(reporter, service_names, lifecycle.readiness().clone(), shutdown.clone()),
        );
        let server = Server::builder()
            .http2_keepalive_interval(Some(KEEPALIVE_INTERVAL))
            .http2_keepalive_timeout(Some(KEEPALIVE_TIMEOUT))
            .initial_stream_window_size(STREAM_WINDOW_BYTES)
            .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
            .max_frame_size(FRAME_BYTES)
            .layer(CallLayer::new(unit, tokens, shutdown.clone()))
            .add_routes(routes.routes().prepare());
        lifecycle.serve("grpc", async move {
            let stopped = shutdown.cancelled_owned();
            match tls {
                None => {
                    server
                        // The server's own `tcp_nodelay` is for ports that it opens itself.
                        .serve_with_incoming_shutdown(TcpIncoming::from(listener).with_nodelay(Some(true)), stopped)
                        .await
                }
                Some(tls) => {
                    server
                        .serve_with_incoming_shutdown(incoming(listener, tls), stopped)
                        .await
                }
            }
        });
    }
}

/// Keeps the health service's answers, for every service and for the whole, at what the unit's readiness says.
pub async fn report_health(
    reporter: HealthReporter,
    services: Vec<&'static str>,
    readiness: Readiness,
    shutdown: CancellationToken,
) {
    let mut is_ready = readiness.is_ready();
    loop {
        let status = if is_ready {
            ServingStatus::Serving
        } else {
            ServingStatus::NotServing
        };
        reporter.set_service_status("", status).await;
        for service in &services {
            reporter.set_service_status(service, status).await;
        }
        tokio::select! {
            changed = readiness.changed_from(is_ready) => is_ready = changed,
            () = shutdown.cancelled(), if !is_ready => return,
        }
    }
}
