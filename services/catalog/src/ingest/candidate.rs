//! From the text of a file to entities that may be taken in.

use std::collections::HashMap;

use callboard_catalog_model::{
    EntityError, EntityRef, LocationRef, canonical, emit, envelope, rules::CatalogRules, yaml,
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
        Ok(Self { entity_ref, hash: canonical::canonical_hash(&document), document, location_key })
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

/// A file's entities, and what is wrong with those of its documents that gave none.
#[derive(Debug, Default)]
pub struct Parsed {
    /// In order, each ref once: of documents with the same ref the last counts.
    pub candidates: Vec<Candidate>,
    /// In order, each naming file and document.
    pub errors: Vec<EntityError>,
}

/// Where a file belongs.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file.
    pub file: &'a LocationRef,
    /// Where the chain of Locations started.
    pub root: &'a LocationRef,
    /// Ref of the Location entity that emits it.
    pub parent: &'a str,
}

/// Reads the documents of a file.
pub fn parse(text: &str, origin: Origin<'_>, rules: &CatalogRules) -> Parsed {
    let mut parsed = Parsed::default();
    let mut positions: HashMap<String, usize> = HashMap::new();
    for (number, document) in yaml::parse_documents(text, origin.file).into_iter().enumerate() {
        match document.and_then(|document| check(document, origin, rules)) {
            Ok(candidate) if candidate.entity_ref == origin.parent => {
                tracing::warn!(entity_ref = origin.parent, location = %origin.file, "a Location that emits itself is ignored");
            }
            Ok(candidate) => match positions.get(&candidate.entity_ref) {
                Some(&position) => parsed.candidates[position] = candidate,
                None => {
                    positions.insert(candidate.entity_ref.clone(), parsed.candidates.len());
                    parsed.candidates.push(candidate);
                }
            },
            Err(error) => parsed.errors.push(locate(error, origin.file, number + 1)),
        }
    }
    parsed
}

fn check(mut document: Value, origin: Origin<'_>, rules: &CatalogRules) -> Result<Candidate, EntityError> {
    envelope::check_envelope(&document)?;
    emit::annotate_child(&mut document, origin.file, origin.root);
    if !rules.allows(&document, origin.root) {
        return Err(EntityError::not_allowed(format!(
            "Entity {} at {}, originated at {}, is not of an allowed kind for that location",
            EntityRef::of_document(&document)?,
            origin.file,
            origin.root
        )));
    }
    Candidate::new(document, Some(origin.file.to_string()))
}

/// Says which document of which file an error is about, unless it does so itself.
fn locate(error: EntityError, file: &LocationRef, number: usize) -> EntityError {
    let file = file.to_string();
    if error.message.contains(&file) {
        return error;
    }
    EntityError { message: format!("{} (document {number} of {file})", error.message), ..error }
}
