//! Rows as messages, and messages as what the domain knows.

use std::time::Duration;

use callboard_proto::lighthouse_audit::v1 as proto;
use callboard_service_kit::error::ServiceError;
use prost_types::Timestamp;
use time::OffsetDateTime;
use tonic::Status;

use crate::{
    audit::{AuditOptions, FailureKind, FormFactor, Stage, Status as AuditStatus, Throttling},
    store::AuditRow,
};

pub(super) fn timestamp(time: OffsetDateTime) -> Timestamp {
    Timestamp {
        seconds: time.unix_timestamp(),
        nanos: i32::try_from(time.nanosecond()).unwrap_or_default(),
    }
}

pub(super) fn time(timestamp: Timestamp) -> Result<OffsetDateTime, Status> {
    let nanos = i128::from(timestamp.seconds) * 1_000_000_000 + i128::from(timestamp.nanos);
    OffsetDateTime::from_unix_timestamp_nanos(nanos).map_err(|_| ServiceError::input("a time is out of range").into())
}

pub(super) fn duration(duration: prost_types::Duration, what: &str) -> Result<Duration, Status> {
    Duration::try_from(duration).map_err(|_| ServiceError::input(format!("{what} cannot be negative")).into())
}

pub(super) fn audit(row: AuditRow) -> proto::Audit {
    let failure = row.failure_kind.map(|kind| proto::AuditFailure {
        kind: FailureKind::from_name(&kind).map_or(0, |kind| failure_kind(kind).into()),
        message: row.failure_message.unwrap_or_default(),
    });
    let is_completed = row.status == AuditStatus::Completed.as_str();
    let metrics = proto::Metrics {
        first_contentful_paint_ms: row.first_contentful_paint_ms,
        largest_contentful_paint_ms: row.largest_contentful_paint_ms,
        total_blocking_time_ms: row.total_blocking_time_ms,
        cumulative_layout_shift: row.cumulative_layout_shift,
        speed_index_ms: row.speed_index_ms,
        time_to_interactive_ms: row.time_to_interactive_ms,
        total_bytes: row.total_bytes,
    };
    proto::Audit {
        id: row.id.to_string(),
        url: row.url,
        status: AuditStatus::from_name(&row.status).map_or(0, |value| status(value).into()),
        stage: row
            .stage
            .and_then(|name| Stage::from_name(&name))
            .map_or(0, |value| stage(value).into()),
        time_created: Some(timestamp(row.time_created)),
        time_started: row.time_started.map(timestamp),
        time_completed: row.time_completed.map(timestamp),
        failure,
        categories: row.categories.0.into_iter().map(category).collect(),
        metrics: is_completed.then_some(metrics),
        form_factor: FormFactor::from_name(&row.form_factor).map_or(0, |value| form_factor(value).into()),
        lighthouse_version: row.lighthouse_version.unwrap_or_default(),
        attempts: row.attempts.unsigned_abs(),
        schedule_id: row.schedule_id.map(|id| id.to_string()).unwrap_or_default(),
    }
}

pub(super) fn category(category: crate::audit::CategoryScore) -> proto::CategoryScore {
    proto::CategoryScore {
        id: category.id,
        title: category.title,
        score: category.score,
    }
}

fn status(status: AuditStatus) -> proto::AuditStatus {
    match status {
        AuditStatus::Running => proto::AuditStatus::Running,
        AuditStatus::Completed => proto::AuditStatus::Completed,
        AuditStatus::Failed => proto::AuditStatus::Failed,
    }
}

/// The state that a request asks for; none for all.
pub(super) fn wanted_status(value: i32) -> Result<Option<AuditStatus>, Status> {
    match proto::AuditStatus::try_from(value) {
        Ok(proto::AuditStatus::Unspecified) => Ok(None),
        Ok(proto::AuditStatus::Running) => Ok(Some(AuditStatus::Running)),
        Ok(proto::AuditStatus::Completed) => Ok(Some(AuditStatus::Completed)),
        Ok(proto::AuditStatus::Failed) => Ok(Some(AuditStatus::Failed)),
        Err(_) => Err(ServiceError::input(format!("there is no audit status {value}")).into()),
    }
}

fn stage(stage: Stage) -> proto::AuditStage {
    match stage {
        Stage::Queued => proto::AuditStage::Queued,
        Stage::WaitingForWebsite => proto::AuditStage::WaitingForWebsite,
        Stage::StartingBrowser => proto::AuditStage::StartingBrowser,
        Stage::Gathering => proto::AuditStage::Gathering,
        Stage::Scoring => proto::AuditStage::Scoring,
        Stage::Storing => proto::AuditStage::Storing,
    }
}

fn failure_kind(kind: FailureKind) -> proto::FailureKind {
    match kind {
        FailureKind::WebsiteUnreachable => proto::FailureKind::WebsiteUnreachable,
        FailureKind::AddressRefused => proto::FailureKind::AddressRefused,
        FailureKind::Browser => proto::FailureKind::Browser,
        FailureKind::Lighthouse => proto::FailureKind::Lighthouse,
        FailureKind::TimeLimit => proto::FailureKind::TimeLimit,
        FailureKind::Cancelled => proto::FailureKind::Cancelled,
        FailureKind::WorkerLost => proto::FailureKind::WorkerLost,
    }
}

pub(super) fn form_factor(form_factor: FormFactor) -> proto::FormFactor {
    match form_factor {
        FormFactor::Mobile => proto::FormFactor::Mobile,
        FormFactor::Desktop => proto::FormFactor::Desktop,
    }
}

/// The device that a request asks for; none where it does not say.
pub(super) fn wanted_form_factor(value: i32) -> Result<Option<FormFactor>, Status> {
    match proto::FormFactor::try_from(value) {
        Ok(proto::FormFactor::Unspecified) => Ok(None),
        Ok(proto::FormFactor::Mobile) => Ok(Some(FormFactor::Mobile)),
        Ok(proto::FormFactor::Desktop) => Ok(Some(FormFactor::Desktop)),
        Err(_) => Err(ServiceError::input(format!("there is no form factor {value}")).into()),
    }
}

fn wanted_throttling(value: i32) -> Result<Option<Throttling>, Status> {
    match proto::Throttling::try_from(value) {
        Ok(proto::Throttling::Unspecified) => Ok(None),
        Ok(proto::Throttling::Simulated) => Ok(Some(Throttling::Simulated)),
        Ok(proto::Throttling::Applied) => Ok(Some(Throttling::Applied)),
        Ok(proto::Throttling::None) => Ok(Some(Throttling::None)),
        Err(_) => Err(ServiceError::input(format!("there is no throttling {value}")).into()),
    }
}

pub(super) fn options(options: Option<proto::AuditOptions>) -> Result<AuditOptions, Status> {
    let options = options.unwrap_or_default();
    let up_timeout = options
        .up_timeout
        .map(|time| duration(time, "up_timeout"))
        .transpose()?;
    let plain = AuditOptions {
        form_factor: wanted_form_factor(options.form_factor)?,
        throttling: wanted_throttling(options.throttling)?,
        categories: options.categories,
        up_timeout_ms: up_timeout.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX)),
        ..AuditOptions::default()
    };
    plain
        .with_lighthouse_config(&options.lighthouse_config)
        .map_err(|error| ServiceError::input(error.to_string()).into())
}

/// Options as they are shown: what may be secret in them is not.
pub(super) fn shown_options(options: &AuditOptions) -> proto::AuditOptions {
    let throttling = match options.throttling {
        None => proto::Throttling::Unspecified,
        Some(Throttling::Simulated) => proto::Throttling::Simulated,
        Some(Throttling::Applied) => proto::Throttling::Applied,
        Some(Throttling::None) => proto::Throttling::None,
    };
    let mut settings = options.settings.clone();
    if let Some(serde_json::Value::Object(headers)) = settings.get_mut("extraHeaders") {
        for value in headers.values_mut() {
            *value = "[redacted]".into();
        }
    }
    let config = (!settings.is_empty()).then(|| serde_json::json!({ "settings": settings }).to_string());
    proto::AuditOptions {
        form_factor: options.form_factor.map_or(0, |value| form_factor(value).into()),
        throttling: throttling.into(),
        categories: options.categories.clone(),
        up_timeout: options
            .up_timeout_ms
            .and_then(|time| prost_types::Duration::try_from(Duration::from_millis(time)).ok()),
        lighthouse_config: config.unwrap_or_default().into_bytes().into(),
    }
}
