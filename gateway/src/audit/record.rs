//! The layer that records changes.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::{StatusCode, header};

use super::{action::action, audit_store::NewEvent};
use crate::{
    auth::credentials::Credentials,
    edge::{access_log::Exchange, client_address::ClientAddress},
    gateway::Gateway,
    http::normalise_path::original_uri,
};

/// A change waits no longer than this for its record; then the log has to do.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// The status of a request whose caller, or whose time, was gone before it ended. Whether it changed something is not known.
const UNFINISHED: i16 = 499;
/// Who shows no credentials.
const ANONYMOUS: &str = "anonymous";
/// More of a text is not kept.
const LONGEST_TEXT: usize = 500;

/// What a handler knows of a change beyond its path; put into the extensions of its response.
#[derive(Clone, Debug, Default)]
pub(crate) struct Audited {
    /// Who it turned out to be, where the request did not say.
    pub(crate) actor: Option<String>,
    /// What the change was done to.
    pub(crate) resource: Option<String>,
    /// How it ended, where the response is sent with another status.
    pub(crate) status: Option<StatusCode>,
}

impl Audited {
    /// A change to something.
    pub(crate) fn resource(resource: impl Into<String>) -> Self {
        Self {
            actor: None,
            resource: Some(resource.into()),
            status: None,
        }
    }
}

/// Records a request that changes something, before it is answered.
pub(crate) async fn record_changes(State(gateway): State<Gateway>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map(MatchedPath::as_str);
    let path = request.uri().path();
    let Some(action) = action(request.method(), route, path).filter(|_| !is_dry_run(&request)) else {
        return next.run(request).await;
    };
    let mut pending = Pending {
        event: Some(event(&gateway, action, &request)),
        gateway,
    };
    let response = next.run(request).await;
    if let Some(mut event) = pending.event.take() {
        let audited = response.extensions().get::<Audited>().cloned();
        // What strangers try in vain is in the access log; here they could fill the database with it.
        if audited.is_none() && event.actor == ANONYMOUS && !response.status().is_success() {
            return response;
        }
        let audited = audited.unwrap_or_default();
        let status = audited.status.unwrap_or_else(|| status_of(&response));
        event.status = i16::try_from(status.as_u16()).unwrap_or(i16::MAX);
        event.actor = audited.actor.unwrap_or(event.actor);
        event.resource = audited.resource.map(cut);
        record(&pending.gateway, &event).await;
    }
    response
}

/// A request under way. Dropped before its end, it is recorded all the same: what it changed stays changed.
struct Pending {
    gateway: Gateway,
    event: Option<NewEvent>,
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(event) = self.event.take() {
            let gateway = self.gateway.clone();
            tokio::spawn(async move { record(&gateway, &event).await });
        }
    }
}

fn event(gateway: &Gateway, action: String, request: &Request) -> NewEvent {
    let extensions = request.extensions();
    let caller = extensions
        .get::<Arc<Credentials>>()
        .map(|credentials| credentials.caller.to_string());
    let request_id = extensions
        .get::<Arc<Exchange>>()
        .map(|exchange| exchange.request_id().to_owned());
    let agent = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let uri = original_uri(request);
    NewEvent {
        at: gateway.clock().now().into(),
        request_id: request_id.unwrap_or_default(),
        actor: caller.unwrap_or_else(|| ANONYMOUS.to_owned()),
        action,
        resource: None,
        method: request.method().to_string(),
        path: cut(uri.path().to_owned()),
        status: UNFINISHED,
        address: extensions
            .get::<ClientAddress>()
            .map(|ClientAddress(address)| address.to_string()),
        user_agent: agent.map(|agent| cut(agent.to_owned())),
    }
}

/// A question about what a change would bring is no change.
fn is_dry_run(request: &Request) -> bool {
    let query = request.uri().query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).any(|(name, value)| {
        name == "dryRun" && matches!(value.trim().to_lowercase().as_str(), "true" | "1" | "yes" | "y" | "on")
    })
}

/// How a request ended. A failed gRPC call is sent with 200 too, and with its own status in a header.
fn status_of(response: &Response) -> StatusCode {
    let code = tonic::Status::from_header_map(response.headers()).map(|status| status.code());
    match code {
        None | Some(tonic::Code::Ok) => response.status(),
        Some(tonic::Code::InvalidArgument) => StatusCode::BAD_REQUEST,
        Some(tonic::Code::Unauthenticated) => StatusCode::UNAUTHORIZED,
        Some(tonic::Code::PermissionDenied) => StatusCode::FORBIDDEN,
        Some(tonic::Code::NotFound) => StatusCode::NOT_FOUND,
        Some(tonic::Code::AlreadyExists) => StatusCode::CONFLICT,
        Some(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

async fn record(gateway: &Gateway, event: &NewEvent) {
    let stored = tokio::time::timeout(LONGEST_WAIT, gateway.audit_log().add(event)).await;
    let problem = match stored {
        Ok(Ok(())) => return,
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("the database did not answer within {LONGEST_WAIT:?}"),
    };
    // The change has happened: refusing it now would be a lie. The log keeps what the database could not.
    tracing::error!(
        target: "callboard::audit",
        problem,
        request_id = event.request_id,
        actor = event.actor,
        action = event.action,
        resource = event.resource,
        path = event.path,
        status = event.status,
        "a change could not be recorded in the audit log"
    );
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(LONGEST_TEXT));
    text
}
