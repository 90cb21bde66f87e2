//! `POST /locations`.

use axum::{extract::State, response::Response};
use bytes::Bytes;
use callboard_proto::catalog::v1::{CreateLocationRequest, CreateLocationResponse, LocationConflict};
use http::{StatusCode, Uri};

use super::{LocationBody, present};
use crate::{
    audit::Audited,
    catalog::splice::Splice,
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, query_parameters::QueryParameters, respond},
    permission::names::LOCATION_CREATE,
    upstream::CallContext,
};

/// Registers a location, or shows what registering it would bring.
pub(crate) async fn create_location(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
    body: JsonBody,
) -> Result<Response, ApiError> {
    gateway.permissions().require(&context.credentials, &LOCATION_CREATE)?;
    let request = parse(&uri, body)?;
    let dry_run = request.dry_run;
    let audited = Audited::resource(format!("{}:{}", request.r#type, request.target));
    let response = gateway.catalog().create_location(&context, request).await?;
    gateway.revisions().note_write(response.revision);
    let mut response = respond::json_bytes(StatusCode::CREATED, splice(&response, dry_run)?);
    response.extensions_mut().insert(audited);
    Ok(response)
}

fn parse(uri: &Uri, mut body: JsonBody) -> Result<CreateLocationRequest, ApiError> {
    let mut parameters = QueryParameters::parse(uri, &["dryRun", "onConflict"])?;
    let dry_run = parameters.text("dryRun");
    let on_conflict = parameters.one_of("onConflict", &["refresh", "reject"]);
    parameters.finish()?;
    body.require("target");
    body.require("type");
    let target = body.text("target");
    let location_type = body.text("type");
    // Upstream's clients of old say `presence`, which means nothing any more.
    body.text("presence");
    let unknown = body.unread().map(ToOwned::to_owned);
    body.finish()?;
    if let Some(name) = unknown {
        return Err(ApiError::input(format!(
            "Malformed request: Unrecognized key: \"{name}\""
        )));
    }
    Ok(CreateLocationRequest {
        r#type: location_type.unwrap_or_default(),
        target: target.unwrap_or_default(),
        dry_run: dry_run.is_some_and(|value| is_yes(&value)),
        on_conflict: match on_conflict {
            Some("refresh") => LocationConflict::Refresh,
            Some(_) => LocationConflict::Reject,
            None => LocationConflict::Unspecified,
        }
        .into(),
    })
}

fn is_yes(value: &str) -> bool {
    ["true", "1", "yes", "y", "on"]
        .iter()
        .any(|yes| yes.eq_ignore_ascii_case(value.trim()))
}

fn splice(response: &CreateLocationResponse, dry_run: bool) -> Result<Bytes, ApiError> {
    let location = present(response.location.clone())?;
    let location = serde_json::to_vec(&LocationBody::from(&location)).map_err(ApiError::internal)?;
    let room: usize = response.entities.iter().map(|entity| entity.len() + 1).sum();
    let mut splice = Splice::with_room_for(room + location.len());
    splice.raw("{");
    if dry_run {
        splice
            .raw("\"exists\":")
            .raw(if response.exists { "true" } else { "false" })
            .raw(",");
    }
    splice.raw("\"location\":").raw(location).raw(",\"entities\":[");
    splice.separated(&response.entities, |splice, entity| {
        splice.raw(entity);
    });
    splice.raw("]}");
    Ok(splice.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_text(query: &str, body: &str) -> Result<CreateLocationRequest, ApiError> {
        let uri = format!("/locations?{query}").parse().expect("a URI");
        parse(&uri, JsonBody::parse(body.as_bytes()).expect("JSON"))
    }

    #[test]
    fn reads_the_request() {
        let request = parse_text("dryRun=true&onConflict=refresh", r#"{"type":"url","target":"x"}"#).expect("parses");
        let expected = CreateLocationRequest {
            r#type: "url".to_owned(),
            target: "x".to_owned(),
            dry_run: true,
            on_conflict: LocationConflict::Refresh.into(),
        };
        assert_eq!(request, expected);
        for (value, dry_run) in [("YES", true), ("1", true), ("no", false), ("maybe", false)] {
            let request = parse_text(&format!("dryRun={value}"), r#"{"type":"url","target":"x"}"#).expect("parses");
            assert_eq!(request.dry_run, dry_run, "{value}");
        }
    }

    #[test]
    fn refuses_bad_requests() {
        let cases = [
            (
                "",
                r#"{"type":"url"}"#,
                "request/body must have required property 'target'",
            ),
            ("", "{}", "request/body must have required property 'target'"),
            (
                "",
                r#"{"target":"x"}"#,
                "request/body must have required property 'type'",
            ),
            ("", r#"{"type":"url","target":1}"#, "request/body/target must be string"),
            (
                "",
                r#"{"type":"url","target":"x","more":1}"#,
                "Malformed request: Unrecognized key: \"more\"",
            ),
            (
                "onConflict=ask",
                "{}",
                "request/query/onConflict must be equal to one of the allowed values: refresh, reject",
            ),
        ];
        for (query, body, message) in cases {
            assert_eq!(parse_text(query, body).expect_err(body).message(), message);
        }
    }
}
