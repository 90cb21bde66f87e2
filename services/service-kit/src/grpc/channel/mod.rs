//! The channel through which a unit calls another.
//!
//! It resolves the other unit's DNS name to all its addresses, again and again; sends each call to the better of two
//! endpoints picked at random, by load and latency; leaves an endpoint that fails alone for a while; repeats calls marked
//! [`Idempotent`] while a budget for repetitions lasts, elsewhere at the same time where an endpoint takes much longer than
//! usual; asks nothing more of an endpoint that says it is about to stop; and passes on the caller, the deadline and the trace.

mod attempt;
mod endpoint;
mod health;
mod replicas;
mod resolver;
mod signed;

use std::{
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures::future::BoxFuture;
use http::{Request, Response, header::AUTHORIZATION};
use tonic::{Code, Status, body::Body};
use tower::{Service, retry::budget::TpsBudget};
use tracing::Span;

pub use self::replicas::{HealthAnswer, Replica};
use self::{endpoint::Endpoints, resolver::Target, signed::SignedTokens};
use super::{Deadline, GrpcSection, Idempotent, tls::Tls};
use crate::{
    config::{Config, ConfigError},
    identity::{Caller, CallerTokens, IdentityError},
    telemetry::propagation,
    unit,
};

/// Repetitions allowed: a fifth of the calls of the last ten seconds, and ten a second whatever their number. When a unit is
/// down for good, its callers must not multiply the load on what is left of it.
const BUDGET_WINDOW: Duration = Duration::from_secs(10);
const BUDGET_PER_SECOND: u32 = 10;
const BUDGET_SHARE: f32 = 0.2;

/// Why a unit cannot call another.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChannelError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no secret to sign caller tokens with.
    #[error(transparent)]
    Identity(#[from] IdentityError),
}

/// A channel to all replicas of a unit. Pass it to a generated client; clones share their connections.
#[derive(Debug, Clone)]
pub struct BalancedChannel {
    shared: Arc<Shared>,
    caller: Caller,
}

#[derive(Debug)]
struct Shared {
    unit: String,
    endpoints: Endpoints,
    budget: TpsBudget,
    tokens: SignedTokens,
    /// Ends the resolver with the last clone of the channel.
    _resolver: tokio_util::task::AbortOnDropHandle<()>,
}

struct Settings {
    target: Target,
    connect_timeout: Duration,
    resolve_interval: Duration,
}

impl Settings {
    fn from_config(config: &Config, unit: &str) -> Result<Self, ConfigError> {
        let address = unit::grpc_address(config, unit)?;
        let section = GrpcSection::from_config(config)?;
        Ok(Self {
            target: Target::parse(&address).ok_or_else(|| {
                config.invalid(
                    &format!("backend.services.{unit}.address"),
                    "an address is \"host:port\", or several of them with commas between",
                )
            })?,
            connect_timeout: section.connect_timeout.get(),
            resolve_interval: section.resolve_interval.get(),
        })
    }
}

impl BalancedChannel {
    /// A channel to a unit at `backend.services.<unit>.address`. It connects as calls need it, so the unit may start later.
    /// Must be called inside the Tokio runtime.
    ///
    /// Calls are made on behalf of the [`Caller`] in the request's extensions (see
    /// [`RequestExt::on_behalf_of`](super::RequestExt::on_behalf_of)), else of [`Self::acting_as`], else of nobody.
    pub fn connect(config: &Config, unit: &str) -> Result<Self, ChannelError> {
        let Settings {
            target,
            connect_timeout,
            resolve_interval,
        } = Settings::from_config(config, unit)?;
        let endpoints = Endpoints::new(connect_timeout, Tls::from_config(config)?);
        let resolver = tokio::spawn(resolver::keep_resolving(
            unit.to_owned(),
            target,
            resolve_interval,
            endpoints.clone(),
        ));
        Ok(Self {
            shared: Arc::new(Shared {
                unit: unit.to_owned(),
                endpoints,
                budget: TpsBudget::new(BUDGET_WINDOW, BUDGET_PER_SECOND, BUDGET_SHARE),
                tokens: SignedTokens::new(CallerTokens::from_config(config, unit)?, unit),
                _resolver: tokio_util::task::AbortOnDropHandle::new(resolver),
            }),
            caller: Caller::anonymous(),
        })
    }

    /// Reads what the configuration says about calls to a unit.
    pub(crate) fn check(config: &Config, unit: &str) -> Result<(), ConfigError> {
        Settings::from_config(config, unit).map(drop)
    }

    /// The same channel for calls of the unit's own: `Caller::service("plugin:proxy")`.
    #[must_use]
    pub fn acting_as(mut self, caller: Caller) -> Self {
        self.caller = caller;
        self
    }

    /// Puts the headers of ours on a request and finds out what bounds it.
    fn prepare(&self, request: &mut Request<Body>) -> Result<Option<Deadline>, Status> {
        let caller = request.extensions().get::<Caller>().unwrap_or(&self.caller);
        let value = self.shared.tokens.authorization(caller)?;
        request.headers_mut().insert(AUTHORIZATION, value);
        propagation::inject(&Span::current(), request.headers_mut());
        let own = Deadline::from_headers(request.headers());
        let deadline = own.into_iter().chain(Deadline::current()).min();
        if let Some(deadline) = deadline {
            deadline.write_to(request.headers_mut());
        }
        Ok(deadline)
    }
}

impl Service<Request<Body>> for BalancedChannel {
    type Response = Response<Body>;
    type Error = Status;
    type Future = BoxFuture<'static, Result<Response<Body>, Status>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Status>> {
        // Each call picks its endpoint when it is made.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let shared = self.shared.clone();
        let prepared = self.prepare(&mut request);
        Box::pin(async move {
            let deadline = prepared?;
            let repeats = request.extensions_mut().remove::<Idempotent>().is_some();
            let call = async {
                if repeats {
                    attempt::repeated(&shared.endpoints, &shared.budget, &shared.unit, request).await
                } else {
                    attempt::once(&shared.endpoints, request).await
                }
            };
            let result = match deadline {
                None => call.await,
                Some(deadline) => tokio::time::timeout_at(deadline.at(), call)
                    .await
                    .unwrap_or_else(|_| Err(Status::deadline_exceeded("the deadline has passed"))),
            };
            if let Err(status) = &result
                && status.code() == Code::Unavailable
            {
                tracing::debug!(unit = shared.unit, %status, "the unit is not available");
            }
            result
        })
    }
}
