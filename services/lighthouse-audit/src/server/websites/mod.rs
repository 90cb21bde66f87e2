//! Websites: all audits of one URL.

pub(super) mod get_website;
pub(super) mod get_website_by_audit;
pub(super) mod get_website_trend;
pub(super) mod list_websites;

use std::collections::HashMap;

use callboard_proto::lighthouse_audit::v1::Website;
use tonic::Status;

use super::{LighthouseAuditServer, convert, database};
use crate::store::{self, WebsiteRow};

/// Websites with their newest audits and the entities that name them.
async fn with_audits(
    server: &LighthouseAuditServer,
    rows: Vec<WebsiteRow>,
    audit_limit: Option<u32>,
) -> Result<Vec<Website>, Status> {
    let urls: Vec<String> = rows.iter().map(|row| row.url.clone()).collect();
    // The newest is always told.
    let limit = audit_limit.map(|limit| i64::from(limit.max(1)));
    let (audits, entities) = tokio::try_join!(
        store::audits_of_websites(&server.pool, &urls, limit),
        store::entities_of_websites(&server.pool, &urls),
    )
    .map_err(database)?;
    let mut websites: Vec<Website> = rows
        .into_iter()
        .map(|row| Website {
            url: row.url,
            audit_count: row.audit_count.unsigned_abs(),
            ..Website::default()
        })
        .collect();
    let positions: HashMap<String, usize> = urls.into_iter().enumerate().map(|(index, url)| (url, index)).collect();
    for audit in audits {
        if let Some(website) = positions.get(&audit.url).and_then(|index| websites.get_mut(*index)) {
            website.audits.push(convert::audit(audit));
        }
    }
    for (url, entity_ref) in entities {
        if let Some(website) = positions.get(&url).and_then(|index| websites.get_mut(*index)) {
            website.entity_refs.push(entity_ref);
        }
    }
    for website in &mut websites {
        website.last_audit = website.audits.first().cloned();
        if audit_limit == Some(0) {
            website.audits.clear();
        }
    }
    Ok(websites)
}

/// One website with its newest audits.
async fn one_with_audits(
    server: &LighthouseAuditServer,
    url: &str,
    audit_limit: Option<u32>,
) -> Result<Option<Website>, Status> {
    let row = store::get_website(&server.pool, url).await.map_err(database)?;
    let websites = with_audits(server, row.into_iter().collect(), audit_limit).await?;
    // Between the two looks the last audit may have been deleted.
    Ok(websites
        .into_iter()
        .next()
        .filter(|website| website.last_audit.is_some()))
}
