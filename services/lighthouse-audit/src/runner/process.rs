//! The runner's process and everything it starts.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::{
    io::AsyncWriteExt,
    process::{Child, ChildStdin, ChildStdout, Command},
};

use super::Job;
use crate::{
    audit::{AuditFailure, FailureKind},
    config::BrowserConfig,
};

const SCRIPT: &str = "runner.js";
/// What of the service's environment the runner may see. Everything else may be secret.
const ENVIRONMENT: [&str; 8] = [
    "PATH",
    "LANG",
    "LC_ALL",
    "TZ",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
    "SSL_CERT_FILE",
];
/// How much of its error output is told, in bytes.
const LAST_WORDS: usize = 1500;

/// A process group: the runner leads it, its browser belongs to it. Dropping it kills all of it.
#[derive(Debug)]
pub(super) struct Group {
    leader: Option<Pid>,
    child: Child,
    // Held open: its end tells the runner that the service is gone.
    input: Option<ChildStdin>,
    output: Option<ChildStdout>,
    errors: PathBuf,
}

impl Group {
    /// Starts the runner, with a home of its own.
    pub(super) fn start(config: &BrowserConfig, home: &Path) -> Result<Self, AuditFailure> {
        let failed = |error: std::io::Error| {
            let node = &config.node;
            let directory = config.runner.display();
            AuditFailure::new(
                FailureKind::Browser,
                format!("{node} cannot be started in {directory}: {error}"),
            )
        };
        if !config.runner.join("node_modules").is_dir() {
            let message = format!(
                "Lighthouse is not installed: run `npm ci` in {}",
                config.runner.display()
            );
            return Err(AuditFailure::new(FailureKind::Browser, message));
        }
        let errors = home.join("runner.log");
        let known = ENVIRONMENT
            .iter()
            .filter_map(|name| Some((name, std::env::var_os(name)?)));
        let mut child = Command::new(&config.node)
            .arg(SCRIPT)
            .current_dir(&config.runner)
            .env_clear()
            .envs(known)
            .env("HOME", home)
            .env("TMPDIR", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&errors).map_err(failed)?)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        Ok(Self {
            leader: child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw),
            input: child.stdin.take(),
            output: child.stdout.take(),
            child,
            errors,
        })
    }

    /// Tells the runner its job.
    pub(super) async fn send(&mut self, job: &Job<'_>) -> Result<(), AuditFailure> {
        let failed =
            |error: String| AuditFailure::new(FailureKind::Browser, format!("The runner takes no job: {error}"));
        let mut line = serde_json::to_vec(job).map_err(|error| failed(error.to_string()))?;
        line.push(b'\n');
        match &mut self.input {
            Some(input) => input.write_all(&line).await.map_err(|error| failed(error.to_string())),
            None => Err(failed("it has no input".to_owned())),
        }
    }

    /// Where the runner speaks. Once.
    pub(super) fn take_output(&mut self) -> ChildStdout {
        // `start` asked for a pipe, and this is called once.
        #[expect(clippy::expect_used, reason = "see above")]
        self.output.take().expect("the output is piped and taken once")
    }

    /// Why a runner that said nothing of it has ended.
    pub(super) async fn last_words(&mut self) -> String {
        const PATIENCE: Duration = Duration::from_secs(1);
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        let how = match status {
            Ok(Ok(status)) => format!("The runner ended ({status})"),
            _ => "The runner closed its output".to_owned(),
        };
        let text = tokio::fs::read(&self.errors).await.unwrap_or_default();
        let text = String::from_utf8_lossy(&text).replace('\0', "");
        let text = text.trim();
        let start = text.ceil_char_boundary(text.len().saturating_sub(LAST_WORDS));
        if text.is_empty() {
            how
        } else {
            format!("{how}: {}", &text[start..])
        }
    }

    /// Kills every process of the group.
    pub(super) fn kill(&mut self) {
        if let Some(leader) = self.leader.take() {
            // It fails only when nothing is left of the group.
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}
