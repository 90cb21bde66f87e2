//! What changed in each of its entities.

use bytes::Bytes;
use callboard_proto::catalog::v1::{FieldChange, RecordedChange};
use prost_types::Timestamp;

/// One change that says everything, and one that says as little as it can.
pub(super) fn recorded_changes(revision: i64) -> Vec<RecordedChange> {
    let full = RecordedChange {
        revision,
        time: Some(Timestamp {
            seconds: 1_769_860_800,
            nanos: 0,
        }),
        location: "url:https://example.com/a.yaml".to_owned(),
        fields: vec![
            field(&["metadata", "annotations", "a/\"b\""], None, Some("\"c\"")),
            field(&["metadata", "tags"], Some("[]"), Some("[\"java\"]")),
        ],
        more_fields: 0,
    };
    let spare = RecordedChange {
        fields: vec![FieldChange {
            shortened: true,
            ..field(&["spec"], Some("{}"), None)
        }],
        more_fields: 3,
        ..RecordedChange::default()
    };
    vec![full, spare]
}

fn field(path: &[&str], before: Option<&'static str>, after: Option<&'static str>) -> FieldChange {
    FieldChange {
        path: path.iter().map(|&name| name.to_owned()).collect(),
        before: before.map(Bytes::from),
        after: after.map(Bytes::from),
        shortened: false,
    }
}
