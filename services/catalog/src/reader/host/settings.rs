//! The parts of `integrations` that say how files of source hosts are read. Keys are Backstage's.

use callboard_service_kit::config::{Config, ConfigError, Secret};
use serde::{Deserialize, Deserializer, de};
use url::Url;

/// An `http` or `https` address that others are put below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// The address.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The root of a host.
    fn of_host(host: &str) -> Option<Self> {
        Url::parse(&format!("https://{host}")).ok().map(Self)
    }

    /// An address that is written in this program.
    fn known(text: &str) -> Option<Self> {
        Url::parse(text).ok().map(Self)
    }

    fn below(&self, path: &str) -> Self {
        let mut url = self.0.clone();
        let joined = format!("{}{path}", url.path().trim_end_matches('/'));
        url.set_path(&joined);
        Self(url)
    }
}

impl<'de> Deserialize<'de> for BaseUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match Url::parse(&text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Self(url)),
            _ => Err(de::Error::custom(format!("'{text}' is no http or https address"))),
        }
    }
}

/// `integrations.github[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitHubSettings {
    /// `github.com` unless it is GitHub Enterprise.
    pub host: String,
    /// The REST API; `https://api.github.com`, or `/api/v3` on the host.
    pub api_base_url: Option<BaseUrl>,
    /// Where files are read from without credentials; known for `github.com`.
    pub raw_base_url: Option<BaseUrl>,
    /// A personal access token.
    pub token: Option<Secret<String>>,
    /// GitHub Apps; the first that is installed at an owner reads its repositories.
    #[serde(default)]
    pub apps: Vec<GitHubAppSettings>,
}

/// `integrations.github[].apps[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitHubAppSettings {
    /// The app's number.
    #[serde(deserialize_with = "text_or_number")]
    pub app_id: String,
    /// RSA key in PEM.
    pub private_key: Secret<String>,
    /// Owners whose installations are used; all when absent.
    pub allowed_installation_owners: Option<Vec<String>>,
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(u64),
    }
    Ok(match Id::deserialize(deserializer)? {
        Id::Text(text) => text,
        Id::Number(number) => number.to_string(),
    })
}

/// `integrations.gitlab[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GitLabSettings {
    /// `gitlab.com` or a host of one's own.
    pub host: String,
    /// The REST API; `/api/v4` below the base address.
    pub api_base_url: Option<BaseUrl>,
    /// Where the host's pages are, when not at its root.
    pub base_url: Option<BaseUrl>,
    /// A personal, group or project access token.
    pub token: Option<Secret<String>>,
}

/// `integrations.bitbucketCloud[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BitbucketCloudSettings {
    /// Always `bitbucket.org`; another one only to stand in for it.
    #[serde(default = "bitbucket_org")]
    pub host: String,
    /// The REST API; `https://api.bitbucket.org/2.0`.
    pub api_base_url: Option<BaseUrl>,
    /// Whose `appPassword` or `token` it is.
    pub username: Option<String>,
    /// An app password.
    pub app_password: Option<Secret<String>>,
    /// An API token, used with `username`, or an access token of a repository, used alone.
    pub token: Option<Secret<String>>,
    /// Key of an OAuth consumer, where there is none of the above.
    pub client_id: Option<String>,
    /// Its secret.
    pub client_secret: Option<Secret<String>>,
    /// Where its tokens come from; `https://bitbucket.org/site/oauth2/access_token`.
    pub token_url: Option<BaseUrl>,
}

fn bitbucket_org() -> String {
    "bitbucket.org".to_owned()
}

/// `integrations.bitbucketServer[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BitbucketServerSettings {
    /// Its host.
    pub host: String,
    /// The REST API; `/rest/api/1.0` on the host.
    pub api_base_url: Option<BaseUrl>,
    /// An HTTP access token.
    pub token: Option<Secret<String>>,
    /// Whose `password` it is.
    pub username: Option<String>,
    /// Used with `username` where there is no token.
    pub password: Option<Secret<String>>,
}

/// `integrations.gitea[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GiteaSettings {
    /// Its host.
    pub host: String,
    /// Where it is, when not at the root of the host.
    pub base_url: Option<BaseUrl>,
    /// Whose `password` it is; none: `password` is a token.
    pub username: Option<String>,
    /// A password, or a token.
    pub password: Option<Secret<String>>,
}

/// `integrations.azure[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureSettings {
    /// `dev.azure.com` or an Azure DevOps Server.
    #[serde(default = "dev_azure_com")]
    pub host: String,
    /// Where the REST API is, when not on the host by https.
    pub api_base_url: Option<BaseUrl>,
    /// A personal access token for all organisations.
    pub token: Option<Secret<String>>,
    /// Credentials by organisation; the first that names it counts, then one that names none.
    #[serde(default)]
    pub credentials: Vec<AzureCredential>,
}

fn dev_azure_com() -> String {
    "dev.azure.com".to_owned()
}

/// `integrations.azure[].credentials[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureCredential {
    /// The organisations it is for; all when absent.
    pub organizations: Option<Vec<String>>,
    /// A personal access token.
    pub personal_access_token: Option<Secret<String>>,
    /// Application id of a service principal, in place of a token.
    pub client_id: Option<String>,
    /// Its secret.
    pub client_secret: Option<Secret<String>>,
    /// The directory it is in.
    pub tenant_id: Option<String>,
    /// Where the tokens of national clouds come from; `https://login.microsoftonline.com`.
    pub authority_host: Option<BaseUrl>,
}

impl AzureCredential {
    fn is_whole(&self) -> bool {
        let parts = [
            self.client_id.is_some(),
            self.client_secret.is_some(),
            self.tenant_id.is_some(),
        ];
        let none = parts == [false; 3];
        (self.personal_access_token.is_some() && none) || (self.personal_access_token.is_none() && parts == [true; 3])
    }
}

/// `integrations.awsS3[]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AwsS3Settings {
    /// Another service that speaks S3.
    pub endpoint: Option<BaseUrl>,
    /// Whether the bucket is the first segment of the path there, rather than a part of the host's name.
    #[serde(default)]
    pub s3_force_path_style: bool,
    /// Access key; none: that of the environment, or public access.
    pub access_key_id: Option<String>,
    /// Its secret.
    pub secret_access_key: Option<Secret<String>>,
    /// Of temporary credentials.
    pub session_token: Option<Secret<String>>,
    /// A role to take on, which is refused: only the platform's own way of giving credentials does that.
    pub role_arn: Option<String>,
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub struct SourceHostSettings {
    pub(super) azure: Vec<AzureSettings>,
    pub(super) bitbucket_cloud: Vec<BitbucketCloudSettings>,
    pub(super) bitbucket_server: Vec<BitbucketServerSettings>,
    pub(super) github: Vec<GitHubSettings>,
    pub(super) gitea: Vec<GiteaSettings>,
    pub(super) gitlab: Vec<GitLabSettings>,
    pub(super) aws_s3: Vec<AwsS3Settings>,
}

impl SourceHostSettings {
    /// Reads them, and adds the hosts that everybody knows.
    pub fn from_config(config: &Config) -> Result<Self, ConfigError> {
        let mut hosts = Self {
            azure: config.get("integrations.azure")?.unwrap_or_default(),
            bitbucket_cloud: config.get("integrations.bitbucketCloud")?.unwrap_or_default(),
            bitbucket_server: config.get("integrations.bitbucketServer")?.unwrap_or_default(),
            github: config.get("integrations.github")?.unwrap_or_default(),
            gitea: config.get("integrations.gitea")?.unwrap_or_default(),
            gitlab: config.get("integrations.gitlab")?.unwrap_or_default(),
            aws_s3: config.get("integrations.awsS3")?.unwrap_or_default(),
        };
        hosts.check(config)?;
        hosts.add_known();
        hosts.complete();
        Ok(hosts)
    }

    /// Whether there is a GitHub of this host.
    pub fn has_github(&self, host: &str) -> bool {
        self.github.iter().any(|known| known.host.eq_ignore_ascii_case(host))
    }

    /// What the types do not tell: credentials that are only half there.
    fn check(&self, config: &Config) -> Result<(), ConfigError> {
        for (index, host) in self.aws_s3.iter().enumerate() {
            if host.access_key_id.is_some() != host.secret_access_key.is_some() {
                let path = format!("integrations.awsS3[{index}]");
                return Err(config.invalid(&path, "accessKeyId and secretAccessKey come together"));
            }
            if host.role_arn.is_some() {
                let path = format!("integrations.awsS3[{index}].roleArn");
                let problem = "roles are not taken on: give the catalog the role's credentials in its environment";
                return Err(config.invalid(&path, problem));
            }
        }
        for (index, host) in self.azure.iter().enumerate() {
            if let Some(half) = host.credentials.iter().position(|credential| !credential.is_whole()) {
                let path = format!("integrations.azure[{index}].credentials[{half}]");
                let problem = "either personalAccessToken, or clientId, clientSecret and tenantId together are wanted";
                return Err(config.invalid(&path, problem));
            }
        }
        for (index, host) in self.bitbucket_cloud.iter().enumerate() {
            if host.app_password.is_some() && host.username.is_none() {
                let path = format!("integrations.bitbucketCloud[{index}]");
                return Err(config.invalid(&path, "appPassword needs a username"));
            }
            if host.client_id.is_some() != host.client_secret.is_some() {
                let path = format!("integrations.bitbucketCloud[{index}]");
                return Err(config.invalid(&path, "clientId and clientSecret come together"));
            }
        }
        Ok(())
    }

    fn add_known(&mut self) {
        if !self.github.iter().any(|host| host.host == "github.com") {
            self.github.push(GitHubSettings {
                host: "github.com".to_owned(),
                api_base_url: None,
                raw_base_url: None,
                token: None,
                apps: Vec::new(),
            });
        }
        if !self.gitlab.iter().any(|host| host.host == "gitlab.com") {
            self.gitlab.push(GitLabSettings {
                host: "gitlab.com".to_owned(),
                api_base_url: None,
                base_url: None,
                token: None,
            });
        }
        if !self.bitbucket_cloud.iter().any(|host| host.host == bitbucket_org()) {
            self.bitbucket_cloud.push(BitbucketCloudSettings {
                host: bitbucket_org(),
                api_base_url: None,
                username: None,
                app_password: None,
                token: None,
                client_id: None,
                client_secret: None,
                token_url: None,
            });
        }
        if !self.azure.iter().any(|host| host.host == dev_azure_com()) {
            self.azure.push(AzureSettings {
                host: dev_azure_com(),
                api_base_url: None,
                token: None,
                credentials: Vec::new(),
            });
        }
        if self.aws_s3.iter().all(|host| host.endpoint.is_some()) {
            self.aws_s3.push(AwsS3Settings {
                endpoint: None,
                s3_force_path_style: false,
                access_key_id: None,
                secret_access_key: None,
                session_token: None,
                role_arn: None,
            });
        }
    }

    /// Fills in the addresses that follow from the host.
    fn complete(&mut self) {
        for host in &mut self.github {
            let public = host.host == "github.com";
            let api = if public {
                BaseUrl::known("https://api.github.com")
            } else {
                BaseUrl::of_host(&host.host).map(|base| base.below("/api/v3"))
            };
            host.api_base_url = host.api_base_url.take().or(api);
            if public && host.raw_base_url.is_none() {
                host.raw_base_url = BaseUrl::known("https://raw.githubusercontent.com");
            }
        }
        for host in &mut self.gitlab {
            host.base_url = host.base_url.take().or_else(|| BaseUrl::of_host(&host.host));
            let api = host.base_url.as_ref().map(|base| base.below("/api/v4"));
            host.api_base_url = host.api_base_url.take().or(api);
        }
        for host in &mut self.bitbucket_cloud {
            host.api_base_url = host
                .api_base_url
                .take()
                .or_else(|| BaseUrl::known("https://api.bitbucket.org/2.0"));
            host.token_url = host
                .token_url
                .take()
                .or_else(|| BaseUrl::known("https://bitbucket.org/site/oauth2/access_token"));
        }
        for host in &mut self.bitbucket_server {
            let api = BaseUrl::of_host(&host.host).map(|base| base.below("/rest/api/1.0"));
            host.api_base_url = host.api_base_url.take().or(api);
        }
        for host in &mut self.gitea {
            host.base_url = host.base_url.take().or_else(|| BaseUrl::of_host(&host.host));
        }
        for host in &mut self.azure {
            host.api_base_url = host.api_base_url.take().or_else(|| BaseUrl::of_host(&host.host));
            for credential in &mut host.credentials {
                let public = || BaseUrl::known("https://login.microsoftonline.com");
                credential.authority_host = credential.authority_host.take().or_else(public);
            }
        }
    }
}
