//! `GetWebsiteByAudit`: the website that an audit belongs to.

use callboard_proto::lighthouse_audit::v1::{GetWebsiteByAuditRequest, GetWebsiteByAuditResponse};
use tonic::Status;

use super::one_with_audits;
use crate::server::{LighthouseAuditServer, audits::get_audit::found, no_such_audit};

pub(in crate::server) async fn get_website_by_audit(
    server: &LighthouseAuditServer,
    request: GetWebsiteByAuditRequest,
) -> Result<GetWebsiteByAuditResponse, Status> {
    let audit = found(server, &request.audit_id).await?;
    let website = one_with_audits(server, &audit.url, request.audit_limit).await?;
    Ok(GetWebsiteByAuditResponse {
        website: Some(website.ok_or_else(|| no_such_audit(&request.audit_id))?),
    })
}
