//! `DeleteEntityByUid`.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;
use uuid::Uuid;

use crate::{
    ingest::retry_on_conflict,
    server::{CatalogServer, condition, errors},
    store::removal,
};

pub(in crate::server) async fn delete_entity_by_uid(
    server: &CatalogServer,
    request: proto::DeleteEntityByUidRequest,
) -> Result<proto::DeleteEntityByUidResponse, Status> {
    let view = server.replica.index.get_by_uid(&request.uid.to_lowercase());
    condition::require(
        server,
        request.condition,
        view.as_ref().map(callboard_catalog_index::EntityView::entity_ref),
    )?;
    // What is no UUID is nobody's uid, and deleting nobody succeeds.
    let Ok(entity_id) = Uuid::parse_str(&request.uid) else {
        return Ok(proto::DeleteEntityByUidResponse { revision: 0 });
    };
    let revision = retry_on_conflict(|| async {
        let mut transaction = server.pool.begin().await?;
        let revision = removal::remove_by_id(&mut transaction, entity_id).await?;
        transaction.commit().await?;
        Ok(revision)
    })
    .await
    .map_err(errors::ingest)?;
    Ok(proto::DeleteEntityByUidResponse { revision })
}
