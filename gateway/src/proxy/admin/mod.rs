//! `/api/proxy-admin/v1`: endpoints and what goes through them. The proxy service decides who may ask.

mod endpoint_json;
mod endpoints;
mod usage;

use axum::{
    Router,
    routing::{get, post},
};

use self::{
    endpoints::{
        create_endpoint, delete_endpoint, get_endpoint, list_endpoints, purge_endpoint_cache, test_endpoint,
        update_endpoint,
    },
    usage::get_usage,
};
use crate::gateway::Gateway;

/// The routes of the administration.
pub(crate) fn admin_routes() -> Router<Gateway> {
    Router::new()
        .route(
            "/api/proxy-admin/v1/endpoints",
            get(list_endpoints).post(create_endpoint),
        )
        .route("/api/proxy-admin/v1/endpoints/test", post(test_endpoint))
        .route(
            "/api/proxy-admin/v1/endpoints/{id}",
            get(get_endpoint).put(update_endpoint).delete(delete_endpoint),
        )
        .route("/api/proxy-admin/v1/endpoints/{id}/purge", post(purge_endpoint_cache))
        .route("/api/proxy-admin/v1/usage", get(get_usage))
}
