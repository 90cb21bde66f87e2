//! What can go wrong while starting or controlling a stack, in words for the person at the terminal.

use std::{io, path::PathBuf, process::ExitStatus};

use callboard_service_kit::config::ConfigError;

/// Why a stack could not be started or controlled.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The configuration is readable but a value makes no sense here.
    #[error("{key}: {message}")]
    Setting {
        /// The configuration key, or the environment variable.
        key: String,
        /// What is wrong with it.
        message: String,
    },
    /// A unit's executable is missing.
    #[error("{} is missing; build it first with `cargo build`", path.display())]
    MissingBinary {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Another program listens on a port that is needed.
    #[error(
        "{address} is already in use, and {key} needs it; stop the program that listens there, or name another port in a \
         --config file"
    )]
    PortInUse {
        /// The address.
        address: String,
        /// The configuration key that names it.
        key: String,
    },
    /// A stack of the same folder runs already.
    #[error("Callboard is already running here{}; `./dev down` stops it", pid.map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    AlreadyRunning {
        /// Its process id, where known.
        pid: Option<i32>,
    },
    /// A program could not be started.
    #[error("{program} could not be started: {source}")]
    Spawn {
        /// The program.
        program: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// A process ended before it was ready.
    #[error("{name} ended while it was starting ({status}); the end of {}:\n{tail}", log.display())]
    EndedEarly {
        /// The process.
        name: String,
        /// How it ended.
        status: ExitStatus,
        /// Its log file.
        log: PathBuf,
        /// The log's last lines.
        tail: String,
    },
    /// A process did not become ready in time.
    #[error("{name} was not ready after {seconds} s; the end of {}:\n{tail}", log.display())]
    NotReady {
        /// The process.
        name: String,
        /// How long it was given.
        seconds: u64,
        /// Its log file.
        log: PathBuf,
        /// The log's last lines.
        tail: String,
    },
    /// The private Postgres could not be set up.
    #[error("Postgres: {0}")]
    Postgres(String),
    /// A database statement failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

impl LaunchError {
    /// Names the file an I/O error is about.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
