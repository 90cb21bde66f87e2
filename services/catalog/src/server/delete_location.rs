//! `DeleteLocation`: unregisters a location; its entities vanish at once.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use super::{CatalogServer, create_location, errors, get_location};
use crate::{
    ingest::provider::REGISTERED_LOCATIONS,
    store::{location, provider},
};

pub(super) async fn delete_location(
    server: &CatalogServer,
    request: proto::DeleteLocationRequest,
) -> Result<proto::DeleteLocationResponse, Status> {
    create_location::refuse_readonly(server)?;
    let row = get_location::find(server, &request.id).await?;
    let mut transaction = server.pool.begin().await.map_err(errors::database)?;
    location::delete(&mut transaction, row.id)
        .await
        .map_err(errors::database)?;
    let revision = provider::withdraw(
        &mut transaction,
        REGISTERED_LOCATIONS,
        std::slice::from_ref(&row.entity_ref),
    )
    .await
    .map_err(errors::database)?;
    transaction.commit().await.map_err(errors::database)?;
    Ok(proto::DeleteLocationResponse { revision })
}
