//! Timestamps, which YAML 1.1 tells from texts. JSON has none, so they become the text that JavaScript makes of a date.

use time::{Date, Duration, Month, OffsetDateTime, Time};

use super::scalar::is_digits;

/// The date as `2001-12-14T21:59:43.100Z`, if the text is one.
pub(super) fn timestamp(text: &str) -> Option<String> {
    let (date, time) = match text.split_once(['T', 't', ' ', '\t']) {
        Some((date, time)) => (date, Some(time.trim_start_matches([' ', '\t']))),
        None => (text, None),
    };
    let midnight = OffsetDateTime::new_utc(calendar_date(date)?, Time::MIDNIGHT);
    let moment = match time {
        Some(time) => midnight.checked_add(time_of_day(time)?)?,
        None => midnight,
    };
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        moment.year(),
        u8::from(moment.month()),
        moment.day(),
        moment.hour(),
        moment.minute(),
        moment.second(),
        moment.millisecond()
    ))
}

fn calendar_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = number(parts.next().filter(|year| year.len() == 4)?)?;
    let month = number(parts.next().filter(|month| month.len() <= 2)?)?;
    let day = number(parts.next().filter(|day| day.len() <= 2)?)?;
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    parts.next().is_none().then_some(date)
}

/// The time since midnight in UTC, which a zone may move into another day.
fn time_of_day(text: &str) -> Option<Duration> {
    let zone_start = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_start);
    let mut parts = clock.trim_end_matches([' ', '\t']).split(':');
    let (hours, minutes, seconds) = (number(parts.next()?)?, number(parts.next()?)?, parts.next()?);
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let seconds = number(seconds)?;
    if parts.next().is_some() || hours > 23 || minutes > 59 || seconds > 59 || !is_digits(fraction) {
        return None;
    }
    let milliseconds = number(&format!("{fraction:0<3}")[..3])?;
    let since_midnight =
        Duration::seconds(hours * 3600 + minutes * 60 + seconds) + Duration::milliseconds(milliseconds);
    Some(since_midnight - zone_offset(zone)?)
}

fn zone_offset(zone: &str) -> Option<Duration> {
    let Some(sign) = zone.chars().next().filter(|sign| *sign != 'Z') else {
        return (zone.len() <= 1).then_some(Duration::ZERO);
    };
    let (hours, minutes) = zone[1..].split_once(':').unwrap_or((&zone[1..], "00"));
    let hours = number(hours).filter(|hours| *hours < 30)?;
    let minutes = number(minutes).filter(|minutes| *minutes < 60)?;
    let offset = Duration::minutes(hours * 60 + minutes);
    Some(if sign == '-' { -offset } else { offset })
}

fn number(digits: &str) -> Option<i64> {
    (is_digits(digits) && digits.len() <= 4)
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn timestamps_are_read() {
        for (text, expected) in [
            ("2020-01-01", Some("2020-01-01T00:00:00.000Z")),
            ("2001-12-14t21:59:43.10-05:00", Some("2001-12-15T02:59:43.100Z")),
            ("2001-12-14 21:59:43", Some("2001-12-14T21:59:43.000Z")),
            ("2001-12-15  2:59:43.1234 Z", Some("2001-12-15T02:59:43.123Z")),
            ("2001-1-1T00:00:00+9", Some("2000-12-31T15:00:00.000Z")),
            ("2001-02-30", None),
            ("2001-13-01", None),
            ("01-01-01", None),
            ("2001-01-01-01", None),
            ("2001-01-01 10:00", None),
            ("2001-01-01 24:00:00", None),
            ("2001-01-01 10:00:00 X", None),
            ("word", None),
            ("", None),
        ] {
            assert_eq!(timestamp(text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[0-9]{0,5}-?[0-9é]{0,3}-?[0-9]{0,3}[Tt é]?[0-9:.+Zé-]{0,20}") {
            let _ = timestamp(&text);
        }

        #[test]
        fn the_years_at_the_ends_are_survived(year in "0000|9999", zone in "[+-]29") {
            let _ = timestamp(&format!("{year}-12-31T23:00:00{zone}"));
            let _ = timestamp(&format!("{year}-01-01T00:00:00{zone}"));
        }
    }
}
