//! Times and lengths of time as JSON has them.

use std::time::Duration;

use callboard_service_kit::config::ConfigDuration;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::error::ApiError;

/// `"30s"`, `"0.5s"`.
pub(crate) fn duration_text(duration: prost_types::Duration) -> String {
    let duration = Duration::try_from(duration).unwrap_or_default();
    format!("{}s", duration.as_secs_f64())
}

/// The length of time that a text says.
pub(crate) fn duration_of(name: &str, text: &str) -> Result<prost_types::Duration, ApiError> {
    let duration = ConfigDuration::parse(text)
        .ok_or_else(|| ApiError::input(format!("{name}: {text:?} is not a length of time such as \"30s\"")))?;
    prost_types::Duration::try_from(duration.get())
        .map_err(|_| ApiError::input(format!("{name}: {text:?} is too long")))
}

/// RFC 3339.
pub(crate) fn time_text(time: prost_types::Timestamp) -> Option<String> {
    let seconds = OffsetDateTime::from_unix_timestamp(time.seconds).ok()?;
    let whole = seconds + Duration::from_nanos(u64::try_from(time.nanos).unwrap_or(0));
    whole.format(&Rfc3339).ok()
}

/// The moment that a text says.
pub(crate) fn time_of(name: &str, text: &str) -> Result<prost_types::Timestamp, ApiError> {
    let time = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| {
        ApiError::input(format!(
            "{name}: {text:?} is not a time such as \"2026-01-31T12:00:00Z\""
        ))
    })?;
    Ok(prost_types::Timestamp {
        seconds: time.unix_timestamp(),
        nanos: i32::try_from(time.nanosecond()).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_moments_survive() {
        for text in ["30s", "0.5s", "0s"] {
            assert_eq!(duration_text(duration_of("a", text).expect("reads")), text);
        }
        let error = duration_of("limits.idleTimeout", "soon").expect_err("refuses");
        assert!(error.message().contains("limits.idleTimeout"), "{}", error.message());
        let time = time_of("from", "2026-01-31T12:00:00.5Z").expect("reads");
        assert_eq!(time_text(time).as_deref(), Some("2026-01-31T12:00:00.5Z"));
        assert!(time_of("from", "yesterday").is_err());
    }
}
