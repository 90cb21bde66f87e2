//! Plain HTTP questions to the processes of a stack.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(2);
const LARGEST_ANSWER_BYTES: usize = 1024 * 1024;

/// Asks for health and the like.
#[derive(Debug, Clone)]
pub(crate) struct HttpProbe(Client<HttpConnector, Empty<Bytes>>);

impl HttpProbe {
    pub(crate) fn new() -> Self {
        Self(Client::builder(TokioExecutor::new()).build_http())
    }

    /// Whether the URL answers with a success.
    pub(crate) async fn succeeds(&self, url: &str) -> bool {
        self.get(url).await.is_some()
    }

    /// The body of a successful answer.
    pub(crate) async fn get(&self, url: &str) -> Option<Bytes> {
        let url = url.parse().ok()?;
        let answer = async {
            let response = self.0.get(url).await.ok()?;
            if !response.status().is_success() {
                return None;
            }
            let body = Limited::new(response.into_body(), LARGEST_ANSWER_BYTES);
            Some(body.collect().await.ok()?.to_bytes())
        };
        timeout(PATIENCE, answer).await.ok().flatten()
    }

    /// How many entities the catalog holds, as the gateway tells; None when it does not tell, for lack of a sign-in say.
    pub(crate) async fn entity_count(&self, gateway_url: &str) -> Option<u64> {
        let body = self
            .get(&format!("{gateway_url}/api/catalog/entities/by-query?limit=0"))
            .await?;
        let body: serde_json::Value = serde_json::from_slice(&body).ok()?;
        body.get("totalItems")?.as_u64()
    }
}
