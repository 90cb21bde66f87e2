//! `GetReport`: the report of an audit, as Lighthouse's JSON or as a page.

use bytes::Bytes;
use callboard_proto::lighthouse_audit::v1::{GetReportRequest, GetReportResponse, ReportFormat};
use callboard_service_kit::error::ServiceError;
use futures::stream;
use tonic::{Code, Status};
use uuid::Uuid;

use crate::{
    report::{self, Page, failure_page},
    server::{LighthouseAuditServer, ResponseStream, audit_id, audits::get_audit::found, database},
    store::{self, AuditRow, StoredReport},
};

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const GZIP: &str = "gzip";
/// Bytes of one message.
const CHUNK: usize = 256 * 1024;

pub(in crate::server) async fn get_report(
    server: &LighthouseAuditServer,
    request: GetReportRequest,
) -> Result<ResponseStream<GetReportResponse>, Status> {
    let id = audit_id(&request.id)?;
    let wants_page = request.format() == ReportFormat::Html;
    if !wants_page {
        let Some(stored) = store::get_report(&server.pool, id).await.map_err(database)? else {
            let row = found(server, &request.id).await?;
            return Err(Status::new(Code::FailedPrecondition, no_report(&row).1));
        };
        let json = in_background(move || report::decompress(&stored)).await?;
        return Ok(parts(JSON, "", json));
    }
    if let Some(page) = server.pages.get(id) {
        return Ok(page_parts(page, request.accept_gzip));
    }
    if let Some(stored) = store::get_report(&server.pool, id).await.map_err(database)? {
        return Ok(page_parts(make_page(server, id, stored).await?, request.accept_gzip));
    }
    let row = found(server, &request.id).await?;
    let (title, message) = no_report(&row);
    let page = failure_page(title, &row.url, &message, row.status == "RUNNING");
    Ok(parts(HTML, "", page.into()))
}

async fn make_page(server: &LighthouseAuditServer, id: Uuid, stored: StoredReport) -> Result<Page, Status> {
    let pages = server.pages.clone();
    in_background(move || pages.make(id, &stored)).await
}

/// Runs what computes for some milliseconds where it does not hold up others.
pub(super) async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Status> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(|error| ServiceError::internal(&error).into())
}

/// Why an audit has no report: a title and a sentence.
fn no_report(row: &AuditRow) -> (&'static str, String) {
    match (row.status.as_str(), &row.failure_message) {
        ("RUNNING", _) => (
            "The audit is running",
            "The report appears here when it has ended.".to_owned(),
        ),
        ("FAILED", Some(message)) => ("The audit failed", message.clone()),
        _ => ("There is no report", "The audit ended without one.".to_owned()),
    }
}

fn page_parts(page: Page, accepts_gzip: bool) -> ResponseStream<GetReportResponse> {
    if accepts_gzip {
        parts(HTML, GZIP, page.gzip)
    } else {
        parts(HTML, "", page.plain)
    }
}

fn parts(content_type: &'static str, encoding: &'static str, body: Bytes) -> ResponseStream<GetReportResponse> {
    let count = body.len().div_ceil(CHUNK).max(1);
    Box::pin(stream::iter((0..count).map(move |index| {
        let range = index * CHUNK..body.len().min((index + 1) * CHUNK);
        let is_first = index == 0;
        Ok(GetReportResponse {
            content_type: if is_first {
                content_type.to_owned()
            } else {
                String::new()
            },
            content_encoding: if is_first { encoding.to_owned() } else { String::new() },
            chunk: body.slice(range),
        })
    })))
}
