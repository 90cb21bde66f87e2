//! `callboard-proxy`: arguments, configuration, telemetry, stores, servers, life cycle, in this order.

use std::{error::Error, process::ExitCode};

use callboard_proto::proxy::v1::proxy_service_server::ProxyServiceServer;
use callboard_proxy::{UNIT, configured_endpoints, server::ProxyServer, store};
use callboard_service_kit::{
    admin::{self, AdminServer},
    cache::Cache,
    check,
    cli::{Args, Command},
    config::Config,
    database::{self, Database},
    grpc::{max_message_bytes, server::GrpcServer},
    identity::CallerTokens,
    lifecycle::Lifecycle,
    telemetry,
};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Args::of_process();
    match run(&arguments).await {
        Ok(code) => code,
        Err(error) => {
            // Telemetry may be what failed.
            eprintln!("callboard-{UNIT}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Args) -> Result<ExitCode, Box<dyn Error>> {
    let config = Config::load(&arguments.config)?;
    match arguments.command() {
        Command::Serve => serve(config).await,
        Command::Migrate => {
            let pool = Database::connect(&config, UNIT).await?;
            database::migrate(&pool, &store::MIGRATOR).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Healthcheck => {
            admin::healthcheck(&config, UNIT).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Config { .. } => Ok(check::report(&check::mistakes(&config, UNIT))),
    }
}

async fn serve(config: Config) -> Result<ExitCode, Box<dyn Error>> {
    let telemetry = telemetry::init(&config, UNIT)?;
    let tokens = CallerTokens::from_config(&config, UNIT)?;
    let lifecycle = Lifecycle::from_config(&config)?;
    // Liveness answers from now on, however long the database takes.
    AdminServer::bind(&config, UNIT, &telemetry).await?.serve(&lifecycle);

    let pool = Database::connect(&config, UNIT).await?;
    if Database::migrates_at_start(&config, UNIT)? {
        database::migrate(&pool, &store::MIGRATOR).await?;
    }
    let cache = Cache::from_config(&config, UNIT)?;

    let server = ProxyServer::new(pool.clone(), cache.namespace("status"), configured_endpoints(&config));
    let limit = max_message_bytes(&config)?;
    let service = ProxyServiceServer::new(server)
        .max_decoding_message_size(limit)
        .max_encoding_message_size(limit);
    GrpcServer::bind(&config, UNIT, tokens)
        .await?
        .service(service)
        .reflection(callboard_proto::FILE_DESCRIPTOR_SET)?
        .serve(&lifecycle);

    let readiness = lifecycle.readiness().clone();
    lifecycle.spawn(
        "readiness",
        readiness
            .clone()
            .keep_checking("database", lifecycle.shutdown_token(), move || {
                let pool = pool.clone();
                async move { Database::answers(&pool).await }
            }),
    );
    readiness.started();
    Ok(lifecycle.run().await)
}
