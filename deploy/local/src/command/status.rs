//! `status`: what runs and whether it is well.

use std::{
    fmt,
    io::{self, Write},
    process::ExitCode,
};

use crate::{LaunchError, health::HttpProbe, state::StateFolder};

/// Exit code when nothing runs, as `systemctl status` has it.
const NOT_RUNNING: u8 = 3;

pub(crate) async fn run(state: &StateFolder) -> Result<ExitCode, LaunchError> {
    if state.lock()?.is_some() {
        tell(format_args!("Callboard is not running here. ./dev up starts it."));
        return Ok(ExitCode::from(NOT_RUNNING));
    }
    let record = state.record().unwrap_or_default();
    let probe = HttpProbe::new();
    let mut all_well = record.ready;
    for process in &record.processes {
        let well = match &process.health_url {
            Some(url) => probe.succeeds(url).await,
            // Postgres: a unit that needs it and lacks it is not ready, so the units tell for it.
            None => process.pid.is_some(),
        };
        all_well &= well;
        let pid = process.pid.map_or_else(|| "-".to_owned(), |pid| pid.to_string());
        tell(format_args!(
            "{:<18} process {:<8} {}",
            process.name,
            pid,
            if well { "ready" } else { "NOT READY" }
        ));
    }
    if !record.ready {
        tell(format_args!("Callboard is still starting."));
    } else if let Some(count) = probe.entity_count(&record.gateway_url).await {
        tell(format_args!("{count} entities at {}", record.gateway_url));
    } else {
        tell(format_args!("{}", record.gateway_url));
    }
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints a line. Whoever reads may have seen enough (`./dev status | head`): that is no failure of the status.
fn tell(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}
