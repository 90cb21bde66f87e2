//! What the server holds, as far as requests are made of it.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::HashMap;

use crate::http_client::{Call, Connection, Target};

/// Facts about the catalog under load, asked of the server itself, so that any catalog will do.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// Kind, namespace and name of every entity.
    pub entities: Vec<EntityName>,
    /// Values of `spec.type` of components.
    pub types: Vec<String>,
    /// Values of `spec.lifecycle` of components.
    pub lifecycles: Vec<String>,
    /// Entity refs that own components.
    pub owners: Vec<String>,
    /// Tags of components.
    pub tags: Vec<String>,
}

/// What names an entity.
#[derive(Debug, Clone)]
pub struct EntityName {
    /// As written.
    pub kind: String,
    /// As written.
    pub namespace: String,
    /// As written.
    pub name: String,
}

#[derive(Deserialize)]
struct Listed {
    kind: String,
    metadata: ListedMetadata,
}

#[derive(Deserialize)]
struct ListedMetadata {
    namespace: String,
    name: String,
}

#[derive(Deserialize)]
struct Facets {
    facets: HashMap<String, Vec<FacetValue>>,
}

#[derive(Deserialize)]
struct FacetValue {
    value: String,
}

const FACETS: [&str; 4] = ["spec.type", "spec.lifecycle", "relations.ownedBy", "metadata.tags"];

impl Corpus {
    /// Asks the server.
    pub async fn read(target: &Target) -> Result<Self> {
        let mut connection = Connection::new(target.clone());
        let listed: Vec<Listed> = get(
            &mut connection,
            "/api/catalog/entities?fields=kind,metadata.namespace,metadata.name",
        )
        .await?;
        ensure!(!listed.is_empty(), "the catalog is empty");

        let query = FACETS.map(|facet| format!("facet={facet}")).join("&");
        let path = format!("/api/catalog/entity-facets?{query}&filter=kind%3Dcomponent");
        let mut facets: Facets = get(&mut connection, &path).await?;
        let mut values = |facet: &str| -> Result<Vec<String>> {
            let values = facets
                .facets
                .remove(facet)
                .with_context(|| format!("no facet {facet}"))?;
            ensure!(!values.is_empty(), "no component has a value for {facet}");
            Ok(values.into_iter().map(|value| value.value).collect())
        };
        Ok(Self {
            types: values("spec.type")?,
            lifecycles: values("spec.lifecycle")?,
            owners: values("relations.ownedBy")?,
            tags: values("metadata.tags")?,
            entities: listed
                .into_iter()
                .map(|Listed { kind, metadata }| EntityName {
                    kind,
                    namespace: metadata.namespace,
                    name: metadata.name,
                })
                .collect(),
        })
    }
}

async fn get<T: for<'de> Deserialize<'de>>(connection: &mut Connection, path: &str) -> Result<T> {
    let answer = connection.send(&Call::get(path)).await?;
    ensure!(
        answer.status.is_success(),
        "{path} answered {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    serde_json::from_slice(&answer.body).with_context(|| format!("{path} answered something else than expected"))
}
