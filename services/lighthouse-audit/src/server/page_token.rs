//! Tokens of pages: where the next one begins.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_service_kit::error::ServiceError;
use time::OffsetDateTime;
use tonic::Status;

/// Longest page.
const LARGEST_PAGE: u32 = 10_000;

/// A token for what comes after a key.
pub(super) fn encode(key: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(key.join("\n"))
}

/// The key of a token, of two parts.
pub(super) fn decode(token: &str) -> Result<Option<(String, String)>, Status> {
    if token.is_empty() {
        return Ok(None);
    }
    let text = URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let parts = text.as_deref().and_then(|text| text.split_once('\n'));
    match parts {
        Some((first, second)) if !second.contains('\0') => Ok(Some((first.to_owned(), second.to_owned()))),
        _ => Err(invalid()),
    }
}

pub(super) fn invalid() -> Status {
    ServiceError::input("the page token is not one of ours").into()
}

/// A time as part of a key.
pub(super) fn of_time(time: OffsetDateTime) -> String {
    time.unix_timestamp_nanos().to_string()
}

/// The time of a key's part.
pub(super) fn to_time(text: &str) -> Result<OffsetDateTime, Status> {
    let nanos = text.parse().map_err(|_| invalid())?;
    let time = OffsetDateTime::from_unix_timestamp_nanos(nanos).map_err(|_| invalid())?;
    // Postgres counts from here.
    if time.year() < -4000 { Err(invalid()) } else { Ok(time) }
}

/// How many items a page has.
pub(super) fn limit(wanted: Option<u32>, default: u32) -> Result<i64, Status> {
    match wanted.unwrap_or(default) {
        limit if limit <= LARGEST_PAGE => Ok(i64::from(limit)),
        limit => Err(ServiceError::input(format!(
            "a page has {LARGEST_PAGE} items at most, and {limit} were asked for"
        ))
        .into()),
    }
}
