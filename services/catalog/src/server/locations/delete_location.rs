//! `DeleteLocation`: unregisters a location; its entities vanish at once.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use super::{create_location, get_location};
use crate::server::{CatalogServer, errors};

pub(in crate::server) async fn delete_location(
    server: &CatalogServer,
    request: proto::DeleteLocationRequest,
) -> Result<proto::DeleteLocationResponse, Status> {
    create_location::refuse_readonly(server)?;
    let row = get_location::find(server, &request.id).await?;
    let revision = server.ingest.unregister(&row).await.map_err(errors::ingest)?;
    Ok(proto::DeleteLocationResponse { revision })
}
