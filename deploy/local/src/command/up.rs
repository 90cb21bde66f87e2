//! `up`: starts everything, says where, and stays.

use std::{env, path::PathBuf, process::ExitCode, time::Duration};

use clap::Args;
use tokio::time::{Instant, sleep};

use crate::{
    DatabaseChoice, LaunchError, Stack, StackOptions,
    command::{detach, leftovers, signals::stop_signal},
    state::StateFolder,
};

/// How long to wait for the first entities before the address is printed all the same.
const FIRST_ENTITIES: Duration = Duration::from_secs(10);

/// The count is settled when it has not changed for this long.
const SETTLED: Duration = Duration::from_millis(400);

/// The arguments of `up`.
#[derive(Debug, Args)]
pub(crate) struct UpArguments {
    /// More configuration, read after app-config.yaml; the last one wins.
    #[arg(long = "config", value_name = "FILE")]
    pub(crate) config: Vec<PathBuf>,
    /// Where the units' executables are.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) binaries: PathBuf,
    /// Comes back once everything is ready, and leaves it running.
    #[arg(long)]
    pub(crate) detach: bool,
}

pub(crate) async fn run(root: PathBuf, state: &StateFolder, arguments: UpArguments) -> Result<ExitCode, LaunchError> {
    if arguments.detach {
        return detach::run(state).await;
    }
    let Some(_lock) = state.lock()? else {
        return Err(LaunchError::AlreadyRunning {
            pid: state.record().map(|record| record.launcher_pid),
        });
    };
    leftovers::stop(state).await;

    let mut options = StackOptions::local(root, arguments.binaries);
    options.extra_config_files = arguments.config;
    if let Some(url) = env::var("CALLBOARD_DATABASE_URL").ok().filter(|url| !url.is_empty()) {
        options.database = DatabaseChoice::Url(url);
    }
    let progress = options.progress.clone();

    let mut shutdown = std::pin::pin!(stop_signal()?);

    let mut stack = tokio::select! {
        stack = Stack::start(options) => stack?,
        // Dropping the half-started stack kills its processes.
        () = &mut shutdown => {
            state.remove_record();
            return Ok(ExitCode::SUCCESS);
        }
    };
    let entities = tokio::select! {
        entities = settled_entity_count(&stack) => entities,
        () = &mut shutdown => {
            stack.stop().await;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let count = entities.map_or_else(String::new, |count| format!(" with {count} entities"));
    progress.say(format!("Callboard is up{count}: {}", stack.gateway_url()));
    println!("\n  {}\n", stack.gateway_url());

    let outcome = stack.supervise(shutdown).await;
    progress.say("stopping");
    stack.stop().await;
    progress.say("stopped");
    outcome.map(|()| ExitCode::SUCCESS)
}

/// Waits until the catalog has read what is configured, as far as the number of entities tells.
pub(crate) async fn settled_entity_count(stack: &Stack) -> Option<u64> {
    let begun = Instant::now();
    let mut last = stack.entity_count().await?;
    let mut since = Instant::now();
    while begun.elapsed() < FIRST_ENTITIES && (last == 0 || since.elapsed() < SETTLED) {
        sleep(Duration::from_millis(50)).await;
        let now = stack.entity_count().await.unwrap_or(last);
        if now != last {
            last = now;
            since = Instant::now();
        }
    }
    Some(last)
}
