//! Tokens with which the plugins of Backstage backends call each other.
//!
//! Each plugin publishes the keys to verify its tokens with below its own address; `discovery.endpoints` says where that is, and
//! a plugin that it does not name cannot call this way.

use std::sync::Arc;

use moka::sync::Cache;
use serde_json::Value;

use super::remote_keys::{Expected, RemoteKeys};
use crate::{
    UNIT,
    auth::{http_client::HttpClient, tokens::jwt::Unverified},
    config::discovery::DiscoveryConfig,
};

/// `typ` of a plugin's token.
pub(crate) const PLUGIN_TYPE: &str = "vnd.backstage.plugin";
/// Where a plugin publishes its keys, below its address.
const KEYS_PATH: &str = ".backstage/auth/v1/jwks.json";
/// Plugins whose keys are remembered.
const MOST_PLUGINS: u64 = 200;

/// A token whose signature and times are good.
#[derive(Debug)]
pub(crate) struct PluginToken {
    /// The plugin that made it.
    pub(crate) plugin: String,
    /// The plugin it is for.
    pub(crate) audience: String,
    /// The limited token of the user it acts for.
    pub(crate) on_behalf_of: Option<String>,
    /// Seconds since 1970.
    pub(crate) expires_at: i64,
}

/// Verifies such tokens.
pub(crate) struct PluginTokens {
    discovery: DiscoveryConfig,
    http: HttpClient,
    keys: Cache<String, Arc<RemoteKeys>>,
}

impl PluginTokens {
    pub(crate) fn new(discovery: DiscoveryConfig, http: HttpClient) -> Self {
        Self {
            discovery,
            http,
            keys: Cache::new(MOST_PLUGINS),
        }
    }

    /// What a token says, when the plugin that it names has signed it.
    pub(crate) async fn verify(&self, token: &str, unverified: &Unverified<'_>, now: i64) -> Option<PluginToken> {
        let claimed: Value = unverified.claims()?;
        let plugin = claimed.get("sub")?.as_str()?;
        // What calls in our own name comes from inside, and not with a token.
        if plugin == UNIT {
            return None;
        }
        let base = self.discovery.base_url(plugin)?;
        let keys = self.keys.get_with_by_ref(plugin, || {
            let mut url = base;
            let path = format!("{}/{KEYS_PATH}", url.path().trim_end_matches('/'));
            url.set_path(&path);
            Arc::new(RemoteKeys::new(url, self.http.clone()))
        });
        let expected = Expected {
            issuers: &[],
            audiences: &[],
            algorithms: &[],
            now,
        };
        let claims = match keys.verify(token, &expected).await {
            Ok(claims) => claims,
            Err(refusal) => {
                tracing::debug!(plugin, %refusal, "a plugin's token is refused");
                return None;
            }
        };
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        Some(PluginToken {
            plugin: text("sub")?.to_owned(),
            audience: text("aud")?.to_owned(),
            on_behalf_of: text("obo").map(str::to_owned),
            expires_at: claims.get("exp").and_then(Value::as_i64)?,
        })
    }
}
