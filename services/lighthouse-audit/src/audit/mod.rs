//! What an audit is: its state, what may be audited, and how.

mod options;
mod settings;
mod states;
mod target;

pub use self::{
    options::{AuditOptions, OptionsError},
    states::{FailureKind, FormFactor, Stage, Status, Throttling},
    target::{Target, TargetError},
};

/// Why an audit failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFailure {
    /// The kind.
    pub kind: FailureKind,
    /// One sentence for a person, without the credentials of a URL.
    pub message: String,
}

impl AuditFailure {
    /// A failure with its reason.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}

/// The score of one category, as it is stored with an audit.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct CategoryScore {
    /// `performance`, `accessibility`, ...
    pub id: String,
    /// As Lighthouse prints it.
    pub title: String,
    /// 0 to 1; none when Lighthouse could not compute it.
    pub score: Option<f64>,
}

/// The metrics that trends are drawn from.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it all")]
pub struct Metrics {
    pub first_contentful_paint_ms: Option<f64>,
    pub largest_contentful_paint_ms: Option<f64>,
    pub total_blocking_time_ms: Option<f64>,
    pub cumulative_layout_shift: Option<f64>,
    pub speed_index_ms: Option<f64>,
    pub time_to_interactive_ms: Option<f64>,
    pub total_bytes: Option<f64>,
}
