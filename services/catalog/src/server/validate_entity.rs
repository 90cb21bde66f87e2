//! `ValidateEntity`: everything processing would check, without storing.

use callboard_catalog_model::{
    EntityError, LocationRef,
    emit::{self, Origin},
    envelope,
};
use callboard_proto::catalog::v1 as proto;
use serde_json::Value;
use tonic::Status;

use super::{CatalogServer, convert, errors};
use crate::ingest::{candidate, expand::LocationSpec};

pub(super) async fn validate_entity(
    server: &CatalogServer,
    request: proto::ValidateEntityRequest,
) -> Result<proto::ValidateEntityResponse, Status> {
    let document: Value = serde_json::from_slice(&request.entity)
        .map_err(|error| errors::invalid(format!("the entity is not JSON: {error}")))?;
    let errors = match validate(server, document, &request.location).await {
        Ok(errors) => errors,
        Err(error) => vec![error],
    };
    Ok(proto::ValidateEntityResponse {
        errors: errors.into_iter().map(convert::entity_error).collect(),
    })
}

async fn validate(
    server: &CatalogServer,
    mut document: Value,
    location: &str,
) -> Result<Vec<EntityError>, EntityError> {
    let location = LocationRef::parse(location)?;
    if location.kind != "url" {
        return Err(EntityError::type_error(format!(
            "Invalid location ref {location}, only 'url:<target>' is supported, e.g. url:https://host/path"
        )));
    }
    spread_annotations(&mut document);
    envelope::check_envelope(&document)?;
    if candidate::origin_of(&document).is_err() {
        emit::mark_origin(&mut document, &Origin::root(location));
    }
    let completed = server.ingest.complete(document).await?;
    if !candidate::is_location(&completed.document) {
        return Ok(Vec::new());
    }
    let (spec, mut errors) = LocationSpec::of(&completed.document, &server.ingest)?;
    for target in &spec.targets {
        if let Err(error) = server.ingest.probe(target, spec.optional).await {
            errors.push(error.into());
        }
    }
    Ok(errors)
}

/// Makes an object of annotations that are none, as the original does by spreading them into one: a text becomes its UTF-16 code units
/// by their indices, a list its elements, anything else nothing.
fn spread_annotations(document: &mut Value) {
    let Some(annotations) = document.pointer_mut("/metadata/annotations") else {
        return;
    };
    let elements: Vec<Value> = match annotations.take() {
        object @ Value::Object(_) => {
            *annotations = object;
            return;
        }
        Value::Array(elements) => elements,
        Value::String(text) => text
            .encode_utf16()
            .map(|unit| String::from_utf16_lossy(&[unit]).into())
            .collect(),
        _ => Vec::new(),
    };
    let indexed = (0_usize..).zip(elements);
    *annotations = indexed.map(|(index, element)| (index.to_string(), element)).collect();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn annotations_become_an_object() {
        let cases = [
            (json!("x:"), json!({"0": "x", "1": ":"})),
            (json!(["a", 1]), json!({"0": "a", "1": 1})),
            (json!(true), json!({})),
            (json!(null), json!({})),
            (json!({"a": 1}), json!({"a": 1})),
        ];
        for (annotations, expected) in cases {
            let mut document = json!({"metadata": {"annotations": annotations}});
            spread_annotations(&mut document);
            assert_eq!(document["metadata"]["annotations"], expected);
        }
        let mut document = json!({"metadata": 3});
        spread_annotations(&mut document);
        assert_eq!(document, json!({"metadata": 3}));
    }
}
