//! `up --detach`: the same command again without a terminal; this one comes back when it is ready.

use std::{
    env,
    fs::{self, File},
    process::{Command, ExitCode, Stdio},
    time::Duration,
};

use std::os::unix::process::CommandExt;

use tokio::time::sleep;

use crate::{LaunchError, state::StateFolder};

pub(crate) async fn run(state: &StateFolder) -> Result<ExitCode, LaunchError> {
    let log_path = state.log("launcher");
    let log = File::create(&log_path).map_err(LaunchError::file(&log_path))?;
    let log_of_errors = log.try_clone().map_err(LaunchError::file(&log_path))?;
    let executable = env::current_exe().map_err(LaunchError::file("the launcher's own executable"))?;
    let mut launcher = Command::new(&executable)
        .args(env::args_os().skip(1).filter(|argument| argument != "--detach"))
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(log_of_errors)
        .process_group(0)
        .spawn()
        .map_err(|source| LaunchError::Spawn {
            program: executable.display().to_string(),
            source,
        })?;
    let launcher_pid = i32::try_from(launcher.id()).unwrap_or_default();

    let mut shown = 0;
    loop {
        let ended = launcher.try_wait().map_err(LaunchError::file(&log_path))?;
        let settled = ended.is_some() || announced(&log_path);
        shown = show_from(&log_path, shown);
        match ended {
            Some(status) if status.success() => return Ok(ExitCode::SUCCESS),
            Some(_) => return Ok(ExitCode::FAILURE),
            None if settled
                && state
                    .record()
                    .is_some_and(|record| record.launcher_pid == launcher_pid && record.ready) =>
            {
                println!("It goes on in the background: ./dev status, ./dev logs, ./dev down");
                return Ok(ExitCode::SUCCESS);
            }
            None => sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Whether the launcher has said that everything is up.
fn announced(log: &std::path::Path) -> bool {
    fs::read_to_string(log).is_ok_and(|text| text.contains("Callboard is up") && text.ends_with("\n\n"))
}

/// Prints what the log has grown by; the new length.
fn show_from(log: &std::path::Path, shown: usize) -> usize {
    let Ok(text) = fs::read_to_string(log) else {
        return shown;
    };
    if let Some(new) = text.get(shown..) {
        print!("{new}");
    }
    text.len()
}
