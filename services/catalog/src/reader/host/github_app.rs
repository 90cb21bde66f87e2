//! Tokens of GitHub Apps: "Authenticating as a GitHub App installation" of docs.github.com/apps.

use std::{
    collections::HashMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use serde::Serialize;
use tokio::{sync::Mutex, time::Instant};
use url::Url;

use super::{
    ReadError, bearer, below,
    credential::{ask_for_token, refused},
    endless, failed,
    settings::GitHubAppSettings,
};
use crate::reader::http::{Http, Request};

/// Installation tokens live for an hour; one is used for less, so that none ends on the way.
const TOKEN_LIFE: Duration = Duration::from_mins(50);
/// How long it is believed where an app is installed.
const INSTALLATIONS_LIFE: Duration = Duration::from_mins(10);
const PER_PAGE: usize = 100;

/// One app.
pub(super) struct GitHubApp {
    id: String,
    key: EncodingKey,
    api: Url,
    owners: Option<Vec<String>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Installations by owner, in lower case, and until when that is believed.
    installations: Option<(Instant, HashMap<String, Installation>)>,
    /// Tokens by installation, and when they are to be replaced.
    tokens: HashMap<u64, (Instant, HeaderValue)>,
}

/// Where it may be used.
#[derive(Clone, Copy)]
struct Installation {
    id: u64,
    is_organization: bool,
}

impl std::fmt::Debug for GitHubApp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("GitHubApp")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Claims<'app> {
    iat: u64,
    exp: u64,
    iss: &'app str,
}

impl GitHubApp {
    pub(super) fn new(settings: &GitHubAppSettings, api: &Url) -> Result<Self, ReadError> {
        let key = EncodingKey::from_rsa_pem(settings.private_key.expose().as_bytes()).map_err(|_| {
            ReadError::Input(format!(
                "the privateKey of app {} in 'integrations.github' is no RSA key in PEM",
                settings.app_id
            ))
        })?;
        let lower = |owners: &Vec<String>| owners.iter().map(|owner| owner.to_lowercase()).collect();
        Ok(Self {
            id: settings.app_id.clone(),
            key,
            api: api.clone(),
            owners: settings.allowed_installation_owners.as_ref().map(lower),
            state: Mutex::default(),
        })
    }

    /// Its number.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The organisations where it is installed, in lower case, ordered.
    pub(super) async fn organizations(&self, http: &Http) -> Result<Vec<String>, ReadError> {
        let mut state = self.state.lock().await;
        let installations = self.known_installations(http, &mut state).await?;
        let allowed = |owner: &String| self.owners.as_ref().is_none_or(|owners| owners.contains(owner));
        let mut organizations: Vec<String> = installations
            .iter()
            .filter(|(owner, installation)| installation.is_organization && allowed(owner))
            .map(|(owner, _)| owner.clone())
            .collect();
        organizations.sort_unstable();
        Ok(organizations)
    }

    /// A token for an owner's repositories; `None` where the app is not installed.
    pub(super) async fn token_for(&self, http: &Http, owner: &str) -> Result<Option<HeaderValue>, ReadError> {
        let owner = owner.to_lowercase();
        if self.owners.as_ref().is_some_and(|owners| !owners.contains(&owner)) {
            return Ok(None);
        }
        // Held over the requests: those who come meanwhile need the same answer.
        let mut state = self.state.lock().await;
        let now = Instant::now();
        let known = self.known_installations(http, &mut state).await?.get(&owner);
        let Some(installation) = known.map(|installation| installation.id) else {
            return Ok(None);
        };
        if let Some((until, token)) = state.tokens.get(&installation)
            && *until > now
        {
            return Ok(Some(token.clone()));
        }
        let token = self.create_token(http, installation).await?;
        state.tokens.insert(installation, (now + TOKEN_LIFE, token.clone()));
        Ok(Some(token))
    }

    async fn known_installations<'state>(
        &self,
        http: &Http,
        state: &'state mut State,
    ) -> Result<&'state HashMap<String, Installation>, ReadError> {
        let now = Instant::now();
        let known = state.installations.take().filter(|(until, _)| *until > now);
        let current = match known {
            Some(known) => known,
            None => (now + INSTALLATIONS_LIFE, self.installations(http).await?),
        };
        Ok(&state.installations.insert(current).1)
    }

    async fn installations(&self, http: &Http) -> Result<HashMap<String, Installation>, ReadError> {
        let mut found = HashMap::new();
        let what = format!("the installations of GitHub app {}", self.id);
        for page in 1..=super::MAX_PAGES {
            let mut url = below(&self.api, ["app", "installations"]);
            url.query_pairs_mut()
                .append_pair("per_page", &PER_PAGE.to_string())
                .append_pair("page", &page.to_string());
            let request = Request::to(url)
                .header(ACCEPT, super::github::JSON)
                .header(AUTHORIZATION, self.proof()?);
            let (body, _) = http.get_json(request, &what).await?;
            let entries = body.as_array().map(Vec::as_slice).unwrap_or_default();
            for entry in entries {
                let login = entry["account"]["login"].as_str();
                let suspended = !entry["suspended_at"].is_null();
                if let (Some(login), Some(id), false) = (login, entry["id"].as_u64(), suspended) {
                    let is_organization = entry["target_type"] == "Organization";
                    found.insert(login.to_lowercase(), Installation { id, is_organization });
                }
            }
            if entries.len() < PER_PAGE {
                return Ok(found);
            }
        }
        Err(endless(&what))
    }

    async fn create_token(&self, http: &Http, installation: u64) -> Result<HeaderValue, ReadError> {
        let url = below(
            &self.api,
            ["app", "installations", &installation.to_string(), "access_tokens"],
        );
        let request = http
            .client()
            .post(url)
            .header(ACCEPT, super::github::JSON)
            .header(AUTHORIZATION, self.proof()?);
        let whose = format!("GitHub app {}", self.id);
        match ask_for_token(request, &whose).await?["token"].as_str() {
            Some(token) => bearer(token),
            None => Err(refused(&whose, "the answer has none")),
        }
    }

    /// A token of ten minutes that proves to be the app.
    fn proof(&self) -> Result<HeaderValue, ReadError> {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let claims = Claims {
            // GitHub asks for a minute of patience with clocks.
            iat: now.saturating_sub(60),
            exp: now + 540,
            iss: &self.id,
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims, &self.key)
            .map_err(|error| failed(format!("GitHub app {} cannot sign: {error}", self.id)))?;
        bearer(&token)
    }
}
