//! The connections of this replica, and what was sent lately.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use serde::Serialize;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::{Recipients, Signal};

/// Frames a connection may be behind; more are not kept for it.
const BACKLOG: usize = 64;
/// How long signals to users are kept for connections that are just being made.
const REMEMBERED_FOR: Duration = Duration::from_secs(30);
const REMEMBERED: usize = 1000;
/// Channels a connection may subscribe to.
const MOST_CHANNELS: usize = 100;

/// All connections.
#[derive(Debug, Default)]
pub(super) struct Hub {
    connections: Mutex<HashMap<u64, Connection>>,
    next_id: AtomicU64,
    recent: Mutex<VecDeque<(Instant, Signal)>>,
}

#[derive(Debug)]
struct Connection {
    user: Option<String>,
    channels: HashSet<String>,
    frames: Sender<String>,
}

impl Connection {
    fn gets(&self, signal: &Signal) -> bool {
        self.channels.contains(&signal.channel) && is_for(signal, self.user.as_deref())
    }

    fn give(&self, signal: &Signal) {
        // A browser that does not read loses signals, and nobody else waits for it.
        if let Some(frame) = frame(signal) {
            let _ = self.frames.try_send(frame);
        }
    }
}

fn is_for(signal: &Signal, user: Option<&str>) -> bool {
    match &signal.recipients {
        Recipients::Broadcast => true,
        Recipients::User { entity_ref } => user == Some(entity_ref),
    }
}

/// What goes to the browser.
fn frame(signal: &Signal) -> Option<String> {
    #[derive(Serialize)]
    struct Frame<'a> {
        channel: &'a str,
        message: &'a serde_json::Value,
    }
    let frame = Frame {
        channel: &signal.channel,
        message: &signal.message,
    };
    serde_json::to_string(&frame).ok()
}

/// A connection's place in the hub. Dropping it gives it up.
pub(super) struct Place<'a> {
    hub: &'a Hub,
    id: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.hub.connections.lock().remove(&self.id);
    }
}

impl Hub {
    /// A place for a connection of a user, or of nobody in particular, and the frames it is given.
    pub(super) fn join(&self, user: Option<String>) -> (Place<'_>, Receiver<String>) {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (frames, receiver) = channel(BACKLOG);
        let connection = Connection {
            user,
            channels: HashSet::new(),
            frames,
        };
        self.connections.lock().insert(id, connection);
        (Place { hub: self, id }, receiver)
    }

    /// Gives a signal to whom it is for.
    pub(super) fn deliver(&self, signal: &Signal) {
        // Both under the first lock, so that one who subscribes meanwhile gets it once.
        let connections = self.connections.lock();
        if matches!(signal.recipients, Recipients::User { .. }) {
            let mut recent = self.recent.lock();
            forget_old(&mut recent);
            recent.push_back((Instant::now(), signal.clone()));
        }
        for connection in connections.values().filter(|connection| connection.gets(signal)) {
            connection.give(signal);
        }
    }
}

fn forget_old(recent: &mut VecDeque<(Instant, Signal)>) {
    while recent
        .front()
        .is_some_and(|(sent, _)| recent.len() >= REMEMBERED || sent.elapsed() > REMEMBERED_FOR)
    {
        recent.pop_front();
    }
}

impl Place<'_> {
    /// Subscribes to a channel, and gets what was sent to this user on it lately.
    pub(super) fn subscribe(&self, channel: &str) {
        let mut connections = self.hub.connections.lock();
        let Some(connection) = connections.get_mut(&self.id) else {
            return;
        };
        if connection.channels.len() >= MOST_CHANNELS || !connection.channels.insert(channel.to_owned()) {
            return;
        }
        let mut recent = self.hub.recent.lock();
        forget_old(&mut recent);
        let missed = recent
            .iter()
            .filter(|(_, signal)| signal.channel == channel && is_for(signal, connection.user.as_deref()));
        for (_, signal) in missed {
            connection.give(signal);
        }
    }

    /// Wants no more of a channel.
    pub(super) fn unsubscribe(&self, channel: &str) {
        if let Some(connection) = self.hub.connections.lock().get_mut(&self.id) {
            connection.channels.remove(channel);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn to_user(user: &str, channel: &str) -> Signal {
        Signal {
            recipients: Recipients::User {
                entity_ref: user.to_owned(),
            },
            channel: channel.to_owned(),
            message: json!({"n": 1}),
        }
    }

    #[test]
    fn signals_reach_whom_they_are_for() {
        let hub = Hub::default();
        let (jane, mut to_jane) = hub.join(Some("user:default/jane".to_owned()));
        let (nobody, mut to_nobody) = hub.join(None);
        jane.subscribe("a");
        nobody.subscribe("a");
        hub.deliver(&to_user("user:default/jane", "a"));
        hub.deliver(&to_user("user:default/jane", "b"));
        hub.deliver(&to_user("user:default/joe", "a"));
        let frame = to_jane.try_recv().expect("a frame");
        assert_eq!(frame, r#"{"channel":"a","message":{"n":1}}"#);
        assert!(to_jane.try_recv().is_err() && to_nobody.try_recv().is_err());
        let everybody = Signal {
            recipients: Recipients::Broadcast,
            ..to_user("", "a")
        };
        hub.deliver(&everybody);
        assert!(to_jane.try_recv().is_ok() && to_nobody.try_recv().is_ok());
        jane.unsubscribe("a");
        hub.deliver(&everybody);
        assert!(to_jane.try_recv().is_err());
        drop(jane);
        assert_eq!(hub.connections.lock().len(), 1);
    }

    #[test]
    fn a_page_that_is_being_loaded_misses_nothing_of_its_user() {
        let hub = Hub::default();
        hub.deliver(&to_user("user:default/jane", "a"));
        let (jane, mut to_jane) = hub.join(Some("user:default/jane".to_owned()));
        let (joe, mut to_joe) = hub.join(Some("user:default/joe".to_owned()));
        jane.subscribe("a");
        joe.subscribe("a");
        assert!(to_jane.try_recv().is_ok());
        assert!(to_joe.try_recv().is_err());
        // Subscribing again does not repeat it.
        jane.subscribe("a");
        assert!(to_jane.try_recv().is_err());
    }
}
