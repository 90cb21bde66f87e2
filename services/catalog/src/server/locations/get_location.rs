//! `GetLocation` and `GetLocationByEntity`.

use callboard_catalog_model::{EntityRef, LocationRef};
use callboard_proto::catalog::v1 as proto;
use tonic::Status;
use uuid::Uuid;

use crate::{
    ingest::candidate,
    server::{CatalogServer, convert, errors},
    store::location::{self, Location},
};

pub(in crate::server) async fn get_location(
    server: &CatalogServer,
    request: proto::GetLocationRequest,
) -> Result<proto::GetLocationResponse, Status> {
    let found = find(server, &request.id).await?;
    Ok(proto::GetLocationResponse {
        location: Some(convert::location(found)),
    })
}

/// The location with an id, which need not be a UUID to be unknown.
pub(super) async fn find(server: &CatalogServer, id: &str) -> Result<Location, Status> {
    let found = match Uuid::parse_str(id) {
        Ok(uuid) => location::get(&server.pool, uuid).await.map_err(errors::database)?,
        Err(_) => None,
    };
    found.ok_or_else(|| errors::not_found(format!("Found no location with ID {id}")))
}

pub(in crate::server) async fn get_location_by_entity(
    server: &CatalogServer,
    request: proto::GetLocationByEntityRequest,
) -> Result<proto::GetLocationByEntityResponse, Status> {
    let entity_ref = EntityRef::parse(&request.entity_ref)
        .map_err(|error| errors::entity(&error))?
        .to_string();
    let view = server
        .replica
        .index
        .get_by_ref(&entity_ref)
        .ok_or_else(|| errors::not_found(format!("found no entity for ref {entity_ref}")))?;
    let document = serde_json::from_slice(&view.document())
        .map_err(|error| errors::ingest(crate::ingest::IngestError::Stored(error)))?;
    let LocationRef { kind, target } = candidate::origin_of(&document)
        .map(|origin| origin.origin)
        .map_err(|_| errors::not_found(format!("found no origin annotation for ref {entity_ref}")))?;
    let found = location::find(&server.pool, &kind, &target)
        .await
        .map_err(errors::database)?
        .ok_or_else(|| errors::not_found(format!("Found no location with type {kind} and target {target}")))?;
    Ok(proto::GetLocationByEntityResponse {
        location: Some(convert::location(found)),
    })
}
