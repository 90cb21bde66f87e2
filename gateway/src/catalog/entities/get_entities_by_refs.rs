//! `POST /entities/by-refs`.

use axum::{extract::State, response::Response};
use bytes::Bytes;
use callboard_proto::catalog::v1::{GetEntitiesByRefsRequest, MaybeEntity};
use http::{StatusCode, Uri};

use super::projection;
use crate::{
    catalog::{
        query::{
            filter_string, predicate,
            predicate_json::{self, PredicateError},
        },
        splice::{Splice, documents_bytes},
    },
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// Entities in the order of their refs, with `null` for each there is not.
pub(crate) async fn get_entities_by_refs(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    let mut parameters = QueryParameters::parse(&uri, &["filter"])?;
    let filters = parameters.list("filter");
    parameters.finish()?;
    body.require("entityRefs");
    let entity_refs = body.texts("entityRefs");
    let fields = body.texts("fields");
    let query = body.object("query");
    body.finish()?;

    let query = query
        .as_ref()
        .map(predicate_json::parse)
        .transpose()
        .map_err(|error| match error {
            PredicateError::Grammar(_) => ApiError::input(format!(
                "Malformed request body (did you remember to specify an application/json content type?), {error}"
            )),
            PredicateError::Meaning(message) => ApiError::input(message),
        })?;
    let conditions: Vec<_> = filter_string::parse(&filters)?.into_iter().chain(query).collect();
    let predicate = (!conditions.is_empty()).then(|| predicate::all_of(conditions));
    let fields = projection(&fields)?;
    if entity_refs.is_empty() {
        return Ok(respond::json_bytes(StatusCode::OK, "{\"items\":[]}"));
    }
    let request = GetEntitiesByRefsRequest {
        read: gateway.read_options(&context),
        entity_refs,
        predicate,
        fields,
    };
    let response = gateway.catalog().get_entities_by_refs(&context, request).await?;
    Ok(respond::json_bytes(StatusCode::OK, splice(&response.items)))
}

fn splice(items: &[MaybeEntity]) -> Bytes {
    let entities = items.iter().filter_map(|item| item.entity.as_ref());
    let mut splice = Splice::with_room_for(documents_bytes(entities) + items.len() * 5);
    splice.raw("{\"items\":[");
    splice.separated(items, |splice, item| match &item.entity {
        Some(entity) => {
            splice.raw(&entity.document);
        }
        None => {
            splice.raw("null");
        }
    });
    splice.raw("]}");
    splice.finish()
}
