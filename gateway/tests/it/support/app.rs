//! The gateway under test.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use callboard_gateway::{Gateway, UNIT, announce_replica, follow_configuration, relay_signals, watch_revisions};
use callboard_service_kit::{
    cache::Cache,
    clock::SharedClock,
    config::{Config, Environment},
    identity::CallerTokens,
    lifecycle::Lifecycle,
};
use http::Method;
use serde_json::Value;
use sqlx::PgPool;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{
    client::{Answer, Call},
    fake_catalog::FakeCatalog,
};

/// What every test is configured with, unless it says otherwise: signing in as a guest, no anonymous callers.
const SETTINGS: &str = "
app: {title: Callboard under test, baseUrl: 'http://localhost:3000'}
auth: {environment: development, providers: {guest: {}}}
";

/// The file that holds what a test says.
const SETTINGS_FILE: &str = "test.yaml";

pub(crate) const STATIC_TOKEN: &str = "static-token-of-ci";

pub(crate) struct TestApp {
    pub(crate) catalog: FakeCatalog,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) catalog_stop: CancellationToken,
    address: SocketAddr,
    ahead_seconds: Arc<AtomicU64>,
    /// Its configuration files.
    folder: TempDir,
    _stop: DropGuard,
}

impl TestApp {
    pub(crate) async fn start(pool: PgPool) -> Self {
        Self::with_settings(pool, SETTINGS).await
    }

    /// With `settings` in place of the usual ones.
    pub(crate) async fn with_settings(pool: PgPool, settings: &str) -> Self {
        let app = Self::encrypted(pool, settings).await;
        app.wait_for_feed().await;
        app
    }

    /// The same where `settings` say that connections are encrypted, so that the usual client cannot ask whether it is ready.
    pub(crate) async fn encrypted(pool: PgPool, settings: &str) -> Self {
        Self::with_catalog(pool, settings, |_| ()).await
    }

    /// The same with a catalog that holds something from the beginning.
    pub(crate) async fn with_catalog(pool: PgPool, settings: &str, fill: impl FnOnce(&FakeCatalog)) -> Self {
        let catalog_listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let catalog_address = catalog_listener.local_addr().expect("an address");
        let (config, folder) = configuration(settings, catalog_address);
        let ahead_seconds = Arc::new(AtomicU64::new(0));
        let ahead = ahead_seconds.clone();
        let clock: SharedClock =
            Arc::new(move || SystemTime::now() + Duration::from_secs(ahead.load(Ordering::Relaxed)));
        let catalog_tokens = CallerTokens::from_config(&config, "catalog").expect("tokens");
        let stop = CancellationToken::new();
        let catalog_stop = stop.child_token();
        let catalog = FakeCatalog::new(catalog_tokens, catalog_stop.clone());
        fill(&catalog);
        catalog.serve(catalog_listener);

        let lifecycle = Lifecycle::new(Duration::ZERO, Duration::from_secs(1));
        let cache = Cache::from_config(&config, UNIT).expect("a cache");
        let gateway = Gateway::start(&config, pool, &cache, clock, lifecycle.readiness().clone())
            .await
            .expect("the gateway starts");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(watch_revisions(gateway.clone(), stop.child_token()));
        tokio::spawn(relay_signals(gateway.clone(), stop.child_token()));
        tokio::spawn(follow_configuration(gateway.clone(), config, stop.child_token()));
        tokio::spawn(announce_replica(gateway.clone(), address, stop.child_token()));
        tokio::spawn(callboard_gateway::server::serve(listener, gateway, stop.child_token()));
        lifecycle.readiness().started();
        Self {
            catalog,
            lifecycle,
            catalog_stop,
            address,
            ahead_seconds,
            folder,
            _stop: stop.drop_guard(),
        }
    }

    /// Until the gateway follows the catalog.
    pub(crate) async fn wait_for_feed(&self) {
        for _ in 0..500 {
            let health = self
                .call(Method::GET, "/.backstage/health/v1/readiness")
                .send()
                .await
                .json();
            if health["checks"]["catalog"] == "ok" {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the gateway does not follow the catalog");
    }

    /// Changes a text in its configuration file while it runs.
    pub(crate) fn change_settings(&self, from: &str, to: &str) {
        let path = self.folder.path().join(SETTINGS_FILE);
        let settings = std::fs::read_to_string(&path).expect("a file");
        assert!(settings.contains(from), "{settings}");
        std::fs::write(path, settings.replace(from, to)).expect("a file");
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.ahead_seconds.fetch_add(time.as_secs(), Ordering::Relaxed);
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A request without credentials.
    pub(crate) fn call(&self, method: Method, path: &str) -> Call {
        Call::new(method, format!("http://{}{path}", self.address))
    }

    /// A guest's token.
    pub(crate) async fn guest_token(&self) -> String {
        let session = self.call(Method::GET, "/api/auth/guest/refresh").send().await.json();
        session["backstageIdentity"]["token"]
            .as_str()
            .expect("a token")
            .to_owned()
    }

    /// A request of a guest.
    pub(crate) async fn as_guest(&self, method: Method, path: &str) -> Call {
        let token = self.guest_token().await;
        self.call(method, path).bearer(&token)
    }

    /// `GET` by a guest.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.as_guest(Method::GET, path).await.send().await
    }

    /// `POST` of JSON by a guest.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.as_guest(Method::POST, path).await.json(body).send().await
    }
}

/// The settings of a test over what every test needs to reach its catalog.
fn configuration(settings: &str, catalog: SocketAddr) -> (Config, TempDir) {
    let base = format!(
        "backend:
  auth:
    keys: [{{secret: dGhlLXNlY3JldC1vZi10aGUtdGVzdHM=}}]
    externalAccess:
      - {{type: static, options: {{token: {STATIC_TOKEN}, subject: ci}}}}
      - {{type: static, options: {{token: token-for-the-proxy, subject: other}}, accessRestrictions: [{{plugin: proxy}}]}}
  services: {{catalog: {{address: '{catalog}'}}}}
"
    );
    let directory = tempfile::tempdir().expect("a directory");
    let layers = [("base.yaml", base.as_str()), (SETTINGS_FILE, settings)];
    let files: Vec<PathBuf> = layers.iter().map(|(name, _)| PathBuf::from(name)).collect();
    for (name, text) in layers {
        std::fs::write(directory.path().join(name), text).expect("a file");
    }
    let config = Config::load_with(&files, directory.path(), Environment::default()).expect("a configuration");
    (config, directory)
}

/// A variable that a test cannot do without.
pub(crate) fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set; ./dev test sets it"))
}
