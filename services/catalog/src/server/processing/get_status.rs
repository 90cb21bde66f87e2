//! `GetStatus`: counts and queue lengths.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::{
    server::{CatalogServer, errors},
    store::{entity_state, feed},
};

pub(in crate::server) async fn get_status(server: &CatalogServer) -> Result<proto::GetStatusResponse, Status> {
    let backlog = entity_state::count_backlog(&server.pool)
        .await
        .map_err(errors::database)?;
    Ok(proto::GetStatusResponse {
        revision: server.replica.revision(),
        entities: server.replica.index.len() as u64,
        pending_processing: backlog.processing.unsigned_abs(),
        pending_stitching: backlog.stitching.unsigned_abs(),
        failed: backlog.failed.unsigned_abs(),
        locations: backlog.locations.unsigned_abs(),
        epoch: feed::epoch(&server.pool).await.map_err(errors::database)?,
    })
}
