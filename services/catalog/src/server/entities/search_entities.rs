//! `SearchEntities`: ranked full-text search.

use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_catalog_index::{Highlighting, Predicate, SearchFailure, SearchHit, SearchPage, SearchQuery};
use callboard_catalog_model::projection::Projection;
use callboard_proto::catalog::v1 as proto;
use serde::{Deserialize, Serialize};
use tonic::Status;

use super::get_entity_facets;
use crate::server::{CatalogServer, convert, errors};

/// Results a page when the request does not say.
const DEFAULT_LIMIT: u32 = 25;
/// Most results a page.
const MAX_LIMIT: u32 = 100;
/// Further down nobody looks; ranking so many is work for nothing.
const MAX_OFFSET: usize = 10_000;
/// Longer queries are a mistake.
const MAX_QUERY_BYTES: usize = 1024;

/// How many results come before a page.
#[derive(Serialize, Deserialize)]
struct Cursor {
    offset: usize,
}

pub(in crate::server) async fn search_entities(
    server: &CatalogServer,
    request: proto::SearchEntitiesRequest,
) -> Result<proto::SearchEntitiesResponse, Status> {
    let wanted = request.read.as_ref().map_or(0, |read| read.min_revision);
    let restriction = server.admit(request.read.clone()).await?;
    server.words_at_least(wanted).await?;
    let projection = convert::projection(&request.fields)?;
    let limit = request.limit.unwrap_or(DEFAULT_LIMIT);
    if limit > MAX_LIMIT {
        return Err(errors::invalid(format!("limit must be at most {MAX_LIMIT}")));
    }
    if request.query.len() > MAX_QUERY_BYTES {
        return Err(errors::invalid(format!(
            "query must be at most {MAX_QUERY_BYTES} bytes"
        )));
    }
    let limit = limit as usize;
    let offset = offset(&request.cursor)?;
    let query = SearchQuery {
        text: request.query,
        filter: filter(request.kinds, request.types, convert::predicate(request.predicate)?),
        restriction,
        limit,
        offset,
        facets: request.facets,
    };
    let index = server.replica.clone();
    // A rare word costs microseconds, a frequent one a few milliseconds of computing.
    let page = tokio::task::spawn_blocking(move || index.index.search(&query))
        .await
        .map_err(|error| errors::ingest(error.into()))?
        .map_err(failure)?;
    let tags = (!request.pre_tag.is_empty()).then_some(Highlighting {
        before: &request.pre_tag,
        after: &request.post_tag,
    });
    let results = page.hits.iter().zip(offset + 1..);
    let results = results.map(|(hit, rank)| result(&page, hit, rank, &projection, tags));
    let behind = page.total.saturating_sub(offset as u64) > limit as u64 && limit > 0;
    Ok(proto::SearchEntitiesResponse {
        results: results.collect::<Result<_, _>>()?,
        total_results: page.total,
        next_cursor: (behind && offset + limit <= MAX_OFFSET).then(|| cursor(offset + limit)),
        prev_cursor: (offset > 0).then(|| cursor(offset.saturating_sub(limit))),
        facets: page.facets.into_iter().map(get_entity_facets::message).collect(),
        revision: page.revision,
    })
}

fn result(
    page: &SearchPage,
    hit: &SearchHit,
    rank: usize,
    projection: &Projection,
    tags: Option<Highlighting<'_>>,
) -> Result<proto::SearchResult, Status> {
    let highlights = tags.map(|tags| page.highlights(&hit.entity, tags)).unwrap_or_default();
    Ok(proto::SearchResult {
        entity: Some(convert::entity(&hit.entity, projection)?),
        rank: u32::try_from(rank).unwrap_or(u32::MAX),
        score: hit.score,
        highlights: highlights
            .into_iter()
            .map(|highlight| proto::SearchHighlight {
                field: highlight.field.to_owned(),
                text: highlight.text,
            })
            .collect(),
    })
}

/// All of the conditions that there are.
fn filter(kinds: Vec<String>, types: Vec<String>, predicate: Option<Predicate>) -> Option<Predicate> {
    let one_of = |key: &str, values: Vec<String>| {
        (!values.is_empty()).then(|| Predicate::In {
            key: key.to_owned(),
            values,
        })
    };
    let mut all: Vec<Predicate> = [one_of("kind", kinds), one_of("spec.type", types), predicate]
        .into_iter()
        .flatten()
        .collect();
    match all.len() {
        0 => None,
        1 => all.pop(),
        _ => Some(Predicate::All(all)),
    }
}

fn cursor(offset: usize) -> String {
    STANDARD.encode(serde_json::json!(Cursor { offset }).to_string())
}

fn offset(cursor: &str) -> Result<usize, Status> {
    if cursor.is_empty() {
        return Ok(0);
    }
    let json = STANDARD
        .decode(cursor)
        .map_err(|_| errors::invalid("Malformed cursor: not base64"))?;
    let Cursor { offset } =
        serde_json::from_slice(&json).map_err(|_| errors::invalid("Malformed cursor: not a cursor of a search"))?;
    if offset > MAX_OFFSET {
        return Err(errors::invalid(format!(
            "Malformed cursor: results behind the first {MAX_OFFSET} are not shown"
        )));
    }
    Ok(offset)
}

fn failure(error: SearchFailure) -> Status {
    match error {
        SearchFailure::Query(error) => errors::query(error),
        SearchFailure::NotReady => errors::unavailable(error.to_string()),
        SearchFailure::Failed(error) => errors::internal(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_read_back_and_foreign_ones_are_refused() {
        assert_eq!(offset("").unwrap(), 0);
        assert_eq!(offset(&cursor(75)).unwrap(), 75);
        for foreign in [
            "x",
            "bnVsbA==",
            &cursor(MAX_OFFSET + 1),
            &STANDARD.encode("{\"offset\":-1}"),
        ] {
            assert!(offset(foreign).is_err(), "{foreign}");
        }
    }
}
