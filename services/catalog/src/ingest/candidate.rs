//! From the text of a file to entities that may be taken in.

use std::collections::HashMap;

use callboard_catalog_model::{
    EntityError, EntityRef, LocationRef, canonical,
    emit::{self, Origin},
    envelope,
    process::{MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION},
    rules::CatalogRules,
    yaml,
};
use serde_json::Value;

/// An entity as its parent emits it, checked for its envelope and the catalog rules only.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Normalised ref.
    pub entity_ref: String,
    /// With the annotations that say where it comes from.
    pub document: Value,
    /// SHA-1 of its canonical form.
    pub hash: String,
    /// Who may overwrite it.
    pub location_key: Option<String>,
}

impl Candidate {
    /// Takes an entity that passed the envelope check.
    pub fn new(document: Value, location_key: Option<String>) -> Result<Self, EntityError> {
        let entity_ref = EntityRef::of_document(&document)?.to_string();
        Ok(Self {
            entity_ref,
            hash: canonical::canonical_hash(&document),
            document,
            location_key,
        })
    }

    /// The generated Location entity that stands for a location, on behalf of a provider.
    pub fn of_location(
        location: &LocationRef,
        presence: Option<&str>,
        location_key: Option<String>,
    ) -> Result<Self, EntityError> {
        Self::new(emit::location_entity(location, None, presence), location_key)
    }

    /// An entity that a provider made, which must say itself where it comes from.
    pub fn of_provider(document: Value, location_key: Option<String>) -> Result<Self, EntityError> {
        envelope::check_envelope(&document).map_err(|error| EntityError {
            message: format!("Malformed entity envelope, {}", error.message),
            ..error
        })?;
        Self::new(document, location_key)
    }

    /// Whether it is a Location, which is expanded. The case counts.
    pub fn is_location(&self) -> bool {
        is_location(&self.document)
    }
}

/// Whether a document is a Location. The case counts.
pub fn is_location(document: &Value) -> bool {
    document.get("kind").and_then(Value::as_str) == Some("Location")
}

/// Where an entity was read from, by the annotations that the catalog wrote.
pub fn origin_of(document: &Value) -> Result<Origin, EntityError> {
    let location = |annotation: &str| {
        let text = document["metadata"]["annotations"][annotation]
            .as_str()
            .unwrap_or_default();
        LocationRef::parse(text)
    };
    Ok(Origin {
        location: location(MANAGED_BY_LOCATION)?,
        origin: location(MANAGED_BY_ORIGIN_LOCATION)?,
    })
}

/// A file's entities, and what is wrong with those of its documents that gave none.
#[derive(Debug, Default)]
pub struct Parsed {
    /// In order, each ref once: of documents with the same ref the last counts.
    pub candidates: Vec<Candidate>,
    /// In order, each naming file and document.
    pub errors: Vec<EntityError>,
}

/// Reads the documents of a file, `origin.location`, on behalf of the Location entity `parent`.
pub fn parse(text: &str, origin: &Origin, parent: &str, rules: &CatalogRules) -> Parsed {
    let file = &origin.location;
    let mut parsed = Parsed::default();
    let mut positions: HashMap<String, usize> = HashMap::new();
    for (number, document) in yaml::parse_documents(text, file).into_iter().enumerate() {
        match document.and_then(|document| check(document, origin, rules)) {
            Ok(candidate) if candidate.entity_ref == parent => {
                tracing::warn!(entity_ref = parent, location = %file, "a Location that emits itself is ignored");
            }
            Ok(candidate) => {
                if let Some(&position) = positions.get(&candidate.entity_ref) {
                    parsed.candidates[position] = candidate;
                } else {
                    positions.insert(candidate.entity_ref.clone(), parsed.candidates.len());
                    parsed.candidates.push(candidate);
                }
            }
            Err(error) => parsed.errors.push(locate(error, file, number + 1)),
        }
    }
    parsed
}

fn check(mut document: Value, origin: &Origin, rules: &CatalogRules) -> Result<Candidate, EntityError> {
    envelope::check_envelope(&document)?;
    emit::mark_origin(&mut document, origin);
    rules.check(&document, &EntityRef::of_document(&document)?, origin)?;
    Candidate::new(document, Some(origin.location.to_string()))
}

/// Says which document of which file an error is about, unless it does so itself.
fn locate(error: EntityError, file: &LocationRef, number: usize) -> EntityError {
    let file = file.to_string();
    if error.message.contains(&file) {
        return error;
    }
    EntityError {
        message: format!("{} (document {number} of {file})", error.message),
        ..error
    }
}
