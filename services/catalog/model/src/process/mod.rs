//! The way of an entity from what somebody wrote to what the catalog keeps, as far as it needs no reading of files:
//! placeholders are resolved before, and the targets of Locations are read after it.

mod annotations;
mod formats;
mod kinds;
mod relations;

use serde_json::Value;

pub use annotations::{EDIT_URL, MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION, ORPHAN, SOURCE_LOCATION, VIEW_URL};
pub use relations::Relation;

use crate::envelope::{check_entity, check_envelope};
use crate::error::EntityError;
use crate::integration::Integrations;
use crate::reference::entity_ref::{DEFAULT_NAMESPACE, EntityRef};
use crate::reference::location_ref::LocationRef;
use crate::values::storable::make_storable;
use crate::values::text::compare_utf16;
use kinds::Kind;

/// What processing depends on besides the entity.
#[derive(Clone, Copy, Debug)]
pub struct ProcessOptions<'options> {
    /// The source hosts whose addresses are understood.
    pub integrations: &'options Integrations,
}

/// An entity that has passed every check.
#[derive(Clone, Debug, PartialEq)]
pub struct Processed {
    /// The entity in its normal form.
    pub document: Value,
    /// The entity's reference.
    pub entity_ref: EntityRef,
    /// What follows from its spec, both directions of each relation.
    pub relations: Vec<Relation>,
}

/// Lists of names that have no order of their own; they are kept sorted so that writing them in another order is no
/// change.
const UNORDERED: [&str; 7] = [
    "providesApis",
    "consumesApis",
    "dependsOn",
    "dependencyOf",
    "memberOf",
    "children",
    "members",
];

/// Checks an entity and brings it to its normal form.
pub fn process(unprocessed: Value, options: &ProcessOptions<'_>) -> Result<Processed, EntityError> {
    let mut document = unprocessed;
    check_envelope(&document)
        .and_then(|()| make_storable(&mut document))
        .map_err(|cause| EntityError::input("Entity envelope failed validation before processing").caused_by(cause))?;
    let entity_ref = EntityRef::of_document(&document)?;
    let location = location_annotation(&document, &entity_ref, MANAGED_BY_LOCATION)?;
    location_annotation(&document, &entity_ref, MANAGED_BY_ORIGIN_LOCATION)?;

    sort_unordered(&mut document);
    annotations::add_addresses(&mut document, &location, options.integrations);
    apply_policies(&mut document)
        .map_err(|cause| EntityError::input(format!("Policy check failed for {entity_ref}")).caused_by(cause))?;

    let kind = Kind::of(&document).ok_or_else(|| {
        EntityError::input(format!(
            "No processor recognized the entity {entity_ref} as valid, possibly caused by a foreign kind or apiVersion"
        ))
    })?;
    let threw =
        |doing: String| EntityError::input(format!("Processor {} threw an error while {doing}", kind.processor));
    kind.check(&document)
        .map_err(|cause| threw(format!("validating the entity {entity_ref}")).caused_by(cause))?;
    let relations = relations::relations_of(&document, &entity_ref)
        .map_err(|cause| threw(String::from("postprocessing")).caused_by(cause))?;
    Ok(Processed {
        document,
        entity_ref,
        relations,
    })
}

/// The location that an entity is annotated with.
fn location_annotation(document: &Value, entity_ref: &EntityRef, key: &str) -> Result<LocationRef, EntityError> {
    match &document["metadata"]["annotations"][key] {
        Value::String(text) if !text.is_empty() => LocationRef::parse(text),
        Value::Number(number) => Err(EntityError::type_error(format!(
            "Unable to parse location ref '{number}', unexpected argument number"
        ))),
        _ => Err(EntityError::input(format!(
            "Entity '{entity_ref}' does not have the annotation {key}"
        ))),
    }
}

fn sort_unordered(document: &mut Value) {
    let Some(spec) = document.get_mut("spec").and_then(Value::as_object_mut) else {
        return;
    };
    for name in UNORDERED {
        if let Some(Value::Array(elements)) = spec.get_mut(name)
            && elements.iter().all(Value::is_string)
        {
            elements.sort_by(|left, right| {
                compare_utf16(left.as_str().unwrap_or_default(), right.as_str().unwrap_or_default())
            });
        }
    }
}

/// What holds for entities of all kinds.
fn apply_policies(document: &mut Value) -> Result<(), EntityError> {
    check_entity(document)?;
    if let Some(metadata) = document.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata
            .entry("namespace")
            .or_insert_with(|| Value::from(DEFAULT_NAMESPACE));
    }
    // These two are the catalog's own to write.
    if let Some(field) = document.as_object().and_then(|members| {
        members
            .keys()
            .find(|name| matches!(name.as_str(), "relations" | "status"))
    }) {
        return Err(EntityError::plain(format!("Unknown field {field}")));
    }
    formats::check_formats(document)
}
