//! How many endpoints are stored.

use sqlx::PgPool;

/// Counts over the stored endpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusCounts {
    /// All of them.
    pub stored: i64,
    /// Those that are switched off.
    pub disabled: i64,
}

/// Counts the stored endpoints.
pub async fn status_counts(pool: &PgPool) -> Result<StatusCounts, sqlx::Error> {
    sqlx::query_as!(
        StatusCounts,
        r#"
        SELECT count(*)                         AS "stored!",
               count(*) FILTER (WHERE disabled) AS "disabled!"
          FROM endpoints
         WHERE NOT deleted
        "#
    )
    .fetch_one(pool)
    .await
}
