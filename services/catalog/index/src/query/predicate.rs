//! What a caller asks of an entity.

use serde::{Deserialize, Serialize};

use crate::query::QueryError;

/// How deep predicates may be nested. Cursors carry them as JSON, which has a limit of its own when it is read back.
pub const DEEPEST_PREDICATE: usize = 48;

/// A condition on the searchable rows of an entity (not on its document). Keys and values are compared in lower case,
/// however they are written here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Predicate {
    /// All of them hold; true if there are none.
    All(Vec<Predicate>),
    /// At least one of them holds; false if there are none.
    Any(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
    /// There is a row with the key, be its value null.
    Exists {
        /// The path of the field.
        key: String,
    },
    /// There is a row with the key and one of the values.
    In {
        /// The path of the field.
        key: String,
        /// The values; without any nothing matches.
        values: Vec<String>,
    },
    /// There is a row with the key and a value that starts so.
    HasPrefix {
        /// The path of the field.
        key: String,
        /// The start of the value, literally.
        prefix: String,
    },
    /// The entity has a relation of the type, to one of the targets if any are given.
    Relation {
        /// The type of the relation, for example `ownedBy`.
        relation_type: String,
        /// Full references; without any every target matches.
        targets: Vec<String>,
    },
}

impl Predicate {
    /// The key has exactly this value.
    pub fn equals(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self::In {
            key: key.into(),
            values: vec![value.into()],
        }
    }

    /// The predicate, unless it is nested deeper than [`DEEPEST_PREDICATE`].
    pub(crate) fn check_depth(&self) -> Result<(), QueryError> {
        let mut level = vec![self];
        for _ in 0..DEEPEST_PREDICATE {
            level = level.into_iter().flat_map(Self::children).collect();
            if level.is_empty() {
                return Ok(());
            }
        }
        Err(QueryError::PredicateTooDeep)
    }

    fn children(&self) -> &[Self] {
        match self {
            Self::All(children) | Self::Any(children) => children,
            Self::Not(child) => std::slice::from_ref(child),
            Self::Exists { .. } | Self::In { .. } | Self::HasPrefix { .. } | Self::Relation { .. } => &[],
        }
    }
}
