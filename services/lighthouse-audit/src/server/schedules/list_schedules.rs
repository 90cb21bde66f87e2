//! `ListSchedules`: a page of schedules, ordered by website.

use callboard_proto::lighthouse_audit::v1::{ListSchedulesRequest, ListSchedulesResponse};
use tonic::Status;

use super::message;
use crate::{
    server::{LighthouseAuditServer, database, page_token},
    store,
};

const DEFAULT_LIMIT: u32 = 100;

pub(in crate::server) async fn list_schedules(
    server: &LighthouseAuditServer,
    request: ListSchedulesRequest,
) -> Result<ListSchedulesResponse, Status> {
    let limit = page_token::limit(request.limit, DEFAULT_LIMIT)?;
    // The id first: a URL may hold whatever stands between the two.
    let after = match page_token::decode(&request.page_token)? {
        Some((id, url)) => Some((url, id.parse().map_err(|_| page_token::invalid())?)),
        None => None,
    };
    let url = (!request.url.is_empty() && !request.url.contains('\0')).then_some(request.url.as_str());
    // One more tells whether there is a next page.
    let mut rows = store::list_schedules(&server.pool, url, after.as_ref(), limit + 1)
        .await
        .map_err(database)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > wanted;
    rows.truncate(wanted);
    let next_page_token = match rows.last() {
        Some(last) if has_more => page_token::encode(&[&last.id.to_string(), &last.url]),
        _ => String::new(),
    };
    Ok(ListSchedulesResponse {
        items: rows.into_iter().map(message).collect(),
        next_page_token,
    })
}
