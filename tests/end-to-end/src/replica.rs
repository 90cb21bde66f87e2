//! Further replicas of units, beside those of a stack.

use std::{fs, path::PathBuf, process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use callboard_load::http_client::{Call, Connection, Target};
use callboard_local::{StackOptions, Unit};
use http::StatusCode;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::process::{Child, Command};

use crate::{portal::Portal, wait::until};

/// How long a replica may take to stop by itself.
const STOP_TIMEOUT: Duration = Duration::from_secs(30);

/// A process of a unit. Dropping it kills it.
#[derive(Debug)]
pub struct Replica {
    process: Child,
    unit: Unit,
    arguments: Vec<PathBuf>,
    ready_url: String,
}

/// A port that was free a moment ago.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

impl Replica {
    /// Starts a replica with a stack's configuration and `overlay`, which gives it ports of its own, and waits until
    /// `ready_url` says that it is ready.
    pub async fn start(portal: &Portal, unit: Unit, overlay: &Value, ready_url: String) -> Result<Self> {
        let file = portal.path(&format!("{}-replica.json", unit.name()));
        fs::write(&file, overlay.to_string())?;
        let mut arguments = portal.stack.config_files().to_vec();
        arguments.push(file);
        let replica = Self {
            process: spawn(unit, &arguments)?,
            unit,
            arguments,
            ready_url,
        };
        replica.wait_until_ready().await?;
        Ok(replica)
    }

    async fn wait_until_ready(&self) -> Result<()> {
        until(&format!("another {} is ready", self.unit.name()), async || {
            is_ready(&self.ready_url).await
        })
        .await
    }

    /// SIGKILL, as a crash would.
    pub async fn kill(&mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }

    /// SIGTERM, and waits for the end.
    pub async fn stop(&mut self) -> Result<()> {
        let id = self.process.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        kill_process(id.context("it runs")?, Signal::TERM)?;
        let status = tokio::time::timeout(STOP_TIMEOUT, self.process.wait()).await??;
        ensure!(status.success(), "{} ended with {status}", self.unit.name());
        Ok(())
    }

    /// Starts it again after its end, and waits until it is ready.
    pub async fn start_again(&mut self) -> Result<()> {
        self.process = spawn(self.unit, &self.arguments)?;
        self.wait_until_ready().await
    }
}

fn spawn(unit: Unit, config_files: &[PathBuf]) -> Result<Child> {
    let options = StackOptions::for_tests()?;
    let mut command = Command::new(options.binaries_dir.join(unit.binary()));
    for file in config_files {
        command.arg("--config").arg(file);
    }
    Ok(command
        .current_dir(options.root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?)
}

/// Whether a URL answers 200 now.
pub async fn is_ready(url: &str) -> Result<bool> {
    let url = url::Url::parse(url)?;
    let mut connection = Connection::new(Target::new(&url, None)?);
    let answer = connection.send(&Call::get(url.path())).await;
    Ok(answer.is_ok_and(|answer| answer.status == StatusCode::OK))
}
