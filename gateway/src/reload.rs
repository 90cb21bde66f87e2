//! What of the configuration applies without a restart: what browsers may see of it, and the certificate of the front door.

use callboard_service_kit::config::Config;
use tokio_util::sync::CancellationToken;

use crate::{
    config::{frontend::FrontendConfig, https::HttpsConfig},
    gateway::Gateway,
};

/// Follows the files that a configuration was read from, until `stop`.
pub async fn follow_configuration(gateway: Gateway, config: Config, stop: CancellationToken) {
    config
        .follow(stop, move |config| {
            show(&gateway, config);
            replace_certificate(&gateway, config);
        })
        .await;
}

fn show(gateway: &Gateway, config: &Config) {
    match FrontendConfig::load(config) {
        Ok(frontend) => gateway.frontend().show(&frontend.visible),
        Err(error) => tracing::error!(%error, "the configuration has changed, and browsers do not see it"),
    }
}

/// Whether there is TLS at all is decided at the start.
fn replace_certificate(gateway: &Gateway, config: &Config) {
    let (Some(tls), Ok(Some(https))) = (gateway.tls(), HttpsConfig::load(config)) else {
        return;
    };
    match tls.replace(&https) {
        Ok(true) => tracing::info!("new connections get another certificate"),
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "the certificate has changed, and cannot be used"),
    }
}
