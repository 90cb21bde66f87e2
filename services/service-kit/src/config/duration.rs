use std::{borrow::Cow, fmt, time::Duration};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor},
};

/// A length of time as configuration spells it: a number of milliseconds, `"1h"` or `"1h 30m"`, ISO 8601 (`"PT1H"`), or
/// an object such as `{minutes: 5}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ConfigDuration(Duration);

impl ConfigDuration {
    /// The plain duration.
    pub const fn get(self) -> Duration {
        self.0
    }

    /// Reads the text forms: a number of milliseconds, units such as `1h 30m`, or ISO 8601.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(milliseconds) = text.parse::<f64>() {
            return from_milliseconds(milliseconds).map(Self);
        }
        text.strip_prefix('P')
            .map_or_else(|| with_units(text), iso8601)
            .map(Self)
    }
}

impl From<Duration> for ConfigDuration {
    fn from(duration: Duration) -> Self {
        Self(duration)
    }
}

impl From<ConfigDuration> for Duration {
    fn from(duration: ConfigDuration) -> Self {
        duration.0
    }
}

impl fmt::Display for ConfigDuration {
    /// In the form that is read: `1h 30m`, `50ms`; `0` for none.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u128, &str); 5] = [
            (86_400_000, "d"),
            (3_600_000, "h"),
            (60_000, "m"),
            (1_000, "s"),
            (1, "ms"),
        ];
        let mut rest = self.0.as_millis();
        if rest == 0 {
            return formatter.write_str("0");
        }
        let mut space = "";
        for (length, unit) in UNITS {
            if rest >= length {
                write!(formatter, "{space}{}{unit}", rest / length)?;
                rest %= length;
                space = " ";
            }
        }
        Ok(())
    }
}

/// So that defaults can be shown.
impl Serialize for ConfigDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for ConfigDuration {
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "x-type": "duration" })
    }
}

fn from_milliseconds(milliseconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(milliseconds / 1000.0).ok()
}

/// Milliseconds in a unit, by any of its usual names. Months and years have no fixed length; they count as 30 and 365 days.
fn unit_milliseconds(unit: &str) -> Option<f64> {
    const SECOND: f64 = 1000.0;
    const DAY: f64 = 86_400.0 * SECOND;
    Some(match unit {
        "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => 1.0,
        "s" | "sec" | "secs" | "second" | "seconds" => SECOND,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0 * SECOND,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600.0 * SECOND,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7.0 * DAY,
        "month" | "months" => 30.0 * DAY,
        "y" | "yr" | "yrs" | "year" | "years" => 365.0 * DAY,
        _ => return None,
    })
}

/// Splits a leading decimal number from its text.
fn leading_number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

fn with_units(text: &str) -> Option<Duration> {
    let mut total = 0.0;
    let mut rest = text.trim_start();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (amount, after) = leading_number(rest)?;
        let after = after.trim_start();
        let end = after
            .find(|character: char| !character.is_ascii_alphabetic())
            .unwrap_or(after.len());
        total += amount * unit_milliseconds(&after[..end].to_ascii_lowercase())?;
        rest = after[end..].trim_start();
    }
    from_milliseconds(total)
}

/// The part after the `P`.
fn iso8601(text: &str) -> Option<Duration> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    if (date.is_empty() && time.is_empty()) || text.ends_with('T') {
        return None;
    }
    let mut total = 0.0;
    for (mut rest, units) in [
        (
            date,
            [("Y", "year"), ("M", "month"), ("W", "week"), ("D", "day")].as_slice(),
        ),
        (time, [("H", "hour"), ("M", "minute"), ("S", "second")].as_slice()),
    ] {
        while !rest.is_empty() {
            let (amount, after) = leading_number(rest)?;
            let (letter, unit) = units.iter().find(|(letter, _)| after.starts_with(letter))?;
            total += amount * unit_milliseconds(unit)?;
            rest = &after[letter.len()..];
        }
    }
    from_milliseconds(total)
}

impl<'de> Deserialize<'de> for ConfigDuration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DurationVisitor)
    }
}

struct DurationVisitor;

impl<'de> Visitor<'de> for DurationVisitor {
    type Value = ConfigDuration;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a duration: milliseconds, \"1h 30m\", \"PT1H30M\" or {hours: 1, minutes: 30}")
    }

    fn visit_u64<E: de::Error>(self, milliseconds: u64) -> Result<ConfigDuration, E> {
        Ok(ConfigDuration(Duration::from_millis(milliseconds)))
    }

    fn visit_i64<E: de::Error>(self, milliseconds: i64) -> Result<ConfigDuration, E> {
        u64::try_from(milliseconds)
            .map(|milliseconds| ConfigDuration(Duration::from_millis(milliseconds)))
            .map_err(|_| E::invalid_value(de::Unexpected::Signed(milliseconds), &self))
    }

    fn visit_f64<E: de::Error>(self, milliseconds: f64) -> Result<ConfigDuration, E> {
        from_milliseconds(milliseconds)
            .map(ConfigDuration)
            .ok_or_else(|| E::invalid_value(de::Unexpected::Float(milliseconds), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ConfigDuration, E> {
        ConfigDuration::parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ConfigDuration, A::Error> {
        let mut total = 0.0;
        while let Some((unit, amount)) = map.next_entry::<String, f64>()? {
            let length = unit_milliseconds(&unit)
                .filter(|_| unit.ends_with('s') && unit.len() > 2)
                .ok_or_else(|| {
                    de::Error::custom(format!(
                        "{unit} is not a unit of time; there are years, months, weeks, days, hours, minutes, seconds and milliseconds"
                    ))
                })?;
            total += amount * length;
        }
        from_milliseconds(total)
            .map(ConfigDuration)
            .ok_or_else(|| de::Error::custom("a duration cannot be negative"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(json: serde_json::Value) -> Option<Duration> {
        serde_json::from_value::<ConfigDuration>(json)
            .ok()
            .map(ConfigDuration::get)
    }

    #[test]
    fn what_is_shown_can_be_read() {
        for (milliseconds, text) in [
            (0, "0"),
            (50, "50ms"),
            (90_000, "1m 30s"),
            (5_400_000, "1h 30m"),
            (86_400_001, "1d 1ms"),
        ] {
            let duration = ConfigDuration::from(Duration::from_millis(milliseconds));
            assert_eq!(duration.to_string(), text);
            assert_eq!(ConfigDuration::parse(text), Some(duration));
        }
    }

    #[test]
    fn every_form_is_read() {
        let ninety_minutes = Some(Duration::from_mins(90));
        for form in [
            serde_json::json!(5_400_000),
            serde_json::json!("5400000"),
            serde_json::json!("1h 30m"),
            serde_json::json!("1h30m"),
            serde_json::json!("1.5 hours"),
            serde_json::json!("PT1H30M"),
            serde_json::json!("PT90M"),
            serde_json::json!({"hours": 1, "minutes": 30}),
        ] {
            assert_eq!(read(form.clone()), ninety_minutes, "{form}");
        }
        assert_eq!(
            read(serde_json::json!("P1DT0.5S")),
            Some(Duration::from_millis(86_400_500))
        );
        assert_eq!(read(serde_json::json!("250ms")), Some(Duration::from_millis(250)));
    }

    #[test]
    fn nonsense_is_refused() {
        for form in [
            serde_json::json!(-1),
            serde_json::json!(""),
            serde_json::json!("soon"),
            serde_json::json!("1 fortnight"),
            serde_json::json!("P"),
            serde_json::json!("PT"),
            serde_json::json!("P1H"),
            serde_json::json!({"hours": -1}),
            serde_json::json!({"h": 1}),
            serde_json::json!([1]),
            serde_json::json!("inf"),
            serde_json::json!("NaN"),
        ] {
            assert_eq!(read(form.clone()), None, "{form}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            let _ = ConfigDuration::parse(&text);
        }

        #[test]
        fn whole_seconds_survive_every_text_form(seconds in 0_u32..10_000_000) {
            let expected = Some(ConfigDuration(Duration::from_secs(u64::from(seconds))));
            prop_assert_eq!(ConfigDuration::parse(&format!("{seconds}s")), expected);
            prop_assert_eq!(ConfigDuration::parse(&format!("PT{seconds}S")), expected);
            prop_assert_eq!(ConfigDuration::parse(&format!("{}", u64::from(seconds) * 1000)), expected);
        }
    }
}
