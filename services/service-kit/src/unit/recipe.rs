//! What every unit's `main` does, so that a `main.rs` says only what is its unit's own.

use std::{error::Error, process::ExitCode};

use sqlx::{PgPool, migrate::Migrator};

use crate::{
    admin::{self, AdminServer},
    cache::Cache,
    check,
    cli::{Args, Command},
    config::{Config, reference::warn_about_unknown_keys},
    database::{self, Database},
    grpc::{max_message_bytes, server::GrpcServer},
    identity::CallerTokens,
    lifecycle::Lifecycle,
    telemetry,
};

/// Why a unit does not run.
pub type Failure = Box<dyn Error + Send + Sync>;

/// What makes a unit this unit. [`Recipe::run`] does the rest: arguments, configuration, telemetry, stores, the unit's own
/// servers and tasks, life cycle, exit code.
///
/// ```no_run
/// # use std::process::ExitCode;
/// # use callboard_service_kit::unit::{Failure, Recipe, UnitParts};
/// # static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate::Migrator::DEFAULT; // sqlx::migrate!() in a unit
/// #[tokio::main]
/// async fn main() -> ExitCode {
///     let recipe = Recipe { name: "proxy", migrator: &MIGRATOR, mistakes: |_config| Vec::new() };
///     recipe.run(serve).await
/// }
///
/// async fn serve(unit: UnitParts) -> Result<(), Failure> {
///     // .service(ProxyServiceServer::new(Handlers::new(unit.pool.clone()))).reflection(callboard_proto::FILE_DESCRIPTOR_SET)?
///     unit.grpc_server().await?.serve(&unit.lifecycle);
///     unit.is_ready_with_its_database();
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    /// The unit's name in configuration, logs and tokens.
    pub name: &'static str,
    /// What brings the unit's database up to date.
    pub migrator: &'static Migrator,
    /// Every mistake in the sections that only this unit reads, for `config check`. The kit checks its own.
    pub mistakes: fn(&Config) -> Vec<String>,
}

/// What a unit has at hand when it begins to serve.
#[derive(Debug)]
pub struct UnitParts {
    /// The unit's name.
    pub name: &'static str,
    /// The loaded configuration.
    pub config: Config,
    /// Its database, brought up to date.
    pub pool: PgPool,
    /// Its cache.
    pub cache: Cache,
    /// Its life: tasks and servers are started through it.
    pub lifecycle: Lifecycle,
}

impl Recipe {
    /// Runs the process: does what the command line asks for, and for `serve` calls `serve` to start the unit's own servers and
    /// tasks, then waits for the end.
    pub async fn run<F>(&self, serve: impl FnOnce(UnitParts) -> F) -> ExitCode
    where
        F: Future<Output = Result<(), Failure>>,
    {
        match self.execute(&Args::of_process(), serve).await {
            Ok(code) => code,
            Err(error) => {
                // Telemetry may be what failed.
                eprintln!("callboard-{}: {error}", self.name);
                ExitCode::FAILURE
            }
        }
    }

    async fn execute<F>(&self, arguments: &Args, serve: impl FnOnce(UnitParts) -> F) -> Result<ExitCode, Failure>
    where
        F: Future<Output = Result<(), Failure>>,
    {
        let config = Config::load(&arguments.config)?;
        match arguments.command() {
            Command::Serve => self.serve(config, serve).await,
            Command::Migrate => {
                let pool = Database::connect(&config, self.name).await?;
                database::migrate(&pool, self.migrator).await?;
                Ok(ExitCode::SUCCESS)
            }
            Command::Healthcheck => {
                admin::healthcheck(&config, self.name).await?;
                Ok(ExitCode::SUCCESS)
            }
            Command::Config { .. } => {
                let mut mistakes = check::mistakes(&config, self.name);
                mistakes.extend((self.mistakes)(&config));
                Ok(check::report(&mistakes))
            }
        }
    }

    async fn serve<F>(&self, config: Config, serve: impl FnOnce(UnitParts) -> F) -> Result<ExitCode, Failure>
    where
        F: Future<Output = Result<(), Failure>>,
    {
        let telemetry = telemetry::init(&config, self.name)?;
        warn_about_unknown_keys(&config, check::SECTIONS);
        let lifecycle = Lifecycle::from_config(&config)?;
        // Liveness answers from now on, however long the database takes.
        AdminServer::bind(&config, self.name, &telemetry)
            .await?
            .serve(&lifecycle);

        let pool = Database::connect(&config, self.name).await?;
        if Database::migrates_at_start(&config, self.name)? {
            database::migrate(&pool, self.migrator).await?;
        }
        let cache = Cache::from_config(&config, self.name)?;
        let parts = UnitParts {
            name: self.name,
            config,
            pool,
            cache,
            lifecycle: lifecycle.clone(),
        };
        serve(parts).await?;
        lifecycle.readiness().started();
        Ok(lifecycle.run().await)
    }
}

impl UnitParts {
    /// The gRPC server of this unit, its port open: add the services, then let it serve.
    pub async fn grpc_server(&self) -> Result<GrpcServer, Failure> {
        let tokens = CallerTokens::from_config(&self.config, self.name)?;
        Ok(GrpcServer::bind(&self.config, self.name, tokens).await?)
    }

    /// The size limit to set on every generated server, both ways.
    pub fn max_message_bytes(&self) -> Result<usize, Failure> {
        Ok(max_message_bytes(&self.config)?)
    }

    /// From now on the unit is ready only while its database answers.
    pub fn is_ready_with_its_database(&self) {
        let pool = self.pool.clone();
        let readiness = self.lifecycle.readiness().clone();
        let checking = readiness.keep_checking("database", self.lifecycle.shutdown_token(), move || {
            let pool = pool.clone();
            async move { Database::answers(&pool).await }
        });
        self.lifecycle.spawn("readiness", checking);
    }
}
