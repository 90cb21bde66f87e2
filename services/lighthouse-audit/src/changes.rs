//! Who hears of what: Postgres tells every replica which audits have changed, and that one waits.

use std::{sync::Arc, time::Duration};

use sqlx::{PgPool, postgres::PgListener};
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const AUDITS: &str = "lighthouse_audits";
const QUEUE: &str = "lighthouse_queue";
const RETRY: Duration = Duration::from_secs(1);
/// Changes a slow listener may be behind before it is told that it missed some.
const BACKLOG: usize = 1024;

/// What changes. Clones share it. A message can be lost with a connection, so whoever waits here also looks from time to time.
#[derive(Debug, Clone)]
pub struct Changes {
    queue: Arc<Notify>,
    audits: broadcast::Sender<Uuid>,
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            queue: Arc::default(),
            audits: broadcast::Sender::new(BACKLOG),
        }
    }
}

impl Changes {
    /// Audits that change from now on.
    pub fn audits(&self) -> AuditChanges {
        AuditChanges(self.audits.subscribe())
    }

    /// Returns when an audit has begun to wait.
    pub async fn queued(&self) {
        self.queue.notified().await;
    }

    /// Wakes whoever waits for the queue: a worker that has taken one audit wakes the next, in case there are more.
    pub fn wake(&self) {
        self.queue.notify_one();
    }

    /// Passes on what Postgres tells until the unit stops.
    pub async fn follow(self, pool: PgPool, shutdown: CancellationToken) {
        shutdown
            .run_until_cancelled(async {
                loop {
                    if let Err(error) = self.listen(&pool).await {
                        tracing::debug!(%error, "not listening for changes; will try again");
                    }
                    tokio::time::sleep(RETRY).await;
                }
            })
            .await;
    }

    async fn listen(&self, pool: &PgPool) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen_all([AUDITS, QUEUE]).await?;
        self.wake();
        loop {
            let notification = listener.recv().await?;
            if notification.channel() == QUEUE {
                self.wake();
            } else if let Ok(id) = notification.payload().parse() {
                // Nobody may be watching.
                let _ = self.audits.send(id);
            }
        }
    }
}

/// Audits that change.
#[derive(Debug)]
pub struct AuditChanges(broadcast::Receiver<Uuid>);

impl AuditChanges {
    /// Returns when this audit has changed, or may have.
    pub async fn changed(&mut self, id: Uuid) {
        loop {
            match self.0.recv().await {
                Ok(changed) if changed != id => {}
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                // The sender lives as long as the unit; without it nothing will change any more.
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
