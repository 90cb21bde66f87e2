//! A whole Callboard as processes of this machine.

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use callboard_service_kit::config::Config;
use futures::future::try_join_all;
use rustix::process::Signal;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    Addresses, DatabaseChoice, LaunchError, PortChoice, StackOptions, Unit, databases,
    health::HttpProbe,
    overlay::Overlay,
    postgres::{ClusterOptions, PrivatePostgres},
    process::{ManagedProcess, ProcessSpec, log_tail},
    secret,
    state::{ProcessRecord, StackRecord, StateFolder},
    unit,
};

/// How often a process that starts is asked whether it is ready.
const HEALTH_POLL: Duration = Duration::from_millis(50);

/// A running Callboard. [`Stack::stop`] ends it in good order; dropping it kills its processes.
#[derive(Debug)]
pub struct Stack {
    pub(crate) options: StackOptions,
    pub(crate) state: StateFolder,
    pub(crate) postgres: Option<PrivatePostgres>,
    pub(crate) processes: BTreeMap<Unit, ManagedProcess>,
    pub(crate) probe: HttpProbe,
    addresses: Addresses,
    database_url: String,
    secret: String,
    config_files: Vec<PathBuf>,
    // Held for its drop: the folder goes with the stack.
    _temporary: Option<TempDir>,
}

impl Stack {
    /// Starts the database and every unit, and waits until all of them are ready.
    pub async fn start(options: StackOptions) -> Result<Self, LaunchError> {
        for unit in &options.units {
            let path = options.binaries_dir.join(unit.binary());
            if !path.is_file() {
                return Err(LaunchError::MissingBinary { path });
            }
        }
        let (state, temporary) = open_state(&options)?;
        let free = match options.ports {
            PortChoice::Free => Some(Addresses::free(&options.units)?),
            PortChoice::Configured => None,
        };
        let secret = secret::read_or_create(&state.secret())?;

        // A wrong configuration or a taken port is told before anything is started.
        let overlay = |database_url: &str| {
            Overlay {
                database_url,
                database_prefix: &options.database_prefix,
                secret: &secret,
                addresses: free.as_ref(),
            }
            .to_yaml()
        };
        let config_files = write_config(&options, &state, &overlay("postgres://unknown.invalid"))?;
        let addresses = Addresses::configured(&Config::load(&config_files)?, &options.units)?;
        addresses.check_unused()?;

        let postgres = match &options.database {
            DatabaseChoice::Url(_) => None,
            DatabaseChoice::Private { durable } => Some(
                PrivatePostgres::start(&ClusterOptions {
                    state_dir: state.path(),
                    log: &state.log("postgres"),
                    durable: *durable,
                    timeout: options.start_timeout,
                    progress: &options.progress,
                })
                .await?,
            ),
        };
        let database_url = match (&options.database, &postgres) {
            (DatabaseChoice::Url(url), _) => url.clone(),
            (DatabaseChoice::Private { .. }, Some(postgres)) => postgres.url.clone(),
            // Private always sets `postgres` above.
            (DatabaseChoice::Private { .. }, None) => String::new(),
        };
        write_config(&options, &state, &overlay(&database_url))?;
        if options.drop_databases {
            databases::sweep(&database_url).await?;
        }

        let mut stack = Self {
            options,
            state,
            postgres,
            processes: BTreeMap::new(),
            probe: HttpProbe::new(),
            addresses,
            database_url,
            secret,
            config_files,
            _temporary: temporary,
        };
        if let Err(error) = stack.start_units().await {
            stack.stop().await;
            return Err(error);
        }
        Ok(stack)
    }

    async fn start_units(&mut self) -> Result<(), LaunchError> {
        for unit in self.options.units.clone() {
            self.spawn(unit)?;
        }
        self.write_record(false)?;
        let (probe, options) = (&self.probe, &self.options);
        let waits = self.processes.iter_mut().map(|(unit, process)| {
            wait_until_ready(*unit, process, probe, health_url(&self.addresses, *unit), options)
        });
        try_join_all(waits).await?;
        self.write_record(true)
    }

    /// Starts a unit's process without waiting for it.
    pub(crate) fn spawn(&mut self, unit: Unit) -> Result<(), LaunchError> {
        let mut arguments = Vec::new();
        for file in &self.config_files {
            arguments.extend(["--config".to_owned(), file.display().to_string()]);
        }
        let process = ManagedProcess::spawn(ProcessSpec {
            name: unit.name().to_owned(),
            program: self.options.binaries_dir.join(unit.binary()),
            arguments,
            working_directory: self.options.root.clone(),
            environment: self.options.environment.clone(),
            log: self.log_path(unit),
            run_as: None,
        })?;
        self.processes.insert(unit, process);
        Ok(())
    }

    /// What it was started with.
    pub fn options(&self) -> &StackOptions {
        &self.options
    }

    /// The gateway's URL as a browser on this machine uses it; empty without a gateway.
    pub fn gateway_url(&self) -> String {
        self.addresses.of(Unit::Gateway).map_or_else(String::new, |addresses| {
            format!("http://localhost:{}", addresses.listen.port())
        })
    }

    /// Where the units listen.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Where a unit serves gRPC (the gateway: HTTP). None when the stack has no such unit.
    pub fn listen_address(&self, unit: Unit) -> Option<SocketAddr> {
        Some(self.addresses.of(unit)?.listen)
    }

    /// The catalog's gRPC URL, `http://127.0.0.1:<port>`; empty without a catalog.
    pub fn catalog_grpc_address(&self) -> String {
        self.listen_address(Unit::Catalog)
            .map_or_else(String::new, |address| format!("http://{address}"))
    }

    /// Connection URL of the database server.
    pub fn database_url(&self) -> &str {
        &self.database_url
    }

    /// The secret of `backend.auth.keys`, as base64, with which units sign who calls.
    pub fn service_secret(&self) -> &str {
        &self.secret
    }

    /// The files that make up the units' configuration, in order.
    pub fn config_files(&self) -> &[PathBuf] {
        &self.config_files
    }

    /// The folder of logs, secrets and private database.
    pub fn state_dir(&self) -> &Path {
        self.state.path()
    }

    /// A unit's log file.
    pub fn log_path(&self, unit: Unit) -> PathBuf {
        self.state.log(unit.name())
    }

    /// A unit's process id; None while it is not running.
    pub fn pid(&self, unit: Unit) -> Option<i32> {
        self.processes.get(&unit)?.pid()
    }

    /// SIGKILL, as a crash would, and waits until the process is gone. It stays away until [`Self::restart`].
    pub async fn kill(&mut self, unit: Unit) -> Result<(), LaunchError> {
        if let Some(mut process) = self.processes.remove(&unit) {
            process.kill().await;
        }
        Ok(())
    }

    /// SIGTERM, and waits for the end; kills it after the time that the options give. True when it ended by itself.
    pub async fn stop_unit(&mut self, unit: Unit) -> bool {
        match self.processes.remove(&unit) {
            Some(mut process) => process.stop(Signal::TERM, self.options.stop_timeout).await,
            None => true,
        }
    }

    /// Stops the unit where it runs, starts it again and waits until it is ready.
    pub async fn restart(&mut self, unit: Unit) -> Result<(), LaunchError> {
        self.stop_unit(unit).await;
        self.spawn(unit)?;
        self.wait_until_ready(unit).await
    }

    /// Waits until a unit that runs says it is ready.
    pub async fn wait_until_ready(&mut self, unit: Unit) -> Result<(), LaunchError> {
        let url = health_url(&self.addresses, unit);
        match self.processes.get_mut(&unit) {
            Some(process) => wait_until_ready(unit, process, &self.probe, url, &self.options).await,
            None => Ok(()),
        }
    }

    /// Whether a unit answers that it is ready now.
    pub async fn is_ready(&self, unit: Unit) -> bool {
        self.probe.succeeds(&health_url(&self.addresses, unit)).await
    }

    /// Freezes a unit (SIGSTOP): it holds its connections and answers nothing.
    pub fn pause(&self, unit: Unit) {
        if let Some(process) = self.processes.get(&unit) {
            process.signal(Signal::STOP);
        }
    }

    /// Lets a frozen unit go on (SIGCONT).
    pub fn resume(&self, unit: Unit) {
        if let Some(process) = self.processes.get(&unit) {
            process.signal(Signal::CONT);
        }
    }

    /// Stops the private Postgres, for tests of what happens without it. Nothing happens with a server given by URL.
    pub async fn stop_database(&mut self) {
        if let Some(postgres) = &mut self.postgres {
            postgres.stop(self.options.stop_timeout).await;
        }
    }

    /// Starts the private Postgres again on its port and waits until it takes connections.
    pub async fn start_database(&mut self) -> Result<(), LaunchError> {
        let Some(postgres) = &mut self.postgres else {
            return Ok(());
        };
        postgres.process = ManagedProcess::spawn(postgres.process.spec.clone())?;
        postgres.wait_until_ready(self.options.start_timeout).await
    }

    /// How many entities the catalog holds, as the gateway tells; None when it does not tell an anonymous caller.
    pub async fn entity_count(&self) -> Option<u64> {
        self.probe.entity_count(&self.gateway_url()).await
    }

    /// Stops every unit, the gateway first, then the database.
    pub async fn stop(mut self) {
        for unit in Unit::ALL.into_iter().rev() {
            if let Some(mut process) = self.processes.remove(&unit) {
                // A frozen process would not see the request to stop.
                process.signal(Signal::CONT);
                if !process.stop(Signal::TERM, self.options.stop_timeout).await {
                    self.options
                        .progress
                        .say(format!("{unit} did not stop in time and was killed"));
                }
            }
        }
        if self.options.drop_databases
            && let Err(error) = databases::drop_databases(&self.database_url, &self.options.database_prefix).await
        {
            self.options
                .progress
                .say(format!("the databases were not dropped: {error}"));
        }
        self.stop_database().await;
        self.state.remove_record();
    }

    /// Tells other processes what runs.
    pub(crate) fn write_record(&self, ready: bool) -> Result<(), LaunchError> {
        let postgres = self.postgres.iter().map(|postgres| (None, &postgres.process));
        let units = self.processes.iter().map(|(unit, process)| (Some(*unit), process));
        let processes = postgres
            .chain(units)
            .map(|(unit, process)| ProcessRecord {
                name: process.spec.name.clone(),
                pid: process.pid(),
                program: file_name(&process.spec.program),
                health_url: unit.map(|unit| health_url(&self.addresses, unit)),
            })
            .collect();
        self.state.write_record(&StackRecord {
            launcher_pid: i32::try_from(std::process::id()).unwrap_or_default(),
            ready,
            gateway_url: self.gateway_url(),
            processes,
        })
    }
}

fn open_state(options: &StackOptions) -> Result<(StateFolder, Option<TempDir>), LaunchError> {
    let temporary = match options.state_dir {
        Some(_) => None,
        None => Some(
            tempfile::Builder::new()
                .prefix("callboard-")
                // Postgres may run as another user, who must get through.
                .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o711))
                .tempdir()
                .map_err(LaunchError::file("a temporary folder"))?,
        ),
    };
    let path = match (&options.state_dir, &temporary) {
        (Some(path), _) => path.clone(),
        (None, temporary) => temporary
            .as_ref()
            .map(|folder| folder.path().to_owned())
            .unwrap_or_default(),
    };
    Ok((StateFolder::open(&path)?, temporary))
}

/// Writes what is generated, and names all configuration files in their order.
fn write_config(options: &StackOptions, state: &StateFolder, generated: &str) -> Result<Vec<PathBuf>, LaunchError> {
    let mut files = options.config_files.clone();
    let write = |name: String, text: &str| -> Result<PathBuf, LaunchError> {
        let path = state.generated_config(&name);
        secret::write_private(&path, text)?;
        Ok(path)
    };
    files.push(write("generated".to_owned(), generated)?);
    files.extend(options.extra_config_files.iter().cloned());
    for (index, overlay) in options.overlays.iter().enumerate() {
        files.push(write(format!("overlay-{index}"), overlay)?);
    }
    files
        .into_iter()
        .map(|file| fs::canonicalize(&file).map_err(LaunchError::file(file)))
        .collect()
}

/// Where a unit tells whether it is ready.
fn health_url(addresses: &Addresses, unit: unit::Unit) -> String {
    addresses.of(unit).map_or_else(String::new, |addresses| match unit {
        Unit::Gateway => format!("http://{}/.backstage/health/v1/readiness", addresses.listen),
        _ => format!("http://{}/readyz", addresses.admin),
    })
}

async fn wait_until_ready(
    unit: Unit,
    process: &mut ManagedProcess,
    probe: &HttpProbe,
    health_url: String,
    options: &StackOptions,
) -> Result<(), LaunchError> {
    const TAIL_LINES: usize = 20;
    let begun = Instant::now();
    while !probe.succeeds(&health_url).await {
        if let Some(status) = process.ended() {
            return Err(LaunchError::EndedEarly {
                name: unit.to_string(),
                status,
                tail: log_tail(&process.spec.log, TAIL_LINES),
                log: process.spec.log.clone(),
            });
        }
        if begun.elapsed() > options.start_timeout {
            return Err(LaunchError::NotReady {
                name: unit.to_string(),
                seconds: options.start_timeout.as_secs(),
                tail: log_tail(&process.spec.log, TAIL_LINES),
                log: process.spec.log.clone(),
            });
        }
        sleep(HEALTH_POLL).await;
    }
    options.progress.say(format!("{unit} is ready"));
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
