//! The SQL of which session a token was issued in.

use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

/// A token that was issued in a session.
#[derive(Debug)]
pub(crate) struct SessionToken<'a> {
    pub(crate) user_entity_ref: &'a str,
    /// Seconds since 1970, as in the token.
    pub(crate) issued_at: i64,
    pub(crate) session_id: Uuid,
    pub(crate) expires_at: OffsetDateTime,
}

/// The table `session_tokens`.
#[derive(Clone, Debug)]
pub(crate) struct TokenStore {
    pool: PgPool,
}

impl TokenStore {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Notes a token, and forgets those that have expired.
    pub(crate) async fn add(&self, token: &SessionToken<'_>, now: OffsetDateTime) -> Result<(), sqlx::Error> {
        sqlx::query!("DELETE FROM session_tokens WHERE expires_at <= $1", now)
            .execute(&self.pool)
            .await?;
        sqlx::query!(
            r#"INSERT INTO session_tokens (user_entity_ref, issued_at, session_id, expires_at)
               VALUES ($1, $2, $3, $4)
               ON CONFLICT DO NOTHING"#,
            token.user_entity_ref,
            token.issued_at,
            token.session_id,
            token.expires_at
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Whether the token that a user was issued at this time is still good: it was issued in no session, or one goes on that it
    /// was issued in.
    pub(crate) async fn is_alive(&self, user_entity_ref: &str, issued_at: i64) -> Result<bool, sqlx::Error> {
        sqlx::query_scalar!(
            r#"SELECT COALESCE(bool_or(sessions.session_id IS NOT NULL), true) AS "is_alive!"
                 FROM session_tokens LEFT JOIN sessions USING (session_id)
                WHERE session_tokens.user_entity_ref = $1 AND issued_at = $2"#,
            user_entity_ref,
            issued_at
        )
        .fetch_one(&self.pool)
        .await
    }
}
