//! `GetEntityByName` and `GetEntityByUid`.

use callboard_catalog_model::EntityRef;
use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use super::{CatalogServer, convert, errors};

pub(super) async fn get_entity_by_name(
    server: &CatalogServer,
    request: proto::GetEntityByNameRequest,
) -> Result<proto::GetEntityByNameResponse, Status> {
    server.at_least(request.read).await?;
    let revision = server.replica.index.revision();
    let entity_ref = EntityRef::new(&request.kind, &request.namespace, &request.name).to_string();
    let view = server.replica.index.get_by_ref(&entity_ref).ok_or_else(|| {
        errors::not_found(format!(
            "No entity named '{}' found, with kind '{}' in namespace '{}'",
            request.name, request.kind, request.namespace
        ))
    })?;
    Ok(proto::GetEntityByNameResponse {
        entity: Some(convert::whole_entity(&view)?),
        revision,
    })
}

pub(super) async fn get_entity_by_uid(
    server: &CatalogServer,
    request: proto::GetEntityByUidRequest,
) -> Result<proto::GetEntityByUidResponse, Status> {
    server.at_least(request.read).await?;
    let revision = server.replica.index.revision();
    let view = server
        .replica
        .index
        .get_by_uid(&request.uid.to_lowercase())
        .ok_or_else(|| errors::not_found(format!("No entity with uid {}", request.uid)))?;
    Ok(proto::GetEntityByUidResponse {
        entity: Some(convert::whole_entity(&view)?),
        revision,
    })
}
