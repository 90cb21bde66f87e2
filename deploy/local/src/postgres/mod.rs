//! The private Postgres cluster: made once, started and stopped with the stack, reachable on loopback with a password of its own.

mod binaries;
pub(crate) mod run_as;

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use sha1::{Digest, Sha1};
use sqlx::{Connection, PgConnection};
use tokio::{process::Command, time::sleep};

use self::{binaries::PostgresBinaries, run_as::RunAs};
use crate::{
    LaunchError, Progress,
    addresses::free_port,
    process::{ManagedProcess, ProcessSpec, log_tail},
    secret,
};

const ROLE: &str = "callboard";

/// Where a cluster that root started lives when its user cannot reach the state folder, under `/root` say.
const SHARED_STATE: &str = "/var/lib/callboard";

/// The operating system limits the path of a Unix socket to little more than this.
const SOCKET_FOLDER_LIMIT: usize = 85;

/// A running private cluster.
#[derive(Debug)]
pub(crate) struct PrivatePostgres {
    pub(crate) process: ManagedProcess,
    /// Connection URL of the maintenance database, with the password.
    pub(crate) url: String,
}

/// What a cluster needs to be started.
pub(crate) struct ClusterOptions<'a> {
    pub(crate) state_dir: &'a Path,
    pub(crate) log: &'a Path,
    pub(crate) durable: bool,
    pub(crate) timeout: Duration,
    pub(crate) progress: &'a Progress,
}

impl PrivatePostgres {
    /// Makes the cluster where there is none, starts it and waits until it answers.
    pub(crate) async fn start(options: &ClusterOptions<'_>) -> Result<Self, LaunchError> {
        let run_as = RunAs::for_postgres()?;
        let home = cluster_home(options.state_dir, run_as.as_ref())?;
        let data = home.join("data");
        let password = secret::read_or_create(&options.state_dir.join("postgres-password"))?;
        // Base64 has characters that mean something in a URL.
        let password = hex::encode(password);

        let existing = fs::read_to_string(data.join("PG_VERSION")).ok();
        let wanted = existing.as_deref().and_then(|version| version.trim().parse().ok());
        let binaries = PostgresBinaries::find(wanted)?;
        if existing.is_none() {
            options.progress.say(format!(
                "making a private Postgres {} in {}",
                binaries.major,
                home.display()
            ));
            create(&binaries, &home, &data, &password, run_as.as_ref()).await?;
        } else {
            stop_leftover(&data).await;
        }

        let port = free_port()?;
        let process = ManagedProcess::spawn(spec(&binaries, &home, &data, port, run_as, options))?;
        let mut cluster = Self {
            process,
            url: format!("postgres://{ROLE}:{password}@127.0.0.1:{port}/postgres"),
        };
        cluster.wait_until_ready(options.timeout).await?;
        options
            .progress
            .say(format!("Postgres {} is ready on port {port}", binaries.major));
        Ok(cluster)
    }

    /// Waits until it takes connections.
    pub(crate) async fn wait_until_ready(&mut self, timeout: Duration) -> Result<(), LaunchError> {
        let begun = Instant::now();
        loop {
            if let Ok(connection) = PgConnection::connect(&self.url).await {
                // Politeness towards its log; the connection worked, which is all that matters here.
                let _ = connection.close().await;
                return Ok(());
            }
            if let Some(status) = self.process.ended() {
                return Err(LaunchError::EndedEarly {
                    name: self.process.spec.name.clone(),
                    status,
                    tail: log_tail(&self.process.spec.log, 20),
                    log: self.process.spec.log.clone(),
                });
            }
            if begun.elapsed() > timeout {
                return Err(LaunchError::NotReady {
                    name: self.process.spec.name.clone(),
                    seconds: timeout.as_secs(),
                    tail: log_tail(&self.process.spec.log, 20),
                    log: self.process.spec.log.clone(),
                });
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Disconnects everybody and stops cleanly.
    pub(crate) async fn stop(&mut self, patience: Duration) {
        self.process.stop(FAST_SHUTDOWN, patience).await;
    }
}

/// The signal that makes Postgres end sessions and stop cleanly.
const FAST_SHUTDOWN: Signal = Signal::INT;

/// The folder of the cluster, made when missing and owned by who runs it.
fn cluster_home(state_dir: &Path, run_as: Option<&RunAs>) -> Result<PathBuf, LaunchError> {
    let near = state_dir.join("postgres");
    let home = match run_as {
        Some(user) if !user.reaches(state_dir) => {
            let digest = Sha1::digest(state_dir.as_os_str().as_encoded_bytes());
            Path::new(SHARED_STATE).join(&hex::encode(digest)[..12])
        }
        _ => near,
    };
    fs::create_dir_all(&home).map_err(LaunchError::file(&home))?;
    fs::set_permissions(&home, Permissions::from_mode(0o700)).map_err(LaunchError::file(&home))?;
    if let Some(user) = run_as {
        user.own(&home)?;
    }
    Ok(home)
}

/// Runs `initdb` beside the final place and moves the result there, so that an interrupted one leaves nothing half made.
async fn create(
    binaries: &PostgresBinaries,
    home: &Path,
    data: &Path,
    password: &str,
    run_as: Option<&RunAs>,
) -> Result<(), LaunchError> {
    let unfinished = home.join("data.new");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(LaunchError::file(&unfinished))?;
    }
    let password_file = home.join("initial-password");
    secret::write_private(&password_file, password)?;
    if let Some(user) = run_as {
        user.own(&password_file)?;
    }
    let mut command = Command::new(binaries.program("initdb"));
    command
        .arg("--pgdata")
        .arg(&unfinished)
        .arg("--pwfile")
        .arg(&password_file)
        .args([
            "--username",
            ROLE,
            "--auth",
            "scram-sha-256",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
        ])
        .args(["--no-sync", "--no-instructions"])
        .current_dir(home);
    if let Some(user) = run_as {
        command.uid(user.uid).gid(user.gid).env("HOME", &user.home);
    }
    let output = command.output().await.map_err(|source| LaunchError::Spawn {
        program: "initdb".to_owned(),
        source,
    })?;
    fs::remove_file(&password_file).map_err(LaunchError::file(&password_file))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(LaunchError::Postgres(format!("initdb failed: {}", said.trim())));
    }
    fs::rename(&unfinished, data).map_err(LaunchError::file(data))
}

fn spec(
    binaries: &PostgresBinaries,
    home: &Path,
    data: &Path,
    port: u16,
    run_as: Option<RunAs>,
    options: &ClusterOptions<'_>,
) -> ProcessSpec {
    let socket_folder = if home.as_os_str().len() <= SOCKET_FOLDER_LIMIT {
        home.display().to_string()
    } else {
        String::new()
    };
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        format!("unix_socket_directories={socket_folder}"),
        "max_connections=200".to_owned(),
    ];
    if !options.durable {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"].map(str::to_owned));
    }
    let mut arguments = vec!["-D".to_owned(), data.display().to_string()];
    for setting in settings {
        arguments.extend(["-c".to_owned(), setting]);
    }
    ProcessSpec {
        name: "postgres".to_owned(),
        program: binaries.program("postgres"),
        arguments,
        working_directory: home.to_owned(),
        environment: Vec::new(),
        log: options.log.to_owned(),
        run_as,
    }
}

/// Stops the cluster's server when an earlier launcher died without doing so: two servers on one folder must never be.
async fn stop_leftover(data: &Path) {
    let Some(pid) = fs::read_to_string(data.join("postmaster.pid"))
        .ok()
        .and_then(|text| text.lines().next().and_then(|line| line.trim().parse().ok()))
        .and_then(Pid::from_raw)
        .filter(|pid| is_postgres_of(*pid, data))
    else {
        return;
    };
    // A failure means that it is gone already.
    let _ = kill_process(pid, FAST_SHUTDOWN);
    for _ in 0..200 {
        if !is_postgres_of(pid, data) {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// Whether a process is the server of this data folder, and not another that was given the same number after a reboot.
fn is_postgres_of(pid: Pid, data: &Path) -> bool {
    fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).is_ok_and(|line| {
        line.split(|byte| *byte == 0)
            .any(|part| part == data.as_os_str().as_encoded_bytes())
    })
}

#[cfg(test)]
mod tests {
    use sqlx::Row;

    use super::*;

    fn options<'a>(folder: &'a Path, log: &'a Path, progress: &'a Progress) -> ClusterOptions<'a> {
        ClusterOptions {
            state_dir: folder,
            log,
            durable: false,
            timeout: Duration::from_secs(30),
            progress,
        }
    }

    #[tokio::test]
    async fn a_cluster_keeps_its_data_and_password_over_restarts_and_after_a_lost_launcher() {
        let folder = tempfile::tempdir_in("/tmp").unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let log = folder.path().join("postgres.log");
        let progress = Progress::silent();
        let options = options(folder.path(), &log, &progress);

        let mut first = PrivatePostgres::start(&options).await.unwrap();
        let mut connection = PgConnection::connect(&first.url).await.unwrap();
        sqlx::query("CREATE TABLE kept (value int)")
            .execute(&mut connection)
            .await
            .unwrap();
        sqlx::query("INSERT INTO kept VALUES (7)")
            .execute(&mut connection)
            .await
            .unwrap();
        drop(connection);
        first.stop(Duration::from_secs(10)).await;

        let mut second = PrivatePostgres::start(&options).await.unwrap();
        let mut connection = PgConnection::connect(&second.url).await.unwrap();
        let row = sqlx::query("SELECT value FROM kept")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(row.get::<i32, _>(0), 7);
        drop(connection);

        let without_password = second
            .url
            .replacen(&second.url[21..second.url.find('@').unwrap()], "wrong", 1);
        assert!(PgConnection::connect(&without_password).await.is_err());

        // A launcher that died leaves its server behind: the next one stops that server and starts its own.
        let third = PrivatePostgres::start(&options).await.unwrap();
        assert!(second.process.wait().await.is_some());
        assert!(PgConnection::connect(&third.url).await.is_ok());
    }
}
