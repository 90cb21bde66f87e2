//! The processing of one entity: placeholders are read, then the model checks and completes it.

use std::time::Duration;

use callboard_catalog_model::{
    EntityError, LocationRef,
    placeholder::{self, Placeholder},
    process::{self, ProcessOptions},
    refresh_key::stored_refresh_key,
    search_rows::search_rows,
};
use serde_json::Value;

use super::{
    Ingest,
    candidate::{self, Candidate},
};
use crate::{
    reader::{Read, ReadError},
    store::{
        MAX_REF_BYTES,
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
    /// Keys of the files it depends on beside its own.
    pub refresh_keys: Vec<String>,
}

impl Ingest {
    /// Processes a candidate into what the store takes in. A failure is an outcome, not an error.
    pub async fn process_candidate(&self, candidate: Candidate) -> Emission {
        let is_location = candidate.is_location();
        let unprocessed = candidate.document.to_string();
        let depends_on_others = !placeholder::find(&candidate.document).is_empty();
        let result = self.complete(candidate.document).await;
        let process_after = match (&result, is_location) {
            (Ok(_), true) => Some(Duration::ZERO),
            // What is read from elsewhere may change, or become readable, without this file changing.
            _ if depends_on_others => Some(self.next_poll()),
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
                Outcome::Failed {
                    unprocessed,
                    errors: errors_json(&[error]),
                }
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
        let placeholders = placeholder::find(&document);
        let refresh_keys = self.substitute(&mut document, &placeholders).await?;
        let options = ProcessOptions {
            integrations: &self.integrations,
        };
        let processed = process::process(document, &options)?;
        // Keys that differ only by case cannot be told apart in a query: such an entity is refused, not half indexed.
        search_rows(&processed.document)?;
        let relations = declared(&processed);
        if let Some(relation) = relations.iter().find(|relation| relation.target.len() > MAX_REF_BYTES) {
            let start: String = relation.target.chars().take(60).collect();
            return Err(EntityError::input(format!(
                "The target of a relation, {start}..., is longer than {MAX_REF_BYTES} bytes"
            )));
        }
        Ok(Completed {
            relations,
            document: processed.document,
            refresh_keys,
        })
    }

    /// Puts the content of other files where the entity asks for it. Returns the keys it can be refreshed by.
    async fn substitute(&self, document: &mut Value, placeholders: &[Placeholder]) -> Result<Vec<String>, EntityError> {
        if placeholders.is_empty() {
            return Ok(Vec::new());
        }
        if placeholders.len() > MAX_PLACEHOLDERS {
            return Err(placeholder::failure(EntityError::input(format!(
                "the entity has {} placeholders, more than the {MAX_PLACEHOLDERS} allowed",
                placeholders.len()
            ))));
        }
        let base = candidate::origin_of(document)?.location;
        let mut keys = Vec::new();
        for placeholder in placeholders {
            let target = placeholder
                .address(&base.target, &self.integrations)
                .map_err(placeholder::failure)?;
            let location = LocationRef {
                kind: "url".to_owned(),
                target,
            };
            let text = self
                .read_text(&location)
                .await
                .map_err(|error| placeholder::failure(placeholder.unreadable(&error.into())))?;
            let content = placeholder.content(text).map_err(placeholder::failure)?;
            placeholder::substitute(document, &placeholder.path, content);
            keys.push(stored_refresh_key(&location.to_string()));
        }
        Ok(keys)
    }

    async fn read_text(&self, location: &LocationRef) -> Result<String, ReadError> {
        match self.readers.read_url(&location.target).await? {
            Read::Content { body, .. } => {
                String::from_utf8(body.into()).map_err(|_| ReadError::Failed(format!("{location} is not UTF-8 text")))
            }
            Read::NotModified => Err(ReadError::Failed(format!(
                "{location} answered 'not modified' to a plain read"
            ))),
        }
    }
}

/// The errors as they are stored.
pub fn errors_json(errors: &[EntityError]) -> String {
    serde_json::Value::Array(errors.iter().map(|error| serde_json::json!(error)).collect()).to_string()
}

/// The pairs of relations, forward and reverse, as one row each.
fn declared(processed: &process::Processed) -> Vec<DeclaredRelation> {
    let (pairs, _) = processed.relations.as_chunks();
    pairs
        .iter()
        .map(|[forward, reverse]| DeclaredRelation {
            originator: forward.source.to_string(),
            relation_type: forward.relation_type.to_owned(),
            target: forward.target.to_string(),
            inverse_type: reverse.relation_type.to_owned(),
        })
        .collect()
}
