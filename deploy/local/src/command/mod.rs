//! The launcher's command line. To add a command: a module here, and a variant of [`Command`].

mod detach;
mod down;
mod leftovers;
mod logs;
mod run;
mod signals;
mod status;
mod up;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{LaunchError, state::StateFolder};

/// Runs a whole Callboard on this machine.
#[derive(Debug, Parser)]
#[command(name = "callboard-local", version)]
pub struct CommandLine {
    /// The root of the repository.
    #[arg(long, default_value = ".")]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Command {
    /// Starts everything and stays until Ctrl+C.
    Up(up::UpArguments),
    /// Stops what `up --detach` started.
    Down,
    /// Tells what runs and whether it is well. Exit code 3 when nothing runs, 1 when something is not well.
    Status,
    /// Starts a stack on free ports in a temporary folder, runs a command against it, and stops it.
    Run(run::RunArguments),
    /// Shows the logs.
    Logs(logs::LogsArguments),
}

impl CommandLine {
    /// Does what the command line says.
    pub async fn run(self) -> Result<ExitCode, LaunchError> {
        let root = self.root.canonicalize().map_err(LaunchError::file(&self.root))?;
        let state = StateFolder::open(&root.join(".callboard"))?;
        match self.command {
            Command::Up(arguments) => up::run(root, &state, arguments).await,
            Command::Run(arguments) => run::run(root, arguments).await,
            Command::Down => down::run(&state).await,
            Command::Status => status::run(&state).await,
            Command::Logs(arguments) => logs::run(&state, &arguments).await,
        }
    }
}
