//! Making a unit's database when it is not there, through the server's `postgres` maintenance database.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{DatabaseError, settings::Settings};

const MAINTENANCE_DATABASE: &str = "postgres";
const INVALID_CATALOG_NAME: &str = "3D000";
const DUPLICATE_DATABASE: &str = "42P04";
/// What Postgres says when two sessions create the same database at the very same moment.
const UNIQUE_VIOLATION: &str = "23505";
/// Somebody is connected to `template1`, which is copied: it passes.
const OBJECT_IN_USE: &str = "55006";
const ATTEMPTS: u32 = 5;

/// Creates the database unless it is there. Any number of replicas may do it at once.
pub(super) async fn ensure_exists(settings: &Settings) -> Result<(), DatabaseError> {
    // The usual case needs no right on the maintenance database.
    match PgConnection::connect_with(&settings.options).await {
        Ok(connection) => {
            // It has answered; whether it says good-bye does not matter.
            let _ = connection.close().await;
            return Ok(());
        }
        Err(error) if sqlstate(&error).as_deref() == Some(INVALID_CATALOG_NAME) => {}
        Err(error) => return Err(settings.cannot_connect(&error)),
    }
    for attempt in 1..=ATTEMPTS {
        match create(settings).await {
            Ok(()) => {
                tracing::info!(database = settings.database, "created the database");
                return Ok(());
            }
            Err(error) => match sqlstate(&error).as_deref() {
                Some(DUPLICATE_DATABASE | UNIQUE_VIOLATION) => return Ok(()),
                Some(OBJECT_IN_USE) if attempt < ATTEMPTS => {
                    tokio::time::sleep(Duration::from_millis(200) * attempt).await;
                }
                _ => {
                    return Err(DatabaseError::Create {
                        database: settings.database.clone(),
                        server: settings.server(),
                        user: settings.options.get_username().to_owned(),
                        cause: error.to_string(),
                    });
                }
            },
        }
    }
    Ok(())
}

async fn create(settings: &Settings) -> Result<(), sqlx::Error> {
    let options = settings.options.clone().database(MAINTENANCE_DATABASE);
    let mut connection = PgConnection::connect_with(&options).await?;
    // An identifier cannot be a parameter; quoting it makes any name safe.
    let statement = format!("CREATE DATABASE \"{}\"", settings.database.replace('"', "\"\""));
    let result = sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await;
    // The outcome is known; whether the server hears good-bye does not matter.
    let _ = connection.close().await;
    result.map(|_| ())
}

fn sqlstate(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}
