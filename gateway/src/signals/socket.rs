//! One browser's connection.

use std::{pin::pin, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use serde::Deserialize;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep};

use super::hub::Place;
use crate::gateway::Gateway;

/// How often the browser has to show that it is there.
const PING: Duration = Duration::from_secs(30);
/// A connection of nobody in particular has no token that ends; it is made anew once a day.
const LONGEST: Duration = Duration::from_hours(24);
const SEND_TIMEOUT: Duration = Duration::from_secs(10);

/// What a browser says.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "lowercase")]
enum Action {
    Subscribe { channel: String },
    Unsubscribe { channel: String },
}

/// Serves a connection to its end, which comes with that of the user's token at the latest.
pub(super) async fn serve(gateway: Gateway, mut socket: WebSocket, user: Option<String>, allowed: Option<Duration>) {
    let (place, mut frames) = gateway.signals().hub.join(user);
    let mut pings = interval_at(Instant::now() + PING, PING);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut is_alive = true;
    let mut end = pin!(sleep(allowed.unwrap_or(LONGEST)));
    loop {
        let answer = tokio::select! {
            () = &mut end => return,
            () = gateway.streams_end().cancelled() => {
                let _ = send(&mut socket, Message::Close(Some(CloseFrame {
                    code: close_code::AWAY,
                    reason: "the gateway stops".into(),
                }))).await;
                return;
            }
            received = socket.recv() => match received {
                Some(Ok(message)) => {
                    is_alive = true;
                    if let Message::Close(_) = message {
                        return;
                    }
                    obey(&place, &message);
                    None
                }
                Some(Err(_)) | None => return,
            },
            frame = frames.recv() => frame.map(|frame| Message::Text(frame.into())),
            _ = pings.tick() => {
                if !std::mem::take(&mut is_alive) {
                    return;
                }
                Some(Message::Ping(bytes::Bytes::new()))
            }
        };
        if let Some(answer) = answer
            && send(&mut socket, answer).await.is_none()
        {
            return;
        }
    }
}

/// What makes no sense is passed over, as upstream does.
fn obey(place: &Place<'_>, message: &Message) {
    let Message::Text(text) = message else { return };
    match serde_json::from_str(text.as_str()) {
        Ok(Action::Subscribe { channel }) => place.subscribe(&channel),
        Ok(Action::Unsubscribe { channel }) => place.unsubscribe(&channel),
        Err(error) => tracing::debug!(%error, "a browser says on its signals connection what makes no sense"),
    }
}

/// `None` when the browser is gone, or does not read.
async fn send(socket: &mut WebSocket, message: Message) -> Option<()> {
    tokio::time::timeout(SEND_TIMEOUT, socket.send(message))
        .await
        .ok()?
        .ok()
}
