//! `GetEntitiesByRefs`: many by ref, with holes for those there are not.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::server::{CatalogServer, convert};

pub(in crate::server) async fn get_entities_by_refs(
    server: &CatalogServer,
    request: proto::GetEntitiesByRefsRequest,
) -> Result<proto::GetEntitiesByRefsResponse, Status> {
    let restriction = server.admit(request.read).await?;
    let projection = convert::projection(&request.fields)?;
    let predicate = convert::predicate(request.predicate)?;
    let revision = server.replica.index.revision();
    let items = server
        .replica
        .index
        .get_by_refs(&request.entity_refs, predicate.as_ref(), restriction.as_ref())
        .into_iter()
        .map(|view| {
            let entity = view.map(|view| convert::entity(&view, &projection)).transpose()?;
            Ok(proto::MaybeEntity { entity })
        })
        .collect::<Result<_, Status>>()?;
    Ok(proto::GetEntitiesByRefsResponse { items, revision })
}
