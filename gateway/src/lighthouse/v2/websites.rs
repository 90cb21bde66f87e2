//! `/v2/websites`, and the website of an audit.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::{
    GetWebsiteByAuditRequest, GetWebsiteRequest, GetWebsiteTrendRequest, ListWebsitesRequest, Website,
};
use http::Uri;
use serde::Serialize;

use super::{
    bodies::{PageBody, TrendPointBody, WebsiteBody},
    enum_parameter,
    options::form_factor,
    query, time_parameter,
};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
    lighthouse::present,
    upstream::CallContext,
};

fn website(website: Option<Website>) -> Result<Response, ApiError> {
    Ok(respond::tagged_json(&WebsiteBody::from(&present(website)?)))
}

fn audit_limit(uri: &Uri) -> Result<Option<u32>, ApiError> {
    let mut parameters = query(uri, &["auditLimit"])?;
    let limit = parameters.count("auditLimit");
    parameters.finish()?;
    Ok(limit)
}

/// A page of websites, the most recently audited first.
pub(crate) async fn list_websites(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut parameters = query(&uri, &["limit", "offset", "pageToken", "auditsPerWebsite"])?;
    let request = ListWebsitesRequest {
        limit: parameters.count("limit"),
        offset: parameters.count("offset").unwrap_or_default(),
        page_token: parameters.text("pageToken").unwrap_or_default(),
        audits_per_website: parameters.count("auditsPerWebsite"),
    };
    parameters.finish()?;
    let answer = gateway.lighthouse_audit().list_websites(&context, request).await?;
    Ok(respond::tagged_json(&PageBody {
        items: answer.items.iter().map(WebsiteBody::from).collect(),
        total: Some(answer.total),
        next_page_token: &answer.next_page_token,
    }))
}

/// One website by its URL.
pub(crate) async fn get_website(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    let audit_limit = audit_limit(path.uri())?;
    let [url] = path.decode()?;
    let request = GetWebsiteRequest { url, audit_limit };
    website(gateway.lighthouse_audit().get_website(&context, request).await?.website)
}

/// The website that an audit belongs to.
pub(crate) async fn get_website_by_audit(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    let audit_limit = audit_limit(path.uri())?;
    let [audit_id] = path.decode()?;
    let request = GetWebsiteByAuditRequest { audit_id, audit_limit };
    let answer = gateway
        .lighthouse_audit()
        .get_website_by_audit(&context, request)
        .await?;
    website(answer.website)
}

#[derive(Serialize)]
struct TrendBody<'a> {
    points: Vec<TrendPointBody<'a>>,
}

/// Scores and metrics of a website over time.
pub(crate) async fn get_website_trend(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    let mut parameters = query(path.uri(), &["from", "to", "formFactor", "maxPoints"])?;
    let [url] = path.decode()?;
    let request = GetWebsiteTrendRequest {
        url,
        from: time_parameter(&mut parameters, "from")?,
        to: time_parameter(&mut parameters, "to")?,
        form_factor: enum_parameter(&mut parameters, "formFactor", form_factor)?,
        max_points: parameters.count("maxPoints").unwrap_or_default(),
    };
    parameters.finish()?;
    let answer = gateway.lighthouse_audit().get_website_trend(&context, request).await?;
    Ok(respond::tagged_json(&TrendBody {
        points: answer.points.iter().map(TrendPointBody::from).collect(),
    }))
}
