//! One logical Postgres database a unit, by Backstage's `backend.database`.
//!
//! The database's name is a prefix and the unit's name: `callboard_catalog`, `callboard_lighthouse_audit`. The prefix is
//! `backend.database.prefix`; unlike Backstage's, ours defaults to `callboard_`, so that both can share a server. A unit
//! overrides any key under `backend.database.plugin.<unit>`. With `pluginDivisionMode: schema` the units share a database, and
//! that name is the name of a schema in it.

mod create;
mod migrate;
pub(crate) mod settings;

use std::time::Duration;

use sqlx::{PgPool, postgres::PgPoolOptions};

pub use self::migrate::migrate;
use self::settings::Settings;
use crate::config::{Config, ConfigError};

/// Why a unit has no database.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The server refuses us or is not there.
    #[error("cannot connect to the database {database} at {server}: {cause}")]
    Connect {
        /// The database.
        database: String,
        /// Host and port.
        server: String,
        /// What Postgres or the network said.
        cause: String,
    },
    /// The database is missing and cannot be made.
    #[error(
        "the database {database} at {server} does not exist and cannot be created: {cause}. Give the role {user} the CREATEDB \
         right, or create the database and set backend.database.ensureExists to false"
    )]
    Create {
        /// The database.
        database: String,
        /// Host and port.
        server: String,
        /// The role.
        user: String,
        /// What Postgres said.
        cause: String,
    },
    /// The schema is missing and cannot be made.
    #[error(
        "the schema {schema} does not exist in the database {database} and cannot be created: {cause}. Grant the role {user} \
         CREATE on the database, or create the schema for it and set backend.database.ensureSchemaExists to false"
    )]
    CreateSchema {
        /// The schema.
        schema: String,
        /// The database.
        database: String,
        /// The role.
        user: String,
        /// What Postgres said.
        cause: String,
    },
    /// A migration failed.
    #[error("cannot migrate the database: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The connection failed during a migration.
    #[error("cannot migrate the database: {0}")]
    Sql(#[from] sqlx::Error),
    /// Another replica has been migrating for too long.
    #[error("another replica has held the migration lock for more than {} s", .0.as_secs())]
    Locked(Duration),
}

/// The database of a unit.
#[derive(Debug, Clone, Copy)]
pub struct Database;

impl Database {
    /// Connects the pool of a unit, creating its database first when it is missing (`ensureExists`, by default).
    ///
    /// The pool connects as needed and comes back by itself after the server was away. Waiting for a connection takes at
    /// most `knexConfig.pool.acquireTimeoutMillis` (5 s).
    pub async fn connect(config: &Config, unit: &str) -> Result<PgPool, DatabaseError> {
        let settings = Settings::from_config(config, unit)?;
        if settings.ensure_exists {
            create::ensure_exists(&settings).await?;
        }
        if settings.ensure_schema_exists {
            create::ensure_schema_exists(&settings).await?;
        }
        let pool = PgPoolOptions::new()
            .min_connections(settings.pool.min)
            .max_connections(settings.pool.max)
            .acquire_timeout(Duration::from_millis(settings.pool.acquire_timeout_millis))
            // A quiet replica does not keep the server's slots.
            .idle_timeout(Duration::from_millis(settings.pool.idle_timeout_millis))
            .connect_lazy_with(settings.options.clone());
        // A wrong password should be known now, not at the first request.
        match pool.acquire().await {
            Ok(_) => Ok(pool),
            Err(error) => Err(settings.cannot_connect(&error)),
        }
    }

    /// Reads the section without connecting to anything.
    pub(crate) fn check(config: &Config, unit: &str) -> Result<(), DatabaseError> {
        Settings::from_config(config, unit)?;
        Ok(())
    }

    /// Whether a unit shall migrate when it starts: not with `skipMigrations`.
    pub fn migrates_at_start(config: &Config, unit: &str) -> Result<bool, DatabaseError> {
        Ok(!Settings::from_config(config, unit)?.skip_migrations)
    }

    /// Whether the database answers: a readiness check.
    pub async fn answers(pool: &PgPool) -> bool {
        sqlx::query("SELECT 1").execute(pool).await.is_ok()
    }
}
