//! A connection that has become something else: bytes both ways until one side ends.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use callboard_proto::proxy::v1::forward_request::Part;
use futures::Stream;
use http::Response;
use hyper::{body::Incoming, upgrade::Upgraded};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncWriteExt, ReadHalf, WriteHalf, split},
    time::{Instant, Sleep},
};
use tokio_util::{io::ReaderStream, task::AbortOnDropHandle};

use super::request_body::Source;
use crate::upstream::failure::Failure;

/// The largest piece that is read at once.
const PIECE_BYTES: usize = 32 * 1024;

/// The third party's end of a tunnel.
pub(super) struct Tunnel {
    incoming: ReaderStream<ReadHalf<TokioIo<Upgraded>>>,
    /// Writes what the caller sends; ends with the tunnel.
    _outgoing: AbortOnDropHandle<()>,
    source: Arc<Source>,
    /// Zero: it may be silent for ever.
    idle: Duration,
    silence: Option<Pin<Box<Sleep>>>,
}

impl Tunnel {
    /// Takes the connection of a response that switches protocols.
    pub(super) async fn open(
        response: Response<Incoming>,
        source: Arc<Source>,
        idle: Duration,
    ) -> Result<Self, Failure> {
        let upgraded = hyper::upgrade::on(response).await.map_err(|error| {
            tracing::debug!(%error, "the third party agreed to a tunnel and made none");
            Failure::ConnectionLost
        })?;
        let (read, write) = split(TokioIo::new(upgraded));
        let outgoing = tokio::spawn(pump(source.clone(), write));
        Ok(Self {
            incoming: ReaderStream::with_capacity(read, PIECE_BYTES),
            _outgoing: AbortOnDropHandle::new(outgoing),
            source,
            idle,
            silence: None,
        })
    }

    /// What the third party sends; the end when it is over, or when neither side has said anything for too long.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<std::io::Result<Bytes>>> {
        match Pin::new(&mut self.incoming).poll_next(context) {
            Poll::Ready(piece) => {
                self.silence = None;
                Poll::Ready(piece)
            }
            Poll::Pending if self.is_silent(context) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_silent(&mut self, context: &mut Context<'_>) -> bool {
        if self.idle.is_zero() {
            return false;
        }
        let idle = self.idle;
        let silence = self.silence.get_or_insert_with(|| Box::pin(tokio::time::sleep(idle)));
        while silence.as_mut().poll(context).is_ready() {
            let until = self.source.last_taken() + idle;
            if until <= Instant::now() {
                return true;
            }
            silence.as_mut().reset(until);
        }
        false
    }
}

/// Writes what the caller sends until its end.
async fn pump(source: Arc<Source>, mut write: WriteHalf<TokioIo<Upgraded>>) {
    while let Some(Ok(part)) = std::future::poll_fn(|context| source.poll_part(context)).await {
        let Part::Body(bytes) = part else { break };
        let written = async {
            write.write_all(&bytes).await?;
            write.flush().await
        };
        if written.await.is_err() {
            return;
        }
    }
    // The other direction may go on; an error here means that it does not.
    let _ = write.shutdown().await;
}
