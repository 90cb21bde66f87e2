//! `POST /analyze-location`.

use axum::{extract::State, response::Response};
use bytes::Bytes;
use callboard_proto::catalog::v1::{AnalyzeLocationRequest, AnalyzeLocationResponse};
use http::{StatusCode, Uri};

use crate::{
    catalog::splice::Splice,
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, query_parameters::QueryParameters, respond},
    permission::names::LOCATION_ANALYZE,
    upstream::CallContext,
};

/// What registering a location would find, or suggestions where there is nothing yet.
pub(crate) async fn analyze_location(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
    body: JsonBody,
) -> Result<Response, ApiError> {
    QueryParameters::none(&uri)?;
    gateway.permissions().require(&context.credentials, &LOCATION_ANALYZE)?;
    let response = gateway.catalog().analyze_location(&context, parse(body)?).await?;
    Ok(respond::json_bytes(StatusCode::OK, splice(&response)))
}

fn parse(mut body: JsonBody) -> Result<AnalyzeLocationRequest, ApiError> {
    body.require("location");
    let location = body.inside("location", |location| {
        location.require("type");
        location.require("target");
        (location.text("type"), location.text("target"))
    });
    let catalog_filename = body.text("catalogFilename");
    body.finish()?;
    let (location_type, target) = location.unwrap_or_default();
    Ok(AnalyzeLocationRequest {
        r#type: location_type.unwrap_or_default(),
        target: target.unwrap_or_default(),
        catalog_filename: catalog_filename.unwrap_or_default(),
    })
}

fn splice(response: &AnalyzeLocationResponse) -> Bytes {
    let existing: usize = response
        .existing_entity_files
        .iter()
        .map(|file| file.entity.len() + 256)
        .sum();
    let suggested: usize = response.generate_entities.iter().map(|entity| entity.len() + 32).sum();
    let mut splice = Splice::with_room_for(existing + suggested);
    splice.raw("{\"existingEntityFiles\":[");
    splice.separated(&response.existing_entity_files, |splice, file| {
        splice
            .raw("{\"location\":{\"type\":")
            .text(&file.r#type)
            .raw(",\"target\":")
            .text(&file.target);
        splice
            .raw("},\"isRegistered\":")
            .raw(if file.is_registered { "true" } else { "false" });
        splice.raw(",\"entity\":").raw(&file.entity).raw("}");
    });
    splice.raw("],\"generateEntities\":[");
    splice.separated(&response.generate_entities, |splice, entity| {
        splice.raw("{\"entity\":").raw(entity).raw(",\"fields\":[]}");
    });
    splice.raw("]}");
    splice.finish()
}

#[cfg(test)]
mod tests {
    use callboard_proto::catalog::v1::ExistingEntityFile;

    use super::*;

    #[test]
    fn refuses_bad_bodies() {
        for (body, message) in [
            ("{}", "request/body must have required property 'location'"),
            (r#"{"location":1}"#, "request/body/location must be object"),
            (
                r#"{"location":{"type":1}}"#,
                "request/body/location must have required property 'target'",
            ),
        ] {
            assert_eq!(
                parse(JsonBody::parse(body.as_bytes()).expect("JSON"))
                    .expect_err(body)
                    .message(),
                message
            );
        }
    }

    #[test]
    fn writes_what_was_found() {
        let response = AnalyzeLocationResponse {
            existing_entity_files: vec![ExistingEntityFile {
                r#type: "url".to_owned(),
                target: "x".to_owned(),
                is_registered: true,
                entity: Bytes::from_static(b"{}"),
            }],
            generate_entities: vec![Bytes::from_static(b"{\"kind\":\"Component\"}")],
        };
        assert_eq!(
            std::str::from_utf8(&splice(&response)).expect("UTF-8"),
            r#"{"existingEntityFiles":[{"location":{"type":"url","target":"x"},"isRegistered":true,"entity":{}}],"generateEntities":[{"entity":{"kind":"Component"},"fields":[]}]}"#
        );
    }
}
