//! `callboard-gateway`: what is this unit's own; the rest is the recipe of all units.

use std::{process::ExitCode, sync::Arc};

use callboard_gateway::{
    Gateway, MIGRATIONS, UNIT, announce_replica, config::GatewayConfig, follow_configuration, relay_signals,
    remove_old_events, report_grpc_health, server, watch_revisions,
};
use callboard_service_kit::{
    clock::SystemClock,
    unit::{Failure, Recipe, UnitParts},
};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let recipe = Recipe {
        name: UNIT,
        migrator: &MIGRATIONS,
        mistakes: |config| {
            GatewayConfig::load(config)
                .err()
                .map(|error| error.to_string())
                .into_iter()
                .collect()
        },
    };
    recipe.run(serve).await
}

async fn serve(unit: UnitParts) -> Result<(), Failure> {
    let settings = GatewayConfig::load(&unit.config)?;
    let (lifecycle, readiness) = (&unit.lifecycle, unit.lifecycle.readiness().clone());
    let gateway = Gateway::start(
        &unit.config,
        unit.pool.clone(),
        &unit.cache,
        Arc::new(SystemClock),
        readiness,
    )
    .await?;

    let listener = settings.listen.bind().await?;
    let address = listener.local_addr()?;
    tracing::info!(%address, url = %settings.backend_base_url, "listening");
    let (each, stop) = (|| gateway.clone(), || lifecycle.shutdown_token());
    lifecycle.spawn("revisions", watch_revisions(each(), stop()));
    lifecycle.spawn("grpc-health", report_grpc_health(each(), stop()));
    lifecycle.spawn("signals", relay_signals(each(), stop()));
    lifecycle.spawn("audit", remove_old_events(each(), stop()));
    lifecycle.spawn("replica", announce_replica(each(), address, stop()));
    let following = follow_configuration(each(), unit.config.clone(), stop());
    lifecycle.spawn("configuration", following);
    lifecycle.serve("http", server::serve(listener, gateway.clone(), stop()));
    Ok(())
}
