//! `/v2/audits` and `/v2/audits/{id}`.

use axum::{
    extract::{Request, State},
    response::Response,
};
use callboard_proto::lighthouse_audit::v1::{
    Audit, AuditStatus, CreateAuditRequest, DeleteAuditRequest, GetAuditRequest, ListAuditsRequest,
};
use http::{StatusCode, Uri};
use serde::Deserialize;

use super::{
    bodies::{AuditBody, PageBody},
    enum_parameter,
    options::OptionsBody,
    query, read_json,
};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::respond,
    lighthouse::present,
    upstream::{ById, CallContext},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewAudit {
    url: String,
    #[serde(default)]
    options: OptionsBody,
    #[serde(default)]
    await_completed: bool,
}

fn audit(status: StatusCode, audit: Option<Audit>) -> Result<Response, ApiError> {
    Ok(respond::json(status, &AuditBody::from(&present(audit)?)))
}

/// Queues an audit.
pub(crate) async fn create_audit(
    State(gateway): State<Gateway>,
    context: CallContext,
    request: Request,
) -> Result<Response, ApiError> {
    let new: NewAudit = read_json(&gateway, request).await?;
    let request = CreateAuditRequest {
        url: new.url,
        options: Some(new.options.into_message()?),
        await_completed: new.await_completed,
    };
    let answer = gateway.lighthouse_audit().create_audit(&context, request).await?;
    audit(StatusCode::CREATED, answer.audit)
}

/// One audit without its report.
pub(crate) async fn get_audit(ById { gateway, context, id }: ById) -> Result<Response, ApiError> {
    let answer = gateway
        .lighthouse_audit()
        .get_audit(&context, GetAuditRequest { id })
        .await?;
    audit(StatusCode::OK, answer.audit)
}

/// Deletes an audit.
pub(crate) async fn delete_audit(ById { gateway, context, id }: ById) -> Result<Response, ApiError> {
    let answer = gateway
        .lighthouse_audit()
        .delete_audit(&context, DeleteAuditRequest { id })
        .await?;
    audit(StatusCode::OK, answer.audit)
}

/// A page of audits, newest first.
pub(crate) async fn list_audits(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut parameters = query(&uri, &["limit", "offset", "pageToken", "url", "status"])?;
    let request = ListAuditsRequest {
        limit: parameters.count("limit"),
        offset: parameters.count("offset").unwrap_or_default(),
        page_token: parameters.text("pageToken").unwrap_or_default(),
        url: parameters.text("url").unwrap_or_default(),
        status: enum_parameter(&mut parameters, "status", |name| {
            AuditStatus::from_str_name(&format!("AUDIT_STATUS_{name}"))
        })?,
    };
    parameters.finish()?;
    let answer = gateway.lighthouse_audit().list_audits(&context, request).await?;
    Ok(respond::tagged_json(&PageBody {
        items: answer.items.iter().map(AuditBody::from).collect(),
        total: Some(answer.total),
        next_page_token: &answer.next_page_token,
    }))
}
