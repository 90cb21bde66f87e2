//! `UpdateLocation`: points a registered location elsewhere. Its entity keeps its name; its old entities go and the new ones come.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use super::{create_location, get_location};
use crate::{
    server::{CatalogServer, convert, errors},
    store::location::{self, Location},
};

pub(in crate::server) async fn update_location(
    server: &CatalogServer,
    request: proto::UpdateLocationRequest,
) -> Result<proto::UpdateLocationResponse, Status> {
    let target = create_location::check_type(&request.r#type, &request.target)?;
    create_location::refuse_readonly(server)?;
    let row = get_location::find(server, &request.id).await?;
    let other = location::find(&server.pool, &target.kind, &target.target)
        .await
        .map_err(errors::database)?;
    if other.is_some_and(|other| other.id != row.id) {
        return Err(create_location::already_exists(&target));
    }
    let changed = row.location_type != target.kind || row.target != target.target;
    let row = Location {
        location_type: target.kind.clone(),
        target: target.target.clone(),
        ..row
    };
    if changed && !server.ingest.point_elsewhere(&row).await.map_err(errors::ingest)? {
        // Somebody else was quicker by a moment.
        return Err(create_location::already_exists(&target));
    }
    // Even when nothing changed: an update that broke off after its first half is completed by trying it again.
    server.ingest.emit_registered(&row).await.map_err(errors::ingest)?;
    let revision = create_location::make_visible(server, &row).await;
    Ok(proto::UpdateLocationResponse {
        location: Some(convert::location(row)),
        revision,
    })
}
