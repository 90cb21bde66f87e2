//! What an entity of the catalog says about its websites.

use serde::Deserialize;
use std::collections::BTreeMap;

use super::Timetable;
use crate::{
    audit::{AuditOptions, Target},
    config::CatalogSchedule,
    store::NewSchedule,
};

/// Websites, separated by commas or line ends, each with or without a label before it: `shop=https://shop.example.com`.
pub(super) const WEBSITE_URL: &str = "lighthouse.com/website-url";
/// A cron expression, for the entity's websites alone.
const SCHEDULE: &str = "lighthouse.com/schedule";

#[derive(Deserialize)]
struct Entity {
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    annotations: BTreeMap<String, serde_json::Value>,
}

/// The schedules that an entity asks for. What makes no sense in it is told in the log and left out.
pub(super) fn schedules_of(
    entity_ref: &str,
    document: &[u8],
    catalog: &CatalogSchedule,
    now: time::OffsetDateTime,
) -> Vec<NewSchedule> {
    let Ok(entity) = serde_json::from_slice::<Entity>(document) else {
        return Vec::new();
    };
    let annotation = |name: &str| entity.metadata.annotations.get(name).and_then(|value| value.as_str());
    let Some(urls) = annotation(WEBSITE_URL) else {
        return Vec::new();
    };
    let own = annotation(SCHEDULE).and_then(|cron| {
        let timetable = Timetable::new(cron, catalog.timetable.zone(), std::time::Duration::ZERO);
        timetable
            .inspect_err(|error| tracing::warn!(entity_ref, %error, "annotation {SCHEDULE}"))
            .ok()
    });
    let timetable = own.as_ref().unwrap_or(&catalog.timetable);
    let options = AuditOptions {
        form_factor: Some(catalog.form_factor),
        ..AuditOptions::default()
    };
    let mut schedules: Vec<NewSchedule> = Vec::new();
    for url in urls.split([',', '\n']).map(without_label).filter(|url| !url.is_empty()) {
        match Target::parse(url) {
            Ok(target) if target.credentials.is_some() => {
                tracing::warn!(
                    entity_ref,
                    "annotation {WEBSITE_URL}: an entity's URL cannot carry credentials"
                );
            }
            Ok(target) if schedules.iter().any(|known| known.url == target.url) => {}
            Ok(target) => {
                let schedule = timetable.schedule(&target.url, options.clone(), Some(entity_ref.to_owned()), now);
                schedules.push(NewSchedule {
                    first_run: Some(now + catalog.initial_delay),
                    ..schedule
                });
            }
            Err(error) => tracing::warn!(entity_ref, %error, "annotation {WEBSITE_URL}"),
        }
    }
    schedules
}

fn without_label(text: &str) -> &str {
    let text = text.trim();
    match text.split_once('=') {
        // A URL has its own `=`, but after its protocol.
        Some((label, url)) if !label.contains("://") => url.trim(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::audit::FormFactor;

    fn urls(annotations: &serde_json::Value) -> Vec<(String, String)> {
        let catalog = CatalogSchedule {
            timetable: "0 3 * * *".parse().unwrap(),
            form_factor: FormFactor::Mobile,
            initial_delay: std::time::Duration::ZERO,
        };
        let document = serde_json::json!({"metadata": {"annotations": annotations}}).to_string();
        let schedules = schedules_of(
            "component:default/a",
            document.as_bytes(),
            &catalog,
            datetime!(2026-01-01 0:00 UTC),
        );
        schedules
            .into_iter()
            .map(|schedule| (schedule.url, schedule.cron))
            .collect()
    }

    #[test]
    fn an_entity_may_have_several_websites_with_labels() {
        let annotations = serde_json::json!({
            WEBSITE_URL: "https://a.example/?x=y, shop = https://b.example\nnonsense,https://a.example/?x=y,,https://u:p@c.example",
        });
        let nightly = |url: &str| (url.to_owned(), "0 3 * * *".to_owned());
        assert_eq!(
            urls(&annotations),
            [nightly("https://a.example/?x=y"), nightly("https://b.example")]
        );
    }

    #[test]
    fn an_entity_may_say_when() {
        let annotations = serde_json::json!({ WEBSITE_URL: "https://a.example", SCHEDULE: "0 6 * * 1" });
        assert_eq!(urls(&annotations)[0].1, "0 6 * * 1");
        let annotations = serde_json::json!({ WEBSITE_URL: "https://a.example", SCHEDULE: "weekly" });
        assert_eq!(urls(&annotations)[0].1, "0 3 * * *");
        assert!(urls(&serde_json::json!({})).is_empty());
    }
}
