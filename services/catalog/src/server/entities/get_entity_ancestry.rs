//! `GetEntityAncestry`: an entity and all that emitted it.

use callboard_catalog_model::EntityRef;
use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::server::{CatalogServer, convert, errors};

pub(in crate::server) async fn get_entity_ancestry(
    server: &CatalogServer,
    request: proto::GetEntityAncestryRequest,
) -> Result<proto::GetEntityAncestryResponse, Status> {
    let restriction = server.admit(request.read).await?;
    let root = EntityRef::parse(&request.entity_ref)
        .map_err(|error| errors::entity(&error))?
        .to_string();
    let revision = server.replica.index.revision();
    let ancestry = server
        .replica
        .index
        .ancestry(&root, restriction.as_ref())
        .ok_or_else(|| errors::not_found(format!("No such entity {root}")))?;
    let items = ancestry
        .into_iter()
        .map(|ancestor| {
            let entity = Some(convert::whole_entity(&ancestor.entity)?);
            Ok(proto::AncestryItem {
                entity,
                parent_entity_refs: ancestor.parents,
            })
        })
        .collect::<Result<_, Status>>()?;
    Ok(proto::GetEntityAncestryResponse {
        root_entity_ref: root,
        items,
        revision,
    })
}
