//! `callboard-catalog`: what is this unit's own; the rest is the recipe of all units.

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
        mistakes,
    };
    recipe.run(serve).await
}

fn mistakes(config: &Config) -> Vec<String> {
    let check = || -> Result<(), Failure> { Ok(Settings::from_config(config)?.check()?) };
    check().err().map(|error| error.to_string()).into_iter().collect()
}

async fn serve(unit: UnitParts) -> Result<(), Failure> {
    let settings = Settings {
        cache: Some(unit.cache.clone()),
        ..Settings::from_config(&unit.config)?
    };
    let works = settings.processing_interval.is_some();
    let replica: SharedReplica = Arc::new(Replica::default());
    let ingest = Ingest::new(unit.pool.clone(), settings)?;
    let catalog = CatalogServer::new(unit.pool.clone(), Arc::clone(&ingest), Arc::clone(&replica));
    let limit = unit.max_message_bytes()?;
    let service = CatalogServiceServer::new(catalog)
        .max_decoding_message_size(limit)
        .max_encoding_message_size(limit);

    // The port opens when there is something to answer: an empty index would be taken for an empty catalog.
    feed::load(&unit.pool, &replica).await?;
    unit.grpc_server()
        .await?
        .service(service)
        .reflection(FILE_DESCRIPTOR_SET)?
        .serve(&unit.lifecycle);

    // The database is no part of readiness: without it reads go on, from memory.
    let (lifecycle, token) = (&unit.lifecycle, || unit.lifecycle.shutdown_token());
    let wake = Wake::default();
    lifecycle.spawn("wake", wake.clone().run(unit.pool.clone(), token()));
    lifecycle.spawn("gauges", gauges::run(unit.pool.clone(), Arc::clone(&replica), token()));
    lifecycle.spawn("words", feed::keep_words(Arc::clone(&replica), token()));
    lifecycle.spawn("feed", feed::follow(unit.pool.clone(), replica, wake.clone(), token()));
    if works {
        ingest::spawn(lifecycle, &ingest, &wake);
    }
    Ok(())
}
