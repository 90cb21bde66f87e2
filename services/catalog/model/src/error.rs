//! The error an entity can carry: the same three members that Backstage serialises, so that it can be stored with the
//! entity, shown in its status and sent to a client unchanged.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What went wrong with an entity or a location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityError {
    /// The class of the error, such as `InputError`; clients decide by it.
    pub name: String,
    /// The whole text, including that of the causes.
    pub message: String,
    /// The error that led to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Box<EntityError>>,
}

impl EntityError {
    /// An error of any class.
    pub fn new(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            message: message.into(),
            cause: None,
        }
    }

    /// `Error`: nothing more particular is known.
    pub fn plain(message: impl Into<String>) -> Self {
        Self::new("Error", message)
    }

    /// `TypeError`: a value does not have the form that it must have.
    pub fn type_error(message: impl Into<String>) -> Self {
        Self::new("TypeError", message)
    }

    /// `InputError`: the author of the entity has to change something.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new("InputError", message)
    }

    /// `ConflictError`: two statements about the same thing cannot both hold.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new("ConflictError", message)
    }

    /// `NotAllowedError`: a rule of this installation forbids it.
    pub fn not_allowed(message: impl Into<String>) -> Self {
        Self::new("NotAllowedError", message)
    }

    /// `NotFoundError`: what was referred to does not exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new("NotFoundError", message)
    }

    /// Adds the reason: it becomes a member of its own and is appended to the message.
    #[must_use]
    pub fn caused_by(mut self, cause: EntityError) -> Self {
        self.message = format!("{}; caused by {cause}", self.message);
        self.cause = Some(Box::new(cause));
        self
    }
}

impl fmt::Display for EntityError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.name, self.message)
    }
}

impl std::error::Error for EntityError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_cause_is_told_in_the_message_and_as_a_member() {
        let innermost = EntityError::type_error("/spec must be object");
        let inner = EntityError::input("Processor X threw").caused_by(innermost);
        let outer = EntityError::plain("outer").caused_by(inner);
        assert_eq!(
            outer.to_string(),
            "Error: outer; caused by InputError: Processor X threw; caused by TypeError: /spec must be object"
        );
        assert_eq!(
            serde_json::to_value(&outer).unwrap(),
            json!({
                "name": "Error",
                "message": "outer; caused by InputError: Processor X threw; caused by TypeError: /spec must be object",
                "cause": {
                    "name": "InputError",
                    "message": "Processor X threw; caused by TypeError: /spec must be object",
                    "cause": {"name": "TypeError", "message": "/spec must be object"}
                }
            })
        );
    }

    #[test]
    fn an_error_survives_being_stored() {
        let error = EntityError::not_found("file x does not exist").caused_by(EntityError::plain("gone"));
        let stored = serde_json::to_string(&error).unwrap();
        assert_eq!(serde_json::from_str::<EntityError>(&stored).unwrap(), error);
    }
}
