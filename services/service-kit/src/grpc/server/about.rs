//! What a replica tells of itself beside its health: headers of the answers of health and reflection.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::clock::{Clock, SystemClock};

/// The release that runs.
pub(crate) const VERSION: HeaderName = HeaderName::from_static("callboard-version");
/// When the server was made, in seconds since 1970.
pub(crate) const STARTED_AT: HeaderName = HeaderName::from_static("callboard-started-at");

/// The release of this build; all units of a workspace have the same.
pub const RELEASE: &str = env!("CARGO_PKG_VERSION");

/// The headers, made once.
#[derive(Debug)]
pub(super) struct About {
    started_at: HeaderValue,
}

impl About {
    pub(super) fn now() -> Self {
        Self {
            started_at: HeaderValue::from(SystemClock.unix_seconds()),
        }
    }

    pub(super) fn write_to(&self, headers: &mut HeaderMap) {
        headers.insert(VERSION, HeaderValue::from_static(RELEASE));
        headers.insert(STARTED_AT, self.started_at.clone());
    }
}
