//! The SQL of sign-ins under way and of sessions.

use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

/// A sign-in under way.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) nonce_hash: Vec<u8>,
    pub(crate) provider: String,
    pub(crate) scope: String,
    pub(crate) origin: String,
    pub(crate) redirect_url: Option<String>,
    pub(crate) expires_at: OffsetDateTime,
}

/// A session to be stored.
#[derive(Debug)]
pub(crate) struct NewSession<'a> {
    pub(crate) session_id: Uuid,
    pub(crate) secret_hash: Vec<u8>,
    pub(crate) provider: &'a str,
    pub(crate) user_entity_ref: Option<&'a str>,
    pub(crate) sealed_grant: Vec<u8>,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) address: Option<&'a str>,
    pub(crate) expires_at: OffsetDateTime,
}

/// A stored session.
#[derive(Debug)]
pub(crate) struct StoredSession {
    pub(crate) session_id: Uuid,
    pub(crate) user_entity_ref: Option<String>,
    pub(crate) sealed_grant: Vec<u8>,
    pub(crate) last_used_at: OffsetDateTime,
}

/// A session as its user sees it.
#[derive(Debug)]
pub(crate) struct ListedSession {
    pub(crate) session_id: Uuid,
    pub(crate) provider: String,
    pub(crate) user_agent: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) last_used_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
}

/// The tables `sign_in_attempts` and `sessions`.
#[derive(Clone, Debug)]
pub(crate) struct SessionStore {
    pool: PgPool,
}

impl SessionStore {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Notes a sign-in, and forgets those that were never finished.
    pub(crate) async fn add_attempt(
        &self,
        state_hash: &[u8],
        attempt: &Attempt,
        now: OffsetDateTime,
    ) -> Result<(), sqlx::Error> {
        sqlx::query!("DELETE FROM sign_in_attempts WHERE expires_at <= $1", now)
            .execute(&self.pool)
            .await?;
        sqlx::query!(
            r#"INSERT INTO sign_in_attempts (state_hash, nonce_hash, provider, scope, origin, redirect_url, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)"#,
            state_hash,
            attempt.nonce_hash,
            attempt.provider,
            attempt.scope,
            attempt.origin,
            attempt.redirect_url,
            attempt.expires_at
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Takes a sign-in out: a state is good once.
    pub(crate) async fn take_attempt(&self, state_hash: &[u8]) -> Result<Option<Attempt>, sqlx::Error> {
        sqlx::query_as!(
            Attempt,
            r#"DELETE FROM sign_in_attempts
                WHERE state_hash = $1
            RETURNING nonce_hash, provider, scope, origin, redirect_url, expires_at"#,
            state_hash
        )
        .fetch_optional(&self.pool)
        .await
    }

    /// Stores a session, and forgets those that have expired.
    pub(crate) async fn add_session(&self, session: &NewSession<'_>, now: OffsetDateTime) -> Result<(), sqlx::Error> {
        sqlx::query!("DELETE FROM sessions WHERE expires_at <= $1", now)
            .execute(&self.pool)
            .await?;
        sqlx::query!(
            r#"INSERT INTO sessions (session_id, secret_hash, provider, user_entity_ref, sealed_grant, user_agent, address,
                                     created_at, last_used_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)"#,
            session.session_id,
            session.secret_hash,
            session.provider,
            session.user_entity_ref,
            session.sealed_grant,
            session.user_agent,
            session.address,
            now,
            session.expires_at
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The session of a secret at a provider, while it has not expired.
    pub(crate) async fn session(
        &self,
        secret_hash: &[u8],
        provider: &str,
        now: OffsetDateTime,
    ) -> Result<Option<StoredSession>, sqlx::Error> {
        sqlx::query_as!(
            StoredSession,
            r#"SELECT session_id, user_entity_ref, sealed_grant, last_used_at
                 FROM sessions
                WHERE secret_hash = $1 AND provider = $2 AND expires_at > $3"#,
            secret_hash,
            provider,
            now
        )
        .fetch_optional(&self.pool)
        .await
    }

    /// Whether a session goes on.
    pub(crate) async fn exists(&self, session_id: Uuid) -> Result<bool, sqlx::Error> {
        sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM sessions WHERE session_id = $1) AS "exists!""#,
            session_id
        )
        .fetch_one(&self.pool)
        .await
    }

    /// Reserves a session for one refresh until `until`; whether nobody else refreshes it, or did since `session` was read.
    pub(crate) async fn begin_refresh(
        &self,
        session: &StoredSession,
        now: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, sqlx::Error> {
        let reserved = sqlx::query!(
            r#"UPDATE sessions
                  SET refreshing_until = $3
                WHERE session_id = $1 AND last_used_at = $4 AND (refreshing_until IS NULL OR refreshing_until <= $2)"#,
            session.session_id,
            now,
            until,
            session.last_used_at
        )
        .execute(&self.pool)
        .await?;
        Ok(reserved.rows_affected() == 1)
    }

    /// Ends a refresh with what it brought; whether the session is still there.
    pub(crate) async fn finish_refresh(
        &self,
        session_id: Uuid,
        sealed_grant: &[u8],
        user_entity_ref: Option<&str>,
        now: OffsetDateTime,
        expires_at: OffsetDateTime,
    ) -> Result<bool, sqlx::Error> {
        let updated = sqlx::query!(
            r#"UPDATE sessions
                  SET sealed_grant = $2, user_entity_ref = $3, last_used_at = $4, expires_at = $5, refreshing_until = NULL
                WHERE session_id = $1"#,
            session_id,
            sealed_grant,
            user_entity_ref,
            now,
            expires_at
        )
        .execute(&self.pool)
        .await?;
        Ok(updated.rows_affected() == 1)
    }

    /// Ends a refresh that brought nothing.
    pub(crate) async fn abandon_refresh(&self, session_id: Uuid) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "UPDATE sessions SET refreshing_until = NULL WHERE session_id = $1",
            session_id
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Ends the session of a secret; what it held.
    pub(crate) async fn remove_by_secret(
        &self,
        secret_hash: &[u8],
        provider: &str,
    ) -> Result<Option<StoredSession>, sqlx::Error> {
        sqlx::query_as!(
            StoredSession,
            r#"DELETE FROM sessions
                WHERE secret_hash = $1 AND provider = $2
            RETURNING session_id, user_entity_ref, sealed_grant, last_used_at"#,
            secret_hash,
            provider
        )
        .fetch_optional(&self.pool)
        .await
    }

    /// Ends a session by its id.
    pub(crate) async fn remove_by_id(&self, session_id: Uuid) -> Result<(), sqlx::Error> {
        sqlx::query!("DELETE FROM sessions WHERE session_id = $1", session_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The sessions of a user, the one used last first.
    pub(crate) async fn sessions_of(
        &self,
        user_entity_ref: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<ListedSession>, sqlx::Error> {
        sqlx::query_as!(
            ListedSession,
            r#"SELECT session_id, provider, user_agent, address, created_at, last_used_at, expires_at
                 FROM sessions
                WHERE user_entity_ref = $1 AND expires_at > $2
                ORDER BY last_used_at DESC, session_id
                LIMIT 200"#,
            user_entity_ref,
            now
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Ends a session of a user; whether it was there.
    pub(crate) async fn revoke(&self, user_entity_ref: &str, session_id: Uuid) -> Result<bool, sqlx::Error> {
        let removed = sqlx::query!(
            "DELETE FROM sessions WHERE user_entity_ref = $1 AND session_id = $2",
            user_entity_ref,
            session_id
        )
        .execute(&self.pool)
        .await?;
        Ok(removed.rows_affected() == 1)
    }

    /// Ends all sessions of a user but one; how many.
    pub(crate) async fn revoke_others(&self, user_entity_ref: &str, kept: Option<Uuid>) -> Result<u64, sqlx::Error> {
        let removed = sqlx::query!(
            "DELETE FROM sessions WHERE user_entity_ref = $1 AND session_id IS DISTINCT FROM $2",
            user_entity_ref,
            kept
        )
        .execute(&self.pool)
        .await?;
        Ok(removed.rows_affected())
    }
}
