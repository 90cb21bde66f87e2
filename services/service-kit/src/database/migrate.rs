use std::time::Duration;

use sqlx::{Connection, PgConnection, PgPool, migrate::Migrator};
use tokio::time::Instant;

use super::DatabaseError;

/// Names our migrations among the advisory locks of a database. The number has no meaning.
const LOCK: i64 = 0x0063_616c_6c62_6f61;
const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(1);
const GIVE_UP_AFTER: Duration = Duration::from_mins(10);

/// Brings a database up to date. Any number of replicas may call it at once: one works, the others wait and find nothing
/// to do.
///
/// The lock is tried again and again rather than waited for inside Postgres, because a session that waits inside a statement
/// holds a snapshot, and `CREATE INDEX CONCURRENTLY` would wait for that snapshot for ever.
pub async fn migrate(pool: &PgPool, migrator: &Migrator) -> Result<(), DatabaseError> {
    // A connection of its own, which is not used again: if this task is dropped, the lock goes with it.
    let mut connection = pool.acquire().await?.detach();
    lock(&mut connection).await?;
    let result = run(&mut connection, migrator).await;
    // Given back by hand, as the server notices a closed connection only some time later.
    let unlocked = sqlx::query("SELECT pg_advisory_unlock($1)")
        .bind(LOCK)
        .execute(&mut connection)
        .await;
    let closed = connection.close().await;
    result?;
    unlocked?;
    Ok(closed?)
}

async fn run(connection: &mut PgConnection, migrator: &Migrator) -> Result<(), DatabaseError> {
    // An index over a large table takes longer than any request may.
    sqlx::query("SET statement_timeout = 0")
        .execute(&mut *connection)
        .await?;
    let migrator = Migrator {
        migrations: migrator.migrations.clone(),
        // While a new release is rolled out, or taken back, replicas of the old one start on a database that is ahead of them.
        ignore_missing: true,
        locking: false,
        no_tx: migrator.no_tx,
        table_name: migrator.table_name.clone(),
        create_schemas: migrator.create_schemas.clone(),
    };
    migrator.run_direct(None, connection, false).await?;
    Ok(())
}

async fn lock(connection: &mut PgConnection) -> Result<(), DatabaseError> {
    let deadline = Instant::now() + GIVE_UP_AFTER;
    let mut wait = FIRST_WAIT;
    loop {
        let is_ours: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
            .bind(LOCK)
            .fetch_one(&mut *connection)
            .await?;
        if is_ours {
            return Ok(());
        }
        if Instant::now() >= deadline {
            return Err(DatabaseError::Locked(GIVE_UP_AFTER));
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}
