//! Reports, compressed.

use sqlx::PgPool;
use uuid::Uuid;

/// A report as it is stored.
#[derive(Debug, Clone)]
pub struct StoredReport {
    /// Lighthouse's JSON, compressed with zstd.
    pub compressed: Vec<u8>,
    /// The dictionary it was compressed with; 0 for none.
    pub dictionary: i16,
}

/// The report of an audit, if it has one.
pub async fn get_report(pool: &PgPool, id: Uuid) -> Result<Option<StoredReport>, sqlx::Error> {
    sqlx::query_as!(
        StoredReport,
        "SELECT compressed, dictionary FROM lighthouse_reports WHERE audit_id = $1",
        id
    )
    .fetch_optional(pool)
    .await
}
