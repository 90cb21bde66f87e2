//! The part of the cache that all replicas share, in the store of `backend.cache`.
//!
//! An entry lies under the epoch and the revision it was computed at, so it is found only while that is the latest one. A store that only this
//! process sees would hold everything twice, and is not used.

use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use callboard_service_kit::cache::{Cache, CacheNamespace};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{At, CachedResponse};

/// How long an entry may be of use to a replica that has not got it yet.
const TIME_TO_LIVE: Duration = Duration::from_mins(5);
/// Larger ones take longer to fetch than to compute.
const LARGEST_BODY: usize = 256 * 1024;

/// Responses of all replicas.
#[derive(Debug)]
pub(super) struct SharedResponses {
    store: CacheNamespace,
    /// What else responses depend on, and what all replicas have the same: who may see what.
    salt: String,
}

impl SharedResponses {
    /// `None` where the store is not shared.
    pub(super) fn new(cache: &Cache, salt: String) -> Option<Self> {
        cache.is_shared().then(|| Self {
            store: cache.namespace("responses"),
            salt,
        })
    }

    fn key(&self, key: &str, at: &At) -> String {
        format!("{}\n{}\n{}\n{key}", at.epoch, at.revision, self.salt)
    }

    pub(super) async fn get(&self, key: &str, at: &At) -> Option<CachedResponse> {
        decode(self.store.get(&self.key(key, at)).await?, at)
    }

    /// Stores an entry without anybody waiting for it.
    pub(super) fn put(&self, key: &str, entry: &CachedResponse) {
        if entry.body.len() > LARGEST_BODY {
            return;
        }
        let (store, key) = (self.store.clone(), self.key(key, &entry.at));
        let value = encode(entry);
        tokio::spawn(async move { store.set(&key, value, Some(TIME_TO_LIVE)).await });
    }
}

/// `name: value` lines, an empty line, the body.
fn encode(entry: &CachedResponse) -> Bytes {
    let mut value = BytesMut::with_capacity(entry.body.len() + 512);
    for (name, text) in &entry.headers {
        value.put_slice(name.as_str().as_bytes());
        value.put_slice(b": ");
        value.put_slice(text.as_bytes());
        value.put_u8(b'\n');
    }
    value.put_u8(b'\n');
    value.put_slice(&entry.body);
    value.freeze()
}

/// `None` for what is not of our making.
fn decode(mut value: Bytes, at: &At) -> Option<CachedResponse> {
    let mut headers = HeaderMap::new();
    loop {
        let end = value.iter().position(|byte| *byte == b'\n')?;
        let line = value.split_to(end + 1);
        let line = std::str::from_utf8(&line[..end]).ok()?;
        if line.is_empty() {
            break;
        }
        let (name, text) = line.split_once(": ")?;
        headers.append(HeaderName::try_from(name).ok()?, HeaderValue::try_from(text).ok()?);
    }
    Some(CachedResponse {
        at: at.clone(),
        headers,
        body: value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_survive() {
        let mut headers = HeaderMap::new();
        headers.append("vary", HeaderValue::from_static("origin"));
        headers.append("vary", HeaderValue::from_static("accept-encoding"));
        let at = At {
            epoch: "a".into(),
            revision: 7,
        };
        let entry = CachedResponse {
            at: at.clone(),
            headers,
            body: Bytes::from_static(b"a\n\nb: c"),
        };
        let read = decode(encode(&entry), &at).expect("is ours");
        assert_eq!(
            (read.headers, read.body, read.at),
            (entry.headers, entry.body, entry.at)
        );
        for foreign in ["", "x", "a: b\n", "no colon\n\n"] {
            assert!(decode(Bytes::from(foreign), &at).is_none(), "{foreign:?}");
        }
    }
}
