//! The processing of one entity: placeholders are read, then the model checks and completes it.

use callboard_catalog_model::{
    EntityError, LocationRef, placeholder,
    process::{self, ProcessOptions},
};
use serde_json::Value;

use super::{Ingest, candidate::Candidate};
use crate::{
    reader::{Read, ReadError},
    store::{
        emission::{Emission, Outcome},
        relation::DeclaredRelation,
    },
};

/// Most placeholders one entity may have read.
const MAX_PLACEHOLDERS: usize = 100;

/// An entity that passed.
#[derive(Debug)]
pub struct Completed {
    /// The result.
    pub document: Value,
    /// Relations it declares.
    pub relations: Vec<DeclaredRelation>,
    /// URLs it depends on beside its own file.
    pub refresh_keys: Vec<String>,
}

impl Ingest {
    /// Processes a candidate into what the store takes in. A failure is an outcome, not an error.
    pub async fn process_candidate(&self, candidate: Candidate) -> Emission {
        let is_location = candidate.is_location();
        let unprocessed = candidate.document.to_string();
        let has_placeholders = placeholder::has_any(&candidate.document);
        let result = self.complete(candidate.document).await;
        let process_after = match (&result, is_location) {
            (Ok(_), true) => Some(std::time::Duration::ZERO),
            // What is read from elsewhere may change, or become readable, without this file changing.
            _ if has_placeholders => Some(self.next_poll()),
            _ => None,
        };
        let outcome = match result {
            Ok(completed) => {
                let processed = completed.document.to_string();
                Outcome::Processed {
                    unprocessed: (unprocessed != processed).then_some(unprocessed),
                    processed,
                    relations: completed.relations,
                    refresh_keys: completed.refresh_keys,
                }
            }
            Err(error) => {
                tracing::warn!(entity_ref = candidate.entity_ref, %error, "an entity failed processing");
                Outcome::Failed { unprocessed, errors: errors_json(&[error]) }
            }
        };
        Emission {
            entity_ref: candidate.entity_ref,
            unprocessed_hash: candidate.hash,
            location_key: candidate.location_key,
            outcome,
            process_after,
        }
    }

    /// Runs an entity through the whole processing gate.
    pub async fn complete(&self, mut document: Value) -> Result<Completed, EntityError> {
        let refresh_keys = if placeholder::has_any(&document) {
            self.substitute_placeholders(&mut document).await?
        } else {
            Vec::new()
        };
        let options = ProcessOptions { integrations: &self.integrations };
        let processed = process::process(document, &options)?;
        Ok(Completed { relations: declared(&processed), document: processed.document, refresh_keys })
    }

    async fn substitute_placeholders(&self, document: &mut Value) -> Result<Vec<String>, EntityError> {
        let found = placeholder::find(document, &self.integrations)?;
        if found.len() > MAX_PLACEHOLDERS {
            return Err(EntityError::input(format!(
                "the entity has {} placeholders, more than the {MAX_PLACEHOLDERS} allowed",
                found.len()
            )));
        }
        let mut keys = Vec::new();
        for placeholder in found {
            let location = LocationRef { kind: "url".to_owned(), target: placeholder.url.clone() };
            let text = self.read_text(&location).await.map_err(|error| placeholder.unreadable(&error.to_string()))?;
            placeholder.substitute(document, &text)?;
            keys.push(refresh_key(&location));
        }
        Ok(keys)
    }

    async fn read_text(&self, location: &LocationRef) -> Result<String, ReadError> {
        match self.readers.read(location, None).await? {
            Read::Content { body, .. } => {
                String::from_utf8(body.into()).map_err(|_| ReadError::Failed(format!("{location} is not UTF-8 text")))
            }
            Read::NotModified => Err(ReadError::Failed(format!("{location} answered 'not modified' to a plain read"))),
        }
    }
}

/// The key an entity is refreshed by when a file changes: at most 255 characters.
pub fn refresh_key(location: &LocationRef) -> String {
    callboard_catalog_model::canonical::refresh_key(&location.to_string())
}

/// The errors as they are stored.
pub fn errors_json(errors: &[EntityError]) -> String {
    serde_json::Value::Array(errors.iter().map(|error| serde_json::json!(error)).collect()).to_string()
}

/// The pairs of relations as one row each: what the entity declares, and how the target shows it.
fn declared(processed: &process::Processed) -> Vec<DeclaredRelation> {
    processed
        .relations
        .iter()
        .map(|relation| DeclaredRelation {
            originator: relation.source.clone(),
            relation_type: relation.relation_type.to_owned(),
            target: relation.target.clone(),
            inverse_type: relation.inverse_type.to_owned(),
        })
        .collect()
}
