//! Response bodies made by joining serialised documents.

use bytes::{BufMut, Bytes, BytesMut};
use callboard_proto::catalog::v1::Entity;

/// Assembles a JSON text of documents and separators.
#[derive(Debug)]
pub(crate) struct Splice {
    buffer: BytesMut,
}

impl Splice {
    /// Starts with room for `documents_bytes` of documents and what stands around them.
    pub(crate) fn with_room_for(documents_bytes: usize) -> Self {
        Self {
            buffer: BytesMut::with_capacity(documents_bytes + 256),
        }
    }

    /// Appends JSON text as it is.
    pub(crate) fn raw(&mut self, text: impl AsRef<[u8]>) -> &mut Self {
        self.buffer.put_slice(text.as_ref());
        self
    }

    /// Appends a JSON string.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        // Writing to memory cannot fail, and neither can serialising a string.
        let _ = serde_json::to_writer((&mut self.buffer).writer(), text);
        self
    }

    /// Appends a number.
    pub(crate) fn number(&mut self, number: u64) -> &mut Self {
        let _ = serde_json::to_writer((&mut self.buffer).writer(), &number);
        self
    }

    /// Appends items with commas between them.
    pub(crate) fn separated<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut append: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                self.raw(",");
            }
            append(self, item);
        }
        self
    }

    /// The finished text.
    pub(crate) fn finish(self) -> Bytes {
        self.buffer.freeze()
    }
}

/// A JSON array of whole documents.
pub(crate) fn array<'a>(entities: impl Iterator<Item = &'a Entity> + Clone) -> Bytes {
    let mut splice = Splice::with_room_for(documents_bytes(entities.clone()));
    splice.raw("[").separated(entities, |splice, entity| {
        splice.raw(&entity.document);
    });
    splice.raw("]");
    splice.finish()
}

/// The room documents and the commas between them take.
pub(crate) fn documents_bytes<'a>(entities: impl Iterator<Item = &'a Entity>) -> usize {
    entities.map(|entity| entity.document.len() + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(document: &'static str) -> Entity {
        Entity {
            document: Bytes::from_static(document.as_bytes()),
            ..Entity::default()
        }
    }

    #[test]
    fn joins_documents_without_touching_them() {
        let entities = [entity(r#"{"a": 1 }"#), entity("{}")];
        assert_eq!(&array(entities.iter())[..], br#"[{"a": 1 },{}]"#);
        assert_eq!(&array([].iter())[..], b"[]");
    }

    #[test]
    fn escapes_texts() {
        let mut splice = Splice::with_room_for(0);
        splice.text("a\"b").raw(":").number(7);
        assert_eq!(&splice.finish()[..], br#""a\"b":7"#);
    }
}
