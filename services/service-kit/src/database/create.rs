//! Making a unit's database when it is not there, through the server's `postgres` maintenance database, and its schema where the
//! units share a database.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{
    DatabaseError,
    settings::{Settings, quoted},
};

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
    // The limit of the unit's statements is not for this one: a busy server takes seconds.
    let options = settings
        .options
        .clone()
        .database(MAINTENANCE_DATABASE)
        .options([("statement_timeout", "0")]);
    let mut connection = PgConnection::connect_with(&options).await?;
    // An identifier cannot be a parameter.
    let statement = format!("CREATE DATABASE {}", quoted(&settings.database));
    let result = sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await;
    // The outcome is known; whether the server hears good-bye does not matter.
    let _ = connection.close().await;
    result.map(|_| ())
}

/// Creates the schema that the unit has to itself, if it is to have one, unless it is there.
pub(super) async fn ensure_schema_exists(settings: &Settings) -> Result<(), DatabaseError> {
    let Some(schema) = &settings.schema else {
        return Ok(());
    };
    let mut connection = PgConnection::connect_with(&settings.options)
        .await
        .map_err(|error| settings.cannot_connect(&error))?;
    let result = create_schema(&mut connection, schema).await;
    // The outcome is known; whether the server hears good-bye does not matter.
    let _ = connection.close().await;
    match result {
        Ok(()) => Ok(()),
        // Another replica was faster.
        Err(error) if sqlstate(&error).as_deref() == Some(UNIQUE_VIOLATION) => Ok(()),
        Err(error) => Err(DatabaseError::CreateSchema {
            schema: schema.clone(),
            database: settings.database.clone(),
            user: settings.options.get_username().to_owned(),
            cause: error.to_string(),
        }),
    }
}

async fn create_schema(connection: &mut PgConnection, schema: &str) -> Result<(), sqlx::Error> {
    // `IF NOT EXISTS` alone would ask for the right to create even when there is nothing to do.
    let is_there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)")
        .bind(schema)
        .fetch_one(&mut *connection)
        .await?;
    if !is_there {
        let statement = format!("CREATE SCHEMA IF NOT EXISTS {}", quoted(schema));
        sqlx::query(AssertSqlSafe(statement)).execute(connection).await?;
        tracing::info!(schema, "created the schema");
    }
    Ok(())
}

fn sqlstate(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}
