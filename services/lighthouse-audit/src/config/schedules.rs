//! `lighthouse.schedules`, `lighthouse.catalog` and Backstage's `lighthouse.schedule`: audits that are asked for again and again.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError};
use serde::Deserialize;

use crate::{
    audit::{AuditOptions, FormFactor, Target},
    schedule::Timetable,
};

/// What is asked for again and again.
#[derive(Debug, Clone)]
pub struct SchedulesConfig {
    /// `lighthouse.schedules[]`.
    pub configured: Vec<ConfiguredSchedule>,
    /// `lighthouse.catalog`; none when it is switched off.
    pub catalog: Option<CatalogSchedule>,
}

/// One of `lighthouse.schedules`: `{url, cron, timeZone?, jitter?, formFactor?}`.
#[derive(Debug, Clone)]
pub struct ConfiguredSchedule {
    /// The website.
    pub url: String,
    /// When.
    pub timetable: Timetable,
    /// How.
    pub options: AuditOptions,
}

/// When the websites of catalog entities are audited, unless an entity says it in its annotation `lighthouse.com/schedule`.
#[derive(Debug, Clone)]
pub struct CatalogSchedule {
    /// `lighthouse.catalog.cron` (`0 3 * * *`), `timeZone` (UTC) and `jitter` (1 h).
    pub timetable: Timetable,
    /// `lighthouse.catalog.formFactor` (mobile).
    pub form_factor: FormFactor,
    /// `lighthouse.catalog.initialDelay` (15 min): when a website that was never audited is audited first.
    pub initial_delay: Duration,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Spelling {
    url: String,
    cron: String,
    time_zone: Option<String>,
    jitter: Option<ConfigDuration>,
    form_factor: Option<FormFactor>,
}

const EVERY_NIGHT: &str = "0 3 * * *";
const CATALOG_JITTER: Duration = Duration::from_hours(1);
const INITIAL_DELAY: Duration = Duration::from_mins(15);

impl SchedulesConfig {
    pub(super) fn load(config: &Config) -> Result<Self, ConfigError> {
        let spellings = config.get_or::<Vec<Spelling>>("lighthouse.schedules", Vec::new())?;
        let configured = spellings.into_iter().enumerate().map(|(index, spelling)| {
            let invalid = |message: String| config.invalid(&format!("lighthouse.schedules[{index}]"), message);
            let target = Target::parse(&spelling.url).map_err(|error| invalid(error.to_string()))?;
            if target.credentials.is_some() {
                return Err(invalid("a schedule's URL cannot carry credentials".to_owned()));
            }
            let jitter = spelling.jitter.unwrap_or_default().get();
            let zone = spelling.time_zone.unwrap_or_default();
            Ok(ConfiguredSchedule {
                url: target.url,
                timetable: Timetable::new(&spelling.cron, &zone, jitter).map_err(|error| invalid(error.to_string()))?,
                options: AuditOptions {
                    form_factor: spelling.form_factor,
                    ..AuditOptions::default()
                },
            })
        });
        Ok(Self {
            configured: configured.collect::<Result<_, _>>()?,
            catalog: catalog(config)?,
        })
    }
}

fn catalog(config: &Config) -> Result<Option<CatalogSchedule>, ConfigError> {
    if !config.get_or("lighthouse.catalog.enabled", true)? {
        return Ok(None);
    }
    let cron = match config.get::<String>("lighthouse.catalog.cron")? {
        Some(cron) => cron,
        None => backstages_frequency(config)?.unwrap_or_else(|| EVERY_NIGHT.to_owned()),
    };
    let zone = config.get_or("lighthouse.catalog.timeZone", String::new())?;
    let duration = |key: &str, default: Duration| config.get_or::<ConfigDuration>(key, default.into());
    let jitter = duration("lighthouse.catalog.jitter", CATALOG_JITTER)?;
    let backstages_delay = duration("lighthouse.schedule.initialDelay", INITIAL_DELAY)?.get();
    Ok(Some(CatalogSchedule {
        timetable: Timetable::new(&cron, &zone, jitter.get())
            .map_err(|error| config.invalid("lighthouse.catalog", error.to_string()))?,
        form_factor: config.get_or("lighthouse.catalog.formFactor", FormFactor::Mobile)?,
        initial_delay: duration("lighthouse.catalog.initialDelay", backstages_delay)?.get(),
    }))
}

/// `lighthouse.schedule.frequency` of Backstage's module: `{cron}`, or a duration, of which the nearest cron expression is made.
fn backstages_frequency(config: &Config) -> Result<Option<String>, ConfigError> {
    const PATH: &str = "lighthouse.schedule.frequency";
    if let Some(cron) = config
        .get::<String>("lighthouse.schedule.frequency.cron")
        .ok()
        .flatten()
    {
        return Ok(Some(cron));
    }
    let Some(frequency) = config.get::<ConfigDuration>(PATH)? else {
        return Ok(None);
    };
    let minutes = frequency.get().as_secs() / 60;
    Ok(Some(match minutes {
        0..60 => format!("*/{} * * * *", minutes.max(1)),
        60..1440 => format!("0 */{} * * *", minutes / 60),
        1440..2880 => EVERY_NIGHT.to_owned(),
        _ => format!("0 3 */{} * *", (minutes / 1440).min(31)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(yaml: &str) -> Result<SchedulesConfig, String> {
        SchedulesConfig::load(&Config::from_yaml(yaml).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_catalogs_websites_are_audited_every_night_unless_told_otherwise() {
        let cron = |yaml: &str| {
            load(yaml)
                .unwrap()
                .catalog
                .map(|catalog| catalog.timetable.cron().to_owned())
        };
        assert_eq!(cron("a: 1").as_deref(), Some("0 3 * * *"));
        assert_eq!(cron("lighthouse: {catalog: {enabled: false}}"), None);
        assert_eq!(
            cron("lighthouse: {catalog: {cron: '5 4 * * 1'}}").as_deref(),
            Some("5 4 * * 1")
        );
        for (frequency, expected) in [
            ("{minutes: 15}", "*/15 * * * *"),
            ("{hours: 6}", "0 */6 * * *"),
            ("{days: 1}", "0 3 * * *"),
            ("{days: 7}", "0 3 */7 * *"),
            ("{cron: '1 2 * * *'}", "1 2 * * *"),
        ] {
            let yaml = format!("lighthouse: {{schedule: {{frequency: {frequency}, timeout: {{minutes: 10}}}}}}");
            assert_eq!(cron(&yaml).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_schedule_that_makes_no_sense_is_refused_with_its_place() {
        for (schedule, part) in [
            ("{url: 'www.a.example', cron: '0 0 * * *'}", "protocol"),
            ("{url: 'https://u:p@a.example', cron: '0 0 * * *'}", "credentials"),
            ("{url: 'https://a.example', cron: 'often'}", "cron"),
            (
                "{url: 'https://a.example', cron: '0 0 * * *', timeZone: 'Moon/Base'}",
                "time zone",
            ),
        ] {
            let message = load(&format!("lighthouse: {{schedules: [{schedule}]}}")).unwrap_err();
            assert!(
                message.contains("lighthouse.schedules[0]") && message.contains(part),
                "{message}"
            );
        }
    }
}
