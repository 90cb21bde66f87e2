//! `down`: asks the running launcher to stop everything.

use std::{process::ExitCode, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use tokio::time::sleep;

use crate::{LaunchError, command::leftovers, state::StateFolder};

/// Longer than all units together may take to stop.
const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) async fn run(state: &StateFolder) -> Result<ExitCode, LaunchError> {
    if state.lock()?.is_some() {
        leftovers::stop(state).await;
        println!("Callboard is not running here.");
        return Ok(ExitCode::SUCCESS);
    }
    let Some(pid) = state.record().and_then(|record| Pid::from_raw(record.launcher_pid)) else {
        println!("Callboard is still starting; try again in a moment.");
        return Ok(ExitCode::FAILURE);
    };
    println!("Stopping Callboard (process {}) ...", pid.as_raw_nonzero());
    // It fails only for a process that is gone, which the lock tells next.
    let _ = kill_process(pid, Signal::TERM);
    let step = Duration::from_millis(100);
    let mut waited = Duration::ZERO;
    while waited < PATIENCE {
        if state.lock()?.is_some() {
            println!("Stopped.");
            return Ok(ExitCode::SUCCESS);
        }
        sleep(step).await;
        waited += step;
    }
    println!("It has not stopped after {} s; see ./dev logs", PATIENCE.as_secs());
    Ok(ExitCode::FAILURE)
}
