use std::{collections::BTreeMap, future::Future, sync::Arc, time::Duration};

use tokio::{sync::watch, time::timeout};
use tokio_util::sync::CancellationToken;

/// A dependency has to fail this often in a row before the unit calls itself not ready: one lost packet is no reason to
/// take a replica out.
const FAILURES_TO_FALL: u32 = 3;
const CHECK_INTERVAL: Duration = Duration::from_secs(5);
const CHECK_TIMEOUT: Duration = Duration::from_secs(2);

/// Whether a unit is ready for calls, and what it depends on. Clones share it.
#[derive(Debug, Clone)]
pub struct Readiness {
    state: Arc<watch::Sender<State>>,
}

#[derive(Debug, Clone, Default)]
struct State {
    started: bool,
    stopping: bool,
    checks: BTreeMap<&'static str, Check>,
}

#[derive(Debug, Clone, Default)]
struct Check {
    healthy: bool,
    failures: u32,
}

impl State {
    fn is_ready(&self) -> bool {
        self.started && !self.stopping && self.checks.values().all(|check| check.healthy)
    }
}

impl Readiness {
    pub(super) fn new() -> Self {
        Self {
            state: Arc::new(watch::Sender::new(State::default())),
        }
    }

    /// The unit has started: it is ready as soon as all its checks pass.
    pub fn started(&self) {
        self.state.send_modify(|state| state.started = true);
    }

    pub(super) fn stopping(&self) {
        self.state.send_modify(|state| state.stopping = true);
    }

    /// Whether the unit is ready for calls.
    pub fn is_ready(&self) -> bool {
        self.state.borrow().is_ready()
    }

    /// Whether the unit has been told to stop.
    pub fn is_stopping(&self) -> bool {
        self.state.borrow().stopping
    }

    /// Every check with whether it passes.
    pub fn checks(&self) -> BTreeMap<&'static str, bool> {
        let state = self.state.borrow();
        state
            .checks
            .iter()
            .map(|(name, check)| (*name, check.healthy))
            .collect()
    }

    /// Waits until the readiness is no longer `current` and returns the new one.
    pub async fn changed_from(&self, current: bool) -> bool {
        let mut receiver = self.state.subscribe();
        // The sender lives in self, so waiting cannot fail.
        receiver
            .wait_for(|state| state.is_ready() != current)
            .await
            .map_or(!current, |state| state.is_ready())
    }

    /// Records one outcome of a check. The first success makes it pass, three failures in a row make it fail.
    pub fn record(&self, name: &'static str, healthy: bool) {
        self.state.send_modify(|state| {
            let check = state.checks.entry(name).or_default();
            if healthy {
                *check = Check {
                    healthy: true,
                    failures: 0,
                };
                return;
            }
            check.failures = check.failures.saturating_add(1);
            if check.healthy && check.failures >= FAILURES_TO_FALL {
                check.healthy = false;
                tracing::warn!(check = name, "no longer ready: the check fails");
            }
        });
    }

    /// Repeats a check of something the unit cannot do without, until it is told to stop. Spawn it as a task.
    pub async fn keep_checking<C, F>(self, name: &'static str, shutdown: CancellationToken, check: C)
    where
        C: FnMut() -> F + Send,
        F: Future<Output = bool> + Send,
    {
        self.keep_checking_every(CHECK_INTERVAL, CHECK_TIMEOUT, name, shutdown, check)
            .await;
    }

    async fn keep_checking_every<C, F>(
        self,
        interval: Duration,
        limit: Duration,
        name: &'static str,
        shutdown: CancellationToken,
        mut check: C,
    ) where
        C: FnMut() -> F + Send,
        F: Future<Output = bool> + Send,
    {
        loop {
            let healthy = timeout(limit, check()).await.unwrap_or(false);
            self.record(name, healthy);
            tokio::select! {
                () = tokio::time::sleep(interval) => {}
                () = shutdown.cancelled() => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_needs_a_start_and_passing_checks() {
        let readiness = Readiness::new();
        readiness.record("database", false);
        readiness.started();
        assert!(!readiness.is_ready());
        readiness.record("database", true);
        assert!(readiness.is_ready());
    }

    #[test]
    fn only_failures_in_a_row_make_it_fall() {
        let readiness = Readiness::new();
        readiness.started();
        readiness.record("database", true);
        for healthy in [false, false, true, false, false] {
            readiness.record("database", healthy);
            assert!(readiness.is_ready());
        }
        readiness.record("database", false);
        assert!(!readiness.is_ready());
        assert!(!readiness.checks()["database"]);
    }

    #[tokio::test]
    async fn a_check_is_repeated_and_a_hanging_one_fails() {
        let readiness = Readiness::new();
        readiness.started();
        let shutdown = CancellationToken::new();
        let mut calls = 0;
        let task = tokio::spawn(readiness.clone().keep_checking_every(
            Duration::from_millis(5),
            Duration::from_millis(50),
            "slow",
            shutdown.clone(),
            move || {
                calls += 1;
                let hangs = calls > 1;
                async move {
                    if hangs {
                        std::future::pending::<()>().await;
                    }
                    true
                }
            },
        ));
        assert!(readiness.changed_from(false).await);
        assert!(!readiness.changed_from(true).await);
        shutdown.cancel();
        task.await.unwrap();
    }
}
