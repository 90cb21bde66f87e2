//! `DeleteLocation`: unregisters a location; its entities vanish at once.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use super::{CatalogServer, create_location, errors, get_location};
use crate::{
    ingest::{provider::REGISTERED_LOCATIONS, retry_on_conflict},
    store::{location, provider},
};

pub(super) async fn delete_location(
    server: &CatalogServer,
    request: proto::DeleteLocationRequest,
) -> Result<proto::DeleteLocationResponse, Status> {
    create_location::refuse_readonly(server)?;
    let row = get_location::find(server, &request.id).await?;
    let refs = [row.entity_ref];
    let revision = retry_on_conflict(|| async {
        let mut transaction = server.pool.begin().await?;
        location::delete(&mut transaction, row.id).await?;
        let revision = provider::withdraw(&mut transaction, REGISTERED_LOCATIONS, &refs).await?;
        transaction.commit().await?;
        Ok(revision)
    })
    .await
    .map_err(errors::ingest)?;
    Ok(proto::DeleteLocationResponse { revision })
}
