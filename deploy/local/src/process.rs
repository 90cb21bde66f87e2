//! One child process: started in a group of its own so that Ctrl+C reaches the launcher alone, its output appended to a log file.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    process::{Child, Command},
    time::timeout,
};

use crate::{LaunchError, postgres::run_as::RunAs};

/// A log larger than this is moved aside when its process starts again.
const LOG_ROTATION_BYTES: u64 = 10 * 1024 * 1024;

/// How to start a process.
#[derive(Debug, Clone)]
pub(crate) struct ProcessSpec {
    pub(crate) name: String,
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) working_directory: PathBuf,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) log: PathBuf,
    pub(crate) run_as: Option<RunAs>,
}

/// A child process. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct ManagedProcess {
    pub(crate) spec: ProcessSpec,
    pub(crate) started: Instant,
    child: Child,
}

impl ManagedProcess {
    pub(crate) fn spawn(spec: ProcessSpec) -> Result<Self, LaunchError> {
        let log = open_log(&spec.log)?;
        let log_of_errors = log.try_clone().map_err(LaunchError::file(&spec.log))?;
        let mut command = Command::new(&spec.program);
        command
            .args(&spec.arguments)
            .current_dir(&spec.working_directory)
            .envs(spec.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(log_of_errors)
            .process_group(0)
            .kill_on_drop(true);
        if let Some(user) = &spec.run_as {
            command.uid(user.uid).gid(user.gid).env("HOME", &user.home);
        }
        let child = command.spawn().map_err(|source| LaunchError::Spawn {
            program: spec.program.display().to_string(),
            source,
        })?;
        Ok(Self {
            spec,
            started: Instant::now(),
            child,
        })
    }

    /// The process id; None once it has ended and been waited for.
    pub(crate) fn pid(&self) -> Option<i32> {
        self.child.id().and_then(|pid| i32::try_from(pid).ok())
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Waits for its end. May be dropped and called again.
    pub(crate) async fn wait(&mut self) -> Option<ExitStatus> {
        self.child.wait().await.ok()
    }

    /// Sends a signal; nothing happens when the process has ended.
    pub(crate) fn signal(&self, signal: Signal) {
        if let Some(pid) = self.pid().and_then(Pid::from_raw) {
            // It fails only for a process that is gone, which is what every caller wants in the end.
            let _ = kill_process(pid, signal);
        }
    }

    /// Asks it to stop with a signal, and kills it when it has not within the time. True when it stopped by itself.
    pub(crate) async fn stop(&mut self, signal: Signal, patience: Duration) -> bool {
        self.signal(signal);
        if timeout(patience, self.child.wait()).await.is_ok() {
            return true;
        }
        self.kill().await;
        false
    }

    /// SIGKILL, then waits until it is gone.
    pub(crate) async fn kill(&mut self) {
        self.signal(Signal::KILL);
        // SIGCONT first would change nothing: a stopped process is killed all the same.
        let _ = self.child.wait().await;
    }
}

fn open_log(path: &Path) -> Result<File, LaunchError> {
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() > LOG_ROTATION_BYTES) {
        let mut older = path.as_os_str().to_owned();
        older.push(".1");
        fs::rename(path, older).map_err(LaunchError::file(path))?;
    }
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(LaunchError::file(path))
}

/// The last lines of a log file, for an error message.
pub(crate) fn log_tail(path: &Path, lines: usize) -> String {
    const WINDOW_BYTES: u64 = 64 * 1024;
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(WINDOW_BYTES)))?;
        let mut bytes = Vec::new();
        file.take(WINDOW_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    match read() {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let all: Vec<&str> = text.lines().collect();
            all[all.len().saturating_sub(lines)..].join("\n")
        }
        Err(error) => format!("({error})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(folder: &Path, script: &str) -> ManagedProcess {
        ManagedProcess::spawn(ProcessSpec {
            name: "shell".to_owned(),
            program: PathBuf::from("/bin/sh"),
            arguments: vec!["-c".to_owned(), script.to_owned()],
            working_directory: folder.to_owned(),
            environment: vec![("GREETING".to_owned(), "hello".to_owned())],
            log: folder.join("shell.log"),
            run_as: None,
        })
        .unwrap()
    }

    #[tokio::test]
    async fn output_of_both_kinds_is_logged_and_its_tail_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut process = shell(folder.path(), "echo one; echo $GREETING >&2; exit 3");
        assert_eq!(process.wait().await.unwrap().code(), Some(3));
        assert_eq!(log_tail(&folder.path().join("shell.log"), 1), "hello");
        assert_eq!(log_tail(&folder.path().join("shell.log"), 9), "one\nhello");
    }

    #[tokio::test]
    async fn a_process_that_ignores_its_signal_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        let mut process = shell(folder.path(), "trap '' TERM; echo ready; while :; do sleep 0.05; done");
        while log_tail(&folder.path().join("shell.log"), 1) != "ready" {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(!process.stop(Signal::TERM, Duration::from_millis(200)).await);
        assert!(process.ended().is_some());
    }

    #[tokio::test]
    async fn a_large_log_is_moved_aside_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("shell.log");
        File::create(&log).unwrap().set_len(LOG_ROTATION_BYTES + 1).unwrap();
        shell(folder.path(), "echo new").wait().await;
        assert_eq!(fs::read_to_string(&log).unwrap(), "new\n");
        assert!(folder.path().join("shell.log.1").exists());
    }
}
