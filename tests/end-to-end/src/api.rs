//! The catalog's REST API, as far as tests use it.

use anyhow::{Context, Result, ensure};
use callboard_load::http_client::{Call, Connection, Target};
use http::StatusCode;
use serde_json::{Value, json};

/// A client of a gateway.
#[derive(Debug, Clone)]
pub struct Api {
    target: Target,
}

/// An answer: status and body.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its body; null when that is empty.
    pub body: Value,
}

impl Answer {
    /// `error.name` and `error.message` of an error body.
    pub fn error(&self) -> (&str, &str) {
        let text = |key: &str| self.body["error"][key].as_str().unwrap_or_default();
        (text("name"), text("message"))
    }
}

impl Api {
    /// A client of the gateway at this address.
    pub fn new(gateway_url: &str) -> Result<Self> {
        let target = Target::new(&gateway_url.parse()?, None)?;
        Ok(Self { target })
    }

    /// Sends a request to a path below `/api/catalog`.
    pub async fn send(&self, call: &Call) -> Result<Answer> {
        let answer = Connection::new(self.target.clone()).send(call).await?;
        let body = if answer.body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&answer.body).with_context(|| {
                let text = String::from_utf8_lossy(&answer.body);
                format!("{} answered no JSON: {text}", call.path())
            })?
        };
        Ok(Answer {
            status: answer.status,
            body,
        })
    }

    /// GET, of which everything but 200 is an error.
    pub async fn get(&self, path: &str) -> Result<Value> {
        let answer = self.send(&Call::get(path_of(path))).await?;
        ensure!(
            answer.status == StatusCode::OK,
            "{path} answered {}: {}",
            answer.status,
            answer.body
        );
        Ok(answer.body)
    }

    /// POST of JSON, whatever the answer.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        self.send(&Call::post(path_of(path), body)).await
    }

    /// DELETE, whatever the answer.
    pub async fn delete(&self, path: &str) -> Result<Answer> {
        self.send(&Call::delete(path_of(path))).await
    }

    /// All entities.
    pub async fn entities(&self) -> Result<Vec<Value>> {
        match self.get("/entities").await? {
            Value::Array(entities) => Ok(entities),
            other => anyhow::bail!("a list was expected: {other}"),
        }
    }

    /// How many entities there are.
    pub async fn total(&self) -> Result<u64> {
        let page = self.get("/entities/by-query?limit=0").await?;
        page["totalItems"].as_u64().context("a page without totalItems")
    }

    /// An entity by its full ref; none when there is no such entity.
    pub async fn entity(&self, entity_ref: &str) -> Result<Option<Value>> {
        let answer = self
            .post("/entities/by-refs", &json!({ "entityRefs": [entity_ref] }))
            .await?;
        ensure!(
            answer.status == StatusCode::OK,
            "{entity_ref}: {} {}",
            answer.status,
            answer.body
        );
        Ok(Some(answer.body["items"][0].clone()).filter(|entity| !entity.is_null()))
    }

    /// Registers a `url` location and answers its id and the ref of its Location entity.
    pub async fn register(&self, target: &str) -> Result<(String, String)> {
        let answer = self
            .post("/locations", &json!({ "type": "url", "target": target }))
            .await?;
        ensure!(
            answer.status == StatusCode::CREATED,
            "{target}: {} {}",
            answer.status,
            answer.body
        );
        let text = |key: &str| answer.body["location"][key].as_str().map(str::to_owned);
        text("id")
            .zip(text("entityRef"))
            .context("a location without id or entityRef")
    }

    /// Has an entity and the locations above it read again.
    pub async fn refresh(&self, entity_ref: &str) -> Result<()> {
        let answer = self.post("/refresh", &json!({ "entityRef": entity_ref })).await?;
        ensure!(
            answer.status == StatusCode::OK,
            "{entity_ref}: {} {}",
            answer.status,
            answer.body
        );
        Ok(())
    }
}

fn path_of(path: &str) -> String {
    format!("/api/catalog{path}")
}

/// An entity's full ref.
pub fn ref_of(entity: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_lowercase();
    let metadata = &entity["metadata"];
    format!(
        "{}:{}/{}",
        text(&entity["kind"]),
        text(&metadata["namespace"]),
        text(&metadata["name"])
    )
}

/// An annotation in the `backstage.io` domain.
pub fn annotation<'a>(entity: &'a Value, name: &str) -> Option<&'a str> {
    entity["metadata"]["annotations"][format!("backstage.io/{name}")].as_str()
}

/// The messages of an entity's status items.
pub fn status_messages(entity: &Value) -> Vec<&str> {
    let items = entity["status"]["items"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    items.iter().filter_map(|item| item["message"].as_str()).collect()
}
