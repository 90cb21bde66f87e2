//! What every Callboard unit shares: configuration, telemetry, database, cache, gRPC server and channel, caller identity,
//! errors, and the life of a process.
//!
//! A unit is a library and a thin `main.rs` that puts these together, always in the same order: arguments, configuration,
//! telemetry, stores, state, servers, life.
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! use callboard_service_kit::{
//!     admin::{self, AdminServer}, cache::Cache, check, cli::{Args, Command}, config::Config, database::{self, Database},
//!     grpc::server::GrpcServer, identity::CallerTokens, lifecycle::Lifecycle, telemetry,
//! };
//!
//! const UNIT: &str = "catalog";
//! static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate::Migrator::DEFAULT; // sqlx::migrate!() in a unit
//!
//! #[tokio::main]
//! async fn main() -> ExitCode {
//!     run(&Args::of_process()).await.unwrap_or_else(|error| {
//!         eprintln!("callboard-{UNIT}: {error}");
//!         ExitCode::FAILURE
//!     })
//! }
//!
//! async fn run(args: &Args) -> Result<ExitCode, Box<dyn std::error::Error>> {
//!     let config = Config::load(&args.config)?;
//!     match args.command() {
//!         Command::Healthcheck => admin::healthcheck(&config, UNIT).await.map(|()| ExitCode::SUCCESS).map_err(Into::into),
//!         Command::Config { .. } => Ok(check::report(&check::mistakes(&config, UNIT))),
//!         Command::Migrate => database::migrate(&Database::connect(&config, UNIT).await?, &MIGRATOR).await
//!             .map(|()| ExitCode::SUCCESS).map_err(Into::into),
//!         Command::Serve => serve(&config).await,
//!     }
//! }
//!
//! async fn serve(config: &Config) -> Result<ExitCode, Box<dyn std::error::Error>> {
//!     let telemetry = telemetry::init(config, UNIT)?;
//!     let (tokens, cache) = (CallerTokens::from_config(config, UNIT)?, Cache::from_config(config, UNIT)?);
//!     let pool = Database::connect(config, UNIT).await?;
//!     if Database::migrates_at_start(config, UNIT)? {
//!         database::migrate(&pool, &MIGRATOR).await?;
//!     }
//!     let lifecycle = Lifecycle::from_config(config)?;
//!     AdminServer::bind(config, UNIT, &telemetry).await?.serve(&lifecycle);
//!     // .service(CatalogServiceServer::new(Handlers::new(pool, cache))).reflection(callboard_proto::FILE_DESCRIPTOR_SET)?
//!     GrpcServer::bind(config, UNIT, tokens).await?.serve(&lifecycle);
//!     lifecycle.readiness().started();
//!     Ok(lifecycle.run().await)
//! }
//! ```

pub mod admin;
pub mod cache;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod error;
pub mod grpc;
pub mod identity;
pub mod lifecycle;
pub mod telemetry;
pub mod tls;
pub mod unit;
