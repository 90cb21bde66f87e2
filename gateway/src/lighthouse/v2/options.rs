//! How to audit, as JSON, both ways.

use std::time::Duration;

use bytes::Bytes;
use callboard_proto::lighthouse_audit::v1::{AuditOptions, FormFactor, Throttling};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bodies::duration_text;
use crate::{error::ApiError, lighthouse::short_name};

#[derive(Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct OptionsBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    form_factor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    throttling: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    up_timeout: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lighthouse_config: Option<Value>,
}

/// The value of an enumeration by its name without prefix.
pub(super) fn form_factor(name: &str) -> Option<FormFactor> {
    FormFactor::from_str_name(&format!("FORM_FACTOR_{name}"))
}

impl OptionsBody {
    pub(super) fn into_message(self) -> Result<AuditOptions, ApiError> {
        let unknown = |what: &str, name: &str| ApiError::input(format!("'{name}' is no {what}"));
        let form_factor = match &self.form_factor {
            None => 0,
            Some(name) => form_factor(&name.to_uppercase())
                .ok_or_else(|| unknown("form factor", name))?
                .into(),
        };
        let throttling = match &self.throttling {
            None => 0,
            Some(name) => Throttling::from_str_name(&format!("THROTTLING_{}", name.to_uppercase()))
                .ok_or_else(|| unknown("throttling", name))?
                .into(),
        };
        Ok(AuditOptions {
            form_factor,
            throttling,
            categories: self.categories,
            up_timeout: self
                .up_timeout
                .map(|text| parse_duration("upTimeout", &text))
                .transpose()?,
            lighthouse_config: self
                .lighthouse_config
                .map_or_else(Bytes::new, |config| config.to_string().into()),
        })
    }
}

impl From<AuditOptions> for OptionsBody {
    fn from(options: AuditOptions) -> Self {
        Self {
            form_factor: short_name(options.form_factor().as_str_name(), "FORM_FACTOR_").map(ToOwned::to_owned),
            throttling: short_name(options.throttling().as_str_name(), "THROTTLING_").map(ToOwned::to_owned),
            up_timeout: options.up_timeout.map(duration_text),
            lighthouse_config: serde_json::from_slice(&options.lighthouse_config).ok(),
            categories: options.categories,
        }
    }
}

/// Protobuf's JSON of a duration: `"30s"`, `"1.5s"`.
pub(super) fn parse_duration(name: &str, text: &str) -> Result<prost_types::Duration, ApiError> {
    let seconds = text.strip_suffix('s').and_then(|number| number.parse::<f64>().ok());
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .and_then(|duration| prost_types::Duration::try_from(duration).ok())
        .ok_or_else(|| ApiError::input(format!("'{name}' must be a duration such as \"30s\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_survive_both_ways() {
        let json = r#"{"formFactor":"DESKTOP","throttling":"NONE","categories":["seo"],"upTimeout":"1.5s","lighthouseConfig":{"settings":{}}}"#;
        let body: OptionsBody = serde_json::from_str(json).expect("JSON");
        let message = body.into_message().expect("options");
        assert_eq!(message.form_factor(), FormFactor::Desktop);
        assert_eq!(serde_json::to_string(&OptionsBody::from(message)).expect("JSON"), json);
    }

    #[test]
    fn nonsense_is_refused() {
        for json in [
            r#"{"formFactor":"WATCH"}"#,
            r#"{"throttling":"FAST"}"#,
            r#"{"upTimeout":"30"}"#,
            r#"{"upTimeout":"-1s"}"#,
        ] {
            let body: OptionsBody = serde_json::from_str(json).expect("JSON");
            assert!(body.into_message().is_err(), "{json}");
        }
        assert!(serde_json::from_str::<OptionsBody>(r#"{"device":1}"#).is_err());
    }
}
