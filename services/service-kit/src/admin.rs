//! The admin port: `/livez`, `/readyz` and `/metrics`, for the machines that look after a unit. It is not for users.

use std::{collections::BTreeMap, io, net::SocketAddr, time::Duration};

use axum::{
    Json, Router, extract::State, http::StatusCode, http::header::CONTENT_TYPE, response::IntoResponse, routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Serialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

use crate::{
    config::{Config, ConfigError},
    lifecycle::{Lifecycle, Readiness},
    telemetry::TelemetryGuard,
    unit,
};

/// Histograms collect single samples until they are drained, by a scrape or by this; the figures of the process are as old.
const UPKEEP_INTERVAL: Duration = Duration::from_secs(5);
const HEALTHCHECK_TIMEOUT: Duration = Duration::from_secs(3);

/// Why the admin port cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AdminError {
    /// The address is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The port cannot be opened or served.
    #[error("admin port: {0}")]
    Io(#[from] io::Error),
    /// The unit answers that it is not ready.
    #[error("{unit} at {address} is not ready: {answer}")]
    NotReady {
        /// The unit.
        unit: String,
        /// Its admin address.
        address: String,
        /// The first line of its answer.
        answer: String,
    },
}

/// The admin server of a unit, its port already open.
#[derive(Debug)]
pub struct AdminServer {
    listener: TcpListener,
    metrics: PrometheusHandle,
}

impl AdminServer {
    /// Opens `backend.services.<unit>.adminListen`.
    pub async fn bind(config: &Config, unit: &str, telemetry: &TelemetryGuard) -> Result<Self, AdminError> {
        Ok(Self {
            listener: unit::admin_listen(config, unit)?.bind().await?,
            metrics: telemetry.metrics(),
        })
    }

    /// The address it listens on.
    pub fn local_address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves as a task of the unit. It answers while the unit drains and ends with it.
    pub fn serve(self, lifecycle: &Lifecycle) {
        let shutdown = lifecycle.shutdown_token();
        let (handle, stopped) = (self.metrics.clone(), shutdown.clone());
        lifecycle.spawn("metrics-upkeep", async move {
            let process = metrics_process::Collector::default();
            process.describe();
            process.collect();
            while timeout(UPKEEP_INTERVAL, stopped.cancelled()).await.is_err() {
                process.collect();
                handle.run_upkeep();
            }
        });
        let router = Router::new()
            .route(
                "/livez",
                get(|| async {
                    Json(Status {
                        status: "ok",
                        checks: BTreeMap::new(),
                    })
                }),
            )
            .route("/readyz", get(ready))
            .with_state(lifecycle.readiness().clone())
            .route("/metrics", get(metrics).with_state(self.metrics));
        let listener = self.listener;
        lifecycle.serve("admin", async move {
            axum::serve(listener, router)
                .with_graceful_shutdown(async move { shutdown.cancelled().await })
                .await
        });
    }
}

#[derive(Serialize)]
struct Status {
    status: &'static str,
    checks: BTreeMap<&'static str, &'static str>,
}

async fn ready(State(readiness): State<Readiness>) -> impl IntoResponse {
    let checks = readiness
        .checks()
        .into_iter()
        .map(|(name, healthy)| (name, if healthy { "ok" } else { "failing" }))
        .collect();
    if readiness.is_ready() {
        return (StatusCode::OK, Json(Status { status: "ok", checks }));
    }
    let status = if readiness.is_stopping() {
        "stopping"
    } else {
        "not ready"
    };
    (StatusCode::SERVICE_UNAVAILABLE, Json(Status { status, checks }))
}

async fn metrics(State(handle): State<PrometheusHandle>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        handle.render(),
    )
}

/// Asks the running unit's `/readyz`, for the `healthcheck` sub-command.
pub async fn healthcheck(config: &Config, unit: &str) -> Result<(), AdminError> {
    let (host, port) = unit::admin_listen(config, unit)?.local();
    let address = format!("{host}:{port}");
    let answer = timeout(HEALTHCHECK_TIMEOUT, ask(&host, port))
        .await
        .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, format!("{address} does not answer")))?
        .map_err(|error| io::Error::new(error.kind(), format!("{address}: {error}")))?;
    let first_line = answer.lines().next().unwrap_or_default();
    if first_line.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    Err(AdminError::NotReady {
        unit: unit.to_owned(),
        address,
        answer: first_line.to_owned(),
    })
}

/// One HTTP request, by hand: a whole client would be much for a status line.
async fn ask(host: &str, port: u16) -> io::Result<String> {
    let mut stream = TcpStream::connect((host, port)).await?;
    stream
        .write_all(format!("GET /readyz HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes())
        .await?;
    let mut answer = Vec::new();
    stream.take(64 * 1024).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
