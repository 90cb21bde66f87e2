//! Spans of database statements.
//!
//! sqlx tells of a statement when it is over, as an event with the time it took. That becomes a span of its own below the one in
//! which the statement ran, so that a trace ends where the time went. Texts of statements hold placeholders, never values.

use std::time::{Duration, SystemTime};

use opentelemetry::{
    KeyValue,
    trace::{Span as _, SpanKind, Tracer},
};
use opentelemetry_sdk::trace::SdkTracer;
use tracing::{
    Event, Level, Metadata, Subscriber, dispatcher,
    field::{Field, Visit},
};
use tracing_opentelemetry::get_otel_context;
use tracing_subscriber::{Layer, filter::FilterFn, layer::Context, registry::LookupSpan};

/// Makes the spans.
pub(super) struct QuerySpans {
    tracer: SdkTracer,
}

impl QuerySpans {
    pub(super) fn new(tracer: SdkTracer) -> Self {
        Self { tracer }
    }

    /// What sqlx tells, whatever else is logged, and the spans around it: what a layer's filter leaves out it cannot look up.
    pub(super) fn events() -> FilterFn {
        let wanted: fn(&Metadata<'_>) -> bool = |metadata| {
            let is_span = metadata.is_span() && *metadata.level() <= Level::INFO;
            is_span || metadata.target() == "sqlx::query"
        };
        FilterFn::new(wanted).with_max_level_hint(Level::DEBUG)
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for QuerySpans {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        // Outside of every span there are workers who look for work all the time.
        let Some(around) = context.event_span(event) else {
            return;
        };
        let Some(parent) = dispatcher::get_default(|dispatch| get_otel_context(&around.id(), dispatch)) else {
            return;
        };
        let mut statement = Statement::default();
        event.record(&mut statement);
        let end = SystemTime::now();
        self.tracer
            .span_builder(statement.operation())
            .with_kind(SpanKind::Client)
            .with_start_time(end.checked_sub(statement.elapsed).unwrap_or(end))
            .with_attributes(statement.attributes())
            .start_with_context(&self.tracer, &parent)
            .end_with_timestamp(end);
    }
}

/// One statement, as sqlx tells of it: its text, or the first words of a long one and the whole text.
#[derive(Default)]
struct Statement {
    summary: String,
    text: String,
    elapsed: Duration,
    rows_affected: u64,
    rows_returned: u64,
}

impl Statement {
    /// `SELECT`, `INSERT` and the like: few, so that they can be names of spans.
    fn operation(&self) -> String {
        let word = self.summary.split_whitespace().next().unwrap_or("statement");
        word.to_uppercase()
    }

    fn attributes(self) -> [KeyValue; 4] {
        let text = if self.text.is_empty() { self.summary } else { self.text };
        let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
        [
            KeyValue::new("db.system.name", "postgresql"),
            KeyValue::new("db.query.text", text),
            KeyValue::new("db.response.returned_rows", count(self.rows_returned)),
            KeyValue::new("db.response.affected_rows", count(self.rows_affected)),
        ]
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.trim().clone_into(&mut self.text),
            _ => {}
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "elapsed_secs" {
            self.elapsed = Duration::try_from_secs_f64(value).unwrap_or_default();
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "rows_affected" => self.rows_affected = value,
            "rows_returned" => self.rows_returned = value,
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
