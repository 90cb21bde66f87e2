//! What went through the endpoints, added up over time.

use std::{collections::BTreeMap, time::SystemTime};

use sqlx::PgPool;
use time::OffsetDateTime;

use crate::usage::{Bucket, Counts, RESOLUTIONS, histogram::Histogram};

/// One bucket as it is stored.
#[derive(Debug, Clone)]
pub struct UsageRow {
    /// The endpoint's route.
    pub route: String,
    /// Where the stretch of time begins.
    pub time: OffsetDateTime,
    /// What went through in it.
    pub counts: Counts,
}

/// Adds counts to the buckets of every length.
pub async fn add_usage(pool: &PgPool, counts: &BTreeMap<Bucket, Counts>) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    for (seconds, _) in RESOLUTIONS {
        // Rows are locked in one order, whichever replica writes.
        let mut buckets: Vec<(&str, i64, &Counts)> = counts
            .iter()
            .map(|((route, minute), counts)| {
                let length = u64::from(seconds);
                (
                    route.as_ref(),
                    i64::try_from(minute / length * length).unwrap_or(i64::MAX),
                    counts,
                )
            })
            .collect();
        buckets.sort_unstable_by_key(|(route, time, _)| (*route, *time));
        for (route, time, counts) in buckets {
            add(&mut transaction, seconds, route, time, counts).await?;
        }
    }
    transaction.commit().await
}

async fn add(
    transaction: &mut sqlx::PgTransaction<'_>,
    seconds: u32,
    route: &str,
    time: i64,
    counts: &Counts,
) -> Result<(), sqlx::Error> {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let latency: Vec<i64> = counts.latency.counts().collect();
    sqlx::query!(
        r#"
        INSERT INTO usage AS present (route, bucket_seconds, time, requests, client_errors, server_errors, cache_hits, request_bytes,
                                      response_bytes, latency_counts)
        VALUES ($1, $2, to_timestamp($3::bigint), $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (route, bucket_seconds, time) DO UPDATE
           SET requests       = present.requests + EXCLUDED.requests,
               client_errors  = present.client_errors + EXCLUDED.client_errors,
               server_errors  = present.server_errors + EXCLUDED.server_errors,
               cache_hits     = present.cache_hits + EXCLUDED.cache_hits,
               request_bytes  = present.request_bytes + EXCLUDED.request_bytes,
               response_bytes = present.response_bytes + EXCLUDED.response_bytes,
               latency_counts = ARRAY(
                   SELECT coalesce(mine, 0) + coalesce(theirs, 0)
                     FROM unnest(present.latency_counts, EXCLUDED.latency_counts) WITH ORDINALITY AS steps (mine, theirs, step)
                    ORDER BY step
               )
        "#,
        route,
        i32::try_from(seconds).unwrap_or(i32::MAX),
        time,
        signed(counts.requests),
        signed(counts.client_errors),
        signed(counts.server_errors),
        signed(counts.cache_hits),
        signed(counts.request_bytes),
        signed(counts.response_bytes),
        &latency
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The buckets of one length between two times; of all endpoints without a route.
pub async fn list_usage(
    pool: &PgPool,
    route: Option<&str>,
    from: SystemTime,
    to: SystemTime,
    bucket_seconds: u32,
) -> Result<Vec<UsageRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        SELECT route, time, requests, client_errors, server_errors, cache_hits, request_bytes, response_bytes, latency_counts
          FROM usage
         WHERE bucket_seconds = $1
           AND time >= $2
           AND time < $3
           AND ($4::text IS NULL OR route = $4)
         ORDER BY route, time
        "#,
        i32::try_from(bucket_seconds).unwrap_or(i32::MAX),
        OffsetDateTime::from(from),
        OffsetDateTime::from(to),
        route
    )
    .fetch_all(pool)
    .await?;
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| UsageRow {
            route: row.route,
            time: row.time,
            counts: Counts {
                requests: count(row.requests),
                client_errors: count(row.client_errors),
                server_errors: count(row.server_errors),
                cache_hits: count(row.cache_hits),
                request_bytes: count(row.request_bytes),
                response_bytes: count(row.response_bytes),
                latency: Histogram::from_counts(row.latency_counts),
            },
        })
        .collect())
}

/// Removes buckets of one length from before a moment.
pub async fn delete_usage_before(pool: &PgPool, bucket_seconds: u32, oldest: SystemTime) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM usage WHERE bucket_seconds = $1 AND time < $2",
        i32::try_from(bucket_seconds).unwrap_or(i32::MAX),
        OffsetDateTime::from(oldest)
    )
    .execute(pool)
    .await?;
    Ok(())
}
