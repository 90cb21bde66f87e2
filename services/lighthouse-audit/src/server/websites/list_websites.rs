//! `ListWebsites`: a page of audited websites, the most recently audited first.

use callboard_proto::lighthouse_audit::v1::{ListWebsitesRequest, ListWebsitesResponse};
use tonic::Status;

use super::with_audits;
use crate::{
    server::{LighthouseAuditServer, database, page_token},
    store,
};

const DEFAULT_LIMIT: u32 = 25;

pub(in crate::server) async fn list_websites(
    server: &LighthouseAuditServer,
    request: ListWebsitesRequest,
) -> Result<ListWebsitesResponse, Status> {
    let limit = page_token::limit(request.limit, DEFAULT_LIMIT)?;
    let after = match page_token::decode(&request.page_token)? {
        Some((time, url)) => Some((page_token::to_time(&time)?, url)),
        None => None,
    };
    let offset = if after.is_some() { 0 } else { i64::from(request.offset) };
    // One more tells whether there is a next page.
    let (mut rows, total) = store::list_websites(&server.pool, after.as_ref(), offset, limit + 1)
        .await
        .map_err(database)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_page_token = match rows.last() {
        Some(last) if has_more => page_token::encode(&[&page_token::of_time(last.last_audited), &last.url]),
        _ => String::new(),
    };
    let mut items = with_audits(server, rows, request.audits_per_website).await?;
    // Deleted between the two looks.
    items.retain(|website| website.last_audit.is_some());
    Ok(ListWebsitesResponse {
        items,
        total: total.unsigned_abs(),
        next_page_token,
    })
}
