//! `GET /api/events/stream`.

use std::{collections::HashSet, convert::Infallible, sync::Arc};

use axum::{
    body::Body,
    extract::{Extension, State},
    response::Response,
};
use bytes::Bytes;
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use http::{HeaderMap, HeaderName, HeaderValue, Uri, header};

use super::{
    audit_feed,
    event_stream::{CatalogPart, EventStream, LastEventId},
};
use crate::{
    auth::credentials::Credentials, catalog::query::filter_string, error::ApiError, gateway::Gateway,
    http::query_parameters::QueryParameters, permission::check::condition_for, upstream::CallContext,
};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// nginx and others wait for more bytes to come unless told otherwise.
const ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");
const MOST_ENTITIES: usize = 1000;
const MOST_AUDITS: usize = 20;

/// What a client asked for.
#[derive(Debug, Default)]
struct Wanted {
    entity_refs: Vec<String>,
    filters: Vec<String>,
    audits: Vec<String>,
    last_event_id: Option<LastEventId>,
}

impl Wanted {
    fn read(uri: &Uri, headers: &HeaderMap) -> Result<Self, ApiError> {
        let mut query = QueryParameters::parse(uri, &["entityRef", "filter", "audit", "lastEventId"])?;
        let entity_refs = query.list("entityRef");
        let wanted = Self {
            entity_refs: entity_refs
                .iter()
                .map(|text| entity_ref(text))
                .collect::<Result<_, _>>()?,
            filters: query.list("filter"),
            audits: query.list("audit"),
            last_event_id: headers
                .get(LAST_EVENT_ID)
                .and_then(|value| value.to_str().ok())
                .map(ToOwned::to_owned)
                .or_else(|| query.text("lastEventId"))
                .map(|text| LastEventId::parse(&text)),
        };
        query.finish()?;
        for (name, count, most) in [
            ("entityRef", wanted.entity_refs.len(), MOST_ENTITIES),
            ("audit", wanted.audits.len(), MOST_AUDITS),
        ] {
            if count > most {
                return Err(ApiError::input(format!("'{name}' may be given {most} times at most")));
            }
        }
        if !wanted.entity_refs.is_empty() && !wanted.filters.is_empty() {
            return Err(ApiError::input("Either 'entityRef' or 'filter' may be given, not both"));
        }
        Ok(wanted)
    }

    /// Audits alone are asked for by naming nothing else.
    fn wants_catalog(&self) -> bool {
        self.audits.is_empty() || !self.entity_refs.is_empty() || !self.filters.is_empty()
    }
}

/// A full ref, in the case the catalog has it.
fn entity_ref(text: &str) -> Result<String, ApiError> {
    let is_full = text
        .split_once(':')
        .and_then(|(kind, rest)| Some((kind, rest.split_once('/')?)))
        .is_some_and(|(kind, (namespace, name))| !kind.is_empty() && !namespace.is_empty() && !name.is_empty());
    if is_full {
        Ok(text.to_lowercase())
    } else {
        Err(ApiError::input(format!(
            "Invalid entityRef '{text}', expected <kind>:<namespace>/<name>"
        )))
    }
}

/// Opens a stream of server-sent events.
pub(crate) async fn stream_events(
    State(gateway): State<Gateway>,
    uri: Uri,
    context: CallContext,
    Extension(credentials): Extension<Arc<Credentials>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let wanted = Wanted::read(&uri, &headers)?;
    let catalog = if wanted.wants_catalog() {
        let predicate = filter_string::parse(&wanted.filters)?;
        let condition = condition_for(&gateway, &context.credentials, "catalog.entity.read")?;
        let feed = gateway.feeds().catalog(&gateway, predicate, condition);
        let entity_refs =
            (!wanted.entity_refs.is_empty()).then(|| wanted.entity_refs.into_iter().collect::<HashSet<_>>());
        Some(CatalogPart::open(&gateway, feed, entity_refs, wanted.last_event_id).await?)
    } else {
        None
    };
    let audits: Vec<BoxStream<'static, Bytes>> = wanted
        .audits
        .into_iter()
        .map(|id| audit_feed::follow(gateway.clone(), context.clone(), id).boxed())
        .collect();
    let allowed = credentials.remaining(gateway.unix_seconds());
    let events = EventStream::new(&gateway, allowed, catalog, audits);
    let events = stream::unfold(events, |mut events| async move {
        let bytes = events.next().await?;
        Some((Ok::<_, Infallible>(bytes), events))
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ACCEL_BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Wanted, ApiError> {
        let uri = format!("/api/events/stream?{query}").parse().expect("a URI");
        Wanted::read(&uri, &HeaderMap::new())
    }

    #[test]
    fn reads_what_is_wanted() {
        let all = read("").expect("parses");
        assert!(all.wants_catalog());
        let one = read("entityRef=Component:default/A&lastEventId=7").expect("parses");
        assert_eq!(one.entity_refs, ["component:default/a"]);
        assert_eq!(one.last_event_id, Some(LastEventId::Revision(7)));
        assert!(one.wants_catalog());
        assert!(!read("audit=x").expect("parses").wants_catalog());
        assert!(read("audit=x&filter=kind=api").expect("parses").wants_catalog());
        let foreign = read("lastEventId=abc").expect("parses");
        assert_eq!(foreign.last_event_id, Some(LastEventId::Foreign));
    }

    #[test]
    fn refuses_nonsense() {
        let many = "audit=x&".repeat(MOST_AUDITS + 1);
        for query in [
            "entityRef=a",
            "entityRef=:default/a",
            "entityRef=a:b/c&filter=kind=api",
            "other=1",
            many.trim_end_matches('&'),
        ] {
            assert!(read(query).is_err(), "{query}");
        }
    }
}
