//! Who calls: a short-lived signed token that one unit sends another with every call.
//!
//! The gateway finds out who the user is and says so to the units behind it. They believe it because the token is signed
//! with the secret they share, `backend.auth.keys`. Several keys allow rotation: the first signs, all of them verify.

use std::{fmt, sync::Arc};

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use moka::sync::Cache;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{
    clock::{SharedClock, SystemClock},
    config::{Config, ConfigError, Secret},
    error::{ErrorCode, ServiceError},
};

/// How long a token is good for. A call takes its token along when it starts, so this need not cover long streams.
const LIFETIME_SECONDS: u64 = 60;
/// How far two machines' clocks may differ.
const LEEWAY_SECONDS: u64 = 10;
/// Tokens whose signature is remembered: a caller makes many calls with one.
const REMEMBERED: u64 = 10_000;
/// Shorter secrets can be guessed.
const MIN_SECRET_BYTES: usize = 16;

const KEYS: &str = "backend.auth.keys";
/// Padding is optional: people copy secrets with and without it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The one on whose behalf a call is made.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Caller {
    /// Who it is.
    pub principal: Principal,
}

/// The kinds of callers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Principal {
    /// A signed-in person.
    User {
        /// The user entity, such as `user:default/jane`.
        entity_ref: String,
        /// Every entity the person owns things as: the user and its groups.
        ownership_refs: Vec<String>,
    },
    /// A program: one of our units, or an external one with its own token.
    Service {
        /// Its name, such as `plugin:catalog` or the subject of its token.
        subject: String,
    },
    /// Nobody in particular.
    Anonymous,
}

impl Caller {
    /// A signed-in person.
    pub fn user(entity_ref: impl Into<String>, ownership_refs: Vec<String>) -> Self {
        Self {
            principal: Principal::User {
                entity_ref: entity_ref.into(),
                ownership_refs,
            },
        }
    }

    /// A program.
    pub fn service(subject: impl Into<String>) -> Self {
        Self {
            principal: Principal::Service {
                subject: subject.into(),
            },
        }
    }

    /// Nobody in particular.
    pub fn anonymous() -> Self {
        Self {
            principal: Principal::Anonymous,
        }
    }

    /// The caller of a request that has passed a [`GrpcServer`](crate::grpc::server::GrpcServer).
    pub fn of<T>(request: &tonic::Request<T>) -> Result<&Self, ServiceError> {
        request
            .extensions()
            .get::<Self>()
            .ok_or_else(|| ServiceError::new(ErrorCode::AuthenticationError, "Missing credentials"))
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.principal {
            Principal::User { entity_ref, .. } => formatter.write_str(entity_ref),
            Principal::Service { subject } => write!(formatter, "service:{subject}"),
            Principal::Anonymous => formatter.write_str("anonymous"),
        }
    }
}

/// Why there can be no caller tokens, or why one is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// No secret is configured.
    #[error(
        "backend.auth.keys holds no secret: set backend.auth.keys[0].secret, the same for every unit, to at least 16 random \
         bytes in base64, for example from `openssl rand -base64 32`"
    )]
    NoKeys,
    /// The configuration cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A token cannot be signed.
    #[error("cannot sign a caller token: {0}")]
    Sign(String),
    /// A token is not ours, not for us, or too old. The text says which, for the log.
    #[error("invalid caller token: {0}")]
    Invalid(&'static str),
}

/// By what units believe each other.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct KeysSection {
    /// With these the gateway signs who calls, and the units check it. The same in all units; the first signs, all verify, so
    /// that they can be changed one after the other.
    keys: Vec<KeyConfig>,
}

#[derive(Deserialize, JsonSchema)]
struct KeyConfig {
    /// 16 random bytes or more as base64: `openssl rand -base64 32`.
    secret: Secret<String>,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    aud: String,
    iat: u64,
    exp: u64,
    #[serde(flatten)]
    caller: Caller,
}

/// Signs and verifies caller tokens. Cheap to clone.
#[derive(Clone)]
pub struct CallerTokens {
    shared: Arc<Shared>,
}

struct Shared {
    unit: String,
    signing: EncodingKey,
    verifying: Vec<DecodingKey>,
    /// By the token's hash: what tokens with a right signature say.
    verified: Cache<[u8; 32], Arc<Claims>>,
    clock: SharedClock,
}

impl fmt::Debug for CallerTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CallerTokens")
            .field("unit", &self.shared.unit)
            .finish_non_exhaustive()
    }
}

impl CallerTokens {
    /// The tokens of a unit, by the secrets at `backend.auth.keys`. Without any, the unit must not start.
    pub fn from_config(config: &Config, unit: &str) -> Result<Self, IdentityError> {
        Self::with_clock(config, unit, Arc::new(SystemClock))
    }

    /// The same, with a clock of the caller's choice.
    pub fn with_clock(config: &Config, unit: &str, clock: SharedClock) -> Result<Self, IdentityError> {
        let KeysSection { keys } = config.get("backend.auth")?.unwrap_or_default();
        let mut secrets = Vec::with_capacity(keys.len());
        for (index, key) in keys.iter().enumerate() {
            let secret = BASE64
                .decode(key.secret.expose().trim())
                .ok()
                .filter(|bytes| bytes.len() >= MIN_SECRET_BYTES)
                .ok_or_else(|| {
                    config.invalid(
                        &format!("{KEYS}[{index}].secret"),
                        format!("this is not base64 of at least {MIN_SECRET_BYTES} bytes"),
                    )
                })?;
            secrets.push(secret);
        }
        let first = secrets.first().ok_or(IdentityError::NoKeys)?;
        Ok(Self {
            shared: Arc::new(Shared {
                unit: unit.to_owned(),
                signing: EncodingKey::from_secret(first),
                verifying: secrets.iter().map(|secret| DecodingKey::from_secret(secret)).collect(),
                verified: Cache::new(REMEMBERED),
                clock,
            }),
        })
    }

    /// A token that tells the unit `audience` who the caller is.
    pub fn sign(&self, caller: &Caller, audience: &str) -> Result<String, IdentityError> {
        let now = self.shared.clock.unix_seconds();
        let claims = Claims {
            aud: audience.to_owned(),
            iat: now,
            exp: now + LIFETIME_SECONDS,
            caller: caller.clone(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.shared.signing)
            .map_err(|error| IdentityError::Sign(error.to_string()))
    }

    /// The caller a token names, when it is signed by one of our keys, for this unit, and fresh.
    pub fn verify(&self, token: &str) -> Result<Caller, IdentityError> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let claims = if let Some(known) = self.shared.verified.get(&hash) {
            known
        } else {
            let claims = Arc::new(self.verify_signature(token)?);
            self.shared.verified.insert(hash, claims.clone());
            claims
        };
        if claims.aud != self.shared.unit {
            return Err(IdentityError::Invalid("it is for another unit"));
        }
        let now = self.shared.clock.unix_seconds();
        if claims.exp.saturating_add(LEEWAY_SECONDS) <= now {
            return Err(IdentityError::Invalid("it has expired"));
        }
        if claims.iat > now.saturating_add(LEEWAY_SECONDS) || claims.exp > claims.iat.saturating_add(LIFETIME_SECONDS) {
            return Err(IdentityError::Invalid("its times make no sense"));
        }
        Ok(claims.caller.clone())
    }

    fn verify_signature(&self, token: &str) -> Result<Claims, IdentityError> {
        let mut validation = Validation::new(Algorithm::HS256);
        // Times are compared by the caller of this, with our own clock.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let decoded = self
            .shared
            .verifying
            .iter()
            .find_map(|key| jsonwebtoken::decode::<Claims>(token, key, &validation).ok());
        decoded.map(|token| token.claims).ok_or(IdentityError::Invalid(
            "the signature does not fit any key, or it is no token of ours",
        ))
    }
}

/// Compares two secrets in a time that does not depend on where they differ.
pub fn secrets_equal(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicU64, Ordering},
        time::{Duration, UNIX_EPOCH},
    };

    use super::*;

    const ONE: &str = "c2VjcmV0LXNlY3JldC1zZWNyZXQtb25l";
    const TWO: &str = "c2VjcmV0LXNlY3JldC1zZWNyZXQtdHdv";

    fn tokens_at(unit: &str, secrets: &[&str], now: &Arc<AtomicU64>) -> CallerTokens {
        let keys: Vec<String> = secrets.iter().map(|secret| format!("{{secret: {secret}}}")).collect();
        let config = Config::from_yaml(&format!("backend: {{auth: {{keys: [{}]}}}}", keys.join(", "))).unwrap();
        let now = now.clone();
        let clock = move || UNIX_EPOCH + Duration::from_secs(now.load(Ordering::Relaxed));
        CallerTokens::with_clock(&config, unit, Arc::new(clock)).unwrap()
    }

    fn now() -> Arc<AtomicU64> {
        Arc::new(AtomicU64::new(1_700_000_000))
    }

    #[test]
    fn every_kind_of_caller_survives() {
        let now = now();
        let (gateway, catalog) = (tokens_at("gateway", &[ONE], &now), tokens_at("catalog", &[ONE], &now));
        for caller in [
            Caller::user("user:default/jane", vec!["group:default/team-a".to_owned()]),
            Caller::service("plugin:proxy"),
            Caller::anonymous(),
        ] {
            let token = gateway.sign(&caller, "catalog").unwrap();
            assert_eq!(catalog.verify(&token).unwrap(), caller);
        }
    }

    #[test]
    fn a_token_is_for_one_unit_and_one_minute() {
        let now = now();
        let (gateway, catalog) = (tokens_at("gateway", &[ONE], &now), tokens_at("catalog", &[ONE], &now));
        let caller = Caller::anonymous();
        let other = gateway.sign(&caller, "proxy").unwrap();
        assert!(catalog.verify(&other).unwrap_err().to_string().contains("another unit"));
        let token = gateway.sign(&caller, "catalog").unwrap();
        now.fetch_add(LIFETIME_SECONDS + LEEWAY_SECONDS - 1, Ordering::Relaxed);
        assert!(catalog.verify(&token).is_ok());
        now.fetch_add(1, Ordering::Relaxed);
        assert!(catalog.verify(&token).unwrap_err().to_string().contains("expired"));
        now.fetch_sub(300, Ordering::Relaxed);
        assert!(catalog.verify(&token).is_err());
    }

    #[test]
    fn keys_rotate() {
        let now = now();
        let old = tokens_at("gateway", &[ONE], &now);
        let both = tokens_at("catalog", &[TWO, ONE], &now);
        let new = tokens_at("catalog", &[TWO], &now);
        let token = old.sign(&Caller::anonymous(), "catalog").unwrap();
        assert!(both.verify(&token).is_ok());
        assert!(new.verify(&token).is_err());
    }

    #[test]
    fn forged_and_broken_tokens_are_refused() {
        let now = now();
        let catalog = tokens_at("catalog", &[ONE], &now);
        let token = catalog.sign(&Caller::anonymous(), "catalog").unwrap();
        let (head, signature) = token.rsplit_once('.').unwrap();
        let (header, _) = head.split_once('.').unwrap();
        for forged in [
            String::new(),
            "a.b.c".to_owned(),
            format!("{head}."),
            format!("{header}.e30.{signature}"),
        ] {
            assert!(catalog.verify(&forged).is_err(), "{forged}");
        }
    }

    #[test]
    fn without_a_secret_the_message_names_the_key() {
        let error = CallerTokens::from_config(&Config::from_yaml("a: 1").unwrap(), "catalog").unwrap_err();
        assert!(error.to_string().contains("backend.auth.keys[0].secret"), "{error}");
        let config = Config::from_yaml("backend:\n  auth:\n    keys:\n      - secret: short\n").unwrap();
        let error = CallerTokens::from_config(&config, "catalog").unwrap_err().to_string();
        assert!(
            error.starts_with("config.yaml:4:9: backend.auth.keys[0].secret: "),
            "{error}"
        );
        assert!(!error.contains("short"), "{error}");
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(secrets_equal(b"abc", b"abc"));
        assert!(!secrets_equal(b"abc", b"abd") && !secrets_equal(b"abc", b"ab"));
    }
}
