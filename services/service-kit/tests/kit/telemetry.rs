//! Traces, metrics and logs at a real receiver: the OTLP services, served by tonic.

use std::{sync::Arc, time::Duration};

use callboard_service_kit::{
    config::{Config, Environment},
    telemetry,
};
use opentelemetry_proto::tonic::{
    collector::{
        logs::v1::{
            ExportLogsServiceRequest, ExportLogsServiceResponse,
            logs_service_server::{LogsService, LogsServiceServer},
        },
        metrics::v1::{
            ExportMetricsServiceRequest, ExportMetricsServiceResponse,
            metrics_service_server::{MetricsService, MetricsServiceServer},
        },
        trace::v1::{
            ExportTraceServiceRequest, ExportTraceServiceResponse,
            trace_service_server::{TraceService, TraceServiceServer},
        },
    },
    metrics::v1::{Metric, metric::Data},
};
use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{
    Request, Response, Status,
    transport::{Identity, Server, ServerTlsConfig},
};

use crate::certificates::Authority;

/// What arrived.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Arrived>>);

#[derive(Default)]
struct Arrived {
    spans: Vec<String>,
    metrics: Vec<Metric>,
    logs: Vec<String>,
    keys: Vec<Option<String>>,
}

impl Collector {
    fn note_key<T>(&self, request: &Request<T>) {
        let key = request.metadata().get("x-key").and_then(|key| key.to_str().ok());
        self.0.lock().keys.push(key.map(str::to_owned));
    }

    async fn serve(&self, tls: Option<ServerTlsConfig>) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut server = Server::builder();
        if let Some(tls) = tls {
            server = server.tls_config(tls).unwrap();
        }
        let router = server
            .add_service(TraceServiceServer::new(self.clone()))
            .add_service(MetricsServiceServer::new(self.clone()))
            .add_service(LogsServiceServer::new(self.clone()));
        tokio::spawn(router.serve_with_incoming(TcpListenerStream::new(listener)));
        port
    }
}

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.note_key(&request);
        let resources = request.into_inner().resource_spans.into_iter();
        let spans = resources
            .flat_map(|resource| resource.scope_spans)
            .flat_map(|scope| scope.spans);
        self.0.lock().spans.extend(spans.map(|span| span.name));
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

#[tonic::async_trait]
impl MetricsService for Collector {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        self.note_key(&request);
        let resources = request.into_inner().resource_metrics.into_iter();
        let metrics = resources
            .flat_map(|resource| resource.scope_metrics)
            .flat_map(|scope| scope.metrics);
        self.0.lock().metrics.extend(metrics);
        Ok(Response::new(ExportMetricsServiceResponse::default()))
    }
}

#[tonic::async_trait]
impl LogsService for Collector {
    async fn export(
        &self,
        request: Request<ExportLogsServiceRequest>,
    ) -> Result<Response<ExportLogsServiceResponse>, Status> {
        self.note_key(&request);
        let resources = request.into_inner().resource_logs.into_iter();
        let records = resources
            .flat_map(|resource| resource.scope_logs)
            .flat_map(|scope| scope.log_records);
        self.0
            .lock()
            .logs
            .extend(records.map(|record| format!("{:?}", record.body)));
        Ok(Response::new(ExportLogsServiceResponse::default()))
    }
}

/// Does a little work under telemetry, and waits until everything of it has been sent.
async fn work(config: Config) -> String {
    let guard = telemetry::init(&config, "catalog").unwrap();
    tracing::info_span!("work").in_scope(|| tracing::info!("something happened"));
    metrics::counter!("callboard_test_total", "kind" => "a").increment(3);
    metrics::gauge!("callboard_test_depth").set(7.0);
    metrics::histogram!("callboard_test_seconds").record(0.002);
    let text = guard.metrics().render();
    tokio::task::spawn_blocking(move || drop(guard)).await.unwrap();
    text
}

// The exporters block a thread when they are shut down, as they do in a unit, whose runtime has several.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn traces_metrics_and_logs_reach_the_collector() {
    let collector = Collector::default();
    let endpoint = format!("http://127.0.0.1:{}", collector.serve(None).await);
    let environment = Environment::from_iter([("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)]);
    let config = Config::from_yaml_with("backend: {telemetry: {logs: {format: json}}}", environment).unwrap();
    let text = work(config).await;

    let arrived = collector.0.lock();
    assert!(arrived.spans.iter().any(|name| name == "work"), "{:?}", arrived.spans);
    assert!(
        arrived.logs.iter().any(|body| body.contains("something happened")),
        "{:?}",
        arrived.logs
    );
    let data = |name: &str| {
        let metric = arrived.metrics.iter().find(|metric| metric.name == name).unwrap();
        metric.data.clone().unwrap()
    };
    let Data::Sum(sum) = data("callboard_test_total") else {
        panic!("a counter is a sum")
    };
    assert!(sum.is_monotonic);
    assert_eq!(sum.data_points[0].attributes[0].key, "kind");
    assert!(matches!(data("callboard_test_depth"), Data::Gauge(_)));
    let Data::Histogram(histogram) = data("callboard_test_seconds") else {
        panic!("a histogram is one")
    };
    // 2 ms lies above 1 ms and below 2.5 ms, as on the admin port.
    let point = &histogram.data_points[0];
    assert_eq!((point.explicit_bounds[2], point.bucket_counts[2]), (0.0025, 1));

    // What is told to the collector is told to Prometheus as well.
    assert!(text.contains("callboard_test_total{kind=\"a\"} 3"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_behind_tls_is_verified_and_gets_its_headers() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue("localhost");
    let tls = ServerTlsConfig::new().identity(Identity::from_pem(certificate, key));
    let collector = Collector::default();
    let port = collector.serve(Some(tls)).await;
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, authority.certificate()).unwrap();
    let yaml = format!(
        "backend: {{telemetry: {{otlp: {{endpoint: 'https://localhost:{port}', caFile: '{}', headers: {{x-key: hush}}}}}}}}",
        ca_file.display()
    );
    work(Config::from_yaml(&yaml).unwrap()).await;
    let arrived = collector.0.lock();
    assert!(!arrived.spans.is_empty() && !arrived.metrics.is_empty() && !arrived.logs.is_empty());
    assert!(
        arrived.keys.iter().all(|key| key.as_deref() == Some("hush")),
        "{:?}",
        arrived.keys
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_with_a_certificate_of_others_gets_nothing_and_stops_nobody() {
    let (certificate, key) = Authority::new().issue("localhost");
    let tls = ServerTlsConfig::new().identity(Identity::from_pem(certificate, key));
    let collector = Collector::default();
    let port = collector.serve(Some(tls)).await;
    let yaml = format!("backend: {{telemetry: {{otlp: {{endpoint: 'https://localhost:{port}'}}}}}}");
    let work = work(Config::from_yaml(&yaml).unwrap());
    tokio::time::timeout(Duration::from_mins(1), work).await.unwrap();
    assert!(collector.0.lock().spans.is_empty());
}
