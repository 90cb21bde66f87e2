//! `GET /api/auth/v1/providers`: what a sign-in page may offer.

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde_json::{Value, json};

use crate::{gateway::Gateway, http::respond};

/// The ways to sign in, in the order of the configuration. Those that would refuse everybody are not among them.
pub(crate) async fn list_providers(State(gateway): State<Gateway>) -> Response {
    let auth = &gateway.config().auth;
    let item = |name: &String| -> Option<Value> {
        if name == "guest" {
            return auth
                .allows_guests()
                .then(|| json!({"id": "guest", "title": "Guest", "kind": "guest"}));
        }
        let config = gateway.providers().find(name)?.config();
        let signs_in = !config.resolvers.is_empty();
        signs_in.then(|| json!({"id": name, "title": config.title, "kind": "oauth"}))
    };
    let items: Vec<Value> = auth.provider_names.iter().filter_map(item).collect();
    respond::json(StatusCode::OK, &json!({ "items": items }))
}
