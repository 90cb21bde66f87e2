//! `/api/notifications`: nothing ever happened. Frontends ask on every page, and must not show an error.

use std::sync::Arc;

use axum::{Extension, extract::Request, response::Response};
use http::{Method, StatusCode};
use serde_json::json;

use crate::{auth::credentials::Credentials, error::ApiError, http::respond};

/// Answers everything under `/api/notifications` as an installation in which nothing happened.
pub(crate) async fn answer_notifications(
    Extension(credentials): Extension<Arc<Credentials>>,
    request: Request,
) -> Result<Response, ApiError> {
    credentials.user()?;
    let path = request.uri().path();
    let path = path
        .strip_prefix("/api/notifications")
        .unwrap_or(path)
        .trim_matches('/');
    let is_get = request.method() == Method::GET;
    let body = match path {
        "" | "notifications" if is_get => json!({"notifications": [], "totalCount": 0}),
        "status" if is_get => json!({"unread": 0, "read": 0}),
        "settings" => json!({"channels": []}),
        "topics" if is_get => json!({"topics": []}),
        "update" | "notifications/update" => json!([]),
        _ => return Err(ApiError::not_found("There is no such notification")),
    };
    Ok(respond::json(StatusCode::OK, &body))
}
