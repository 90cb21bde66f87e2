//! The web app beside the API.

use http::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use tempfile::TempDir;

use crate::support::app::TestApp;

async fn with_app(pool: PgPool) -> (TestApp, TempDir) {
    let directory = tempfile::tempdir().expect("a directory");
    let write = |name: &str, text: &str| {
        let path = directory.path().join("dist").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        std::fs::write(path, text).expect("a file");
    };
    write(
        "index.html",
        "<!doctype html><html><head><title>x</title></head><body></body></html>",
    );
    write("static/main.abc.js", "main();");
    write("static/main.abc.js.br", "compressed");
    write("static/large.def.js", &"call();".repeat(1000));
    write("logo.svg", "<svg/>");
    std::fs::write(directory.path().join("secret.txt"), "secret").expect("a file");
    let dist = directory.path().join("dist");
    let settings = format!(
        "app: {{title: 'A </script> title', baseUrl: 'http://localhost:7007'}}\n\
         auth: {{environment: development, providers: {{guest: {{}}}}}}\n\
         gateway: {{frontend: {{directory: '{}'}}}}\n",
        dist.display()
    );
    (TestApp::with_settings(pool, &settings).await, directory)
}

#[sqlx::test(migrations = "./migrations")]
async fn every_path_is_the_page_with_its_configuration(pool: PgPool) {
    let (app, _directory) = with_app(pool).await;
    for path in [
        "/",
        "/index.html",
        "/catalog/default/component/a",
        "/catalog?filters[kind]=api",
    ] {
        let page = app.call(Method::GET, path).send().await;
        assert_eq!(
            (page.status.as_u16(), page.header("content-type")),
            (200, Some("text/html; charset=utf-8")),
            "{path}"
        );
        assert_eq!(page.header("cache-control"), Some("no-store, max-age=0"));
        let text = page.text();
        let (_, rest) = text
            .split_once("<script type=\"backstage.io/config\">")
            .expect("a configuration");
        let config: Value = serde_json::from_str(rest.split_once("</script>").expect("an end").0).expect("JSON");
        assert_eq!(config[0]["data"]["app"]["title"], "A </script> title");
        assert_eq!(
            config[0]["data"]["auth"],
            json!({"environment": "development", "providers": {"guest": {}}})
        );
        assert!(!text.contains("dGhlLXNlY3JldC1vZi10aGUtdGVzdHM"), "secrets stay here");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn hashed_files_are_kept_for_ever_and_others_are_not(pool: PgPool) {
    let (app, _directory) = with_app(pool).await;
    let script = app.call(Method::GET, "/static/main.abc.js").send().await;
    assert_eq!((script.status.as_u16(), script.text().as_str()), (200, "main();"));
    assert_eq!(
        script.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    let compressed = app
        .call(Method::GET, "/static/main.abc.js")
        .header("accept-encoding", "br")
        .send()
        .await;
    assert_eq!(
        (compressed.header("content-encoding"), compressed.text().as_str()),
        (Some("br"), "compressed")
    );
    // What the build did not compress is compressed on its way.
    let large = app
        .call(Method::GET, "/static/large.def.js")
        .header("accept-encoding", "gzip")
        .send()
        .await;
    assert_eq!(
        (large.status.as_u16(), large.header("content-encoding")),
        (200, Some("gzip"))
    );
    assert!(large.body.len() < 1000);
    let logo = app.call(Method::GET, "/logo.svg").send().await;
    assert_eq!(
        (logo.header("content-type"), logo.header("cache-control")),
        (Some("image/svg+xml"), Some("no-cache"))
    );
    assert_eq!(app.call(Method::GET, "/static/old.js").send().await.status, 404);
}

#[sqlx::test(migrations = "./migrations")]
async fn nothing_outside_the_directory_is_served(pool: PgPool) {
    let (app, _directory) = with_app(pool).await;
    for path in [
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/static/..%2f..%2fsecret.txt",
        "/static/%2e%2e/%2e%2e/secret.txt",
    ] {
        let answer = app.call(Method::GET, path).send().await;
        assert!(!answer.text().contains("secret"), "{path}");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn without_a_build_the_page_says_so(pool: PgPool) {
    let app = TestApp::with_settings(pool, "gateway: {frontend: {directory: /nowhere}}\n").await;
    let page = app.call(Method::GET, "/").send().await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("has not been built"));
    assert_eq!(app.call(Method::POST, "/").send().await.status, 404);
}

#[sqlx::test(migrations = "./migrations")]
async fn what_browsers_see_follows_the_configuration(pool: PgPool) {
    let (app, _directory) = with_app(pool).await;
    let page = async || app.call(Method::GET, "/").send().await.text();
    assert!(!page().await.contains("Another title"));
    app.change_settings("A </script> title", "Another title");
    while !page().await.contains("Another title") {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
