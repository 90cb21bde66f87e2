//! `GET /_ping`.

/// Says that the API is there.
pub(crate) async fn ping() -> &'static str {
    "OK"
}
