use std::time::{Duration, Instant};

use callboard_service_kit::{
    config::Config,
    database::{self, Database, DatabaseError},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, migrate::Migrator};

use crate::support::{free_port, variable};

static MIGRATOR: Migrator = sqlx::migrate!("tests/kit/migrations");

/// A configuration whose databases nobody else uses; they are dropped with it.
struct Fresh {
    config: Config,
    prefix: String,
}

impl Fresh {
    fn new(more: &str) -> Self {
        let prefix = format!("service_kit_{}_", uuid::Uuid::new_v4().simple());
        let yaml = format!(
            "backend: {{database: {{client: pg, prefix: {prefix}, connection: '{}'{more}}}}}",
            variable("DATABASE_URL")
        );
        Self {
            config: Config::from_yaml(&yaml).unwrap(),
            prefix,
        }
    }

    async fn drop_database(&self, unit: &str) {
        let mut connection = PgConnection::connect(&variable("DATABASE_URL")).await.unwrap();
        let statement = format!("DROP DATABASE IF EXISTS {}{unit} WITH (FORCE)", self.prefix);
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn replicas_that_start_together_create_and_migrate_once() {
    let fresh = Fresh::new("");
    let mut replicas = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let config = fresh.config.clone();
        replicas.spawn(async move {
            let pool = Database::connect(&config, "catalog").await?;
            database::migrate(&pool, &MIGRATOR).await?;
            Ok::<_, DatabaseError>(pool)
        });
    }
    let pools: Vec<_> = replicas
        .join_all()
        .await
        .into_iter()
        .map(|result| result.expect("a replica starts"))
        .collect();
    let pool = &pools[0];
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM items")
        .fetch_one(pool)
        .await
        .unwrap();
    assert_eq!(count, 1000);
    let valid: bool =
        sqlx::query_scalar("SELECT indisvalid FROM pg_index WHERE indexrelid = 'items_by_name'::regclass")
            .fetch_one(pool)
            .await
            .unwrap();
    assert!(valid, "the index that was built CONCURRENTLY is complete");
    database::migrate(pool, &MIGRATOR).await.unwrap();
    let locks: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
          WHERE locktype = 'advisory' AND d.datname = current_database()",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    assert_eq!(locks, 0, "nobody holds the lock any more");
    fresh.drop_database("catalog").await;
}

#[tokio::test]
async fn a_replica_of_the_release_before_starts_on_a_database_that_is_ahead() {
    let fresh = Fresh::new("");
    let pool = Database::connect(&fresh.config, "catalog").await.unwrap();
    database::migrate(&pool, &MIGRATOR).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (20990101000000, 'of the next release', true, '', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    database::migrate(&pool, &MIGRATOR).await.unwrap();
    fresh.drop_database("catalog").await;
}

#[tokio::test]
async fn sessions_carry_the_units_name_and_a_statement_timeout() {
    let fresh = Fresh::new(", statementTimeout: 200ms");
    let pool = Database::connect(&fresh.config, "lighthouse-audit").await.unwrap();
    let (name, database): (String, String) =
        sqlx::query_as("SELECT current_setting('application_name'), current_database()::text")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(name, "callboard-lighthouse-audit");
    assert_eq!(database, format!("{}lighthouse_audit", fresh.prefix));
    let error = sqlx::query("SELECT pg_sleep(10)").execute(&pool).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().code().unwrap(), "57014");
    assert!(Database::answers(&pool).await);
    fresh.drop_database("lighthouse_audit").await;
}

#[tokio::test]
async fn a_missing_database_is_an_error_when_it_must_not_be_created() {
    let fresh = Fresh::new(", ensureExists: false");
    let error = Database::connect(&fresh.config, "proxy").await.unwrap_err().to_string();
    assert!(
        error.contains(&fresh.prefix) && error.contains("does not exist"),
        "{error}"
    );
}

#[tokio::test]
async fn waiting_for_a_connection_is_bounded() {
    let fresh = Fresh::new(", knexConfig: {pool: {max: 1, acquireTimeoutMillis: 200}}");
    let pool = Database::connect(&fresh.config, "proxy").await.unwrap();
    let held = pool.acquire().await.unwrap();
    let begin = Instant::now();
    assert!(matches!(pool.acquire().await, Err(sqlx::Error::PoolTimedOut)));
    assert!(begin.elapsed() < Duration::from_secs(1));
    drop(held);
    assert!(pool.acquire().await.is_ok());
    fresh.drop_database("proxy").await;
}

#[tokio::test]
async fn a_server_that_is_away_is_named_and_the_password_is_not() {
    let yaml = format!(
        "backend: {{database: {{client: pg, connection: 'postgres://me:hunter2@127.0.0.1:{}/x'}}}}",
        free_port()
    );
    let config = Config::from_yaml(&yaml).unwrap();
    let error = Database::connect(&config, "catalog").await.unwrap_err().to_string();
    assert!(
        error.contains("callboard_catalog") && error.contains("127.0.0.1"),
        "{error}"
    );
    assert!(!error.contains("hunter2"), "{error}");
}

#[tokio::test]
async fn units_share_a_database_with_a_schema_each() {
    let database = format!("service_kit_{}", uuid::Uuid::new_v4().simple());
    let server = variable("DATABASE_URL");
    let config = |more: &str| {
        let url = format!("{}/{database}", server.rsplit_once('/').unwrap().0);
        let yaml =
            format!("backend: {{database: {{client: pg, pluginDivisionMode: schema, connection: '{url}'{more}}}}}");
        Config::from_yaml(&yaml).unwrap()
    };
    // Replicas of two units, all at once, on a database that is not there.
    let mut replicas = tokio::task::JoinSet::new();
    for unit in ["catalog", "lighthouse-audit", "catalog", "lighthouse-audit"] {
        let config = config("");
        replicas.spawn(async move {
            let pool = Database::connect(&config, unit).await?;
            database::migrate(&pool, &MIGRATOR).await?;
            Ok::<_, DatabaseError>((unit, pool))
        });
    }
    for result in replicas.join_all().await {
        let (unit, pool) = result.expect("a replica starts");
        // Each unit sees its own tables, and those alone.
        sqlx::query("DELETE FROM items WHERE $1 = 'catalog'")
            .bind(unit)
            .execute(&pool)
            .await
            .unwrap();
        pool.close().await;
    }
    let options = server
        .parse::<sqlx::postgres::PgConnectOptions>()
        .unwrap()
        .database(&database);
    let mut connection = PgConnection::connect_with(&options).await.unwrap();
    let counts: (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM callboard_catalog.items), (SELECT count(*) FROM callboard_lighthouse_audit.items)",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    assert_eq!(counts, (0, 1000));

    // A role that may use its schema and create none is enough once the schema is there; without it, the error says what to do.
    let role = format!("{database}_role");
    for statement in [
        format!("CREATE ROLE {role} LOGIN PASSWORD 'pw'"),
        format!("GRANT USAGE ON SCHEMA callboard_catalog TO {role}"),
    ] {
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    }
    let restricted = config(&format!(", role: {role}"));
    Database::connect(&restricted, "catalog").await.unwrap().close().await;
    let error = Database::connect(&restricted, "proxy").await.unwrap_err().to_string();
    assert!(
        error.contains("the schema callboard_proxy does not exist") && error.contains("ensureSchemaExists"),
        "{error}"
    );

    for statement in [
        format!("REVOKE USAGE ON SCHEMA callboard_catalog FROM {role}"),
        format!("DROP ROLE {role}"),
    ] {
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    }
    connection.close().await.unwrap();
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let statement = format!("DROP DATABASE {database} WITH (FORCE)");
    sqlx::query(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .unwrap();
}
