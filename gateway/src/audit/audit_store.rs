//! The SQL of the audit log.

use sqlx::PgPool;
use time::OffsetDateTime;

/// A change to be recorded.
#[derive(Clone, Debug)]
pub(crate) struct NewEvent {
    pub(crate) at: OffsetDateTime,
    pub(crate) request_id: String,
    pub(crate) actor: String,
    pub(crate) action: String,
    pub(crate) resource: Option<String>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: i16,
    pub(crate) address: Option<String>,
    pub(crate) user_agent: Option<String>,
}

/// A recorded change.
#[derive(Debug)]
pub(crate) struct StoredEvent {
    pub(crate) event_id: i64,
    pub(crate) at: OffsetDateTime,
    pub(crate) request_id: String,
    pub(crate) actor: String,
    pub(crate) action: String,
    pub(crate) resource: Option<String>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: i16,
    pub(crate) address: Option<String>,
    pub(crate) user_agent: Option<String>,
}

/// What is asked for; an absent member is no condition.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    pub(crate) before_id: Option<i64>,
    pub(crate) actor: Option<String>,
    /// An action, or the beginning of one.
    pub(crate) action: Option<String>,
    /// Actions that are left out, or beginnings of them.
    pub(crate) not_actions: Vec<String>,
    pub(crate) since: Option<OffsetDateTime>,
    pub(crate) until: Option<OffsetDateTime>,
}

/// The table `audit_log`.
#[derive(Clone, Debug)]
pub(crate) struct AuditStore {
    pool: PgPool,
}

impl AuditStore {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Records a change.
    pub(super) async fn add(&self, event: &NewEvent) -> Result<(), sqlx::Error> {
        sqlx::query!(
            r#"INSERT INTO audit_log (at, request_id, actor, action, resource, method, path, status, address, user_agent)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"#,
            event.at,
            event.request_id,
            event.actor,
            event.action,
            event.resource,
            event.method,
            event.path,
            event.status,
            event.address,
            event.user_agent
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The latest changes that fit, newest first.
    pub(super) async fn list(&self, selection: &Selection, limit: i64) -> Result<Vec<StoredEvent>, sqlx::Error> {
        sqlx::query_as!(
            StoredEvent,
            r#"SELECT event_id, at, request_id, actor, action, resource, method, path, status, address, user_agent
                 FROM audit_log
                WHERE ($1::bigint IS NULL OR event_id < $1)
                  AND ($2::text IS NULL OR actor = $2)
                  AND ($3::text IS NULL OR starts_with(action, $3))
                  AND ($4::timestamptz IS NULL OR at >= $4)
                  AND ($5::timestamptz IS NULL OR at < $5)
                  AND NOT EXISTS (SELECT FROM unnest($6::text[]) AS not_action WHERE starts_with(action, not_action))
                ORDER BY event_id DESC
                LIMIT $7"#,
            selection.before_id,
            selection.actor,
            selection.action,
            selection.since,
            selection.until,
            &selection.not_actions,
            limit
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Removes what is older than a time, some thousands at once; how many.
    pub(super) async fn remove_before(&self, time: OffsetDateTime) -> Result<u64, sqlx::Error> {
        let removed = sqlx::query!(
            r#"DELETE FROM audit_log
                WHERE event_id IN (SELECT event_id FROM audit_log WHERE at < $1 ORDER BY at LIMIT 5000)"#,
            time
        )
        .execute(&self.pool)
        .await?;
        Ok(removed.rows_affected())
    }
}
