//! Which pages may show what this gateway serves in a frame: the portal's, wherever it is.

use callboard_service_kit::config::{Config, ConfigError};
use serde::Deserialize;
use url::Url;

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// The sources of a `frame-ancestors` directive: this origin, that of `app.baseUrl`, and those of `backend.cors.origin`.
pub(super) fn frame_ancestors(config: &Config) -> Result<String, ConfigError> {
    let app = config.get::<String>("app.baseUrl")?;
    let app = app
        .and_then(|url| Url::parse(&url).ok())
        .map(|url| url.origin().ascii_serialization());
    let others = match config.get::<OneOrMany>("backend.cors.origin")? {
        None => Vec::new(),
        Some(OneOrMany::One(origin)) => vec![origin],
        Some(OneOrMany::Many(origins)) => origins,
    };
    let mut sources = vec!["'self'".to_owned()];
    let sensible = |source: &String| source.starts_with("http") && !source.contains([' ', ';', ',', '{', '[']);
    for source in app.into_iter().chain(others).filter(sensible) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Ok(sources.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portal_may_frame_wherever_it_is() {
        let yaml = "{app: {baseUrl: 'http://localhost:3000/portal'}, backend: {cors: {origin: ['https://*.example.com', '*', 'http://localhost:3000']}}}";
        let config = Config::from_yaml(yaml).expect("YAML");
        assert_eq!(
            frame_ancestors(&config).expect("a directive"),
            "'self' http://localhost:3000 https://*.example.com"
        );
        assert_eq!(
            frame_ancestors(&Config::from_yaml("a: 1").expect("YAML")).expect("a directive"),
            "'self'"
        );
    }
}
