use std::{str::FromStr, time::Duration};

use serde::Deserialize;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::DatabaseError;
use crate::config::{Config, ConfigDuration, ConfigError, Secret};

const DEFAULT_PREFIX: &str = "callboard_";
const DEFAULT_ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
const DEFAULT_STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);
/// Postgres's own limit; a longer name would silently be cut and two units might share a database.
const MAX_NAME_BYTES: usize = 63;

const BASE: &str = "backend.database";

/// Everything the configuration says about one unit's database.
pub(super) struct Settings {
    pub(super) options: PgConnectOptions,
    pub(super) database: String,
    pub(super) ensure_exists: bool,
    pub(super) skip_migrations: bool,
    pub(super) pool: Pool,
}

pub(super) struct Pool {
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) acquire_timeout: Duration,
    pub(super) idle_timeout: Option<Duration>,
}

/// The object form of `connection`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connection {
    /// A connection string inside the object: the other keys are laid over it.
    #[serde(alias = "connectionString")]
    url: Option<Secret<String>>,
    host: Option<String>,
    port: Option<u16>,
    user: Option<String>,
    password: Option<Secret<String>>,
    database: Option<String>,
    ssl: Option<serde_json::Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PoolKeys {
    min: Option<u32>,
    max: Option<u32>,
    acquire_timeout_millis: Option<u64>,
    idle_timeout_millis: Option<u64>,
}

impl Settings {
    pub(super) fn from_config(config: &Config, unit: &str) -> Result<Self, ConfigError> {
        let own = format!("{BASE}.plugin.{unit}");
        let key = |name: &str| {
            let path = format!("{own}.{name}");
            if config.has(&path) {
                path
            } else {
                format!("{BASE}.{name}")
            }
        };
        check_client(config, &key("client"))?;
        check_division(config)?;

        let own_connection = format!("{own}.connection");
        let base_connection = format!("{BASE}.connection");
        let mut database = None;
        let mut options = PgConnectOptions::new_without_pgpass();
        if config.has(&base_connection) {
            // The base names a server for all units; its database would make them share one, so it is not taken.
            (options, _) = apply(config, &base_connection, options)?;
        } else if !config.has(&own_connection) {
            return Err(ConfigError::Missing { path: base_connection });
        }
        if config.has(&own_connection) {
            (options, database) = apply(config, &own_connection, options)?;
        }
        let database = if let Some(database) = database {
            database
        } else {
            let prefix: String = config.get_or(&format!("{BASE}.prefix"), DEFAULT_PREFIX.to_owned())?;
            format!("{prefix}{}", unit.replace('-', "_"))
        };
        if database.is_empty() || database.len() > MAX_NAME_BYTES {
            return Err(config.invalid(
                BASE,
                format!("the database name {database:?} must have 1 to {MAX_NAME_BYTES} bytes"),
            ));
        }
        let statement_timeout = config
            .get::<ConfigDuration>(&key("statementTimeout"))?
            .map_or(DEFAULT_STATEMENT_TIMEOUT, ConfigDuration::get);
        let mut options = options
            .database(&database)
            .application_name(&format!("callboard-{unit}"))
            .options([("statement_timeout", statement_timeout.as_millis().to_string())]);
        if let Some(role) = config.get::<String>(&key("role"))? {
            options = options.options([("role", role)]);
        }
        Ok(Self {
            options,
            database,
            ensure_exists: config.get_or(&key("ensureExists"), true)?,
            skip_migrations: config.get_or(&key("skipMigrations"), false)?,
            pool: Pool::from_config(config, &key("knexConfig.pool"))?,
        })
    }

    /// Host and port, for messages.
    pub(super) fn server(&self) -> String {
        match self.options.get_socket() {
            Some(socket) => socket.display().to_string(),
            None => format!("{}:{}", self.options.get_host(), self.options.get_port()),
        }
    }

    pub(super) fn cannot_connect(&self, cause: &sqlx::Error) -> DatabaseError {
        DatabaseError::Connect {
            database: self.database.clone(),
            server: self.server(),
            cause: cause.to_string(),
        }
    }
}

impl Pool {
    fn from_config(config: &Config, path: &str) -> Result<Self, ConfigError> {
        let keys: PoolKeys = config.get(path)?.unwrap_or_default();
        let max = keys.max.unwrap_or(10);
        let min = keys.min.unwrap_or(0);
        if max == 0 || min > max {
            return Err(config.invalid(path, "max must be at least 1, and min no more than max"));
        }
        Ok(Self {
            min,
            max,
            acquire_timeout: keys
                .acquire_timeout_millis
                .map_or(DEFAULT_ACQUIRE_TIMEOUT, Duration::from_millis),
            idle_timeout: keys.idle_timeout_millis.map(Duration::from_millis),
        })
    }
}

fn check_client(config: &Config, path: &str) -> Result<(), ConfigError> {
    match config.require::<String>(path)?.as_str() {
        "pg" | "postgres" | "postgresql" => Ok(()),
        other => Err(config.invalid(
            path,
            format!("{other} is not supported; Callboard stores everything in Postgres (pg)"),
        )),
    }
}

/// Backstage can also keep all plugins in one database, a schema each.
fn check_division(config: &Config) -> Result<(), ConfigError> {
    let path = format!("{BASE}.pluginDivisionMode");
    match config.get::<String>(&path)?.as_deref() {
        None | Some("database") => Ok(()),
        Some(other) => Err(config.invalid(
            &path,
            format!(
                "{other} is not supported: each unit has a database of its own. Where databases cannot be created, name \
                 existing ones at backend.database.plugin.<unit>.connection.database and set ensureExists to false"
            ),
        )),
    }
}

/// Lays the connection at `path` over `options`; also returns the database it names.
fn apply(
    config: &Config,
    path: &str,
    options: PgConnectOptions,
) -> Result<(PgConnectOptions, Option<String>), ConfigError> {
    if let Ok(Some(url)) = config.get::<String>(path) {
        // A string is a whole connection: nothing below shows through, as nothing in it is absent.
        return parse_url(config, path, &url);
    }
    let connection: Connection = config.require(path)?;
    let (mut options, mut database) = match &connection.url {
        Some(url) => parse_url(config, path, url.expose())?,
        None => (options, None),
    };
    if let Some(host) = &connection.host {
        options = options.host(host);
    }
    if let Some(port) = connection.port {
        options = options.port(port);
    }
    if let Some(user) = &connection.user {
        options = options.username(user);
    }
    if let Some(password) = &connection.password {
        options = options.password(password.expose());
    }
    if let Some(ssl) = &connection.ssl {
        options = apply_ssl(config, path, options, ssl)?;
    }
    if connection.database.is_some() {
        database = connection.database;
    }
    Ok((options, database))
}

fn parse_url(config: &Config, path: &str, url: &str) -> Result<(PgConnectOptions, Option<String>), ConfigError> {
    // The parser takes any scheme, and its message may quote the string, password and all.
    let options = ["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
        .then(|| PgConnectOptions::from_str(url).ok())
        .flatten()
        .ok_or_else(|| {
            config.invalid(
                path,
                "this is not a connection string like postgres://user:password@host:5432/database",
            )
        })?;
    let database = options.get_database().map(str::to_owned);
    Ok((options, database))
}

/// `ssl: true`, or `{ca, cert, key, rejectUnauthorized}` with PEM texts, as node-postgres has it.
fn apply_ssl(
    config: &Config,
    path: &str,
    options: PgConnectOptions,
    ssl: &serde_json::Value,
) -> Result<PgConnectOptions, ConfigError> {
    use serde_json::Value;
    match ssl {
        Value::Bool(false) => Ok(options.ssl_mode(PgSslMode::Disable)),
        Value::Bool(true) => Ok(options.ssl_mode(PgSslMode::VerifyFull)),
        Value::Object(keys) => {
            let text = |key: &str| keys.get(key).and_then(Value::as_str);
            let verifies = keys.get("rejectUnauthorized").and_then(Value::as_bool).unwrap_or(true);
            let mut options = options.ssl_mode(if verifies {
                PgSslMode::VerifyFull
            } else {
                PgSslMode::Require
            });
            if let Some(ca) = text("ca") {
                options = options.ssl_root_cert_from_pem(ca.as_bytes().to_vec());
            }
            if let Some(cert) = text("cert") {
                options = options.ssl_client_cert_from_pem(cert);
            }
            if let Some(key) = text("key") {
                options = options.ssl_client_key_from_pem(key);
            }
            Ok(options)
        }
        _ => Err(config.invalid(&format!("{path}.ssl"), "ssl is true, false or an object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(yaml: &str, unit: &str) -> Result<Settings, String> {
        Settings::from_config(&Config::from_yaml(yaml).unwrap(), unit).map_err(|error| error.to_string())
    }

    #[test]
    fn the_database_is_named_after_the_unit() {
        let yaml = "backend: {database: {client: pg, connection: 'postgres://me:pw@db:5433/shared'}}";
        for (unit, database) in [
            ("catalog", "callboard_catalog"),
            ("lighthouse-audit", "callboard_lighthouse_audit"),
            ("proxy", "callboard_proxy"),
            ("gateway", "callboard_gateway"),
        ] {
            let settings = settings(yaml, unit).unwrap();
            assert_eq!(settings.database, database);
            assert_eq!(settings.server(), "db:5433");
            assert_eq!(settings.options.get_username(), "me");
            assert_eq!(settings.options.get_database(), Some(database));
        }
    }

    #[test]
    fn a_unit_overrides_what_it_names() {
        let yaml = "
backend:
  database:
    client: pg
    prefix: portal_
    connection: {host: db, port: '5433', user: me, password: pw}
    knexConfig: {pool: {max: 4}}
    plugin:
      catalog:
        connection: {host: big-db, database: the_catalog}
        knexConfig: {pool: {min: 2, max: 20, acquireTimeoutMillis: 900}}
        ensureExists: false
";
        let catalog = settings(yaml, "catalog").unwrap();
        assert_eq!(
            (catalog.database.as_str(), catalog.server().as_str()),
            ("the_catalog", "big-db:5433")
        );
        assert_eq!(catalog.options.get_username(), "me");
        assert_eq!((catalog.pool.min, catalog.pool.max), (2, 20));
        assert_eq!(catalog.pool.acquire_timeout, Duration::from_millis(900));
        assert!(!catalog.ensure_exists);
        let proxy = settings(yaml, "proxy").unwrap();
        assert_eq!(
            (proxy.database.as_str(), proxy.server().as_str()),
            ("portal_proxy", "db:5433")
        );
        assert_eq!((proxy.pool.min, proxy.pool.max), (0, 4));
        assert!(proxy.ensure_exists);
    }

    #[test]
    fn mistakes_are_named_and_passwords_are_not() {
        let error = settings(
            "backend: {database: {client: better-sqlite3, connection: ':memory:'}}",
            "catalog",
        );
        assert!(
            error
                .err()
                .unwrap()
                .contains("backend.database.client: better-sqlite3 is not supported")
        );
        let error = settings("backend: {database: {client: pg}}", "catalog").err().unwrap();
        assert!(error.starts_with("backend.database.connection is required"), "{error}");
        let error = settings(
            "backend: {database: {client: pg, connection: 'mysql://me:hunter2@db'}}",
            "catalog",
        );
        let error = error.err().unwrap();
        assert!(
            error.contains("backend.database.connection") && !error.contains("hunter2"),
            "{error}"
        );
        let yaml = "backend: {database: {client: pg, connection: {host: a}, pluginDivisionMode: schema}}";
        assert!(
            settings(yaml, "catalog")
                .err()
                .unwrap()
                .contains("backend.database.pluginDivisionMode: schema")
        );
        let yaml = "backend: {database: {client: pg, connection: {host: a}, knexConfig: {pool: {min: 3, max: 2}}}}";
        assert!(
            settings(yaml, "catalog")
                .err()
                .unwrap()
                .contains("backend.database.knexConfig.pool")
        );
    }

    #[test]
    fn ssl_is_read_as_node_postgres_has_it() {
        let mode = |ssl: &str| {
            let yaml = format!("backend: {{database: {{client: pg, connection: {{host: a, ssl: {ssl}}}}}}}");
            settings(&yaml, "catalog").map(|settings| format!("{:?}", settings.options.get_ssl_mode()))
        };
        assert_eq!(mode("true").unwrap(), "VerifyFull");
        assert_eq!(mode("{rejectUnauthorized: false}").unwrap(), "Require");
        assert_eq!(mode("false").unwrap(), "Disable");
        assert!(mode("maybe").is_err());
    }
}
