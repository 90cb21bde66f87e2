//! What the catalog notes on an entity about where it comes from.

use serde_json::{Map, Value};

use crate::integration::Integrations;
use crate::reference::location_ref::LocationRef;

/// The location that the entity was read from.
pub const MANAGED_BY_LOCATION: &str = "backstage.io/managed-by-location";
/// The registered location at the root of it all.
pub const MANAGED_BY_ORIGIN_LOCATION: &str = "backstage.io/managed-by-origin-location";
/// Where a person can look at the entity's file.
pub const VIEW_URL: &str = "backstage.io/view-url";
/// Where a person can change the entity's file.
pub const EDIT_URL: &str = "backstage.io/edit-url";
/// The folder of the entity's file.
pub const SOURCE_LOCATION: &str = "backstage.io/source-location";
/// Set when nothing refers to the entity any more.
pub const ORPHAN: &str = "backstage.io/orphan";

/// Adds the addresses of the entity's file where the author has not set them.
pub(super) fn add_addresses(document: &mut Value, location: &LocationRef, integrations: &Integrations) {
    let Some(annotations) = document
        .pointer_mut("/metadata/annotations")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    if location.kind != "url" {
        return;
    }
    set_default(annotations, VIEW_URL, || Some(location.target.clone()));
    set_default(annotations, EDIT_URL, || integrations.edit_url(&location.target));
    set_default(annotations, SOURCE_LOCATION, || {
        integrations
            .source_folder(&location.target)
            .map(|folder| format!("url:{folder}"))
    });
}

fn set_default(annotations: &mut Map<String, Value>, key: &str, value: impl FnOnce() -> Option<String>) {
    if !annotations.contains_key(key)
        && let Some(value) = value()
    {
        annotations.insert(key.to_owned(), Value::String(value));
    }
}
