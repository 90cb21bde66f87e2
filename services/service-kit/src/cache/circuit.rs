use std::{fmt, time::Duration};

use parking_lot::Mutex;
use tokio::time::Instant;

/// So many failures in a row open the circuit.
const FAILURES_TO_OPEN: u32 = 3;
/// How long the store is left alone after the circuit opened; doubled with each failed try.
const FIRST_REST: Duration = Duration::from_millis(250);
const LONGEST_REST: Duration = Duration::from_secs(5);

/// Keeps operations away from a store that fails.
pub(super) struct Circuit {
    store: &'static str,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    /// While the circuit is open: when the next single operation may try.
    closed_until: Option<Instant>,
    has_warned: bool,
}

impl fmt::Debug for Circuit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Circuit")
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}

impl Circuit {
    pub(super) fn new(store: &'static str) -> Self {
        Self {
            store,
            state: Mutex::new(State::default()),
        }
    }

    /// Leave to try the store; `None` while the circuit is open. Once the rest is over, one operation at a time gets it.
    pub(super) fn permit(&self) -> Option<Permit<'_>> {
        let mut state = self.state.lock();
        if let Some(until) = state.closed_until {
            let now = Instant::now();
            if now < until {
                return None;
            }
            state.closed_until = Some(now + rest(state.failures));
        }
        Some(Permit(self))
    }
}

fn rest(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(FAILURES_TO_OPEN);
    FIRST_REST
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(LONGEST_REST)
}

/// Leave for one operation, which reports how it went. One that is dropped half-way says nothing.
pub(super) struct Permit<'a>(&'a Circuit);

impl Permit<'_> {
    pub(super) fn succeeded(self) {
        let mut state = self.0.state.lock();
        if state.has_warned {
            tracing::info!(store = self.0.store, "the cache works again");
        }
        *state = State::default();
    }

    pub(super) fn failed(self, cause: &str) {
        let mut state = self.0.state.lock();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES_TO_OPEN {
            state.closed_until = Some(Instant::now() + rest(state.failures));
        }
        // One warning from working to broken: what follows is the same trouble.
        if !state.has_warned {
            state.has_warned = true;
            tracing::warn!(store = self.0.store, cause, "the cache fails; going on without it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(circuit: &Circuit, times: u32) {
        for _ in 0..times {
            circuit.permit().unwrap().failed("broken");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn it_opens_after_failures_and_lets_single_tries_through() {
        let circuit = Circuit::new("test");
        fail(&circuit, FAILURES_TO_OPEN);
        assert!(circuit.permit().is_none());
        tokio::time::advance(FIRST_REST).await;
        let permit = circuit.permit().expect("a try after the rest");
        assert!(circuit.permit().is_none(), "only one at a time");
        permit.failed("still broken");
        tokio::time::advance(FIRST_REST).await;
        assert!(circuit.permit().is_none(), "the rest has doubled");
        tokio::time::advance(FIRST_REST).await;
        circuit.permit().unwrap().succeeded();
        assert!(circuit.permit().is_some() && circuit.permit().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_try_that_is_given_up_does_not_block_the_next() {
        let circuit = Circuit::new("test");
        fail(&circuit, FAILURES_TO_OPEN);
        tokio::time::advance(FIRST_REST).await;
        drop(circuit.permit().unwrap());
        tokio::time::advance(FIRST_REST).await;
        assert!(circuit.permit().is_some());
    }

    #[tokio::test]
    async fn single_failures_do_not_open_it() {
        let circuit = Circuit::new("test");
        for _ in 0..10 {
            fail(&circuit, FAILURES_TO_OPEN - 1);
            circuit.permit().unwrap().succeeded();
        }
        assert!(circuit.permit().is_some());
        assert_eq!(rest(100), LONGEST_REST);
    }
}
