use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use callboard_service_kit::{
    config::{Config, Environment},
    telemetry,
};
use futures::future::BoxFuture;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{
    Request, Response, Status,
    body::Body,
    server::{Grpc, NamedService, UnaryService},
    transport::Server,
};
use tonic_prost::ProstCodec;

/// A collector that counts what it is sent. The unit message takes any content.
#[derive(Clone, Default)]
struct Traces(Arc<AtomicU32>);

#[derive(Clone, Default)]
struct Logs(Arc<AtomicU32>);

impl NamedService for Traces {
    const NAME: &'static str = "opentelemetry.proto.collector.trace.v1.TraceService";
}

impl NamedService for Logs {
    const NAME: &'static str = "opentelemetry.proto.collector.logs.v1.LogsService";
}

struct Count(Arc<AtomicU32>);

impl UnaryService<()> for Count {
    type Response = ();
    type Future = std::future::Ready<Result<Response<()>, Status>>;

    fn call(&mut self, _request: Request<()>) -> Self::Future {
        self.0.fetch_add(1, Ordering::Relaxed);
        std::future::ready(Ok(Response::new(())))
    }
}

macro_rules! collect {
    ($service:ty) => {
        impl tower::Service<http::Request<Body>> for $service {
            type Response = http::Response<Body>;
            type Error = Infallible;
            type Future = BoxFuture<'static, Result<http::Response<Body>, Infallible>>;

            fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
                Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: http::Request<Body>) -> Self::Future {
                let count = Count(self.0.clone());
                Box::pin(async move {
                    Ok(Grpc::new(ProstCodec::<(), ()>::default())
                        .unary(count, request)
                        .await)
                })
            }
        }
    };
}

collect!(Traces);
collect!(Logs);

// The exporters block a thread when they are shut down, as they do in a unit, whose runtime has several.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn traces_and_logs_reach_the_collector() {
    let (traces, logs) = (Traces::default(), Logs::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = Server::builder().add_service(traces.clone()).add_service(logs.clone());
    tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));

    let environment = Environment::from_iter([("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)]);
    let config = Config::from_yaml_with("backend: {telemetry: {logs: {format: json}}}", environment).unwrap();
    let guard = telemetry::init(&config, "catalog").unwrap();
    tracing::info_span!("work").in_scope(|| tracing::info!("something happened"));
    tokio::task::spawn_blocking(move || drop(guard)).await.unwrap();
    for _ in 0..100 {
        if traces.0.load(Ordering::Relaxed) > 0 && logs.0.load(Ordering::Relaxed) > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!(
        "traces: {}, logs: {}",
        traces.0.load(Ordering::Relaxed),
        logs.0.load(Ordering::Relaxed)
    );
}
