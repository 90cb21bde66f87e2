//! Signals: short messages to the browsers of a user, or of everybody, over `/api/signals` (a WebSocket, as in Backstage).
//!
//! A part of the gateway that has something to say calls [`Signals::publish`]. The message goes to all replicas over the
//! gateway's database, and each gives it to those of its connections that subscribed to its channel. What was sent to a user is
//! kept for half a minute, for a page that is just being loaded.

mod bus;
pub(crate) mod connect_signals;
mod hub;
mod socket;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgPool;

pub use self::bus::relay_signals;
use self::hub::Hub;

/// Who gets a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Recipients {
    /// Everybody who listens.
    Broadcast,
    /// The browsers of one user.
    User {
        /// Their entity ref, in lower case.
        #[serde(rename = "entityRef")]
        entity_ref: String,
    },
}

impl Recipients {
    /// The browsers of one user.
    pub(crate) fn user(entity_ref: &str) -> Self {
        Self::User {
            entity_ref: entity_ref.to_lowercase(),
        }
    }
}

/// A message on a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Signal {
    pub(crate) recipients: Recipients,
    pub(crate) channel: String,
    pub(crate) message: Value,
}

/// The signals of this replica, and the way to those of the others.
#[derive(Debug)]
pub(crate) struct Signals {
    pool: PgPool,
    hub: Hub,
}

impl Signals {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self {
            pool,
            hub: Hub::default(),
        }
    }

    /// Sends a signal to whoever it is for, at whichever replica they are. A signal is a hint: one that cannot be sent to
    /// the other replicas is still given to the connections here, and a warning says so.
    pub(crate) async fn publish(&self, signal: Signal) {
        if let Err(error) = bus::send(&self.pool, &signal).await {
            tracing::warn!(
                error,
                channel = signal.channel,
                "a signal does not reach the other replicas"
            );
            self.hub.deliver(&signal);
        }
    }
}
