//! Websites: all audits of one URL.

use sqlx::PgPool;
use time::OffsetDateTime;

use super::{AuditRow, audits::query_audits};

/// A website.
#[derive(Debug, Clone)]
pub struct WebsiteRow {
    /// Its URL, as it was audited.
    pub url: String,
    /// How many audits it has.
    pub audit_count: i64,
    /// When the newest was asked for.
    pub last_audited: OffsetDateTime,
}

/// Later than every audit.
const END_OF_TIME: OffsetDateTime = time::macros::datetime!(9999-12-31 0:00 UTC);

/// A page of websites, the most recently audited first, and how many there are.
pub async fn list_websites(
    pool: &PgPool,
    after: Option<&(OffsetDateTime, String)>,
    offset: i64,
    limit: i64,
) -> Result<(Vec<WebsiteRow>, i64), sqlx::Error> {
    let (time, url) = after.map_or((END_OF_TIME, ""), |(time, url)| (*time, url.as_str()));
    let rows = sqlx::query_as!(
        WebsiteRow,
        r#"
        SELECT url, audit_count, last_audited
          FROM websites
         WHERE last_audited <= $1 AND (last_audited < $1 OR url > $2)
         ORDER BY last_audited DESC, url
         LIMIT $3 OFFSET $4
        "#,
        time,
        url,
        limit,
        offset,
    )
    .fetch_all(pool)
    .await?;
    let total = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM websites"#)
        .fetch_one(pool)
        .await?;
    Ok((rows, total))
}

/// One website.
pub async fn get_website(pool: &PgPool, url: &str) -> Result<Option<WebsiteRow>, sqlx::Error> {
    sqlx::query_as!(
        WebsiteRow,
        "SELECT url, audit_count, last_audited FROM websites WHERE url = $1",
        url
    )
    .fetch_optional(pool)
    .await
}

/// The newest audits of each website, newest first; all where there is no limit.
pub async fn audits_of_websites(
    pool: &PgPool,
    urls: &[String],
    limit: Option<i64>,
) -> Result<Vec<AuditRow>, sqlx::Error> {
    query_audits!(
        "SELECT",
        r#"
          FROM unnest($1::text[]) WITH ORDINALITY AS wanted (url, position)
         CROSS JOIN LATERAL (SELECT * FROM lighthouse_audits
                              WHERE lighthouse_audits.url = wanted.url
                              ORDER BY time_created DESC, id
                              LIMIT $2) a
         ORDER BY wanted.position, a.time_created DESC, a.id
        "#,
        urls,
        limit,
    )
    .fetch_all(pool)
    .await
}

/// Which catalog entities name these websites: pairs of URL and ref.
pub async fn entities_of_websites(pool: &PgPool, urls: &[String]) -> Result<Vec<(String, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        SELECT DISTINCT url, entity_ref AS "entity_ref!"
          FROM schedules
         WHERE url = ANY ($1) AND entity_ref IS NOT NULL
         ORDER BY url, 2
        "#,
        urls,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (row.url, row.entity_ref)).collect())
}
