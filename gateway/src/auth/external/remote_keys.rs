//! Keys that somebody else publishes, and the tokens they sign: those of external programs, and the ID tokens of OpenID
//! Connect providers. The cryptography is `jsonwebtoken`'s.

use std::{
    fmt,
    time::{Duration, Instant},
};

use callboard_service_kit::identity::secrets_equal;
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    jwk::{AlgorithmParameters, Jwk, JwkSet, PublicKeyUse},
};
use parking_lot::Mutex;
use serde_json::{Map, Value};
use url::Url;

use crate::auth::http_client::{HttpClient, HttpError};

/// Keys are asked for again after so long, so that one that was withdrawn does not stay.
const MAX_AGE: Duration = Duration::from_hours(1);
/// Tokens of unknown keys make us ask no more often than this.
const MIN_AGE: Duration = Duration::from_secs(6);
/// How far the clocks may differ.
const LEEWAY_SECONDS: i64 = 10;
/// Longer tokens are not looked at.
const LONGEST_TOKEN: usize = 32_768;

/// What a token must say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    /// One of these; none, any.
    pub(crate) issuers: &'a [String],
    /// One of these; none, any.
    pub(crate) audiences: &'a [String],
    /// One of these; none, any that fits the key.
    pub(crate) algorithms: &'a [String],
    /// Seconds since 1970.
    pub(crate) now: i64,
}

/// Why a token is refused; for the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("it is no token")]
    Malformed,
    #[error("the keys cannot be read: {0}")]
    Keys(#[from] HttpError),
    #[error("no published key fits it")]
    UnknownKey,
    #[error("it is signed with an algorithm that is not accepted")]
    Algorithm,
    #[error("its signature, issuer or audience is wrong: {0}")]
    Invalid(jsonwebtoken::errors::Error),
    #[error("it has expired, or is not good yet")]
    Time,
}

/// What is known of a set.
#[derive(Default)]
struct Cached {
    keys: Option<(Instant, JwkSet)>,
    asked_at: Option<Instant>,
}

/// A set of keys at a URL.
pub(crate) struct RemoteKeys {
    url: Url,
    http: HttpClient,
    cached: Mutex<Cached>,
    // Only one request fetches; the others wait for it.
    fetching: tokio::sync::Mutex<()>,
}

impl fmt::Debug for RemoteKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RemoteKeys")
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}

impl RemoteKeys {
    pub(crate) fn new(url: Url, http: HttpClient) -> Self {
        Self {
            url,
            http,
            cached: Mutex::default(),
            fetching: tokio::sync::Mutex::new(()),
        }
    }

    /// The claims of a token, once everything about it is verified.
    pub(crate) async fn verify(&self, token: &str, expected: &Expected<'_>) -> Result<Map<String, Value>, Refusal> {
        if token.len() > LONGEST_TOKEN {
            return Err(Refusal::Malformed);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Malformed)?;
        let algorithm = header.alg;
        let is_accepted =
            expected.algorithms.is_empty() || expected.algorithms.iter().any(|name| parse(name) == Some(algorithm));
        // Published keys are no secrets: whoever signs with one as if it were is a forger.
        if !is_accepted || matches!(algorithm, Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512) {
            return Err(Refusal::Algorithm);
        }
        let key = self.key(header.kid.as_deref(), algorithm).await?;
        let claims = decode(token, &key, algorithm, expected)?;
        check_times(&claims, expected.now)?;
        Ok(claims)
    }

    async fn key(&self, key_id: Option<&str>, algorithm: Algorithm) -> Result<DecodingKey, Refusal> {
        if let Some(key) = self.cached_key(key_id, algorithm, MAX_AGE) {
            return Ok(key);
        }
        let _fetching = self.fetching.lock().await;
        if let Some(key) = self.cached_key(key_id, algorithm, MAX_AGE) {
            return Ok(key);
        }
        // However often the keys cannot be read or do not fit, their owner is left in peace in between.
        let may_ask = {
            let mut cached = self.cached.lock();
            let may_ask = cached.asked_at.is_none_or(|asked_at| asked_at.elapsed() >= MIN_AGE);
            if may_ask {
                cached.asked_at = Some(Instant::now());
            }
            may_ask
        };
        if may_ask {
            match self.http.get_json::<JwkSet>(&self.url).await {
                Ok(keys) => self.cached.lock().keys = Some((Instant::now(), keys)),
                // Old keys serve while their owner is away.
                Err(error) => {
                    tracing::warn!(url = %self.url, %error, "published keys cannot be read");
                    return self
                        .cached_key(key_id, algorithm, Duration::MAX)
                        .ok_or(Refusal::Keys(error));
                }
            }
        }
        self.cached_key(key_id, algorithm, Duration::MAX)
            .ok_or(Refusal::UnknownKey)
    }

    fn cached_key(&self, key_id: Option<&str>, algorithm: Algorithm, max_age: Duration) -> Option<DecodingKey> {
        let cached = self.cached.lock();
        let (fetched_at, keys) = cached.keys.as_ref()?;
        if fetched_at.elapsed() > max_age {
            return None;
        }
        find(keys, key_id, algorithm)
    }
}

/// The one key of a set that a token can be signed with.
fn find(keys: &JwkSet, key_id: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
    let fits = |jwk: &&Jwk| {
        let named = jwk.common.key_id.as_deref();
        let is_named = match (key_id, named) {
            (Some(wanted), Some(named)) => wanted == named,
            // A token may leave the name out where there is only one key it can mean.
            (None, _) => true,
            (Some(_), None) => false,
        };
        let stated = jwk.common.key_algorithm.map(|stated| stated.to_string());
        is_named
            && !matches!(jwk.algorithm, AlgorithmParameters::OctetKey(_))
            && !matches!(jwk.common.public_key_use, Some(PublicKeyUse::Encryption))
            && stated.is_none_or(|stated| parse(&stated) == Some(algorithm))
    };
    let key = |jwk: &Jwk| {
        DecodingKey::from_jwk(jwk)
            .ok()
            .filter(|key| key.family() == algorithm.family())
    };
    let mut candidates = keys.keys.iter().filter(fits).filter_map(key);
    let first = candidates.next()?;
    candidates.next().is_none().then_some(first)
}

fn decode(
    token: &str,
    key: &DecodingKey,
    algorithm: Algorithm,
    expected: &Expected<'_>,
) -> Result<Map<String, Value>, Refusal> {
    let mut validation = Validation::new(algorithm);
    // Times are compared with our own clock.
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    if expected.audiences.is_empty() {
        validation.validate_aud = false;
    } else {
        validation.set_audience(expected.audiences);
        validation.required_spec_claims.insert("aud".to_owned());
    }
    if !expected.issuers.is_empty() {
        validation.set_issuer(expected.issuers);
        validation.required_spec_claims.insert("iss".to_owned());
    }
    let decoded = jsonwebtoken::decode::<Map<String, Value>>(token, key, &validation).map_err(Refusal::Invalid)?;
    Ok(decoded.claims)
}

fn check_times(claims: &Map<String, Value>, now: i64) -> Result<(), Refusal> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast of a float saturates, which is what is wanted"
    )]
    let time = |name: &str| claims.get(name).and_then(Value::as_f64).map(|seconds| seconds as i64);
    let expires_at = time("exp").ok_or(Refusal::Time)?;
    let is_early = time("nbf").is_some_and(|not_before| not_before > now.saturating_add(LEEWAY_SECONDS));
    if expires_at.saturating_add(LEEWAY_SECONDS) <= now || is_early {
        return Err(Refusal::Time);
    }
    Ok(())
}

fn parse(name: &str) -> Option<Algorithm> {
    name.parse().ok()
}

/// Whether a claim is a secret text that is known.
pub(crate) fn claim_is(claims: &Map<String, Value>, name: &str, secret: &str) -> bool {
    let claim = claims.get(name).and_then(Value::as_str).unwrap_or_default();
    secrets_equal(claim.as_bytes(), secret.as_bytes())
}
