//! Lighthouse audits: the REST API of lighthouse-audit-service (`v1`), and ours beside it (`v2`).

pub(crate) mod audit_stream;
mod report_response;
pub(crate) mod routes;
mod v1;
mod v2;

use callboard_proto::lighthouse_audit::v1 as proto;
use prost_types::Timestamp;
use time::{OffsetDateTime, format_description::FormatItem, macros::format_description};

use crate::error::ApiError;

const ISO_8601: &[FormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// A time as JavaScript writes it.
fn iso_8601(timestamp: Timestamp) -> String {
    let nanos = i128::from(timestamp.seconds) * 1_000_000_000 + i128::from(timestamp.nanos);
    OffsetDateTime::from_unix_timestamp_nanos(nanos)
        .ok()
        .and_then(|time| time.format(ISO_8601).ok())
        .unwrap_or_default()
}

/// An enumeration's value without the prefix that all of its values have; none for the unspecified one.
fn short_name(name: &'static str, prefix: &str) -> Option<&'static str> {
    name.strip_prefix(prefix).filter(|name| *name != "UNSPECIFIED")
}

fn status_name(audit: &proto::Audit) -> &'static str {
    short_name(audit.status().as_str_name(), "AUDIT_STATUS_").unwrap_or("RUNNING")
}

fn is_over(audit: &proto::Audit) -> bool {
    matches!(
        audit.status(),
        proto::AuditStatus::Completed | proto::AuditStatus::Failed
    )
}

/// What the service promised to send.
fn present<T>(part: Option<T>) -> Result<T, ApiError> {
    part.ok_or_else(|| ApiError::internal("the Lighthouse audit service left out what it was asked for"))
}
