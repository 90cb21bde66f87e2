//! Files that one replica has read are not sent to the next one again.

use callboard_catalog::{reader::Readers, settings::Settings};
use callboard_service_kit::{cache::Cache, config::Config};
use uuid::Uuid;

use super::{Host, answer, read};

/// Reads for a replica whose `backend.cache` is shared.
fn replica(host: &Host, token: &str, store: &str, connection: &str, unit: &str) -> Readers {
    let yaml = format!(
        "backend: {{ cache: {{ store: {store}, connection: '{connection}' }} }}\n\
         integrations: {{ gitea: [{{ host: '{0}', baseUrl: 'http://{0}', password: {token} }}] }}",
        host.address
    );
    let config = Config::from_yaml(&yaml).unwrap();
    let mut settings = Settings::from_config(&config).unwrap();
    settings.cache = Some(Cache::from_config(&config, unit).unwrap());
    Readers::new(&settings).unwrap()
}

#[tokio::test]
async fn a_file_is_sent_once_to_all_replicas_and_to_nobody_without_rights() {
    let stores = [
        (
            "redis",
            std::env::var("CALLBOARD_TEST_REDIS_URL").expect("a Redis to test with"),
        ),
        (
            "memcache",
            std::env::var("CALLBOARD_TEST_MEMCACHE").expect("a memcached to test with"),
        ),
    ];
    for (store, connection) in stores {
        let host = Host::start(
            |seen| match (seen.authorization.as_str(), seen.if_none_match.as_str()) {
                ("token good", "\"v1\"") => answer(304, &[], ""),
                ("token good", _) => answer(200, &[("etag", "\"v1\"")], "kind: Component"),
                _ => answer(404, &[], "{}"),
            },
        )
        .await;
        let unit = format!("test-{}", Uuid::new_v4().simple());
        let target = format!("https://{}/acme/shop/src/branch/main/catalog-info.yaml", host.address);
        let expected = ("kind: Component".to_owned(), Some("\"v1\"".to_owned()));
        for _ in 0..3 {
            // Each of them new, as after a restart.
            let replica = replica(&host, "good", store, &connection, &unit);
            assert_eq!(read(&replica, &target).await.unwrap(), expected, "{store}");
        }
        let sent = host.conditions();
        assert_eq!(
            sent,
            ["", "\"v1\"", "\"v1\""],
            "{store}: the file itself is asked for once"
        );
        let stranger = replica(&host, "bad", store, &connection, &unit);
        read(&stranger, &target).await.unwrap_err();
    }
}
