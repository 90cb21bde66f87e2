//! One attempt at one audit, from waiting for the website to its report.

use tempfile::TempDir;

use super::{Workers, heartbeat::Progress};
use crate::{
    audit::{AuditFailure, FailureKind, Stage, Target},
    guard::Guard,
    runner::{self, BrowserJob, Job, Report},
    store::Claimed,
    website::wait_until_up,
};

impl Workers {
    pub(super) async fn execute(&self, audit: &Claimed, progress: &Progress) -> Result<Report, AuditFailure> {
        let target = Target {
            url: audit.url.clone(),
            credentials: audit.credentials.clone(),
        };
        let outcome = self.attempt(&target, audit, progress).await;
        outcome.map_err(|failure| without_secrets(failure, &target))
    }

    async fn attempt(&self, target: &Target, audit: &Claimed, progress: &Progress) -> Result<Report, AuditFailure> {
        let url = url::Url::parse(&target.url)
            .map_err(|error| AuditFailure::new(FailureKind::WebsiteUnreachable, error.to_string()))?;
        // Rules may have changed since it was asked for.
        self.policy
            .check_url(&url)
            .map_err(|refusal| AuditFailure::new(FailureKind::AddressRefused, refusal.to_string()))?;
        let guard = Guard::start(self.policy.clone())
            .await
            .map_err(|error| machine(&error))?;
        wait_until_up(target, &guard, audit.options.up_timeout(self.config.up_timeout)).await?;
        guard.page_found();

        progress.at(Stage::StartingBrowser, 1);
        let profile = TempDir::with_prefix("callboard-audit-").map_err(|error| machine(&error))?;
        let url = target.for_browser();
        let job = Job {
            url: &url,
            form_factor: audit.options.device().as_str(),
            extends: audit.options.extends(),
            settings: audit.options.lighthouse_settings(),
            browser: BrowserJob {
                path: &self.browser.chromium,
                profile: profile.path(),
                proxy_port: guard.port(),
                sandbox: !self.browser.no_sandbox,
            },
        };
        let report = runner::run(&self.browser, &job, self.config.audit_timeout, |stage, percent| {
            progress.at(stage, percent);
        })
        .await;
        remove(profile);
        let report = report?;
        match (&report.summary.runtime_error, guard.refusal()) {
            // The page itself led somewhere that may not be reached.
            (Some(error), Some(refusal)) if leads_nowhere(&error.code) => {
                Err(AuditFailure::new(FailureKind::AddressRefused, refusal))
            }
            _ => Ok(report),
        }
    }
}

/// Removes a profile. Its browser was killed a moment ago and may still hold on to it; nobody has to wait for that.
fn remove(profile: TempDir) {
    tokio::task::spawn_blocking(move || {
        std::thread::sleep(std::time::Duration::from_millis(200));
        if let Err(error) = profile.close() {
            tracing::debug!(%error, "a browser's profile could not be removed");
        }
    });
}

/// Lighthouse's codes for a page whose document could not be loaded.
fn leads_nowhere(code: &str) -> bool {
    matches!(
        code,
        "FAILED_DOCUMENT_REQUEST" | "ERRORED_DOCUMENT_REQUEST" | "CHROME_INTERSTITIAL_ERROR" | "DNS_FAILURE"
    )
}

fn machine(error: &std::io::Error) -> AuditFailure {
    AuditFailure::new(
        FailureKind::Browser,
        format!("This machine cannot start an audit: {error}"),
    )
}

/// Messages of libraries may repeat the URL.
fn without_secrets(mut failure: AuditFailure, target: &Target) -> AuditFailure {
    if let Some(credentials) = &target.credentials {
        failure.message = failure.message.replace(&format!("{credentials}@"), "");
    }
    failure
}
