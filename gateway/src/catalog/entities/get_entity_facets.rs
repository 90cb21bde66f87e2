//! `GET /entity-facets`.

use axum::{extract::State, response::Response};
use bytes::Bytes;
use callboard_proto::catalog::v1::{Facet, FacetValue, GetEntityFacetsRequest};
use http::Uri;

use crate::{
    catalog::{query::filter_string, splice::Splice},
    error::ApiError,
    gateway::Gateway,
    http::{query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// How many entities have each value of some fields.
pub(crate) async fn get_entity_facets(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut parameters = QueryParameters::parse(&uri, &["facet", "filter"])?;
    parameters.require("facet");
    let facets = parameters.list("facet");
    let filters = parameters.list("filter");
    parameters.finish()?;
    let predicate = filter_string::parse(&filters)?;
    let request = GetEntityFacetsRequest {
        read: gateway.read_options(&context),
        facets,
        predicate,
    };
    let response = gateway.catalog().get_entity_facets(&context, request).await?;
    Ok(respond::json_at_revision(body(&response.facets), response.revision))
}

/// The body of both facet endpoints.
pub(super) fn body(facets: &[Facet]) -> Bytes {
    let room: usize = facets
        .iter()
        .flat_map(|facet| &facet.values)
        .map(|value| value.value.len() + 32)
        .sum();
    let mut splice = Splice::with_room_for(room);
    splice.raw("{\"facets\":{");
    splice.separated(facets, |splice, facet: &Facet| {
        splice.text(&facet.name).raw(":[");
        splice.separated(&facet.values, |splice, value: &FacetValue| {
            splice
                .raw("{\"value\":")
                .text(&value.value)
                .raw(",\"count\":")
                .number(value.count)
                .raw("}");
        });
        splice.raw("]");
    });
    splice.raw("}}");
    splice.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_facets() {
        let values = vec![
            FacetValue {
                value: "a\"b".to_owned(),
                count: 2,
            },
            FacetValue {
                value: "c".to_owned(),
                count: 1,
            },
        ];
        let facets = [
            Facet {
                name: "kind".to_owned(),
                values,
            },
            Facet {
                name: "none".to_owned(),
                values: vec![],
            },
        ];
        assert_eq!(
            std::str::from_utf8(&body(&facets)).expect("UTF-8"),
            r#"{"facets":{"kind":[{"value":"a\"b","count":2},{"value":"c","count":1}],"none":[]}}"#
        );
    }
}
