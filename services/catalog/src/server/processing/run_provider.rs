//! `RunProvider`: a provider is due now.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::{
    ingest::provider::Schedule,
    server::{CatalogServer, errors},
    store::provider,
};

pub(in crate::server) async fn run_provider(
    server: &CatalogServer,
    request: proto::RunProviderRequest,
) -> Result<proto::RunProviderResponse, Status> {
    let name = request.name;
    let is_scheduled = |known: &std::sync::Arc<dyn crate::ingest::provider::Provider>| {
        known.name() == name && known.schedule() != Schedule::AtStart
    };
    if !server.ingest.providers.iter().any(is_scheduled)
        || !provider::hurry(&server.pool, &name).await.map_err(errors::database)?
    {
        return Err(errors::not_found(format!(
            "There is no provider '{name}' that runs on a schedule"
        )));
    }
    Ok(proto::RunProviderResponse {})
}
