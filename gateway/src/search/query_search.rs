//! `GET /api/search/query`.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::{Predicate, SearchEntitiesRequest, SearchEntitiesResponse, SearchResult};
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

    /// What the catalog is asked; `None` when nothing can match.
    fn into_request(self, tag: Uuid) -> Option<SearchEntitiesRequest> {
        let mut conditions: Vec<Predicate> = Vec::new();
        let mut request = SearchEntitiesRequest {
            query: self.term,
            limit: Some(self.page_limit),
            cursor: self.page_cursor,
            fields: FIELDS.map(str::to_owned).to_vec(),
            pre_tag: format!("<{tag}>"),
            post_tag: format!("</{tag}>"),
            ..SearchEntitiesRequest::default()
        };
        for (key, values) in self.filters {
            match key.as_str() {
                "kind" => request.kinds.extend(values),
                "type" | "componentType" => conditions.push(is_in("spec.type", values)),
                "namespace" => conditions.push(is_in("metadata.namespace", values)),
                "lifecycle" => conditions.push(is_in("spec.lifecycle", values)),
                "owner" => conditions.push(is_in("spec.owner", values)),
                "title" => conditions.push(any(vec![
                    is_in("metadata.title", values.clone()),
                    is_in("metadata.name", values),
                ])),
                // No document has such a field.
                _ => return None,
            }
        }
        request.predicate = (!conditions.is_empty()).then(|| all_of(conditions));
        Some(request)
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
    let found = match query.into_request(tag) {
        Some(mut request) => {
            request.read = gateway.read_options(&context);
            gateway.catalog().search_entities(&context, request).await?
        }
        None => SearchEntitiesResponse::default(),
    };
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
    };
    let body = serde_json::to_vec(&answer).map_err(ApiError::internal)?;
    Ok(respond::json_at_revision(body.into(), found.revision))
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
        let request = query.into_request(Uuid::nil()).expect("something can match");
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
                .into_request(Uuid::nil())
                .is_none()
        );
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
