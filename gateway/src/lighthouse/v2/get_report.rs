//! `GET /v2/audits/{id}/report`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::{GetReportRequest, ReportFormat};
use http::{HeaderMap, StatusCode};

use super::query;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
    lighthouse::report_response::{page, prefers_json},
    upstream::CallContext,
};

/// The report as Lighthouse wrote it, or as a page; by `format`, else by what the client accepts.
pub(crate) async fn get_report(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut parameters = query(path.uri(), &["format"])?;
    let format = parameters.one_of("format", &["json", "html"]);
    parameters.finish()?;
    let [id] = path.decode()?;
    let wants_json = format.map_or_else(|| prefers_json(&headers), |format| format == "json");
    if !wants_json {
        return page(&gateway, &context, &headers, id).await;
    }
    let request = GetReportRequest {
        id,
        format: ReportFormat::Json.into(),
        accept_gzip: false,
    };
    let report = gateway.lighthouse_audit().get_report(&context, request).await?;
    Ok(respond::json_bytes(StatusCode::OK, report.body))
}
