//! What keeps one endpoint from harming the others, and the third party from being harmed by us: a limit of requests at once, a
//! circuit breaker, a budget for repetitions, and a limit of requests per user.

pub mod circuit;
pub mod rate_limit;
pub mod slots;

use std::time::Duration;

use tower::retry::budget::TpsBudget;

use self::{circuit::Circuit, slots::Slots};

/// Repetitions allowed: a fifth of the requests of the last ten seconds, and one a second whatever their number.
const BUDGET_WINDOW: Duration = Duration::from_secs(10);
const BUDGET_PER_SECOND: u32 = 1;
const BUDGET_SHARE: f32 = 0.2;

/// The guards of one endpoint.
#[derive(Debug)]
pub struct Guards {
    /// How many requests are under way.
    pub slots: Slots,
    /// Whether the third party is worth trying.
    pub circuit: Circuit,
    /// How much may be repeated.
    pub budget: TpsBudget,
}

impl Guards {
    /// Fresh guards for an endpoint.
    pub fn new(max_concurrency: u32) -> Self {
        Self {
            slots: Slots::new(max_concurrency),
            circuit: Circuit::default(),
            budget: TpsBudget::new(BUDGET_WINDOW, BUDGET_PER_SECOND, BUDGET_SHARE),
        }
    }
}
