//! `/v2/schedules` and `/v2/schedules/{id}`.

use axum::{
    extract::{Request, State},
    response::Response,
};
use callboard_proto::lighthouse_audit::v1::{
    CreateScheduleRequest, DeleteScheduleRequest, GetScheduleRequest, ListSchedulesRequest, Schedule,
    UpdateScheduleRequest,
};
use http::{StatusCode, Uri};
use serde::Deserialize;
use serde_json::Value;

use super::{
    bodies::{PageBody, ScheduleBody},
    options::{OptionsBody, parse_duration},
    query, read_json,
};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::respond,
    lighthouse::present,
    upstream::{ById, CallContext},
};

/// What a person says of a schedule. What is output only may be there, as in an answer of ours, and is ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewSchedule {
    url: String,
    cron: String,
    #[serde(default)]
    time_zone: String,
    jitter: Option<String>,
    #[serde(default)]
    options: OptionsBody,
    enabled: Option<bool>,
    #[serde(rename = "id")]
    _id: Option<Value>,
    #[serde(rename = "origin")]
    _origin: Option<Value>,
    #[serde(rename = "entityRef")]
    _entity_ref: Option<Value>,
    #[serde(rename = "nextRun")]
    _next_run: Option<Value>,
    #[serde(rename = "lastRun")]
    _last_run: Option<Value>,
}

impl NewSchedule {
    fn into_message(self, id: String) -> Result<Schedule, ApiError> {
        Ok(Schedule {
            id,
            url: self.url,
            cron: self.cron,
            time_zone: self.time_zone,
            jitter: self.jitter.map(|text| parse_duration("jitter", &text)).transpose()?,
            options: Some(self.options.into_message()?),
            enabled: self.enabled.unwrap_or(true),
            ..Schedule::default()
        })
    }
}

fn schedule(status: StatusCode, schedule: Option<Schedule>) -> Result<Response, ApiError> {
    Ok(respond::json(status, &ScheduleBody::from(&present(schedule)?)))
}

/// A page of schedules, ordered by website.
pub(crate) async fn list_schedules(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut parameters = query(&uri, &["limit", "pageToken", "url"])?;
    let request = ListSchedulesRequest {
        limit: parameters.count("limit"),
        page_token: parameters.text("pageToken").unwrap_or_default(),
        url: parameters.text("url").unwrap_or_default(),
    };
    parameters.finish()?;
    let answer = gateway.lighthouse_audit().list_schedules(&context, request).await?;
    Ok(respond::tagged_json(&PageBody {
        items: answer.items.iter().map(ScheduleBody::from).collect(),
        total: None,
        next_page_token: &answer.next_page_token,
    }))
}

/// Adds a schedule.
pub(crate) async fn create_schedule(
    State(gateway): State<Gateway>,
    context: CallContext,
    request: Request,
) -> Result<Response, ApiError> {
    let new: NewSchedule = read_json(&gateway, request).await?;
    let request = CreateScheduleRequest {
        schedule: Some(new.into_message(String::new())?),
    };
    let answer = gateway.lighthouse_audit().create_schedule(&context, request).await?;
    schedule(StatusCode::CREATED, answer.schedule)
}

/// One schedule.
pub(crate) async fn get_schedule(ById { gateway, context, id }: ById) -> Result<Response, ApiError> {
    let answer = gateway
        .lighthouse_audit()
        .get_schedule(&context, GetScheduleRequest { id })
        .await?;
    schedule(StatusCode::OK, answer.schedule)
}

/// Replaces a schedule.
pub(crate) async fn update_schedule(
    ById { gateway, context, id }: ById,
    request: Request,
) -> Result<Response, ApiError> {
    let new: NewSchedule = read_json(&gateway, request).await?;
    let request = UpdateScheduleRequest {
        schedule: Some(new.into_message(id)?),
    };
    let answer = gateway.lighthouse_audit().update_schedule(&context, request).await?;
    schedule(StatusCode::OK, answer.schedule)
}

/// Deletes a schedule.
pub(crate) async fn delete_schedule(ById { gateway, context, id }: ById) -> Result<Response, ApiError> {
    gateway
        .lighthouse_audit()
        .delete_schedule(&context, DeleteScheduleRequest { id })
        .await?;
    Ok(respond::empty(StatusCode::NO_CONTENT))
}
