//! Routes as upstream does: without regard to case, and with a trailing slash tolerated.
//!
//! The router sees the API's path in lower case and without trailing slashes; the path as it was sent stays beside it, because
//! error messages and path parameters show it.

use std::task::{Context, Poll};

use http::{
    Request, Uri,
    uri::{Parts, PathAndQuery},
};
use tower::{Layer, Service};

/// The URI as it was sent, in the extensions of a request whose path was rewritten.
#[derive(Clone, Debug)]
pub(crate) struct OriginalUri(pub(crate) Uri);

/// The URI of a request as it was sent.
pub(crate) fn original_uri<B>(request: &Request<B>) -> Uri {
    request
        .extensions()
        .get::<OriginalUri>()
        .map_or_else(|| request.uri().clone(), |original| original.0.clone())
}

/// Wraps a router in [`NormalisePath`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct NormalisePathLayer;

impl<S> Layer<S> for NormalisePathLayer {
    type Service = NormalisePath<S>;

    fn layer(&self, inner: S) -> NormalisePath<S> {
        NormalisePath { inner }
    }
}

/// Rewrites paths before the inner service routes them.
#[derive(Clone, Debug)]
pub(crate) struct NormalisePath<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for NormalisePath<S>
where
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> S::Future {
        if let Some(uri) = normalised(request.uri()) {
            let original = std::mem::replace(request.uri_mut(), uri);
            request.extensions_mut().insert(OriginalUri(original));
        }
        self.inner.call(request)
    }
}

/// The URI to route by, when it differs from the one sent. Only the API is case-insensitive: files of the frontend are not.
fn normalised(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    let is_api = path.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("/api/"));
    let needs_change = path.len() > 1 && path.ends_with('/') || path.bytes().any(|byte| byte.is_ascii_uppercase());
    if !is_api || !needs_change {
        return None;
    }
    let mut target = path.trim_end_matches('/').to_ascii_lowercase();
    if let Some(query) = uri.query() {
        target.push('?');
        target.push_str(query);
    }
    let mut parts = Parts::from(uri.clone());
    parts.path_and_query = Some(PathAndQuery::try_from(target).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowers_and_trims_the_path_of_the_api() {
        let cases = [
            ("/api/catalog/entities", None),
            ("/API/Catalog/Entities/", Some("/api/catalog/entities")),
            (
                "/api/catalog/entities/?Filter=A",
                Some("/api/catalog/entities?Filter=A"),
            ),
            ("/Logo.PNG", None),
            ("/catalog/", None),
            ("*", None),
        ];
        for (sent, expected) in cases {
            let uri: Uri = sent.parse().expect("a URI");
            assert_eq!(
                normalised(&uri).map(|uri| uri.to_string()).as_deref(),
                expected,
                "{sent}"
            );
        }
    }
}
