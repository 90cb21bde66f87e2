//! The catalog files of real projects, and what Backstage's own catalog made of each of their documents
//! (`tests/compat/real-catalogs/expected.json` says how that was recorded).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers included")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use callboard_catalog_model::emit::{Origin, mark_origin};
use callboard_catalog_model::envelope::check_envelope;
use callboard_catalog_model::integration::Integrations;
use callboard_catalog_model::process::{ProcessOptions, Relation, process};
use callboard_catalog_model::search_rows::search_rows;
use callboard_catalog_model::stitch::compose;
use callboard_catalog_model::yaml::parse_documents;
use callboard_catalog_model::{EntityError, LocationRef};
use serde_json::Value;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// Everything that happens to a document without reading further files.
fn accept(document: Result<Value, EntityError>, location: &LocationRef) -> Result<Vec<Relation>, EntityError> {
    let mut document = document?;
    check_envelope(&document)?;
    mark_origin(&mut document, &Origin::root(location.clone()));
    let integrations = Integrations::default();
    let processed = process(
        document,
        &ProcessOptions {
            integrations: &integrations,
        },
    )?;
    let own = processed
        .relations
        .iter()
        .filter(|relation| relation.source == processed.entity_ref);
    let own = own.map(|relation| (relation.relation_type, relation.target.to_string()));
    let composed = compose(
        processed.document,
        "00000000-0000-4000-8000-000000000000",
        own,
        false,
        &[],
    );
    search_rows(&serde_json::from_slice(&composed.json).unwrap())?;
    Ok(processed.relations)
}

/// The parts of a message that do not depend on the wording of a YAML parser: all, or the place of the error.
fn comparable(message: &str) -> String {
    match message.split_once(", YAMLParseError: ") {
        Some((location, problem)) => {
            let line = problem
                .split(" at line ")
                .nth(1)
                .and_then(|place| place.split(',').next())
                .unwrap_or_default();
            format!("{location} line {line}")
        }
        None => message.to_owned(),
    }
}

#[test]
fn real_catalogs_fare_as_they_did() {
    let expected: Value = serde_json::from_str(
        &std::fs::read_to_string(repository().join("tests/compat/real-catalogs/expected.json")).unwrap(),
    )
    .unwrap();
    let records = expected["documents"].as_array().unwrap();
    assert!(!records.is_empty());
    let mut failures = Vec::new();
    for record in records {
        let file = record["file"].as_str().unwrap();
        let text = std::fs::read_to_string(repository().join("tests/data/real-catalogs").join(file)).unwrap();
        let location = LocationRef::new("file", file).unwrap();
        let index = usize::try_from(record["document"].as_u64().unwrap()).unwrap();
        let document = parse_documents(&text, &location).into_iter().nth(index);
        let outcome = accept(document.expect("the document is there"), &location);
        let first_error = &record["errors"][0];
        let is_from_reading = first_error["message"]
            .as_str()
            .is_some_and(|message| message.ends_with("does not exist") || message.starts_with("Unable to read url"));
        match outcome {
            Ok(relations) if record["accepted"] == true => {
                let found: BTreeSet<String> = relations
                    .iter()
                    .map(|relation| format!("{} {} {}", relation.source, relation.relation_type, relation.target))
                    .collect();
                let text = |relation: &Value, name: &str| relation[name].as_str().unwrap().to_owned();
                let expected: BTreeSet<String> = record["relations"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|one| format!("{} {} {}", text(one, "source"), text(one, "type"), text(one, "target")))
                    .collect();
                if found != expected {
                    failures.push(format!("{file} {index}: relations {found:?}, expected {expected:?}"));
                }
            }
            // The targets of a Location are read by the service, not here.
            Ok(_) if is_from_reading => {}
            Err(error) if record["accepted"] == false => {
                let expected = first_error["message"].as_str().unwrap();
                if error.name != first_error["name"] || comparable(&error.message) != comparable(expected) {
                    failures.push(format!("{file} {index}: {error}\n  expected {first_error}"));
                }
            }
            outcome => failures.push(format!("{file} {index}: {outcome:?}\n  expected {record}")),
        }
    }
    assert!(
        failures.is_empty(),
        "{} documents differ:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
