//! Processes that an earlier launcher left behind when it was killed itself.

use std::{fs, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use tokio::time::sleep;

use crate::state::{ProcessRecord, StateFolder};

/// Units need no more than their own drain time; after it they are killed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Stops them, so that ports and databases are free. Postgres is left to its own start, which knows how to stop an old server.
pub(crate) async fn stop(state: &StateFolder) {
    let Some(record) = state.record() else {
        return;
    };
    let pids: Vec<Pid> = record
        .processes
        .iter()
        .filter(|process| process.program != "postgres" && is_still(process))
        .filter_map(|process| process.pid.and_then(Pid::from_raw))
        .collect();
    for pid in &pids {
        // A failure means that it is gone already.
        let _ = kill_process(*pid, Signal::TERM);
    }
    let mut waited = Duration::ZERO;
    let step = Duration::from_millis(50);
    while record
        .processes
        .iter()
        .any(|process| process.program != "postgres" && is_still(process))
    {
        if waited > PATIENCE {
            for pid in &pids {
                let _ = kill_process(*pid, Signal::KILL);
            }
            break;
        }
        sleep(step).await;
        waited += step;
    }
    state.remove_record();
}

/// Whether the recorded process still runs, and is the program it was: numbers are given again after a reboot.
fn is_still(process: &ProcessRecord) -> bool {
    process.pid.is_some_and(|pid| {
        fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|executable| {
            executable
                .file_name()
                // The kernel appends " (deleted)" when the file was built anew in the meantime.
                .is_some_and(|name| name.to_string_lossy().trim_end_matches(" (deleted)") == process.program)
        })
    })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use crate::state::StackRecord;

    use super::*;

    #[tokio::test]
    async fn only_the_recorded_programs_are_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::open(folder.path()).unwrap();
        let mut left = Command::new("sleep").arg("60").spawn().unwrap();
        let mut other = Command::new("sleep").arg("60").spawn().unwrap();
        let program = fs::read_link(format!("/proc/{}/exe", left.id())).unwrap();
        let program = program.file_name().unwrap().to_string_lossy().into_owned();
        let record = |pid: u32, program: &str| ProcessRecord {
            name: "catalog".to_owned(),
            pid: i32::try_from(pid).ok(),
            program: program.to_owned(),
            health_url: None,
        };
        state
            .write_record(&StackRecord {
                processes: vec![record(left.id(), &program), record(other.id(), "callboard-proxy")],
                ..StackRecord::default()
            })
            .unwrap();
        // The child's end is only seen once it is waited for, which its parent, this test, does beside.
        let waiting = std::thread::spawn(move || left.wait().unwrap());
        stop(&state).await;
        assert!(!waiting.join().unwrap().success());
        assert!(other.try_wait().unwrap().is_none());
        assert!(state.record().is_none());
        other.kill().unwrap();
        other.wait().unwrap();
    }
}
