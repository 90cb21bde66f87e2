//! When a schedule runs.

use std::{str::FromStr, time::Duration};

use croner::{
    Cron,
    parser::{CronParser, Seconds, Year},
};
use jiff::{Timestamp, tz::TimeZone};
use rand::Rng;
use time::OffsetDateTime;

/// Longest jitter.
const LONGEST_JITTER: Duration = Duration::from_hours(24);
const UTC: &str = "UTC";

/// Why there is no timetable, for whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimetableError {
    /// The expression is none.
    #[error("{cron:?} is no cron expression of five fields (minute, hour, day of month, month, day of week): {cause}")]
    Cron {
        /// As given.
        cron: String,
        /// What is wrong with it.
        cause: String,
    },
    /// The expression describes no time.
    #[error("the cron expression {0:?} never comes true")]
    Never(String),
    /// There is no such zone.
    #[error("{0:?} is no time zone; they have names such as \"Europe/Berlin\"")]
    TimeZone(String),
    /// It is too long.
    #[error("a jitter is {} hours at most", LONGEST_JITTER.as_secs() / 3600)]
    Jitter,
}

/// A cron expression of five fields, the zone it is meant in, and how much later than that a run may start.
#[derive(Debug, Clone)]
pub struct Timetable {
    text: String,
    cron: Cron,
    zone_name: String,
    zone: TimeZone,
    jitter: Duration,
}

impl Timetable {
    /// Checks all parts; an empty zone is UTC.
    pub fn new(cron: &str, zone: &str, jitter: Duration) -> Result<Self, TimetableError> {
        let parser = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build();
        let parsed = parser.parse(cron).map_err(|error| TimetableError::Cron {
            cron: cron.to_owned(),
            cause: error.to_string(),
        })?;
        let zone_name = if zone.is_empty() { UTC } else { zone };
        let zone = TimeZone::get(zone_name).map_err(|_| TimetableError::TimeZone(zone_name.to_owned()))?;
        if jitter > LONGEST_JITTER {
            return Err(TimetableError::Jitter);
        }
        let timetable = Self {
            text: cron.to_owned(),
            cron: parsed,
            zone_name: zone_name.to_owned(),
            zone,
            jitter,
        };
        if timetable.next(OffsetDateTime::UNIX_EPOCH).is_none() {
            return Err(TimetableError::Never(cron.to_owned()));
        }
        Ok(timetable)
    }

    /// The expression as given.
    pub fn cron(&self) -> &str {
        &self.text
    }

    /// The zone's name.
    pub fn zone(&self) -> &str {
        &self.zone_name
    }

    /// The longest delay.
    pub fn jitter(&self) -> Duration {
        self.jitter
    }

    /// The next time of the expression after a moment.
    pub fn next(&self, after: OffsetDateTime) -> Option<OffsetDateTime> {
        let after = Timestamp::from_second(after.unix_timestamp())
            .ok()?
            .to_zoned(self.zone.clone());
        let next = self.cron.find_next_occurrence(&after, false).ok()?;
        OffsetDateTime::from_unix_timestamp(next.timestamp().as_second()).ok()
    }

    /// The next run after a moment: the next time of the expression and a random part of the jitter.
    pub fn next_run(&self, after: OffsetDateTime) -> Option<OffsetDateTime> {
        let delay = rand::rng().random_range(0.0..=self.jitter.as_secs_f64());
        Some(self.next(after)? + Duration::from_secs_f64(delay))
    }
}

impl FromStr for Timetable {
    type Err = TimetableError;

    /// An expression in UTC, without jitter.
    fn from_str(cron: &str) -> Result<Self, TimetableError> {
        Self::new(cron, UTC, Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    fn next(cron: &str, zone: &str, after: OffsetDateTime) -> OffsetDateTime {
        Timetable::new(cron, zone, Duration::ZERO)
            .unwrap()
            .next_run(after)
            .unwrap()
    }

    #[test]
    fn a_zone_says_when_it_is_three_o_clock() {
        let noon = datetime!(2026-01-15 12:00 UTC);
        assert_eq!(next("0 3 * * *", "", noon), datetime!(2026-01-16 03:00 UTC));
        assert_eq!(
            next("0 3 * * *", "Europe/Berlin", noon),
            datetime!(2026-01-16 02:00 UTC)
        );
        assert_eq!(
            next("0 3 * * *", "America/New_York", noon),
            datetime!(2026-01-16 08:00 UTC)
        );
        // Summer time.
        assert_eq!(
            next("0 3 * * *", "Europe/Berlin", datetime!(2026-07-15 12:00 UTC)),
            datetime!(2026-07-16 01:00 UTC)
        );
        // The hour that the clocks skip: it runs that day all the same, once.
        let spring = next("30 2 * * *", "Europe/Berlin", datetime!(2026-03-28 12:00 UTC));
        assert_eq!(spring.date(), datetime!(2026-03-29 0:00 UTC).date());
        assert_eq!(
            next("*/15 9-17 * * 1-5", "", datetime!(2026-01-16 17:45 UTC)),
            datetime!(2026-01-19 09:00 UTC)
        );
    }

    #[test]
    fn a_run_is_strictly_later_and_at_most_the_jitter_late() {
        let timetable = Timetable::new("0 * * * *", "", Duration::from_mins(10)).unwrap();
        let hour = datetime!(2026-01-15 12:00 UTC);
        for _ in 0..100 {
            let late = timetable.next_run(hour).unwrap() - datetime!(2026-01-15 13:00 UTC);
            assert!(late >= time::Duration::ZERO && late <= time::Duration::minutes(10));
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for cron in [
            "",
            "often",
            "* * * *",
            "0 0 * * * *",
            "61 * * * *",
            "0 0 0 * *",
            "0 0 30 2 *",
        ] {
            assert!(Timetable::new(cron, "", Duration::ZERO).is_err(), "{cron}");
        }
        assert!(Timetable::new("0 0 * * *", "Mars/Base", Duration::ZERO).is_err());
        assert!(Timetable::new("0 0 * * *", "", Duration::from_hours(25)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9*/,\\- L#W?A-Za-z]{0,20}") {
            let _ = text.parse::<Timetable>();
        }
    }
}
