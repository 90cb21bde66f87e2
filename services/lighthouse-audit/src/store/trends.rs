//! Scores and metrics over time, averaged by the database.

use sqlx::PgPool;
use time::OffsetDateTime;

/// What a trend is drawn of.
#[derive(Debug, Clone, Copy)]
pub struct TrendSpan<'a> {
    /// The website.
    pub url: &'a str,
    /// From when.
    pub from: OffsetDateTime,
    /// To when, included.
    pub to: OffsetDateTime,
    /// `mobile` or `desktop`; none for both.
    pub form_factor: Option<&'a str>,
    /// Into how many stretches of equal length the time is cut.
    pub stretches: i32,
}

/// The completed audits of one stretch, averaged.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub struct TrendRow {
    /// Counted from 1.
    pub stretch: i32,
    pub audits: i64,
    /// The mean of the times at which they were asked for.
    pub time: OffsetDateTime,
    pub first_contentful_paint_ms: Option<f64>,
    pub largest_contentful_paint_ms: Option<f64>,
    pub total_blocking_time_ms: Option<f64>,
    pub cumulative_layout_shift: Option<f64>,
    pub speed_index_ms: Option<f64>,
    pub time_to_interactive_ms: Option<f64>,
    pub total_bytes: Option<i64>,
}

/// The mean score of one category in one stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendCategory {
    /// Counted from 1.
    pub stretch: i32,
    /// The category.
    pub id: String,
    /// As Lighthouse prints it.
    pub title: String,
    /// 0 to 1.
    pub score: Option<f64>,
}

/// The first and the last completed audit of a website.
pub async fn trend_span(
    pool: &PgPool,
    url: &str,
    form_factor: Option<&str>,
) -> Result<Option<(OffsetDateTime, OffsetDateTime)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        SELECT min(time_created) AS first, max(time_created) AS last
          FROM lighthouse_audits
         WHERE url = $1 AND status = 'COMPLETED' AND ($2::text IS NULL OR form_factor = $2)
        "#,
        url,
        form_factor,
    )
    .fetch_one(pool)
    .await?;
    Ok(row.first.zip(row.last))
}

/// Metrics by stretch, in time's order; stretches without a completed audit are left out.
pub async fn trend(pool: &PgPool, span: &TrendSpan<'_>) -> Result<Vec<TrendRow>, sqlx::Error> {
    sqlx::query_as!(
        TrendRow,
        r#"
        SELECT stretch                                                    AS "stretch!",
               count(*)                                                   AS "audits!",
               to_timestamp(avg(extract(epoch FROM time_created))::float8) AS "time!",
               avg(first_contentful_paint_ms)                             AS first_contentful_paint_ms,
               avg(largest_contentful_paint_ms)                           AS largest_contentful_paint_ms,
               avg(total_blocking_time_ms)                                AS total_blocking_time_ms,
               avg(cumulative_layout_shift)                               AS cumulative_layout_shift,
               avg(speed_index_ms)                                        AS speed_index_ms,
               avg(time_to_interactive_ms)                                AS time_to_interactive_ms,
               avg(total_bytes)::bigint                                   AS total_bytes
          FROM (SELECT a.*,
                       least($5::int, 1 + floor($5::int * extract(epoch FROM time_created - $2)
                                               / greatest(extract(epoch FROM $3 - $2), 0.001)))::int AS stretch
                  FROM lighthouse_audits a
                 WHERE url = $1 AND status = 'COMPLETED' AND time_created BETWEEN $2 AND $3
                   AND ($4::text IS NULL OR form_factor = $4)) audits
         GROUP BY stretch
         ORDER BY stretch
        "#,
        span.url,
        span.from,
        span.to,
        span.form_factor,
        span.stretches,
    )
    .fetch_all(pool)
    .await
}

/// Scores by stretch and category.
pub async fn trend_categories(pool: &PgPool, span: &TrendSpan<'_>) -> Result<Vec<TrendCategory>, sqlx::Error> {
    sqlx::query_as!(
        TrendCategory,
        r#"
        SELECT stretch AS "stretch!", category.id AS "id!", max(category.title) AS "title!", avg(category.score) AS score
          FROM (SELECT a.categories,
                       least($5::int, 1 + floor($5::int * extract(epoch FROM time_created - $2)
                                               / greatest(extract(epoch FROM $3 - $2), 0.001)))::int AS stretch
                  FROM lighthouse_audits a
                 WHERE url = $1 AND status = 'COMPLETED' AND time_created BETWEEN $2 AND $3
                   AND ($4::text IS NULL OR form_factor = $4)) audits
         CROSS JOIN LATERAL jsonb_to_recordset(audits.categories)
                            AS category (id text, title text, score double precision)
         GROUP BY stretch, category.id
         ORDER BY stretch, min(array_position(ARRAY ['performance', 'accessibility', 'best-practices', 'seo'], category.id)),
                  category.id
        "#,
        span.url,
        span.from,
        span.to,
        span.form_factor,
        span.stretches,
    )
    .fetch_all(pool)
    .await
}
