//! What is stored of an answer, and its form in the store.

use std::time::{Duration, SystemTime};

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_cache_semantics::CachePolicy;
use serde::{Deserialize, Serialize};

use super::{KEPT_FOR_REVALIDATION, directives::Directives, since};

/// Another form gets another number; entries of an older release are misses.
const FORM: u8 = 1;

/// A stored answer.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) policy: CachePolicy,
    pub(super) status: StatusCode,
    pub(super) directives: Directives,
    pub(super) body: Bytes,
    headers: HeaderMap,
    stored_at: SystemTime,
    fresh_until: SystemTime,
}

/// The part of an entry before its body.
#[derive(Serialize, Deserialize)]
struct Meta {
    policy: CachePolicy,
    status: u16,
    directives: Directives,
    stored_at: SystemTime,
    fresh_until: SystemTime,
    /// Names and values; a value need not be text.
    headers: Vec<(String, Vec<u8>)>,
}

impl Entry {
    pub(super) fn new(
        policy: CachePolicy,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
        now: SystemTime,
        shared: bool,
    ) -> Self {
        Self {
            directives: Directives::of(headers, shared),
            fresh_until: now + policy.time_to_live(now).min(Duration::from_hours(24 * 365)),
            stored_at: now,
            headers: headers.clone(),
            policy,
            status,
            body,
        }
    }

    /// Whether it is fresh, or not stale for longer than `grace`. No grace is none, however fresh the entry was just now.
    pub(super) fn is_within(&self, grace: Duration, now: SystemTime) -> bool {
        !grace.is_zero() && since(self.fresh_until, now) <= grace
    }

    /// Its headers with the age it has now.
    pub(super) fn headers_at(&self, now: SystemTime) -> HeaderMap {
        let mut headers = self.headers.clone();
        headers.insert(header::AGE, HeaderValue::from(self.policy.age(now).as_secs()));
        headers
    }

    /// How long it is of use.
    pub(super) fn life(&self) -> Duration {
        let fresh = since(self.stored_at, self.fresh_until);
        let validators = [header::ETAG, header::LAST_MODIFIED];
        let has_validator = validators.iter().any(|name| self.headers.contains_key(name));
        let stale = self.directives.while_revalidate.max(self.directives.if_error);
        let kept = if has_validator {
            KEPT_FOR_REVALIDATION
        } else {
            Duration::ZERO
        };
        fresh + stale.max(kept)
    }

    /// Whether it will ever be of use.
    pub(super) fn is_worth_keeping(&self) -> bool {
        !self.life().is_zero()
    }

    pub(super) fn encode(&self) -> Option<Bytes> {
        let headers = self.headers.iter();
        let meta = Meta {
            policy: self.policy.clone(),
            status: self.status.as_u16(),
            directives: self.directives,
            stored_at: self.stored_at,
            fresh_until: self.fresh_until,
            headers: headers
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect(),
        };
        let meta = serde_json::to_vec(&meta).ok()?;
        let mut bytes = BytesMut::with_capacity(5 + meta.len() + self.body.len());
        bytes.put_u8(FORM);
        bytes.put_u32(u32::try_from(meta.len()).ok()?);
        bytes.put_slice(&meta);
        bytes.put_slice(&self.body);
        Some(bytes.freeze())
    }

    pub(super) fn decode(bytes: &Bytes) -> Option<Self> {
        let mut rest = bytes.clone();
        if rest.remaining() < 5 || rest.get_u8() != FORM {
            return None;
        }
        let length = usize::try_from(rest.get_u32()).ok()?;
        if rest.remaining() < length {
            return None;
        }
        let meta: Meta = serde_json::from_slice(&rest.split_to(length)).ok()?;
        let headers = meta.headers.into_iter().map(|(name, value)| {
            let name = http::HeaderName::try_from(name).ok()?;
            Some((name, HeaderValue::from_bytes(&value).ok()?))
        });
        let mut map = HeaderMap::new();
        for header in headers {
            let (name, value) = header?;
            map.append(name, value);
        }
        Some(Self {
            policy: meta.policy,
            status: StatusCode::from_u16(meta.status).ok()?,
            directives: meta.directives,
            body: rest,
            headers: map,
            stored_at: meta.stored_at,
            fresh_until: meta.fresh_until,
        })
    }

    /// The same with a body.
    pub(super) fn with_body(mut self, body: Bytes) -> Self {
        self.body = body;
        self
    }
}
