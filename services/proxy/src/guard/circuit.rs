//! A circuit breaker: a third party that fails is left alone for a while, then a few requests probe whether it is back.
//!
//! The crates that offer one wrap a call whose end is known when it returns. Here the end of a call is the end of a stream,
//! a caller that goes away says nothing about the third party, and the state is shown to people.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

/// Failures in a row that open it, whatever the traffic.
const FAILURES_IN_A_ROW: u32 = 5;
/// With so many requests in the window, a share of failures opens it as well.
const FEWEST_FOR_A_SHARE: usize = 20;
/// One in so many.
const SHARE: usize = 2;
const WINDOW: Duration = Duration::from_secs(10);
/// Outcomes remembered at most.
const MOST_OUTCOMES: usize = 200;
/// How long the third party is left alone at first; doubled each time a probe fails.
const FIRST_REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(30);
/// Requests that probe at once.
const PROBES: u32 = 2;
/// Probes that have to succeed before everybody is let in.
const SUCCESSES_TO_CLOSE: u32 = 2;

/// What the circuit does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Requests pass.
    Closed,
    /// Requests are turned away.
    Open,
    /// A few requests probe.
    HalfOpen,
}

/// The circuit breaker of an endpoint.
#[derive(Debug, Default)]
pub struct Circuit {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    outcomes: VecDeque<(Instant, bool)>,
    failures_in_a_row: u32,
    /// Set while it is not closed.
    opened: Option<Opened>,
}

#[derive(Debug)]
struct Opened {
    until: Instant,
    rest: Duration,
    probes: u32,
    successes: u32,
}

impl Circuit {
    /// Leave to try the third party, or how long to wait before asking again.
    pub fn permit(&self, now: Instant) -> Result<Permit<'_>, Duration> {
        let mut inner = self.inner.lock();
        if let Some(opened) = &mut inner.opened {
            if now < opened.until {
                return Err(opened.until - now);
            }
            if opened.probes >= PROBES {
                return Err(FIRST_REST);
            }
            opened.probes += 1;
        }
        let is_probe = inner.opened.is_some();
        Ok(Permit {
            circuit: self,
            is_probe,
            is_told: false,
        })
    }

    /// What it does at the moment.
    pub fn state(&self, now: Instant) -> State {
        match &self.inner.lock().opened {
            None => State::Closed,
            Some(opened) if now < opened.until => State::Open,
            Some(_) => State::HalfOpen,
        }
    }
}

impl Inner {
    fn note(&mut self, now: Instant, is_success: bool) {
        self.outcomes.push_back((now, is_success));
        while self.outcomes.len() > MOST_OUTCOMES || self.outcomes.front().is_some_and(|(at, _)| now - *at > WINDOW) {
            self.outcomes.pop_front();
        }
        self.failures_in_a_row = if is_success { 0 } else { self.failures_in_a_row + 1 };
    }

    fn fails_too_much(&self) -> bool {
        let failures = self.outcomes.iter().filter(|(_, is_success)| !is_success).count();
        self.failures_in_a_row >= FAILURES_IN_A_ROW
            || self.outcomes.len() >= FEWEST_FOR_A_SHARE && failures * SHARE >= self.outcomes.len()
    }

    fn open(&mut self, now: Instant, rest: Duration) {
        self.outcomes.clear();
        self.failures_in_a_row = 0;
        self.opened = Some(Opened {
            until: now + rest,
            rest,
            probes: 0,
            successes: 0,
        });
    }
}

/// Leave for one request, which reports how it went. One that is dropped without a word says nothing.
#[derive(Debug)]
pub struct Permit<'a> {
    circuit: &'a Circuit,
    is_probe: bool,
    is_told: bool,
}

impl Permit<'_> {
    /// The third party answered.
    pub fn succeeded(mut self, now: Instant) {
        self.is_told = true;
        let mut inner = self.circuit.inner.lock();
        match &mut inner.opened {
            None => inner.note(now, true),
            Some(opened) if self.is_probe => {
                opened.probes = opened.probes.saturating_sub(1);
                opened.successes += 1;
                if opened.successes >= SUCCESSES_TO_CLOSE {
                    inner.opened = None;
                }
            }
            // It began before the circuit opened.
            Some(_) => {}
        }
    }

    /// The third party did not, or only to say that it cannot.
    pub fn failed(mut self, now: Instant) {
        self.is_told = true;
        let mut inner = self.circuit.inner.lock();
        match &inner.opened {
            None => {
                inner.note(now, false);
                if inner.fails_too_much() {
                    inner.open(now, FIRST_REST);
                }
            }
            Some(opened) if self.is_probe => {
                let rest = (opened.rest * 2).min(LONGEST_REST);
                inner.open(now, rest);
            }
            Some(_) => {}
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.is_probe
            && !self.is_told
            && let Some(opened) = &mut self.circuit.inner.lock().opened
        {
            opened.probes = opened.probes.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(circuit: &Circuit, now: Instant, times: u32) {
        for _ in 0..times {
            circuit.permit(now).unwrap().failed(now);
        }
    }

    fn succeed(circuit: &Circuit, now: Instant) {
        circuit.permit(now).unwrap().succeeded(now);
    }

    #[test]
    fn failures_in_a_row_open_it_and_probes_close_it() {
        let (circuit, mut now) = (Circuit::default(), Instant::now());
        fail(&circuit, now, FAILURES_IN_A_ROW - 1);
        succeed(&circuit, now);
        fail(&circuit, now, FAILURES_IN_A_ROW - 1);
        assert_eq!(circuit.state(now), State::Closed, "they were not in a row");
        fail(&circuit, now, 1);
        assert_eq!(circuit.state(now), State::Open);
        assert_eq!(circuit.permit(now).unwrap_err(), FIRST_REST);

        now += FIRST_REST;
        assert_eq!(circuit.state(now), State::HalfOpen);
        let (first, second) = (circuit.permit(now).unwrap(), circuit.permit(now).unwrap());
        assert!(circuit.permit(now).is_err(), "only a few probe");
        drop(second);
        first.succeeded(now);
        assert_eq!(circuit.state(now), State::HalfOpen, "one is not enough");
        succeed(&circuit, now);
        assert_eq!(circuit.state(now), State::Closed);
    }

    #[test]
    fn a_probe_that_fails_doubles_the_rest() {
        let (circuit, mut now) = (Circuit::default(), Instant::now());
        fail(&circuit, now, FAILURES_IN_A_ROW);
        for rest in [2, 4, 8, 16, 30, 30] {
            now += LONGEST_REST;
            fail(&circuit, now, 1);
            assert_eq!(circuit.permit(now).unwrap_err(), Duration::from_secs(rest));
        }
    }

    #[test]
    fn half_of_many_failing_opens_it_and_old_failures_are_forgotten() {
        let (circuit, mut now) = (Circuit::default(), Instant::now());
        for _ in 0..FEWEST_FOR_A_SHARE / 2 - 1 {
            fail(&circuit, now, 1);
            succeed(&circuit, now);
        }
        now += WINDOW * 2;
        succeed(&circuit, now);
        fail(&circuit, now, 1);
        assert_eq!(circuit.state(now), State::Closed);
        for _ in 0..FEWEST_FOR_A_SHARE / 2 - 1 {
            succeed(&circuit, now);
            fail(&circuit, now, 1);
        }
        assert_eq!(circuit.state(now), State::Open);
    }
}
