//! Server-sent events as they go over the wire.

use bytes::Bytes;
use callboard_proto::catalog::v1::{EntityChange, entity_change::Kind};
use serde::Serialize;

/// What happened to an entity, as the stream tells it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    r#type: &'a str,
    entity_ref: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    uid: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    etag: &'a str,
}

/// A change, serialised once for all streams.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) entity_ref: String,
    json: String,
}

impl Change {
    /// `None` for what the catalog does not say enough about.
    pub(super) fn of(change: &EntityChange) -> Option<Self> {
        let entity = change.entity.as_ref()?;
        let r#type = match change.kind() {
            Kind::Upsert => "upsert",
            Kind::Delete => "delete",
            Kind::Unspecified => return None,
        };
        let told = Told {
            r#type,
            entity_ref: &entity.r#ref,
            uid: &entity.uid,
            etag: &entity.etag,
        };
        Some(Self {
            entity_ref: entity.r#ref.clone(),
            json: serde_json::to_string(&told).ok()?,
        })
    }
}

/// `catalog`: entities changed. The id is the revision up to which everything was told.
pub(super) fn changes<'a>(revision: i64, changes: impl IntoIterator<Item = &'a Change>) -> Bytes {
    let mut frame = format!("event: catalog\nid: {revision}\ndata: {{\"revision\":{revision},\"changes\":[");
    for (position, change) in changes.into_iter().enumerate() {
        if position > 0 {
            frame.push(',');
        }
        // JSON of one line: serde_json escapes line breaks in texts.
        frame.push_str(&change.json);
    }
    frame.push_str("]}\n\n");
    frame.into()
}

/// `ready`: the stream is open, and tells everything after this revision. Clients come back after two seconds.
pub(super) fn ready(revision: Option<i64>) -> Bytes {
    match revision {
        Some(revision) => {
            format!("retry: 2000\nevent: ready\nid: {revision}\ndata: {{\"revision\":{revision}}}\n\n").into()
        }
        None => Bytes::from_static(b"retry: 2000\nevent: ready\ndata: {}\n\n"),
    }
}

/// `reset`: changes up to this revision were missed; what is shown has to be read anew.
pub(super) fn reset(revision: i64) -> Bytes {
    format!("event: reset\nid: {revision}\ndata: {{\"revision\":{revision}}}\n\n").into()
}

/// Keeps proxies from closing the connection, and the client's last event id current without an event.
pub(super) fn ping(revision: Option<i64>) -> Bytes {
    match revision {
        Some(revision) => format!(": ping\nid: {revision}\n\n").into(),
        None => Bytes::from_static(b": ping\n\n"),
    }
}

/// An event without an id.
pub(crate) fn event(name: &str, data: &impl Serialize) -> Option<Bytes> {
    let data = serde_json::to_string(data).ok()?;
    Some(format!("event: {name}\ndata: {data}\n\n").into())
}

#[cfg(test)]
mod tests {
    use callboard_proto::catalog::v1::Entity;

    use super::*;

    fn change(kind: Kind, entity_ref: &str) -> Change {
        Change::of(&EntityChange {
            kind: kind.into(),
            entity: Some(Entity {
                r#ref: entity_ref.to_owned(),
                ..Entity::default()
            }),
        })
        .expect("a change")
    }

    #[test]
    fn frames_are_one_event_each() {
        let all = [
            change(Kind::Upsert, "component:default/a"),
            change(Kind::Delete, "component:default/b\nid: 9"),
        ];
        let frame = changes(7, &all);
        assert_eq!(
            std::str::from_utf8(&frame).expect("UTF-8"),
            "event: catalog\nid: 7\ndata: {\"revision\":7,\"changes\":[{\"type\":\"upsert\",\"entityRef\":\"component:default/a\"},\
             {\"type\":\"delete\",\"entityRef\":\"component:default/b\\nid: 9\"}]}\n\n"
        );
        assert_eq!(ping(Some(3)), ": ping\nid: 3\n\n");
        assert_eq!(reset(3), "event: reset\nid: 3\ndata: {\"revision\":3}\n\n");
    }
}
