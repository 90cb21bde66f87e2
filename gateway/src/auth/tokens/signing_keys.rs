//! The keys that sign user tokens, shared by all replicas through the database.
//!
//! A key signs for one token lifetime and verifies for three: a token made in the last second of its time is good for its whole
//! life, and every replica and consumer has had time to fetch the successor.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use callboard_service_kit::clock::SharedClock;
use parking_lot::{Mutex, RwLock};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::jwt::SigningKey;
use crate::auth::identity_store::{IdentityStore, StoredKey};

/// How often tokens of unknown keys may make the gateway look into the database.
const RELOAD_INTERVAL: Duration = Duration::from_secs(6);

/// A key in use.
#[derive(Debug)]
struct LiveKey {
    key: Arc<SigningKey>,
    public_jwk: Value,
    created_at: OffsetDateTime,
    expires_at: OffsetDateTime,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error("a signing key could not be made or read")]
    Unusable,
}

/// All keys that have not expired.
pub(crate) struct SigningKeys {
    store: IdentityStore,
    clock: SharedClock,
    token_lifetime: Duration,
    keys: RwLock<Vec<LiveKey>>,
    last_reload: Mutex<Option<Instant>>,
    // Only one request makes a new key; the others wait for it.
    making: tokio::sync::Mutex<()>,
}

impl SigningKeys {
    pub(crate) fn new(store: IdentityStore, clock: SharedClock, token_lifetime: Duration) -> Self {
        Self {
            store,
            clock,
            token_lifetime,
            keys: RwLock::new(Vec::new()),
            last_reload: Mutex::new(None),
            making: tokio::sync::Mutex::new(()),
        }
    }

    /// The key to sign with now; a new one when there is none young enough.
    pub(crate) async fn current(&self) -> Result<Arc<SigningKey>, KeyError> {
        if let Some(key) = self.young_key() {
            return Ok(key);
        }
        let _making = self.making.lock().await;
        if let Some(key) = self.young_key() {
            return Ok(key);
        }
        self.reload().await?;
        if let Some(key) = self.young_key() {
            return Ok(key);
        }
        let stored = self.make()?;
        self.store.add_signing_key(&stored, self.now()).await?;
        let key = live(stored)?;
        let signing = key.key.clone();
        self.keys.write().insert(0, key);
        Ok(signing)
    }

    /// The key of an id, if it has not expired. Ids that are not known are looked up in the database, not too often.
    pub(crate) async fn find(&self, key_id: &str) -> Option<Arc<SigningKey>> {
        if let Some(key) = self.known(key_id) {
            return Some(key);
        }
        {
            let mut last_reload = self.last_reload.lock();
            if last_reload.is_some_and(|last| last.elapsed() < RELOAD_INTERVAL) {
                return None;
            }
            *last_reload = Some(Instant::now());
        }
        if let Err(error) = self.reload().await {
            tracing::warn!(%error, "signing keys could not be read from the database");
        }
        self.known(key_id)
    }

    /// The public halves, for everybody who verifies tokens.
    pub(crate) async fn public_jwks(&self) -> Result<Vec<Value>, KeyError> {
        // Other replicas add keys; when the database is away the ones known have to do.
        if let Err(error) = self.reload().await
            && self.keys.read().is_empty()
        {
            return Err(error);
        }
        let now = self.now();
        Ok(self
            .keys
            .read()
            .iter()
            .filter(|key| key.expires_at > now)
            .map(|key| key.public_jwk.clone())
            .collect())
    }

    /// Reads all keys from the database.
    pub(crate) async fn reload(&self) -> Result<(), KeyError> {
        let stored = self.store.signing_keys(self.now()).await?;
        let keys = stored.into_iter().map(live).collect::<Result<Vec<_>, _>>()?;
        *self.keys.write() = keys;
        Ok(())
    }

    fn now(&self) -> OffsetDateTime {
        self.clock.now().into()
    }

    fn young_key(&self) -> Option<Arc<SigningKey>> {
        let now = self.now();
        let keys = self.keys.read();
        keys.first()
            .filter(|key| key.created_at + self.token_lifetime > now)
            .map(|key| key.key.clone())
    }

    fn known(&self, key_id: &str) -> Option<Arc<SigningKey>> {
        let now = self.now();
        let keys = self.keys.read();
        keys.iter()
            .find(|key| key.key.key_id == key_id && key.expires_at > now)
            .map(|key| key.key.clone())
    }

    fn make(&self) -> Result<StoredKey, KeyError> {
        let key_id = Uuid::new_v4();
        let private_key = SigningKey::generate().map_err(|_| KeyError::Unusable)?;
        let key = SigningKey::from_pkcs8(key_id.to_string(), &private_key).map_err(|_| KeyError::Unusable)?;
        let created_at = self.now();
        let expires_at = created_at + self.token_lifetime * 3;
        Ok(StoredKey {
            key_id,
            private_key,
            public_jwk: key.public_jwk(),
            created_at,
            expires_at,
        })
    }
}

fn live(stored: StoredKey) -> Result<LiveKey, KeyError> {
    let key = SigningKey::from_pkcs8(stored.key_id.to_string(), &stored.private_key).map_err(|_| KeyError::Unusable)?;
    Ok(LiveKey {
        key: Arc::new(key),
        public_jwk: stored.public_jwk,
        created_at: stored.created_at,
        expires_at: stored.expires_at,
    })
}
