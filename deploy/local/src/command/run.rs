//! `run`: a stack of its own for one command, a test suite say, on free ports and gone afterwards.

use std::{env, path::PathBuf, process::ExitCode};

use clap::Args;
use tokio::process::Command;

use crate::{
    DatabaseChoice, LaunchError, PortChoice, Progress, Stack, StackOptions, Unit,
    command::{signals::stop_signal, up::settled_entity_count},
    databases,
};

/// The arguments of `run`.
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// More configuration, read after app-config.yaml; the last one wins.
    #[arg(long = "config", value_name = "FILE")]
    config: Vec<PathBuf>,
    /// Where the units' executables are.
    #[arg(long, value_name = "FOLDER")]
    binaries: PathBuf,
    /// Does not wait until the catalog has read what is configured.
    #[arg(long)]
    at_once: bool,
    /// The command. It finds the stack by `CALLBOARD_URL` and `CALLBOARD_CATALOG_URL` (gRPC), and
    /// the processes by `CALLBOARD_CATALOG_PID`, `CALLBOARD_PROXY_PID` and `CALLBOARD_GATEWAY_PID`.
    #[arg(last = true, required = true)]
    command: Vec<String>,
}

pub(crate) async fn run(root: PathBuf, arguments: RunArguments) -> Result<ExitCode, LaunchError> {
    let mut options = StackOptions::local(root, arguments.binaries.clone());
    options.state_dir = None;
    options.ports = PortChoice::Free;
    options.extra_config_files.clone_from(&arguments.config);
    options.database_prefix = databases::test_prefix();
    options.database = DatabaseChoice::Private { durable: false };
    if let Some(url) = env::var("DATABASE_URL").ok().filter(|url| !url.is_empty()) {
        options.database = DatabaseChoice::Url(url);
        options.drop_databases = true;
    }
    // What the command prints is what matters here.
    options.progress = Progress::silent();

    let mut shutdown = std::pin::pin!(stop_signal()?);
    let mut stack = tokio::select! {
        stack = Stack::start(options) => stack?,
        // Dropping the half-started stack kills its processes.
        () = &mut shutdown => return Ok(ExitCode::FAILURE),
    };
    let outcome = run_beside(&mut stack, &arguments, shutdown).await;
    stack.stop().await;
    outcome
}

/// Runs the command to its end while the stack is kept running; the command ends early with `shutdown`.
async fn run_beside(
    stack: &mut Stack,
    arguments: &RunArguments,
    mut shutdown: impl Future<Output = ()> + Unpin,
) -> Result<ExitCode, LaunchError> {
    if !arguments.at_once {
        tokio::select! {
            _ = settled_entity_count(stack) => {}
            () = &mut shutdown => return Ok(ExitCode::FAILURE),
        }
    }
    let program = arguments.command.first().cloned().unwrap_or_default();
    let spawn_error = |source| LaunchError::Spawn {
        program: program.clone(),
        source,
    };
    let mut command = Command::new(&program)
        .args(arguments.command.iter().skip(1))
        .env("CALLBOARD_URL", stack.gateway_url())
        .env("CALLBOARD_CATALOG_URL", stack.catalog_grpc_address())
        .env("CALLBOARD_CATALOG_PID", pid(stack, Unit::Catalog))
        .env("CALLBOARD_PROXY_PID", pid(stack, Unit::Proxy))
        .env("CALLBOARD_GATEWAY_PID", pid(stack, Unit::Gateway))
        .kill_on_drop(true)
        .spawn()
        .map_err(spawn_error)?;
    let mut status = None;
    let ended = async {
        tokio::select! {
            ended = command.wait() => status = Some(ended),
            () = shutdown => {}
        }
    };
    stack.supervise(ended).await?;
    let Some(status) = status.transpose().map_err(spawn_error)? else {
        return Ok(ExitCode::FAILURE);
    };
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

fn pid(stack: &Stack, unit: Unit) -> String {
    stack.pid(unit).map_or_else(String::new, |pid| pid.to_string())
}
