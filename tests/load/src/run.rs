//! Puts load on a server: some connections, each sending its next request when the last was answered, for a fixed time.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use serde::Serialize;

use crate::{
    http_client::{Connection, Target},
    scenario::Planned,
};

/// One in so many answers is parsed and looked at closely; the others only at first sight, to leave the processor to the server.
const FULL_CHECK_EVERY: usize = 50;
/// Longest time that is told apart: an answer is given up before.
const LONGEST_US: u64 = 300_000_000;

/// How hard, and how long.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Connections at once.
    pub connections: usize,
    /// Time that counts.
    pub duration: Duration,
    /// Time before that, for caches and compilers to warm up.
    pub warm_up: Duration,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measurement {
    /// Name of the scenario.
    pub scenario: String,
    /// Connections at once.
    pub connections: usize,
    /// Answers that were right.
    pub requests: u64,
    /// Requests without a right answer.
    pub errors: u64,
    /// The first of those, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_error: Option<String>,
    /// Right answers a second.
    pub requests_per_second: f64,
    /// Bytes of bodies, a second.
    pub bytes_per_second: f64,
    /// Half of the answers came within this time.
    pub p50_ms: f64,
    /// 99 of 100 came within this time.
    pub p99_ms: f64,
    /// The slowest.
    pub max_ms: f64,
}

#[derive(Debug)]
struct Tally {
    latencies: Histogram<u64>,
    bytes: u64,
    errors: u64,
    first_error: Option<String>,
}

impl Tally {
    fn new() -> Result<Self> {
        Ok(Self {
            latencies: Histogram::new_with_bounds(1, LONGEST_US, 3)?,
            bytes: 0,
            errors: 0,
            first_error: None,
        })
    }

    fn fail(&mut self, error: &anyhow::Error) {
        self.errors += 1;
        self.first_error.get_or_insert_with(|| format!("{error:#}"));
    }
}

/// Sends the planned requests, each connection from another place in the list.
pub async fn run(name: &str, target: &Target, plan: Vec<Planned>, load: Load) -> Result<Measurement> {
    let plan = Arc::new(plan);
    let begin = Instant::now() + load.warm_up;
    let end = begin + load.duration;
    let tasks: Vec<_> = (0..load.connections)
        .map(|index| {
            let offset = index * plan.len() / load.connections;
            tokio::spawn(send_until(
                end,
                begin,
                Connection::new(target.clone()),
                Arc::clone(&plan),
                offset,
            ))
        })
        .collect();

    let mut total = Tally::new()?;
    for task in tasks {
        let tally = task.await.context("a connection's task ended")??;
        total.latencies.add(&tally.latencies)?;
        total.bytes += tally.bytes;
        total.errors += tally.errors;
        total.first_error = total.first_error.or(tally.first_error);
    }
    let seconds = load.duration.as_secs_f64();
    let requests = total.latencies.len();
    Ok(Measurement {
        scenario: name.to_owned(),
        connections: load.connections,
        requests,
        errors: total.errors,
        first_error: total.first_error,
        requests_per_second: as_f64(requests) / seconds,
        bytes_per_second: as_f64(total.bytes) / seconds,
        p50_ms: as_f64(total.latencies.value_at_quantile(0.5)) / 1000.0,
        p99_ms: as_f64(total.latencies.value_at_quantile(0.99)) / 1000.0,
        max_ms: as_f64(total.latencies.max()) / 1000.0,
    })
}

async fn send_until(
    end: Instant,
    begin: Instant,
    mut connection: Connection,
    plan: Arc<Vec<Planned>>,
    offset: usize,
) -> Result<Tally> {
    // A server that refuses connections is not worth hammering.
    const PAUSE_AFTER_ERROR: Duration = Duration::from_millis(20);
    let mut tally = Tally::new()?;
    for (count, planned) in plan.iter().cycle().skip(offset).enumerate() {
        let sent = Instant::now();
        if sent >= end {
            break;
        }
        let answer = connection.send(&planned.call).await;
        let took = sent.elapsed();
        let checked = answer.and_then(|answer| {
            if count % FULL_CHECK_EVERY == 0 {
                planned.check_fully(&answer)?;
            } else {
                planned.check_cheaply(&answer)?;
            }
            Ok(answer.body.len())
        });
        match checked {
            // Errors count in the warm-up too; an answer counts when it came within the time.
            Err(error) => {
                tally.fail(&error);
                tokio::time::sleep(PAUSE_AFTER_ERROR).await;
            }
            Ok(bytes) if sent >= begin && sent + took <= end => {
                tally.bytes += bytes as u64;
                tally
                    .latencies
                    .saturating_record(u64::try_from(took.as_micros()).unwrap_or(LONGEST_US).max(1));
            }
            Ok(_) => {}
        }
    }
    Ok(tally)
}

/// For figures that are read by people: exact up to 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts and microseconds of a run are far below 2^53"
)]
fn as_f64(value: u64) -> f64 {
    value as f64
}
