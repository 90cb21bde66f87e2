//! What all requests share.

use std::sync::Arc;

use callboard_proto::catalog::v1::ReadOptions;
use callboard_service_kit::{
    cache::Cache,
    clock::SharedClock,
    config::{Config, ConfigError},
    grpc::{
        channel::{BalancedChannel, ChannelError},
        max_message_bytes,
    },
    lifecycle::Readiness,
};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use tonic_health::server::HealthReporter;

use crate::{
    administration::ReplicaStore,
    audit::AuditStore,
    auth::{
        credentials::Credentials,
        external::{ExternalTokens, plugin_tokens::PluginTokens},
        http_client::HttpClient,
        identity_store::IdentityStore,
        providers::Providers,
        sessions::{session_store::SessionStore, token_store::TokenStore},
        tokens::{
            signing_keys::{KeyError, SigningKeys},
            user_tokens::UserTokens,
            verifier::Verifier,
        },
    },
    config::GatewayConfig,
    edge::{
        rate_limit::RateLimits,
        security_headers::SecurityHeaders,
        tls::{Tls, TlsError},
    },
    frontend::Frontend,
    live::Feeds,
    permission::Permissions,
    response_cache::{ResponseCache, Revisions},
    signals::Signals,
    upstream::{
        CallContext, catalog::CatalogService, channels::Channels, lighthouse_audit::LighthouseAuditService,
        proxy::ProxyService,
    },
    user_settings::setting_store::SettingStore,
};

/// The gateway's state. Clones share it.
#[derive(Clone)]
pub struct Gateway {
    shared: Arc<Shared>,
}

struct Shared {
    config: GatewayConfig,
    clock: SharedClock,
    readiness: Readiness,
    security_headers: SecurityHeaders,
    rate_limits: RateLimits,
    tls: Option<Tls>,
    identity_store: IdentityStore,
    signing_keys: Arc<SigningKeys>,
    user_tokens: Arc<UserTokens>,
    verifier: Verifier,
    providers: Providers,
    sessions: SessionStore,
    session_tokens: TokenStore,
    user_settings: SettingStore,
    audit_log: AuditStore,
    replicas: ReplicaStore,
    permissions: Permissions,
    anonymous: Arc<Credentials>,
    proxy: ProxyService,
    catalog: CatalogService,
    channels: Channels,
    feeds: Feeds,
    signals: Signals,
    streams_end: CancellationToken,
    grpc_health: HealthReporter,
    revisions: Arc<Revisions>,
    response_cache: ResponseCache,
    frontend: Frontend,
}

/// Why the gateway cannot start.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum StartError {
    /// The configuration is wrong.
    Config(#[from] ConfigError),
    /// The certificate cannot be used.
    Tls(#[from] TlsError),
    /// There is no key to sign user tokens with.
    Keys(#[from] SigningKeysError),
    /// A service's address makes no sense, or there is no secret to tell it with who calls.
    Channel(#[from] ChannelError),
    /// There is no TLS to call sign-in providers with.
    Http(reqwest::Error),
}

/// Why there is no key to sign user tokens with.
#[derive(Debug, thiserror::Error)]
#[error("signing keys: {0}")]
pub struct SigningKeysError(#[source] KeyError);

impl Gateway {
    /// The gateway by its configuration, on a database that is migrated.
    pub async fn start(
        config: &Config,
        pool: PgPool,
        cache: &Cache,
        clock: SharedClock,
        readiness: Readiness,
    ) -> Result<Self, StartError> {
        let gateway_config = GatewayConfig::load(config)?;
        if gateway_config.auth.default_policy_disabled {
            tracing::warn!("backend.auth.dangerouslyDisableDefaultAuthPolicy is set: anybody may call");
        }
        let auth = &gateway_config.auth;
        let signals = Signals::new(pool.clone());
        let http = HttpClient::new().map_err(StartError::Http)?;
        let sessions = SessionStore::new(pool.clone());
        let session_tokens = TokenStore::new(pool.clone());
        let user_settings = SettingStore::new(pool.clone());
        let audit_log = AuditStore::new(pool.clone());
        let replicas = ReplicaStore::new(pool.clone());
        let identity_store = IdentityStore::new(pool);
        let signing_keys = Arc::new(SigningKeys::new(
            identity_store.clone(),
            clock.clone(),
            auth.token_lifetime,
        ));
        signing_keys.current().await.map_err(SigningKeysError)?;
        let user_tokens = Arc::new(UserTokens::new(signing_keys.clone(), clock.clone(), auth));
        let external = ExternalTokens::new(&auth.external_access, &http, clock.clone());
        let verifier = Verifier::new(
            user_tokens.clone(),
            external,
            PluginTokens::new(gateway_config.discovery.clone(), http.clone()),
            identity_store.clone(),
            sessions.clone(),
            session_tokens.clone(),
            clock.clone(),
        );

        let mut connections = Vec::new();
        for _ in 0..gateway_config.limits.catalog_connections {
            connections.push(BalancedChannel::connect(config, "catalog")?);
        }
        let proxy_connections = (0..gateway_config.limits.proxy_connections)
            .map(|_| BalancedChannel::connect(config, "proxy"))
            .collect::<Result<_, _>>()?;
        let revisions = Arc::new(Revisions::default());
        let shared = Shared {
            security_headers: SecurityHeaders::new(&gateway_config.security_headers),
            rate_limits: RateLimits::new(&gateway_config.rate_limit, cache, &clock),
            tls: gateway_config.https.as_ref().map(Tls::new).transpose()?,
            identity_store,
            signing_keys,
            user_tokens,
            verifier,
            providers: Providers::new(auth, &http),
            sessions,
            session_tokens,
            user_settings,
            audit_log,
            replicas,
            permissions: Permissions::new(gateway_config.policy.clone(), gateway_config.administrators.clone()),
            anonymous: Arc::new(Credentials::anonymous()),
            proxy: ProxyService::new(proxy_connections),
            catalog: CatalogService::new(connections, max_message_bytes(config)?),
            channels: Channels::connect(config)?,
            feeds: Feeds::default(),
            signals,
            streams_end: CancellationToken::new(),
            grpc_health: HealthReporter::new(),
            revisions,
            response_cache: ResponseCache::new(
                gateway_config.limits.response_cache_bytes,
                &config.json("permission").unwrap_or_default().to_string(),
                cache,
            ),
            frontend: Frontend::new(&gateway_config.frontend),
            config: gateway_config,
            clock,
            readiness,
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    pub(crate) fn config(&self) -> &GatewayConfig {
        &self.shared.config
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.shared.clock
    }

    pub(crate) fn readiness(&self) -> &Readiness {
        &self.shared.readiness
    }

    pub(crate) fn security_headers(&self) -> &SecurityHeaders {
        &self.shared.security_headers
    }

    pub(crate) fn rate_limits(&self) -> &RateLimits {
        &self.shared.rate_limits
    }

    /// What connections are encrypted with; `None` for plain HTTP.
    pub(crate) fn tls(&self) -> Option<&Tls> {
        self.shared.tls.as_ref()
    }

    pub(crate) fn identity_store(&self) -> &IdentityStore {
        &self.shared.identity_store
    }

    pub(crate) fn signing_keys(&self) -> &SigningKeys {
        &self.shared.signing_keys
    }

    pub(crate) fn user_tokens(&self) -> &UserTokens {
        &self.shared.user_tokens
    }

    pub(crate) fn verifier(&self) -> &Verifier {
        &self.shared.verifier
    }

    /// The providers people sign in at.
    pub(crate) fn providers(&self) -> &Providers {
        &self.shared.providers
    }

    /// Who is signed in.
    pub(crate) fn sessions(&self) -> &SessionStore {
        &self.shared.sessions
    }

    /// Which sessions tokens were issued in.
    pub(crate) fn session_tokens(&self) -> &TokenStore {
        &self.shared.session_tokens
    }

    /// What people set for themselves.
    pub(crate) fn user_settings(&self) -> &SettingStore {
        &self.shared.user_settings
    }

    /// Every change through the gateway.
    pub(crate) fn audit_log(&self) -> &AuditStore {
        &self.shared.audit_log
    }

    /// The gateways that run.
    pub(crate) fn replicas(&self) -> &ReplicaStore {
        &self.shared.replicas
    }

    /// What callers may do.
    pub(crate) fn permissions(&self) -> &Permissions {
        &self.shared.permissions
    }

    /// What every read of the catalog asks for: to see the last write through this gateway, and what the caller may see.
    pub(crate) fn read_options(&self, context: &CallContext) -> Option<ReadOptions> {
        let min_revision = self.shared.revisions.written();
        let condition = self.permissions().visibility(&context.credentials).condition();
        (min_revision > 0 || condition.is_some()).then_some(ReadOptions {
            min_revision,
            condition,
        })
    }

    /// The credentials of somebody who shows none.
    pub(crate) fn anonymous(&self) -> Arc<Credentials> {
        self.shared.anonymous.clone()
    }

    /// Seconds since 1970.
    pub(crate) fn unix_seconds(&self) -> i64 {
        i64::try_from(self.shared.clock.unix_seconds()).unwrap_or(i64::MAX)
    }

    pub(crate) fn proxy(&self) -> &ProxyService {
        &self.shared.proxy
    }

    pub(crate) fn catalog(&self) -> &CatalogService {
        &self.shared.catalog
    }

    /// The way to each service.
    pub(crate) fn channels(&self) -> &Channels {
        &self.shared.channels
    }

    /// The Lighthouse audit service.
    pub(crate) fn lighthouse_audit(&self) -> LighthouseAuditService {
        LighthouseAuditService::new(self.channels().lighthouse_audit.clone())
    }

    pub(crate) fn feeds(&self) -> &Feeds {
        &self.shared.feeds
    }

    /// Messages to the browsers of users.
    pub(crate) fn signals(&self) -> &Signals {
        &self.shared.signals
    }

    /// What gRPC clients are told of this process's health.
    pub(crate) fn grpc_health(&self) -> &HealthReporter {
        &self.shared.grpc_health
    }

    /// Cancelled when this process stops: what would go on without an end has to end then.
    pub(crate) fn streams_end(&self) -> &CancellationToken {
        &self.shared.streams_end
    }

    pub(crate) fn revisions(&self) -> &Revisions {
        &self.shared.revisions
    }

    pub(crate) fn response_cache(&self) -> &ResponseCache {
        &self.shared.response_cache
    }

    pub(crate) fn frontend(&self) -> &Frontend {
        &self.shared.frontend
    }
}
