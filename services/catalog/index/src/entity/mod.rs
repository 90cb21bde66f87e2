//! What the index takes in and gives out: whole entities.

mod document;
mod intern;
mod prepare;
mod rows;

use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use crate::entity::document::Document;

pub(crate) use intern::Interner;
pub(crate) use prepare::Prepared;
pub(crate) use rows::{ELEMENT, Row, Rows, by_key, splits};

/// A final entity as the catalog stores it.
#[derive(Clone, Debug)]
pub struct StoredEntity {
    /// The full reference in lower case, `kind:namespace/name`.
    pub entity_ref: String,
    /// The unique id that the catalog gave to the entity.
    pub uid: String,
    /// The revision at which the document got its present form.
    pub revision: i64,
    /// The final document as JSON, with uid, etag and relations.
    pub document: Bytes,
    /// The references of the entities that emitted this one.
    pub parents: Vec<String>,
}

/// One step of the change feed.
#[derive(Clone, Debug)]
pub enum Change {
    /// The entity is new or has a new form.
    Upsert(StoredEntity),
    /// The entity is gone.
    Delete {
        /// Its full reference.
        entity_ref: String,
        /// The revision of its tombstone.
        revision: i64,
    },
}

impl Change {
    /// The full reference of the entity that changes.
    pub fn entity_ref(&self) -> &str {
        match self {
            Self::Upsert(entity) => &entity.entity_ref,
            Self::Delete { entity_ref, .. } => entity_ref,
        }
    }

    /// The revision of the change.
    pub fn revision(&self) -> i64 {
        match self {
            Self::Upsert(entity) => entity.revision,
            Self::Delete { revision, .. } => *revision,
        }
    }
}

/// An entity as it was when it was asked for. It is shared with the index: cloning and holding it costs next to
/// nothing, and a later change of the entity does not touch it.
#[derive(Clone, Debug)]
pub struct EntityView(pub(crate) Arc<Record>);

impl EntityView {
    /// The full reference in lower case.
    pub fn entity_ref(&self) -> &str {
        self.0.part(0)
    }

    /// The unique id that the catalog gave to the entity.
    pub fn uid(&self) -> &str {
        self.0.part(1)
    }

    /// The entity tag of the document; empty if it has none.
    pub fn etag(&self) -> &str {
        self.0.part(2)
    }

    /// The kind as it is written.
    pub fn kind(&self) -> &str {
        self.0.part(3)
    }

    /// The namespace as it is written, or `default`.
    pub fn namespace(&self) -> &str {
        self.0.part(4)
    }

    /// The name as it is written.
    pub fn name(&self) -> &str {
        self.0.part(5)
    }

    /// The revision at which the document got its present form.
    pub fn revision(&self) -> i64 {
        self.0.revision
    }

    /// The final document as JSON. Larger documents are held compressed and are unpacked by each call.
    pub fn document(&self) -> Bytes {
        self.0.document.bytes()
    }
}

/// Everything that is kept of an entity apart from the index of its fields.
#[derive(Debug)]
pub(crate) struct Record {
    /// Reference, uid, etag, kind, namespace and name in one text.
    text: Box<str>,
    /// Where each of them ends.
    ends: [u32; 6],
    pub(crate) revision: i64,
    pub(crate) document: Document,
    /// The same few locations are the parents of many.
    pub(crate) parents: Box<[Arc<str>]>,
}

impl Record {
    pub(crate) fn new(entity: &StoredEntity, document: &Value, parents: Box<[Arc<str>]>) -> Self {
        let metadata = &document["metadata"];
        let (kind, namespace, name) = split_reference(&entity.entity_ref);
        let parts = [
            &entity.entity_ref,
            &entity.uid,
            metadata["etag"].as_str().unwrap_or_default(),
            document["kind"].as_str().unwrap_or(kind),
            metadata["namespace"].as_str().unwrap_or(namespace),
            metadata["name"].as_str().unwrap_or(name),
        ];
        let text = parts.concat();
        let mut end = 0;
        let ends = parts.map(|part| {
            end += part.len();
            // The parts of one document do not reach four gigabytes.
            u32::try_from(end).unwrap_or(u32::MAX)
        });
        Self {
            text: text.into(),
            ends,
            revision: entity.revision,
            document: Document::new(&entity.document),
            parents,
        }
    }

    pub(crate) fn entity_ref(&self) -> &str {
        self.part(0)
    }

    pub(crate) fn uid(&self) -> &str {
        self.part(1)
    }

    fn part(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }
}

fn split_reference(entity_ref: &str) -> (&str, &str, &str) {
    let (kind, rest) = entity_ref.split_once(':').unwrap_or(("", entity_ref));
    let (namespace, name) = rest.split_once('/').unwrap_or(("default", rest));
    (kind, namespace, name)
}
