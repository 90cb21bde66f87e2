//! Calls to the services behind the gateway.

mod by_id;
pub(crate) mod catalog;
pub(crate) mod channels;
pub(crate) mod lighthouse_audit;
pub(crate) mod proxy;
mod unary;

use std::{sync::Arc, time::Duration};

use axum::extract::FromRequestParts;
use callboard_service_kit::identity::Caller;
use http::request::Parts;

pub(crate) use self::by_id::ById;
use crate::{auth::credentials::Credentials, edge::access_log::Exchange, error::ApiError, gateway::Gateway};

/// On whose behalf, and within which time, a service is called.
#[derive(Clone, Debug)]
pub(crate) struct CallContext {
    pub(crate) caller: Arc<Caller>,
    /// What the caller may do follows from these.
    pub(crate) credentials: Arc<Credentials>,
    exchange: Arc<Exchange>,
    time_limit: Duration,
}

impl FromRequestParts<Gateway> for CallContext {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, ApiError> {
        let credentials = parts.extensions.get::<Arc<Credentials>>().cloned();
        let exchange = parts.extensions.get::<Arc<Exchange>>().cloned();
        match (credentials, exchange) {
            (Some(credentials), Some(exchange)) => Ok(Self {
                caller: credentials.caller.clone(),
                credentials,
                exchange,
                time_limit: gateway.config().limits.request_timeout,
            }),
            _ => Err(ApiError::internal(
                "a handler was reached past the layers that say who calls",
            )),
        }
    }
}

impl CallContext {
    /// The same with a request's whole time again, for what is asked long after the request came.
    pub(crate) fn anew(&self) -> Self {
        Self {
            time_limit: self.time_limit + self.exchange.elapsed(),
            ..self.clone()
        }
    }

    /// The same call on behalf of a part of the gateway, which may see more than the caller does.
    pub(crate) fn as_service(&self, subject: &str) -> Self {
        let credentials = Arc::new(Credentials::new(Caller::service(subject), None, None));
        Self {
            caller: credentials.caller.clone(),
            credentials,
            exchange: self.exchange.clone(),
            time_limit: self.time_limit,
        }
    }

    /// What is left of the request's time.
    fn remaining(&self) -> Duration {
        self.time_limit.saturating_sub(self.exchange.elapsed())
    }
}
