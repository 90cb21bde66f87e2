//! Search in the shape that Backstage's frontend reads.

use serde_json::json;
use sqlx::PgPool;

use crate::support::{app::TestApp, fake_catalog::entity};

#[sqlx::test(migrations = "./migrations")]
async fn entities_are_found_as_documents(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let mut shop = entity("Component", "Shop");
    shop["metadata"]["description"] = json!("Sells.");
    shop["spec"] = json!({"type": "service", "owner": "team-a"});
    app.catalog.put(&shop);
    let answer = app
        .get("/api/search/query?term=shop&types%5B0%5D=software-catalog&filters%5Bkind%5D=Component&pageLimit=10")
        .await;
    assert_eq!(
        answer.json(),
        json!({
            "results": [{
                "type": "software-catalog",
                "rank": 1,
                "document": {
                    "title": "Shop", "text": "Sells.", "componentType": "service", "type": "service", "namespace": "default",
                    "kind": "Component", "lifecycle": "", "owner": "team-a", "location": "/catalog/default/component/shop",
                },
            }],
            "numberOfResults": 1,
        })
    );
    let (_, asked) = app.catalog.last("search_entities");
    for part in ["query: \"shop\"", "kinds: [\"Component\"]", "limit: Some(10)"] {
        assert!(asked.contains(part), "{asked}");
    }
    app.get("/api/search/query?types[]=techdocs").await.assert_error(
        400,
        "InputError",
        "Invalid query string: types: there is no type 'techdocs', only 'software-catalog'",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn results_are_counted_by_their_fields_where_that_is_asked_for(pool: PgPool) {
    let app = TestApp::start(pool).await;
    app.catalog.put(&entity("Component", "Shop"));
    let answer = app.get("/api/search/query?term=shop&facets[]=kind&pageLimit=0").await;
    assert_eq!(
        answer.json()["facets"],
        json!({"kind": [{"value": "Component", "count": 1}]})
    );
    let plain = app.get("/api/search/query?term=shop").await;
    assert_eq!(plain.json().get("facets"), None, "as upstream answers");
}
