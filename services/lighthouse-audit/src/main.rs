//! `callboard-lighthouse-audit`: what is this unit's own; the rest is the recipe of all units.

use std::{process::ExitCode, sync::Arc};

use callboard_lighthouse_audit::{
    UNIT,
    changes::Changes,
    config::LighthouseConfig,
    retention,
    schedule::{CatalogFollower, Scheduler, apply_configuration},
    server::LighthouseAuditServer,
    store,
    worker::Workers,
};
use callboard_proto::{
    FILE_DESCRIPTOR_SET, lighthouse_audit::v1::lighthouse_audit_service_server::LighthouseAuditServiceServer,
};
use callboard_service_kit::{
    clock::{SharedClock, SystemClock},
    grpc::channel::BalancedChannel,
    identity::Caller,
    tls,
    unit::{Failure, Recipe, UnitParts},
};

#[tokio::main]
async fn main() -> ExitCode {
    let recipe = Recipe {
        name: UNIT,
        migrator: &store::MIGRATOR,
        mistakes: |config| {
            let mistake = LighthouseConfig::load(config).err();
            mistake.iter().map(ToString::to_string).collect()
        },
    };
    recipe.run(serve).await
}

async fn serve(unit: UnitParts) -> Result<(), Failure> {
    tls::install_provider();
    let settings = Arc::new(LighthouseConfig::load(&unit.config)?);
    let clock: SharedClock = Arc::new(SystemClock);
    apply_configuration(&unit.pool, &settings.schedules.configured, clock.now().into()).await?;
    let changes = Changes::default();
    let server = LighthouseAuditServer::new(
        unit.pool.clone(),
        unit.cache.namespace("status"),
        changes.clone(),
        settings.clone(),
        clock.clone(),
    );
    let limit = unit.max_message_bytes()?;
    let service = LighthouseAuditServiceServer::new(server)
        .max_decoding_message_size(limit)
        .max_encoding_message_size(limit);
    unit.grpc_server()
        .await?
        .service(service)
        .reflection(FILE_DESCRIPTOR_SET)?
        .serve(&unit.lifecycle);
    work(&unit, &settings, changes, &clock)?;
    unit.is_ready_with_its_database();
    Ok(())
}

/// Starts everything that is done without being asked.
fn work(unit: &UnitParts, settings: &LighthouseConfig, changes: Changes, clock: &SharedClock) -> Result<(), Failure> {
    let (pool, lifecycle) = (&unit.pool, &unit.lifecycle);
    let stop = || lifecycle.shutdown_token();
    lifecycle.spawn("changes", changes.clone().follow(pool.clone(), stop()));
    lifecycle.spawn("scheduler", Scheduler::new(pool.clone(), clock.clone()).run(stop()));
    lifecycle.spawn(
        "retention",
        retention::run(pool.clone(), settings.retention, clock.clone(), stop()),
    );
    if let Some(schedule) = &settings.schedules.catalog {
        let channel =
            BalancedChannel::connect(&unit.config, "catalog")?.acting_as(Caller::service("plugin:lighthouse"));
        let largest = unit.max_message_bytes()?;
        let follower = CatalogFollower::new(pool.clone(), channel, largest, schedule.clone(), clock.clone());
        lifecycle.spawn("catalog", follower.run(stop()));
    }
    Workers::new(
        pool.clone(),
        changes,
        settings.workers,
        settings.browser.clone(),
        settings.policy.clone(),
    )
    .spawn(lifecycle);
    Ok(())
}
