//! The answer on its way to the caller, taken from the third party only as fast as the caller takes it.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use bytes::Bytes;
use callboard_proto::proxy::v1::{ForwardResponse, InformationalHead, ResponseHead, Trailers, forward_response::Part};
use callboard_service_kit::error::ServiceError;
use futures::Stream;
use http::HeaderMap;
use http_body::Body;
use tokio::{sync::OwnedSemaphorePermit, time::Sleep};
use tonic::Status;

use super::{
    answer::{Answer, AnswerBody},
    head::to_proto,
    request_body::Source,
};
use crate::{
    cache::Recording,
    endpoint::SharedEndpoint,
    usage::{Outcome, Usage},
};

/// The largest part of a body, as the contract has it.
const PART_BYTES: usize = 256 * 1024;

/// What is told about a request when it is over, however it ends.
pub(super) struct Measurement {
    usage: Usage,
    route: Arc<str>,
    started: Instant,
    source: Option<Arc<Source>>,
    outcome: Outcome,
}

impl Measurement {
    pub(super) fn start(usage: Usage, route: &str, source: Option<Arc<Source>>) -> Self {
        Self {
            usage,
            route: route.into(),
            started: Instant::now(),
            source,
            outcome: Outcome::default(),
        }
    }

    pub(super) fn set_cache_hit(&mut self) {
        self.outcome.is_cache_hit = true;
    }

    fn set_head(&mut self, status: u16) {
        self.outcome.status = status;
        self.outcome.latency = self.started.elapsed();
    }

    fn add_bytes(&mut self, part: &Bytes) {
        self.outcome.response_bytes += u64::try_from(part.len()).unwrap_or(0);
    }
}

impl Drop for Measurement {
    fn drop(&mut self) {
        if self.outcome.status == 0 {
            self.outcome.latency = self.started.elapsed();
        }
        self.outcome.request_bytes = self.source.as_ref().map_or(0, |source| source.bytes());
        self.usage.add(&self.route, &self.outcome);
    }
}

/// The messages of an answer. Dropping it ends the request to the third party.
pub struct ResponseStream {
    heads: VecDeque<ForwardResponse>,
    /// What is left of a part that was too large for one message.
    rest: Bytes,
    body: Option<AnswerBody>,
    silence: Option<Pin<Box<Sleep>>>,
    recording: Option<Recording>,
    endpoint: SharedEndpoint,
    measurement: Measurement,
    _place: Option<OwnedSemaphorePermit>,
}

impl ResponseStream {
    pub(super) fn new(answer: Answer, endpoint: SharedEndpoint, mut measurement: Measurement) -> Self {
        measurement.set_head(answer.status.as_u16());
        let interim = answer.interim.iter().map(|(status, headers)| {
            Part::Informational(InformationalHead {
                status: u32::from(status.as_u16()),
                headers: to_proto(headers),
            })
        });
        let head = Part::Head(ResponseHead {
            status: u32::from(answer.status.as_u16()),
            headers: to_proto(&answer.headers),
            route: endpoint.route().to_owned(),
            cache: answer.cache_outcome.into(),
        });
        Self {
            heads: interim.chain([head]).map(message).collect(),
            rest: Bytes::new(),
            body: Some(answer.body),
            silence: None,
            recording: answer.recording,
            endpoint,
            measurement,
            _place: answer.place,
        }
    }

    /// The next part of the body, none after the last.
    fn poll_body(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Next, Status>>> {
        match &mut self.body {
            None => Poll::Ready(None),
            Some(AnswerBody::Whole(bytes)) => {
                let bytes = std::mem::take(bytes);
                self.body = None;
                Poll::Ready((!bytes.is_empty()).then_some(Ok(Next::Data(bytes))))
            }
            Some(AnswerBody::Tunnel(tunnel)) => {
                let piece = ready!(tunnel.poll_next(context));
                // A tunnel has no end that could be told from a break.
                let piece = piece.and_then(Result::ok);
                if piece.is_none() {
                    self.body = None;
                }
                Poll::Ready(piece.map(|bytes| Ok(Next::Data(bytes))))
            }
            Some(AnswerBody::Streamed { incoming, idle }) => {
                let idle = *idle;
                match Pin::new(incoming).poll_frame(context) {
                    Poll::Ready(frame) => {
                        self.silence = None;
                        Poll::Ready(self.frame(frame))
                    }
                    Poll::Pending if is_over(&mut self.silence, idle, context) => {
                        self.body = None;
                        self.recording = None;
                        Poll::Ready(Some(Err(cut_short("fell silent in the middle of its answer"))))
                    }
                    Poll::Pending => Poll::Pending,
                }
            }
        }
    }

    fn frame(
        &mut self,
        frame: Option<Result<hyper::body::Frame<Bytes>, hyper::Error>>,
    ) -> Option<Result<Next, Status>> {
        match frame {
            None => {
                self.body = None;
                if let Some(recording) = self.recording.take() {
                    // The caller need not wait for the store.
                    tokio::spawn(recording.finish());
                }
                None
            }
            Some(Err(error)) => {
                tracing::debug!(%error, route = self.endpoint.route(), "an answer was cut short");
                self.body = None;
                self.recording = None;
                Some(Err(cut_short("broke off in the middle of its answer")))
            }
            Some(Ok(frame)) => match frame.into_data() {
                Ok(bytes) => {
                    if let Some(recording) = &mut self.recording {
                        recording.push(&bytes);
                    }
                    Some(Ok(Next::Data(bytes)))
                }
                Err(frame) => Some(Ok(Next::Trailers(frame.into_trailers().unwrap_or_default()))),
            },
        }
    }

    /// As much of the rest as fits into a message.
    fn part(&mut self) -> ForwardResponse {
        let length = self.rest.len().min(PART_BYTES);
        message(Part::Body(self.rest.split_to(length)))
    }
}

enum Next {
    Data(Bytes),
    Trailers(HeaderMap),
}

impl Stream for ResponseStream {
    type Item = Result<ForwardResponse, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(head) = self.heads.pop_front() {
            return Poll::Ready(Some(Ok(head)));
        }
        loop {
            if !self.rest.is_empty() {
                return Poll::Ready(Some(Ok(self.part())));
            }
            match ready!(self.poll_body(context)) {
                None => return Poll::Ready(None),
                Some(Err(status)) => return Poll::Ready(Some(Err(status))),
                Some(Ok(Next::Data(bytes))) => {
                    self.measurement.add_bytes(&bytes);
                    self.rest = bytes;
                }
                Some(Ok(Next::Trailers(trailers))) => {
                    let headers = &self.endpoint.headers;
                    let passed: HeaderMap = trailers
                        .iter()
                        .filter(|(name, _)| headers.passes_response(name))
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect();
                    if !passed.is_empty() {
                        return Poll::Ready(Some(Ok(message(Part::Trailers(Trailers {
                            headers: to_proto(&passed),
                        })))));
                    }
                }
            }
        }
    }
}

fn message(part: Part) -> ForwardResponse {
    ForwardResponse { part: Some(part) }
}

fn is_over(silence: &mut Option<Pin<Box<Sleep>>>, idle: Duration, context: &mut Context<'_>) -> bool {
    if idle.is_zero() {
        return false;
    }
    let sleep = silence.get_or_insert_with(|| Box::pin(tokio::time::sleep(idle)));
    sleep.as_mut().poll(context).is_ready()
}

fn cut_short(how: &str) -> Status {
    ServiceError::unavailable(format!("The third party {how}")).into()
}
