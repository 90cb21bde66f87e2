use std::{
    fmt,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

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
    pub(super) fn permit(&self, now: Instant) -> Option<Permit<'_>> {
        let mut state = self.state.lock();
        if let Some(until) = state.closed_until {
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

    pub(super) fn failed(self, now: Instant, cause: &str) {
        let mut state = self.0.state.lock();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES_TO_OPEN {
            state.closed_until = Some(now + rest(state.failures));
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

    fn fail(circuit: &Circuit, now: Instant, times: u32) {
        for _ in 0..times {
            circuit.permit(now).unwrap().failed(now, "broken");
        }
    }

    #[test]
    fn it_opens_after_failures_and_lets_single_tries_through() {
        let circuit = Circuit::new("test");
        let mut now = Instant::now();
        fail(&circuit, now, FAILURES_TO_OPEN);
        assert!(circuit.permit(now).is_none());
        now += FIRST_REST;
        let permit = circuit.permit(now).expect("a try after the rest");
        assert!(circuit.permit(now).is_none(), "only one at a time");
        permit.failed(now, "still broken");
        now += FIRST_REST;
        assert!(circuit.permit(now).is_none(), "the rest has doubled");
        now += FIRST_REST;
        circuit.permit(now).unwrap().succeeded();
        assert!(circuit.permit(now).is_some() && circuit.permit(now).is_some());
    }

    #[test]
    fn a_try_that_is_given_up_does_not_block_the_next() {
        let circuit = Circuit::new("test");
        let now = Instant::now();
        fail(&circuit, now, FAILURES_TO_OPEN);
        let _given_up = circuit.permit(now + FIRST_REST).unwrap();
        assert!(circuit.permit(now + FIRST_REST * 2).is_some());
    }

    #[test]
    fn single_failures_do_not_open_it() {
        let circuit = Circuit::new("test");
        let now = Instant::now();
        for _ in 0..10 {
            fail(&circuit, now, FAILURES_TO_OPEN - 1);
            circuit.permit(now).unwrap().succeeded();
        }
        assert!(circuit.permit(now).is_some());
        assert_eq!(rest(100), LONGEST_REST);
    }
}
