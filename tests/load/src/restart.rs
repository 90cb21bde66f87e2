//! How long a catalog is away after a crash.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use serde::Deserialize;
use serde_json::json;

use crate::http_client::{Call, Connection, Target};

const POLL: Duration = Duration::from_millis(5);
const GIVE_UP: Duration = Duration::from_mins(10);

/// What the crash cost.
#[derive(Debug, Clone, Copy)]
pub struct Restart {
    /// From the kill until whoever watches the process had started another one.
    pub until_started: Duration,
    /// From there until a read that no cache answers showed all entities.
    pub until_ready: Duration,
    /// Entities that it showed.
    pub entities: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    total_items: u64,
}

/// Kills the catalog with SIGKILL, and waits until it was started again and answers with as many entities as before.
pub async fn kill_and_wait(target: &Target, pid: u32) -> Result<Restart> {
    let mut connection = Connection::new(target.clone());
    let before = count(&mut connection)
        .await
        .context("the catalog does not answer, so there is nothing to restart")?;
    let command = command_of(pid).with_context(|| format!("there is no process {pid}"))?;
    let process = i32::try_from(pid)
        .ok()
        .and_then(Pid::from_raw)
        .context("not a process id")?;

    let killed = Instant::now();
    kill_process(process, Signal::KILL)?;
    let mut started = None;
    loop {
        if killed.elapsed() > GIVE_UP {
            bail!(match started {
                None => "nobody has started the catalog again",
                Some(_) => "the catalog was started again and does not show what it did before",
            });
        }
        tokio::time::sleep(POLL).await;
        let Some(since) = started else {
            started = runs_again(&command, pid).then(Instant::now);
            continue;
        };
        if let Some(entities) = count(&mut connection).await.filter(|entities| *entities >= before) {
            return Ok(Restart {
                until_started: since - killed,
                until_ready: since.elapsed(),
                entities,
            });
        }
    }
}

/// How many entities there are, by a request that no cache answers.
async fn count(connection: &mut Connection) -> Option<u64> {
    let call = Call::post("/api/catalog/entities/by-query", &json!({ "limit": 0 }));
    let answer = connection.send(&call).await.ok()?;
    let counted: Counted = serde_json::from_slice(&answer.body).ok()?;
    answer.status.is_success().then_some(counted.total_items)
}

/// Program and arguments; `None` of a process that is gone, or dead and not yet waited for.
fn command_of(pid: u32) -> Option<Vec<u8>> {
    fs::read(format!("/proc/{pid}/cmdline"))
        .ok()
        .filter(|command| !command.is_empty())
}

fn runs_again(command: &[u8], old: u32) -> bool {
    let Ok(processes) = fs::read_dir("/proc") else {
        return false;
    };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .any(|pid: u32| pid != old && command_of(pid).is_some_and(|other| other == command))
}
