//! What becomes of descriptors: refreshing, checking, and what did not work.

pub(crate) mod delete_unprocessed_entity;
pub(crate) mod list_unprocessed_entities;
pub(crate) mod refresh_entity;
pub(crate) mod validate_entity;

use callboard_proto::catalog::v1::EntityError;
use serde_json::{Map, Value};

/// An error in upstream's serialised form.
fn error_value(error: &EntityError) -> Value {
    let mut value = Map::new();
    value.insert("name".to_owned(), error.name.clone().into());
    value.insert("message".to_owned(), error.message.clone().into());
    if let Some(cause) = &error.cause {
        value.insert("cause".to_owned(), error_value(cause));
    }
    Value::Object(value)
}
