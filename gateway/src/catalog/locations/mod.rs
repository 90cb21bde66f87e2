//! Registered locations.

pub(crate) mod analyze_location;
pub(crate) mod create_location;
pub(crate) mod delete_location;
pub(crate) mod get_location;
pub(crate) mod get_location_by_entity;
pub(crate) mod list_locations;
pub(crate) mod query_locations;
pub(crate) mod update_location;

use callboard_proto::catalog::v1::Location;
use serde::Serialize;

use crate::error::ApiError;

/// A location as the REST API shows it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LocationBody<'a> {
    id: &'a str,
    r#type: &'a str,
    target: &'a str,
    entity_ref: &'a str,
}

impl<'a> From<&'a Location> for LocationBody<'a> {
    fn from(location: &'a Location) -> Self {
        Self {
            id: &location.id,
            r#type: &location.r#type,
            target: &location.target,
            entity_ref: &location.entity_ref,
        }
    }
}

/// The location a service promised to send.
fn present(location: Option<Location>) -> Result<Location, ApiError> {
    location.ok_or_else(|| ApiError::internal("the catalog answered without the location"))
}
