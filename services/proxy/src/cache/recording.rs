//! An answer that is stored while it passes.

use bytes::{Bytes, BytesMut};

use super::{ResponseCache, entry::Entry};

/// Collects the parts of an answer. Only [`finish`](Self::finish) stores it: one that breaks off leaves nothing behind.
pub struct Recording {
    cache: ResponseCache,
    key: String,
    entry: Entry,
    body: BytesMut,
    max_bytes: usize,
    is_too_large: bool,
}

impl Recording {
    pub(super) fn new(cache: ResponseCache, key: String, entry: Entry, max_bytes: usize) -> Self {
        Self {
            cache,
            key,
            entry,
            body: BytesMut::new(),
            max_bytes,
            is_too_large: false,
        }
    }

    /// Takes note of a part.
    pub fn push(&mut self, part: &Bytes) {
        if self.is_too_large || self.body.len() + part.len() > self.max_bytes {
            self.is_too_large = true;
            self.body = BytesMut::new();
            return;
        }
        self.body.extend_from_slice(part);
    }

    /// The answer is whole: stores it.
    pub async fn finish(self) {
        if !self.is_too_large {
            let entry = self.entry.with_body(self.body.freeze());
            self.cache.keep(&self.key, &entry).await;
        }
    }
}
