//! `callboard-catalog`: the catalog service.

use std::{process::ExitCode, sync::Arc};

use callboard_catalog::{
    UNIT,
    feed::{self, Replica, SharedReplica},
    gauges,
    ingest::{self, Ingest, wake::Wake},
    server::CatalogServer,
    settings::Settings,
    store,
};
use callboard_proto::{FILE_DESCRIPTOR_SET, catalog::v1::catalog_service_server::CatalogServiceServer};
use callboard_service_kit::{
    admin::{self, AdminServer},
    cli::{Args, Command},
    config::Config,
    database::{self, Database},
    grpc::{max_message_bytes, server::GrpcServer},
    identity::CallerTokens,
    lifecycle::Lifecycle,
    telemetry,
};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::of_process()).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("callboard-{UNIT}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<ExitCode, Failure> {
    let config = Config::load(&args.config)?;
    let settings = Settings::from_config(&config)?;
    match args.command() {
        Command::Serve => serve(&config, settings).await,
        Command::Migrate => {
            database::migrate(&Database::connect(&config, UNIT).await?, &store::MIGRATOR).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Healthcheck => {
            admin::healthcheck(&config, UNIT).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Config { .. } => {
            settings.check()?;
            println!("the configuration is valid");
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn serve(config: &Config, settings: Settings) -> Result<ExitCode, Failure> {
    let telemetry = telemetry::init(config, UNIT)?;

    let pool = Database::connect(config, UNIT).await?;
    if Database::migrates_at_start(config, UNIT)? {
        database::migrate(&pool, &store::MIGRATOR).await?;
    }

    let replica: SharedReplica = Arc::new(Replica::default());
    let works = settings.processing_interval.is_some();
    let ingest = Ingest::new(pool.clone(), settings)?;
    let wake = Wake::default();
    let catalog = CatalogServer::new(pool.clone(), Arc::clone(&ingest), Arc::clone(&replica));

    let tokens = CallerTokens::from_config(config, UNIT)?;
    let limit = max_message_bytes(config)?;
    let service = CatalogServiceServer::new(catalog)
        .max_decoding_message_size(limit)
        .max_encoding_message_size(limit);
    let lifecycle = Lifecycle::from_config(config)?;
    AdminServer::bind(config, UNIT, &telemetry).await?.serve(&lifecycle);
    // The port opens when there is something to answer: an empty index would be taken for an empty catalog.
    feed::load(&pool, &replica).await?;
    GrpcServer::bind(config, UNIT, tokens)
        .await?
        .service(service)
        .reflection(FILE_DESCRIPTOR_SET)?
        .serve(&lifecycle);
    // The database is no part of readiness: without it reads go on, from memory.
    lifecycle.readiness().started();
    lifecycle.spawn("wake", wake.clone().run(pool.clone(), lifecycle.shutdown_token()));
    lifecycle.spawn(
        "gauges",
        gauges::run(pool.clone(), Arc::clone(&replica), lifecycle.shutdown_token()),
    );
    lifecycle.spawn(
        "words",
        feed::keep_words(Arc::clone(&replica), lifecycle.shutdown_token()),
    );
    lifecycle.spawn(
        "feed",
        feed::follow(pool, replica, wake.clone(), lifecycle.shutdown_token()),
    );
    if works {
        ingest::spawn(&lifecycle, &ingest, &wake);
    }
    Ok(lifecycle.run().await)
}
