//! The part of the configuration that the launcher makes: which database, which secret, which ports.

use serde_json::{Map, Value, json};

use crate::{Addresses, Unit};

/// What goes into the generated configuration.
pub(crate) struct Overlay<'a> {
    pub(crate) database_url: &'a str,
    pub(crate) database_prefix: &'a str,
    pub(crate) secret: &'a str,
    /// Set when the launcher chose the ports.
    pub(crate) addresses: Option<&'a Addresses>,
}

impl Overlay<'_> {
    /// The configuration as YAML (JSON is YAML).
    pub(crate) fn to_yaml(&self) -> String {
        let mut backend = json!({
            "auth": { "keys": [{ "secret": self.secret }] },
            "database": {
                "client": "pg",
                "connection": self.database_url,
                "prefix": self.database_prefix,
            },
        });
        let mut document = Map::new();
        if let Some(addresses) = self.addresses {
            let services: Map<String, Value> = addresses
                .iter()
                .map(|(unit, addresses)| {
                    let mut service = json!({ "adminListen": addresses.admin.to_string() });
                    if unit != Unit::Gateway {
                        service["listen"] = json!(addresses.listen.to_string());
                        service["address"] = json!(addresses.listen.to_string());
                    }
                    (unit.name().to_owned(), service)
                })
                .collect();
            backend["services"] = Value::Object(services);
            if let Some(gateway) = addresses.of(Unit::Gateway) {
                let url = format!("http://localhost:{}", gateway.listen.port());
                backend["listen"] = json!(gateway.listen.to_string());
                backend["baseUrl"] = json!(url);
                document.insert("app".to_owned(), json!({ "baseUrl": url }));
            }
        }
        document.insert("backend".to_owned(), backend);
        format!(
            "# Written by the launcher at every start; change app-config.yaml or a --config file instead.\n{:#}\n",
            Value::Object(document)
        )
    }
}

#[cfg(test)]
mod tests {
    use callboard_service_kit::config::Config;

    use super::*;

    #[test]
    fn what_is_generated_is_read_back_by_the_units() {
        let addresses = Addresses::free(&Unit::ALL).unwrap();
        let yaml = Overlay {
            database_url: "postgres://callboard:pw@127.0.0.1:1/postgres",
            database_prefix: "callboard_test_",
            secret: "c2VjcmV0",
            addresses: Some(&addresses),
        }
        .to_yaml();
        let config = Config::from_yaml(&yaml).unwrap();
        let text = |key: &str| config.get::<String>(key).unwrap().unwrap();
        assert_eq!(text("backend.database.prefix"), "callboard_test_");
        let catalog = addresses.of(Unit::Catalog).unwrap();
        assert_eq!(text("backend.services.catalog.address"), catalog.listen.to_string());
        assert_eq!(text("backend.services.catalog.adminListen"), catalog.admin.to_string());
        assert!(text("app.baseUrl").ends_with(&addresses.of(Unit::Gateway).unwrap().listen.port().to_string()));
    }
}
