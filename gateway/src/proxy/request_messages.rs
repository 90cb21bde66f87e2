//! A request as the messages of the contract, read from the client only as fast as they are sent.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::body::Body;
use bytes::Bytes;
use callboard_proto::proxy::v1::{ForwardRequest, RequestHead, Trailers, forward_request::Part};
use futures::Stream;
use http_body::Body as _;
use tokio::sync::{mpsc, oneshot};

use super::messages::to_proto;

/// The largest part of a body, as the contract has it.
const PART_BYTES: usize = 256 * 1024;

/// What follows the head.
pub(super) enum Rest {
    /// Nothing.
    Nothing,
    /// A body. The sender is told when it breaks off.
    Body(Body, Option<oneshot::Sender<()>>),
    /// What a tunnel carries.
    Tunnel(mpsc::Receiver<Bytes>),
}

/// The messages of one request.
pub(super) struct RequestMessages {
    head: Option<RequestHead>,
    /// What is left of a part that was too large for one message.
    left: Bytes,
    rest: Rest,
}

impl RequestMessages {
    pub(super) fn new(head: RequestHead, rest: Rest) -> Self {
        Self {
            head: Some(head),
            left: Bytes::new(),
            rest,
        }
    }

    fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<Option<Part>> {
        loop {
            if !self.left.is_empty() {
                let length = self.left.len().min(PART_BYTES);
                return Poll::Ready(Some(Part::Body(self.left.split_to(length))));
            }
            match &mut self.rest {
                Rest::Nothing => return Poll::Ready(None),
                Rest::Tunnel(pieces) => match ready!(pieces.poll_recv(context)) {
                    Some(piece) => self.left = piece,
                    None => self.rest = Rest::Nothing,
                },
                Rest::Body(body, broken) => match ready!(Pin::new(body).poll_frame(context)) {
                    None => self.rest = Rest::Nothing,
                    Some(Ok(frame)) => match frame.into_data() {
                        Ok(data) => self.left = data,
                        Err(frame) => {
                            let trailers = frame.into_trailers().unwrap_or_default();
                            return Poll::Ready(Some(Part::Trailers(Trailers {
                                headers: to_proto(&trailers),
                            })));
                        }
                    },
                    // An end here would make half a body look whole. The call is given up instead, and this with it.
                    Some(Err(_)) => {
                        if let Some(broken) = broken.take() {
                            // Nobody listens any more when the call is over.
                            let _ = broken.send(());
                        }
                        return Poll::Pending;
                    }
                },
            }
        }
    }
}

impl Stream for RequestMessages {
    type Item = ForwardRequest;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<ForwardRequest>> {
        let part = match self.head.take() {
            Some(head) => Some(Part::Head(head)),
            None => ready!(self.poll_rest(context)),
        };
        Poll::Ready(part.map(|part| ForwardRequest { part: Some(part) }))
    }
}
