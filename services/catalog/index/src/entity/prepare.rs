//! Entities made ready for the index. This is most of the work of taking one in, and it needs no lock on the index.

use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::Value;

use crate::entity::intern::Interner;
use crate::entity::rows::Rows;
use crate::entity::{Record, StoredEntity};

/// An entity with the rows under which it is found.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) record: Arc<Record>,
    pub(crate) rows: Rows,
}

impl Prepared {
    pub(crate) fn new(entity: &StoredEntity, interner: &Mutex<Interner>) -> Self {
        let document: Value = serde_json::from_slice(&entity.document).unwrap_or_default();
        let parents = if entity.parents.is_empty() {
            Box::default()
        } else {
            let mut interner = interner.lock();
            entity.parents.iter().map(|parent| interner.intern(parent)).collect()
        };
        Self {
            record: Arc::new(Record::new(entity, &document, parents)),
            rows: Rows::of(&document),
        }
    }
}
