//! `callboard-gateway`: the one public door.

use std::{process::ExitCode, sync::Arc};

use anyhow::{Context, Result};
use callboard_gateway::{
    Gateway, MIGRATIONS, UNIT, config::GatewayConfig, relay_signals, remove_old_events, report_grpc_health, server,
    watch_revisions,
};
use callboard_service_kit::{
    admin::{self, AdminServer},
    cli::{Args, Command},
    clock::SystemClock,
    config::Config,
    database::{self, Database},
    lifecycle::Lifecycle,
    telemetry,
};

fn main() -> ExitCode {
    let args = Args::of_process();
    let result = tokio::runtime::Runtime::new()
        .context("the runtime cannot start")
        .and_then(|runtime| runtime.block_on(run(&args)));
    result.unwrap_or_else(|error| {
        eprintln!("callboard-gateway: {error:#}");
        ExitCode::FAILURE
    })
}

async fn run(args: &Args) -> Result<ExitCode> {
    let config = Config::load(&args.config)?;
    match args.command() {
        Command::Serve => serve(&config).await,
        Command::Migrate => {
            let _telemetry = telemetry::init(&config, UNIT)?;
            let pool = Database::connect(&config, UNIT).await?;
            database::migrate(&pool, &MIGRATIONS).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Healthcheck => {
            admin::healthcheck(&config, UNIT).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Config { .. } => {
            GatewayConfig::load(&config)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn serve(config: &Config) -> Result<ExitCode> {
    let telemetry = telemetry::init(config, UNIT)?;
    let settings = GatewayConfig::load(config)?;
    let lifecycle = Lifecycle::from_config(config)?;
    let admin = AdminServer::bind(config, UNIT, &telemetry).await?;
    admin.serve(&lifecycle);

    let pool = Database::connect(config, UNIT).await?;
    if Database::migrates_at_start(config, UNIT)? {
        database::migrate(&pool, &MIGRATIONS).await?;
    }

    let readiness = lifecycle.readiness().clone();
    let gateway = Gateway::start(config, pool, Arc::new(SystemClock), readiness).await?;

    let listener = settings.listen.bind().await?;
    tracing::info!(address = %listener.local_addr()?, url = %settings.backend_base_url, "listening");
    lifecycle.spawn(
        "revisions",
        watch_revisions(gateway.clone(), lifecycle.shutdown_token()),
    );
    lifecycle.spawn(
        "grpc-health",
        report_grpc_health(gateway.clone(), lifecycle.shutdown_token()),
    );
    lifecycle.spawn("signals", relay_signals(gateway.clone(), lifecycle.shutdown_token()));
    lifecycle.spawn("audit", remove_old_events(gateway.clone(), lifecycle.shutdown_token()));
    lifecycle.serve("http", server::serve(listener, gateway, lifecycle.shutdown_token()));

    lifecycle.readiness().started();
    Ok(lifecycle.run().await)
}
