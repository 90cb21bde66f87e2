//! W3C trace context in the headers of calls.

use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::{
    global,
    propagation::{Extractor, Injector},
};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// Makes `traceparent` and `tracestate` the way contexts travel.
pub(super) fn install() {
    global::set_text_map_propagator(TraceContextPropagator::new());
}

/// Writes the context of a span into headers.
pub fn inject(span: &Span, headers: &mut HeaderMap) {
    let context = span.context();
    global::get_text_map_propagator(|propagator| propagator.inject_context(&context, &mut Headers(headers)));
}

/// Makes a span the child of the one that the headers name, if they name one.
pub fn adopt(span: &Span, headers: &HeaderMap) {
    let context = global::get_text_map_propagator(|propagator| propagator.extract(&HeadersRef(headers)));
    // Without an exporter spans have no context, and there is nothing to adopt into.
    let _ = span.set_parent(context);
}

struct Headers<'a>(&'a mut HeaderMap);

impl Injector for Headers<'_> {
    fn set(&mut self, key: &str, value: String) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(key), HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}

struct HeadersRef<'a>(&'a HeaderMap);

impl Extractor for HeadersRef<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry::trace::{TraceContextExt, TracerProvider};
    use opentelemetry_sdk::trace::SdkTracerProvider;
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[test]
    fn a_trace_goes_on_at_the_other_end() {
        install();
        let provider = SdkTracerProvider::builder().build();
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, || {
            let near = tracing::info_span!("near");
            let mut headers = HeaderMap::new();
            inject(&near, &mut headers);
            assert!(
                headers["traceparent"].to_str().unwrap().starts_with("00-"),
                "{headers:?}"
            );

            let far = tracing::info_span!("far");
            adopt(&far, &headers);
            let trace_of = |span: &Span| span.context().span().span_context().trace_id();
            assert_eq!(trace_of(&far), trace_of(&near));
        });
    }

    #[test]
    fn without_a_trace_nothing_is_written_or_adopted() {
        let mut headers = HeaderMap::new();
        inject(&Span::none(), &mut headers);
        adopt(&Span::none(), &headers);
        assert!(headers.is_empty());
    }
}
