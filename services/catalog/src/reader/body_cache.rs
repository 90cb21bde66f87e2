//! Files that were read before, by any replica, so that one that did not change need not be sent again.
//!
//! Only their validators make them usable: the host is asked each time, with whatever credentials there are, and what it says counts.

use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use callboard_service_kit::cache::{Cache, CacheNamespace};

/// Larger files are not kept; memcached takes none over a megabyte.
const LARGEST: usize = 900 * 1024;
/// How long one is kept that nobody asks for.
const LIFE: Duration = Duration::from_hours(24);

/// A file as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CachedBody {
    pub(super) etag: String,
    pub(super) body: Bytes,
}

/// Those that are known.
#[derive(Debug)]
pub(super) struct BodyCache {
    bodies: CacheNamespace,
}

impl BodyCache {
    pub(super) fn new(cache: &Cache) -> Self {
        Self {
            bodies: cache.namespace("bodies"),
        }
    }

    pub(super) async fn get(&self, url: &str) -> Option<CachedBody> {
        decode(self.bodies.get(url).await?)
    }

    pub(super) async fn put(&self, url: &str, cached: &CachedBody) {
        if cached.body.len() <= LARGEST
            && let Some(value) = encode(cached)
        {
            self.bodies.set(url, value, Some(LIFE)).await;
        }
    }
}

/// The length of the validator, the validator, and the file.
fn encode(cached: &CachedBody) -> Option<Bytes> {
    let length = u16::try_from(cached.etag.len()).ok()?;
    let mut value = BytesMut::with_capacity(2 + cached.etag.len() + cached.body.len());
    value.put_u16(length);
    value.put_slice(cached.etag.as_bytes());
    value.put_slice(&cached.body);
    Some(value.freeze())
}

fn decode(mut value: Bytes) -> Option<CachedBody> {
    let length = value
        .first_chunk::<2>()
        .map(|length| usize::from(u16::from_be_bytes(*length)))?;
    if value.len() < 2 + length {
        return None;
    }
    let body = value.split_off(2 + length);
    let etag = String::from_utf8(value.split_off(2).into()).ok()?;
    Some(CachedBody { etag, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_nonsense_does_not() {
        let cached = CachedBody {
            etag: "\"v1\"".to_owned(),
            body: Bytes::from_static(b"kind: Component"),
        };
        assert_eq!(decode(encode(&cached).unwrap()), Some(cached));
        for nonsense in [&b""[..], b"x", b"\xff\xffshort", b"\x00\x01\xff"] {
            assert_eq!(decode(Bytes::from_static(nonsense)), None);
        }
    }
}
