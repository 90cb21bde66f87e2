//! One endpoint's connections to its third party. Each endpoint has a pool of its own, so that none inherits a connection made
//! under another's rules, and none waits for another's streams.

use std::{error::Error, sync::OnceLock, time::Duration};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioTimer},
};

use super::{
    addresses::AddressPolicy,
    dialer::{Dialer, InTime},
    failure::{Failure, classify},
    tls,
};
use crate::forward::request_body::RequestBody;

/// Idle connections are kept for so long. Servers close theirs after a minute or more as a rule.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(45);
const IDLE_CONNECTIONS: usize = 32;
/// What one HTTP/2 stream may send before its reader has taken it in, and all streams of a connection together: slow readers
/// must not hold up the others.
const STREAM_WINDOW_BYTES: u32 = 1024 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 1 << 30;
const FRAME_BYTES: u32 = 256 * 1024;
/// The largest piece of a body that is read at once, and of a head that is accepted.
const BUFFER_BYTES: usize = 256 * 1024;
const HEADER_LIST_BYTES: u32 = 256 * 1024;
const KEEPALIVE: Duration = Duration::from_secs(30);

type Connector = InTime<HttpsConnector<Dialer>>;

/// The connections of one endpoint.
#[derive(Debug)]
pub struct Upstream {
    policy: AddressPolicy,
    verify: bool,
    connect_timeout: Duration,
    client: OnceLock<Client<Connector, RequestBody>>,
    /// For upgrades, which HTTP/2 does not have.
    http1: OnceLock<Client<Connector, RequestBody>>,
}

impl Upstream {
    /// Connects when it is needed.
    pub fn new(policy: AddressPolicy, verify: bool, connect_timeout: Duration) -> Self {
        Self {
            policy,
            verify,
            connect_timeout,
            client: OnceLock::new(),
            http1: OnceLock::new(),
        }
    }

    /// Which addresses it connects to.
    pub fn policy(&self) -> &AddressPolicy {
        &self.policy
    }

    /// Sends a request and waits for the head of the answer.
    pub async fn send(&self, request: Request<RequestBody>, is_upgrade: bool) -> Result<Response<Incoming>, Failure> {
        let client = if is_upgrade {
            self.http1.get_or_init(|| self.build(true))
        } else {
            self.client.get_or_init(|| self.build(false))
        };
        client.request(request).await.map_err(|error| {
            let failure = classify(&error);
            tracing::debug!(
                reason = failure.reason(),
                error = chain(&error),
                "the third party did not answer"
            );
            failure
        })
    }

    fn build(&self, only_http1: bool) -> Client<Connector, RequestBody> {
        let builder = HttpsConnectorBuilder::new()
            .with_tls_config(tls::client_config(self.verify))
            .https_or_http()
            .enable_http1();
        let dialer = Dialer::new(self.policy.clone(), self.connect_timeout);
        let https = if only_http1 {
            builder.wrap_connector(dialer)
        } else {
            builder.enable_http2().wrap_connector(dialer)
        };
        Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(POOL_IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .http1_max_buf_size(BUFFER_BYTES)
            .http2_initial_stream_window_size(STREAM_WINDOW_BYTES)
            .http2_initial_connection_window_size(CONNECTION_WINDOW_BYTES)
            .http2_max_frame_size(FRAME_BYTES)
            .http2_max_header_list_size(HEADER_LIST_BYTES)
            .http2_keep_alive_interval(KEEPALIVE)
            // `Host` is the endpoint's business.
            .set_host(false)
            .build(InTime::new(https, self.connect_timeout))
    }
}

/// An error with its causes, for the log.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(current) = cause {
        text.push_str(": ");
        text.push_str(&current.to_string());
        cause = current.source();
    }
    text
}
