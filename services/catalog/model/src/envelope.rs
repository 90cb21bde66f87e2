//! The shape that every entity has, whatever its kind.

use serde_json::Value;

use crate::error::EntityError;
use crate::values::schema::{ANY_OBJECT, Members, Others, Rule};

/// What is needed to name an entity; the gate for whatever is handed to the catalog.
static ENVELOPE: Rule = Rule::Object(&Members {
    required: &["apiVersion", "kind", "metadata"],
    known: &[
        ("apiVersion", Rule::NonEmptyText),
        ("kind", Rule::NonEmptyText),
        (
            "metadata",
            Rule::Object(&Members {
                required: &["name"],
                known: &[("name", Rule::NonEmptyText), ("namespace", Rule::NonEmptyText)],
                others: Others::Free,
            }),
        ),
    ],
    others: Others::Free,
});

/// All that the format says about the parts common to all kinds.
static ENTITY: Rule = Rule::Object(&Members {
    required: &["apiVersion", "kind", "metadata"],
    known: &[
        ("apiVersion", Rule::NonEmptyText),
        ("kind", Rule::NonEmptyText),
        ("metadata", Rule::Object(&METADATA)),
        ("spec", Rule::Object(&ANY_OBJECT)),
        ("relations", Rule::List(&Rule::Object(&RELATION))),
        ("status", Rule::Object(&STATUS)),
    ],
    others: Others::Refused,
});

static METADATA: Members = Members {
    required: &["name"],
    known: &[
        ("uid", Rule::NonEmptyText),
        ("etag", Rule::NonEmptyText),
        ("name", Rule::NonEmptyText),
        ("namespace", Rule::NonEmptyText),
        ("title", Rule::NonEmptyText),
        ("description", Rule::Text),
        ("labels", Rule::Object(&TEXTS)),
        ("annotations", Rule::Object(&TEXTS)),
        ("tags", Rule::List(&Rule::NonEmptyText)),
        ("links", Rule::List(&Rule::Object(&LINK))),
    ],
    others: Others::Free,
};

static TEXTS: Members = Members {
    required: &[],
    known: &[],
    others: Others::Each(&Rule::Text),
};

static LINK: Members = Members {
    required: &["url"],
    known: &[
        ("url", Rule::NonEmptyText),
        ("title", Rule::NonEmptyText),
        ("icon", Rule::NonEmptyText),
        ("type", Rule::NonEmptyText),
    ],
    others: Others::Free,
};

static RELATION: Members = Members {
    required: &["type", "targetRef"],
    known: &[("type", Rule::Word), ("targetRef", Rule::NonEmptyText)],
    others: Others::Refused,
};

static STATUS: Members = Members {
    required: &[],
    known: &[("items", Rule::List(&Rule::Object(&STATUS_ITEM)))],
    others: Others::Free,
};

static STATUS_ITEM: Members = Members {
    required: &["type", "level", "message"],
    known: &[
        ("type", Rule::NonEmptyText),
        ("level", Rule::OneOf(&["info", "warning", "error"])),
        ("message", Rule::Text),
        (
            "error",
            Rule::Object(&Members {
                required: &["name", "message"],
                known: &[("name", Rule::NonEmptyText), ("message", Rule::Text)],
                others: Others::Free,
            }),
        ),
    ],
    others: Others::Free,
};

/// Checks what is needed to take an entity in at all.
pub fn check_envelope(document: &Value) -> Result<(), EntityError> {
    ENVELOPE
        .check(document)
        .map_err(|violation| EntityError::type_error(violation.details()))
}

/// Checks everything that holds for all kinds.
pub(crate) fn check_entity(document: &Value) -> Result<(), EntityError> {
    ENTITY
        .check(document)
        .map_err(|violation| EntityError::plain(format!("Malformed envelope, {}", violation.summary())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn envelopes_are_checked() {
        for (document, expected) in [
            (json!(null), "<root> must be object - type: object"),
            (json!([]), "<root> must be object - type: object"),
            (
                json!({}),
                "<root> must have required property 'apiVersion' - missingProperty: apiVersion",
            ),
            (
                json!({"apiVersion": "a"}),
                "<root> must have required property 'kind' - missingProperty: kind",
            ),
            (
                json!({"apiVersion": "a", "kind": "k"}),
                "<root> must have required property 'metadata' - missingProperty: metadata",
            ),
            (
                json!({"apiVersion": "", "kind": "", "metadata": {}}),
                "/apiVersion must NOT have fewer than 1 characters - limit: 1",
            ),
            (
                json!({"apiVersion": 1, "kind": "k", "metadata": {}}),
                "/apiVersion must be string - type: string",
            ),
            (
                json!({"apiVersion": "a", "kind": "k", "metadata": []}),
                "/metadata must be object - type: object",
            ),
            (
                json!({"apiVersion": "a", "kind": "k", "metadata": {}}),
                "/metadata must have required property 'name' - missingProperty: name",
            ),
            (
                json!({"apiVersion": "a", "kind": "k", "metadata": {"name": "n", "namespace": null}}),
                "/metadata/namespace must be string - type: string",
            ),
        ] {
            assert_eq!(
                check_envelope(&document).unwrap_err().to_string(),
                format!("TypeError: {expected}")
            );
        }
        let least = json!({"apiVersion": "a", "kind": "k", "metadata": {"name": "n", "annotations": 1}, "x": 1});
        assert_eq!(check_envelope(&least), Ok(()));
    }
}
