//! Keeps a stack running: a process that ends is started again, later each time it fails soon after.

use std::{
    collections::BTreeMap,
    future::Future,
    time::{Duration, Instant},
};

use futures::{FutureExt, future::select_all};
use tokio::time::sleep_until;

use crate::{LaunchError, Stack, Unit, process::ManagedProcess};

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A process that ran this long has recovered; its next end is a first one again.
const RECOVERED_AFTER: Duration = Duration::from_mins(1);

/// How long to wait before a start, by how often the process has ended.
#[derive(Debug, Default)]
struct Backoff {
    failures: u32,
}

impl Backoff {
    fn next(&mut self, ran_for: Duration) -> Duration {
        if ran_for >= RECOVERED_AFTER {
            self.failures = 0;
        }
        let pause = FIRST_PAUSE
            .saturating_mul(2_u32.saturating_pow(self.failures))
            .min(LONGEST_PAUSE);
        self.failures += 1;
        pause
    }
}

/// What happened next in a supervised stack.
enum Event {
    Shutdown,
    DatabaseEnded(String),
    UnitEnded(Unit, String),
    Due,
}

impl Stack {
    /// Starts again whatever ends, until `shutdown` completes. The stack still runs afterwards; stop it with [`Stack::stop`].
    pub async fn supervise(&mut self, shutdown: impl Future<Output = ()>) -> Result<(), LaunchError> {
        let mut shutdown = std::pin::pin!(shutdown);
        let mut unit_backoff: BTreeMap<Unit, Backoff> = BTreeMap::new();
        let mut database_backoff = Backoff::default();
        // What waits for its next start, and when that is due; None stands for Postgres.
        let mut due: BTreeMap<Option<Unit>, Instant> = BTreeMap::new();
        loop {
            let event = tokio::select! {
                () = &mut shutdown => Event::Shutdown,
                event = self.next_end(&due) => event,
                () = sleep_until_earliest(&due) => Event::Due,
            };
            match event {
                Event::Shutdown => return Ok(()),
                Event::UnitEnded(unit, status) => {
                    let ran_for = self
                        .processes
                        .remove(&unit)
                        .map_or(Duration::ZERO, |process| process.started.elapsed());
                    let pause = unit_backoff.entry(unit).or_default().next(ran_for);
                    self.options.progress.say(format!(
                        "{unit} ended ({status}); it starts again in {:.1} s; its log: {}",
                        pause.as_secs_f64(),
                        self.log_path(unit).display()
                    ));
                    due.insert(Some(unit), Instant::now() + pause);
                }
                Event::DatabaseEnded(status) => {
                    let ran_for = self
                        .postgres
                        .as_ref()
                        .map_or(Duration::ZERO, |postgres| postgres.process.started.elapsed());
                    let pause = database_backoff.next(ran_for);
                    self.options.progress.say(format!(
                        "Postgres ended ({status}); it starts again in {:.1} s",
                        pause.as_secs_f64()
                    ));
                    due.insert(None, Instant::now() + pause);
                }
                Event::Due => self.start_due(&mut due)?,
            }
        }
    }

    /// Starts everything whose time has come.
    fn start_due(&mut self, due: &mut BTreeMap<Option<Unit>, Instant>) -> Result<(), LaunchError> {
        let now = Instant::now();
        let ready: Vec<Option<Unit>> = due
            .iter()
            .filter(|(_, at)| **at <= now)
            .map(|(what, _)| *what)
            .collect();
        for what in ready {
            due.remove(&what);
            match what {
                Some(unit) => self.spawn(unit)?,
                None => {
                    if let Some(postgres) = &mut self.postgres {
                        postgres.process = ManagedProcess::spawn(postgres.process.spec.clone())?;
                    }
                }
            }
            self.options
                .progress
                .say(format!("{} was started again", what.map_or("Postgres", Unit::name)));
        }
        self.write_record(true)
    }

    /// Waits for the end of any process that is not waiting for its next start already.
    async fn next_end(&mut self, due: &BTreeMap<Option<Unit>, Instant>) -> Event {
        let database = self
            .postgres
            .iter_mut()
            .filter(|_| !due.contains_key(&None))
            .map(|postgres| async { Event::DatabaseEnded(describe(postgres.process.wait().await)) }.boxed());
        let units = self.processes.iter_mut().map(|(unit, process)| {
            let unit = *unit;
            async move { Event::UnitEnded(unit, describe(process.wait().await)) }.boxed()
        });
        let waits: Vec<_> = database.chain(units).collect();
        if waits.is_empty() {
            return std::future::pending().await;
        }
        select_all(waits).await.0
    }
}

fn describe(status: Option<std::process::ExitStatus>) -> String {
    status.map_or_else(|| "for an unknown reason".to_owned(), |status| status.to_string())
}

async fn sleep_until_earliest(due: &BTreeMap<Option<Unit>, Instant>) {
    match due.values().min() {
        Some(at) => sleep_until((*at).into()).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit_and_start_over_after_a_good_run() {
        let mut backoff = Backoff::default();
        let short = Duration::from_secs(1);
        let pauses: Vec<_> = (0..9).map(|_| backoff.next(short)).collect();
        assert_eq!(pauses[..3], [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]);
        assert_eq!(pauses[8], LONGEST_PAUSE);
        assert_eq!(backoff.next(RECOVERED_AFTER), FIRST_PAUSE);
    }
}
