//! Wake-ups instead of polling: one `LISTEN` connection a replica, passed on to the tasks that wait.

use std::{collections::HashMap, sync::Arc, time::Duration};

use sqlx::{PgPool, postgres::PgListener};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::store::Channel;

/// How long after a lost connection it is made anew.
const RECONNECT: Duration = Duration::from_millis(500);

/// Hands wake-ups to whoever listens.
#[derive(Debug, Clone)]
pub struct Wake {
    channels: Arc<HashMap<Channel, watch::Sender<u64>>>,
}

/// One listener of a channel. Wake-ups while it was busy count as one.
#[derive(Debug)]
pub struct Signal(watch::Receiver<u64>);

impl Signal {
    /// Waits for the next wake-up.
    pub async fn woken(&mut self) {
        if self.0.changed().await.is_err() {
            // The senders live as long as the process; should they not, nobody will ever wake us.
            std::future::pending::<()>().await;
        }
    }
}

impl Default for Wake {
    fn default() -> Self {
        Self {
            channels: Arc::new(
                Channel::ALL
                    .into_iter()
                    .map(|channel| (channel, watch::Sender::new(0)))
                    .collect(),
            ),
        }
    }
}

impl Wake {
    /// A listener of a channel.
    pub fn listen(&self, channel: Channel) -> Signal {
        Signal(self.channels[&channel].subscribe())
    }

    /// Wakes the listeners in this process.
    pub fn wake(&self, channel: Channel) {
        self.channels[&channel].send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Passes the database's notifications on until cancelled. While there is no connection the listeners' own slow polls have to
    /// do; after a reconnection everybody is woken once, for what was missed.
    pub async fn run(self, pool: PgPool, cancelled: CancellationToken) {
        let listen = async {
            loop {
                if let Err(error) = self.pass_on(&pool).await {
                    tracing::warn!(%error, "notifications are interrupted");
                }
                tokio::time::sleep(RECONNECT).await;
            }
        };
        tokio::select! {
            () = listen => {}
            () = cancelled.cancelled() => {}
        }
    }

    async fn pass_on(&self, pool: &PgPool) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen_all(Channel::ALL.map(Channel::name)).await?;
        for channel in Channel::ALL {
            self.wake(channel);
        }
        while let Some(notification) = listener.try_recv().await? {
            if let Some(channel) = Channel::ALL
                .into_iter()
                .find(|channel| channel.name() == notification.channel())
            {
                self.wake(channel);
            }
        }
        Err(sqlx::Error::WorkerCrashed)
    }
}
