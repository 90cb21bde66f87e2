//! Messages as JSON.

use std::time::Duration;

use callboard_proto::lighthouse_audit::v1 as proto;
use serde::Serialize;

use super::options::OptionsBody;
use crate::lighthouse::{iso_8601, short_name, status_name};

fn not_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// A duration as protobuf's JSON has it: `"1.5s"`.
pub(super) fn duration_text(duration: prost_types::Duration) -> String {
    let seconds = Duration::try_from(duration).unwrap_or_default().as_secs_f64();
    format!("{seconds}s")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuditBody<'a> {
    id: &'a str,
    url: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'static str>,
    time_created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_started: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_completed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureBody<'a>>,
    categories: Vec<CategoryBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metrics: Option<MetricsBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form_factor: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lighthouse_version: Option<&'a str>,
    attempts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule_id: Option<&'a str>,
}

#[derive(Serialize)]
struct FailureBody<'a> {
    kind: Option<&'static str>,
    message: &'a str,
}

#[derive(Serialize)]
pub(super) struct CategoryBody<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
}

impl<'a> From<&'a proto::CategoryScore> for CategoryBody<'a> {
    fn from(category: &'a proto::CategoryScore) -> Self {
        Self {
            id: &category.id,
            title: &category.title,
            score: category.score,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MetricsBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    first_contentful_paint_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    largest_contentful_paint_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_blocking_time_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cumulative_layout_shift: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speed_index_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_to_interactive_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_bytes: Option<i64>,
}

impl From<&proto::Metrics> for MetricsBody {
    fn from(metrics: &proto::Metrics) -> Self {
        Self {
            first_contentful_paint_ms: metrics.first_contentful_paint_ms,
            largest_contentful_paint_ms: metrics.largest_contentful_paint_ms,
            total_blocking_time_ms: metrics.total_blocking_time_ms,
            cumulative_layout_shift: metrics.cumulative_layout_shift,
            speed_index_ms: metrics.speed_index_ms,
            time_to_interactive_ms: metrics.time_to_interactive_ms,
            total_bytes: metrics.total_bytes,
        }
    }
}

impl<'a> From<&'a proto::Audit> for AuditBody<'a> {
    fn from(audit: &'a proto::Audit) -> Self {
        Self {
            id: &audit.id,
            url: &audit.url,
            status: status_name(audit),
            stage: short_name(audit.stage().as_str_name(), "AUDIT_STAGE_"),
            time_created: audit.time_created.map(iso_8601).unwrap_or_default(),
            time_started: audit.time_started.map(iso_8601),
            time_completed: audit.time_completed.map(iso_8601),
            failure: audit.failure.as_ref().map(|failure| FailureBody {
                kind: short_name(failure.kind().as_str_name(), "FAILURE_KIND_"),
                message: &failure.message,
            }),
            categories: audit.categories.iter().map(Into::into).collect(),
            metrics: audit.metrics.as_ref().map(Into::into),
            form_factor: short_name(audit.form_factor().as_str_name(), "FORM_FACTOR_"),
            lighthouse_version: not_empty(&audit.lighthouse_version),
            attempts: audit.attempts,
            schedule_id: not_empty(&audit.schedule_id),
        }
    }
}

/// A step of an audit that is watched.
#[derive(Serialize)]
pub(super) struct StepBody<'a> {
    pub(super) audit: AuditBody<'a>,
    pub(super) percent: u32,
}

/// A page of something.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageBody<'a, T> {
    pub(super) items: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) total: Option<u64>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) next_page_token: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebsiteBody<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_audit: Option<AuditBody<'a>>,
    audits: Vec<AuditBody<'a>>,
    audit_count: u64,
    entity_refs: &'a [String],
}

impl<'a> From<&'a proto::Website> for WebsiteBody<'a> {
    fn from(website: &'a proto::Website) -> Self {
        Self {
            url: &website.url,
            last_audit: website.last_audit.as_ref().map(Into::into),
            audits: website.audits.iter().map(Into::into).collect(),
            audit_count: website.audit_count,
            entity_refs: &website.entity_refs,
        }
    }
}

#[derive(Serialize)]
pub(super) struct TrendPointBody<'a> {
    time: String,
    audits: u32,
    categories: Vec<CategoryBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metrics: Option<MetricsBody>,
}

impl<'a> From<&'a proto::TrendPoint> for TrendPointBody<'a> {
    fn from(point: &'a proto::TrendPoint) -> Self {
        Self {
            time: point.time.map(iso_8601).unwrap_or_default(),
            audits: point.audits,
            categories: point.categories.iter().map(Into::into).collect(),
            metrics: point.metrics.as_ref().map(Into::into),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckBody<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numeric_unit: Option<&'a str>,
}

impl<'a> From<&'a proto::CheckComparison> for CheckBody<'a> {
    fn from(check: &'a proto::CheckComparison) -> Self {
        Self {
            id: &check.id,
            title: &check.title,
            base_score: check.base_score,
            other_score: check.other_score,
            base_value: check.base_value,
            other_value: check.other_value,
            numeric_unit: not_empty(&check.numeric_unit),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ScheduleBody<'a> {
    id: &'a str,
    url: &'a str,
    cron: &'a str,
    time_zone: &'a str,
    jitter: String,
    options: OptionsBody,
    enabled: bool,
    origin: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_ref: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_run: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_run: Option<String>,
}

impl<'a> From<&'a proto::Schedule> for ScheduleBody<'a> {
    fn from(schedule: &'a proto::Schedule) -> Self {
        Self {
            id: &schedule.id,
            url: &schedule.url,
            cron: &schedule.cron,
            time_zone: &schedule.time_zone,
            jitter: duration_text(schedule.jitter.unwrap_or_default()),
            options: OptionsBody::from(schedule.options.clone().unwrap_or_default()),
            enabled: schedule.enabled,
            origin: short_name(schedule.origin().as_str_name(), "SCHEDULE_ORIGIN_"),
            entity_ref: not_empty(&schedule.entity_ref),
            next_run: schedule.next_run.map(iso_8601),
            last_run: schedule.last_run.map(iso_8601),
        }
    }
}
