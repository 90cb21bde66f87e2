//! What is old enough to be forgotten. An audit that has not ended is never deleted, and the newest report of a website is kept.

use sqlx::PgPool;
use time::OffsetDateTime;

/// Deletes some audits that ended before a time. Tells how many there were.
pub async fn delete_older(pool: &PgPool, before: OffsetDateTime, batch: i64) -> Result<u64, sqlx::Error> {
    let result = sqlx::query!(
        r#"
        DELETE FROM lighthouse_audits
         WHERE id IN (SELECT a.id FROM lighthouse_audits a
                       WHERE a.status <> 'RUNNING' AND a.time_completed < $1
                         AND (a.status = 'FAILED'
                              OR EXISTS (SELECT FROM lighthouse_audits newer
                                          WHERE newer.url = a.url AND newer.status = 'COMPLETED'
                                            AND newer.time_created > a.time_created))
                       ORDER BY a.url, a.id
                       LIMIT $2
                         FOR UPDATE SKIP LOCKED)
        "#,
        before,
        batch,
    )
    .execute(pool)
    .await?;
    Ok(result.rows_affected())
}

/// Deletes some audits of websites that have more than so many. Tells how many there were.
pub async fn delete_surplus(pool: &PgPool, max_count: i64, batch: i64) -> Result<u64, sqlx::Error> {
    let result = sqlx::query!(
        r#"
        DELETE FROM lighthouse_audits
         WHERE id IN (SELECT surplus.id
                        FROM websites w
                       CROSS JOIN LATERAL (SELECT a.id, a.url, a.status FROM lighthouse_audits a
                                            WHERE a.url = w.url
                                            ORDER BY a.time_created DESC, a.id
                                           OFFSET $1) surplus
                       WHERE w.audit_count > $1 AND surplus.status <> 'RUNNING'
                       ORDER BY surplus.url, surplus.id
                       LIMIT $2)
        "#,
        max_count,
        batch,
    )
    .execute(pool)
    .await?;
    Ok(result.rows_affected())
}
