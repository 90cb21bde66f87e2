//! The routes below `/api/lighthouse`.

use axum::{
    Router,
    routing::{get, post},
};

use super::{v1, v2};
use crate::gateway::Gateway;

/// Everything that answers and is done.
pub(crate) fn routes() -> Router<Gateway> {
    Router::new()
        .route("/api/lighthouse/_ping", get(v1::ping::ping))
        .route(
            "/api/lighthouse/v1/audits",
            get(v1::list_audits::list_audits).post(v1::create_audit::create_audit),
        )
        .route(
            "/api/lighthouse/v1/audits/{id}",
            get(v1::get_audit::get_audit).delete(v1::delete_audit::delete_audit),
        )
        .route(
            "/api/lighthouse/v1/audits/{id}/website",
            get(v1::get_website_by_audit::get_website_by_audit),
        )
        .route("/api/lighthouse/v1/websites", get(v1::list_websites::list_websites))
        .route("/api/lighthouse/v1/websites/{url}", get(v1::get_website::get_website))
        .route(
            "/api/lighthouse/v2/audits",
            get(v2::audits::list_audits).post(v2::audits::create_audit),
        )
        .route(
            "/api/lighthouse/v2/audits/{id}",
            get(v2::audits::get_audit).delete(v2::audits::delete_audit),
        )
        .route(
            "/api/lighthouse/v2/audits/{id}/cancel",
            post(v2::cancel_audit::cancel_audit),
        )
        .route("/api/lighthouse/v2/audits/{id}/report", get(v2::get_report::get_report))
        .route(
            "/api/lighthouse/v2/audits/{id}/website",
            get(v2::websites::get_website_by_audit),
        )
        .route("/api/lighthouse/v2/comparison", get(v2::comparison::compare_reports))
        .route("/api/lighthouse/v2/websites", get(v2::websites::list_websites))
        .route("/api/lighthouse/v2/websites/{url}", get(v2::websites::get_website))
        .route(
            "/api/lighthouse/v2/websites/{url}/trend",
            get(v2::websites::get_website_trend),
        )
        .route(
            "/api/lighthouse/v2/schedules",
            get(v2::schedules::list_schedules).post(v2::schedules::create_schedule),
        )
        .route(
            "/api/lighthouse/v2/schedules/{id}",
            get(v2::schedules::get_schedule)
                .put(v2::schedules::update_schedule)
                .delete(v2::schedules::delete_schedule),
        )
        .route("/api/lighthouse/v2/status", get(v2::status::get_status))
}

/// Answers without an end, which nothing may hold back to compress it.
pub(crate) fn streams() -> Router<Gateway> {
    Router::new().route(
        "/api/lighthouse/v2/audits/{id}/events",
        get(v2::watch_audit::watch_audit),
    )
}
