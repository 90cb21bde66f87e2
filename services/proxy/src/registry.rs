//! The endpoints of the database: kept current on every replica, by its notifications and a slow poll.

use std::{collections::HashMap, sync::Arc, time::Duration};

use callboard_service_kit::config::Secret;
use sqlx::{PgPool, postgres::PgListener};
use tokio_util::sync::CancellationToken;

use crate::{
    cache::ResponseCache,
    endpoint::{
        BadEndpoint, Endpoint, Origin, SharedEndpoint,
        settings::{EndpointSettings, InjectedHeader},
        table::Table,
    },
    secrets::{Vault, VaultError},
    store::endpoints::{CHANNEL, StoredEndpoint, StoredHeader, StoredSettings, list_endpoints, purge_counts},
    upstream::addresses::AddressPolicy,
};

/// A notification can be lost with its connection; what it said is found out within this time.
const POLL: Duration = Duration::from_secs(5);
/// How long to wait before the database is asked again after it failed.
const PAUSE: Duration = Duration::from_millis(500);

/// A row from which no endpoint can be made.
#[derive(Debug, thiserror::Error)]
pub enum BadRow {
    /// Its settings.
    #[error(transparent)]
    Endpoint(#[from] BadEndpoint),
    /// Its secrets.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Makes endpoints from rows and rows from endpoints.
pub struct Registry {
    /// The database.
    pub pool: PgPool,
    /// What requests see.
    pub table: Arc<Table>,
    /// Encrypts secrets.
    pub vault: Vault,
    /// Where these endpoints may connect to.
    pub policy: AddressPolicy,
    /// Whose answers can be purged.
    pub cache: ResponseCache,
}

impl Registry {
    /// Reads everything anew. Endpoints that have not changed keep their connections.
    pub async fn reload(&self) -> Result<(), sqlx::Error> {
        let rows = list_endpoints(&self.pool).await?;
        let generations = purge_counts(&self.pool).await?;
        let present: HashMap<String, SharedEndpoint> = self
            .table
            .all()
            .iter()
            .map(|endpoint| (endpoint.id.clone(), endpoint.clone()))
            .collect();
        let mut endpoints = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id.to_string();
            let unchanged = present
                .get(&id)
                .filter(|endpoint| revision_of(endpoint) == Some(row.revision));
            if let Some(endpoint) = unchanged {
                endpoints.push(endpoint.clone());
                continue;
            }
            let route = row.route.clone();
            match self.make(row) {
                Ok(endpoint) => endpoints.push(Arc::new(endpoint)),
                // One row must not keep the others away.
                Err(error) => tracing::error!(route, %error, "a stored endpoint cannot be used"),
            }
        }
        self.table.set_stored(endpoints);
        self.cache
            .set_generations(generations.into_iter().collect::<HashMap<_, _>>());
        Ok(())
    }

    /// Follows changes until `shutdown`. While the database is away, what is known goes on.
    pub async fn keep_following(self: Arc<Self>, shutdown: CancellationToken) {
        loop {
            let following = async {
                let mut listener = PgListener::connect_with(&self.pool).await?;
                listener.listen(CHANNEL).await?;
                loop {
                    self.reload().await?;
                    tokio::select! {
                        notification = listener.recv() => drop(notification?),
                        () = tokio::time::sleep(POLL) => {}
                    }
                }
            };
            let outcome: Result<(), sqlx::Error> = tokio::select! {
                outcome = following => outcome,
                () = shutdown.cancelled() => return,
            };
            if let Err(error) = outcome {
                tracing::warn!(%error, "endpoints are not followed at the moment");
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = shutdown.cancelled() => return,
            }
        }
    }

    /// The endpoint of a row.
    fn make(&self, row: StoredEndpoint) -> Result<Endpoint, BadRow> {
        let origin = Origin::Api {
            revision: row.revision,
            time_updated: row.time_updated.into(),
            updated_by: row.updated_by.clone(),
        };
        let id = row.id.to_string();
        let settings = self.settings_of(row)?;
        Ok(Endpoint::new(id, settings, origin, self.policy.clone())?)
    }

    /// The settings of a row, secrets and all.
    pub fn settings_of(&self, row: StoredEndpoint) -> Result<EndpointSettings, VaultError> {
        let values = self.secrets_of(&row)?;
        let StoredSettings { options, headers } = row.settings.0;
        let headers = headers
            .into_iter()
            .map(|StoredHeader { name, value, secret }| {
                let value = if secret {
                    values.get(&name).cloned().unwrap_or_default()
                } else {
                    value
                };
                InjectedHeader {
                    name,
                    value: Secret::new(value),
                    secret,
                }
            })
            .collect();
        Ok(EndpointSettings {
            route: row.route,
            target: row.target,
            headers,
            disabled: row.disabled,
            options,
        })
    }

    fn secrets_of(&self, row: &StoredEndpoint) -> Result<HashMap<String, String>, VaultError> {
        let Some(stored) = &row.secrets else {
            return Ok(HashMap::new());
        };
        let plain = self.vault.decrypt(&row.id.to_string(), stored)?;
        serde_json::from_slice(&plain).map_err(|_| VaultError::Unreadable)
    }

    /// The columns `settings` and `secrets` of an endpoint with this id.
    pub fn columns_of(
        &self,
        id: &str,
        settings: &EndpointSettings,
    ) -> Result<(StoredSettings, Option<Vec<u8>>), VaultError> {
        let secret_values: HashMap<&str, &str> = settings
            .headers
            .iter()
            .filter(|header| header.secret)
            .map(|header| (header.name.as_str(), header.value.expose().as_str()))
            .collect();
        let headers = settings.headers.iter().map(|header| StoredHeader {
            name: header.name.clone(),
            value: if header.secret {
                String::new()
            } else {
                header.value.expose().clone()
            },
            secret: header.secret,
        });
        let stored = StoredSettings {
            options: settings.options.clone(),
            headers: headers.collect(),
        };
        if secret_values.is_empty() {
            return Ok((stored, None));
        }
        let plain = serde_json::to_vec(&secret_values).map_err(|_| VaultError::System)?;
        Ok((stored, Some(self.vault.encrypt(id, &plain)?)))
    }
}

fn revision_of(endpoint: &Endpoint) -> Option<i64> {
    match endpoint.origin {
        Origin::Configuration => None,
        Origin::Api { revision, .. } => Some(revision),
    }
}
