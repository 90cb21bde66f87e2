//! Waiting for what happens in the background.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long anything may take on a busy machine. Tests end as soon as it happened.
const PATIENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(50);

/// Asks again and again until there is an answer. An error counts as none; the last one is told when time is up.
pub async fn eventually<T>(what: &str, ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    within(PATIENCE, what, ask).await
}

/// [`eventually`] with a time limit of its own.
pub async fn within<T>(limit: Duration, what: &str, mut ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begin = Instant::now();
    loop {
        let answer = ask().await;
        if let Ok(Some(value)) = answer {
            return Ok(value);
        }
        if begin.elapsed() > limit {
            match answer {
                Err(error) => bail!("{what}: not within {} s, last {error:#}", limit.as_secs()),
                Ok(_) => bail!("{what}: not within {} s", limit.as_secs()),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Asks until the answer is yes.
pub async fn until(what: &str, mut ask: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    eventually(what, async || Ok(ask().await?.then_some(()))).await
}
