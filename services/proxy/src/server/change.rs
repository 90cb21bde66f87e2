//! What creating, changing and deleting an endpoint have in common.

use std::sync::Arc;

use callboard_proto::proxy::v1 as proto;
use callboard_service_kit::error::ServiceError;
use sqlx::types::Json;
use time::OffsetDateTime;
use tonic::Status;
use uuid::Uuid;

use super::{ProxyServer, conflict, convert};
use crate::{
    endpoint::{Endpoint, Origin},
    store::endpoints::{self, ChangeError, StoredEndpoint},
};

/// A row to be written, from settings of which an endpoint can be made. `present` is the row that it replaces.
pub(super) fn checked(
    server: &ProxyServer,
    id: Uuid,
    asked: proto::Endpoint,
    present: Option<StoredEndpoint>,
    administrator: String,
) -> Result<StoredEndpoint, Status> {
    let registry = &server.registry;
    let stored = present
        .map(|row| registry.settings_of(row))
        .transpose()
        // Their owner is asked to enter them anew rather than told that nothing can be done.
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "the secrets of an endpoint are lost");
            None
        });
    let settings = convert::settings(asked, stored.as_ref())?;
    let made = Endpoint::new(id.to_string(), settings, Origin::Configuration, registry.policy.clone())
        .map_err(|error| ServiceError::input(error.to_string()))?;
    let settings = made.settings;
    if registry
        .table
        .configured()
        .iter()
        .any(|endpoint| endpoint.route() == settings.route)
    {
        return Err(conflict::route_taken(&settings.route));
    }
    let (columns, secrets) = registry
        .columns_of(&id.to_string(), &settings)
        .map_err(|error| ServiceError::internal(&error))?;
    Ok(StoredEndpoint {
        id,
        route: settings.route,
        target: settings.target,
        settings: Json(columns),
        secrets,
        disabled: settings.disabled,
        revision: 0,
        time_updated: OffsetDateTime::UNIX_EPOCH,
        updated_by: administrator,
    })
}

/// Writes a new row, and uses it at once.
pub(super) async fn insert(server: &ProxyServer, row: StoredEndpoint) -> Result<proto::Endpoint, Status> {
    let written = endpoints::insert_endpoint(&server.registry.pool, &row)
        .await
        .map_err(|error| refused(error, &row.route))?;
    Ok(applied(server, &written, "a proxy endpoint was created").await)
}

/// Replaces a row that still has this revision, and uses it at once.
pub(super) async fn update(
    server: &ProxyServer,
    mut row: StoredEndpoint,
    revision: i64,
) -> Result<proto::Endpoint, Status> {
    row.revision = revision;
    let written = endpoints::update_endpoint(&server.registry.pool, &row)
        .await
        .map_err(|error| refused(error, &row.route))?
        .ok_or_else(conflict::changed_meanwhile)?;
    Ok(applied(server, &written, "a proxy endpoint was changed").await)
}

async fn applied(server: &ProxyServer, row: &StoredEndpoint, what: &'static str) -> proto::Endpoint {
    tracing::info!(route = row.route, administrator = row.updated_by, "{what}");
    apply(server).await;
    let at_work: Option<Arc<Endpoint>> = server.registry.table.get(&row.id.to_string());
    convert::stored_endpoint(row, at_work.as_deref())
}

/// This replica need not wait for the database to tell it what it has just written.
pub(super) async fn apply(server: &ProxyServer) {
    if let Err(error) = server.registry.reload().await {
        tracing::warn!(%error, "a change of endpoints is applied later");
    }
}

/// What the configuration says can be changed only there.
pub(super) fn refuse_configured(server: &ProxyServer, id: &str) -> Result<(), Status> {
    match server.registry.table.configured_by_id(id) {
        Some(endpoint) => Err(conflict::read_only(endpoint.route())),
        None => Ok(()),
    }
}

fn refused(error: ChangeError, route: &str) -> Status {
    match error {
        ChangeError::RouteTaken => conflict::route_taken(route),
        ChangeError::Database(error) => ServiceError::from(error).into(),
    }
}
