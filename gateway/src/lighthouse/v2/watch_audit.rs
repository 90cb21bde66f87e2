//! `GET /v2/audits/{id}/events`: server-sent events of one audit.

use std::{convert::Infallible, time::Duration};

use axum::{body::Body, extract::State, response::Response};
use bytes::Bytes;
use futures::stream;
use http::{HeaderValue, header};

use super::bodies::{AuditBody, StepBody};
use crate::{
    error::ApiError, gateway::Gateway, http::path_parameters::PathParameters, lighthouse::audit_stream::AuditStream,
    live::frame, upstream::CallContext,
};

/// A comment is sent this often, so that nobody on the way thinks the connection dead.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// The audit now, then at each change, until it has ended.
pub(crate) async fn watch_audit(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    let [id] = path.decode()?;
    let mut steps = AuditStream::new(gateway.clone(), context, id);
    steps.open().await?;
    let events = stream::unfold(steps, move |mut steps| {
        let streams_end = gateway.streams_end().clone();
        async move {
            let bytes = tokio::select! {
                step = tokio::time::timeout(SIGN_OF_LIFE, steps.next()) => match step {
                    Ok(step) => {
                        // An audit that is deleted meanwhile has no more events.
                        let step = step.ok().flatten()?;
                        let audit = AuditBody::from(step.audit.as_ref()?);
                        frame::event("audit", &StepBody { audit, percent: step.percent })?
                    }
                    Err(_) => Bytes::from_static(b": still here\n\n"),
                },
                () = streams_end.cancelled() => return None,
            };
            Some((Ok::<_, Infallible>(bytes), steps))
        }
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
