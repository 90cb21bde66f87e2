//! Log lines for machines: one JSON object a line, flat, with the fields of the span that an event happened in.
//!
//! ```json
//! {"timestamp":"2026-01-31T12:00:00Z","level":"INFO","message":"call","seconds":0.2,"target":"callboard::access","span":{"caller":"user:default/jane","name":"rpc"}}
//! ```
//!
//! The library has such a format too. It keeps each span's fields as JSON text and parses them again for every line and every
//! field that comes later, which took a tenth of what gateway and proxy can do; here they are kept as members of an object, ready to be copied.

use std::fmt;

use serde::Serialize;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::Record,
};
use tracing_log::NormalizeEvent;
use tracing_subscriber::{
    field::RecordFields,
    fmt::{
        FmtContext, FormatEvent, FormatFields, FormattedFields,
        format::Writer,
        time::{FormatTime, SystemTime},
    },
    registry::LookupSpan,
};

/// Writes an event as a line.
#[derive(Debug)]
pub(super) struct JsonLine;

/// Writes the fields of a span as members of an object: `"caller":"service:ci","status":200`.
#[derive(Debug)]
pub(super) struct JsonMembers;

impl<S> FormatEvent<S, JsonMembers> for JsonLine
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, JsonMembers>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        // What a library logs in the other way comes with its true origin in fields.
        let normalised = event.normalized_metadata();
        let metadata = normalised.as_ref().unwrap_or_else(|| event.metadata());
        writer.write_str("{\"timestamp\":\"")?;
        SystemTime.format_time(&mut writer)?;
        write!(writer, "\",\"level\":\"{}\"", metadata.level())?;
        let mut members = Members::after_others(&mut writer);
        event.record(&mut members);
        members.written?;
        writer.write_str(",\"target\":")?;
        write_json(&mut writer, metadata.target())?;
        let span = event
            .parent()
            .and_then(|id| context.span(id))
            .or_else(|| context.lookup_current());
        if let Some(span) = span {
            writer.write_str(",\"span\":{")?;
            let extensions = span.extensions();
            let fields = extensions.get::<FormattedFields<JsonMembers>>();
            if let Some(fields) = fields.filter(|fields| !fields.is_empty()) {
                writer.write_str(fields)?;
                writer.write_char(',')?;
            }
            writer.write_str("\"name\":")?;
            write_json(&mut writer, span.name())?;
            writer.write_char('}')?;
        }
        writer.write_str("}\n")
    }
}

impl<'writer> FormatFields<'writer> for JsonMembers {
    fn format_fields<R: RecordFields>(&self, mut writer: Writer<'writer>, fields: R) -> fmt::Result {
        let mut members = Members::first(&mut writer);
        fields.record(&mut members);
        members.written
    }

    fn add_fields(&self, current: &'writer mut FormattedFields<Self>, fields: &Record<'_>) -> fmt::Result {
        let has_others = !current.fields.is_empty();
        let mut writer = current.as_writer();
        let mut members = if has_others {
            Members::after_others(&mut writer)
        } else {
            Members::first(&mut writer)
        };
        fields.record(&mut members);
        members.written
    }
}

/// Writes fields as members, until one cannot be written.
struct Members<'a, 'writer> {
    writer: &'a mut Writer<'writer>,
    has_others: bool,
    written: fmt::Result,
}

impl<'a, 'writer> Members<'a, 'writer> {
    fn first(writer: &'a mut Writer<'writer>) -> Self {
        Self {
            writer,
            has_others: false,
            written: Ok(()),
        }
    }

    fn after_others(writer: &'a mut Writer<'writer>) -> Self {
        Self {
            has_others: true,
            ..Self::first(writer)
        }
    }

    fn member(&mut self, field: &Field, value: &(impl Serialize + ?Sized)) {
        // Where a record of the other kind came from, which the target tells.
        if self.written.is_ok() && !field.name().starts_with("log.") {
            self.written = self.try_member(field.name(), value);
        }
    }

    fn try_member(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> fmt::Result {
        if std::mem::replace(&mut self.has_others, true) {
            self.writer.write_char(',')?;
        }
        write_json(self.writer, name.trim_start_matches("r#"))?;
        self.writer.write_char(':')?;
        write_json(self.writer, value)
    }
}

impl Visit for Members<'_, '_> {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.member(field, &value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.member(field, &value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.member(field, &value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.member(field, &value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.member(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.member(field, &format_args!("{value:?}"));
    }
}

fn write_json(writer: &mut Writer<'_>, value: &(impl Serialize + ?Sized)) -> fmt::Result {
    serde_json::to_writer(Bytes(writer), value).map_err(|_| fmt::Error)
}

/// A writer of text as one of bytes.
struct Bytes<'a, 'writer>(&'a mut Writer<'writer>);

impl std::io::Write for Bytes<'_, '_> {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        // JSON comes in pieces that are text each.
        let text = std::str::from_utf8(buffer).map_err(std::io::Error::other)?;
        self.0.write_str(text).map_err(std::io::Error::other)?;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parking_lot::Mutex;
    use serde_json::{Value, json};
    use tracing_subscriber::{fmt::MakeWriter, layer::SubscriberExt};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
            self.0.lock().extend_from_slice(buffer);
            Ok(buffer.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Lines {
        type Writer = Self;

        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    fn lines_of(log: impl FnOnce()) -> Vec<Value> {
        let lines = Lines::default();
        let layer = tracing_subscriber::fmt::layer()
            .fmt_fields(JsonMembers)
            .event_format(JsonLine)
            .with_writer(lines.clone());
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), log);
        let text = String::from_utf8(lines.0.lock().clone()).unwrap();
        text.lines()
            .map(|line| {
                let mut line: Value = serde_json::from_str(line).unwrap();
                assert!(line["timestamp"].take().is_string());
                line
            })
            .collect()
    }

    #[test]
    fn a_line_is_one_flat_object() {
        let error = std::io::Error::other("a \"quoted\" reason\n");
        let lines = lines_of(|| {
            tracing::info!(
                target: "callboard::access",
                number = 1_u64, negative = -1_i64, fraction = 0.5, flag = true, r#type = "raw", list = ?["a"],
                error = &error as &dyn std::error::Error, "happened"
            );
        });
        assert_eq!(
            lines,
            [json!({
                "timestamp": null, "level": "INFO", "message": "happened", "number": 1, "negative": -1, "fraction": 0.5, "flag": true,
                "type": "raw", "list": "[\"a\"]", "error": "a \"quoted\" reason\n", "target": "callboard::access",
            })]
        );
    }

    #[test]
    fn a_line_has_the_fields_of_its_span_and_later_ones_too() {
        let lines = lines_of(|| {
            let span = tracing::info_span!("rpc", service = "a.B", caller = tracing::field::Empty);
            span.in_scope(|| tracing::info!("before"));
            span.record("caller", "user:default/jane");
            span.in_scope(|| tracing::warn!("after"));
            let empty = tracing::info_span!("empty", caller = tracing::field::Empty);
            empty.in_scope(|| tracing::info!("nothing"));
            empty.record("caller", 7);
            tracing::info!(parent: &empty, "one");
        });
        let spans: Vec<&Value> = lines.iter().map(|line| &line["span"]).collect();
        assert_eq!(
            spans,
            [
                &json!({ "service": "a.B", "name": "rpc" }),
                &json!({ "service": "a.B", "caller": "user:default/jane", "name": "rpc" }),
                &json!({ "name": "empty" }),
                &json!({ "caller": 7, "name": "empty" }),
            ]
        );
    }
}
