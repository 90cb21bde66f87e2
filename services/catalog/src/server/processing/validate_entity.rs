//! `ValidateEntity`: everything processing would check, without storing.

use callboard_catalog_model::{
    EntityError, LocationRef, envelope,
    process::{MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION},
};
use callboard_proto::catalog::v1 as proto;
use serde_json::{Map, Value};
use tonic::Status;

use crate::{
    ingest::{candidate, expand::LocationSpec},
    server::{CatalogServer, convert, errors},
};

pub(in crate::server) async fn validate_entity(
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
    complete_annotations(&mut document, &location);
    envelope::check_envelope(&document)?;
    check_locations(&document)?;
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

/// Adds the annotations of the location where the entity does not have them. Annotations that are no object become one, as in the
/// original, which spreads them into its own: a text becomes its UTF-16 code units by their indices, a list its elements, anything
/// else nothing.
fn complete_annotations(document: &mut Value, location: &LocationRef) {
    let Some(metadata) = document.get_mut("metadata").and_then(Value::as_object_mut) else {
        return;
    };
    let indexed = |elements: Vec<Value>| {
        let indices = (0_usize..).map(|index| index.to_string());
        indices.zip(elements).collect()
    };
    let own: Map<String, Value> = match metadata.remove("annotations") {
        Some(Value::Object(annotations)) => annotations,
        Some(Value::Array(elements)) => indexed(elements),
        Some(Value::String(text)) => {
            let units = text.encode_utf16();
            indexed(units.map(|unit| String::from_utf16_lossy(&[unit]).into()).collect())
        }
        _ => Map::new(),
    };
    let location = Value::from(location.to_string());
    let mut annotations = Map::new();
    annotations.insert(MANAGED_BY_LOCATION.to_owned(), location.clone());
    annotations.insert(MANAGED_BY_ORIGIN_LOCATION.to_owned(), location);
    annotations.extend(own);
    metadata.insert("annotations".to_owned(), annotations.into());
}

/// Refuses annotations of locations that are none, in the original's words.
fn check_locations(document: &Value) -> Result<(), EntityError> {
    for name in [MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION] {
        let (text, what) = match &document["metadata"]["annotations"][name] {
            // What is empty counts as missing, which processing tells.
            Value::String(_) | Value::Null | Value::Bool(false) => continue,
            Value::Number(zero) if zero.as_f64() == Some(0.0) => continue,
            Value::Bool(true) => ("true".to_owned(), "boolean"),
            Value::Number(value) => (value.to_string(), "number"),
            Value::Array(elements) => (joined(elements), "object"),
            Value::Object(_) => ("[object Object]".to_owned(), "object"),
        };
        return Err(EntityError::type_error(format!(
            "Unable to parse location ref '{text}', unexpected argument {what}"
        )));
    }
    Ok(())
}

/// A list as JavaScript writes it into a text.
fn joined(elements: &[Value]) -> String {
    let texts: Vec<String> = elements
        .iter()
        .map(|element| match element {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(elements) => joined(elements),
            Value::Object(_) => "[object Object]".to_owned(),
            other => other.to_string(),
        })
        .collect();
    texts.join(",")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn completed(annotations: &Value) -> Value {
        let mut document = json!({"metadata": {"annotations": annotations}});
        complete_annotations(&mut document, &LocationRef::parse("url:https://x/y").unwrap());
        document["metadata"]["annotations"].take()
    }

    #[test]
    fn annotations_become_an_object_with_the_location() {
        let cases = [
            (json!("x:"), json!({"0": "x", "1": ":"})),
            (json!(["a", 1]), json!({"0": "a", "1": 1})),
            (json!(true), json!({})),
            (json!(null), json!({})),
            (json!({"a": 1}), json!({"a": 1})),
        ];
        for (annotations, mut expected) in cases {
            expected[MANAGED_BY_LOCATION] = "url:https://x/y".into();
            expected[MANAGED_BY_ORIGIN_LOCATION] = "url:https://x/y".into();
            assert_eq!(completed(&annotations), expected);
        }
        let own = json!({MANAGED_BY_LOCATION: "url:https://a/b", MANAGED_BY_ORIGIN_LOCATION: "url:https://c/d"});
        assert_eq!(completed(&own), own);
    }

    #[test]
    fn locations_that_are_no_texts_are_refused() {
        for (value, expected) in [
            (json!([]), "Unable to parse location ref '', unexpected argument object"),
            (
                json!(["a", null, {}]),
                "Unable to parse location ref 'a,,[object Object]', unexpected argument object",
            ),
            (json!(3), "Unable to parse location ref '3', unexpected argument number"),
        ] {
            let document = json!({"metadata": {"annotations": {MANAGED_BY_ORIGIN_LOCATION: value}}});
            assert_eq!(check_locations(&document).unwrap_err().message, expected);
        }
    }
}
