//! `GET /entities/by-name/{kind}/{namespace}/{name}/ancestry`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::{AncestryItem, Entity, GetEntityAncestryRequest, GetEntityAncestryResponse};
use http::StatusCode;

use crate::{
    catalog::splice::{Splice, documents_bytes},
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    permission::visibility::Visibility,
    upstream::CallContext,
};

/// An entity and everything that emitted it.
pub(crate) async fn get_entity_ancestry(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    let [kind, namespace, name] = path.decode()?;
    let entity_ref = format!("{kind}:{namespace}/{name}").to_lowercase();
    let missing = || ApiError::not_found(format!("No such entity {entity_ref}"));
    let request = GetEntityAncestryRequest {
        read: gateway.read_options(&context),
        entity_ref: entity_ref.clone(),
    };
    let response = gateway.catalog().get_entity_ancestry(&context, request).await;
    let response = response.map_err(|error| {
        let sees_all = *gateway.permissions().visibility(&context.credentials) == Visibility::Everything;
        if error.status() != StatusCode::NOT_FOUND {
            error
        } else if sees_all {
            missing()
        } else {
            // Upstream refuses the ancestry of what may not be seen. What is not there looks the same to such a caller.
            ApiError::not_allowed("")
        }
    })?;
    let revision = response.revision;
    Ok(respond::json_at_revision(body(&response), revision))
}

fn body(response: &GetEntityAncestryResponse) -> bytes::Bytes {
    let entities = response.items.iter().filter_map(|item| item.entity.as_ref());
    let mut splice = Splice::with_room_for(documents_bytes(entities) + response.items.len() * 128);
    splice
        .raw("{\"rootEntityRef\":")
        .text(&response.root_entity_ref)
        .raw(",\"items\":[");
    let items = response
        .items
        .iter()
        .filter_map(|item| Some((item, item.entity.as_ref()?)));
    splice.separated(items, |splice, (item, entity): (&AncestryItem, &Entity)| {
        splice
            .raw("{\"entity\":")
            .raw(&entity.document)
            .raw(",\"parentEntityRefs\":[");
        splice.separated(&item.parent_entity_refs, |splice, parent| {
            splice.text(parent);
        });
        splice.raw("]}");
    });
    splice.raw("]}");
    splice.finish()
}
