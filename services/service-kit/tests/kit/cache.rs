use std::{
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use bytes::Bytes;
use callboard_service_kit::{
    cache::{Cache, CacheNamespace},
    config::Config,
};

use crate::support::{TestProcess, free_port, variable};

/// What one operation may cost at most: the bound of 50 ms and something for a busy machine.
const BOUND: Duration = Duration::from_millis(250);

fn cache(store: &str, connection: &str, unit: &str) -> Cache {
    let yaml = format!("backend: {{cache: {{store: {store}, connection: '{connection}'}}}}");
    Cache::from_config(&Config::from_yaml(&yaml).unwrap(), unit).unwrap()
}

/// A unit name that no other test run has used.
fn fresh_unit() -> String {
    format!("test-{}", uuid::Uuid::new_v4().simple())
}

async fn behaves(cache: Cache) {
    let (pages, other) = (cache.namespace("pages"), cache.namespace("other"));
    assert_eq!(pages.get("a").await, None);
    pages.set("a", Bytes::from_static(b"one"), None).await;
    assert_eq!(pages.get("a").await, Some(Bytes::from_static(b"one")));
    assert_eq!(other.get("a").await, None, "purposes are apart");
    pages.set("a", Bytes::from_static(b"two"), None).await;
    assert_eq!(pages.get("a").await, Some(Bytes::from_static(b"two")));
    pages.delete("a").await;
    pages.delete("never there").await;
    assert_eq!(pages.get("a").await, None);

    let minute = Duration::from_mins(1);
    assert_eq!(pages.add("counter", 1, minute).await, Some(1));
    assert_eq!(pages.add("counter", 2, minute).await, Some(3));
    assert_eq!(other.add("counter", 1, minute).await, Some(1));
    assert_eq!(pages.add("short counter", 5, Duration::from_secs(1)).await, Some(5));

    let long = "a long key with spaces\r\n and an é ".repeat(40);
    pages.set(&long, Bytes::from_static(b"\x00\xff"), None).await;
    assert_eq!(pages.get(&long).await, Some(Bytes::from_static(b"\x00\xff")));
    pages.set("empty", Bytes::new(), None).await;
    assert_eq!(pages.get("empty").await, Some(Bytes::new()));
    let large = Bytes::from(vec![7; 500_000]);
    pages.set("large", large.clone(), None).await;
    assert_eq!(pages.get("large").await, Some(large));

    pages
        .set("short", Bytes::from_static(b"x"), Some(Duration::from_secs(1)))
        .await;
    assert!(pages.get("short").await.is_some());
    tokio::time::sleep(Duration::from_millis(2200)).await;
    assert_eq!(pages.get("short").await, None, "its life is over");
    assert_eq!(pages.add("short counter", 1, minute).await, Some(1), "it began anew");
    assert_eq!(pages.add("counter", 1, minute).await, Some(4));
    assert!(pages.get("empty").await.is_some(), "the others live on");
}

#[tokio::test]
async fn memory_behaves() {
    behaves(Cache::from_config(&Config::from_yaml("a: 1").unwrap(), "test").unwrap()).await;
}

#[tokio::test]
async fn redis_behaves() {
    behaves(cache("redis", &variable("CALLBOARD_TEST_REDIS_URL"), &fresh_unit())).await;
}

#[tokio::test]
async fn memcache_behaves() {
    behaves(cache("memcache", &variable("CALLBOARD_TEST_MEMCACHE"), &fresh_unit())).await;
}

/// A memcached that answers only those who sign in, with one user.
async fn start_memcached_with_sasl(folder: &std::path::Path, port: u16) -> TestProcess {
    let database = folder.join("sasldb2");
    let configuration = format!("mech_list: plain\nsasldb_path: {}\n", database.display());
    std::fs::write(folder.join("memcached.conf"), configuration).unwrap();
    // Debian keeps it where only root looks.
    let script = format!(
        "printf %s 'secret-pw' | PATH=$PATH:/usr/sbin saslpasswd2 -p -a memcached -c -f {} portal",
        database.display()
    );
    let made = std::process::Command::new("sh").args(["-c", &script]).status().unwrap();
    assert!(
        made.success(),
        "saslpasswd2 of the package sasl2-bin is missing; ./dev test installs it"
    );
    // Root starts it as another user.
    let readable = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(&database, readable).unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let port_text = port.to_string();
    let arguments = ["-S", "-p", &port_text, "-l", "127.0.0.1", "-u", "nobody", "-U", "0"];
    let environment = [("SASL_CONF_PATH", folder.to_str().unwrap())];
    TestProcess::start_with("memcached", &arguments, &environment, port).await
}

#[tokio::test]
async fn memcached_that_asks_for_a_password_gets_it() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let _server = start_memcached_with_sasl(folder.path(), port).await;
    let cached = async |user: &str| {
        let cache = cache("memcache", &format!("{user}127.0.0.1:{port}"), &fresh_unit()).namespace("x");
        cache.set("k", Bytes::from_static(b"v"), None).await;
        cache.get("k").await.is_some()
    };
    assert!(cached("portal:secret-pw@").await);
    assert!(!cached("portal:wrong@").await);
    assert!(!cached("").await);
}

#[tokio::test]
async fn replicas_share_and_units_do_not() {
    let url = variable("CALLBOARD_TEST_REDIS_URL");
    let unit = fresh_unit();
    cache("redis", &url, &unit)
        .namespace("x")
        .set("k", Bytes::from_static(b"v"), None)
        .await;
    assert!(cache("redis", &url, &unit).namespace("x").get("k").await.is_some());
    assert!(
        cache("redis", &url, &fresh_unit())
            .namespace("x")
            .get("k")
            .await
            .is_none()
    );
}

/// Uses a cache while its server is frozen, killed and started again.
async fn survives(cache: &CacheNamespace, start: impl AsyncFn() -> TestProcess) {
    let server = start().await;
    works_again(cache).await;

    server.freeze().await;
    misses_quickly(cache).await;
    server.thaw();
    works_again(cache).await;

    drop(server);
    misses_quickly(cache).await;
    let _server = start().await;
    works_again(cache).await;
}

async fn misses_quickly(cache: &CacheNamespace) {
    let mut total = Duration::ZERO;
    for _ in 0..20 {
        let begin = Instant::now();
        assert_eq!(cache.get("k").await, None);
        let took = begin.elapsed();
        assert!(took < BOUND, "a miss took {took:?}");
        total += took;
    }
    // Without the circuit it would be twenty times the bound.
    assert!(total < BOUND * 4, "twenty misses took {total:?}");
}

async fn works_again(cache: &CacheNamespace) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while Instant::now() < deadline {
        cache.set("k", Bytes::from_static(b"v"), None).await;
        if cache.get("k").await.is_some() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the cache does not come back");
}

#[tokio::test]
async fn redis_may_freeze_and_die_in_use() {
    let port = free_port();
    let cache = cache("redis", &format!("redis://127.0.0.1:{port}/1"), "test").namespace("x");
    let port_text = port.to_string();
    let arguments = [
        "--port",
        &port_text,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ];
    survives(&cache, async || {
        TestProcess::start("redis-server", &arguments, port).await
    })
    .await;
}

#[tokio::test]
async fn memcached_may_freeze_and_die_in_use() {
    let port = free_port();
    let cache = cache("memcache", &format!("127.0.0.1:{port}"), "test").namespace("x");
    let port_text = port.to_string();
    let arguments = ["-p", &port_text, "-l", "127.0.0.1", "-u", "nobody", "-U", "0"];
    survives(&cache, async || TestProcess::start("memcached", &arguments, port).await).await;
}
