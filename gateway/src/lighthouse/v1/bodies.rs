//! The JSON of this API.

use axum::response::Response;
use bytes::{BufMut, Bytes, BytesMut};
use callboard_proto::lighthouse_audit::v1::{Audit, GetReportRequest, ReportFormat, Website};
use http::StatusCode;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::plain_error::PlainError;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::respond,
    lighthouse::{iso_8601, present, short_name, status_name},
    upstream::CallContext,
};

/// An audit without its report, as lists show it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuditBody<'a> {
    id: &'a str,
    url: &'a str,
    time_created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_completed: Option<String>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    categories: Option<Categories<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure<'a>>,
}

#[derive(Serialize)]
struct Failure<'a> {
    kind: Option<&'static str>,
    message: &'a str,
}

/// By id.
struct Categories<'a>(&'a Audit);

#[derive(Serialize)]
struct Category<'a> {
    id: &'a str,
    title: &'a str,
    // Null where there is none.
    score: Option<f64>,
}

impl Serialize for Categories<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.categories.len()))?;
        for category in &self.0.categories {
            let body = Category {
                id: &category.id,
                title: &category.title,
                score: category.score,
            };
            map.serialize_entry(&category.id, &body)?;
        }
        map.end()
    }
}

impl<'a> AuditBody<'a> {
    /// As lists show it.
    pub(super) fn listed(audit: &'a Audit) -> Self {
        Self {
            categories: (!audit.categories.is_empty()).then_some(Categories(audit)),
            ..Self::alone(audit)
        }
    }

    /// As it is shown by itself, where the report has the categories.
    fn alone(audit: &'a Audit) -> Self {
        Self {
            id: &audit.id,
            url: &audit.url,
            time_created: audit.time_created.map(iso_8601).unwrap_or_default(),
            time_completed: audit.time_completed.map(iso_8601),
            status: status_name(audit),
            categories: None,
            failure: audit.failure.as_ref().map(|failure| Failure {
                kind: short_name(failure.kind().as_str_name(), "FAILURE_KIND_"),
                message: &failure.message,
            }),
        }
    }
}

/// A website with its audits.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebsiteBody<'a> {
    url: &'a str,
    audits: Vec<AuditBody<'a>>,
    last_audit: Option<AuditBody<'a>>,
}

impl<'a> From<&'a Website> for WebsiteBody<'a> {
    fn from(website: &'a Website) -> Self {
        Self {
            url: &website.url,
            audits: website.audits.iter().map(AuditBody::listed).collect(),
            last_audit: website.last_audit.as_ref().map(AuditBody::listed),
        }
    }
}

/// A page of something.
#[derive(Serialize)]
pub(super) struct PageBody<T> {
    pub(super) items: Vec<T>,
    pub(super) total: u64,
    pub(super) limit: u32,
    pub(super) offset: u32,
}

/// A website that was asked for.
pub(super) fn website(website: Option<Website>) -> Result<Response, PlainError> {
    let website = present(website)?;
    Ok(respond::tagged_json(&WebsiteBody::from(&website)))
}

/// An audit as a response, without its report.
pub(super) fn audit_without_report(status: StatusCode, audit: &Audit) -> Response {
    respond::json(status, &AuditBody::alone(audit))
}

/// The JSON of an audit with its report, if it has one. The report goes in as it is, unread.
pub(super) async fn audit_with_report(
    gateway: &Gateway,
    context: &CallContext,
    audit: &Audit,
) -> Result<Bytes, ApiError> {
    let json = serde_json::to_vec(&AuditBody::alone(audit)).map_err(ApiError::internal)?;
    if audit.status() != callboard_proto::lighthouse_audit::v1::AuditStatus::Completed {
        return Ok(json.into());
    }
    let request = GetReportRequest {
        id: audit.id.clone(),
        format: ReportFormat::Json.into(),
        accept_gzip: false,
    };
    let report = gateway.lighthouse_audit().get_report(context, request).await?.body;
    let mut body = BytesMut::with_capacity(json.len() + report.len() + 16);
    // Up to the closing brace.
    body.put_slice(&json[..json.len() - 1]);
    body.put_slice(b",\"report\":");
    body.put_slice(&report);
    body.put_u8(b'}');
    Ok(body.freeze())
}
