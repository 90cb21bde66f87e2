//! What a stack is started with.

use std::{env, path::PathBuf, time::Duration};

use crate::{LaunchError, Progress, Unit, databases};

/// Which Postgres a stack uses.
#[derive(Debug, Clone)]
pub enum DatabaseChoice {
    /// A private cluster in the stack's state folder, made when missing.
    Private {
        /// Whether it survives a power failure; tests do without, for speed.
        durable: bool,
    },
    /// A server that exists already, by connection URL; its role must be allowed to create databases.
    Url(String),
}

/// Which ports a stack uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortChoice {
    /// Those the configuration names, or the defaults.
    Configured,
    /// Free ones, so that many stacks run side by side.
    Free,
}

/// What a stack is started with. The configuration of its units is, in this order with the later winning: `config_files`, what
/// the launcher generates (database, secret, ports), `extra_config_files`, `overlays`.
#[derive(Debug, Clone)]
pub struct StackOptions {
    /// The folder that holds the units' executables.
    pub binaries_dir: PathBuf,
    /// The units' working directory, against which relative `file` locations are resolved: the root of the repository.
    pub root: PathBuf,
    /// Logs, secret, generated configuration and private database live here. None: a temporary folder that goes with the stack.
    pub state_dir: Option<PathBuf>,
    /// Base configuration, `app-config.yaml` as a rule; may be empty.
    pub config_files: Vec<PathBuf>,
    /// Configuration that wins over the generated one: the `--config` files of the command line.
    pub extra_config_files: Vec<PathBuf>,
    /// More configuration, as YAML text.
    pub overlays: Vec<String>,
    /// Which Postgres.
    pub database: DatabaseChoice,
    /// What the names of the units' databases begin with.
    pub database_prefix: String,
    /// Drops the databases of `database_prefix` when the stack stops.
    pub drop_databases: bool,
    /// Which ports.
    pub ports: PortChoice,
    /// Which units to start.
    pub units: Vec<Unit>,
    /// Environment variables of the units, over those of this process.
    pub environment: Vec<(String, String)>,
    /// How long each process may take until it is ready.
    pub start_timeout: Duration,
    /// How long each process may take to stop before it is killed.
    pub stop_timeout: Duration,
    /// Who hears how far things are.
    pub progress: Progress,
}

impl StackOptions {
    /// For `./dev up`: state in `.callboard`, ports by configuration.
    pub fn local(root: PathBuf, binaries_dir: PathBuf) -> Self {
        Self {
            binaries_dir,
            state_dir: Some(root.join(".callboard")),
            config_files: vec![
                root.join("app-config.yaml"),
                root.join("deploy/local/app-config.local-stack.yaml"),
            ],
            root,
            extra_config_files: Vec::new(),
            overlays: Vec::new(),
            database: DatabaseChoice::Private { durable: true },
            database_prefix: "callboard_".to_owned(),
            drop_databases: false,
            ports: PortChoice::Configured,
            units: Unit::ALL.to_vec(),
            // The logs are files: colours would be noise in them.
            environment: vec![("NO_COLOR".to_owned(), "1".to_owned())],
            start_timeout: Duration::from_mins(1),
            stop_timeout: Duration::from_secs(15),
            progress: Progress::terminal(),
        }
    }

    /// For end-to-end tests: free ports, a temporary folder, databases of its own on the server of `DATABASE_URL`, the binaries
    /// of the running test's profile, and no configuration besides what the test adds to `overlays`.
    pub fn for_tests() -> Result<Self, LaunchError> {
        let server = env::var("DATABASE_URL").map_err(|_| LaunchError::Setting {
            key: "DATABASE_URL".to_owned(),
            message: "is not set; run the tests through `./dev test`, which starts a Postgres for them".to_owned(),
        })?;
        let executable = env::current_exe().map_err(LaunchError::file("the test's own executable"))?;
        // target/<profile>/deps/<test>: the units' executables are one folder up.
        let binaries_dir = executable.ancestors().nth(2).map_or_else(PathBuf::new, PathBuf::from);
        let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        Ok(Self {
            binaries_dir,
            root: root.canonicalize().map_err(LaunchError::file(root))?,
            state_dir: None,
            config_files: Vec::new(),
            extra_config_files: Vec::new(),
            overlays: Vec::new(),
            database: DatabaseChoice::Url(server),
            database_prefix: databases::test_prefix(),
            drop_databases: true,
            ports: PortChoice::Free,
            units: Unit::ALL.to_vec(),
            environment: Vec::new(),
            start_timeout: Duration::from_secs(90),
            stop_timeout: Duration::from_secs(15),
            progress: Progress::silent(),
        })
    }
}
