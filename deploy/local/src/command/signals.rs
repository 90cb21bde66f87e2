//! Being told to stop.

use tokio::signal::unix::{SignalKind, signal};

use crate::LaunchError;

/// Listens from now on, and ends with the first SIGINT, SIGTERM or SIGHUP.
pub(super) fn stop_signal() -> Result<impl Future<Output = ()>, LaunchError> {
    let listen = |kind| signal(kind).map_err(LaunchError::file("signals"));
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    let mut hangup = listen(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}
