//! Descriptors of public projects, with all their mistakes, against what the original makes of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use serde_json::Value;
use sqlx::PgPool;

use crate::support::TestCatalog;

fn tests_folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests")
        .join(name)
        .canonicalize()
        .unwrap()
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn every_document_is_accepted_or_refused_as_by_the_original(pool: PgPool) {
    let folder = tests_folder("data/real-catalogs");
    let expected: Value =
        serde_json::from_slice(&fs::read(tests_folder("compat/real-catalogs/expected.json")).unwrap()).unwrap();
    let documents = expected["documents"].as_array().unwrap();
    let files: BTreeSet<&str> = documents
        .iter()
        .map(|document| document["file"].as_str().unwrap())
        .collect();
    let targets: Vec<String> = files
        .iter()
        .map(|file| folder.join(file).display().to_string())
        .collect();
    let catalog = TestCatalog::of(pool, &targets).await;

    let mut complaints: BTreeMap<String, String> = BTreeMap::new();
    for row in catalog.unprocessed(None).await {
        // Conflicts have none of their own.
        if let Some(errors) = row.errors {
            complaints.insert(row.entity_ref, errors);
        }
    }
    let all_complaints: String = complaints.values().cloned().collect();
    let mut differences = Vec::new();
    for document in documents {
        let entity_ref = document["entityRef"].as_str();
        let where_it_is = format!("{} #{}", document["file"], document["document"]);
        if document["accepted"] == true {
            let Some(entity) = catalog.get(entity_ref.unwrap()) else {
                differences.push(format!("{where_it_is}: {} is missing", entity_ref.unwrap()));
                continue;
            };
            let shown: BTreeSet<(String, String)> = entity["relations"].as_array().unwrap().iter().map(pair).collect();
            let declared = document["relations"].as_array().unwrap().iter();
            for relation in declared.filter(|relation| relation["source"] == entity_ref.unwrap()) {
                let relation = (text(&relation["type"]), text(&relation["target"]));
                if !shown.contains(&relation) {
                    differences.push(format!("{where_it_is}: {} lacks {relation:?}", entity_ref.unwrap()));
                }
            }
        } else {
            let reason = text(&document["errors"][0]["message"]);
            // The original names files relative to its working directory.
            let reason = reason
                .split(['/', '\n'])
                .next()
                .unwrap_or_default()
                .trim_start_matches("file ")
                .to_owned();
            let reason = reason.split(" at file:").next().unwrap_or_default().to_owned();
            let told = entity_ref
                .and_then(|entity_ref| complaints.get(entity_ref))
                .unwrap_or(&all_complaints);
            let file = folder.join(document["file"].as_str().unwrap()).display().to_string();
            if !told.contains(&reason) || (entity_ref.is_none() && !all_complaints.contains(&file)) {
                differences.push(format!("{where_it_is}: not told {reason:?} but {told}"));
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn pair(relation: &Value) -> (String, String) {
    (text(&relation["type"]), text(&relation["targetRef"]))
}
