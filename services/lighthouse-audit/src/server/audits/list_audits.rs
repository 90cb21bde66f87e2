//! `ListAudits`: a page of audits, newest first.

use callboard_proto::lighthouse_audit::v1::{ListAuditsRequest, ListAuditsResponse};
use tonic::Status;

use crate::{
    server::{LighthouseAuditServer, convert, database, page_token},
    store::{self, Page},
};

const DEFAULT_LIMIT: u32 = 25;

pub(in crate::server) async fn list_audits(
    server: &LighthouseAuditServer,
    request: ListAuditsRequest,
) -> Result<ListAuditsResponse, Status> {
    let limit = page_token::limit(request.limit, DEFAULT_LIMIT)?;
    let after = match page_token::decode(&request.page_token)? {
        Some((time, id)) => Some((
            page_token::to_time(&time)?,
            id.parse().map_err(|_| page_token::invalid())?,
        )),
        None => None,
    };
    let page = Page {
        offset: if after.is_some() { 0 } else { i64::from(request.offset) },
        after,
        // One more tells whether there is a next page.
        limit: limit + 1,
    };
    let status = convert::wanted_status(request.status)?.map(crate::audit::Status::as_str);
    let url = (!request.url.is_empty()).then_some(request.url.as_str());
    let rows = async {
        match (url, status) {
            (Some(url), status) => store::list_audits_of_website(&server.pool, url, status, &page).await,
            (None, Some(status)) => store::list_audits_by_status(&server.pool, status, &page).await,
            (None, None) => store::list_audits(&server.pool, &page).await,
        }
    };
    let (mut rows, total) = tokio::try_join!(rows, store::count_audits(&server.pool, url, status)).map_err(database)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_page_token = match rows.last() {
        Some(last) if has_more => page_token::encode(&[&page_token::of_time(last.time_created), &last.id.to_string()]),
        _ => String::new(),
    };
    Ok(ListAuditsResponse {
        items: rows.into_iter().map(convert::audit).collect(),
        total: total.unsigned_abs(),
        next_page_token,
    })
}
