//! `ListLocations` and `QueryLocations`: registered locations, by id.

use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_catalog_index::Predicate;
use callboard_proto::catalog::v1 as proto;
use serde::{Deserialize, Serialize};
use tonic::Status;
use uuid::Uuid;

use crate::{
    server::{CatalogServer, convert, errors},
    store::location::{self, Location},
};

/// Items a page when the request does not say.
const DEFAULT_LIMIT: u32 = 1000;

/// Where a page ended, and what was asked for.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cursor {
    limit: u32,
    after_id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    predicate: Option<Predicate>,
}

pub(in crate::server) async fn list_locations(server: &CatalogServer) -> Result<proto::ListLocationsResponse, Status> {
    let locations = location::list(&server.pool).await.map_err(errors::database)?;
    Ok(proto::ListLocationsResponse {
        locations: locations.into_iter().map(convert::location).collect(),
    })
}

pub(in crate::server) async fn query_locations(
    server: &CatalogServer,
    request: proto::QueryLocationsRequest,
) -> Result<proto::QueryLocationsResponse, Status> {
    let (predicate, limit, after) = if request.cursor.is_empty() {
        (
            convert::predicate(request.predicate)?,
            request.limit.unwrap_or(DEFAULT_LIMIT),
            None,
        )
    } else {
        let cursor = decode(&request.cursor)?;
        (cursor.predicate, cursor.limit, Some(cursor.after_id))
    };
    if limit == 0 {
        return Err(errors::invalid("Limit must be a positive integer >= 1"));
    }
    let mut matching = Vec::new();
    for row in location::list(&server.pool).await.map_err(errors::database)? {
        if predicate
            .as_ref()
            .map_or(Ok(true), |predicate| matches(&row, predicate))?
        {
            matching.push(row);
        }
    }
    let total_items = matching.len() as u64;
    let mut rest = matching
        .into_iter()
        .filter(|row| after.is_none_or(|after| row.id > after))
        .peekable();
    let items: Vec<Location> = rest.by_ref().take(limit as usize).collect();
    let next_cursor = match (rest.peek(), items.last()) {
        (Some(_), Some(last)) => Some(encode(&Cursor {
            limit,
            after_id: last.id,
            predicate,
        })?),
        _ => None,
    };
    Ok(proto::QueryLocationsResponse {
        items: items.into_iter().map(convert::location).collect(),
        total_items,
        next_cursor,
    })
}

fn encode(cursor: &Cursor) -> Result<String, Status> {
    let json = serde_json::to_vec(cursor).map_err(|error| errors::ingest(error.into()))?;
    Ok(STANDARD.encode(json))
}

fn decode(text: &str) -> Result<Cursor, Status> {
    let json = STANDARD
        .decode(text)
        .map_err(|_| errors::invalid("Malformed cursor, unknown encoding"))?;
    serde_json::from_slice(&json).map_err(|error| errors::invalid(format!("Malformed cursor: {error}")))
}

/// Unlike for entities, an empty `all` matches no location, and relations mean nothing.
fn matches(row: &Location, predicate: &Predicate) -> Result<bool, Status> {
    let value = |key: &str| -> Result<String, Status> {
        match key.to_lowercase().as_str() {
            "id" => Ok(row.id.to_string()),
            "type" => Ok(row.location_type.to_lowercase()),
            "target" => Ok(row.target.to_lowercase()),
            "entityref" => Ok(row.entity_ref.clone()),
            _ => Err(errors::invalid(format!(
                "Invalid filter predicate, expected key to be 'id', 'type', 'target', or 'entityRef', got '{key}'"
            ))),
        }
    };
    Ok(match predicate {
        Predicate::All(members) => {
            let mut all = !members.is_empty();
            for member in members {
                all &= matches(row, member)?;
            }
            all
        }
        Predicate::Any(members) => {
            let mut any = false;
            for member in members {
                any |= matches(row, member)?;
            }
            any
        }
        Predicate::Not(member) => !matches(row, member)?,
        Predicate::Exists { key } => {
            value(key)?;
            true
        }
        Predicate::In { key, values } => {
            let held = value(key)?;
            values.iter().any(|wanted| wanted.to_lowercase() == held)
        }
        Predicate::HasPrefix { key, prefix } => value(key)?.starts_with(&prefix.to_lowercase()),
        Predicate::Relation { .. } => false,
    })
}
