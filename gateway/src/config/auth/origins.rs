//! The origins that sign-in serves: `app.baseUrl` and `auth.experimentalExtraAllowedOrigins`.

use callboard_service_kit::config::{Config, ConfigError};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use url::Url;

const EXTRA: &str = "auth.experimentalExtraAllowedOrigins";

/// Where sign-in may come from and lead back to: answers with tokens go nowhere else.
#[derive(Debug)]
pub struct Origins {
    app: Url,
    extra: GlobSet,
}

impl Origins {
    /// Reads the keys. Without `app.baseUrl` the gateway serves the app itself.
    pub(super) fn load(config: &Config, backend: &Url) -> Result<Self, ConfigError> {
        let app = match config.get::<String>("app.baseUrl")? {
            Some(text) => Url::parse(&text)
                .map_err(|error| config.invalid("app.baseUrl", format!("{text:?} is not a URL: {error}")))?,
            None => backend.clone(),
        };
        let mut extra = GlobSetBuilder::new();
        for pattern in config.get_or::<Vec<String>>(EXTRA, Vec::new())? {
            let glob = GlobBuilder::new(&pattern)
                .case_insensitive(true)
                .literal_separator(true)
                .build()
                .map_err(|error| config.invalid(EXTRA, error.to_string()))?;
            extra.add(glob);
        }
        let extra = extra
            .build()
            .map_err(|error| config.invalid(EXTRA, error.to_string()))?;
        Ok(Self { app, extra })
    }

    /// The origin of the app.
    pub fn app(&self) -> String {
        self.app.origin().ascii_serialization()
    }

    /// The host of the app.
    pub fn app_host(&self) -> Option<&str> {
        self.app.host_str()
    }

    /// Whether the origin of a URL is one of them.
    pub fn allow(&self, url: &Url) -> bool {
        let origin = url.origin();
        let text = origin.ascii_serialization();
        origin.is_tuple() && (origin == self.app.origin() || self.extra.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_the_app_and_what_is_listed() {
        let yaml = "app: {baseUrl: 'https://portal.example.com/sub'}\n\
                    auth: {experimentalExtraAllowedOrigins: ['https://*.preview.example.com']}";
        let config = Config::from_yaml(yaml).expect("YAML");
        let origins = Origins::load(&config, &Url::parse("http://localhost:7007").expect("a URL")).expect("loads");
        assert_eq!(origins.app(), "https://portal.example.com");
        let cases = [
            ("https://portal.example.com/any", true),
            ("https://portal.example.com:444", false),
            ("http://portal.example.com", false),
            ("https://a.preview.example.com", true),
            ("https://a.b.preview.example.com.evil.com", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
        ];
        for (url, allowed) in cases {
            assert_eq!(origins.allow(&Url::parse(url).expect("a URL")), allowed, "{url}");
        }
    }
}
