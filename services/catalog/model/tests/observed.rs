//! What Backstage's own catalog made of a few hundred small entities, recorded case by case, and what this crate makes
//! of them. A line of `data/observed.jsonl` holds an entity, whole or as changes to a valid Component, and its outcome:
//! the error, or the relations and sometimes the processed document.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers included")]

use std::collections::BTreeSet;

use callboard_catalog_model::integration::Integrations;
use callboard_catalog_model::process::{ProcessOptions, process};
use serde_json::{Value, json};

fn entity_of(case: &Value) -> Value {
    if let Some(entity) = case.get("entity") {
        return entity.clone();
    }
    let mut entity = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {
            "name": "n",
            "annotations": {
                "backstage.io/managed-by-location": "url:https://example.com/a.yaml",
                "backstage.io/managed-by-origin-location": "url:https://example.com/a.yaml"
            }
        },
        "spec": {"type": "t", "lifecycle": "l", "owner": "o"}
    });
    let members = entity.as_object_mut().unwrap();
    if case.get("without_spec").is_some() {
        members.remove("spec");
    }
    for (name, change) in case["changes"].as_object().unwrap() {
        if name != "metadata" {
            members.insert(name.clone(), change.clone());
            continue;
        }
        for (field, value) in change.as_object().unwrap() {
            match (field.as_str(), value) {
                ("annotations", Value::Object(annotations)) => members["metadata"]["annotations"]
                    .as_object_mut()
                    .unwrap()
                    .extend(annotations.clone()),
                _ => members["metadata"][field] = value.clone(),
            }
        }
    }
    entity
}

#[test]
fn entities_are_processed_as_they_were_observed_to_be() {
    let integrations = Integrations::default();
    let mut failures = Vec::new();
    let lines: Vec<&str> = include_str!("data/observed.jsonl").lines().collect();
    assert!(lines.len() > 250);
    for line in lines {
        let case: Value = serde_json::from_str(line).unwrap();
        let outcome = process(
            entity_of(&case),
            &ProcessOptions {
                integrations: &integrations,
            },
        );
        let mut expect = |what: &str, found: Value, expected: &Value| {
            if found != *expected {
                failures.push(format!("{line}\n  {what}: {found}\n  expected: {expected}"));
            }
        };
        match outcome {
            Err(error) => expect("error", json!(error.to_string()), &case["error"]),
            Ok(processed) => {
                let relations: BTreeSet<String> = processed
                    .relations
                    .iter()
                    .map(|relation| format!("{} {} {}", relation.source, relation.relation_type, relation.target))
                    .collect();
                let expected: BTreeSet<&str> = case["relations"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                if case.get("relations").is_none() {
                    expect("outcome", json!("accepted"), &case["error"]);
                }
                expect("relations", json!(relations), &json!(expected));
                if let Some(document) = case.get("document") {
                    expect("document", processed.document, document);
                }
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} cases differ:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
