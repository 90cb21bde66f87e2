//! A client of `/api/events/stream`.

use std::{collections::VecDeque, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;

/// How long an event may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// One event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Its data.
    pub data: Value,
}

/// An open stream.
#[derive(Debug)]
pub struct EventStream {
    body: Incoming,
    text: String,
    events: VecDeque<Event>,
    /// The id to come back with.
    pub last_event_id: Option<String>,
}

impl EventStream {
    /// Opens the stream at a URL.
    pub async fn open(url: &str, last_event_id: Option<&str>) -> Result<Self> {
        let client: Client<HttpConnector, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
        let mut request = Request::get(url);
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        let response = client.request(request.body(Empty::new())?).await?;
        ensure!(response.status() == StatusCode::OK, "{url}: {}", response.status());
        Ok(Self {
            body: response.into_body(),
            text: String::new(),
            events: VecDeque::new(),
            last_event_id: last_event_id.map(str::to_owned),
        })
    }

    /// The next event; none when the stream has ended.
    pub async fn next(&mut self) -> Result<Option<Event>> {
        tokio::time::timeout(PATIENCE, self.read())
            .await
            .context("no event came")?
    }

    /// Reads on until an event passes the test.
    pub async fn until(&mut self, what: &str, mut test: impl FnMut(&Event) -> bool) -> Result<Event> {
        let mut seen = Vec::new();
        while let Some(event) = self.next().await.with_context(|| format!("{what}, after {seen:?}"))? {
            if test(&event) {
                return Ok(event);
            }
            seen.push(event);
        }
        bail!("{what}: the stream ended after {seen:?}")
    }

    async fn read(&mut self) -> Result<Option<Event>> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(Some(event));
            }
            let Some(frame) = self.body.frame().await else {
                return Ok(None);
            };
            if let Ok(data) = frame?.into_data() {
                self.text.push_str(std::str::from_utf8(&data)?);
                self.parse()?;
            }
        }
    }

    fn parse(&mut self) -> Result<()> {
        while let Some(end) = self.text.find("\n\n") {
            let block: String = self.text.drain(..end + 2).collect();
            let mut event = Event::default();
            for line in block.lines() {
                match line.split_once(": ") {
                    Some(("event", name)) => name.clone_into(&mut event.name),
                    Some(("data", data)) => event.data = serde_json::from_str(data)?,
                    Some(("id", id)) => self.last_event_id = Some(id.to_owned()),
                    _ => {}
                }
            }
            if !event.name.is_empty() {
                self.events.push_back(event);
            }
        }
        Ok(())
    }
}

/// The refs in a `catalog` event, with `-` in front of those deleted.
pub fn refs(event: &Event) -> Vec<String> {
    let changes = event.data["changes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let told = |change: &Value| {
        let entity_ref = change["entityRef"].as_str().unwrap_or_default();
        if change["type"] == "delete" {
            format!("-{entity_ref}")
        } else {
            entity_ref.to_owned()
        }
    };
    changes.iter().map(told).collect()
}
