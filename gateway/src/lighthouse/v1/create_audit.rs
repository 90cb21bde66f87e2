//! `POST /v1/audits`.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::Body,
    extract::{Request, State},
    response::Response,
};
use bytes::Bytes;
use callboard_proto::lighthouse_audit::v1::{Audit, AuditOptions, CreateAuditRequest};
use futures::{StreamExt, stream};
use http::StatusCode;
use serde_json::{Map, Value};

use super::{
    bodies::{audit_with_report, audit_without_report},
    plain_error::PlainError,
};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::read_body_within, respond},
    lighthouse::{audit_stream::AuditStream, is_over, present},
    upstream::CallContext,
};

/// Largest body.
const BODY_BYTES: usize = 100 * 1024;
/// While an audit is waited for, a blank is sent this often, so that nobody on the way thinks the connection dead.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);
/// What the original can be told, and what makes no sense where the browser is not the caller's.
const REFUSED: [(&str, &str); 2] = [
    (
        "chromePath",
        "the service starts its own browser, and a path from a request could be any program",
    ),
    ("chromePort", "every audit has a browser and a port of its own"),
];

/// Queues an audit. With `awaitAuditCompleted` the body ends when the audit has.
pub(crate) async fn create_audit(
    State(gateway): State<Gateway>,
    context: CallContext,
    request: Request,
) -> Result<Response, PlainError> {
    let body = read_body_within(request.into_body(), BODY_BYTES).await?;
    let body = body.ok_or_else(|| PlainError::too_large(format!("The body is larger than {BODY_BYTES} bytes.")))?;
    let (message, awaits) = parse(&body)?;
    let answer = gateway.lighthouse_audit().create_audit(&context, message).await?;
    let audit = present(answer.audit)?;
    if !awaits {
        return Ok(audit_without_report(StatusCode::CREATED, &audit));
    }
    let body = Body::from_stream(ended(gateway, context, audit));
    Ok(respond::json_bytes(StatusCode::CREATED, body))
}

fn parse(body: &[u8]) -> Result<(CreateAuditRequest, bool), PlainError> {
    let mut members: Map<String, Value> = if body.is_empty() {
        Map::new()
    } else {
        serde_json::from_slice(body)
            .map_err(|error| PlainError::input(format!("The body is not a JSON object: {error}")))?
    };
    let url = match members.remove("url") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(url)) => url,
        Some(other) => other.to_string(),
    };
    let mut options = match members.remove("options") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(options)) => options,
        Some(_) => return Err(PlainError::input("options must be an object.")),
    };
    for (name, reason) in REFUSED {
        if options.contains_key(name) {
            return Err(PlainError::input(format!("options.{name} cannot be set: {reason}.")));
        }
    }
    let awaits = match options.remove("awaitAuditCompleted") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(awaits)) => awaits,
        Some(_) => return Err(PlainError::input("options.awaitAuditCompleted must be true or false.")),
    };
    let up_timeout = match options.remove("upTimeout") {
        None | Some(Value::Null) => None,
        Some(value) => {
            let milliseconds = value.as_f64().filter(|number| *number >= 0.0);
            let time = milliseconds.and_then(|number| Duration::try_from_secs_f64(number / 1000.0).ok());
            let time = time.and_then(|time| prost_types::Duration::try_from(time).ok());
            Some(time.ok_or_else(|| PlainError::input("options.upTimeout must be a number of milliseconds."))?)
        }
    };
    let lighthouse_config = match options.remove("lighthouseConfig") {
        None | Some(Value::Null) => Bytes::new(),
        Some(config) => config.to_string().into(),
    };
    let message = CreateAuditRequest {
        url,
        options: Some(AuditOptions {
            up_timeout,
            lighthouse_config,
            ..AuditOptions::default()
        }),
        await_completed: false,
    };
    Ok((message, awaits))
}

/// The body of an audit that is waited for: blanks, and its JSON at last.
fn ended(
    gateway: Gateway,
    context: CallContext,
    audit: Audit,
) -> impl futures::Stream<Item = Result<Bytes, Infallible>> + Send {
    let waiting = Waiting {
        steps: AuditStream::new(gateway.clone(), context.clone(), audit.id.clone()),
        gateway,
        context,
        audit,
    };
    stream::unfold(Some(waiting), |waiting| async move {
        let mut waiting = waiting?;
        match tokio::time::timeout(SIGN_OF_LIFE, waiting.end()).await {
            Err(_) => Some((Ok(Bytes::from_static(b" ")), Some(waiting))),
            Ok(()) => Some((Ok(waiting.json().await), None)),
        }
    })
    // Whoever compresses it may ask once more after the end.
    .fuse()
}

struct Waiting {
    gateway: Gateway,
    context: CallContext,
    steps: AuditStream,
    audit: Audit,
}

impl Waiting {
    /// Returns when the audit has ended, was deleted, or this process stops.
    async fn end(&mut self) {
        let streams_end = self.gateway.streams_end().clone();
        while !is_over(&self.audit) {
            let step = tokio::select! {
                step = self.steps.next() => step,
                () = streams_end.cancelled() => return,
            };
            match step {
                Ok(Some(step)) => {
                    if let Some(audit) = step.audit {
                        self.audit = audit;
                    }
                }
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// The audit as it is now; the status has been sent, so whatever happens this is an audit.
    async fn json(&self) -> Bytes {
        // The request's own time may be long over.
        let context = self.context.anew();
        let full = audit_with_report(&self.gateway, &context, &self.audit).await;
        full.unwrap_or_else(|error: ApiError| {
            tracing::warn!(
                error = error.message(),
                "the report of an awaited audit could not be read"
            );
            let audit = super::bodies::AuditBody::listed(&self.audit);
            serde_json::to_vec(&audit).unwrap_or_default().into()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str) -> String {
        format!("{:?}", parse(body.as_bytes()).expect_err(body))
    }

    #[test]
    fn reads_what_backstages_form_sends() {
        let body = r#"{"url": "https://a.example", "options": {"awaitAuditCompleted": true, "upTimeout": 1234,
                       "lighthouseConfig": {"settings": {"formFactor": "mobile"}}}}"#;
        let (message, awaits) = parse(body.as_bytes()).expect("parses");
        let options = message.options.expect("options");
        assert!(awaits && message.url == "https://a.example");
        assert_eq!(
            options.up_timeout,
            Some(prost_types::Duration {
                seconds: 1,
                nanos: 234_000_000
            })
        );
        assert_eq!(options.lighthouse_config, r#"{"settings":{"formFactor":"mobile"}}"#);
    }

    #[test]
    fn refuses_what_makes_no_sense_with_a_reason() {
        assert!(refused("{").contains("not a JSON object"));
        assert!(refused("[]").contains("not a JSON object"));
        assert!(refused(r#"{"url": "\ud800"}"#).contains("not a JSON object"));
        assert!(refused(r#"{"options": {"chromePath": "/bin/sh"}}"#).contains("any program"));
        assert!(refused(r#"{"options": {"chromePort": 9222}}"#).contains("a port of its own"));
        assert!(refused(r#"{"options": {"upTimeout": -1}}"#).contains("upTimeout"));
        assert!(refused(r#"{"options": []}"#).contains("options must be an object"));
        // The service says what a URL is.
        assert_eq!(parse(b"").expect("parses").0.url, "");
    }
}
