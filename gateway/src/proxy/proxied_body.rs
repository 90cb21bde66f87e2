//! The body of an answer, taken from the proxy service only as fast as the client takes it.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use callboard_proto::proxy::v1::{ForwardResponse, forward_response::Part};
use futures::Stream;
use http_body::{Body, Frame};
use tokio::sync::oneshot;
use tonic::{Status, Streaming};

use super::messages::of_proto;

/// A body that ends in an error when the answer is cut short, so that the client does not take it for whole.
pub(super) struct ProxiedBody {
    messages: Streaming<ForwardResponse>,
    /// Told when the request's own body breaks off.
    broken: Option<oneshot::Receiver<()>>,
    is_over: bool,
}

impl ProxiedBody {
    pub(super) fn new(messages: Streaming<ForwardResponse>, broken: Option<oneshot::Receiver<()>>) -> Self {
        Self {
            messages,
            broken,
            is_over: false,
        }
    }

    fn is_broken(&mut self, context: &mut Context<'_>) -> bool {
        let Some(broken) = &mut self.broken else { return false };
        match Pin::new(broken).poll(context) {
            Poll::Ready(Ok(())) => true,
            Poll::Ready(Err(_)) => {
                // The request was read to its end.
                self.broken = None;
                false
            }
            Poll::Pending => false,
        }
    }
}

impl Body for ProxiedBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        if self.is_broken(context) {
            self.is_over = true;
            return Poll::Ready(Some(Err(Status::cancelled("the client's own body broke off"))));
        }
        loop {
            let message = ready!(Pin::new(&mut self.messages).poll_next(context));
            let frame = match message {
                None => {
                    self.is_over = true;
                    return Poll::Ready(None);
                }
                Some(Err(status)) => {
                    self.is_over = true;
                    Err(status)
                }
                Some(Ok(ForwardResponse { part })) => match part {
                    Some(Part::Body(bytes)) if !bytes.is_empty() => Ok(Frame::data(bytes)),
                    Some(Part::Trailers(trailers)) => Ok(Frame::trailers(of_proto(trailers.headers))),
                    // Heads come before; what this release does not know is left out.
                    _ => continue,
                },
            };
            return Poll::Ready(Some(frame));
        }
    }
}
