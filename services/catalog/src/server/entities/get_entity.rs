//! `GetEntityByName` and `GetEntityByUid`.

use callboard_catalog_index::{EntityView, Predicate};
use callboard_catalog_model::EntityRef;
use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::server::{CatalogServer, convert, errors};

pub(in crate::server) async fn get_entity_by_name(
    server: &CatalogServer,
    request: proto::GetEntityByNameRequest,
) -> Result<proto::GetEntityByNameResponse, Status> {
    let restriction = server.admit(request.read).await?;
    let revision = server.replica.index.revision();
    let entity_ref = EntityRef::new(&request.kind, &request.namespace, &request.name).to_string();
    let view = find_by_ref(server, &entity_ref, restriction.as_ref()).ok_or_else(|| {
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

pub(in crate::server) async fn get_entity_by_uid(
    server: &CatalogServer,
    request: proto::GetEntityByUidRequest,
) -> Result<proto::GetEntityByUidResponse, Status> {
    let restriction = server.admit(request.read).await?;
    let revision = server.replica.index.revision();
    let view = server
        .replica
        .index
        .get_by_uid(&request.uid.to_lowercase())
        .filter(|view| is_visible(server, view, restriction.as_ref()))
        .ok_or_else(|| errors::not_found(format!("No entity with uid {}", request.uid)))?;
    Ok(proto::GetEntityByUidResponse {
        entity: Some(convert::whole_entity(&view)?),
        revision,
    })
}

/// The entity with a normalised ref, when it may be seen.
pub(super) fn find_by_ref(
    server: &CatalogServer,
    entity_ref: &str,
    restriction: Option<&Predicate>,
) -> Option<EntityView> {
    let view = server.replica.index.get_by_ref(entity_ref)?;
    is_visible(server, &view, restriction).then_some(view)
}

fn is_visible(server: &CatalogServer, view: &EntityView, restriction: Option<&Predicate>) -> bool {
    restriction.is_none_or(|restriction| server.replica.index.matches(view.entity_ref(), restriction))
}
