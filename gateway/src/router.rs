//! Every route of the gateway.

use axum::{
    Router,
    http::StatusCode,
    middleware::from_fn_with_state,
    routing::{any, delete, get, patch, post, put},
};
use tower::Layer;
use tower_http::compression::{
    CompressionLayer, Predicate,
    predicate::{DefaultPredicate, SizeAbove},
};

use crate::{
    administration::{list_providers::list_providers as list_catalog_providers, list_units::list_units},
    audit::{list_events::list_audit_events, record_changes},
    auth::{
        authenticate::authenticate,
        discovery,
        providers::guest,
        sessions::{
            list_sessions::list_sessions,
            revoke_session::{revoke_other_sessions, revoke_session},
        },
        sign_in::{
            callback::finish_sign_in, list_providers::list_providers, logout::end_session, refresh::refresh_session,
            start::start_sign_in, unknown_action,
        },
        user_cookie::{delete_user_cookie, get_user_cookie},
        user_info,
    },
    catalog::{
        entities::{
            delete_entity_by_uid::delete_entity_by_uid, get_entities_by_refs::get_entities_by_refs,
            get_entity_ancestry::get_entity_ancestry, get_entity_by_name::get_entity_by_name,
            get_entity_by_uid::get_entity_by_uid, get_entity_facets::get_entity_facets, list_entities::list_entities,
            list_entity_changes::list_entity_changes, query_entities::query_entities,
            query_entities_by_predicate::query_entities_by_predicate, query_entity_facets::query_entity_facets,
        },
        locations::{
            analyze_location::analyze_location, create_location::create_location, delete_location::delete_location,
            get_location::get_location, get_location_by_entity::get_location_by_entity, list_locations::list_locations,
            query_locations::query_locations, update_location::update_location,
        },
        processing::{
            delete_unprocessed_entity::delete_unprocessed_entity,
            list_unprocessed_entities::{list_failed_entities, list_pending_entities, list_unprocessed_entities},
            refresh_entity::refresh_entity,
            validate_entity::validate_entity,
        },
    },
    edge::{self, rate_limit},
    events::{publish_event::publish_event, receive_event::receive_event},
    frontend,
    gateway::Gateway,
    grpc_edge, health,
    http::normalise_path::{NormalisePath, NormalisePathLayer},
    lighthouse,
    live::stream_events::stream_events,
    notifications::answer_notifications,
    openapi::{
        get_openapi::{get_openapi, get_plugin_openapi},
        page::{get_api_page, get_api_page_file},
    },
    permission::{
        apply_conditions::apply_conditions,
        authorize::{authorize, get_permission_health},
        explain::explain_decision,
        metadata::get_permission_metadata,
    },
    proxy,
    response_cache::serve_from_cache,
    search::query_search::query_search,
    signals::connect_signals::connect_signals,
    user_settings::{
        change_set::change_set, delete_setting::delete_setting, get_setting::get_setting, get_settings::get_settings,
        put_setting::put_setting,
    },
};

/// Smaller responses are not worth compressing.
const COMPRESS_ABOVE_BYTES: u64 = 1024;

/// The whole HTTP application.
pub(crate) fn application(gateway: Gateway) -> NormalisePath<Router> {
    let compression =
        || CompressionLayer::new().compress_when(SizeAbove::new(COMPRESS_ABOVE_BYTES).and(DefaultPredicate::new()));
    // Cached as they are sent, so that a hit is not compressed again.
    let cached = cached_routes()
        .layer(compression())
        .layer(from_fn_with_state(gateway.clone(), serve_from_cache));
    let router = Router::new()
        .merge(cached)
        .merge(routes().merge(lighthouse::routes::routes()).layer(compression()))
        .merge(proxy::admin_routes().layer(compression()))
        .merge(streams().merge(lighthouse::routes::streams()))
        .merge(proxy::forwarded_routes())
        .merge(grpc_edge::routes(&gateway))
        .fallback_service(web_app(gateway.clone()).layer(compression()))
        .method_not_allowed_fallback(async || StatusCode::NOT_FOUND)
        .layer(from_fn_with_state(gateway.clone(), record_changes));
    let router = if gateway.config().rate_limit.is_on() {
        router
            .layer(from_fn_with_state(gateway.clone(), rate_limit::limit_callers))
            .layer(from_fn_with_state(gateway.clone(), authenticate))
            .layer(from_fn_with_state(gateway.clone(), rate_limit::limit_refusals))
    } else {
        router.layer(from_fn_with_state(gateway.clone(), authenticate))
    };
    let router = router
        .layer(from_fn_with_state(gateway.clone(), edge::handle))
        .with_state(gateway);
    NormalisePathLayer.layer(router)
}

/// Everything that is not a route: the web app's files and page.
fn web_app(gateway: Gateway) -> Router {
    Router::new().fallback(frontend::serve_frontend).with_state(gateway)
}

/// Reads that depend on nothing but the request and the catalog's revision.
fn cached_routes() -> Router<Gateway> {
    Router::new()
        .route("/api/catalog/entities", get(list_entities))
        .route("/api/catalog/entities/by-query", get(query_entities))
        .route(
            "/api/catalog/entities/by-name/{kind}/{namespace}/{name}",
            get(get_entity_by_name),
        )
        .route(
            "/api/catalog/entities/by-name/{kind}/{namespace}/{name}/ancestry",
            get(get_entity_ancestry),
        )
        .route(
            "/api/catalog/entities/by-name/{kind}/{namespace}/{name}/changes",
            get(list_entity_changes),
        )
        .route("/api/catalog/entities/by-uid/{uid}", get(get_entity_by_uid))
        .route("/api/catalog/entity-facets", get(get_entity_facets))
        .route("/api/search/query", get(query_search))
}

/// Answers without an end, which nothing may hold back to compress it.
fn streams() -> Router<Gateway> {
    Router::new()
        .route("/api/events/stream", get(stream_events))
        .route("/api/signals", get(connect_signals))
}

fn routes() -> Router<Gateway> {
    Router::new()
        // Catalog: entities
        .route("/api/catalog/entities/by-query", post(query_entities_by_predicate))
        .route("/api/catalog/entities/by-refs", post(get_entities_by_refs))
        .route("/api/catalog/entities/by-uid/{uid}", delete(delete_entity_by_uid))
        .route("/api/catalog/entity-facets", post(query_entity_facets))
        // Catalog: locations
        .route("/api/catalog/locations", get(list_locations).post(create_location))
        .route("/api/catalog/locations/by-query", post(query_locations))
        .route(
            "/api/catalog/locations/by-entity/{kind}/{namespace}/{name}",
            get(get_location_by_entity),
        )
        .route(
            "/api/catalog/locations/{id}",
            get(get_location)
                .merge(put(update_location))
                .merge(delete(delete_location)),
        )
        .route("/api/catalog/analyze-location", post(analyze_location))
        // Catalog: processing
        .route("/api/catalog/refresh", post(refresh_entity))
        .route("/api/catalog/validate-entity", post(validate_entity))
        .route("/api/catalog/entities/unprocessed", get(list_unprocessed_entities))
        .route("/api/catalog/entities/unprocessed/failed", get(list_failed_entities))
        .route("/api/catalog/entities/unprocessed/pending", get(list_pending_entities))
        .route(
            "/api/catalog/entities/unprocessed/delete/{uid}",
            delete(delete_unprocessed_entity),
        )
        // Signing in
        .route(
            "/api/auth/guest/refresh",
            get(guest::refresh_guest_session).post(guest::refresh_guest_session),
        )
        .route("/api/auth/guest/start", get(guest::not_for_guests))
        .route(
            "/api/auth/guest/handler/frame",
            get(guest::not_for_guests).post(guest::not_for_guests),
        )
        .route("/api/auth/guest/logout", post(guest::not_for_guests))
        .route("/api/auth/v1/providers", get(list_providers))
        .route(
            "/api/auth/v1/sessions",
            get(list_sessions).delete(revoke_other_sessions),
        )
        .route("/api/auth/v1/sessions/{id}", delete(revoke_session))
        .route("/api/auth/v1/userinfo", get(user_info::get_user_info))
        .route("/api/auth/.well-known/jwks.json", get(discovery::get_jwks))
        .route(
            "/api/auth/.well-known/openid-configuration",
            get(discovery::get_openid_configuration),
        )
        .route("/api/auth/{provider}/start", get(start_sign_in))
        .route(
            "/api/auth/{provider}/handler/frame",
            get(finish_sign_in).post(finish_sign_in),
        )
        .route(
            "/api/auth/{provider}/refresh",
            get(refresh_session).post(refresh_session),
        )
        .route("/api/auth/{provider}/logout", post(end_session))
        .route("/api/auth/{provider}/{*action}", any(unknown_action))
        .route(
            "/api/{plugin}/.backstage/auth/v1/jwks.json",
            get(discovery::get_plugin_jwks),
        )
        .route(
            "/api/{plugin}/.backstage/auth/v1/cookie",
            get(get_user_cookie).delete(delete_user_cookie),
        )
        // Events
        .route("/api/events/bus/v1/events", post(publish_event))
        .route("/api/events/http/{topic}", post(receive_event))
        // Permissions
        .route("/api/permission/authorize", post(authorize))
        .route("/api/permission/explain", post(explain_decision))
        .route("/api/permission/health", get(get_permission_health))
        .route(
            "/api/catalog/.well-known/backstage/permissions/metadata",
            get(get_permission_metadata),
        )
        .route(
            "/api/catalog/.well-known/backstage/permissions/apply-conditions",
            post(apply_conditions),
        )
        // What people set for themselves
        .route("/api/user-settings/multiget", post(get_settings))
        .route(
            "/api/user-settings/buckets/{bucket}/keys/{*key}",
            get(get_setting)
                .merge(put(put_setting))
                .merge(patch(change_set))
                .merge(delete(delete_setting)),
        )
        .route("/api/notifications", any(answer_notifications))
        .route("/api/notifications/{*path}", any(answer_notifications))
        // Changes made so far
        .route("/api/audit/v1/events", get(list_audit_events))
        // How everything is, for those who look after it
        .route("/api/admin/v1/units", get(list_units))
        .route("/api/admin/v1/providers", get(list_catalog_providers))
        // The description of all this
        .route("/api/openapi.json", get(get_openapi))
        .route("/api/{plugin}/openapi.json", get(get_plugin_openapi))
        .route("/api/docs", get(get_api_page))
        .route("/api/docs/{file}", get(get_api_page_file))
        // Health
        .route("/.backstage/health/v1/liveness", get(health::get_liveness))
        .route("/.backstage/health/v1/readiness", get(health::get_readiness))
}
