//! `UpdateLocation`: points a registered location elsewhere. Its entity keeps its name; its old entities go and the new ones come.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use super::{CatalogServer, convert, create_location, errors, get_location};
use crate::{
    ingest::provider::{REGISTERED_LOCATIONS, registered_candidate},
    store::location::{self, Location},
};

pub(super) async fn update_location(
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
    let unchanged = row.location_type == target.kind && row.target == target.target;
    let row = Location {
        location_type: target.kind,
        target: target.target,
        ..row
    };
    if !unchanged {
        let mut connection = server.pool.acquire().await.map_err(errors::database)?;
        location::update(&mut connection, row.id, &row.location_type, &row.target)
            .await
            .map_err(errors::database)?;
        drop(connection);
        let candidate = registered_candidate(&row).map_err(|error| errors::entity(&error))?;
        server
            .ingest
            .apply_delta(
                REGISTERED_LOCATIONS,
                vec![candidate],
                std::slice::from_ref(&row.entity_ref),
            )
            .await
            .map_err(errors::ingest)?;
        create_location::make_visible(server, &row).await;
    }
    Ok(proto::UpdateLocationResponse {
        location: Some(convert::location(row)),
    })
}
