//! Which of Lighthouse's settings a caller may set: those that say how a page is loaded and judged. Others load code, write
//! files or attach to browsers that are not the caller's.

use serde_json::{Map, Value};

/// What a setting must look like.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Flag,
    Number,
    Text,
    Texts,
    /// An object of numbers and flags.
    Measures,
    /// An object of texts.
    Headers,
    /// A text or `false`.
    TextOrFalse,
    OneOf(&'static [&'static str]),
}

const SETTINGS: &[(&str, Shape)] = &[
    ("formFactor", Shape::OneOf(&["mobile", "desktop"])),
    // Of older versions; Backstage's form still sends it.
    ("emulatedFormFactor", Shape::OneOf(&["mobile", "desktop", "none"])),
    ("screenEmulation", Shape::Measures),
    ("emulatedUserAgent", Shape::TextOrFalse),
    ("throttlingMethod", Shape::OneOf(&["simulate", "devtools", "provided"])),
    ("throttling", Shape::Measures),
    ("onlyCategories", Shape::Texts),
    ("onlyAudits", Shape::Texts),
    ("skipAudits", Shape::Texts),
    ("extraHeaders", Shape::Headers),
    ("locale", Shape::Text),
    ("maxWaitForFcp", Shape::Number),
    ("maxWaitForLoad", Shape::Number),
    ("pauseAfterFcpMs", Shape::Number),
    ("pauseAfterLoadMs", Shape::Number),
    ("networkQuietThresholdMs", Shape::Number),
    ("cpuQuietThresholdMs", Shape::Number),
    ("blockedUrlPatterns", Shape::Texts),
    ("disableStorageReset", Shape::Flag),
    ("disableFullPageScreenshot", Shape::Flag),
    ("skipAboutBlank", Shape::Flag),
    ("ignoreStatusCode", Shape::Flag),
    ("usePassiveGathering", Shape::Flag),
    ("clearStorageTypes", Shape::Texts),
];

impl Shape {
    fn fits(self, value: &Value) -> bool {
        let all = |fits: fn(&Value) -> bool| value.as_object().is_some_and(|members| members.values().all(fits));
        match self {
            Self::Flag => value.is_boolean(),
            Self::Number => value.as_f64().is_some_and(|number| number >= 0.0),
            Self::Text => value.is_string(),
            Self::Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Self::Measures => all(|member| member.is_number() || member.is_boolean()),
            Self::Headers => all(Value::is_string),
            Self::TextOrFalse => value.is_string() || *value == Value::Bool(false),
            Self::OneOf(allowed) => value.as_str().is_some_and(|text| allowed.contains(&text)),
        }
    }

    fn describe(self) -> String {
        match self {
            Self::Flag => "true or false".to_owned(),
            Self::Number => "a number that is not negative".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::Measures => "an object of numbers and flags".to_owned(),
            Self::Headers => "an object of texts".to_owned(),
            Self::TextOrFalse => "a text or false".to_owned(),
            Self::OneOf(allowed) => format!("one of {}", allowed.join(", ")),
        }
    }
}

/// Checks `lighthouseConfig.settings`; an error is a sentence for the caller.
pub(super) fn check(settings: &Map<String, Value>) -> Result<(), String> {
    for (name, value) in settings {
        let Some((_, shape)) = SETTINGS.iter().find(|(known, _)| known == name) else {
            let known: Vec<&str> = SETTINGS.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "lighthouseConfig.settings.{name} may not be set here; settings are {}",
                known.join(", ")
            ));
        };
        // What is null is as good as absent; Lighthouse's own defaults hold nulls.
        if !value.is_null() && !shape.fits(value) {
            return Err(format!("lighthouseConfig.settings.{name} must be {}", shape.describe()));
        }
    }
    Ok(())
}
