//! Logs, traces and metrics.
//!
//! - Logs go to standard output, as JSON or as text for people: `backend.telemetry.logs.format` (`json` or `pretty`),
//!   by default text at a terminal and JSON elsewhere. `backend.telemetry.logs.level` or the variable `RUST_LOG` is a filter
//!   such as `info,callboard_catalog=debug`.
//! - Traces, metrics and logs are exported over OTLP (gRPC) when `backend.telemetry.otlp.endpoint` or the variable
//!   `OTEL_EXPORTER_OTLP_ENDPOINT` names a collector. W3C trace context travels with every call between units, and what a
//!   request asks of the database is a span as well.
//! - Metrics are recorded with the `metrics` crate, once. They are served as Prometheus text on the admin port, and sent to the
//!   collector when there is one.

mod export;
mod json_lines;
pub mod propagation;
mod queries;

use std::{io::IsTerminal, sync::OnceLock};

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_util::layers::FanoutBuilder;
use schemars::JsonSchema;
use serde::Deserialize;
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt, util::SubscriberInitExt};

use self::{
    export::{Collector, Exporters, OtlpSection},
    json_lines::{JsonLine, JsonMembers},
};
use crate::config::{Config, ConfigError};

/// Upper bounds of the buckets of every histogram whose name ends in `_seconds`.
const SECONDS_BUCKETS: [f64; 14] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// Libraries that say little of use below a warning.
const DEFAULT_FILTER: &str = "info,h2=warn,hyper=warn,tower=warn,sqlx=warn,opentelemetry=warn";

/// Why telemetry cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TelemetryError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The metrics registry cannot be made.
    #[error("cannot set up metrics: {0}")]
    Metrics(#[from] BuildError),
    /// The OTLP exporters cannot be made.
    #[error("cannot set up the export to {endpoint}: {cause}")]
    Export {
        /// The collector.
        endpoint: String,
        /// What went wrong.
        cause: String,
    },
    /// Something else in this process has taken the global log.
    #[error("telemetry was initialised twice")]
    Twice,
}

type BoxedLayer = Box<dyn Layer<Registry> + Send + Sync>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum LogFormat {
    Json,
    Pretty,
}

/// Logs go to standard output. Traces, metrics and logs also go to an OpenTelemetry collector when one is named; `/metrics` of the
/// admin port has the metrics in Prometheus' text either way. Secrets of the configuration never reach a log.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct TelemetrySection {
    logs: LogsSection,
    otlp: OtlpSection,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
struct LogsSection {
    /// For people or for machines.
    #[schemars(extend("x-default" = "`pretty` at a terminal, `json` elsewhere"))]
    format: Option<LogFormat>,
    /// A filter such as `info,callboard_catalog=debug`; the variable `RUST_LOG` goes before it.
    #[schemars(extend("x-default" = "`info`, and warnings of libraries"))]
    level: Option<String>,
}

impl TelemetrySection {
    fn from_config(config: &Config) -> Result<Self, ConfigError> {
        config.get_or("backend.telemetry", Self::default())
    }
}

/// Keeps telemetry running; dropping it sends what is left.
#[derive(Debug)]
pub struct TelemetryGuard {
    exporters: Option<Exporters>,
    metrics: PrometheusHandle,
}

impl TelemetryGuard {
    /// The metrics of this process, for the admin port.
    pub fn metrics(&self) -> PrometheusHandle {
        self.metrics.clone()
    }

    /// Metrics alone, without touching the process's log: for tests, which share one process.
    pub fn for_tests() -> Result<Self, TelemetryError> {
        Ok(Self {
            exporters: None,
            metrics: install_metrics(None)?,
        })
    }
}

impl Drop for TelemetryGuard {
    fn drop(&mut self) {
        if let Some(exporters) = self.exporters.take() {
            exporters.shut_down();
        }
    }
}

/// Starts telemetry for the whole process. Call it once, inside the Tokio runtime, and keep the guard to the end.
pub fn init(config: &Config, unit: &'static str) -> Result<TelemetryGuard, TelemetryError> {
    let section = TelemetrySection::from_config(config)?;
    let format = section.logs.format.unwrap_or_else(|| {
        if std::io::stdout().is_terminal() {
            LogFormat::Pretty
        } else {
            LogFormat::Json
        }
    });
    let lines: BoxedLayer = match format {
        LogFormat::Json => tracing_subscriber::fmt::layer()
            .fmt_fields(JsonMembers)
            .event_format(JsonLine)
            .boxed(),
        LogFormat::Pretty => tracing_subscriber::fmt::layer()
            .with_target(true)
            // In a file or a pipe colours are noise.
            .with_ansi(std::io::stdout().is_terminal())
            .boxed(),
    };
    let exporters = match Collector::from_config(config, &section.otlp)? {
        Some(collector) => Some(Exporters::new(&collector, unit)?),
        None => None,
    };
    // Parsed once for its mistakes, and again for each layer, since filters cannot be cloned.
    let directives = directives(config, &section.logs)?;
    let filter = || EnvFilter::new(&directives);
    let mut layers = vec![lines.with_filter(filter()).boxed()];
    layers.extend(exporters.iter().flat_map(|exporters| exporters.layers(filter)));
    propagation::install();
    Registry::default()
        .with(layers)
        .try_init()
        .map_err(|_| TelemetryError::Twice)?;
    Ok(TelemetryGuard {
        metrics: install_metrics(exporters.as_ref())?,
        exporters,
    })
}

/// Reads this section without starting anything.
pub(crate) fn check(config: &Config) -> Result<(), ConfigError> {
    let section = TelemetrySection::from_config(config)?;
    directives(config, &section.logs)?;
    Collector::from_config(config, &section.otlp)?;
    Ok(())
}

/// What is recorded, as directives of a filter.
fn directives(config: &Config, logs: &LogsSection) -> Result<String, ConfigError> {
    if let Some(directives) = config
        .environment()
        .get("RUST_LOG")
        .filter(|directives| !directives.is_empty())
    {
        // A typing mistake in a variable for debugging should not keep a unit from starting.
        return Ok(directives.to_owned());
    }
    let Some(level) = &logs.level else {
        return Ok(DEFAULT_FILTER.to_owned());
    };
    let directives = format!("{DEFAULT_FILTER},{level}");
    match EnvFilter::try_new(&directives) {
        Ok(_) => Ok(directives),
        Err(error) => Err(config.invalid("backend.telemetry.logs.level", error.to_string())),
    }
}

/// The process has one registry of metrics, however often this is called.
fn install_metrics(exporters: Option<&Exporters>) -> Result<PrometheusHandle, BuildError> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS_BUCKETS)?
        .build_recorder();
    let handle = recorder.handle();
    let installed = match exporters {
        None => metrics::set_global_recorder(recorder).is_ok(),
        Some(exporters) => {
            let both = FanoutBuilder::default()
                .add_recorder(recorder)
                .add_recorder(exporters.recorder())
                .build();
            metrics::set_global_recorder(both).is_ok()
        }
    };
    // Losing a race against another caller leaves the other's recorder in place, and its handle in the cell.
    if installed {
        let _ = HANDLE.set(handle.clone());
        return Ok(handle);
    }
    Ok(HANDLE.get_or_init(|| handle).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_rendered_with_buckets_in_seconds() {
        let guard = TelemetryGuard::for_tests().unwrap();
        metrics::counter!("callboard_test_total", "unit" => "kit").increment(2);
        metrics::histogram!("callboard_test_seconds").record(0.002);
        let text = guard.metrics().render();
        assert!(text.contains("callboard_test_total{unit=\"kit\"} 2"), "{text}");
        assert!(
            text.contains("callboard_test_seconds_bucket{le=\"0.0025\"} 1"),
            "{text}"
        );
    }

    #[test]
    fn a_wrong_filter_is_refused_with_its_place() {
        let config = Config::from_yaml("backend: {telemetry: {logs: {level: 'callboard=loud'}}}").unwrap();
        let error = check(&config).unwrap_err().to_string();
        assert!(
            error.starts_with("config.yaml:1:30: backend.telemetry.logs.level"),
            "{error}"
        );
    }
}
