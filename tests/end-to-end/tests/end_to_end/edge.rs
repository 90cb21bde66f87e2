//! The gateway before the real catalog: permissions, search and webhooks by REST, and how everything is.

use anyhow::{Context, Result, ensure};
use callboard_end_to_end::{
    file_server::{FileServer, Page},
    portal::{Portal, Setup},
    wait::until,
};
use callboard_local::Unit;
use callboard_service_kit::tls;
use http::Method;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::descriptors::component;

const TOKEN: &str = "token-of-a-program";
const HOOK: &str = "secret-of-the-webhook";

/// A client without anything special.
fn client() -> Client {
    tls::install_provider();
    Client::new()
}

/// A caller with a token.
struct Person<'a> {
    client: Client,
    portal: &'a Portal,
    token: String,
}

impl<'a> Person<'a> {
    fn with(portal: &'a Portal, token: impl Into<String>) -> Self {
        Self {
            client: client(),
            portal,
            token: token.into(),
        }
    }

    /// A guest who has signed in.
    async fn guest(portal: &'a Portal) -> Result<Self> {
        let nobody = Self::with(portal, "");
        let (_, session) = nobody.ask(Method::GET, "/api/auth/guest/refresh", None).await?;
        let token = session["backstageIdentity"]["token"].as_str().context("a token")?;
        Ok(Self::with(portal, token))
    }

    async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Result<(StatusCode, Value)> {
        let url = format!("{}{path}", self.portal.stack.gateway_url());
        let mut request = self.client.request(method, url);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let status = answer.status();
        Ok((
            status,
            serde_json::from_slice(&answer.bytes().await?).unwrap_or(Value::Null),
        ))
    }

    async fn get(&self, path: &str) -> Result<Value> {
        let (status, body) = self.ask(Method::GET, path, None).await?;
        ensure!(status == StatusCode::OK, "{path}: {status} {body}");
        Ok(body)
    }

    /// The names of the components that are seen.
    async fn components(&self) -> Result<Vec<String>> {
        let page = self
            .get("/api/catalog/entities/by-query?filter=kind=component&orderField=metadata.name,asc")
            .await?;
        let items = page["items"].as_array().context("items")?;
        ensure!(page["totalItems"] == items.len(), "{page}");
        Ok(items
            .iter()
            .filter_map(|item| Some(item["metadata"]["name"].as_str()?.to_owned()))
            .collect())
    }
}

fn setup() -> Result<Setup> {
    let owned = component("mine").replace("owner: team", "owner: user:development/guest");
    let confidential = component("secret").replace("  name:", "  labels: {confidential: 'true'}\n  name:");
    Setup::new()?
        .config(json!({
            "backend": { "auth": {
                "dangerouslyDisableDefaultAuthPolicy": false,
                "externalAccess": [{ "type": "static", "options": { "token": TOKEN, "subject": "program" } }],
            } },
            "auth": { "providers": { "guest": {} } },
            "events": { "modules": { "gitlab": { "webhookSecret": HOOK } } },
            "permission": { "enabled": true, "policy": { "rules": [
                { "permissions": ["catalog.entity.read"], "effect": "deny",
                  "when": { "rule": "HAS_LABEL", "params": { "label": "confidential" } } },
                { "permissions": ["catalog.entity.read", "catalog.location.*"], "effect": "allow" },
                { "permissions": ["catalog.entity.delete"], "effect": "allow", "when": "isOwner" },
            ] } },
        }))
        .location(
            "catalog-info.yaml",
            &[owned, component("theirs"), confidential].concat(),
        )
}

#[tokio::test]
async fn a_policy_holds_for_every_way_to_ask() -> Result<()> {
    let portal = setup()?.start().await?;
    let program = Person::with(&portal, TOKEN);
    until("everything is there", async || {
        Ok(program.components().await?.len() == 3)
    })
    .await?;
    let guest = Person::guest(&portal).await?;
    ensure!(guest.components().await? == ["mine", "theirs"]);
    let by_name = |name: &str| format!("/api/catalog/entities/by-name/component/default/{name}");
    let secret = guest.ask(Method::GET, &by_name("secret"), None).await?.0;
    ensure!(secret == StatusCode::NOT_FOUND, "{secret}");
    let facets = guest
        .get("/api/catalog/entity-facets?facet=kind&filter=kind=component")
        .await?;
    ensure!(facets["facets"]["kind"][0]["count"] == 2, "{facets}");
    let refs = json!({ "entityRefs": ["component:default/secret", "component:default/mine"] });
    let (_, answer) = guest
        .ask(Method::POST, "/api/catalog/entities/by-refs", Some(&refs))
        .await?;
    ensure!(
        answer["items"][0].is_null() && answer["items"][1].is_object(),
        "{answer}"
    );
    let search = "/api/search/query?term=secret";
    until("who may see it finds it", async || {
        Ok(program.get(search).await?["numberOfResults"] == 1)
    })
    .await?;
    let found = guest.get(search).await?;
    ensure!(
        found["numberOfResults"] == 0 && found["results"] == json!([]),
        "{found}"
    );
    ensure!(Person::with(&portal, "").ask(Method::GET, search, None).await?.0 == StatusCode::UNAUTHORIZED);

    // What one owns may be deleted, and nothing else.
    let uid = async |name: &str| {
        let entity = program.get(&by_name(name)).await?;
        let uid = entity["metadata"]["uid"].as_str().context("a uid")?;
        anyhow::Ok(format!("/api/catalog/entities/by-uid/{uid}"))
    };
    for (name, expected) in [
        ("theirs", StatusCode::FORBIDDEN),
        ("secret", StatusCode::FORBIDDEN),
        ("mine", StatusCode::NO_CONTENT),
    ] {
        let status = guest.ask(Method::DELETE, &uid(name).await?, None).await?.0;
        ensure!(status == expected, "{name}: {status}");
    }
    // Everything is in the audit log, which is not for guests.
    let log = "/api/audit/v1/events?action=catalog.entity.delete";
    let entries = program.get(log).await?;
    let outcomes: Vec<_> = entries["items"]
        .as_array()
        .context("items")?
        .iter()
        .map(|item| &item["outcome"])
        .collect();
    ensure!(outcomes == ["succeeded", "refused", "refused"], "{entries}");
    ensure!(guest.ask(Method::GET, log, None).await?.0 == StatusCode::FORBIDDEN);
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_webhook_has_what_changed_read_at_once() -> Result<()> {
    let path = "/acme/shop/-/blob/main/catalog-info.yaml";
    let server = FileServer::start([(path, Page::Text(component("warehouse")))]).await?;
    let portal = setup()?
        .config(json!({ "catalog": { "processingInterval": { "hours": 1 } } }))
        .start()
        .await?;
    let program = Person::with(&portal, TOKEN);
    let location = json!({ "type": "url", "target": server.url(path) });
    let (status, body) = program
        .ask(Method::POST, "/api/catalog/locations", Some(&location))
        .await?;
    ensure!(status == StatusCode::CREATED, "{body}");
    let has = async |name: &str| Ok(program.components().await?.iter().any(|known| known == name));
    until("what is registered is there", async || has("warehouse").await).await?;

    server.put(path, Page::Text(component("warehouse") + &component("stockroom")));
    let push = json!({
        "object_kind": "push", "ref": "refs/heads/main",
        "project": { "web_url": server.url("/acme/shop") },
        "commits": [{ "added": [], "modified": ["catalog-info.yaml"], "removed": [] }], "total_commits_count": 1,
    });
    let hook = async |secret: &str| {
        let url = format!("{}/api/events/http/gitlab", portal.stack.gateway_url());
        let request = client().post(url).header("x-gitlab-token", secret);
        anyhow::Ok(
            request
                .header("x-gitlab-event", "Push Hook")
                .json(&push)
                .send()
                .await?
                .status(),
        )
    };
    ensure!(hook("guessed").await? == StatusCode::FORBIDDEN);
    ensure!(hook(HOOK).await? == StatusCode::ACCEPTED);
    until("the change is there", async || has("stockroom").await).await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn every_unit_is_shown_as_it_is() -> Result<()> {
    let mut portal = Setup::new()?
        .all_units()
        .config(json!({
            "backend": { "auth": {
                "dangerouslyDisableDefaultAuthPolicy": false,
                "externalAccess": [{ "type": "static", "options": { "token": TOKEN, "subject": "program" } }],
            } },
            "lighthouse": { "maxConcurrency": 0 },
        }))
        .start()
        .await?;
    let units = async |portal: &Portal| {
        let shown = Person::with(portal, TOKEN).get("/api/admin/v1/units").await?;
        let items = shown["items"].as_array().context("items")?.clone();
        anyhow::Ok(items)
    };
    let shown = units(&portal).await?;
    for unit in &shown {
        let replica = &unit["replicas"][0];
        ensure!(unit["status"] == "ok" && replica["status"] == "ok", "{unit}");
        ensure!(
            replica["version"].is_string() && replica["startedAt"].is_string(),
            "{unit}"
        );
    }
    portal.stack.kill(Unit::Proxy).await?;
    let shown = units(&portal).await?;
    let proxy = shown.iter().find(|unit| unit["name"] == "proxy").context("the proxy")?;
    ensure!(
        proxy["status"] == "down" && proxy["replicas"][0]["detail"].is_string(),
        "{proxy}"
    );
    ensure!(
        shown.iter().filter(|unit| unit["status"] == "ok").count() == 3,
        "{shown:?}"
    );
    portal.stop().await;
    Ok(())
}
