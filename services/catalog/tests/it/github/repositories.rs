use callboard_catalog::ingest::location_events::{Change, LocationEvent, News};
use serde_json::json;
use sqlx::PgPool;

use super::{GitHub, emitted, find, follow, held, ingest, repository, run};

const PROVIDER: &str = "github: { organization: acme, host: HOST, pageSizes: { repositories: 2 } }";
const VALIDATING: &str = "github: { organization: acme, host: HOST, validateLocationsExist: true }";

/// The targets of the Locations that are held, below the organisation.
async fn targets(pool: &PgPool, provider: &dyn callboard_catalog::ingest::provider::Provider) -> Vec<String> {
    let mut targets = Vec::new();
    for entity_ref in held(pool, provider).await {
        let location = emitted(pool, &entity_ref).await;
        assert_eq!(location["spec"]["presence"], "optional");
        let target = location["spec"]["target"].as_str().unwrap();
        targets.push(target.split_once("/acme/").unwrap().1.to_owned());
    }
    targets.sort_unstable();
    targets
}

fn news(change: Change, url: String, is_repository: bool) -> News {
    News {
        locations: vec![LocationEvent {
            change,
            url,
            is_repository,
        }],
        organizations: Vec::new(),
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn repositories_are_found_page_by_page_and_those_that_go_are_let_go(pool: PgPool) {
    let github = GitHub::start().await;
    let names = ["a", "b", "c", "d", "e"];
    github.state.lock().repositories = names.map(|name| repository(&github.host.address, name)).to_vec();
    github.state.lock().repositories[1]["isArchived"] = json!(true);
    github.state.lock().repositories[2]["defaultBranchRef"] = json!({"name": "trunk"});
    let ingest = ingest(&pool, &github.config("secret-token", PROVIDER));
    let provider = find(&ingest, "github-provider:default");
    assert_eq!(run(&ingest, &*provider).await, None);
    assert_eq!(github.asked(), 3);
    let main = |name: &str| format!("{name}/blob/main/catalog-info.yaml");
    assert_eq!(
        targets(&pool, &*provider).await,
        [
            main("a"),
            "c/blob/trunk/catalog-info.yaml".to_owned(),
            main("d"),
            main("e")
        ]
    );

    github.state.lock().repositories.remove(0);
    assert_eq!(run(&ingest, &*provider).await, None);
    assert_eq!(targets(&pool, &*provider).await.len(), 3);
    // An organisation that the token no longer shows is an error, not an empty one.
    let blind = super::ingest(
        &pool,
        &github.config("secret-token", &PROVIDER.replace("acme", "other")),
    );
    let error = run(&blind, &*find(&blind, "github-provider:default")).await.unwrap();
    assert!(error.contains("knows no organisation or user other"), "{error}");
    assert_eq!(targets(&pool, &*provider).await.len(), 3);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_run_that_was_broken_off_goes_on_where_it_was(pool: PgPool) {
    for within_answer in [false, true] {
        let github = GitHub::start().await;
        let names = ["a", "b", "c", "d", "e"];
        github.state.lock().repositories = names.map(|name| repository(&github.host.address, name)).to_vec();
        github.state.lock().patience = Some(2);
        github.state.lock().within_answer = within_answer;
        let config = github.config("secret-token", PROVIDER);
        let limited = ingest(&pool, &config);
        let provider = find(&limited, "github-provider:default");
        for _ in 0..2 {
            let error = run(&limited, &*provider).await.unwrap();
            assert!(error.contains("(rate limit exceeded)"), "{error}");
        }
        assert_eq!(github.asked(), 3, "it is left alone");
        assert_eq!(targets(&pool, &*provider).await.len(), 4, "two pages are in");

        // Another replica, which has not been told to leave it alone, asks for the one page that is missing.
        github.state.lock().patience = None;
        let other = ingest(&pool, &config);
        assert_eq!(run(&other, &*find(&other, "github-provider:default")).await, None);
        assert_eq!(github.asked(), 4);
        assert_eq!(targets(&pool, &*provider).await.len(), 5);
        sqlx::query("DELETE FROM provider_run").execute(&pool).await.unwrap();
        other.apply_full(provider.name(), Vec::new()).await.unwrap();
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_host_that_stumbles_is_asked_again_and_a_wrong_token_is_told(pool: PgPool) {
    let github = GitHub::start().await;
    github.state.lock().repositories = vec![repository(&github.host.address, "a")];
    github.state.lock().failures = vec![502];
    let config = github.config("secret-token", PROVIDER);
    let right = ingest(&pool, &config);
    assert_eq!(run(&right, &*find(&right, "github-provider")).await, None);
    assert_eq!(github.asked(), 2);

    let wrong = ingest(&pool, &config.replace("secret-token", "wrong-token"));
    let provider = find(&wrong, "github-provider");
    let error = run(&wrong, &*provider).await.unwrap();
    assert!(error.contains("401") && !error.contains("wrong-token"), "{error}");
    let without = ingest(&pool, &config.replace(", token: secret-token", ""));
    let error = run(&without, &*find(&without, "github-provider")).await.unwrap();
    assert!(error.contains("there are no credentials for acme"), "{error}");
    assert_eq!(targets(&pool, &*provider).await.len(), 1, "what was found stays");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn news_of_a_repository_change_what_is_held_of_it_and_nothing_else(pool: PgPool) {
    let github = GitHub::start().await;
    let address = github.host.address.clone();
    github.state.lock().repositories = vec![repository(&address, "shop"), repository(&address, "desk")];
    let ingest = ingest(&pool, &github.config("secret-token", PROVIDER));
    let provider = find(&ingest, "github-provider");
    assert_eq!(run(&ingest, &*provider).await, None);
    let url = |name: &str| format!("https://{address}/acme/{name}");
    let asked = github.asked();

    // Created: it is asked for alone.
    github.state.lock().repositories.push(repository(&address, "new"));
    follow(&ingest, news(Change::Created, url("new"), true)).await;
    assert_eq!(github.asked(), asked + 1);
    assert_eq!(targets(&pool, &*provider).await.len(), 3);

    // Archived, and back.
    for (is_archived, held) in [(true, 2), (false, 3)] {
        github.state.lock().repositories[0]["isArchived"] = json!(is_archived);
        follow(&ingest, news(Change::Updated, url("shop"), true)).await;
        assert_eq!(targets(&pool, &*provider).await.len(), held);
    }

    // Renamed.
    github.state.lock().repositories[0] = repository(&address, "store");
    follow(&ingest, news(Change::Moved(url("store")), url("shop"), true)).await;
    let main = |name: &str| format!("{name}/blob/main/catalog-info.yaml");
    assert_eq!(
        targets(&pool, &*provider).await,
        [main("desk"), main("new"), main("store")]
    );

    // Deleted, twice. And somebody else's, and files of ours that say nothing new.
    github.state.lock().repositories.remove(1);
    let asked = github.asked();
    for _ in 0..2 {
        follow(&ingest, news(Change::Deleted, url("desk"), true)).await;
    }
    follow(
        &ingest,
        news(Change::Created, "https://example.com/acme/x".to_owned(), true),
    )
    .await;
    follow(
        &ingest,
        news(Change::Created, format!("https://{address}/others/x"), true),
    )
    .await;
    follow(
        &ingest,
        news(Change::Created, url("store/blob/main/catalog-info.yaml"), false),
    )
    .await;
    assert_eq!(targets(&pool, &*provider).await, [main("new"), main("store")]);
    assert_eq!(github.asked(), asked);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn where_files_are_made_sure_of_they_decide(pool: PgPool) {
    let github = GitHub::start().await;
    let address = github.host.address.clone();
    github.state.lock().repositories = vec![repository(&address, "shop"), repository(&address, "bare")];
    github.state.lock().repositories[1]["file"] = json!(null);
    let ingest = ingest(&pool, &github.config("secret-token", VALIDATING));
    let provider = find(&ingest, "github-provider");
    assert_eq!(run(&ingest, &*provider).await, None);
    assert_eq!(targets(&pool, &*provider).await.len(), 1);

    let file = |path: &str| format!("https://{address}/acme/bare/blob/main/{path}");
    let asked = github.asked();
    follow(&ingest, news(Change::Created, file("README.md"), false)).await;
    follow(&ingest, news(Change::Updated, file("catalog-info.yaml"), false)).await;
    assert_eq!(github.asked(), asked, "neither brings the file");
    github.state.lock().repositories[1]["file"] = json!({"__typename": "Blob", "byteSize": 3});
    follow(&ingest, news(Change::Created, file("catalog-info.yaml"), false)).await;
    assert_eq!(targets(&pool, &*provider).await.len(), 2);
    github.state.lock().repositories[1]["file"] = json!(null);
    follow(&ingest, news(Change::Deleted, file("catalog-info.yaml"), false)).await;
    assert_eq!(targets(&pool, &*provider).await.len(), 1);
    assert_eq!(github.asked(), asked + 2);
}
