use std::{
    panic::AssertUnwindSafe,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::{Sleep, sleep, sleep_until};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tonic::{Code, Status, body::Body};
use tracing::Span;

use super::call::Record;
use crate::{error::ServiceError, grpc::Deadline, lifecycle::tasks::panic_text};

/// How long a stream may go on after the unit was told to stop. An endless one would hold up the drain.
const STREAM_GRACE: Duration = Duration::from_secs(5);

/// A response body that ends at its caller's deadline, soon after shutdown, and at a panic, each with a proper status; and
/// that records the status the call ended with.
pub(super) struct GuardedBody {
    inner: Body,
    span: Span,
    deadline: Option<Pin<Box<Sleep>>>,
    shutdown: Pin<Box<WaitForCancellationFutureOwned>>,
    grace: Option<Pin<Box<Sleep>>>,
    record: Option<Record>,
}

impl GuardedBody {
    pub(super) fn new(
        inner: Body,
        span: Span,
        deadline: Option<Deadline>,
        shutdown: CancellationToken,
        record: Record,
    ) -> Self {
        Self {
            inner,
            span,
            deadline: deadline.map(|deadline| Box::pin(sleep_until(deadline.at()))),
            shutdown: Box::pin(shutdown.cancelled_owned()),
            grace: None,
            record: Some(record),
        }
    }

    fn finish(&mut self, code: Code) {
        if let Some(record) = self.record.take() {
            record.finish(code);
        }
    }

    /// Ends the stream with a status.
    fn end_with(&mut self, status: &Status) -> Frame<Bytes> {
        self.inner = Body::empty();
        self.finish(status.code());
        let mut trailers = HeaderMap::new();
        // A status of ours always fits into headers: its message is plain text.
        let _ = status.add_header(&mut trailers);
        Frame::trailers(trailers)
    }

    /// Whether the time for a stream is over because the unit stops.
    fn is_cut_off(&mut self, context: &mut Context<'_>) -> bool {
        if self.grace.is_none() && self.shutdown.as_mut().poll(context).is_ready() {
            self.grace = Some(Box::pin(sleep(STREAM_GRACE)));
        }
        self.grace
            .as_mut()
            .is_some_and(|grace| grace.as_mut().poll(context).is_ready())
    }
}

impl http_body::Body for GuardedBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = self.get_mut();
        if this.record.is_none() {
            return Poll::Ready(None);
        }
        let span = this.span.clone();
        let _entered = span.enter();
        let polled = std::panic::catch_unwind(AssertUnwindSafe(|| Pin::new(&mut this.inner).poll_frame(context)));
        match polled {
            Ok(Poll::Ready(Some(Ok(frame)))) => {
                if let Some(trailers) = frame.trailers_ref() {
                    let code = Status::from_header_map(trailers).map_or(Code::Ok, |status| status.code());
                    this.finish(code);
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Ok(Poll::Ready(Some(Err(status)))) => {
                this.finish(status.code());
                Poll::Ready(Some(Err(status)))
            }
            Ok(Poll::Ready(None)) => {
                this.finish(Code::Ok);
                Poll::Ready(None)
            }
            Ok(Poll::Pending) => {
                if this
                    .deadline
                    .as_mut()
                    .is_some_and(|deadline| deadline.as_mut().poll(context).is_ready())
                {
                    return Poll::Ready(Some(Ok(
                        this.end_with(&Status::deadline_exceeded("the deadline has passed"))
                    )));
                }
                if this.is_cut_off(context) {
                    return Poll::Ready(Some(Ok(this.end_with(&Status::unavailable("this unit is stopping")))));
                }
                Poll::Pending
            }
            Err(panic) => {
                let error = ServiceError::internal(&format!("panic: {}", panic_text(panic.as_ref())));
                Poll::Ready(Some(Ok(this.end_with(&error.into()))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.record.is_none() || self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for GuardedBody {
    fn drop(&mut self) {
        // A body whose end was known beforehand is dropped without being asked for it.
        let code = if self.inner.is_end_stream() {
            Code::Ok
        } else {
            Code::Cancelled
        };
        self.finish(code);
    }
}
