//! The 99 files of four public projects, by one Location that globs them, against what the original made of them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use callboard_end_to_end::{
    api::{annotation, ref_of, status_messages},
    portal::{Portal, Setup},
    recording::{Recording, real_catalogs},
    wait::until,
};
use callboard_local::Unit;
use callboard_proto::catalog::v1::{EntityError, ListUnprocessedEntitiesRequest, UnprocessedReason};
use serde_json::Value;

use crate::descriptors::location;

/// The Locations in the files that upstream does not show because a target fails; Callboard shows them with the error.
const LOCATIONS_WITH_ERRORS: [&str; 2] = [
    "location:default/rhdh-collection",
    "location:default/roadie-backstage-plugins",
];

async fn portal() -> Result<Portal> {
    let target = format!("{}/**/*.yaml", real_catalogs().display());
    Setup::new()?
        .location("all.yaml", &location("all", &[&target]))?
        .start()
        .await
}

/// Waits until every expected entity is there.
async fn ingested(portal: &Portal, recording: &Recording) -> Result<BTreeMap<String, Value>> {
    let expected: BTreeSet<_> = recording
        .accepted()
        .filter_map(|document| document.entity_ref.clone())
        .collect();
    let mut missing = expected.clone();
    let waited = until("the real catalogs", async || {
        let there: BTreeSet<_> = portal.api.entities().await?.iter().map(ref_of).collect();
        missing = expected.difference(&there).cloned().collect();
        Ok(missing.is_empty())
    })
    .await;
    waited.with_context(|| format!("missing: {missing:?}"))?;
    Ok(portal
        .api
        .entities()
        .await?
        .into_iter()
        .map(|entity| (ref_of(&entity), entity))
        .collect())
}

#[tokio::test]
async fn every_entity_that_upstream_accepts_is_there_with_its_relations() -> Result<()> {
    let recording = Recording::load()?;
    let portal = portal().await?;
    ingested(&portal, &recording).await?;
    // Relations of far ends come with their own stitching.
    let mut differences = Vec::new();
    let settled = until("the relations", async || {
        let entities: BTreeMap<_, _> = portal
            .api
            .entities()
            .await?
            .into_iter()
            .map(|entity| (ref_of(&entity), entity))
            .collect();
        differences = difference(&recording, &entities);
        Ok(differences.is_empty())
    })
    .await;
    settled.with_context(|| differences.join("\n"))?;
    portal.stop().await;
    Ok(())
}

/// What is not as recorded, in words.
fn difference(recording: &Recording, entities: &BTreeMap<String, Value>) -> Vec<String> {
    let mut differences = Vec::new();
    let mut expected_refs: BTreeSet<&str> = LOCATIONS_WITH_ERRORS.into();
    for document in recording.accepted() {
        let Some(entity_ref) = document.entity_ref.as_deref() else {
            continue;
        };
        expected_refs.insert(entity_ref);
        let Some(entity) = entities.get(entity_ref) else {
            differences.push(format!("{entity_ref} is missing"));
            continue;
        };
        if entity["kind"].as_str() != document.kind.as_deref() {
            differences.push(format!("{entity_ref}: kind {}", entity["kind"]));
        }
        let file = format!("file:{}", real_catalogs().join(&document.file).display());
        if annotation(entity, "managed-by-location") != Some(&file) {
            differences.push(format!(
                "{entity_ref}: read from {:?} instead of {file}",
                annotation(entity, "managed-by-location")
            ));
        }
        let shown: Vec<_> = entity["relations"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|relation| {
                (
                    relation["type"].as_str().unwrap_or(""),
                    relation["targetRef"].as_str().unwrap_or(""),
                )
            })
            .collect();
        let wanted: Vec<_> = recording.relations_of(entity_ref).into_iter().collect();
        if shown != wanted {
            differences.push(format!("{entity_ref}: relations {shown:?} instead of {wanted:?}"));
        }
    }
    for entity_ref in entities.keys() {
        let ours = entity_ref == "location:default/all" || entity_ref.starts_with("location:default/generated-");
        if !ours && !expected_refs.contains(entity_ref.as_str()) {
            differences.push(format!("{entity_ref} is there, but upstream refuses it"));
        }
    }
    differences
}

#[tokio::test]
async fn every_document_that_upstream_refuses_is_reported_with_file_and_reason() -> Result<()> {
    let recording = Recording::load()?;
    let portal = portal().await?;
    ingested(&portal, &recording).await?;
    let mut unreported = Vec::new();
    let reported = until("reports of all refused documents", async || {
        unreported = missing_reports(&recording, &reports(&portal).await?);
        Ok(unreported.is_empty())
    })
    .await;
    reported.with_context(|| unreported.join("\n"))?;

    let log = portal.log(Unit::Catalog)?;
    for document in recording.refused() {
        ensure!(
            log.contains(&document.file) || document.entity_ref.as_ref().is_some_and(|entity| log.contains(entity)),
            "{document:?}"
        );
    }
    portal.stop().await;
    Ok(())
}

/// A place where an error can be read: what it is about, and the texts.
#[derive(Debug)]
struct Report {
    about: String,
    texts: String,
    conflict: bool,
}

/// Status items of entities, and the entities that never made it.
async fn reports(portal: &Portal) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for entity in portal.api.entities().await? {
        for message in status_messages(&entity) {
            reports.push(Report {
                about: ref_of(&entity),
                texts: message.to_owned(),
                conflict: false,
            });
        }
    }
    let mut catalog = portal.catalog().await?;
    let unprocessed = catalog
        .list_unprocessed_entities(ListUnprocessedEntitiesRequest {
            limit: Some(1000),
            ..ListUnprocessedEntitiesRequest::default()
        })
        .await?
        .into_inner();
    for entity in unprocessed.items {
        reports.push(Report {
            conflict: entity.reason() == UnprocessedReason::Conflict,
            texts: entity.errors.iter().map(all_texts).collect::<Vec<_>>().join("\n") + " " + &entity.location,
            about: entity.entity_ref,
        });
    }
    Ok(reports)
}

fn all_texts(error: &EntityError) -> String {
    let cause = error.cause.as_ref().map(|cause| all_texts(cause)).unwrap_or_default();
    format!("{} {}", error.message, cause)
}

fn missing_reports(recording: &Recording, reports: &[Report]) -> Vec<String> {
    let mut missing = Vec::new();
    for document in recording.refused() {
        let file = real_catalogs().join(&document.file).display().to_string();
        let entity_ref = document.entity_ref.as_deref();
        for error in &document.errors {
            let reason = expected_reason(error.reason());
            let found = reports.iter().any(|report| {
                let located = report.texts.contains(&file)
                    || (entity_ref == Some(&*report.about) && report.about.starts_with("location:"));
                // Several files with the same impossible name are one entity: the first is told as failed, the others as conflicts.
                located && (report.conflict || report.texts.contains(&reason))
            });
            if !found {
                missing.push(format!("{file} ({entity_ref:?}): {reason}"));
            }
        }
    }
    missing
}

/// The part of a recorded reason that is not the wording of one particular library or of one run.
fn expected_reason(reason: &str) -> String {
    match reason {
        yaml if yaml.starts_with("YAML error at ") => "YAML error at ".to_owned(),
        missing if missing.ends_with("does not exist") => "does not exist".to_owned(),
        other => other.to_owned(),
    }
}
