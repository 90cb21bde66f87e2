//! A unit's life: it starts, becomes ready, serves, is told to stop, drains and ends.
//!
//! SIGTERM or SIGINT: the unit says it is not ready, waits `backend.lifecycle.serverShutdownDelay` so that load
//! balancers notice, cancels the shutdown token, and waits at most `backend.lifecycle.drainTimeout` for its tasks. A
//! second signal ends it at once. Tasks that do not end are named in the log.

mod readiness;
pub(crate) mod tasks;

use std::{future::Future, process::ExitCode, sync::Arc, time::Duration};

use schemars::JsonSchema;
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

pub use self::readiness::Readiness;
use self::tasks::Tasks;
use crate::config::{Config, ConfigDuration, ConfigError};

const DEFAULT_DRAIN: Duration = Duration::from_secs(30);

/// What happens at the end: after SIGTERM a unit says that it is not ready, goes on serving for a while, then finishes what is in
/// flight.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct LifecycleSection {
    /// How long a unit goes on serving, not ready, after SIGTERM, so that load balancers notice.
    server_shutdown_delay: ConfigDuration,
    /// How long what is in flight may take then.
    drain_timeout: ConfigDuration,
}

impl Default for LifecycleSection {
    fn default() -> Self {
        Self {
            server_shutdown_delay: Duration::ZERO.into(),
            drain_timeout: DEFAULT_DRAIN.into(),
        }
    }
}

/// The life of a unit. Clones share it.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    shutdown: CancellationToken,
    readiness: Readiness,
    tasks: Tasks,
    shutdown_delay: Duration,
    drain: Duration,
}

impl Lifecycle {
    /// A new life with the times of `backend.lifecycle`. It is not ready until [`Readiness::started`] is called.
    pub fn from_config(config: &Config) -> Result<Self, ConfigError> {
        let section: LifecycleSection = config.get("backend.lifecycle")?.unwrap_or_default();
        Ok(Self::new(
            section.server_shutdown_delay.get(),
            section.drain_timeout.get(),
        ))
    }

    /// A new life that stays up for `shutdown_delay` after a signal and then waits at most `drain` for its tasks.
    pub fn new(shutdown_delay: Duration, drain: Duration) -> Self {
        Self {
            shared: Arc::new(Shared {
                shutdown: CancellationToken::new(),
                readiness: Readiness::new(),
                tasks: Tasks::default(),
                shutdown_delay,
                drain,
            }),
        }
    }

    /// Cancelled when the unit shall stop: every loop waits for it beside its work.
    pub fn shutdown_token(&self) -> CancellationToken {
        self.shared.shutdown.clone()
    }

    /// Whether the unit is ready for calls.
    pub fn readiness(&self) -> &Readiness {
        &self.shared.readiness
    }

    /// Runs a task under a name. It must end soon after the shutdown token is cancelled.
    ///
    /// A task that panics stops the unit: half a unit is worse than one that is started again.
    pub fn spawn<F>(&self, name: &'static str, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.shared.tasks.spawn(name, self.shutdown_token(), task);
    }

    /// Runs a server under a name. When it fails, the unit stops and [`Self::run`] reports failure.
    pub fn serve<F, E>(&self, name: &'static str, server: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: std::fmt::Display,
    {
        let lifecycle = self.clone();
        self.spawn(name, async move {
            if let Err(error) = server.await {
                tracing::error!(server = name, %error, "the server failed");
                lifecycle.fail();
            }
        });
    }

    /// Begins an orderly shutdown, as SIGTERM would but without the delay.
    pub fn stop(&self) {
        self.shared.readiness.stopping();
        self.shared.shutdown.cancel();
    }

    /// Begins a shutdown that ends with a failure.
    pub fn fail(&self) {
        self.shared.tasks.mark_failed();
        self.stop();
    }

    /// Waits for a signal or [`Self::stop`], drains, and tells how the process shall end.
    pub async fn run(self) -> ExitCode {
        let shared = &self.shared;
        tokio::select! {
            () = termination_signal() => {
                tracing::info!("asked to stop; draining");
                shared.readiness.stopping();
                tokio::select! {
                    () = tokio::time::sleep(shared.shutdown_delay) => {}
                    () = shared.shutdown.cancelled() => {}
                    () = termination_signal() => return Self::aborted(),
                }
            }
            () = shared.shutdown.cancelled() => {}
        }
        self.stop();
        tokio::select! {
            () = shared.tasks.ended() => {}
            () = tokio::time::sleep(shared.drain) => {
                tracing::error!(tasks = ?shared.tasks.names(), "these tasks did not end in time; giving up on them");
                return ExitCode::FAILURE;
            }
            () = termination_signal() => return Self::aborted(),
        }
        if shared.tasks.has_failed() {
            return ExitCode::FAILURE;
        }
        tracing::info!("stopped");
        ExitCode::SUCCESS
    }

    fn aborted() -> ExitCode {
        tracing::warn!("asked to stop a second time; ending at once");
        ExitCode::FAILURE
    }
}

/// Resolves at SIGTERM or SIGINT (Ctrl-C). When the handler cannot be installed it never does, and says so.
async fn termination_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        (Err(error), _) | (_, Err(error)) => {
            tracing::error!(%error, "cannot listen for signals; only a hard kill will stop this unit");
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick() -> Lifecycle {
        Lifecycle::new(Duration::ZERO, Duration::from_millis(100))
    }

    fn succeeded(code: ExitCode) -> bool {
        format!("{code:?}") == format!("{:?}", ExitCode::SUCCESS)
    }

    #[tokio::test]
    async fn tasks_are_waited_for() {
        let lifecycle = quick();
        let token = lifecycle.shutdown_token();
        let (sender, receiver) = tokio::sync::oneshot::channel();
        lifecycle.spawn("worker", async move {
            token.cancelled().await;
            tokio::time::sleep(Duration::from_millis(20)).await;
            sender.send(()).unwrap();
        });
        lifecycle.stop();
        assert!(succeeded(lifecycle.run().await));
        assert!(receiver.await.is_ok());
    }

    #[tokio::test]
    async fn a_task_that_will_not_end_is_given_up() {
        let lifecycle = quick();
        lifecycle.spawn("stubborn", std::future::pending());
        lifecycle.stop();
        assert!(!succeeded(lifecycle.run().await));
    }

    #[tokio::test]
    async fn a_panic_and_a_failed_server_stop_the_unit() {
        let lifecycle = quick();
        lifecycle.spawn("faulty", async { panic!("a fault") });
        assert!(!succeeded(lifecycle.run().await));

        let lifecycle = quick();
        lifecycle.serve("grpc", async { Err("the port is taken") });
        assert!(!succeeded(lifecycle.run().await));
    }

    #[tokio::test]
    async fn a_stopping_unit_is_not_ready() {
        let lifecycle = quick();
        lifecycle.readiness().started();
        assert!(lifecycle.readiness().is_ready());
        lifecycle.stop();
        assert!(!lifecycle.readiness().is_ready());
    }
}
