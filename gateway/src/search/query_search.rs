//! `GET /api/search/query`.

use std::collections::{BTreeMap, BTreeSet};

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::{Facet, Predicate, SearchEntitiesRequest, SearchEntitiesResponse, SearchResult};
use futures::future::try_join_all;
use http::Uri;
use serde::Serialize;
use uuid::Uuid;

use super::{
    document::{Document, FIELDS},
    nested_query::{self, Parameter},
};
use crate::{
    catalog::query::predicate::{all_of, any, is_in},
    config::search::SearchConfig,
    error::ApiError,
    gateway::Gateway,
    http::respond,
    upstream::CallContext,
};

/// The one type of documents there is.
const CATALOG_TYPE: &str = "software-catalog";
const DEFAULT_PAGE: u32 = 25;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    results: Vec<FoundDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_page_cursor: Option<String>,
    number_of_results: u64,
    /// What upstream does not count: how many results there are of each value of a field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facets: BTreeMap<String, Vec<ValueCount>>,
}

#[derive(Clone, Serialize)]
struct ValueCount {
    value: String,
    count: u64,
}

#[derive(Serialize)]
struct FoundDocument {
    r#type: &'static str,
    document: Document,
    rank: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    highlight: Option<Highlight>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Highlight {
    pre_tag: String,
    post_tag: String,
    fields: BTreeMap<String, String>,
}

/// The query, as upstream's frontend sends it.
#[derive(Debug, Default)]
struct Query {
    term: String,
    types: Vec<String>,
    filters: BTreeMap<String, Vec<String>>,
    page_limit: u32,
    page_cursor: String,
    facets: BTreeSet<String>,
}

impl Query {
    fn parse(uri: &Uri, config: &SearchConfig) -> Result<Self, ApiError> {
        let mut query = Self {
            page_limit: DEFAULT_PAGE.min(config.max_page_limit),
            ..Self::default()
        };
        for Parameter { name, path, value } in nested_query::parse(uri) {
            match name.as_str() {
                "term" => query.term = value,
                "types" => query.types.push(value),
                "filters" => match path.first() {
                    Some(key) if path[1..].iter().all(|part| nested_query::is_index(part)) => {
                        query.filters.entry(key.clone()).or_default().push(value);
                    }
                    _ => return Err(invalid("filters: name a field of the document, as in filters[kind]")),
                },
                "pageLimit" => query.page_limit = page_limit(&value, config)?,
                "pageCursor" => query.page_cursor = value,
                "facets" if key_of(&value).is_none() => {
                    return Err(invalid(&format!("facets: results cannot be counted by '{value}'")));
                }
                "facets" => {
                    query.facets.insert(value);
                }
                // Upstream passes over what it does not know.
                _ => {}
            }
        }
        if query.term.chars().count() > config.max_term_length {
            return Err(invalid(&format!(
                "term: String must contain at most {} character(s)",
                config.max_term_length
            )));
        }
        match query.types.iter().find(|known| *known != CATALOG_TYPE) {
            Some(unknown) => Err(invalid(&format!(
                "types: there is no type '{unknown}', only '{CATALOG_TYPE}'"
            ))),
            None => Ok(query),
        }
    }

    /// What the catalog is asked for a page of results; `None` when nothing can match.
    fn page_request(&self, tag: Uuid) -> Option<SearchEntitiesRequest> {
        let facets = self.facets.iter().filter(|facet| !self.is_filtered_by(facet));
        Some(SearchEntitiesRequest {
            limit: Some(self.page_limit),
            cursor: self.page_cursor.clone(),
            fields: FIELDS.map(str::to_owned).to_vec(),
            pre_tag: format!("<{tag}>"),
            post_tag: format!("</{tag}>"),
            facets: facets.filter_map(|facet| key_of(facet)).map(str::to_owned).collect(),
            ..self.request_without(None)?
        })
    }

    /// What the catalog is asked to count by fields that are filtered by: each without its own filter, which would hide all
    /// values but those that were chosen.
    fn count_requests(&self) -> Vec<SearchEntitiesRequest> {
        let facets = self.facets.iter().filter(|facet| self.is_filtered_by(facet));
        facets
            .filter_map(|facet| {
                let key = key_of(facet)?;
                Some(SearchEntitiesRequest {
                    limit: Some(0),
                    facets: vec![key.to_owned()],
                    ..self.request_without(Some(key))?
                })
            })
            .collect()
    }

    fn is_filtered_by(&self, field: &str) -> bool {
        self.filters.keys().any(|filtered| key_of(filtered) == key_of(field))
    }

    /// Words and filters, but for those of one key.
    fn request_without(&self, key: Option<&str>) -> Option<SearchEntitiesRequest> {
        let mut conditions: Vec<Predicate> = Vec::new();
        let mut request = SearchEntitiesRequest {
            query: self.term.clone(),
            ..SearchEntitiesRequest::default()
        };
        for (field, values) in &self.filters {
            match key_of(field) {
                Some(filtered) if Some(filtered) == key => {}
                Some("kind") => request.kinds.extend_from_slice(values),
                Some(filtered) => conditions.push(is_in(filtered, values.clone())),
                None if field == "title" => conditions.push(any(vec![
                    is_in("metadata.title", values.clone()),
                    is_in("metadata.name", values.clone()),
                ])),
                // No document has such a field.
                None => return None,
            }
        }
        request.predicate = (!conditions.is_empty()).then(|| all_of(conditions));
        Some(request)
    }
}

/// Where entities have what a field of documents holds as it is.
fn key_of(field: &str) -> Option<&'static str> {
    match field {
        "kind" => Some("kind"),
        "type" | "componentType" => Some("spec.type"),
        "namespace" => Some("metadata.namespace"),
        "lifecycle" => Some("spec.lifecycle"),
        "owner" => Some("spec.owner"),
        _ => None,
    }
}

fn page_limit(text: &str, config: &SearchConfig) -> Result<u32, ApiError> {
    let limit: u32 = text
        .parse()
        .map_err(|_| invalid("pageLimit: Expected number, received nan"))?;
    if limit > config.max_page_limit {
        let message = format!(
            "pageLimit: Number must be less than or equal to {}",
            config.max_page_limit
        );
        return Err(invalid(&message));
    }
    Ok(limit)
}

fn invalid(problem: &str) -> ApiError {
    ApiError::input(format!("Invalid query string: {problem}"))
}

/// Searches the catalog.
pub(crate) async fn query_search(
    State(gateway): State<Gateway>,
    uri: Uri,
    context: CallContext,
) -> Result<Response, ApiError> {
    let query = Query::parse(&uri, &gateway.config().search)?;
    // New for each answer, so that no document can hold it; one that is kept was made after the documents in it.
    let tag = Uuid::new_v4();
    let search = async |mut request: SearchEntitiesRequest| {
        request.read = gateway.read_options(&context);
        gateway.catalog().search_entities(&context, request).await
    };
    let Some(page) = query.page_request(tag) else {
        return answer(SearchEntitiesResponse::default(), tag, BTreeMap::new());
    };
    let counts = try_join_all(query.count_requests().into_iter().map(&search));
    let (mut found, counts) = tokio::try_join!(search(page), counts)?;
    // The answer is no newer than the oldest of what it consists of.
    found.revision = counts.iter().map(|count| count.revision).fold(found.revision, i64::min);
    let counted = found
        .facets
        .drain(..)
        .chain(counts.into_iter().flat_map(|response| response.facets));
    let counted: BTreeMap<String, Vec<ValueCount>> = counted.map(value_counts).collect();
    let facets = query.facets.into_iter().map(|field| {
        let counts = key_of(&field).and_then(|key| counted.get(key)).cloned();
        (field, counts.unwrap_or_default())
    });
    let facets = facets.collect();
    answer(found, tag, facets)
}

fn answer(
    found: SearchEntitiesResponse,
    tag: Uuid,
    facets: BTreeMap<String, Vec<ValueCount>>,
) -> Result<Response, ApiError> {
    let results = found
        .results
        .into_iter()
        .filter_map(|result| found_document(result, tag).transpose())
        .collect::<Result<_, _>>()?;
    let answer = Answer {
        results,
        next_page_cursor: found.next_cursor,
        previous_page_cursor: found.prev_cursor,
        number_of_results: found.total_results,
        facets,
    };
    let body = serde_json::to_vec(&answer).map_err(ApiError::internal)?;
    Ok(respond::json_at_revision(body.into(), found.revision))
}

fn value_counts(facet: Facet) -> (String, Vec<ValueCount>) {
    let counts = facet.values.into_iter().map(|value| ValueCount {
        value: value.value,
        count: value.count,
    });
    (facet.name, counts.collect())
}

fn found_document(result: SearchResult, tag: Uuid) -> Result<Option<FoundDocument>, ApiError> {
    let Some(entity) = result.entity else { return Ok(None) };
    let fields: BTreeMap<_, _> = result
        .highlights
        .into_iter()
        // The name is no field of a document.
        .filter(|highlight| highlight.field != "name")
        .map(|highlight| (highlight.field, highlight.text))
        .collect();
    let highlight = (!fields.is_empty()).then(|| Highlight {
        pre_tag: format!("<{tag}>"),
        post_tag: format!("</{tag}>"),
        fields,
    });
    Ok(Some(FoundDocument {
        r#type: CATALOG_TYPE,
        document: Document::of(&entity.document).map_err(ApiError::internal)?,
        rank: result.rank,
        highlight,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<Query, ApiError> {
        let config = SearchConfig {
            max_term_length: 10,
            max_page_limit: 100,
        };
        Query::parse(&format!("/api/search/query?{query}").parse().expect("a URI"), &config)
    }

    #[test]
    fn reads_what_the_frontend_sends() {
        let query = parse(
            "term=shop&types[0]=software-catalog&filters[kind]=Component&filters[lifecycle][0]=a&filters[lifecycle][1]=b\
             &pageLimit=0&pageCursor=x",
        )
        .expect("parses");
        assert_eq!(
            (query.term.as_str(), query.page_limit, query.page_cursor.as_str()),
            ("shop", 0, "x")
        );
        let request = query.page_request(Uuid::nil()).expect("something can match");
        assert_eq!(request.kinds, ["Component"]);
        let lifecycles = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(
            request.predicate,
            Some(all_of(vec![is_in("spec.lifecycle", lifecycles)]))
        );
        assert_eq!(parse("").expect("parses").page_limit, 25);
        assert!(
            parse("filters[colour]=red")
                .expect("parses")
                .page_request(Uuid::nil())
                .is_none()
        );
    }

    #[test]
    fn counts_by_a_filtered_field_as_if_it_were_not() {
        let query = parse("filters[kind]=API&filters[lifecycle]=a&facets[0]=kind&facets[1]=type&facets[]=lifecycle")
            .expect("parses");
        assert_eq!(
            query.page_request(Uuid::nil()).expect("something can match").facets,
            ["spec.type"]
        );
        let [kinds, lifecycles] = query.count_requests().try_into().expect("two are filtered by");
        assert_eq!(
            (kinds.facets, kinds.kinds.len(), kinds.limit),
            (vec!["kind".to_owned()], 0, Some(0))
        );
        assert!(kinds.predicate.is_some(), "the other filter holds");
        assert_eq!((lifecycles.kinds, lifecycles.predicate), (vec!["API".to_owned()], None));
    }

    #[test]
    fn refuses_what_makes_no_sense() {
        for query in [
            "term=12345678901",
            "pageLimit=101",
            "pageLimit=x",
            "pageLimit=-1",
            "types=techdocs",
            "filters=x",
            "filters[a][b]=c",
            "facets=title",
        ] {
            let error = parse(query).expect_err(query);
            assert!(
                error.message().starts_with("Invalid query string: "),
                "{}",
                error.message()
            );
        }
    }
}
