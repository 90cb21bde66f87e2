//! Sending traces, metrics and logs to an OpenTelemetry collector.

use std::{collections::BTreeMap, fmt, fs, path::PathBuf, time::Duration};

use metrics_opentelemetry::{OpenTelemetryMetrics, OpenTelemetryRecorder};
use opentelemetry::{metrics::MeterProvider as _, trace::TracerProvider as _};
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_otlp::{
    ExporterBuildError, LogExporter, MetricExporter, SpanExporter, WithExportConfig, WithTonicConfig,
};
use opentelemetry_sdk::{
    Resource,
    logs::SdkLoggerProvider,
    metrics::{Aggregation, Instrument, PeriodicReader, SdkMeterProvider, Stream},
    trace::SdkTracerProvider,
};
use schemars::JsonSchema;
use serde::Deserialize;
use tonic::{
    metadata::{MetadataKey, MetadataMap, MetadataValue},
    transport::{Certificate, ClientTlsConfig},
};
use tracing_subscriber::{EnvFilter, Layer, filter::FilterExt};

use super::{BoxedLayer, SECONDS_BUCKETS, TelemetryError, queries::QuerySpans};
use crate::config::{Config, ConfigDuration, ConfigError, Secret};

const SECTION: &str = "backend.telemetry.otlp";

/// The collector.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct OtlpSection {
    /// The collector that traces, metrics and logs go to over gRPC, `http://host:4317` or `https://host:4317`.
    #[schemars(extend("x-default" = "`OTEL_EXPORTER_OTLP_ENDPOINT`, else none"))]
    endpoint: Option<String>,
    /// PEM file of the authorities that the collector's certificate is checked against, besides those of the system.
    #[schemars(extend("x-default" = "`OTEL_EXPORTER_OTLP_CERTIFICATE`, else none"))]
    ca_file: Option<PathBuf>,
    /// Headers that the collector wants, an API key for one. Names in lower case.
    #[schemars(extend("x-name" = "header"))]
    headers: BTreeMap<String, Secret<String>>,
    /// How often metrics are sent.
    metrics_interval: ConfigDuration,
}

impl Default for OtlpSection {
    fn default() -> Self {
        Self {
            endpoint: None,
            ca_file: None,
            headers: BTreeMap::new(),
            metrics_interval: Duration::from_mins(1).into(),
        }
    }
}

/// Where and how to send, checked.
pub(super) struct Collector {
    endpoint: String,
    tls: Option<ClientTlsConfig>,
    headers: MetadataMap,
    metrics_interval: Duration,
}

impl Collector {
    /// The collector, when there is one.
    pub(super) fn from_config(config: &Config, section: &OtlpSection) -> Result<Option<Self>, ConfigError> {
        let ambient = |name: &str| {
            config
                .environment()
                .get(name)
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
        };
        let configured = section.endpoint.clone().filter(|endpoint| !endpoint.is_empty());
        let Some(endpoint) = configured.or_else(|| ambient("OTEL_EXPORTER_OTLP_ENDPOINT")) else {
            return Ok(None);
        };
        let is_https = endpoint.starts_with("https://");
        let ca_file = section
            .ca_file
            .clone()
            .or_else(|| ambient("OTEL_EXPORTER_OTLP_CERTIFICATE").map(PathBuf::from));
        let tls = if is_https {
            Some(client_tls(config, ca_file)?)
        } else {
            None
        };
        if section.metrics_interval.get().is_zero() {
            return Err(config.invalid(&format!("{SECTION}.metricsInterval"), "must be greater than zero"));
        }
        Ok(Some(Self {
            endpoint,
            tls,
            headers: headers(config, &section.headers)?,
            metrics_interval: section.metrics_interval.get(),
        }))
    }

    /// The same settings on the builder of each exporter.
    fn configure<B: WithExportConfig + WithTonicConfig>(&self, builder: B) -> B {
        let builder = builder
            .with_endpoint(&self.endpoint)
            .with_metadata(self.headers.clone());
        match &self.tls {
            Some(tls) => builder.with_tls_config(tls.clone()),
            None => builder,
        }
    }
}

fn client_tls(config: &Config, ca_file: Option<PathBuf>) -> Result<ClientTlsConfig, ConfigError> {
    let tls = ClientTlsConfig::new().with_native_roots();
    let Some(path) = ca_file else {
        return Ok(tls);
    };
    let pem = fs::read(&path).map_err(|error| {
        let message = format!("cannot read {}: {error}", path.display());
        config.invalid(&format!("{SECTION}.caFile"), message)
    })?;
    Ok(tls.ca_certificate(Certificate::from_pem(pem)))
}

fn headers(config: &Config, configured: &BTreeMap<String, Secret<String>>) -> Result<MetadataMap, ConfigError> {
    let mut headers = MetadataMap::new();
    for (name, value) in configured {
        let path = format!("{SECTION}.headers.{name}");
        let key = MetadataKey::from_bytes(name.as_bytes())
            .map_err(|_| config.invalid(&path, "this is not the name of a header in lower case"))?;
        let mut value = MetadataValue::try_from(value.expose())
            .map_err(|_| config.invalid(&path, "the value holds characters that headers may not"))?;
        value.set_sensitive(true);
        headers.insert(key, value);
    }
    Ok(headers)
}

/// What sends traces, metrics and logs.
pub(super) struct Exporters {
    traces: SdkTracerProvider,
    metrics: SdkMeterProvider,
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
    pub(super) fn new(collector: &Collector, unit: &'static str) -> Result<Self, TelemetryError> {
        let resource = Resource::builder()
            .with_service_name(format!("callboard-{unit}"))
            .build();
        let failed = |cause: ExporterBuildError| TelemetryError::Export {
            endpoint: collector.endpoint.clone(),
            cause: cause.to_string(),
        };
        let spans = collector
            .configure(SpanExporter::builder().with_tonic())
            .build()
            .map_err(failed)?;
        let metrics = collector
            .configure(MetricExporter::builder().with_tonic())
            .build()
            .map_err(failed)?;
        let logs = collector
            .configure(LogExporter::builder().with_tonic())
            .build()
            .map_err(failed)?;
        let reader = PeriodicReader::builder(metrics)
            .with_interval(collector.metrics_interval)
            .build();
        Ok(Self {
            traces: SdkTracerProvider::builder()
                .with_resource(resource.clone())
                .with_batch_exporter(spans)
                .build(),
            metrics: SdkMeterProvider::builder()
                .with_resource(resource.clone())
                .with_reader(reader)
                .with_view(buckets_in_seconds)
                .build(),
            logs: SdkLoggerProvider::builder()
                .with_resource(resource)
                .with_batch_exporter(logs)
                .build(),
            unit,
        })
    }

    /// Traces, statements of the database in them, and logs. `filter` makes what is recorded at all; statements have their own.
    pub(super) fn layers(&self, filter: impl Fn() -> EnvFilter) -> [BoxedLayer; 3] {
        let tracer = self.traces.tracer(self.unit);
        let spans = tracing_opentelemetry::layer().with_tracer(tracer.clone());
        let queries = QuerySpans::new(tracer).with_filter(QuerySpans::events());
        // The exporter itself speaks gRPC and logs; exporting that would go round in circles.
        let no_own_traffic = EnvFilter::new("info,h2=off,hyper=off,tonic=off,tower=off,opentelemetry=off");
        let logs = OpenTelemetryTracingBridge::new(&self.logs).with_filter(no_own_traffic.and(filter()));
        [spans.with_filter(filter()).boxed(), queries.boxed(), logs.boxed()]
    }

    /// What is told of every metric, beside the registry that Prometheus scrapes.
    pub(super) fn recorder(&self) -> OpenTelemetryRecorder {
        OpenTelemetryRecorder::new(OpenTelemetryMetrics::new(self.metrics.meter(self.unit)))
    }

    /// Sends what is left. A collector that is away must not keep the unit from ending, so failures are only mentioned.
    pub(super) fn shut_down(self) {
        let results = [
            ("traces", self.traces.shutdown()),
            ("metrics", self.metrics.shutdown()),
            ("logs", self.logs.shutdown()),
        ];
        for (what, result) in results {
            if let Err(error) = result {
                eprintln!("the last {what} were not exported: {error}");
            }
        }
    }
}

/// The same buckets as on the admin port.
fn buckets_in_seconds(instrument: &Instrument) -> Option<Stream> {
    if !instrument.name().ends_with("_seconds") {
        return None;
    }
    let aggregation = Aggregation::ExplicitBucketHistogram {
        boundaries: SECONDS_BUCKETS.to_vec(),
        record_min_max: true,
    };
    // These bounds are in order, which is all that is asked of them.
    Stream::builder().with_aggregation(aggregation).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;

    fn collector(yaml: &str, environment: &Environment) -> Result<Option<Collector>, String> {
        let config = Config::from_yaml_with(yaml, environment.clone()).unwrap();
        let section = config.get_or(SECTION, OtlpSection::default()).unwrap();
        Collector::from_config(&config, &section).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_is_exported_unless_a_collector_is_named() {
        let none = Environment::default();
        assert!(collector("a: 1", &none).unwrap().is_none());
        let environment = Environment::from_iter([("OTEL_EXPORTER_OTLP_ENDPOINT", "http://ambient:4317")]);
        let ambient = collector("a: 1", &environment).unwrap().unwrap();
        assert_eq!(ambient.endpoint, "http://ambient:4317");
        assert!(ambient.tls.is_none());
        let yaml = "backend: {telemetry: {otlp: {endpoint: 'https://configured:4317', headers: {x-key: hush}}}}";
        let configured = collector(yaml, &environment).unwrap().unwrap();
        assert_eq!(configured.endpoint, "https://configured:4317");
        assert!(configured.tls.is_some());
        assert!(!format!("{:?}", configured.headers).contains("hush"));
    }

    #[test]
    fn mistakes_are_named_with_their_key() {
        let none = Environment::default();
        for (keys, expected) in [
            (
                "caFile: /nowhere/ca.pem",
                "backend.telemetry.otlp.caFile: cannot read /nowhere/ca.pem",
            ),
            ("headers: {'a b': x}", "backend.telemetry.otlp.headers.a b"),
            ("metricsInterval: 0", "backend.telemetry.otlp.metricsInterval"),
        ] {
            let yaml = format!("backend: {{telemetry: {{otlp: {{endpoint: 'https://host:4317', {keys}}}}}}}");
            let error = collector(&yaml, &none).err().unwrap();
            assert!(error.contains(expected), "{error}");
        }
    }
}
