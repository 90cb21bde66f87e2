//! One attempt at a call, and several of them for calls that may be repeated.

use std::{error::Error, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use tonic::{Code, Status, TimeoutExpired, body::Body};
use tower::{
    ServiceExt,
    retry::budget::{Budget, TpsBudget},
};

use super::endpoint::{Endpoint, Endpoints};

const MAX_ATTEMPTS: u32 = 4;
/// The pause before trying the same endpoint again; doubled each time, and half of it random.
const FIRST_PAUSE: Duration = Duration::from_millis(40);

/// Makes a call that must not be repeated: it goes to one endpoint, once.
pub(super) async fn once(endpoints: &Endpoints, request: Request<Body>) -> Result<Response<Body>, Status> {
    let endpoint = endpoints.pick(&[]).await?;
    let response = attempt(&endpoint, request).await?;
    Ok(response.map(|body| Body::new(body.map_err(of_transport))))
}

/// Makes a unary call that may be repeated: an endpoint that fails is replaced by another, or tried again after a pause.
pub(super) async fn repeated(
    endpoints: &Endpoints,
    budget: &TpsBudget,
    unit: &str,
    request: Request<Body>,
) -> Result<Response<Body>, Status> {
    budget.deposit();
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let mut tried: Vec<SocketAddr> = Vec::new();
    let mut made = 0;
    loop {
        let endpoint = endpoints.pick(&tried).await?;
        let request = || Request::from_parts(head.clone(), Body::new(Full::new(body.clone())));
        made += 1;
        let status = match hedged(endpoints, budget, unit, &endpoint, request).await {
            Ok(response) => return Ok(response),
            Err(Failure::Final(status)) => return Err(status),
            Err(Failure::Endpoint(status)) => status,
        };
        if made >= MAX_ATTEMPTS || !budget.withdraw() {
            return Err(status);
        }
        metrics::counter!("callboard_grpc_channel_retries_total", "unit" => unit.to_owned()).increment(1);
        tried.push(endpoint.address);
        if !endpoints.has_alternative(&tried) {
            tokio::time::sleep(pause(made)).await;
        }
    }
}

fn pause(made: u32) -> Duration {
    let full = FIRST_PAUSE * 2_u32.saturating_pow(made - 1);
    full.mul_f64(rand::random_range(0.5..1.0))
}

enum Failure {
    /// Another endpoint, or this one a moment later, may do better.
    Endpoint(Status),
    /// It is the answer.
    Final(Status),
}

/// An attempt, and another one elsewhere where the first takes much longer than its endpoint usually does: one that hangs, or
/// is lost without a word, costs its callers next to nothing. The first answer counts.
async fn hedged(
    endpoints: &Endpoints,
    budget: &TpsBudget,
    unit: &str,
    endpoint: &Arc<Endpoint>,
    request: impl Fn() -> Request<Body>,
) -> Result<Response<Body>, Failure> {
    let mut first = pin!(whole(endpoint, request()));
    if let Ok(result) = tokio::time::timeout(endpoint.patience(), &mut first).await {
        return result;
    }
    if !endpoints.has_alternative(&[endpoint.address]) || !budget.withdraw() {
        return first.await;
    }
    let Ok(other) = endpoints.pick(&[endpoint.address]).await else {
        return first.await;
    };
    metrics::counter!("callboard_grpc_channel_hedges_total", "unit" => unit.to_owned()).increment(1);
    let mut second = pin!(whole(&other, request()));
    tokio::select! {
        result = &mut first => match result {
            Err(Failure::Endpoint(_)) => second.await,
            result => result,
        },
        result = &mut second => match result {
            Err(Failure::Endpoint(_)) => first.await,
            result => result,
        },
    }
}

/// An attempt whose answer is read to its end, as an endpoint may die in the middle of it.
async fn whole(endpoint: &Arc<Endpoint>, request: Request<Body>) -> Result<Response<Body>, Failure> {
    let response = attempt(endpoint, request).await.map_err(|status| match status.code() {
        Code::DeadlineExceeded => Failure::Final(status),
        _ => Failure::Endpoint(status),
    })?;
    if let Some(status) = Status::from_header_map(response.headers()) {
        return match status.code() {
            Code::Unavailable => Err(Failure::Endpoint(status)),
            // The generated client reads the status from the headers itself.
            _ => Ok(response),
        };
    }
    let (head, body) = response.into_parts();
    let collected = body
        .collect()
        .await
        .map_err(|status| Failure::Endpoint(of_transport(status)))?;
    let trailers = collected.trailers().cloned();
    let body = Full::new(collected.to_bytes()).with_trailers(std::future::ready(trailers.map(Ok)));
    Ok(Response::from_parts(head, Body::new(body)))
}

/// Sends a request to an endpoint and tells the endpoint's health how it went. An error means no answer came.
async fn attempt(endpoint: &Arc<Endpoint>, request: Request<Body>) -> Result<Response<Body>, Status> {
    let in_flight = endpoint.begin();
    match endpoint.channel().oneshot(request).await {
        Ok(response) => {
            let is_unavailable =
                Status::from_header_map(response.headers()).is_some_and(|status| status.code() == Code::Unavailable);
            if is_unavailable {
                in_flight.failed();
            } else {
                in_flight.succeeded();
            }
            Ok(response)
        }
        Err(error) if is_timeout(&error) => {
            // The caller's time ran out; that says nothing about the endpoint.
            drop(in_flight);
            Err(Status::deadline_exceeded("the deadline has passed"))
        }
        Err(error) => {
            in_flight.failed();
            tracing::debug!(address = %endpoint.address, error = &error as &dyn Error, "the endpoint failed");
            Err(Status::unavailable("the unit is not available"))
        }
    }
}

/// An error of an answer's body, which is one of the transport: the unit's own statuses are in trailers. A connection that breaks
/// off has no code there, and a unit that is torn down may still reset the stream (CANCEL, RFC 9113, section 7). Either way the
/// unit went away: the caller's own cancelling is no error that it sees.
fn of_transport(status: Status) -> Status {
    match status.code() {
        Code::Unknown | Code::Cancelled => Status::unavailable("the unit went away while it answered"),
        _ => status,
    }
}

fn is_timeout(error: &tonic::transport::Error) -> bool {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(current) = cause {
        if current.is::<TimeoutExpired>() {
            return true;
        }
        cause = current.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_that_is_torn_down_is_unavailable_however_its_stream_ends() {
        // Which of the two a caller sees depends on whether the unit's tasks or its connection end first.
        for seen in [
            Status::unknown("connection reset"),
            Status::cancelled("the stream was reset"),
        ] {
            assert_eq!(of_transport(seen).code(), Code::Unavailable);
        }
        assert_eq!(of_transport(Status::out_of_range("too large")).code(), Code::OutOfRange);
    }
}
