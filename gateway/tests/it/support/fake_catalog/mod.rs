//! A catalog that holds what a test puts into it.

mod changes;
mod facets;
mod service;
mod visibility;

use std::sync::Arc;

use bytes::Bytes;
use callboard_proto::catalog::v1::{self as proto, catalog_service_server::CatalogServiceServer};
use callboard_service_kit::{
    error::{ErrorCode, ServiceError},
    identity::{Caller, CallerTokens},
};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch};
use tokio_stream::wrappers::TcpListenerStream;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Status};

/// What it holds, and what it was asked.
#[derive(Default)]
pub(crate) struct Holding {
    pub(crate) entities: Vec<proto::Entity>,
    pub(crate) locations: Vec<proto::Location>,
    /// Answers every call with this.
    pub(crate) failure: Option<Status>,
    /// Keeps every call waiting.
    pub(crate) hangs: bool,
    /// Every read so far: the RPC, the caller, the message.
    pub(crate) calls: Vec<(String, Caller, String)>,
    pub(crate) min_revision: i64,
    /// How many revisions behind it counts, where only that is asked for.
    pub(crate) counts_behind: i64,
    /// What it calls its database.
    pub(crate) epoch: String,
}

/// The catalog; clones are the same one.
#[derive(Clone)]
pub(crate) struct FakeCatalog {
    pub(crate) holding: Arc<Mutex<Holding>>,
    revision: watch::Sender<i64>,
    /// Ends the feeds that are open.
    feeds: Arc<Mutex<CancellationToken>>,
    tokens: CallerTokens,
    stop: CancellationToken,
}

pub(crate) fn entity(kind: &str, name: &str) -> Value {
    json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": kind,
        "metadata": {"name": name, "namespace": "default", "uid": format!("uid-{}", name.to_lowercase())},
        "relations": [],
    })
}

impl FakeCatalog {
    /// A catalog that goes away when `stop` is cancelled.
    pub(crate) fn new(tokens: CallerTokens, stop: CancellationToken) -> Self {
        Self {
            holding: Arc::default(),
            revision: watch::Sender::new(1),
            feeds: Arc::default(),
            tokens,
            stop,
        }
    }

    pub(crate) fn serve(&self, listener: TcpListener) {
        let (_, health) = tonic_health::server::health_reporter();
        let server = tonic::transport::Server::builder()
            .add_service(health)
            .add_service(CatalogServiceServer::new(self.clone()));
        tokio::spawn(
            server.serve_with_incoming_shutdown(TcpListenerStream::new(listener), self.stop.clone().cancelled_owned()),
        );
    }

    /// Puts a document in, in place of the one of its name.
    pub(crate) fn put(&self, document: &Value) {
        let text = |path: &str| {
            document
                .pointer(path)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let (kind, namespace, name) = (text("/kind"), text("/metadata/namespace"), text("/metadata/name"));
        let entity_ref = format!("{kind}:{namespace}/{name}").to_lowercase();
        let revision = self.advance();
        let mut holding = self.holding.lock();
        holding.entities.retain(|entity| entity.r#ref != entity_ref);
        holding.entities.push(proto::Entity {
            r#ref: entity_ref,
            uid: text("/metadata/uid"),
            kind,
            namespace,
            name,
            revision,
            document: Bytes::from(document.to_string()),
            ..proto::Entity::default()
        });
    }

    /// Starts over with an empty database of another name.
    pub(crate) fn replace(&self, epoch: &str) {
        let mut holding = self.holding.lock();
        holding.entities.clear();
        epoch.clone_into(&mut holding.epoch);
        self.revision.send_replace(1);
        std::mem::take(&mut *self.feeds.lock()).cancel();
    }

    pub(crate) fn revision(&self) -> i64 {
        *self.revision.borrow()
    }

    /// Forgets whom it was called by, and for what.
    pub(crate) fn forget_calls(&self) {
        self.holding.lock().calls.clear();
    }

    /// How often an RPC was called.
    pub(crate) fn count(&self, rpc: &str) -> usize {
        self.holding
            .lock()
            .calls
            .iter()
            .filter(|(name, ..)| name == rpc)
            .count()
    }

    /// The last call of an RPC.
    pub(crate) fn last(&self, rpc: &str) -> (Caller, String) {
        let holding = self.holding.lock();
        let call = holding.calls.iter().rfind(|(name, ..)| name == rpc);
        let (_, caller, message) = call.unwrap_or_else(|| panic!("{rpc} was not called"));
        (caller.clone(), message.clone())
    }

    fn advance(&self) -> i64 {
        let mut revision = 0;
        self.revision.send_modify(|current| {
            *current += 1;
            revision = *current;
        });
        revision
    }

    async fn called<T: std::fmt::Debug>(&self, rpc: &str, request: Request<T>) -> Result<T, Status> {
        let token = request
            .metadata()
            .get("authorization")
            .and_then(|value| value.to_str().ok());
        let token = token
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(|| Status::unauthenticated("none"))?;
        let caller = self
            .tokens
            .verify(token)
            .map_err(|error| Status::unauthenticated(error.to_string()))?;
        let message = request.into_inner();
        let hangs = {
            let mut holding = self.holding.lock();
            holding.calls.push((rpc.to_owned(), caller, format!("{message:?}")));
            if let Some(failure) = &holding.failure {
                return Err(failure.clone());
            }
            holding.hangs
        };
        if hangs {
            std::future::pending::<()>().await;
        }
        Ok(message)
    }

    fn read(&self, options: Option<proto::ReadOptions>) {
        self.holding.lock().min_revision = options.unwrap_or_default().min_revision;
    }

    fn visible(&self, options: Option<&proto::ReadOptions>) -> Vec<proto::Entity> {
        let holding = self.holding.lock();
        let all = holding.entities.iter();
        all.filter(|entity| visibility::is_visible(options, entity))
            .cloned()
            .collect()
    }

    fn by_ref(&self, entity_ref: &str) -> Option<proto::Entity> {
        self.holding
            .lock()
            .entities
            .iter()
            .find(|entity| entity.r#ref == entity_ref)
            .cloned()
    }

    fn location(&self, id: &str) -> Result<proto::Location, Status> {
        let holding = self.holding.lock();
        holding
            .locations
            .iter()
            .find(|location| location.id == id)
            .cloned()
            .ok_or_else(|| missing("no location"))
    }
}

fn missing(message: &str) -> Status {
    ServiceError::not_found(message).into()
}

fn refused() -> Status {
    ServiceError::not_allowed("").into()
}

fn input(message: &str) -> Status {
    ServiceError::input(message).into()
}

/// A failure whose text nobody outside may read.
pub(crate) fn secret_failure() -> Status {
    Status::internal("connection to 10.0.0.1 refused for user admin")
}

/// A failure of a service that answers, but cannot do without something that is away.
pub(crate) fn unavailable() -> Status {
    ServiceError::new(
        ErrorCode::ServiceUnavailableError,
        "The database is not available at the moment",
    )
    .into()
}
