//! Sending traces and logs to an OpenTelemetry collector.

use std::fmt;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_otlp::{ExporterBuildError, LogExporter, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, logs::SdkLoggerProvider, trace::SdkTracerProvider};
use tracing_subscriber::{EnvFilter, Layer};

use super::{BoxedLayer, TelemetryError};
use crate::config::{Config, ConfigError};

/// The collector, when there is one.
pub(super) fn endpoint(config: &Config) -> Result<Option<String>, ConfigError> {
    let configured = config.get::<String>("backend.telemetry.otlp.endpoint")?;
    let ambient = config
        .environment()
        .get("OTEL_EXPORTER_OTLP_ENDPOINT")
        .map(str::to_owned);
    Ok(configured.or(ambient).filter(|endpoint| !endpoint.is_empty()))
}

/// What sends traces and logs.
pub(super) struct Exporters {
    traces: SdkTracerProvider,
    logs: SdkLoggerProvider,
    unit: &'static str,
}

impl fmt::Debug for Exporters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Exporters")
            .field("unit", &self.unit)
            .finish_non_exhaustive()
    }
}

impl Exporters {
    pub(super) fn new(endpoint: &str, unit: &'static str) -> Result<Self, TelemetryError> {
        let resource = Resource::builder()
            .with_service_name(format!("callboard-{unit}"))
            .build();
        let failed = |cause: ExporterBuildError| TelemetryError::Export {
            endpoint: endpoint.to_owned(),
            cause: cause.to_string(),
        };
        let spans = SpanExporter::builder()
            .with_tonic()
            .with_endpoint(endpoint)
            .build()
            .map_err(failed)?;
        let logs = LogExporter::builder()
            .with_tonic()
            .with_endpoint(endpoint)
            .build()
            .map_err(failed)?;
        Ok(Self {
            traces: SdkTracerProvider::builder()
                .with_resource(resource.clone())
                .with_batch_exporter(spans)
                .build(),
            logs: SdkLoggerProvider::builder()
                .with_resource(resource)
                .with_batch_exporter(logs)
                .build(),
            unit,
        })
    }

    pub(super) fn layers(&self) -> [BoxedLayer; 2] {
        let traces = tracing_opentelemetry::layer().with_tracer(self.traces.tracer(self.unit));
        // The exporter itself speaks gRPC and logs; exporting that would go round in circles.
        let no_own_traffic = EnvFilter::new("info,h2=off,hyper=off,tonic=off,tower=off,opentelemetry=off");
        let logs = OpenTelemetryTracingBridge::new(&self.logs).with_filter(no_own_traffic);
        [traces.boxed(), logs.boxed()]
    }

    /// Sends what is left. A collector that is away must not keep the unit from ending, so failures are only mentioned.
    pub(super) fn shut_down(self) {
        if let Err(error) = self.traces.shutdown() {
            eprintln!("the last traces were not exported: {error}");
        }
        if let Err(error) = self.logs.shutdown() {
            eprintln!("the last logs were not exported: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    #[test]
    fn nothing_is_exported_unless_a_collector_is_named() {
        assert_eq!(endpoint(&Config::from_yaml("a: 1").unwrap()).unwrap(), None);
        let environment = Environment::from_iter([("OTEL_EXPORTER_OTLP_ENDPOINT", "http://ambient:4317")]);
        let config = Config::from_yaml_with("a: 1", environment.clone()).unwrap();
        assert_eq!(endpoint(&config).unwrap().as_deref(), Some("http://ambient:4317"));
        let yaml = "backend: {telemetry: {otlp: {endpoint: 'http://configured:4317'}}}";
        let config = Config::from_yaml_with(yaml, environment).unwrap();
        assert_eq!(endpoint(&config).unwrap().as_deref(), Some("http://configured:4317"));
    }
}
