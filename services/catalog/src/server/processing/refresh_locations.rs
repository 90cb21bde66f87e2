//! `RefreshLocations`: what depends on files that changed, moved or went is read again.

use callboard_proto::catalog::v1::{self as proto, location_event::Kind};
use tonic::Status;
use url::Url;

use crate::{
    ingest::location_events::{Change, LocationEvent, News, OrganizationEvent},
    server::{CatalogServer, errors},
};

/// Most events and keys of one call: a push of more files is a change of its repository.
const MAX_EVENTS: usize = 2_000;

pub(in crate::server) async fn refresh_locations(
    server: &CatalogServer,
    request: proto::RefreshLocationsRequest,
) -> Result<proto::RefreshLocationsResponse, Status> {
    if request.events.len() + request.organization_events.len() + request.refresh_keys.len() > MAX_EVENTS {
        return Err(errors::invalid(format!(
            "more than {MAX_EVENTS} events and refresh keys in one call"
        )));
    }
    let news = News {
        locations: request.events.into_iter().map(event).collect::<Result<_, _>>()?,
        organizations: request
            .organization_events
            .into_iter()
            .map(organization_event)
            .collect::<Result<_, _>>()?,
    };
    let consequences = server
        .ingest
        .follow_news(news, &request.refresh_keys)
        .await
        .map_err(errors::ingest)?;
    Ok(proto::RefreshLocationsResponse {
        refreshed: consequences.refreshed,
        unregistered: consequences.unregistered,
        moved: consequences.moved,
        revision: consequences.revision,
    })
}

fn event(message: proto::LocationEvent) -> Result<LocationEvent, Status> {
    let change = match message.kind() {
        Kind::Created => Change::Created,
        Kind::Updated => Change::Updated,
        Kind::Deleted => Change::Deleted,
        Kind::Moved => Change::Moved(address(message.to_url)?),
        Kind::Unspecified => return Err(errors::invalid("an event needs a kind")),
    };
    Ok(LocationEvent {
        change,
        url: address(message.url)?,
        is_repository: message.is_repository,
    })
}

fn organization_event(message: proto::OrganizationEvent) -> Result<OrganizationEvent, Status> {
    let named = |name: String| (!name.is_empty()).then_some(name);
    Ok(OrganizationEvent {
        url: address(message.url)?,
        team: named(message.team),
        user: named(message.user),
        is_whole: message.is_whole,
    })
}

/// An address of a file or repository: without a place in it.
fn address(text: String) -> Result<String, Status> {
    let is_web =
        Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.fragment().is_none());
    if is_web && !text.contains('\0') {
        Ok(text)
    } else {
        Err(errors::invalid(format!(
            "'{}' is not the http or https address of a file or repository",
            text.chars().take(200).collect::<String>()
        )))
    }
}
