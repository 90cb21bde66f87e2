//! How long a catalog takes until all of a corpus can be seen.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::{
    http_client::{Call, Connection, Target},
    memory::{self, Memory},
};

/// What to wait for.
#[derive(Debug, Clone)]
pub struct Wait {
    /// As many entities, Locations included.
    pub expected: u64,
    /// How often to look.
    pub poll: Duration,
    /// When to give up.
    pub timeout: Duration,
    /// Processes whose memory is read at the end.
    pub pids: Vec<u32>,
}

/// How it went.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ingestion {
    /// Entities seen at the end.
    pub entities: u64,
    /// From the begin of the wait until all were there.
    pub seconds: f64,
    /// From the server's first answer until all were there.
    pub seconds_since_first_answer: f64,
    /// Entities a second, over `seconds_since_first_answer` without those that the first answer counted already.
    pub entities_per_second: f64,
    /// Entities that were there at the first answer.
    pub entities_at_first_answer: u64,
    /// Memory at the end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub memory: Vec<Memory>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    total_items: u64,
}

/// Asks for the number of entities again and again. Start it before, or together with, the server: refused connections and
/// unreadiness are waited out.
pub async fn wait(target: &Target, wait: &Wait) -> Result<Ingestion> {
    let begin = Instant::now();
    let mut connection = Connection::new(target.clone());
    let mut first: Option<(Instant, u64)> = None;
    loop {
        let seen = count(&mut connection).await;
        if let Some(total) = seen {
            let (since, at_first) = *first.get_or_insert((Instant::now(), total));
            if total >= wait.expected {
                let seconds = since.elapsed().as_secs_f64();
                return Ok(Ingestion {
                    entities: total,
                    seconds: begin.elapsed().as_secs_f64(),
                    seconds_since_first_answer: seconds,
                    entities_per_second: rate(total - at_first.min(total), seconds),
                    entities_at_first_answer: at_first,
                    memory: wait
                        .pids
                        .iter()
                        .map(|pid| memory::of_process(*pid))
                        .collect::<Result<_>>()?,
                });
            }
        }
        if begin.elapsed() > wait.timeout {
            match seen {
                Some(total) => bail!(
                    "{total} of {} entities after {} s",
                    wait.expected,
                    wait.timeout.as_secs()
                ),
                None => bail!("no answer after {} s", wait.timeout.as_secs()),
            }
        }
        tokio::time::sleep(wait.poll).await;
    }
}

/// How many entities there are; None while the server does not answer that.
async fn count(connection: &mut Connection) -> Option<u64> {
    let answer = connection
        .send(&Call::get("/api/catalog/entities/by-query?limit=0"))
        .await
        .ok()?;
    if !answer.status.is_success() {
        return None;
    }
    serde_json::from_slice::<Counted>(&answer.body)
        .ok()
        .map(|counted| counted.total_items)
}

#[expect(clippy::cast_precision_loss, reason = "a number of entities is far below 2^53")]
fn rate(entities: u64, seconds: f64) -> f64 {
    if seconds > 0.0 { entities as f64 / seconds } else { 0.0 }
}
