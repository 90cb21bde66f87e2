//! A catalog without its loops: tests say when it works, so that nothing depends on time.

use std::{path::PathBuf, sync::Arc, time::Duration};

use callboard_catalog::{
    feed::{self, Replica, SharedReplica},
    ingest::{Ingest, stitcher},
    server::CatalogServer,
    settings::Settings,
    store::{
        entity_state,
        unprocessed::{self, After, Reason, Unprocessed},
    },
};
use callboard_service_kit::config::Config;
use serde_json::Value;
use sqlx::PgPool;
use tempfile::TempDir;

pub(crate) struct TestCatalog {
    pub(crate) pool: PgPool,
    pub(crate) ingest: Arc<Ingest>,
    pub(crate) replica: SharedReplica,
    pub(crate) server: CatalogServer,
    folder: TempDir,
}

impl TestCatalog {
    /// A catalog of the files given, reached through one Location per name in `roots`.
    pub(crate) async fn new(pool: PgPool, files: &[(&str, &str)], roots: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let targets: Vec<String> = roots
            .iter()
            .map(|root| folder.path().join(root).display().to_string())
            .collect();
        Self::of_targets(pool, &targets, folder).await
    }

    /// A catalog of files that are somewhere else.
    pub(crate) async fn of(pool: PgPool, targets: &[String]) -> Self {
        Self::of_targets(pool, targets, tempfile::tempdir().unwrap()).await
    }

    async fn of_targets(pool: PgPool, targets: &[String], folder: TempDir) -> Self {
        let locations: Vec<String> = targets
            .iter()
            .map(|target| format!("    - {{ type: file, target: '{target}' }}"))
            .collect();
        let locations = locations.join("\n");
        let config = Config::from_yaml(&format!(
            "catalog:\n  rules: [{{ allow: [Component, API, System, Domain, Resource, Group, User, Location, Template] }}]\n  locations:\n{locations}"
        ))
        .unwrap();
        let ingest = Ingest::new(pool.clone(), Settings::from_config(&config).unwrap()).unwrap();
        let replica: SharedReplica = Arc::new(Replica::default());
        let server = CatalogServer::new(pool.clone(), Arc::clone(&ingest), Arc::clone(&replica));
        let catalog = Self {
            pool,
            ingest,
            replica,
            server,
            folder,
        };
        catalog.ingest.apply_configured().await.unwrap();
        catalog.settle().await;
        catalog
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Works until there is nothing left to do, and serves it.
    pub(crate) async fn settle(&self) {
        self.work().await;
        feed::catch_up(&self.pool, &self.replica).await.unwrap();
        self.replica.index_words();
    }

    /// Works until there is nothing left to do; what is served stays behind.
    pub(crate) async fn work(&self) {
        loop {
            let due = entity_state::claim_due(&self.pool, 10, Duration::from_mins(1))
                .await
                .unwrap();
            let idle = due.is_empty();
            for due in due {
                self.ingest.process_due(&due).await.unwrap();
            }
            let stitched = stitcher::stitch_batch(&self.pool, Duration::ZERO).await.unwrap();
            if idle && stitched == 0 {
                break;
            }
        }
    }

    /// What is not there, or not as it should be.
    pub(crate) async fn unprocessed(&self, reason: Option<Reason>) -> Vec<Unprocessed> {
        unprocessed::list(&self.pool, reason, &After::default(), 10_000)
            .await
            .unwrap()
    }

    /// Reads all Locations again, as if their time had come.
    pub(crate) async fn poll(&self) {
        self.schedule_all().await;
        self.settle().await;
    }

    /// Has the time of all Locations come.
    pub(crate) async fn schedule_all(&self) {
        sqlx::query("UPDATE entity_state SET next_process_at = now() WHERE next_process_at IS NOT NULL")
            .execute(&self.pool)
            .await
            .unwrap();
    }

    pub(crate) fn get(&self, entity_ref: &str) -> Option<Value> {
        let view = self.replica.index.get_by_ref(entity_ref)?;
        Some(serde_json::from_slice(&view.document()).unwrap())
    }

    /// The entity that must be there.
    #[track_caller]
    pub(crate) fn entity(&self, entity_ref: &str) -> Value {
        self.get(entity_ref)
            .unwrap_or_else(|| panic!("{entity_ref} is not in the catalog"))
    }

    /// The messages in an entity's status.
    pub(crate) fn status(&self, entity_ref: &str) -> Vec<String> {
        let entity = self.entity(entity_ref);
        let items = entity["status"]["items"].as_array().cloned().unwrap_or_default();
        items
            .iter()
            .map(|item| item["message"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The ref of the Location entity that stands for a root file.
    pub(crate) fn root_ref(&self, name: &str) -> String {
        let location = callboard_catalog_model::LocationRef::new("file", &self.path(name).to_string_lossy()).unwrap();
        format!("location:default/{}", location.generated_name())
    }
}

/// The YAML of a component.
pub(crate) fn component(name: &str, owner: &str) -> String {
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: service\n  lifecycle: production\n  owner: {owner}\n"
    )
}

/// The YAML of a group.
pub(crate) fn group(name: &str) -> String {
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {name}\nspec:\n  type: team\n  children: []\n"
    )
}

/// The YAML of a Location.
pub(crate) fn location(name: &str, targets: &[&str]) -> String {
    let targets = targets.join("\n    - ");
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: {name}\nspec:\n  targets:\n    - {targets}\n"
    )
}

/// `type:target` of each relation of an entity.
pub(crate) fn relations(entity: &Value) -> Vec<String> {
    entity["relations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|relation| {
            format!(
                "{} {}",
                relation["type"].as_str().unwrap(),
                relation["targetRef"].as_str().unwrap()
            )
        })
        .collect()
}
