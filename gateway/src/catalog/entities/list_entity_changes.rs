//! `GET /entities/by-name/{kind}/{namespace}/{name}/changes`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::{FieldChange, ListEntityChangesRequest, ListEntityChangesResponse, RecordedChange};

use crate::{
    catalog::splice::Splice,
    error::ApiError,
    gateway::Gateway,
    http::{json_form::time_text, path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// What changed in an entity since it was registered, newest first.
pub(crate) async fn list_entity_changes(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    let mut parameters = QueryParameters::parse(path.uri(), &["limit", "cursor"])?;
    let limit = parameters.count("limit");
    let cursor = parameters.text("cursor");
    parameters.finish()?;
    let [kind, namespace, name] = path.decode()?;
    let request = ListEntityChangesRequest {
        read: gateway.read_options(&context),
        entity_ref: format!("{kind}:{namespace}/{name}").to_lowercase(),
        limit,
        cursor: cursor.unwrap_or_default(),
    };
    let response = gateway.catalog().list_entity_changes(&context, request).await?;
    Ok(respond::json_at_revision(body(&response), response.revision))
}

fn body(response: &ListEntityChangesResponse) -> bytes::Bytes {
    let mut splice = Splice::with_room_for(response.items.len() * 256);
    splice.raw("{\"items\":[").separated(&response.items, change);
    splice.raw("],\"pageInfo\":{");
    if let Some(cursor) = &response.next_cursor {
        splice.raw("\"nextCursor\":").text(cursor);
    }
    splice.raw("}}");
    splice.finish()
}

fn change(splice: &mut Splice, change: &RecordedChange) {
    splice.raw("{\"revision\":").number(change.revision.unsigned_abs());
    if let Some(time) = change.time.and_then(time_text) {
        splice.raw(",\"time\":").text(&time);
    }
    if !change.location.is_empty() {
        splice.raw(",\"location\":").text(&change.location);
    }
    splice.raw(",\"fields\":[").separated(&change.fields, field);
    splice
        .raw("],\"moreFields\":")
        .number(u64::from(change.more_fields))
        .raw("}");
}

fn field(splice: &mut Splice, field: &FieldChange) {
    splice.raw("{\"path\":[").separated(&field.path, |splice, name| {
        splice.text(name);
    });
    splice.raw("]");
    for (name, value) in [("before", &field.before), ("after", &field.after)] {
        if let Some(value) = value {
            splice.raw(",").text(name).raw(":").raw(value);
        }
    }
    if field.shortened {
        splice.raw(",\"shortened\":true");
    }
    splice.raw("}");
}
