//! `GetWebsite`: one website by its URL, exactly as it was audited.

use callboard_proto::lighthouse_audit::v1::{GetWebsiteRequest, GetWebsiteResponse};
use callboard_service_kit::error::ServiceError;
use tonic::Status;

use super::one_with_audits;
use crate::server::LighthouseAuditServer;

pub(in crate::server) async fn get_website(
    server: &LighthouseAuditServer,
    request: GetWebsiteRequest,
) -> Result<GetWebsiteResponse, Status> {
    let missing = || ServiceError::not_found(format!("no audited website found for url \"{}\"", request.url));
    if request.url.contains('\0') {
        return Err(missing().into());
    }
    let website = one_with_audits(server, &request.url, request.audit_limit).await?;
    Ok(GetWebsiteResponse {
        website: Some(website.ok_or_else(missing)?),
    })
}
