//! What registering a location would add, without adding it.

use std::{collections::HashSet, sync::Arc};

use callboard_catalog_model::{
    EntityError, LocationRef,
    emit::{self, Origin},
};
use serde_json::Value;

use super::{
    Ingest,
    candidate::{self, Candidate},
    expand::LocationSpec,
};
use crate::reader::{Read, ReadError};

/// Most entities a dry run reads before it gives up.
const MAX_ENTITIES: usize = 10_000;

impl Ingest {
    /// Reads and processes a location and everything below it. The generated Location comes first, then depth first, the last child
    /// first. All errors met are joined into one.
    pub async fn dry_run(self: &Arc<Self>, location: &LocationRef) -> Result<Vec<Value>, EntityError> {
        let mut processed = Vec::new();
        let mut errors: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        let mut pending = vec![Candidate::new(
            emit::location_entity(location, None, None),
            Some(location.to_string()),
        )?];
        while let Some(candidate) = pending.pop() {
            if !seen.insert(candidate.entity_ref.clone()) {
                return Err(EntityError::input(format!(
                    "Duplicate nested entity: {}",
                    candidate.entity_ref
                )));
            }
            if seen.len() > MAX_ENTITIES {
                return Err(EntityError::input(format!(
                    "the location leads to more than {MAX_ENTITIES} entities"
                )));
            }
            let parent = candidate.entity_ref.clone();
            match self.complete(candidate.document).await {
                Ok(completed) => {
                    if candidate::is_location(&completed.document) {
                        self.read_children(&parent, &completed.document, &mut pending, &mut errors)
                            .await;
                    }
                    processed.push(completed.document);
                }
                Err(error) => errors.push(error.to_string()),
            }
        }
        if errors.is_empty() {
            Ok(processed)
        } else {
            Err(EntityError::input(errors.join(", ")))
        }
    }

    /// Whether a target can be read, without keeping anything of it.
    pub async fn probe(&self, target: &LocationRef, optional: bool) -> Result<(), ReadError> {
        let read = async {
            for file in self.readers.list(target).await? {
                self.readers.read(&file, None).await?;
            }
            Ok(())
        };
        match read.await {
            Err(ReadError::NotFound(_)) if optional => Ok(()),
            other => other,
        }
    }

    async fn read_children(
        &self,
        parent: &str,
        document: &Value,
        pending: &mut Vec<Candidate>,
        errors: &mut Vec<String>,
    ) {
        let (spec, invalid) = match LocationSpec::of(document, self) {
            Ok(found) => found,
            Err(error) => return errors.push(error.to_string()),
        };
        errors.extend(invalid.iter().map(ToString::to_string));
        for target in &spec.targets {
            match self.read_target(parent, target, &spec).await {
                Ok(parsed) => {
                    pending.extend(parsed.candidates);
                    errors.extend(parsed.errors.iter().map(ToString::to_string));
                }
                Err(ReadError::NotFound(_)) if spec.optional => {}
                Err(error) => errors.push(EntityError::from(error).to_string()),
            }
        }
    }

    async fn read_target(
        &self,
        parent: &str,
        target: &LocationRef,
        spec: &LocationSpec,
    ) -> Result<candidate::Parsed, ReadError> {
        let mut all = candidate::Parsed::default();
        for file in self.readers.list(target).await? {
            let Read::Content { body, .. } = self.readers.read(&file, None).await? else {
                continue;
            };
            let text = String::from_utf8(body.into())
                .map_err(|_| ReadError::Failed(format!("{file} could not be read, it is not UTF-8 text")))?;
            let origin = Origin {
                location: file,
                origin: spec.root.clone(),
            };
            let parsed = candidate::parse(&text, &origin, parent, &self.rules);
            all.candidates.extend(parsed.candidates);
            all.errors.extend(parsed.errors);
        }
        Ok(all)
    }
}
