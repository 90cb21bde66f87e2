//! The time a call has left, from the `grpc-timeout` of the one being served to those it makes in turn.

use std::{future::Future, time::Duration};

use http::{HeaderMap, HeaderValue};
use tokio::time::Instant;

const HEADER: &str = "grpc-timeout";
/// The header has room for eight digits.
const MAX_DIGITS: usize = 8;

tokio::task_local! {
    static CURRENT: Deadline;
}

/// The moment at which a call must be over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// The moment `time` from now.
    pub fn after(time: Duration) -> Self {
        // A time too long to be added is no limit worth the name; a year is as good.
        let now = Instant::now();
        Self(now.checked_add(time).unwrap_or(now + Duration::from_hours(24 * 365)))
    }

    /// The deadline of the call that this task serves, if it has one. Tasks spawned by a handler do not inherit it.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(|deadline| *deadline).ok()
    }

    /// The moment.
    pub fn at(self) -> Instant {
        self.0
    }

    /// The time left.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Runs a future as serving a call with this deadline, so that the calls it makes are bounded too.
    pub async fn scope<F: Future>(self, future: F) -> F::Output {
        CURRENT.scope(self, future).await
    }

    /// The deadline that a caller's headers ask for. A malformed header asks for none.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        parse(headers.get(HEADER)?.to_str().ok()?).map(Self::after)
    }

    /// Tells the callee how much time is left.
    pub(crate) fn write_to(self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::try_from(format(self.remaining())) {
            headers.insert(HEADER, value);
        }
    }
}

fn parse(text: &str) -> Option<Duration> {
    let unit = text.chars().next_back()?;
    let digits = text.strip_suffix(unit)?;
    if digits.is_empty() || digits.len() > MAX_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let amount: u64 = digits.parse().ok()?;
    Some(match unit {
        'H' => Duration::from_secs(amount * 3600),
        'M' => Duration::from_secs(amount * 60),
        'S' => Duration::from_secs(amount),
        'm' => Duration::from_millis(amount),
        'u' => Duration::from_micros(amount),
        'n' => Duration::from_nanos(amount),
        _ => return None,
    })
}

/// The finest unit that fits.
fn format(time: Duration) -> String {
    let fits = |amount: u128| amount < 10_u128.pow(8);
    if fits(time.as_micros()) {
        format!("{}u", time.as_micros())
    } else if fits(time.as_millis()) {
        format!("{}m", time.as_millis())
    } else {
        format!("{}S", time.as_secs().min(99_999_999))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_header_is_read_and_nonsense_ignored() {
        assert_eq!(parse("100m"), Some(Duration::from_millis(100)));
        assert_eq!(parse("2H"), Some(Duration::from_hours(2)));
        assert_eq!(parse("5n"), Some(Duration::from_nanos(5)));
        for nonsense in ["", "m", "100", "100x", "-1S", "123456789S", "1.5S", "é"] {
            assert_eq!(parse(nonsense), None, "{nonsense}");
        }
    }

    #[tokio::test]
    async fn a_scope_tells_the_deadline() {
        assert_eq!(Deadline::current(), None);
        let deadline = Deadline::after(Duration::from_secs(1));
        assert_eq!(deadline.scope(async { Deadline::current() }).await, Some(deadline));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_nearly(milliseconds in 0_u64..1_000_000_000_000) {
            let time = Duration::from_millis(milliseconds);
            let read = parse(&format(time)).unwrap();
            prop_assert!(read <= time && time.saturating_sub(read) < Duration::from_secs(1) || time.as_secs() > 99_999_999);
        }

        #[test]
        fn any_header_is_read_or_ignored(text in "\\PC{0,12}") {
            let _ = parse(&text);
        }
    }
}
