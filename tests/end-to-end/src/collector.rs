//! An OpenTelemetry collector that remembers the spans it is sent.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Result;
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
    trace_service_server::{TraceService, TraceServiceServer},
};
use tokio::{net::TcpListener, task::JoinHandle};
use tonic::{
    Request, Response, Status,
    transport::{Server, server::TcpIncoming},
};

/// A span that arrived; ids in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivedSpan {
    /// Its name.
    pub name: String,
    /// The trace it belongs to.
    pub trace_id: String,
    /// Its id.
    pub span_id: String,
    /// The id of the span it is in.
    pub parent_id: String,
}

type Spans = Arc<Mutex<HashMap<String, ArrivedSpan>>>;

/// The collector; it ends with its value.
#[derive(Debug)]
pub struct Collector {
    url: String,
    spans: Spans,
    task: JoinHandle<()>,
}

impl Collector {
    /// Starts it.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let spans = Spans::default();
        let service = TraceServiceServer::new(Receiver(spans.clone()));
        let task = tokio::spawn(async move {
            // Serving ends only with the task.
            let _ = Server::builder()
                .add_service(service)
                .serve_with_incoming(TcpIncoming::from(listener))
                .await;
        });
        Ok(Self { url, spans, task })
    }

    /// Where spans are sent.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The span of a trace with a name, once it has arrived.
    pub fn span(&self, trace_id: &str, name: &str) -> Option<ArrivedSpan> {
        let spans = self.spans.lock().unwrap_or_else(PoisonError::into_inner);
        spans
            .values()
            .find(|span| span.trace_id == trace_id && span.name == name)
            .cloned()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug)]
struct Receiver(Spans);

#[tonic::async_trait]
impl TraceService for Receiver {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let resources = request.into_inner().resource_spans.into_iter();
        let arrived = resources
            .flat_map(|resource| resource.scope_spans)
            .flat_map(|scope| scope.spans)
            .map(|span| ArrivedSpan {
                name: span.name,
                trace_id: hex(&span.trace_id),
                span_id: hex(&span.span_id),
                parent_id: hex(&span.parent_span_id),
            });
        let mut spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spans.extend(arrived.map(|span| (span.span_id.clone(), span)));
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
