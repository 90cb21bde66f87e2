//! Signals between replicas: `NOTIFY` of the gateway's database.

use std::time::Duration;

use sqlx::{PgPool, postgres::PgListener};
use tokio_util::sync::CancellationToken;

use super::Signal;
use crate::gateway::Gateway;

const CHANNEL: &str = "callboard_signals";
/// The database takes notifications of less than 8,000 bytes.
const LARGEST_BYTES: usize = 7900;
/// How long after a lost connection it is made anew.
const RECONNECT: Duration = Duration::from_millis(500);

/// Tells all replicas, this one included.
pub(super) async fn send(pool: &PgPool, signal: &Signal) -> Result<(), String> {
    let text = serde_json::to_string(signal).map_err(|error| error.to_string())?;
    if text.len() > LARGEST_BYTES {
        return Err(format!("{} bytes are too many for one signal", text.len()));
    }
    sqlx::query!("SELECT pg_notify($1, $2)", CHANNEL, text)
        .execute(pool)
        .await
        .map_err(|error| error.to_string())?;
    Ok(())
}

/// Gives the signals of all replicas to the connections of this one, until `stop`.
pub async fn relay_signals(gateway: Gateway, stop: CancellationToken) {
    let relay = async {
        let mut is_warned = false;
        loop {
            if let Err(error) = listen(&gateway).await
                && !std::mem::replace(&mut is_warned, true)
            {
                tracing::warn!(%error, "signals of other replicas are not heard");
            }
            tokio::time::sleep(RECONNECT).await;
        }
    };
    stop.run_until_cancelled(relay).await;
}

async fn listen(gateway: &Gateway) -> Result<(), sqlx::Error> {
    let signals = gateway.signals();
    let mut listener = PgListener::connect_with(&signals.pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let notification = listener.recv().await?;
        match serde_json::from_str(notification.payload()) {
            Ok(signal) => signals.hub.deliver(&signal),
            // Of a replica of another version.
            Err(error) => tracing::debug!(%error, "a signal that makes no sense"),
        }
    }
}
