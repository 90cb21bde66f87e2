//! The Node runner of one audit, with its browser: a process group that is started, listened to, and killed whole.

mod events;
mod process;

use std::{path::Path, time::Duration};

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

use self::{
    events::{Event, EventReader},
    process::Group,
};
use crate::{
    audit::{AuditFailure, CategoryScore, FailureKind, Metrics, Stage},
    config::BrowserConfig,
};

/// What the runner is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Job<'a> {
    /// With its credentials.
    pub url: &'a str,
    /// `mobile` or `desktop`: the preset under the settings.
    pub form_factor: &'static str,
    /// What Lighthouse's configuration extends.
    pub extends: &'a str,
    /// Lighthouse's settings.
    pub settings: Map<String, Value>,
    /// How its browser is started.
    pub browser: BrowserJob<'a>,
}

/// How the browser is started.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BrowserJob<'a> {
    /// Chromium's executable.
    pub path: &'a str,
    /// A folder of its own.
    pub profile: &'a Path,
    /// The proxy on this machine that every connection goes through.
    pub proxy_port: u16,
    /// Whether it has its sandbox.
    pub sandbox: bool,
}

/// What lists and trends show of a report.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The version of Lighthouse.
    pub lighthouse_version: String,
    /// One a category.
    pub categories: Vec<CategoryScore>,
    /// What was measured.
    pub metrics: Metrics,
    /// Set when the page could not be judged; there is a report all the same.
    pub runtime_error: Option<RuntimeError>,
}

/// Why the page could not be judged.
#[derive(Debug, serde::Deserialize)]
pub struct RuntimeError {
    /// Lighthouse's code, `NOT_HTML` say.
    pub code: String,
    /// Lighthouse's sentence.
    pub message: String,
}

/// The outcome of an audit.
#[derive(Debug)]
pub struct Report {
    /// What lists and trends show of it.
    pub summary: Summary,
    /// Lighthouse's JSON.
    pub json: Bytes,
}

/// Runs one audit. Dropping the future kills the runner and its browser.
pub async fn run(
    config: &BrowserConfig,
    job: &Job<'_>,
    limit: Duration,
    progress: impl FnMut(Stage, u8),
) -> Result<Report, AuditFailure> {
    let mut group = Group::start(config, job.browser.profile)?;
    let outcome = tokio::time::timeout(limit, follow(&mut group, job, progress)).await;
    // Whatever happened: nothing of the group is needed any more.
    group.kill();
    match outcome {
        Ok(outcome) => outcome,
        Err(_) => Err(AuditFailure::new(
            FailureKind::TimeLimit,
            format!("The audit took longer than the {} s it may", limit.as_secs_f64()),
        )),
    }
}

async fn follow(group: &mut Group, job: &Job<'_>, mut progress: impl FnMut(Stage, u8)) -> Result<Report, AuditFailure> {
    group.send(job).await?;
    let mut events = EventReader::new(group.take_output());
    let mut summary = None;
    loop {
        match events.next().await {
            Ok(Some(Event::Progress { stage, percent })) => progress(stage, percent),
            Ok(Some(Event::Summary(found))) => summary = Some(found),
            Ok(Some(Event::Failure { kind, message })) => return Err(AuditFailure { kind, message }),
            Ok(Some(Event::Report { bytes })) => {
                let json = events.read_report(bytes).await.map_err(unreadable)?;
                let summary = summary.ok_or_else(|| unreadable("there is a report without its summary"))?;
                return Ok(Report { summary, json });
            }
            Ok(None) => return Err(AuditFailure::new(FailureKind::Browser, group.last_words().await)),
            Err(error) => return Err(unreadable(error)),
        }
    }
}

fn unreadable(error: impl std::fmt::Display) -> AuditFailure {
    AuditFailure::new(
        FailureKind::Lighthouse,
        format!("The runner's answer makes no sense: {error}"),
    )
}
