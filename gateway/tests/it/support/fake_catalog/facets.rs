//! What it counts.

use callboard_proto::catalog::v1 as proto;

/// Facets in which everything is a component.
pub(super) fn all_components(facets: Vec<String>, count: usize) -> Vec<proto::Facet> {
    let facet = |name| proto::Facet {
        name,
        values: vec![proto::FacetValue {
            value: "Component".to_owned(),
            count: count as u64,
        }],
    };
    facets.into_iter().map(facet).collect()
}
