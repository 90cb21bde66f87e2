//! What the original made of the real catalogs: `tests/compat/real-catalogs/expected.json`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde::Deserialize;

/// The recording.
#[derive(Debug, Deserialize)]
pub struct Recording {
    /// One a YAML document, in the order of files.
    pub documents: Vec<Document>,
}

/// What became of one document that stood alone.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Its file, below the folder of real catalogs.
    pub file: String,
    /// Whether it became an entity.
    pub accepted: bool,
    /// Normalised ref; none when it could not even be told.
    pub entity_ref: Option<String>,
    /// `kind` of an accepted one.
    pub kind: Option<String>,
    /// The relations an accepted one declares, both directions.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Where a refused one failed: `read` or `process`.
    pub stage: Option<String>,
    /// Why.
    #[serde(default)]
    pub errors: Vec<RecordedError>,
}

/// A relation that a document declares.
#[derive(Debug, Deserialize)]
pub struct Relation {
    /// The entity that shows it.
    pub source: String,
    /// Its type.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// The entity it points at.
    pub target: String,
}

/// An error as it was serialised.
#[derive(Debug, Deserialize)]
pub struct RecordedError {
    /// Its name.
    pub name: String,
    /// Its text.
    pub message: String,
    /// What caused it.
    pub cause: Option<Box<RecordedError>>,
}

impl RecordedError {
    /// The innermost text: what is wrong, without who noticed.
    pub fn reason(&self) -> &str {
        self.cause.as_ref().map_or(&self.message, |cause| cause.reason())
    }
}

impl Recording {
    /// Reads the recording.
    pub fn load() -> Result<Self> {
        let path = tests_folder().join("compat/real-catalogs/expected.json");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    }

    /// Documents that became entities.
    pub fn accepted(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(|document| document.accepted)
    }

    /// Documents that did not.
    pub fn refused(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(|document| !document.accepted)
    }

    /// The relations that an entity shows, as type and target: those declared by any document.
    pub fn relations_of(&self, entity_ref: &str) -> BTreeSet<(&str, &str)> {
        self.accepted()
            .flat_map(|document| &document.relations)
            .filter(|relation| relation.source == entity_ref)
            .map(|relation| (relation.relation_type.as_str(), relation.target.as_str()))
            .collect()
    }
}

/// The folder of the real catalogs.
pub fn real_catalogs() -> PathBuf {
    tests_folder().join("data/real-catalogs")
}

/// The repository's `tests` folder, as an absolute path without `..`.
pub fn tests_folder() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap_or(crate_folder).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recording_is_whole_and_about_the_files_that_are_there() {
        let recording = Recording::load().unwrap();
        assert_eq!((recording.accepted().count(), recording.refused().count()), (88, 19));
        for document in &recording.documents {
            assert!(real_catalogs().join(&document.file).is_file(), "{}", document.file);
            assert_eq!(document.accepted, document.errors.is_empty(), "{}", document.file);
        }
    }
}
