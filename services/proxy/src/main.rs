//! `callboard-proxy`: what is this unit's own; the rest is the recipe of all units.

use std::process::ExitCode;

use callboard_proto::{FILE_DESCRIPTOR_SET, proxy::v1::proxy_service_server::ProxyServiceServer};
use callboard_proxy::{UNIT, configured_endpoints, server::ProxyServer, store};
use callboard_service_kit::unit::{Failure, Recipe, UnitParts};

#[tokio::main]
async fn main() -> ExitCode {
    let recipe = Recipe {
        name: UNIT,
        migrator: &store::MIGRATOR,
        mistakes: |_config| Vec::new(),
    };
    recipe.run(serve).await
}

async fn serve(unit: UnitParts) -> Result<(), Failure> {
    let server = ProxyServer::new(
        unit.pool.clone(),
        unit.cache.namespace("status"),
        configured_endpoints(&unit.config),
    );
    let limit = unit.max_message_bytes()?;
    let service = ProxyServiceServer::new(server)
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
