//! `callboard-proxy`: what is this unit's own; the rest is the recipe of all units.

use std::{process::ExitCode, sync::Arc};

use callboard_proto::{FILE_DESCRIPTOR_SET, proxy::v1::proxy_service_server::ProxyServiceServer};
use callboard_proxy::{
    UNIT,
    cache::ResponseCache,
    config::ProxyConfig,
    endpoint::table::Table,
    forward::{Forwarder, Shared},
    guard::rate_limit::RateLimit,
    registry::Registry,
    secrets::Vault,
    server::ProxyServer,
    store,
    upstream::addresses::AddressPolicy,
    usage::{Usage, writer::keep_writing},
};
use callboard_service_kit::{
    clock::{SharedClock, SystemClock},
    config::Config,
    unit::{Failure, Recipe, UnitParts},
};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let recipe = Recipe {
        name: UNIT,
        migrator: &store::MIGRATOR,
        mistakes: |config| {
            ProxyConfig::load(config)
                .err()
                .map(|error| error.to_string())
                .into_iter()
                .collect()
        },
    };
    recipe.run(serve).await
}

async fn serve(unit: UnitParts) -> Result<(), Failure> {
    let config = ProxyConfig::load(&unit.config)?;
    let clock: SharedClock = Arc::new(SystemClock);
    let table = Arc::new(Table::new(config.endpoints));
    let cache = ResponseCache::new(unit.cache.namespace("responses"), clock.clone(), config.max_entry_bytes);
    let usage = Usage::new(clock.clone());
    let registry = Arc::new(Registry {
        pool: unit.pool.clone(),
        table: table.clone(),
        vault: Vault::new(&config.secret_keys),
        policy: AddressPolicy::public_and(config.private_networks),
        cache: cache.clone(),
    });
    // No request finds an endpoint missing because the unit has only just started.
    registry.reload().await?;
    let shutdown = unit.lifecycle.shutdown_token();
    unit.lifecycle
        .spawn("endpoints", registry.clone().keep_following(shutdown.clone()));
    unit.lifecycle
        .spawn("usage", keep_writing(unit.pool.clone(), usage.clone(), shutdown));

    let following = unit
        .config
        .clone()
        .follow(unit.lifecycle.shutdown_token(), apply_to(table.clone()));
    unit.lifecycle.spawn("configuration", following);

    let forwarder = Forwarder::new(Shared {
        table,
        rate_limit: RateLimit::new(unit.cache.namespace("rate"), clock),
        cache,
        usage: usage.clone(),
        is_open_to_all: config.is_open_to_all,
    });
    let service = ProxyServiceServer::new(ProxyServer {
        forwarder,
        registry,
        usage,
        administrators: config.administrators,
        status_cache: unit.cache.namespace("status"),
    });
    let limit = unit.max_message_bytes()?;
    let service = service
        .max_decoding_message_size(limit)
        .max_encoding_message_size(limit);
    unit.grpc_server()
        .await?
        .service(service)
        .reflection(FILE_DESCRIPTOR_SET)?
        .serve(&unit.lifecycle);
    unit.is_ready_with_its_database();
    Ok(())
}

/// Puts changed endpoints of the configuration into the table. What is wrong changes nothing.
fn apply_to(table: Arc<Table>) -> impl FnMut(&Config) + Send {
    move |config| match ProxyConfig::load(config) {
        Ok(config) => {
            tracing::info!(
                endpoints = config.endpoints.len(),
                "the configuration has changed; its endpoints are in use"
            );
            table.set_configured(config.endpoints);
        }
        Err(error) => tracing::error!(%error, "the configuration has changed, and its endpoints cannot be used"),
    }
}
