use std::{collections::BTreeMap, str::FromStr, time::Duration};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::IgnoredAny};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::DatabaseError;
use crate::config::{Config, ConfigDuration, ConfigError, Secret};

const DEFAULT_PREFIX: &str = "callboard_";
const DEFAULT_STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);
/// Postgres's own limit; a longer name would silently be cut and two units might share a database.
const MAX_NAME_BYTES: usize = 63;

const BASE: &str = "backend.database";

/// Everything the configuration says about one unit's database.
pub(super) struct Settings {
    pub(super) options: PgConnectOptions,
    pub(super) database: String,
    /// The schema that the unit has to itself, where units share a database.
    pub(super) schema: Option<String>,
    pub(super) ensure_exists: bool,
    pub(super) ensure_schema_exists: bool,
    pub(super) skip_migrations: bool,
    pub(super) pool: PoolSection,
}

/// Postgres 14 or later. Each unit has a database of its own, made when it is missing. Where only one database is to be had,
/// `pluginDivisionMode: schema` gives each unit a schema of its own in it:
///
///     backend:
///       database:
///         client: pg
///         pluginDivisionMode: schema
///         connection: { host: db.example.com, user: callboard, password: '${PASSWORD}', database: portal }
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct DatabaseSection {
    /// Postgres is the only one.
    client: String,
    /// A URL, or an object. The database it names is taken only with `pluginDivisionMode: schema`, or for one unit alone.
    #[schemars(with = "Option<ConnectionSection>")]
    connection: IgnoredAny,
    /// What the names of databases and schemas begin with; the unit's name follows, `-` written `_`.
    prefix: String,
    /// `database`: a database for each unit. `schema`: one database for all, a schema in it for each unit.
    plugin_division_mode: DivisionMode,
    /// Makes the database when it is missing.
    ensure_exists: bool,
    /// Makes the schema when it is missing, with `pluginDivisionMode: schema`.
    ensure_schema_exists: bool,
    /// Leaves bringing the database up to date to the command `migrate`.
    skip_migrations: bool,
    /// The role to take on after connecting.
    role: Option<String>,
    /// Longest statement.
    statement_timeout: ConfigDuration,
    knex_config: KnexSection,
    /// Any of these for one unit alone; what it names goes before the above.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    plugin: IgnoredAny,
}

impl Default for DatabaseSection {
    fn default() -> Self {
        Self {
            client: "pg".to_owned(),
            connection: IgnoredAny,
            prefix: DEFAULT_PREFIX.to_owned(),
            plugin_division_mode: DivisionMode::Database,
            ensure_exists: true,
            ensure_schema_exists: true,
            skip_migrations: false,
            role: None,
            statement_timeout: DEFAULT_STATEMENT_TIMEOUT.into(),
            knex_config: KnexSection::default(),
            plugin: IgnoredAny,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum DivisionMode {
    Database,
    Schema,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
struct KnexSection {
    pool: PoolSection,
}

/// The connections of one process.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct PoolSection {
    /// Connections that are kept.
    pub(super) min: u32,
    /// Most connections of one process.
    pub(super) max: u32,
    /// How long a request waits for a connection, milliseconds.
    pub(super) acquire_timeout_millis: u64,
    /// When a connection that nobody uses is closed, milliseconds.
    pub(super) idle_timeout_millis: u64,
}

impl Default for PoolSection {
    fn default() -> Self {
        Self {
            min: 0,
            max: 10,
            acquire_timeout_millis: 5_000,
            idle_timeout_millis: 600_000,
        }
    }
}

/// The two forms of `connection`, for the reference.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "each layer is read by itself, in `apply`")]
enum ConnectionSection {
    Url(String),
    Object(Connection),
}

/// The object form of `connection`.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Connection {
    /// A connection string inside the object: the other keys are laid over it.
    #[serde(alias = "connectionString")]
    url: Option<Secret<String>>,
    /// The server, or the folder of its socket.
    host: Option<String>,
    /// Its port.
    port: Option<u16>,
    /// The role.
    user: Option<String>,
    /// The role's password.
    password: Option<Secret<String>>,
    /// The database; see `pluginDivisionMode`.
    database: Option<String>,
    /// `true`, or `{ca, cert, key, rejectUnauthorized}` with PEM texts.
    ssl: Option<serde_json::Value>,
}

impl Settings {
    pub(super) fn from_config(config: &Config, unit: &str) -> Result<Self, ConfigError> {
        let own = format!("{BASE}.plugin.{unit}");
        let section: DatabaseSection = config.get_layered(BASE, &own)?.unwrap_or_default();
        check_client(config, &own, &section.client)?;
        check_pool(config, &section.knex_config.pool)?;

        let own_connection = format!("{own}.connection");
        let base_connection = format!("{BASE}.connection");
        let (mut shared_database, mut own_database) = (None, None);
        let mut options = PgConnectOptions::new_without_pgpass();
        if config.has(&base_connection) {
            (options, shared_database) = apply(config, &base_connection, options)?;
        } else if !config.has(&own_connection) {
            return Err(ConfigError::Missing { path: base_connection });
        }
        if config.has(&own_connection) {
            (options, own_database) = apply(config, &own_connection, options)?;
        }
        let unit_name = format!("{}{}", section.prefix, unit.replace('-', "_"));
        let (database, schema) = match section.plugin_division_mode {
            // The base names a server for all units; its database would make them share one, so it is not taken.
            DivisionMode::Database => (own_database.unwrap_or(unit_name), None),
            DivisionMode::Schema => {
                let database = own_database.or(shared_database).ok_or_else(|| {
                    config.invalid(
                        &format!("{BASE}.pluginDivisionMode"),
                        format!("with \"schema\" {base_connection} has to name the database that the units share"),
                    )
                })?;
                (database, Some(unit_name))
            }
        };
        for name in [Some(&database), schema.as_ref()].into_iter().flatten() {
            if name.is_empty() || name.len() > MAX_NAME_BYTES {
                return Err(config.invalid(BASE, format!("the name {name:?} must have 1 to {MAX_NAME_BYTES} bytes")));
            }
        }
        let mut options = options
            .database(&database)
            .application_name(&format!("callboard-{unit}"))
            .options([(
                "statement_timeout",
                section.statement_timeout.get().as_millis().to_string(),
            )])
            // Statements here are short: compiling one takes longer than running it.
            .options([("jit", "off")]);
        if let Some(schema) = &schema {
            options = options.options([("search_path", quoted(schema))]);
        }
        if let Some(role) = &section.role {
            options = options.options([("role", role)]);
        }
        Ok(Self {
            options,
            database,
            schema,
            ensure_exists: section.ensure_exists,
            ensure_schema_exists: section.ensure_schema_exists,
            skip_migrations: section.skip_migrations,
            pool: section.knex_config.pool,
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

/// A name as an SQL identifier: quoting makes any name safe.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn check_client(config: &Config, own: &str, client: &str) -> Result<(), ConfigError> {
    if matches!(client, "pg" | "postgres" | "postgresql") {
        return Ok(());
    }
    let own = format!("{own}.client");
    let path = if config.has(&own) {
        own
    } else {
        format!("{BASE}.client")
    };
    Err(config.invalid(
        &path,
        format!("{client} is not supported; Callboard stores everything in Postgres (pg)"),
    ))
}

fn check_pool(config: &Config, pool: &PoolSection) -> Result<(), ConfigError> {
    if pool.max == 0 || pool.min > pool.max {
        let message = "max must be at least 1, and min no more than max";
        return Err(config.invalid(&format!("{BASE}.knexConfig.pool"), message));
    }
    Ok(())
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
        assert_eq!(catalog.pool.acquire_timeout_millis, 900);
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
    fn units_can_share_a_database_and_have_a_schema_each() {
        let yaml = |connection: &str| {
            format!("backend: {{database: {{client: pg, pluginDivisionMode: schema, connection: {connection}}}}}")
        };
        let settings = |connection: &str| settings(&yaml(connection), "lighthouse-audit");
        for connection in ["'postgres://me@db/portal'", "{host: db, database: portal}"] {
            let shared = settings(connection).unwrap();
            assert_eq!(shared.database, "portal");
            assert_eq!(shared.schema.as_deref(), Some("callboard_lighthouse_audit"));
        }
        let error = settings("{host: db}").err().unwrap();
        assert!(
            error.contains("backend.database.pluginDivisionMode") && error.contains("name the database"),
            "{error}"
        );
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
