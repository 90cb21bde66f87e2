//! The body of a request, read from the caller only as fast as the third party takes it.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use callboard_proto::proxy::v1::{ForwardRequest, forward_request::Part};
use futures::Stream;
use http::{HeaderMap, HeaderName};
use http_body::{Body, Frame, SizeHint};
use parking_lot::Mutex;
use tokio::time::{Instant, Sleep};
use tonic::Status;

use super::head;
use crate::upstream::failure::{BodyFailure, Failure};

/// What the caller sends after the head.
pub type Incoming = Pin<Box<dyn Stream<Item = Result<ForwardRequest, Status>> + Send>>;

/// The caller's side of a body. It outlives the attempts to send it.
pub struct Source {
    stream: Mutex<Incoming>,
    /// Whether a part of it has been taken: then the request cannot be sent a second time.
    is_begun: AtomicBool,
    bytes: AtomicU64,
    /// Milliseconds since `created` at which the last part was taken.
    last_taken: AtomicU64,
    created: Instant,
    most_bytes: u64,
    idle: Duration,
    allowed_trailers: Vec<HeaderName>,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Source")
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Source {
    /// A body of at most `most_bytes` (0: any), of which the next part comes within `idle` (zero: whenever).
    pub fn new(stream: Incoming, most_bytes: u64, idle: Duration, allowed_trailers: Vec<HeaderName>) -> Arc<Self> {
        Arc::new(Self {
            stream: Mutex::new(stream),
            is_begun: AtomicBool::new(false),
            bytes: AtomicU64::new(0),
            last_taken: AtomicU64::new(0),
            created: Instant::now(),
            most_bytes,
            idle,
            allowed_trailers,
        })
    }

    /// Whether a part of it is gone.
    pub fn is_begun(&self) -> bool {
        self.is_begun.load(Ordering::Relaxed)
    }

    /// How much was taken so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// When the last part was taken; at first, when the body was made.
    pub fn last_taken(&self) -> Instant {
        self.created + Duration::from_millis(self.last_taken.load(Ordering::Relaxed))
    }

    /// The next part; also for tunnels, which have no frames.
    pub fn poll_part(&self, context: &mut Context<'_>) -> Poll<Option<Result<Part, BodyFailure>>> {
        let message = ready!(self.stream.lock().as_mut().poll_next(context));
        self.is_begun.store(true, Ordering::Relaxed);
        let elapsed = u64::try_from(self.created.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last_taken.store(elapsed, Ordering::Relaxed);
        Poll::Ready(match message {
            None => None,
            Some(Ok(ForwardRequest { part: Some(part) })) => Some(self.counted(part)),
            // A message without a part says nothing.
            Some(Ok(ForwardRequest { part: None })) => Some(Ok(Part::Body(Bytes::new()))),
            Some(Err(_)) => Some(Err(BodyFailure(Failure::ClientGone))),
        })
    }

    fn counted(&self, part: Part) -> Result<Part, BodyFailure> {
        if let Part::Body(bytes) = &part {
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let total = self.bytes.fetch_add(length, Ordering::Relaxed).saturating_add(length);
            if self.most_bytes > 0 && total > self.most_bytes {
                return Err(BodyFailure(Failure::RequestTooLarge));
            }
        }
        Ok(part)
    }
}

/// A body for one attempt.
#[derive(Debug, Default)]
pub struct RequestBody {
    source: Option<Arc<Source>>,
    silence: Option<Pin<Box<Sleep>>>,
}

impl RequestBody {
    /// No body at all.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The body that a source has.
    pub fn of(source: Arc<Source>) -> Self {
        Self {
            source: Some(source),
            silence: None,
        }
    }

    /// Whether the caller has been silent for too long.
    fn is_stalled(&mut self, idle: Duration, context: &mut Context<'_>) -> bool {
        if idle.is_zero() {
            return false;
        }
        let silence = self.silence.get_or_insert_with(|| Box::pin(tokio::time::sleep(idle)));
        silence.as_mut().poll(context).is_ready()
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BodyFailure;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyFailure>>> {
        let Some(source) = self.source.clone() else {
            return Poll::Ready(None);
        };
        loop {
            let part = match source.poll_part(context) {
                Poll::Ready(part) => part,
                Poll::Pending if self.is_stalled(source.idle, context) => {
                    self.source = None;
                    return Poll::Ready(Some(Err(BodyFailure(Failure::RequestStalled))));
                }
                Poll::Pending => return Poll::Pending,
            };
            self.silence = None;
            let frame = match part {
                None => {
                    self.source = None;
                    return Poll::Ready(None);
                }
                Some(Ok(Part::Body(bytes))) if bytes.is_empty() => continue,
                Some(Ok(Part::Body(bytes))) => Ok(Frame::data(bytes)),
                Some(Ok(Part::Trailers(trailers))) => head::headers(&trailers.headers)
                    .map(|trailers| Frame::trailers(only(trailers, &source.allowed_trailers)))
                    .map_err(|_| BodyFailure(Failure::ClientGone)),
                // A second head is not a body.
                Some(Ok(Part::Head(_))) => Err(BodyFailure(Failure::ClientGone)),
                Some(Err(failure)) => Err(failure),
            };
            if frame.is_err() {
                self.source = None;
            }
            return Poll::Ready(Some(frame));
        }
    }

    fn is_end_stream(&self) -> bool {
        self.source.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        if self.source.is_none() {
            SizeHint::with_exact(0)
        } else {
            SizeHint::default()
        }
    }
}

fn only(mut trailers: HeaderMap, allowed: &[HeaderName]) -> HeaderMap {
    let foreign: Vec<HeaderName> = trailers
        .keys()
        .filter(|name| !allowed.contains(name))
        .cloned()
        .collect();
    for name in foreign {
        trailers.remove(name);
    }
    trailers
}
