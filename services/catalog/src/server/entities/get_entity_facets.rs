//! `GetEntityFacets`: counts per value.

use callboard_catalog_index::{Facet, FacetValue};
use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::server::{CatalogServer, convert};

pub(in crate::server) async fn get_entity_facets(
    server: &CatalogServer,
    request: proto::GetEntityFacetsRequest,
) -> Result<proto::GetEntityFacetsResponse, Status> {
    let restriction = server.admit(request.read).await?;
    let predicate = convert::predicate(request.predicate)?;
    let mut names = request.facets;
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let facets = server
        .replica
        .index
        .facets(&names, predicate.as_ref(), restriction.as_ref());
    Ok(proto::GetEntityFacetsResponse {
        facets: facets.facets.into_iter().map(message).collect(),
        revision: facets.revision,
    })
}

/// A facet as it travels.
pub(super) fn message(facet: Facet) -> proto::Facet {
    let value = |value: FacetValue| proto::FacetValue {
        value: value.value,
        count: value.count,
    };
    proto::Facet {
        name: facet.name,
        values: facet.values.into_iter().map(value).collect(),
    }
}
